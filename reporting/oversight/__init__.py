"""How every agency of a province stands: plan, report of the period, duties; worst first."""

from reporting.oversight.lines import Line, Only, Sorting, View
from reporting.oversight.reading import Oversight, oversee
from reporting.oversight.tables import accepted_sum, quotas, table

__all__ = [
    "Line",
    "Only",
    "Oversight",
    "Sorting",
    "View",
    "accepted_sum",
    "oversee",
    "quotas",
    "table",
]
