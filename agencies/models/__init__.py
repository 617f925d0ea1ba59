"""One noun per file: its queryset, then the model."""

from agencies.models.agency import Agency, AgencyName, Province
from agencies.models.audit import AuditEntry
from agencies.models.calendar_day import CalendarDay
from agencies.models.membership import Membership
from agencies.models.succession import Succession
from agencies.models.unit import Unit
from agencies.models.user import User

__all__ = [
    "Agency",
    "AgencyName",
    "AuditEntry",
    "CalendarDay",
    "Membership",
    "Province",
    "Succession",
    "Unit",
    "User",
]
