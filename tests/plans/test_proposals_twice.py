"""A parent amended twice, or late: what stands open is the newest word, and nobody declined it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.roles import Role
from plans.actions.amend import open_amendment
from plans.actions.derive import derive
from plans.actions.issue import issue
from plans.actions.proposals import accept, propose
from plans.implementing import survey
from plans.models import Plan, Proposal
from plans.sections import SECTIONS
from tests.factories import make_agency, make_user
from tests.plans.test_proposals import (
    added,
    amend,
    child,
    office,
    parent,
    put,
    retitled,
    titles,
    told,
    without,
)

__all__ = ["child", "parent"]

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def states(plan: Plan) -> list[tuple[int, str]]:
    return list(plan.proposals.order_by("pk").values_list("revision", "state"))


def test_an_open_addition_is_followed_by_its_newer_words(parent: Plan, child: Plan) -> None:
    amended = put(amend(parent, content=added("Chuyển đổi số")))
    put(amend(amended, content=retitled("Chuyển đổi số", "Chuyển đổi số, Đề án 06")))
    assert told(child) == [("added", "content", "", "Chuyển đổi số, Đề án 06")]
    assert states(child) == [(1, "replaced"), (2, "open")]
    accept(proposal=Proposal.objects.get(state="open"), choice=None, by=office(child))
    assert titles(child)[-1] == "Chuyển đổi số, Đề án 06"


def test_an_open_addition_that_is_taken_out_again_is_no_proposal(parent: Plan, child: Plan) -> None:
    amended = put(amend(parent, content=added("Chuyển đổi số")))
    put(amend(amended, content=without("Chuyển đổi số")))
    assert told(child) == []
    assert states(child) == [(1, "replaced")]


def test_words_that_come_back_are_no_proposal(parent: Plan, child: Plan) -> None:
    amended = put(amend(parent, content=retitled("Ý nghĩa", "Mục tiêu")))
    put(amend(amended, content=retitled("Mục tiêu", "Ý nghĩa")))
    assert told(child) == []


def test_a_task_added_for_others_and_then_given_to_the_agency_comes(
    parent: Plan, child: Plan
) -> None:
    def more(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        row = rows[1] | {"uid": "e" * 16, "code": "3", "title": "Việc 3"}
        return [*rows, row]

    def given(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [*rows[:2], rows[2] | {"lead": "Các sở, ban, ngành"}]

    amended = put(amend(parent, annex=more))
    assert told(child) == []
    put(amend(amended, annex=given))
    assert told(child) == [("added", "annex", "", "Việc 3")]


def test_what_was_replaced_is_not_counted_as_declined(parent: Plan, child: Plan) -> None:
    issue(plan=child, by=office(child))
    amended = put(amend(parent, content=retitled("Ý nghĩa", "Mục tiêu")))
    put(amend(amended, content=retitled("Mục tiêu", "Lợi ích")))
    found = survey(Plan.objects.select_related("agency").get(pk=parent.pk), parent.ends_on)
    row = next(row for row in found.rows if row.plan == child)
    assert {state: number for state, number in row.proposals.items() if state != "replaced"} == {
        "open": 1
    }


def test_a_plan_derived_from_the_amended_text_is_told_nothing(parent: Plan) -> None:
    changed = retitled("Ý nghĩa", "Mục tiêu")
    amended = amend(parent, content=lambda rows: added("Mới")(changed(rows)))
    own = make_agency(parent.province)
    late = derive(parent=amended, agency=own, by=make_user(Role.AGENCY_OFFICE, own))
    propose(parent=amended, revision=1, by=office(parent))
    assert told(late) == []


def test_the_internal_column_stays_with_its_office(parent: Plan, child: Plan) -> None:
    def explained(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row | {"title": f"{row['title']} mới", "explanation": "Bí mật"} for row in rows]

    put(amend(parent, annex=explained))
    (proposal,) = Proposal.objects.filter(plan=child)
    assert "explanation" not in {*proposal.before, *proposal.after}
    more = amend(
        parent,
        annex=lambda rows: [*rows, rows[0] | {"uid": "d" * 16, "code": "9", "title": "Thêm"}],
    )
    put(more)
    accept(proposal=Proposal.objects.get(uid="d" * 16), choice=None, by=office(child))
    assert child.tasks.get(title="Thêm").explanation == ""


def test_strangers_see_no_words_of_an_open_amendment(
    client: Client, parent: Plan, child: Plan
) -> None:
    issue(plan=child, by=office(child))
    put(amend(parent, content=retitled("Ý nghĩa", "Mục tiêu, ý nghĩa")))
    copy = open_amendment(plan=Plan.objects.get(pk=child.pk), reason="Theo tỉnh", by=office(child))
    SECTIONS["content"].write(
        copy, retitled("Ý nghĩa", "Lời chưa ban hành")(SECTIONS["content"].read(copy))
    )
    address = reverse("plans:plan-proposals", args=[child.pk])
    client.force_login(office(child))
    assert "Lời chưa ban hành" in client.get(address).content.decode()
    client.force_login(make_user(Role.AGENCY_OFFICE, make_agency(parent.province)))
    text = client.get(address).content.decode()
    assert "Lời chưa ban hành" not in text
    assert "Ý nghĩa của CCHC" in text
