"""A plan in force is amended: a working copy is written, then takes the plan's place."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.jobs import queue
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from plans import import_files, policies
from plans.clone_map import Purpose
from plans.cloning import clone
from plans.holding import held, hold_numbers
from plans.models import Obligation, Plan, PlanRevision
from plans.owing import Rewriting, owed_by, rewriting
from plans.proofreading import may_stand, warnings_of
from plans.sections import SECTIONS, header
from plans.sections.snapshot import snapshot

OPENED = audit.Verb("plan.amend", "Lập dự thảo sửa đổi kế hoạch")
AMENDED = audit.Verb("plan.issue_amendment", "Ban hành bản sửa đổi kế hoạch")
GIVEN_UP = audit.Verb("plan.give_up_amendment", "Bỏ dự thảo sửa đổi kế hoạch")


@transaction.atomic
def open_amendment(*, plan: Plan, reason: str, by: User) -> Plan:
    """Make the working copy of the next revision; the plan itself stays in force unchanged."""
    locked = held(plan.pk, "issued_by")
    require(policies.may_amend(by, locked))
    if not reason.strip():
        raise Refused("Hãy ghi lý do sửa đổi kế hoạch.")
    if not locked.revisions.filter(number=locked.revision).exists():
        _keep(locked, "", locked.issued_by or by)
    copy = clone(locked, purpose=Purpose.AMEND)
    copy.amendment_reason = reason.strip()
    copy.save(update_fields=["amendment_reason"])
    audit.record(OPENED, locked, by=by, agency=locked.agency, reason=copy.amendment_reason)
    return copy


@transaction.atomic
def issue_amendment(*, copy: Plan, by: User) -> tuple[Plan, Rewriting]:
    """Put the working copy's text in the plan's place and rewrite what is still to come.

    The past and whatever was begun stay (``plans.owing.rewriting``). Plans that implement this
    one get proposals from a job; results are matched with new obligations by another.
    """
    draft = held(copy.pk, "amends__agency")
    require(policies.may_issue_amendment(by, draft))
    require(may_stand(warnings_of(draft)))
    assert draft.amends_id is not None
    plan = held(draft.amends_id)
    hold_numbers(plan.agency_id)
    taken = header.same_number(draft, header.read(draft))
    if taken is not None:
        raise Refused(f"Đã có {taken.citation} cùng ngày ký: {taken.title}. Hãy ghi số khác.")
    reason = draft.amendment_reason
    plan.revision += 1
    plan.save(update_fields=["revision"])
    for section in SECTIONS.values():
        section.write(plan, section.read(draft))
    plan.accepted_warnings.all().delete()
    draft.accepted_warnings.update(plan=plan)
    plan.not_applicable.all().delete()
    draft.not_applicable.update(plan=plan)
    _delete(draft)
    plan = held(plan.pk)
    done = _rewrite(plan)
    _keep(plan, reason, by)
    queue.enqueue("outreach.recount_plan", plan_id=plan.pk)
    if plan.children.exists():
        queue.enqueue("plans.propose_changes", plan_id=plan.pk, revision=plan.revision)
    audit.record(
        AMENDED,
        plan,
        by=by,
        agency=plan.agency,
        reason=reason,
        after={"revision": plan.revision, "obligations": str(done)},
    )
    return plan, done


@transaction.atomic
def give_up(*, copy: Plan, by: User) -> Plan:
    """Throw the working copy away; the plan stays as it is."""
    draft = held(copy.pk, "amends__agency")
    require(policies.may_issue_amendment(by, draft))
    assert draft.amends is not None
    plan = draft.amends
    _delete(draft)
    audit.record(GIVEN_UP, plan, by=by, agency=plan.agency, reason=draft.amendment_reason)
    return plan


def _delete(draft: Plan) -> None:
    """With the annexes on their way into it."""
    imports = list(draft.annex_imports.waiting())
    draft.delete()
    import_files.forget(imports)


def _rewrite(plan: Plan) -> Rewriting:
    present = list(plan.obligations.order_by("id"))
    touched = set(plan.obligations.touched().values_list("pk", flat=True))
    done = rewriting(present, owed_by(plan), touched, clock.today())
    Obligation.objects.filter(pk__in=[row.pk for row in done.dropped]).delete()
    for row in done.changed:
        row.save()
    Obligation.objects.bulk_create(done.created)
    return done


def _keep(plan: Plan, reason: str, by: User) -> None:
    PlanRevision.objects.create(
        plan=plan,
        number=plan.revision,
        reason=reason,
        value=snapshot(plan),
        made_at=clock.now(),
        made_by=by,
    )
