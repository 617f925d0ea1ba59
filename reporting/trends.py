"""A year read for the charts: what was owed in which period, and where articles appeared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from agencies.models import Province
from cchc.lib.tables import display
from outreach.compliance import Score
from outreach.models.placement import PlacementQuerySet
from outreach.sums import Sum, summed, total
from plans.models import Channel
from plans.models.channel import ChannelKind
from plans.models.obligation import ObligationQuerySet
from plans.periods import Period, PeriodKind, periods_of
from reporting.charts.channels import ChannelCount, KindNames
from reporting.charts.periods import PeriodGroup, PeriodScore
from reporting.charts.ranking import Line
from reporting.matrices import NO_UNIT, Survey, counted_by_day_of

KIND_NAMES = KindNames(ChannelKind.ONLINE.label, ChannelKind.TRADITIONAL.label)
_LENGTHS = (
    ("Theo tháng", (PeriodKind.MONTH,)),
    ("Theo quý", (PeriodKind.QUARTER,)),
    ("Kỳ dài hơn", (PeriodKind.HALF, PeriodKind.NINE_MONTHS, PeriodKind.YEAR)),
)


@dataclass(frozen=True, slots=True)
class YearScores:
    """The sums of a year by the period that each obligation has of its own."""

    year: int
    sums: Mapping[str, Sum]

    def of(self, period: Period) -> Score:
        """What the matrix of the period sums: all whose own period lies inside it."""
        return total(each for code, each in self.sums.items() if _lies_in(code, period))

    def groups(self, address: Callable[[Period], str]) -> tuple[PeriodGroup, ...]:
        """Months, quarters and longer periods, each with the address of its matrix."""
        return tuple(
            PeriodGroup(
                name,
                tuple(
                    PeriodScore(period, self.of(period), address(period))
                    for kind in kinds
                    for period in periods_of(kind, self.year)
                ),
            )
            for name, kinds in _LENGTHS
        )


def year_scores(obligations: ObligationQuerySet, year: int, as_of: date) -> YearScores:
    """Every obligation of the year, measured on one day; three queries at most."""
    found = summed(obligations.within(Period(PeriodKind.YEAR, year)), as_of, "period")
    return YearScores(year, {code: each for (code,), each in found.items()})


def channel_counts(
    province: Province, placements: PlacementQuerySet, period: Period, as_of: date
) -> tuple[ChannelCount, ...]:
    """How often each channel of the province was published on in the period; two queries."""
    standing = placements.standing_on(as_of).filter(
        published_on__range=(period.start, min(period.end, as_of))
    )
    found = standing.order_by().values_list("channel_id").annotate(Count("id"))
    postings = dict(found)
    channels = Channel.objects.filter(province=province).in_order()
    return tuple(
        ChannelCount(each.name, each.kind == ChannelKind.ONLINE, postings.get(each.pk, 0))
        for each in channels
    )


def lines_of(survey: Survey) -> tuple[Line, ...]:
    """The rows of a matrix as they are to be ranked."""
    return tuple(
        Line(head.name, survey.score(head), head.href, competes=head.id != NO_UNIT)
        for head in survey.heads
    )


def year_clock(found: YearScores, as_of: date) -> str:
    """Which obligations stand in which period of the year, and on which day they are looked at."""
    return (
        f"Năm {found.year} (dương lịch); mỗi kỳ gồm các đầu việc có kỳ riêng nằm trọn trong kỳ đó, "
        f"tuần tính vào kỳ có ngày cuối tuần; tính theo {counted_by_day_of(found.sums.values())}; "
        f"hạn theo kế hoạch; tính đến hết ngày {display(as_of)}."
    )


def ranking_clock(survey: Survey) -> str:
    """The clock of the survey's matrix, without the marks of its cells."""
    counted = counted_by_day_of(survey.matrix.cells.values())
    return (
        f"Kỳ: {_span(survey.period)}; tính theo {counted}; hạn theo kế hoạch; "
        f"tính đến hết ngày {display(survey.as_of)}."
    )


def postings_clock(period: Period, as_of: date) -> str:
    """Which days the postings are of, and on which day they still stood on their channels."""
    return f"Kỳ: {_span(period)}; tính theo ngày đăng; tính đến hết ngày {display(as_of)}."


def _span(period: Period) -> str:
    return f"{period.label} (dương lịch, từ {display(period.start)} đến {display(period.end)})"


def _lies_in(code: str, period: Period) -> bool:
    """As ``within`` asks of the database: a week belongs where it ends."""
    own = Period.parse(code)
    if own.kind is PeriodKind.WEEK:
        return period.contains(own.end)
    return period.encloses(own)
