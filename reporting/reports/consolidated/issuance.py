"""Which agencies have issued their plan, and which have not: an annex of the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display
from plans.models import Plan
from reporting.matrices import Head
from reporting.oversight.issuing import plan_number, signed_day


@dataclass(frozen=True, slots=True)
class Issuance:
    """One plan of one agency; without ``number`` the agency has none.

    Agencies may share a name, as communes do: ``agency_id`` tells them apart.
    """

    agency_id: int
    agency: str
    number: str = ""
    signed: str = ""
    title: str = ""


def issuance(heads: Iterable[Head], plans: Sequence[Plan]) -> tuple[Issuance, ...]:
    """Every agency in the order of the report, each of its plans on a line of its own."""
    found = []
    for head in heads:
        own = [plan for plan in plans if plan.agency_id == head.id]
        found += [
            Issuance(
                head.id,
                head.name,
                plan_number(plan),
                signed_day(plan.signed_on, plan.signed_precision),
                plan.title,
            )
            for plan in own
        ] or [Issuance(head.id, head.name)]
    return tuple(found)


def issuance_table(lines: Sequence[Issuance], label: str, clock: str) -> Table:
    """The lines under their headings; ``label`` names the period of the report."""
    columns = (
        Column("tt", "TT", Kind.INTEGER, 7),
        Column("agency", "Cơ quan", width=40),
        Column("number", "Số, ký hiệu", width=22),
        Column("signed", "Ngày ký", Kind.DATE, 16),
        Column("title", "Trích yếu", width=55),
    )
    rows = [
        Row((Cell(place), Cell(line.agency), *_plan(line)))
        for place, line in enumerate(lines, start=1)
    ]
    agencies = {line.agency_id for line in lines}
    issuers = {line.agency_id for line in lines if line.number}
    if rows:
        share = display(Ratio(len(issuers), len(agencies)))
        words = Cell(f"Đã ban hành: {share} cơ quan")
        rows.append(Row((Cell(), words, Cell(), Cell(), Cell()), Level.TOTAL))
    title = f"Tình hình ban hành kế hoạch tuyên truyền cải cách hành chính, {label}"
    return Table("issuance", title, clock, columns, tuple(rows))


def _plan(line: Issuance) -> tuple[Cell, ...]:
    if not line.number:
        return Cell("Chưa ban hành", "missed"), Cell(), Cell()
    return Cell(line.number), Cell(line.signed), Cell(line.title)
