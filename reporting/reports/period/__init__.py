"""The report of one agency or unit for one period: what is sent to Home Affairs or the office."""

from reporting.reports.period.facts import Facts, gather
from reporting.reports.period.wording import document

__all__ = ["Facts", "document", "gather"]
