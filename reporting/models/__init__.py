"""One noun per file: its queryset, then the model."""

from reporting.models.closing import Closing
from reporting.models.period_report import PeriodReport
from reporting.models.regime import ReportPeriod, ReportRegime
from reporting.models.run import Run
from reporting.models.scheduled_run import ScheduledRun

__all__ = ["Closing", "PeriodReport", "ReportPeriod", "ReportRegime", "Run", "ScheduledRun"]
