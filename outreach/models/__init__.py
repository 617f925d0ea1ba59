"""One noun per file: its queryset, then the model."""

from outreach.models.activity import Activity
from outreach.models.count_decision import CountDecision
from outreach.models.digest import CalendarFeed, Digest, Reminder, ReminderSettings
from outreach.models.evidence import Evidence
from outreach.models.explanation import Explanation
from outreach.models.fulfilment import Fulfilment
from outreach.models.placement import Placement
from outreach.models.results_import import ResultsImport
from outreach.models.review import Review
from outreach.models.saved_view import SavedView

__all__ = [
    "Activity",
    "CalendarFeed",
    "CountDecision",
    "Digest",
    "Evidence",
    "Explanation",
    "Fulfilment",
    "Placement",
    "Reminder",
    "ReminderSettings",
    "ResultsImport",
    "Review",
    "SavedView",
]
