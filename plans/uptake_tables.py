"""How far the agencies of a province are with a parent plan, as tables for screen and file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby

from django.urls import reverse

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table
from plans.implementing import ANNEX, CONTENT, Implementation, Survey
from plans.models import Plan
from plans.models.plan import DatePrecision
from plans.models.uptake import ProposalState
from plans.uptake import Tally, Timeliness, Uptake


class Only(StrEnum):
    """Which agencies are listed; the value stands in the address."""

    ALL = ""
    NOT_ISSUED = "chua-ban-hanh"
    LATE = "tre-han"
    MISSING = "con-thieu"

    @property
    def label(self) -> str:
        """On the filter."""
        return {
            Only.ALL: "Tất cả cơ quan",
            Only.NOT_ISSUED: "Chưa ban hành",
            Only.LATE: "Trễ hạn",
            Only.MISSING: "Còn thiếu nội dung",
        }[self]

    def keeps(self, row: Implementation) -> bool:
        """Whether the agency is listed."""
        progress = row.progress
        match self:
            case Only.NOT_ISSUED:
                return not progress.is_issued
            case Only.LATE:
                return progress.timeliness.days_late > 0
            case Only.MISSING:
                return progress.tally.missing > 0
            case _:
                return True


_COUNTS = (
    Column("covered", "Đã xử lý", Kind.RATIO, 8, "Nội dung, nhiệm vụ của kế hoạch cấp trên"),
    *(
        Column(key, title, Kind.INTEGER, 7, "Nội dung, nhiệm vụ của kế hoạch cấp trên")
        for key, title in (
            (Uptake.ADOPTED.value, "Nguyên văn"),
            (Uptake.ADAPTED.value, "Điều chỉnh"),
            (Uptake.NOT_APPLICABLE.value, "Không áp dụng"),
            (Uptake.MISSING.value, "Còn thiếu"),
        )
    ),
)
_PROPOSALS = "Đề xuất sửa theo"
_SHOWN = (ProposalState.OPEN, ProposalState.ACCEPTED, ProposalState.DECLINED)
_SECTIONS = {CONTENT: "Nội dung tuyên truyền", ANNEX: "Nhiệm vụ"}
_AGENCY_COLUMNS = (
    Column("agency", "Cơ quan", width=24),
    Column("plan", "Kế hoạch triển khai", width=22),
    Column("time", "Thời hạn ban hành", width=14),
    *_COUNTS,
    Column(ProposalState.OPEN.value, "Chờ", Kind.INTEGER, 5, _PROPOSALS),
    Column(ProposalState.ACCEPTED.value, "Tiếp thu", Kind.INTEGER, 6, _PROPOSALS),
    Column(ProposalState.DECLINED.value, "Không", Kind.INTEGER, 6, _PROPOSALS),
)
_ITEM_COLUMNS = (
    Column("item", "Nội dung, nhiệm vụ của kế hoạch cấp trên", width=50),
    Column("covered", "Đã xử lý", Kind.RATIO, 8, "Số cơ quan"),
    *(
        Column(column.key, column.title, column.kind, column.width, "Số cơ quan")
        for column in _COUNTS[1:]
    ),
)


def agency_table(survey: Survey, rows: Sequence[Implementation], today: date) -> Table:
    """One line for each agency, worst first."""
    return Table(
        "uptake-agencies",
        f"Triển khai {_named(survey.parent.plan)}",
        f"{_term(survey.parent.plan)} Tính đến ngày {today:%d/%m/%Y}.",
        _AGENCY_COLUMNS,
        tuple(map(_agency, rows)),
        "Không có cơ quan nào.",
    )


def item_table(survey: Survey, today: date) -> Table:
    """One line for each item of the parent: what the agencies that it concerns did with it."""
    rows = [
        row
        for section, found in groupby(survey.item_tallies(), key=lambda pair: pair[0].section)
        for row in (
            Row((Cell(_SECTIONS[section]),), Level.GROUP),
            *(
                Row((Cell(f"{item.label}. {item.text}"), *_counts(counted)))
                for item, counted in found
            ),
        )
    ]
    return Table(
        "uptake-items",
        f"Từng nội dung, nhiệm vụ của {_named(survey.parent.plan)}",
        f"Đếm cơ quan có nội dung, nhiệm vụ đó. Tính đến ngày {today:%d/%m/%Y}.",
        _ITEM_COLUMNS,
        tuple(rows),
        "Nội dung của kế hoạch này không có trong hệ thống.",
    )


def _agency(row: Implementation) -> Row:
    progress = row.progress
    cells = [
        Cell(row.agency.name),
        _plan(row.plan),
        _time(progress.timeliness),
        *_counts(progress.tally, _address(row)),
    ]
    cells += [Cell(row.proposals.get(state.value, 0) if row.plan else None) for state in _SHOWN]
    return Row(tuple(cells))


def _plan(plan: Plan | None) -> Cell:
    if plan is None:
        return Cell("Chưa ban hành", tone="missed")
    number = f"Số {plan.reference}" if plan.number else "Chưa ghi số"
    day = (
        f" ngày {plan.signed_on:%d/%m/%Y}"
        if plan.signed_on and plan.signed_precision == DatePrecision.DAY
        else ", chưa ghi ngày"
    )
    return Cell(f"{number}{day}", href=reverse("plans:plan-detail", args=[plan.pk]))


def _time(found: Timeliness) -> Cell:
    match found.state:
        case "on_time":
            return Cell("Đúng hạn", tone="met")
        case "late":
            return Cell(f"Trễ {found.days_late} ngày", tone="met_late")
        case "overdue":
            return Cell(f"Quá hạn {found.days_late} ngày", tone="missed")
        case "unclear":
            return Cell("Chưa rõ: không ghi đủ ngày", tone="pending")
        case "not_issued":
            return Cell("Chưa đến hạn", tone="not_due")
        case _:
            return Cell("Không quy định hạn")


def _counts(tally: Tally, href: str = "") -> tuple[Cell, ...]:
    if not tally.total:
        return (Cell(Ratio(0, 0)), *(Cell() for _ in Uptake))
    missing = Cell(tally.missing, tone="missed" if tally.missing else "", href=href)
    return (
        Cell(Ratio(tally.covered, tally.total)),
        Cell(tally.adopted),
        Cell(tally.adapted),
        Cell(tally.not_applicable),
        missing,
    )


def _address(row: Implementation) -> str:
    """What is missing, item by item, where there is a plan to look into."""
    if row.plan is None or not row.progress.tally.missing:
        return ""
    return f"{reverse('plans:plan-uptake', args=[row.plan.pk])}?loc=missing"


def _named(plan: Plan) -> str:
    return f"{plan.citation} của {plan.agency.name}"


def _term(plan: Plan) -> str:
    if plan.derive_by is None:
        return "Kế hoạch không quy định hạn ban hành kế hoạch triển khai."
    return f"Hạn ban hành kế hoạch triển khai: {plan.derive_by:%d/%m/%Y}."
