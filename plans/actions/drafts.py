"""A section of a draft is saved, as often as its author pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from agencies import audit
from agencies.models import AuditEntry, User
from cchc.lib import clock
from cchc.lib.decisions import require
from plans import policies
from plans.holding import held, hold_numbers
from plans.models import DraftSection, Plan, Quota
from plans.sections import SECTIONS

WRITTEN = audit.Verb("plan.write", "Soạn kế hoạch")
# One entry for each person, section and hour: drafts save themselves every few seconds.
_QUIET = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SavedSection:
    """A section as it stands: ``saved_at`` and ``saved_by`` are None before the first save."""

    name: str
    version: int
    value: Any
    saved_at: datetime | None
    saved_by: User | None


class Stale(Exception):
    """Somebody saved the section since; ``current`` is theirs, and nothing was written."""

    def __init__(self, current: SavedSection) -> None:
        super().__init__("Phần này đã được người khác lưu.")
        self.current = current


@transaction.atomic
def save_section(*, plan: Plan, name: str, version: int, data: object, by: User) -> SavedSection:
    """Bring the section to what was typed; ``version`` is the one that the author began with.

    Raises ``SectionFaults`` when it cannot be taken and ``Stale`` when it is no longer that
    version. What says the same as before changes nothing, whatever its version.
    """
    locked = held(plan.pk)
    require(policies.may_write(by, locked))
    if name == "header":
        hold_numbers(locked.agency_id)
    section = SECTIONS[name]
    value = section.accept(data, locked)
    row = locked.draft_sections.filter(name=name).select_related("saved_by").first()
    present = _saved(name, row, section.read(locked))
    if present.value == value:
        return present
    if present.version != version:
        raise Stale(present)
    owed = _quota_count(locked) if name == "annex" else 0
    section.write(locked, value)
    if name == "annex" and _quota_count(locked) != owed:
        _renewed(locked, "quotas", by)
    saved = _renewed(locked, name, by)
    if not _is_noted(locked, name, by):
        audit.record(WRITTEN, locked, by=by, agency=locked.agency, after={"section": name})
    return _saved(name, saved, value)


def _saved(name: str, row: DraftSection | None, value: Any) -> SavedSection:
    if row is None:
        return SavedSection(name, 0, value, None, None)
    return SavedSection(name, row.version, value, row.saved_at, row.saved_by)


def _quota_count(plan: Plan) -> int:
    """Quotas go with their tasks, and whoever has them open is to know."""
    return Quota.objects.filter(task__plan=plan, task__removed_in=None).count()


def _renewed(plan: Plan, name: str, by: User) -> DraftSection:
    now = clock.now()
    row, _ = DraftSection.objects.get_or_create(
        plan=plan, name=name, defaults={"saved_at": now, "saved_by": by}
    )
    row.version += 1
    row.saved_at, row.saved_by = now, by
    row.save(update_fields=["version", "saved_at", "saved_by"])
    return row


def _is_noted(plan: Plan, name: str, by: User) -> bool:
    return AuditEntry.objects.filter(
        verb=WRITTEN.code,
        object_type=plan._meta.label_lower,
        object_id=str(plan.pk),
        by=by,
        at__gt=clock.now() - _QUIET,
        after__section=name,
    ).exists()
