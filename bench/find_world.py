"""A country of titles for ``bench.find``; runs in a process of its own, on its own database."""

from __future__ import annotations

import io
import json
import statistics
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Field

from agencies.models import Agency, Membership, Province, User
from agencies.roles import Role
from bench.titles import searches, titles
from cchc.lib.keyset import turn
from cchc.lib.text import order_key, search_text
from outreach import finding
from outreach.models import Activity, Placement
from outreach.views.lists import NEWEST, PAGE_SIZE, quick_way
from plans.models import Channel

AGENCIES = 200
_BEGIN = datetime(2016, 1, 1, tzinfo=UTC)
_BATCH = 50_000


def main() -> None:
    """Write the world, search in it, and say how long it took as JSON."""
    number, asked = int(sys.argv[1]), int(sys.argv[2])
    call_command("migrate", verbosity=0)
    people = _write(number)
    told = {}
    for who, user in people.items():
        user.standing()
        taken = sorted(_work(user, text) for text in searches(asked))
        cuts = statistics.quantiles(taken, n=20)
        told[who] = {"p50": cuts[9], "p95": cuts[18], "slowest": taken[-1]}
    sys.stdout.write(json.dumps(told))


def _work(user: User, text: str) -> float:
    wanted = finding.Wanted(text=text)
    rows = finding.activities(user, wanted)
    before = _busy()
    turn(rows, NEWEST, "", PAGE_SIZE, quick_way(user, wanted))
    return _busy() - before


def _busy() -> float:
    """Milliseconds for which this connection's process of the database was on a processor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def _write(number: int) -> dict[str, User]:
    big, small = (Province.objects.create(code=code, name=code) for code in ("LON", "NHO"))
    agencies = [_agency(small if at % 4 == 3 else big, at) for at in range(AGENCIES)]
    people = {
        "overseer of three quarters": _user(agencies[0], Role.HOME_AFFAIRS),
        "overseer of a quarter": _user(agencies[3], Role.HOME_AFFAIRS),
        "officer of one agency": _user(agencies[4], Role.OFFICER),
    }
    author = people["officer of one agency"]
    for province in (big, small):
        for at in range(3):
            code = f"K{at}"
            Channel.objects.create(
                province=province, code=code, name=code, short_name=code, kind="online"
            )
    said = enumerate(titles(number))
    with connection.cursor() as cursor:
        indexes = _take_indexes(cursor)
        while batch := [_row(at, text, agencies, author) for at, text in _some(said)]:
            _copy(cursor, Activity, batch)
        _place(cursor)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for definition in indexes:
            cursor.execute(definition)
        for model in (Activity, Placement):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
    return people


def _take_indexes(cursor: Any) -> list[str]:
    """Drop the indexes of both tables for the time of writing; what makes each again."""
    tables = [model._meta.db_table for model in (Activity, Placement)]
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [tables],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in found]


def _some(said: Any) -> list[tuple[int, str]]:
    return [pair for pair, _ in zip(said, range(_BATCH), strict=False)]


def _agency(province: Province, at: int) -> Agency:
    code = f"CQ{at}"
    return Agency.objects.create(
        province=province, code=code, kind="department", name=code, short_name=code, place=code
    )


def _user(agency: Agency, role: Role) -> User:
    user = User.objects.create(username=f"{agency.code}-{role}", full_name=agency.code)
    Membership.objects.create(user=user, agency=agency, role=role, since=_BEGIN.date())
    return user


def _row(at: int, title: str, agencies: list[Agency], author: User) -> Activity:
    agency = agencies[at * 7919 % AGENCIES]
    return Activity(
        province_id=agency.province_id,
        agency=agency,
        kind="news",
        title=title,
        folded_title=search_text(title),
        title_order=order_key(title),
        author=author,
        entered_at=_BEGIN + timedelta(minutes=5 * at),
    )


def _columns(model: Any) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _copy(cursor: Any, model: Any, rows: list[Any]) -> None:
    fields = _columns(model)
    lines = ("\t".join(_told(getattr(row, f.attname)) for f in fields) for row in rows)
    names = ", ".join(field.column for field in fields)
    sql = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
    cursor.copy_expert(sql, io.StringIO("\n".join(lines)))


def _told(value: Any) -> str:
    return r"\N" if value is None else str(value)


def _place(cursor: Any) -> None:
    """Of ten activities eight are published, one is sent and one a draft, by turns of channels."""
    say: dict[str, str] = {
        field.column: "NULL" if field.null else f"'{field.get_default()}'"
        for field in _columns(Placement)
    }
    day, by = "a.entered_at::date", "a.author_id"
    sent = {"sent_on": day, "sent_by_id": by}
    public = dict.fromkeys(("decided_on", "published_on"), day)
    public |= dict.fromkeys(("decided_by_id", "published_by_id"), by)
    say |= {name: f"CASE WHEN a.id % 10 < 9 THEN {text} END" for name, text in sent.items()}
    say |= {name: f"CASE WHEN a.id % 10 < 8 THEN {text} END" for name, text in public.items()}
    say |= {
        "province_id": "a.province_id",
        "agency_id": "a.agency_id",
        "editing_agency_id": "a.agency_id",
        "activity_id": "a.id",
        "channel_id": "c.id",
        "state": "CASE WHEN a.id % 10 < 8 THEN 'published' WHEN a.id % 10 < 9 THEN 'sent'"
        " ELSE 'draft' END",
    }
    cursor.execute(
        f"INSERT INTO {Placement._meta.db_table} ({', '.join(say)})"  # noqa: S608
        f" SELECT {', '.join(say.values())} FROM {Activity._meta.db_table} a"
        f" JOIN {Channel._meta.db_table} c ON c.province_id = a.province_id "
        " AND c.code = 'K' || (a.id % 3)"
    )
