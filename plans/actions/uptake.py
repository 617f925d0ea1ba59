"""The author of a derived plan answers for an item of the parent: left out, taken up, or linked."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans.clone_map import Purpose
from plans.cloning import copied
from plans.comparing import same_words
from plans.draft_rows import annex_row, bring_quotas, content_row, read_rows, write_rows
from plans.holding import held
from plans.implementing import ANNEX, CONTENT, items_of
from plans.models import NotApplicable, Plan
from plans.policies import uptake as uptake_policies
from plans.uptake import Item

LEFT_OUT = audit.Verb("plan.leave_out", "Ghi nội dung không áp dụng")
RECONSIDERED = audit.Verb("plan.reconsider", "Bỏ ghi không áp dụng")
TAKEN_UP = audit.Verb("plan.take_up", "Đưa nội dung của kế hoạch cấp trên vào")
LINKED = audit.Verb("plan.link", "Gắn với nội dung của kế hoạch cấp trên")


@transaction.atomic
def leave_out(*, plan: Plan, section: str, item: int, reason: str, by: User) -> NotApplicable:
    """The item does not concern the agency, and why."""
    locked, found = _asked(plan, section, item, by)
    if not reason.strip():
        raise Refused("Hãy ghi lý do không áp dụng.")
    if any(row["source"] == item for row in read_rows(locked, section)):
        raise Refused("Kế hoạch đã có nội dung này; hãy bỏ dòng đó trước khi ghi không áp dụng.")
    NotApplicable.objects.filter(plan=locked, **_key(found)).delete()
    left = NotApplicable.objects.create(
        plan=locked,
        **_key(found),
        reason=reason.strip(),
        decided_at=clock.now(),
        decided_by=by,
    )
    audit.record(
        LEFT_OUT,
        locked,
        by=by,
        agency=locked.agency,
        reason=left.reason,
        after={"section": section, "item": found.text[:300]},
    )
    return left


@transaction.atomic
def reconsider(*, plan: Plan, section: str, item: int, by: User) -> Plan:
    """Take the reason back: the item is missing again."""
    locked, found = _asked(plan, section, item, by)
    gone, _ = NotApplicable.objects.filter(plan=locked, **_key(found)).delete()
    if not gone:
        raise Refused("Nội dung này không còn ghi là không áp dụng.")
    _trace(RECONSIDERED, locked, found, by)
    return locked


@transaction.atomic
def take_up(*, plan: Plan, section: str, item: int, by: User) -> Plan:
    """The item comes into the draft in the parent's words, as the last row."""
    locked, found = _asked(plan, section, item, by)
    rows = read_rows(locked, section)
    if any(row["source"] == item for row in rows):
        raise Refused("Kế hoạch đã có nội dung này.")
    if section == CONTENT:
        rows.append(content_row(found.text, item))
    else:
        assert locked.parent is not None
        theirs = copied(locked.parent, Purpose.DERIVE)[ANNEX]
        rows.append(annex_row(next(row for row in theirs if row["source"] == item), item, rows))
    write_rows(locked, section, rows, by)
    if section == ANNEX:
        bring_quotas(locked, item, rows[-1]["uid"], by)
    NotApplicable.objects.filter(plan=locked, **_key(found)).delete()
    _trace(TAKEN_UP, locked, found, by)
    return locked


@transaction.atomic
def link(*, plan: Plan, section: str, item: int, uid: str, by: User) -> Plan:
    """A row that the author wrote by hand is what answers the item."""
    locked, found = _asked(plan, section, item, by)
    rows = read_rows(locked, section)
    if uid not in {row["uid"] for row in rows if row["source"] is None}:
        raise Refused("Dòng được chọn không còn trong dự thảo, hoặc đã gắn với nội dung khác.")
    linked = [row | {"source": item} if row["uid"] == uid else row for row in rows]
    write_rows(locked, section, linked, by)
    NotApplicable.objects.filter(plan=locked, **_key(found)).delete()
    _trace(LINKED, locked, found, by)
    return locked


@transaction.atomic
def link_same(*, plan: Plan, by: User) -> int:
    """Every row that was written by hand in an item's words answers it; how many were found."""
    locked = _locked(plan, by)
    items = items_of(locked)
    found = 0
    for section in (CONTENT, ANNEX):
        rows = read_rows(locked, section)
        taken = {row["source"] for row in rows}
        for item in items:
            if item.section != section or item.pk in taken:
                continue
            free = (row for row in rows if not row["source"])
            row = next((row for row in free if same_words(row["title"], item.text)), None)
            if row is not None:
                row["source"] = item.pk
                found += 1
        if {row["source"] for row in rows} != taken:
            write_rows(locked, section, rows, by)
    audit.record(LINKED, locked, by=by, agency=locked.agency, after={"linked": found})
    return found


def _locked(plan: Plan, by: User) -> Plan:
    locked = held(plan.pk)
    require(uptake_policies.may_answer(by, locked))
    return locked


def _asked(plan: Plan, section: str, item: int, by: User) -> tuple[Plan, Item]:
    locked = _locked(plan, by)
    found = {one.key: one for one in items_of(locked)}.get((section, item))
    if found is None:
        raise Refused("Kế hoạch cấp trên không còn nội dung này; hãy tải lại trang.")
    return locked, found


def _key(item: Item) -> dict[str, int]:
    return {"content_item_id" if item.section == CONTENT else "task_id": item.pk}


def _trace(verb: audit.Verb, plan: Plan, item: Item, by: User) -> None:
    after = {"section": item.section, "item": item.text[:300]}
    audit.record(verb, plan, by=by, agency=plan.agency, after=after)
