"""One noun per file: its queryset, then the model."""

from reporting.models.closing import Closing
from reporting.models.period_report import PeriodReport, ReportFigure, ReportSection
from reporting.models.regime import ReportPeriod, ReportRegime
from reporting.models.report_round import ReportRound
from reporting.models.run import Run
from reporting.models.scheduled_run import ScheduledRun

__all__ = [
    "Closing",
    "PeriodReport",
    "ReportFigure",
    "ReportPeriod",
    "ReportRegime",
    "ReportRound",
    "ReportSection",
    "Run",
    "ScheduledRun",
]
