"""What proves an agency's points of a year: criterion → duty → article → address and files."""

from reporting.reports.evidence.facts import Facts, enclosed, gather
from reporting.reports.evidence.wording import document, tables

__all__ = ["Facts", "document", "enclosed", "gather", "tables"]
