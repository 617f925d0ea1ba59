"""A plan's text as it would begin another year: what moves, what stays and is pointed at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from agencies.models import Unit
from plans.citation_text import short_date
from plans.clone_map import Purpose
from plans.cloning import Values, copied
from plans.comparing import Difference, same_words, words
from plans.models import Channel, LegalDocument, Plan
from plans.models.legal_document import LegalForce
from plans.models.plan import IN_FORCE
from plans.periods import Period, PeriodKind, periods_of
from plans.rotation import continued
from plans.sections.fields import day_of, written
from plans.year_text import Moved, moved, moved_day, moved_days, moved_time, moved_title

Row = dict[str, Any]

_HEADER: Mapping[str, tuple[str, Callable[[str, int, int], Moved]]] = {
    "title": ("Trích yếu", moved_title),
    "annex_title": ("Tên phụ lục", moved_title),
    "opening": ("Đoạn mở đầu", moved),
}
_DAYS = {"starts_on": "Từ ngày", "ends_on": "Đến ngày", "derive_by": "Hạn triển khai"}
_LINES = {"audiences": "Đối tượng", "scopes": "Phạm vi"}
_TEXTS = {
    "clauses": {"heading": "Nội dung văn bản", "text": "Nội dung văn bản"},
    "targets": {"counted": "Chỉ tiêu"},
    "content": {"title": "Nội dung tuyên truyền"},
    "forms": {"title": "Hình thức"},
    "annex": {
        "area": "Nhóm nhiệm vụ",
        "title": "Nhiệm vụ",
        "products": "Sản phẩm",
        "explanation": "Giải trình",
    },
}
_TIMES = {"time": "Thời gian", "meant": "Thời gian hiểu là"}


@dataclass(frozen=True, slots=True)
class Shift:
    """A text that changed with the year."""

    place: str
    difference: Difference


@dataclass(slots=True)
class YearCopy:
    """The sections of the new draft, what changed in them, and what its author should look at."""

    values: Values
    parent: Plan | None
    shifts: list[Shift] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def year_copy(plan: Plan, year: int) -> YearCopy:
    """Everything read and moved, nothing written."""
    parent = successor(plan, year)
    copy = YearCopy(copied(plan, Purpose.NEXT_YEAR), parent)
    _Mover(plan, year, copy).move()
    return copy


def successor(plan: Plan, year: int) -> Plan | None:
    """The parent's plan of the new year: same issuer, same kind."""
    if plan.parent is None:
        return None
    begins = plan.parent.starts_on.year + year - plan.year
    return (
        Plan.objects.filter(
            agency=plan.parent.agency_id,
            kind=plan.parent.kind,
            starts_on__year=begins,
            state__in=IN_FORCE,
            amends=None,
        )
        .select_related("agency")
        .order_by("-pk")
        .first()
    )


@dataclass(slots=True)
class _Mover:
    plan: Plan
    year: int
    copy: YearCopy

    @property
    def by(self) -> int:
        return self.year - self.plan.year

    def move(self) -> None:
        self._header(self.copy.values["header"])
        self._texts()
        self._sources()
        self._bases(self.copy.values["bases"])
        self._units()
        self._tell_turns()

    def _put(self, row: Row, key: str, place: str, after: str) -> None:
        if row[key] != after:
            self.copy.shifts.append(Shift(place, words(row[key], after)))
            row[key] = after

    def _text(self, row: Row, key: str, place: str, found: Moved) -> None:
        self._put(row, key, place, found.text)
        self.copy.notes += [f"{place}: xem lại năm trong “{left}”." for left in found.left]

    def _header(self, header: Row) -> None:
        for key, (place, move) in _HEADER.items():
            self._text(header, key, place, move(header[key], self.plan.year, self.year))
        for key, place in _DAYS.items():
            if header[key]:
                self._put(header, key, place, written(moved_day(_day(header[key]), self.by)))
        for key, place in _LINES.items():
            for at, line in enumerate(header[key]):
                one = {key: line}
                self._text(one, key, place, moved(line, self.plan.year, self.year))
                header[key][at] = one[key]
        header["parent"] = self.copy.parent.pk if self.copy.parent else None
        if self.plan.parent is not None and self.copy.parent is None:
            self.copy.notes.append(
                f"Chưa có kế hoạch cấp trên của năm {self.year}; hãy chọn khi kế hoạch đó ban hành."
            )

    def _texts(self) -> None:
        for section, fields in _TEXTS.items():
            for place, row in _placed(section, self.copy.values[section]):
                for key, label in fields.items():
                    found = moved(row[key], self.plan.year, self.year)
                    self._text(row, key, f"{label}, {place}", found)
        for place, row in _placed("annex", self.copy.values["annex"]):
            for key, label in _TIMES.items():
                after = moved_time(row[key], self.plan.year, self.year)
                self._put(row, key, f"{label}, {place}", after)

    def _sources(self) -> None:
        """Rows that answered the old parent answer the same row of its successor."""
        old, new = self.plan.parent, self.copy.parent
        if old is None or new is None:
            return
        kinds = (
            ("content", old.content_items, new.content_items, self.plan.content_items),
            ("annex", old.tasks, new.tasks, self.plan.tasks),
        )
        for section, theirs, anew, own in kinds:
            before = {pk: (uid, text) for pk, uid, text in theirs.values_list("pk", "uid", "title")}
            after = list(anew.values_list("pk", "uid", "title"))
            sources = dict(own.values_list("uid", "source_id"))
            for row in self.copy.values[section]:
                known = before.get(sources.get(row["uid"]) or 0)
                row["source"] = self._same(known, after) if known else None

    def _same(self, known: tuple[str, str], rows: list[tuple[int, str, str]]) -> int | None:
        text = moved(known[1], self.plan.year, self.year).text
        by_uid = (pk for pk, uid, _ in rows if uid == known[0])
        by_text = (pk for pk, _, title in rows if same_words(title, text))
        return next(by_uid, next(by_text, None))

    def _bases(self, bases: list[Row]) -> None:
        """Kept, and pointed at: whether each still stands is for a person to say."""
        ended = {
            row.pk: row
            for row in LegalDocument.objects.filter(
                pk__in=[row["registered"] for row in bases if row["registered"]]
            ).exclude(force=LegalForce.IN_FORCE)
        }
        for row in bases:
            name = f"{row['document_type']} {row['reference']}".strip()
            new = self.copy.parent
            if new and row["document"] == self.plan.parent_id:
                row.update(_cited(new))
                self.copy.notes.append(f"Căn cứ {name} được thay bằng {new.citation}.")
            elif row["registered"] in ended:
                force = ended[row["registered"]].get_force_display().lower()
                self.copy.notes.append(f"Căn cứ {name}: {force}; cần thay.")
            elif str(self.plan.year) in row["dated"]:
                self.copy.notes.append(
                    f"Căn cứ {name} là văn bản của năm {self.plan.year}; xem còn áp dụng không."
                )

    def _units(self) -> None:
        """Turns go on in their order; units that are gone by then have none."""
        starts_on = moved_day(self.plan.starts_on, self.by)
        units = list(Unit.objects.filter(agency=self.plan.agency_id))
        gone = {unit.code: unit.name for unit in units if unit.until and unit.until < starts_on}
        told: set[str] = set()
        for row in self.copy.values["quotas"]:
            told |= {*row["turns"].values(), row["default_unit"]} & set(gone)
            self._quota(row, set(gone))
        for row in self.copy.values["annex"]:
            for key in ("lead", "coordinating"):
                lines = row[key].split("\n")
                kept = [line for line in lines if line.split(" (")[0] not in gone.values()]
                told |= {code for code, name in gone.items() if name in row[key]}
                row[key] = "\n".join(kept)
        self.copy.notes += [
            f"{gone[code]} không còn hoạt động từ năm {self.year}: đã bỏ khỏi phân công và lượt "
            "luân phiên."
            for code in sorted(told)
        ]

    def _quota(self, row: Row, gone: set[str]) -> None:
        if row["default_unit"] in gone:
            row["default_unit"] = ""
        days = {code: _day(day) for code, day in row["due_dates"].items()}
        row["due_dates"] = {code: written(day) for code, day in moved_days(days, self.by).items()}
        periods = [
            period
            for year in range(self.year, self.plan.ends_on.year + self.by + 1)
            for period in periods_of(PeriodKind(row["per"]), year)
        ]
        turns = continued(list(row["turns"].items()), periods, without=gone)
        row["turns"] = {period.code: unit for period, unit in turns}

    def _tell_turns(self) -> None:
        """The new turns in words, for their author to look over."""
        names = dict(Unit.objects.filter(agency=self.plan.agency_id).values_list("code", "name"))
        codes = {row["uid"]: row["code"] for row in self.copy.values["annex"]}
        channels = dict(
            Channel.objects.filter(province=self.plan.province_id).values_list("code", "short_name")
        )
        for row in self.copy.values["quotas"]:
            if row["turns"]:
                turns = "; ".join(
                    f"{_span([code for code, _ in run])}: {names.get(unit, unit)}"
                    for unit, run in groupby(row["turns"].items(), key=itemgetter(1))
                )
                place = f"{codes.get(row['task'], '')} {channels[row['channel']]}".strip()
                self.copy.turns.append(f"{place} – {turns}")


def _placed(section: str, rows: list[Row]) -> Iterator[tuple[str, Row]]:
    """The rows with their places as a reader names them."""
    for at, row in enumerate(rows, start=1):
        mark = row.get("code") or row.get("label") or ""
        if section == "annex":
            yield (f"dòng {mark or at} của phụ lục", row)
        elif section == "clauses":
            yield (f"mục {mark}" if mark else f"đoạn thứ {at}", row)
        else:
            yield (f"ý thứ {at}", row)


def _span(codes: list[str]) -> str:
    """``Quý I/2025`` or ``Tháng 1/2025 – Tháng 3/2025``."""
    first, last = (Period.parse(code).label for code in (codes[0], codes[-1]))
    return first if len(codes) == 1 else f"{first} – {last}"


def _day(text: str) -> date:
    found = day_of(text)
    assert found is not None
    return found


def _cited(plan: Plan) -> Row:
    registered = LegalDocument.objects.filter(plan=plan).order_by("pk").first()
    return {
        "reference": plan.reference if plan.number else "",
        "dated": short_date(plan.signed_on, plan.signed_precision),
        "abstract": plan.title,
        "document": plan.pk,
        "registered": registered.pk if registered else None,
    }


def present_copy(plan: Plan, year: int) -> Plan | None:
    """The copy that was made of it for that year already."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return plan.copies.filter(starts_on__range=(first, last)).order_by("pk").first()
