"""One noun per file: its queryset, then the model."""

from plans.models.accepted_warning import AcceptedWarning
from plans.models.annex_import import AnnexImport
from plans.models.channel import Channel, PlanChannel
from plans.models.clause import Clause
from plans.models.content_item import ContentItem
from plans.models.draft_section import DraftSection
from plans.models.legal_basis import LegalBasis
from plans.models.legal_document import LegalDocument
from plans.models.obligation import Obligation
from plans.models.plan import Plan
from plans.models.quota import Quota, RotationTurn
from plans.models.revision import PlanRevision
from plans.models.signed_file import SignedFile
from plans.models.target import Target
from plans.models.task import Assignee, Task
from plans.models.turn_change import TurnChange
from plans.models.uptake import NotApplicable, Proposal

__all__ = [
    "AcceptedWarning",
    "AnnexImport",
    "Assignee",
    "Channel",
    "Clause",
    "ContentItem",
    "DraftSection",
    "LegalBasis",
    "LegalDocument",
    "NotApplicable",
    "Obligation",
    "Plan",
    "PlanChannel",
    "PlanRevision",
    "Proposal",
    "Quota",
    "RotationTurn",
    "SignedFile",
    "Target",
    "Task",
    "TurnChange",
]
