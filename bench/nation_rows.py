"""A country's years of outreach, written by the server itself: nothing travels but the statements.

Of an agency and a year: one plan, 16 quotas (6 monthly, 5 quarterly, 3 half-yearly, 2 yearly),
100 obligations, 106 activities and 200 placements, two for each obligation. What happened to them
is decided by a hash of their ids, so that every run writes the same: of the obligations a twentieth
was met late, a twentieth has nothing published, a twentieth half of what it planned; what was not
published in the last months still waits, what is older was given back or refused. Rows lie as
they come in life: plans by year, everything else by month, the agencies of all provinces mixed.
What counts is what ``outreach.counting`` would count: ``recount --check`` finds no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from agencies.models import Agency, AgencyName, Membership, Province, Unit, User
from agencies.roles import Role
from bench.nation_calendar import TITLES, say_calendar
from outreach.models import Activity, Fulfilment, Placement
from plans.models import Channel, Obligation, Plan, Quota, Task

AGENCIES, UNITS, QUOTAS, TASKS = 200, 6, 16, 4
OBLIGATIONS, PLACEMENTS, ACTIVITIES = 100, 200, 106
_PRIME = 7919  # mixes the agencies
_WRITTEN = (
    *(Province, Agency, AgencyName, Unit, User, Membership, Channel),
    *(Plan, Task, Quota, Obligation, Activity, Placement, Fulfilment),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of the country; its last year is ``last_year``."""

    provinces: int
    years: int
    last_year: int

    @property
    def agencies(self) -> int:
        """Of all provinces."""
        return self.provinces * AGENCIES

    @property
    def placements(self) -> int:
        """Of all years."""
        return self.agencies * self.years * PLACEMENTS

    @property
    def obligations(self) -> int:
        """Of all years."""
        return self.agencies * self.years * OBLIGATIONS


def write(cursor: Any, size: Size) -> None:
    """Fill the empty tables; indexes are made afterwards, foreign keys are not asked."""
    cursor.execute("SET session_replication_role = replica")
    cursor.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'")
    cursor.execute("SET enable_mergejoin = off")  # it would sort what comes in order
    indexes = _take_indexes(cursor)
    say_calendar(cursor)
    _people(cursor, size)
    for at in range(size.years):
        _year(cursor, size, at)
    for model in _WRITTEN:
        _go_on(cursor, model)
    for definition in indexes:
        cursor.execute(definition)
    cursor.execute("SET session_replication_role = origin")
    cursor.execute("RESET work_mem; RESET enable_mergejoin")
    cursor.execute("VACUUM ANALYZE")


def _take_indexes(cursor: Any) -> list[str]:
    """Drop the large tables' indexes; what makes each again.

    Not the one of the words of titles, which takes minutes: section ``find`` has it.
    """
    tables = [model._meta.db_table for model in (Obligation, Activity, Placement, Fulfilment)]
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [tables],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for name, definition in found if name != "activity_words"]


def _people(cursor: Any, size: Size) -> None:
    """Provinces, agencies with units and an officer each, channels; overseers of all, of one."""
    number = size.agencies
    cursor.execute(
        f"CREATE TEMP TABLE ag AS SELECT g + 1 AS id, g / {AGENCIES} + 1 AS province,"  # noqa: S608
        f" g * {_PRIME} % {number} AS seat FROM generate_series(0, {number} - 1) g"
    )
    cursor.execute("ANALYZE")
    province = {"id": "g", "code": "'T' || g", "name": "'Tỉnh ' || g"}
    _insert(cursor, Province, province, f"generate_series(1, {size.provinces}) g")
    name = "'Sở số ' || id"
    agency = {
        "id": "id",
        "province_id": "province",
        "code": "'CQ' || id",
        "kind": "'department'",
        "name": name,
        "short_name": name,
        "place": "'Tỉnh ' || province",
        '"order"': "id",
    }
    _insert(cursor, Agency, agency, "ag")
    _insert(cursor, AgencyName, {"agency_id": "id", "name": name, "short_name": name}, "ag")
    unit = {
        "id": f"(id - 1) * {UNITS} + u",
        "agency_id": "id",
        "code": "'P' || u",
        "name": "'Phòng số ' || u",
        '"order"': "u",
    }
    _insert(cursor, Unit, unit, f"ag, generate_series(1, {UNITS}) u")
    user = {"id": "id", "username": "'nguoi' || id", "full_name": "'Người số ' || id"}
    _insert(cursor, User, {**user, "password": "'!'", "is_active": "true"}, "ag")
    since = f"'{size.last_year - size.years}-01-01'"
    post = {"user_id": "id", "agency_id": "id", "role": f"'{Role.AGENCY_OFFICE}'", "since": since}
    _insert(cursor, Membership, post, "ag")
    watch = post | {"role": f"'{Role.HOME_AFFAIRS}'"}
    for at, (name, first) in enumerate({"noivu": "true", "noivu1": "id = 1"}.items(), start=1):
        one = {**user, "id": f"{number + at}", "username": f"'{name}'"}
        _insert(cursor, User, {**one, "password": "'!'", "is_active": "true"}, "ag WHERE id = 1")
        seen = watch | {"user_id": f"{number + at}"}
        _insert(cursor, Membership, seen, f"ag WHERE id % {AGENCIES} = 1 AND {first}")
    channel = {
        "id": f"(p - 1) * {QUOTAS} + c",
        "province_id": "p",
        "code": "'K' || c",
        "name": "'Kênh số ' || c",
        "short_name": "'Kênh ' || c",
        '"order"': "c",
        "needs_approval": "true",
        "kind": "CASE WHEN c % 2 = 0 THEN 'traditional' ELSE 'online' END",
    }
    provinces = f"generate_series(1, {size.provinces}) p, generate_series(1, {QUOTAS}) c"
    _insert(cursor, Channel, channel, provinces)


def _year(cursor: Any, size: Size, at: int) -> None:
    number, year = size.agencies, size.last_year - size.years + 1 + at
    _owed(cursor, at * number, year)
    done = _Done(number, year, at, size.last_year)
    _insert(cursor, Activity, done.activity, done.activities)
    _insert(cursor, Placement, done.placement, done.placements)
    low = at * number * PLACEMENTS
    counted = {
        "placement_id": "p.id",
        "obligation_id": f"({at * number} + ag.seat) * {OBLIGATIONS} + place.slot",
        "counted_on": "p.published_on",
        '"at"': "p.published_on + interval '9 hours'",
        "by_id": "p.published_by_id",
        "why": "'Đăng ngày ' || to_char(p.published_on, 'DD/MM/YYYY') || ' trên Kênh '"
        " || place.slot || ', trong kỳ'",
    }
    _insert(
        cursor,
        Fulfilment,
        counted,
        f"{Placement._meta.db_table} p JOIN ag ON ag.id = p.agency_id"
        f" JOIN place ON place.at = (p.id - 1 - {low}) / {number}"
        f" WHERE p.id > {low} AND p.state = 'published' ORDER BY p.id",
    )


def _owed(cursor: Any, before: int, year: int) -> None:
    """The agencies' plans, issued one after the other, with what each owes."""
    first, last = f"'{year}-01-01'", f"'{year}-12-31'"
    plan = {
        "id": f"{before} + seat + 1",
        "key": f"'kh-' || id || '-{year}'",
        "province_id": "province",
        "agency_id": "id",
        "kind": "'outreach'",
        "number": "id",
        "symbol": "'KH-S' || id",
        "title": "'Tuyên truyền CCHC'",
        "signed_on": f"{first}::date + seat % 60",
        "signed_precision": "'day'",
        "starts_on": first,
        "ends_on": last,
        "state": "'issued'",
        "issued_by_id": "id",
        "issued_at": f"{first}::date + seat % 60 + interval '9 hours'",
    }
    _insert(cursor, Plan, plan, "ag ORDER BY seat")
    task = {
        "id": f"({before} + seat) * {TASKS} + t",
        "plan_id": f"{before} + seat + 1",
        "uid": f"lpad(to_hex(({before} + seat) * {TASKS} + t), 16, '0')",
        '"order"': "t",
        "code": "t",
        "title": "'Nhiệm vụ số ' || t",
    }
    _insert(cursor, Task, task, f"ag, generate_series(1, {TASKS}) t ORDER BY seat, t")
    kinds = (
        "(SELECT channel, per, dense_rank() OVER (ORDER BY per)::int AS t FROM slot"
        " GROUP BY channel, per) q"
    )
    quota = {
        "id": f"({before} + seat) * {QUOTAS} + channel",
        "task_id": f"({before} + seat) * {TASKS} + t",
        "uid": f"lpad(to_hex(({before} + seat) * {QUOTAS} + channel), 16, '0')",
        '"order"': "channel",
        "channel_id": f"(province - 1) * {QUOTAS} + channel",
        "per": "per",
        "due_kind": "'day_of_month'",
        "due_day": "25",
    }
    _insert(cursor, Quota, quota, f"ag, {kinds} ORDER BY seat, channel")
    owed = {
        "id": f"({before} + seat) * {OBLIGATIONS} + slot",
        "province_id": "province",
        "agency_id": "ag.id",
        "plan_id": f"{before} + seat + 1",
        "task_id": f"({before} + seat) * {TASKS} + t",
        "quota_id": f"({before} + seat) * {QUOTAS} + slot.channel",
        "unit_id": f"(ag.id - 1) * {UNITS} + slot % {UNITS} + 1",
        "channel_id": f"(province - 1) * {QUOTAS} + slot.channel",
        "counts_when": "'approved_published'",
        "period": f"'{year}' || code",
        "window_start": f"make_date({year}, first, 1)",
        "window_end": f"(make_date({year}, last, 1) + interval '1 month - 1 day')::date",
        "due_on": f"make_date({year}, last, 25)",
        "required": "1 + (slot % 4 = 0)::int",
    }
    _insert(
        cursor,
        Obligation,
        owed,
        f"ag, slot JOIN {kinds} ON q.channel = slot.channel ORDER BY seat, slot",
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """What was made in a year, and where it went."""

    number: int
    year: int
    at: int
    last_year: int

    @property
    def activities(self) -> str:
        """In the order of their months, agencies mixed."""
        low = self.at * self.number * ACTIVITIES
        return (
            f"generate_series({low} + 1, {low + self.number * ACTIVITIES}) g"  # noqa: S608
            f" JOIN ag ON ag.seat = (g - 1) % {self.number}"
            f" JOIN (SELECT article, min(month) AS month, min(slot) AS slot FROM place"
            f" GROUP BY article) place ON place.article = (g - 1 - {low}) / {self.number} + 1"
            f" JOIN said ON said.at = pg_temp.mix(g, {TITLES})"
        )

    @property
    def activity(self) -> dict[str, str]:
        """One article."""
        day = f"make_date({self.year}, month, 1 + pg_temp.mix(g, 20))"
        return {
            "id": "g",
            "province_id": "province",
            "agency_id": "ag.id",
            "kind": "'news'",
            "unit_id": f"(ag.id - 1) * {UNITS} + place.slot % {UNITS} + 1",
            "title": "title || ' số ' || g",
            "folded_title": "folded || 'so ' || g || ' '",
            "title_order": "sorted || g",
            "author_id": "ag.id",
            "held_on": day,
            "entered_at": f"{day} + interval '8 hours'",
        }

    @property
    def placements(self) -> str:
        """Each with the fate of the obligation that it was planned for, and its own day."""
        low = self.at * self.number * PLACEMENTS
        owed = f"({self.at * self.number} + ag.seat) * {OBLIGATIONS} + place.slot"
        return (
            f"(SELECT g, ag.id AS agency, ag.province, place.turn, slot.channel,"  # noqa: S608
            f" ({self.at * self.number * ACTIVITIES} + (place.article - 1) * {self.number}"
            f" + ag.seat + 1) AS activity, f.fate, month,"
            f" CASE WHEN fate = 1 THEN make_date({self.year}, slot.last, 26 + pg_temp.mix(g, 3))"
            f" ELSE make_date({self.year}, month, 4 + pg_temp.mix(g, 21)) END AS day"
            f" FROM generate_series({low} + 1, {low + self.number * PLACEMENTS}) g"
            f" JOIN ag ON ag.seat = (g - 1) % {self.number}"
            f" JOIN place ON place.at = (g - 1 - {low}) / {self.number}"
            f" JOIN slot ON slot.slot = place.slot"
            f" CROSS JOIN LATERAL (SELECT pg_temp.mix({owed}, 20) AS fate) f) made"
            f" CROSS JOIN LATERAL (SELECT CASE WHEN fate > 2 OR fate = 1 OR fate = 2 AND turn = 0"
            f" THEN 'published' WHEN {self._is_late} THEN"
            f" CASE WHEN turn = 0 THEN 'sent' ELSE 'approved' END"
            f" ELSE (ARRAY['draft', 'returned', 'refused'])[1 + pg_temp.mix(g, 3)] END AS state) s"
        )

    @property
    def _is_late(self) -> str:
        return f"({self.year} = {self.last_year} AND month > 10)"

    @property
    def placement(self) -> dict[str, str]:
        """One article on one channel."""
        was_sent, decided, out = (
            f"state <> ALL('{states}')"
            for states in ("{draft}", "{draft,sent}", "{draft,sent,approved,returned,refused}")
        )

        def given(condition: str, text: str) -> str:
            return f"CASE WHEN {condition} THEN {text} END"

        online = f"{out} AND channel % 2 = 1"
        return {
            "id": "g",
            "province_id": "province",
            "agency_id": "agency",
            "state": "state",
            "editing_agency_id": "agency",
            "activity_id": "activity",
            "channel_id": f"(province - 1) * {QUOTAS} + channel",
            "sent_on": given(was_sent, "day - 3"),
            "sent_by_id": given(was_sent, "agency"),
            "decided_on": given(decided, "day - 1"),
            "decided_by_id": given(decided, "agency"),
            "published_on": given(out, "day"),
            "published_by_id": given(out, "agency"),
            "url": f"CASE WHEN {online} THEN 'https://t' || province || '.example.vn/tin/' || g"
            " ELSE '' END",
            "fingerprint": f"CASE WHEN {online} THEN md5(g::text) || md5((-g)::text) ELSE '' END",
        }


def _insert(cursor: Any, model: type[Model], say: dict[str, str], source: str) -> None:
    """Rows of ``source``; what is not said is the field's default, or nothing."""
    said = {
        f'"{each.column}"' if each.column in {"order", "at"} else each.column: "NULL"
        if each.null
        else _quoted(each.get_default())
        for each in model._meta.concrete_fields
        if not each.primary_key
    } | say
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(said)})"  # noqa: S608
        f" SELECT {', '.join(said.values())} FROM {source}"
    )


def _quoted(value: Any) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, list | dict):
        return "'[]'" if isinstance(value, list) else "'{}'"
    return f"'{value}'"


def _go_on(cursor: Any, model: type[Model]) -> None:
    table = model._meta.db_table
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
    )
