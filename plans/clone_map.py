"""What a copy of a plan takes along, field by field and relation by relation.

Every field and relation, forward, reverse and many-to-many, of a plan and of the rows of its
text stands here; a test fails for one that does not, and for one that is no more. ``plans.cloning``
leaves blank whatever is not cloned, so this map is what happens and not what was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from plans.models import (
    Assignee,
    Clause,
    ContentItem,
    LegalBasis,
    Plan,
    PlanChannel,
    Quota,
    RotationTurn,
    Target,
    Task,
)


class Purpose(StrEnum):
    """What the copy is for."""

    DERIVE = "derive"
    AMEND = "amend"
    NEXT_YEAR = "next_year"


class How(StrEnum):
    """What becomes of a field or relation in the copy."""

    CLONE = "clone"
    REFER = "refer"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of it for each purpose, and why where that is not plain."""

    derive: How
    amend: How
    next_year: How
    why: str = ""

    def of(self, purpose: Purpose) -> How:
        """For that purpose."""
        return {
            Purpose.DERIVE: self.derive,
            Purpose.AMEND: self.amend,
            Purpose.NEXT_YEAR: self.next_year,
        }[purpose]


CLONED = Rule(How.CLONE, How.CLONE, How.CLONE)
REFERRED = Rule(How.REFER, How.REFER, How.REFER)
MADE_ANEW = Rule(How.SKIP, How.SKIP, How.SKIP, "made by the write of the row itself")


def _skipped(why: str) -> Rule:
    return Rule(How.SKIP, How.SKIP, How.SKIP, why)


def _not_derived(why: str) -> Rule:
    return Rule(How.SKIP, How.CLONE, How.CLONE, why)


def _amended_only(why: str) -> Rule:
    return Rule(How.SKIP, How.CLONE, How.SKIP, why)


_OWN = "the deriving agency's own: from its last plan, or for its author to write"
_PAPER = "of one signed paper: the next has its own"
_LIFE = "the copy's life begins as a draft"
_IDENTITY = Rule(How.SKIP, How.CLONE, How.CLONE, "a derived row is another row, and has a source")
_LEFT_BEHIND = _skipped("what others hold on the source stays with the source")

CLONE_MAP: Mapping[type[models.Model], Mapping[str, Rule]] = {
    Plan: {
        "id": MADE_ANEW,
        "key": MADE_ANEW,
        "province": REFERRED,
        "agency": Rule(How.SKIP, How.REFER, How.REFER, "the deriving agency"),
        "kind": CLONED,
        "parent": Rule(
            How.SKIP,
            How.REFER,
            How.SKIP,
            "a derived plan's is the source; a new year has a new one",
        ),
        "amends": _skipped("of a working copy it is the source"),
        "amendment_reason": _skipped("given when the amendment is issued"),
        "copied_from": _skipped("of a copy for a new year it is the source"),
        "number": _amended_only(_PAPER),
        "symbol": _not_derived(_OWN),
        "signed_on": _amended_only(_PAPER),
        "signed_precision": _amended_only(_PAPER),
        "place": _not_derived(_OWN),
        "title": _not_derived("named after the agency and the year"),
        "opening": _not_derived("names the parent"),
        "audiences": CLONED,
        "scopes": CLONED,
        "annex_title": _not_derived("named after the agency and the year"),
        "starts_on": CLONED,
        "ends_on": CLONED,
        "signer_authority": _not_derived(_OWN),
        "signer_position": _not_derived(_OWN),
        "signer_name": _not_derived(_OWN),
        "recipients": _not_derived(_OWN),
        "known_by_citation": _skipped("a copy has its own text"),
        "count_before_issue": _not_derived("each agency says so of its own duties"),
        "derive_by": _not_derived("the term set for others: the derived plan sets its own"),
        "state": _skipped(_LIFE),
        "revision": _skipped("numbered when the amendment is issued"),
        "issued_at": _skipped(_LIFE),
        "issued_by": _skipped(_LIFE),
        "submitted_at": _skipped(_LIFE),
        "submitted_by": _skipped(_LIFE),
        "closed_at": _skipped(_LIFE),
        "closed_by": _skipped(_LIFE),
        "bases": CLONED,
        "clauses": CLONED,
        "targets": CLONED,
        "content_items": CLONED,
        "plan_channels": CLONED,
        "tasks": CLONED,
        "accepted_warnings": _amended_only("accepted for the text that is amended, no other"),
        "not_applicable": _amended_only("a new parent, a new answer"),
        "proposals": Rule(How.SKIP, How.REFER, How.SKIP, "stays with the amended plan"),
        "children": _LEFT_BEHIND,
        "amendments": _LEFT_BEHIND,
        "copies": _LEFT_BEHIND,
        "cited_as": _LEFT_BEHIND,
        "register_entries": _LEFT_BEHIND,
        "annex_imports": _skipped("how the text came in"),
        "draft_sections": _skipped("versions of the drafting, which begins anew"),
        "obligations": _skipped("made at issue, never copied"),
        "revisions": _skipped("the history of the source"),
        "signed_files": _skipped(_PAPER),
        "runs": _skipped("files printed of the source"),
    },
    LegalBasis: {
        "id": MADE_ANEW,
        "plan": MADE_ANEW,
        "uid": _IDENTITY,
        "order": CLONED,
        "role": CLONED,
        "place_in_plan": _not_derived("a place in the other document"),
        "document_type": CLONED,
        "reference": CLONED,
        "dated_on": CLONED,
        "date_precision": CLONED,
        "issuer": CLONED,
        "abstract": CLONED,
        "document": REFERRED,
        "registered": REFERRED,
    },
    Clause: {
        "id": MADE_ANEW,
        "plan": MADE_ANEW,
        "parent": CLONED,
        "children": CLONED,
        "uid": _IDENTITY,
        "order": CLONED,
        "label": CLONED,
        "heading": CLONED,
        "text": _not_derived("a skeleton: the agency writes its own narrative"),
    },
    Target: {
        "id": MADE_ANEW,
        "plan": MADE_ANEW,
        "uid": _IDENTITY,
        "order": CLONED,
        "operator": CLONED,
        "value": CLONED,
        "measure": CLONED,
        "counted": CLONED,
        "place_in_plan": _not_derived("a place in the other document"),
        "data_source": CLONED,
    },
    ContentItem: {
        "id": MADE_ANEW,
        "plan": MADE_ANEW,
        "uid": _IDENTITY,
        "order": CLONED,
        "label": CLONED,
        "title": CLONED,
        "source": Rule(
            How.REFER, How.REFER, How.SKIP, "derived: the source's row; a new year: the successor's"
        ),
        "removed_in": _skipped("what an amendment took out is not copied"),
        "adopted_as": _LEFT_BEHIND,
        "left_out": _LEFT_BEHIND,
        "proposals": _LEFT_BEHIND,
        "activities": _LEFT_BEHIND,
    },
    PlanChannel: {
        "id": MADE_ANEW,
        "plan": MADE_ANEW,
        "uid": _IDENTITY,
        "order": CLONED,
        "label": CLONED,
        "title": CLONED,
        "channels": REFERRED,
    },
    Task: {
        "id": MADE_ANEW,
        "plan": MADE_ANEW,
        "uid": _IDENTITY,
        "parent": CLONED,
        "subtasks": CLONED,
        "order": CLONED,
        "code": _not_derived("numbered anew"),
        "area": _not_derived("the parent groups by addressee"),
        "title": CLONED,
        "conditional": CLONED,
        "products": CLONED,
        "timing_text": CLONED,
        "timing_kind": CLONED,
        "timing_meant": CLONED,
        "explanation": _not_derived("internal to the office that wrote it"),
        "without_quota": CLONED,
        "removed_in": _skipped("what an amendment took out is not copied"),
        "source": Rule(
            How.REFER, How.REFER, How.SKIP, "derived: the source's row; a new year: the successor's"
        ),
        "assignees": CLONED,
        "quotas": CLONED,
        "adopted_as": _LEFT_BEHIND,
        "obligations": _LEFT_BEHIND,
        "left_out": _LEFT_BEHIND,
        "proposals": _LEFT_BEHIND,
        "activities": _LEFT_BEHIND,
    },
    Assignee: {
        "id": MADE_ANEW,
        "task": MADE_ANEW,
        "order": CLONED,
        "duty": _not_derived("who leads is for the deriving agency; those beside it stay"),
        "unit": Rule(How.SKIP, How.REFER, How.REFER, "units of the other agency"),
        "agency": REFERRED,
        "group": CLONED,
        "qualifier": CLONED,
    },
    Quota: {
        "id": MADE_ANEW,
        "task": CLONED,
        "uid": _IDENTITY,
        "order": CLONED,
        "channel": REFERRED,
        "counts_when": CLONED,
        "minimum": CLONED,
        "maximum": CLONED,
        "per": CLONED,
        "due_kind": CLONED,
        "due_day": CLONED,
        "due_month_offset": CLONED,
        "due_dates": CLONED,
        "default_unit": Rule(How.SKIP, How.REFER, How.REFER, "units of the other agency"),
        "removed_in": _skipped("what an amendment took out is not copied"),
        "turns": _not_derived("left open for the agency's own units"),
        "obligations": _LEFT_BEHIND,
    },
    RotationTurn: {
        "id": MADE_ANEW,
        "quota": MADE_ANEW,
        "period": CLONED,
        "unit": REFERRED,
    },
}
