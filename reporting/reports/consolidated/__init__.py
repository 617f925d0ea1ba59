"""The consolidated report of a province: what Home Affairs sends to UBND tỉnh."""

from reporting.reports.consolidated.facts import Facts, gather
from reporting.reports.consolidated.figures import tables
from reporting.reports.consolidated.wording import document

__all__ = ["Facts", "document", "gather", "tables"]
