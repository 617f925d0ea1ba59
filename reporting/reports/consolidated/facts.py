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
from outreach.models import Fulfilment
from outreach.sums import lapsed
from outreach.tallies import measure
from plans.models import Obligation, Plan
from plans.models.obligation import MATRIX_ORDER, ObligationQuerySet
from plans.periods import Period
from reporting.letterhead import long_date, number_and_symbol
from reporting.listings import Counted, counted, explained_by, handed_over_late
from reporting.matrices import (
    NO_CHANNEL,
    Survey,
    is_outside,
    names_on,
    obligation_address,
    province_table,
    survey_province,
    within_province,
)
from reporting.oversight.issuing import plans_in_force
from reporting.reports.consolidated.handed_in import HandedIn, handed_in
from reporting.reports.consolidated.issuance import Issuance, issuance

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

    agency_id: int
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
    issuance: tuple[Issuance, ...] = ()
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
    owed = Obligation.objects.filter(province=province).within(period)
    plans = plans_in_force(province, period, as_of)
    planned = {plan.agency_id for plan in plans}
    upcoming = Obligation.objects.filter(province=province, waived_at=None).within(period.after())
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
        lapses=tuple(_lapses(owed, as_of, names)),
        pieces=tuple(_pieces(owed, as_of, names)),
        without_plan=tuple(head.name for head in survey.heads if head.id not in planned),
        due_next=upcoming.count(),
        issuance=issuance(survey.heads, plans),
        handed_in=handed_in(province, period, as_of, names),
    )


def channel_title(obligation: Obligation) -> str:
    """The channel's whole name, as a document writes it."""
    return obligation.channel.name if obligation.channel else NO_CHANNEL


def _channels(survey: Survey) -> tuple[Line, ...]:
    """The scores of the matrix' columns, summed by channel in the province's order."""
    names = {channel.pk: channel.name for channel in survey.channels} | {0: NO_CHANNEL}
    scores: dict[int, Score] = {}
    for (channel_id, _), score in survey.matrix.column_scores.items():
        scores[channel_id] = scores.get(channel_id, Score()) + score
    return tuple(Line(name, scores[pk]) for pk, name in names.items() if pk in scores)


def _lapses(owed: ObligationQuerySet, as_of: date, names: Mapping[int, str]) -> Iterator[Lapse]:
    """Only what did not come in time is read one by one."""
    obligations = tuple(lapsed(owed, as_of).for_matrix())
    found = measure(obligations, as_of, row=lambda o: o.pk, column=lambda _: 0)
    explained = explained_by(obligations)
    late = handed_over_late(obligations)
    for state in _LAPSED:
        for obligation in obligations:
            if found.states[obligation.pk] is state and not is_outside(obligation):
                yield Lapse(
                    agency=names[obligation.agency_id],
                    unit=_unit(obligation, late.get(obligation.pk, "")),
                    task=str(obligation.task),
                    channel=channel_title(obligation),
                    period=Period.parse(obligation.period).label,
                    due_on=obligation.due_on,
                    done=found.cells[obligation.pk, 0].done,
                    required=obligation.required,
                    state=state,
                    explanation=explained.get(obligation.pk, ""),
                    href=obligation_address(obligation.pk),
                )


def _unit(obligation: Obligation, late: str) -> str:
    """Who answers for it; who did when its day passed, where that was changed only later."""
    name = obligation.unit.name if obligation.unit else "Chưa giao đơn vị"
    return f"{name} ({late})" if late else name


def _pieces(owed: ObligationQuerySet, as_of: date, names: Mapping[int, str]) -> Iterator[Piece]:
    """In the order of the matrix; one query, no obligation without a result is read."""
    rows = (
        Fulfilment.objects.standing()
        .filter(obligation__in=owed.order_by().values("pk"), counted_on__lte=as_of)
        .select_related("placement__activity__unit", "obligation__channel", "obligation__task")
        .order_by(*(f"obligation__{name}" for name in MATRIX_ORDER), "counted_on", "id")
    )
    for row in rows:
        yield Piece(
            agency_id=row.obligation.agency_id,
            agency=names[row.obligation.agency_id],
            channel=channel_title(row.obligation),
            task=row.obligation.task.code,
            period=Period.parse(row.obligation.period).label,
            counted=counted(row),
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
