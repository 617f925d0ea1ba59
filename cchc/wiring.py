"""What floors above tell on pages of floors below: imports point down, so the roof joins them."""

from __future__ import annotations

from outreach import calendar_entries, todo
from reporting import report_duties
from reporting.calendar_reports import due_reports


def wire() -> None:
    """Name every teller once; the addresses do it before any page can be asked for."""
    calendar_entries.also(due_reports)
    todo.also(report_duties.works)
