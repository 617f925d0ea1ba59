"""One noun per file: its queryset, then the model."""

from outreach.models.activity import Activity
from outreach.models.evidence import Evidence
from outreach.models.explanation import Explanation
from outreach.models.fulfilment import Fulfilment
from outreach.models.placement import Placement
from outreach.models.review import Review

__all__ = ["Activity", "Evidence", "Explanation", "Fulfilment", "Placement", "Review"]
