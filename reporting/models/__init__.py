"""One noun per file: its queryset, then the model."""

from reporting.models.closing import Closing
from reporting.models.period_report import PeriodReport, ReportFigure, ReportSection
from reporting.models.province_summary import ProvinceSummary
from reporting.models.regime import ReportPeriod, ReportRegime
from reporting.models.report_round import ReportRound
from reporting.models.run import Run
from reporting.models.scheduled_run import ScheduledRun
from reporting.models.score import AgencyScore, ScoreCriterion

__all__ = [
    "AgencyScore",
    "Closing",
    "PeriodReport",
    "ProvinceSummary",
    "ReportFigure",
    "ReportPeriod",
    "ReportRegime",
    "ReportRound",
    "ReportSection",
    "Run",
    "ScheduledRun",
    "ScoreCriterion",
]
