"""The facts of the report as plain values, read with a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency, Province
from agencies.models.agency import AgencyKind
from agencies.roles import Role
from cchc.lib.decisions import Refused
from cchc.lib.tables import Table
from outreach.compliance import Compliance, Score
from plans.models import Obligation, Plan
from plans.models.plan import PlanKind
from plans.periods import Period
from reporting.letterhead import long_date, number_and_symbol
from reporting.listings import Counted, counted_by, explained_by, handed_over_late
from reporting.matrices import (
    Survey,
    is_outside,
    names_on,
    obligation_address,
    province_table,
    survey_province,
    within_province,
)
from reporting.reports.consolidated.handed_in import HandedIn, handed_in

NO_ISSUER = (
    "Tỉnh {province} chưa có cơ quan nào giữ vai trò Sở Nội vụ nên chưa lập được báo cáo tổng hợp."
)
_LAPSED = (Compliance.MISSED, Compliance.MET_LATE)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The agency that signs the report."""

    name: str
    symbol: str
    place: str


@dataclass(frozen=True, slots=True)
class Line:
    """One agency or one channel with its score."""

    name: str
    score: Score


@dataclass(frozen=True, slots=True)
class Lapse:
    """One obligation that was missed or met late; ``done`` as in the matrix, never over it."""

    agency: str
    unit: str
    task: str
    channel: str
    period: str
    due_on: date
    done: int
    required: int
    state: Compliance
    explanation: str
    href: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One article that counts for one obligation."""

    agency: str
    channel: str
    task: str
    period: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the report says."""

    province: str
    issuer: Issuer
    period: Period
    as_of: date
    clock: str
    bases: tuple[str, ...]
    agencies: tuple[Line, ...]
    channels: tuple[Line, ...]
    total: Score
    matrix: Table
    lapses: tuple[Lapse, ...]
    pieces: tuple[Piece, ...]
    without_plan: tuple[str, ...]
    due_next: int
    handed_in: HandedIn | None = None

    @property
    def owing(self) -> tuple[Line, ...]:
        """The agencies that had something to do in the period."""
        return tuple(line for line in self.agencies if line.score.expected)

    @property
    def articles(self) -> int:
        """How many different articles, meetings … stand behind the results."""
        return len({piece.counted.activity_id for piece in self.pieces})


def gather(province: Province, period: Period, as_of: date) -> Facts:
    """Read the facts of one province, one period, one day."""
    survey = survey_province(province, period, as_of)
    names = {head.id: head.name for head in survey.heads}
    counted = counted_by(survey.obligations, as_of)
    explained = explained_by(survey.obligations)
    plans = _plans(province, period)
    planned = {plan.agency_id for plan in plans}
    upcoming = Obligation.objects.filter(province=province).within(period.next())
    return Facts(
        province=province.name,
        issuer=_issuer(province, period),
        period=period,
        as_of=as_of,
        clock=survey.clock,
        bases=tuple(_citation(plan, province) for plan in plans if _is_provincial(plan)),
        agencies=tuple(Line(head.name, survey.score(head)) for head in survey.heads),
        channels=_channels(survey),
        total=survey.matrix.total,
        matrix=province_table(survey),
        lapses=tuple(_lapses(survey, names, counted, explained)),
        pieces=tuple(_pieces(survey, names, counted)),
        without_plan=tuple(head.name for head in survey.heads if head.id not in planned),
        due_next=upcoming.count(),
        handed_in=handed_in(province, period, as_of, names),
    )


def channel_title(obligation: Obligation) -> str:
    """The channel's whole name, as a document writes it."""
    return obligation.channel.name if obligation.channel else "Nhiệm vụ khác"


def _channels(survey: Survey) -> tuple[Line, ...]:
    """The scores of the matrix' columns, summed by channel in the province's order."""
    names = {
        o.channel_id or 0: (o.channel.order if o.channel else 1_000_000, channel_title(o))
        for o in survey.obligations
    }
    scores = dict.fromkeys(names, Score())
    for (channel_id, _), score in survey.matrix.column_scores.items():
        scores[channel_id] += score
    ordered = sorted(names, key=lambda channel_id: names[channel_id])
    return tuple(Line(names[channel_id][1], scores[channel_id]) for channel_id in ordered)


def _lapses(
    survey: Survey,
    names: Mapping[int, str],
    counted: Mapping[int, list[Counted]],
    explained: Mapping[int, str],
) -> Iterator[Lapse]:
    late = handed_over_late(survey.obligations)
    for state in _LAPSED:
        for obligation in survey.obligations:
            if survey.state(obligation) is state and not is_outside(obligation):
                yield Lapse(
                    agency=names[obligation.agency_id],
                    unit=_unit(obligation, late.get(obligation.pk, "")),
                    task=str(obligation.task),
                    channel=channel_title(obligation),
                    period=Period.parse(obligation.period).label,
                    due_on=obligation.due_on,
                    done=min(len(counted[obligation.pk]), obligation.required),
                    required=obligation.required,
                    state=state,
                    explanation=explained.get(obligation.pk, ""),
                    href=obligation_address(obligation.pk),
                )


def _unit(obligation: Obligation, late: str) -> str:
    """Who answers for it; who did when its day passed, where that was changed only later."""
    name = obligation.unit.name if obligation.unit else "Chưa giao đơn vị"
    return f"{name} ({late})" if late else name


def _pieces(
    survey: Survey, names: Mapping[int, str], counted: Mapping[int, list[Counted]]
) -> Iterator[Piece]:
    for obligation in survey.obligations:
        for item in counted[obligation.pk]:
            yield Piece(
                agency=names[obligation.agency_id],
                channel=channel_title(obligation),
                task=obligation.task.code,
                period=Period.parse(obligation.period).label,
                counted=item,
            )


def _plans(province: Province, period: Period) -> list[Plan]:
    """The outreach plans in force in the period, UBND tỉnh's first."""
    return list(
        Plan.objects.in_force()
        .filter(
            province=province,
            kind=PlanKind.OUTREACH,
            starts_on__lte=period.end,
            ends_on__gte=period.start,
        )
        .select_related("agency")
        .order_by("agency__order", "signed_on", "id")
    )


def _is_provincial(plan: Plan) -> bool:
    return plan.agency.kind == AgencyKind.PROVINCE


def _citation(plan: Plan, province: Province) -> str:
    """``Kế hoạch số 30/KH-UBND ngày 21 tháng 02 năm 2024 của … về …``."""
    number = number_and_symbol(plan.number, plan.symbol)
    dated = long_date(plan.signed_on, plan.signed_precision)
    about = plan.title[:1].lower() + plan.title[1:]
    return f"Kế hoạch số {number} {dated} của Ủy ban nhân dân tỉnh {province.name} về việc {about}"


def _issuer(province: Province, period: Period) -> Issuer:
    """The agency that consolidates, under its name at the end of the period."""
    home = (
        Agency.objects.filter(province=province, memberships__role=Role.HOME_AFFAIRS)
        .in_order()
        .first()
    )
    if home is None:
        raise Refused(NO_ISSUER.format(province=province.name))
    name = names_on(province, period.end).get(home.pk) or within_province(home.name, province)
    return Issuer(name, home.code.rpartition("-")[2], home.place)
