"""A draft is its own agency's: nobody of another agency of the same province gets at it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from agencies.roles import Role
from cchc.jobs.models import Job
from cchc.lib import clock
from plans.actions.amend import open_amendment
from plans.models import AnnexImport, ContentItem, LegalBasis, Plan, Proposal
from tests.factories import (
    make_agency,
    make_channel,
    make_document,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_unit,
    make_user,
)
from tests.house.test_access import OBJECTS, send, signed_in

pytestmark = [pytest.mark.core, pytest.mark.django_db]

SECRET = "Lời chưa ban hành"
OF_PLANS = (
    "plan",
    "section",
    "edit",
    "derive",
    "uptake",
    "province-uptake",
    "copy",
    "quota",
    "amendment",
    "signed-attach",
    "import",
    "proposal",
)


@pytest.fixture
def owner() -> Agency:
    return make_agency(make_province())


def draft(owner: Agency, kind: str) -> Plan:
    """A first draft, or the working copy of an amendment, with the secret in every text."""
    clerk = make_user(Role.AGENCY_OFFICE, owner)
    facts: dict[str, Any] = {"title": SECRET} if kind == "first" else {}
    plan = make_plan(owner, state="draft" if kind == "first" else "issued", **facts)
    if kind != "first":
        plan = open_amendment(plan=plan, reason=SECRET, by=clerk)
        Plan.objects.filter(pk=plan.pk).update(title=SECRET)
    ContentItem.objects.create(plan=plan, order=1, title=SECRET)
    make_quota(make_task(plan, title=SECRET), make_channel(owner.province))
    LegalBasis.objects.create(
        plan=plan,
        order=1,
        role="cited",
        document_type="Quyết định",
        reference="9/QĐ",
        abstract=SECRET,
    )
    return plan


def addresses(plan: Plan) -> dict[str, int | UUID]:
    """Every address of a plan and of what belongs to a draft."""
    author = make_user(Role.AGENCY_OFFICE, plan.agency)
    brought = AnnexImport.objects.create(
        plan=plan,
        name="a.xlsx",
        file="imports/a",
        job=Job.objects.create(task="plans.check_annex"),
        ordered_at=clock.now(),
        ordered_by=author,
    )
    proposal = Proposal.objects.create(
        plan=plan,
        revision=1,
        kind="added",
        section="content",
        uid="0" * 16,
        made_at=clock.now(),
        made_by=author,
    )
    keys: dict[str, int | UUID] = {}
    for name in OBJECTS:
        if name.startswith("import-"):
            keys[name] = brought.pk
        elif name.startswith(OF_PLANS):
            keys[name] = proposal.pk if name.startswith("proposal-") else plan.pk
    return keys | {"import-template": plan.pk}


@pytest.mark.parametrize("kind", ["first", "amendment"])
@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_another_agency_gets_at_a_draft(role: Role, kind: str, owner: Agency) -> None:
    plan = draft(owner, kind)
    other = make_agency(owner.province)
    outsider = make_user(role, other, make_unit(other))
    client = signed_in(outsider)
    reached = {
        name: status
        for name, pk in addresses(plan).items()
        if (status := send(client, name, OBJECTS[name], pk).status_code) not in {403, 404}
    }
    assert reached == {}


@pytest.mark.parametrize("kind", ["first", "amendment"])
@pytest.mark.parametrize("role", list(Role))
def test_no_list_and_no_completion_tells_of_it(role: Role, kind: str, owner: Agency) -> None:
    plan = draft(owner, kind)
    document = make_document(
        owner.province, "Quyết định số 9/QĐ-UBND ngày 05/01/2024 của UBND tỉnh"
    )
    plan.bases.update(registered=document)
    other = make_agency(owner.province, parent=owner)
    outsider = make_user(role, other, make_unit(other))
    own = make_plan(other, state="draft")
    parent = plan.amends or make_plan(owner)
    child = make_plan(other, parent=parent)
    found = {
        address
        for address in (
            reverse("plans:plan-list"),
            reverse("plans:plan-start"),
            reverse("plans:register-list"),
            f"{reverse('plans:register-search')}?q=9",
            reverse("plans:register-detail", args=[document.pk]),
            reverse("plans:edit-header", args=[own.pk]),
            reverse("plans:edit-bases", args=[own.pk]),
            reverse("plans:edit-annex", args=[own.pk]),
            reverse("plans:plan-detail", args=[parent.pk]),
            reverse("plans:plan-revisions", args=[parent.pk]),
            reverse("plans:plan-proposals", args=[parent.pk]),
            reverse("plans:province-uptake", args=[parent.pk]),
            reverse("plans:plan-uptake", args=[child.pk]),
            reverse("outreach:plan-turns", args=[parent.pk]),
            reverse("outreach:activity-list"),
            reverse("home"),
        )
        if SECRET in signed_in(outsider).get(address).content.decode()
    }
    assert found == set()


@pytest.mark.parametrize("state", ["issued", "submitted", "draft"])
def test_the_internal_column_never_leaves_its_agency(state: str, owner: Agency) -> None:
    clerk: User = make_user(Role.AGENCY_OFFICE, owner)
    plan = make_plan(owner, **({"state": state} if state != "submitted" else {"state": "draft"}))
    if state == "submitted":
        Plan.objects.filter(pk=plan.pk).update(
            state=state, submitted_at=clock.now(), submitted_by=clerk
        )
    make_task(plan, explanation=SECRET, timing_text="Quý I")
    other = make_agency(owner.province, parent=owner)
    reader = signed_in(make_user(Role.AGENCY_OFFICE, other))
    for name in ("plan-detail", "plan-revisions", "derive", "plan-uptake"):
        assert SECRET not in _text(reader, name, plan)


def _text(client: Client, name: str, plan: Plan) -> str:
    return client.get(reverse(f"plans:{name}", args=[plan.pk])).content.decode()


def test_the_trail_of_a_draft_is_its_agencys(owner: Agency) -> None:
    draft(owner, "amendment")
    other = make_user(Role.AGENCY_OFFICE, make_agency(owner.province))
    text = signed_in(other).get(reverse("agencies:audit-list")).content.decode()
    assert SECRET not in text
