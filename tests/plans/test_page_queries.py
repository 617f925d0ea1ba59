"""Pages of a plan ask the database as often for one row of everything as for three."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.roles import Role
from cchc.lib import clock
from plans.actions.amend import issue_amendment, open_amendment
from plans.actions.issue import issue
from plans.models import ContentItem, Plan, Proposal
from plans.sections import SECTIONS
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def asked(client: Client, plan: Plan, name: str) -> int:
    address = reverse(name, args=[] if name.endswith("list") else [plan.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def family(count: int) -> Plan:
    """A child with that many rows, quotas, turns, obligations, revisions, proposals, children."""
    province = make.make_province()
    parent = make.make_plan(make.make_agency(province, kind="province"))
    agency = make.make_agency(province)
    unit = make.make_unit(agency)
    by = make.make_user(Role.AGENCY_OFFICE, agency)
    plan = make.make_plan(agency, state="draft", parent=parent)
    for order in range(1, count + 1):
        item = ContentItem.objects.create(plan=parent, order=order, title=f"Ý {order}")
        ContentItem.objects.create(plan=plan, order=order, title=f"Ý {order}", source=item)
        task = make.make_task(plan, order=order)
        task.assignees.create(order=1, duty="lead", unit=unit)
        quota = make.make_quota(task, make.make_channel(province))
        make.make_turn(quota, "2024-Q1", unit)
        make.make_plan(make.make_agency(province, parent=agency), parent=plan)
        Proposal.objects.create(
            plan=plan,
            revision=1,
            kind="added",
            section="content",
            uid=f"{order:016}",
            after=SECTIONS["content"].read(parent)[0],
            made_at=clock.now(),
            made_by=by,
        )
    plan = issue(plan=plan, by=by)
    for _ in range(count):
        copy = open_amendment(plan=plan, reason="Sửa", by=by)
        plan, _done = issue_amendment(copy=copy, by=by)
    return plan


@pytest.mark.parametrize(
    "name",
    [
        "plans:plan-list",
        "plans:plan-detail",
        "plans:plan-uptake",
        "plans:plan-revisions",
        "plans:plan-proposals",
        "outreach:plan-turns",
    ],
)
def test_the_number_of_queries_does_not_grow(name: str) -> None:
    found = []
    for count in (1, 3):
        plan = family(count)
        client = Client()
        client.force_login(make.make_user(Role.AGENCY_OFFICE, plan.agency))
        found.append(asked(client, plan, name))
    assert found[0] == found[1]
