"""One noun per file: its queryset, then the model."""

from plans.models.accepted_warning import AcceptedWarning
from plans.models.channel import Channel, PlanChannel
from plans.models.clause import Clause
from plans.models.content_item import ContentItem
from plans.models.legal_basis import LegalBasis
from plans.models.obligation import Obligation
from plans.models.plan import Plan
from plans.models.quota import Quota, RotationTurn
from plans.models.target import Target
from plans.models.task import Assignee, Task

__all__ = [
    "AcceptedWarning",
    "Assignee",
    "Channel",
    "Clause",
    "ContentItem",
    "LegalBasis",
    "Obligation",
    "Plan",
    "PlanChannel",
    "Quota",
    "RotationTurn",
    "Target",
    "Task",
]
