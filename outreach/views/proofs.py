"""The evidence of an activity as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agencies.models import User
from cchc.lib.decisions import Decision
from cchc.lib.filetypes import MAX_BYTES
from cchc.lib.upload_limits import MAX_REQUEST
from outreach.forms.evidence import FilesForm, LinkForm
from outreach.models import Activity, Evidence
from outreach.models.link import LinkState
from outreach.policies import may_prove, may_void_evidence

_ICONS = {"pdf": "file-earmark-pdf", "xlsx": "file-earmark-excel", "docx": "file-earmark-text"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not kept, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a post: names kept, files refused; or the address that was refused."""

    kept: Sequence[str] = ()
    refused: Sequence[Refusal] = ()
    files_form: FilesForm | None = None
    link_form: LinkForm | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence; ``opens`` when its address may be followed from the page."""

    evidence: Evidence
    icon: str
    opens: bool
    may_void: bool


@dataclass(frozen=True, slots=True)
class Proofs:
    """The panel: the evidence, who may add some, and what the last post did."""

    rows: Sequence[Proof]
    may_add: Decision
    sent: Sent
    files_form: FilesForm = field(default_factory=FilesForm)
    link_form: LinkForm = field(default_factory=LinkForm)
    max_file: int = MAX_BYTES
    max_post: int = MAX_REQUEST
    max_megabytes: int = MAX_BYTES // 1024 // 1024

    @property
    def standing(self) -> int:
        """How many are not voided."""
        return sum(row.evidence.voided_at is None for row in self.rows)


def proofs(user: User, activity: Activity, sent: Sent | None = None) -> Proofs:
    """Everything that the panel needs: one query."""
    sent = sent or Sent()
    rows = Evidence.objects.visible_to(user).filter(activity=activity).for_page()
    return Proofs(
        [_proof(user, activity, row) for row in rows],
        may_prove(user, activity),
        sent,
        sent.files_form or FilesForm(),
        sent.link_form or LinkForm(),
    )


def _proof(user: User, activity: Activity, evidence: Evidence) -> Proof:
    evidence.activity = activity  # loaded with its agency and unit
    icon = "link-45deg" if evidence.url else _ICONS.get(evidence.file_type, "paperclip")
    opens = bool(evidence.url) and evidence.link_state != LinkState.PRIVATE
    return Proof(evidence, icon, opens, bool(may_void_evidence(user, evidence)))
