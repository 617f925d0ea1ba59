"""The facts of the document: frozen where it is handed in, of today while it is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from agencies.models import Agency
from agencies.models.agency import AgencyKind
from cchc.lib.tables import Table, display
from plans.models import Plan
from plans.periods import Period
from reporting import period_figures, rounds
from reporting.letterhead import BLANK
from reporting.matrices import within_province
from reporting.models import PeriodReport
from reporting.models.period_report import HANDED_IN
from reporting.outline import OUTLINE, Part
from reporting.period_tables import table

_FROZEN = "Số liệu chốt lúc {at:%H:%M} ngày {at:%d/%m/%Y}, lần nộp thứ {round}."
_TODAY = "Số liệu ngày {day}, chưa chốt."


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the document says; ``parts`` are the sections with their words.

    ``reviewer`` is who it is sent to; ``position`` that of whoever signed the agency's last plan.
    """

    parent_agency: str
    agency: str
    unit: str
    symbol: str
    place: str
    on: date
    draft: bool
    period: Period
    parts: tuple[tuple[Part, str], ...]
    figures: Table
    source: str
    reviewer: str
    position: str
    frozen_at: datetime | None


def gather(report: PeriodReport, on: date, *, drafts: bool = True) -> Facts:
    """Read the facts of one report: of its last submission, or of its draft.

    ``drafts`` False: for somebody who reads no drafts, though it came back to its author since.
    """
    agency = report.agency
    kept = rounds.last(report) if report.state in HANDED_IN or not drafts else None
    words: Mapping[str, str]
    if kept is not None:
        at = localtime(kept.row.submitted_at)
        source = _FROZEN.format(at=at, round=kept.row.number)
        figures, words, on = kept.figures, kept.row.words, at.date()
        agency_name, unit = kept.row.agency_name, kept.row.unit_name
    else:
        source = _TODAY.format(day=display(on))
        figures = period_figures.of_report(report)
        words = dict(report.report_sections.values_list("key", "text"))
        agency_name, unit = agency.name, report.unit.name if report.unit else ""
    plan = plan_of(agency, on)
    name = within_province(agency_name, agency.province)
    return Facts(
        parent_agency=name if unit else parent_of(agency),
        agency=unit or name,
        unit=unit,
        symbol=symbol_of(plan),
        place=agency.place,
        on=on,
        draft=kept is None,
        period=report.period.period,
        parts=tuple((part, words.get(part.key, "")) for part in OUTLINE),
        figures=table(report.period, figures, source),
        source=source,
        reviewer=_reviewer(unit, name),
        position="" if unit or plan is None else plan.signer_position,
        frozen_at=kept.row.submitted_at if kept else None,
    )


def _reviewer(unit: str, agency: str) -> str:
    """A unit reports to the office, the office itself to the agency's head."""
    if not unit:
        return "Sở Nội vụ"
    return f"Lãnh đạo {agency}" if unit.startswith("Văn phòng") else "Văn phòng"


def plan_of(agency: Agency, on: date) -> Plan | None:
    """The plan that had begun by that day last: who signs, under which initials."""
    plans = Plan.objects.in_force().filter(agency=agency, starts_on__lte=on)
    return plans.order_by("-starts_on", "id").first()


def symbol_of(plan: Plan | None) -> str:
    """``BC-STTTT`` where the agency's plan is ``KH-STTTT``."""
    _, joint, initials = (plan.symbol if plan else "").rpartition("-")
    return f"BC-{initials if joint else BLANK}"


def parent_of(agency: Agency) -> str:
    """Whose name stands above the agency's own."""
    above = agency.parent
    if above is None or above.kind == AgencyKind.PROVINCE:
        return f"UBND tỉnh {agency.province.name}"
    return within_province(above.name, agency.province)
