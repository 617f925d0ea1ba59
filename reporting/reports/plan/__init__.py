"""A plan as the official KẾ HOẠCH that an agency signs."""

from reporting.reports.plan.facts import Facts, gather
from reporting.reports.plan.wording import document

__all__ = ["Facts", "document", "gather"]
