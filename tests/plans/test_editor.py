"""The pages of the plan's editor: who gets in, what stands on them, what they cost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from bench.grid import annex, formset_html, grid_html
from plans.models import Plan, Task
from plans.views.grid_rows import levels_of
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]

PAGES = ("edit-annex", "edit-targets", "edit-content")
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def draft() -> Plan:
    return make.make_plan(make.make_agency(), state="draft")


@pytest.fixture
def office(draft: Plan) -> User:
    return make.make_user(Role.AGENCY_OFFICE, draft.agency)


def opened(user: User, name: str, plan: Plan) -> Any:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.get(reverse(f"plans:{name}", kwargs={"pk": plan.pk}))


def carried(response: Any, name: str) -> Any:
    """The JSON that the page carries under that id."""
    _, _, rest = response.content.decode().partition(f'<script id="{name}"')
    return json.loads(rest.partition(">")[2].partition("</script>")[0])


@pytest.mark.parametrize("name", PAGES)
def test_only_the_office_of_the_agency_writes_its_draft(
    name: str, draft: Plan, office: User
) -> None:
    officer = make.make_user(Role.OFFICER, draft.agency)
    neighbour = make.make_user(Role.AGENCY_OFFICE, make.make_agency(draft.province))
    found = [opened(user, name, draft).status_code for user in (office, officer, neighbour)]
    assert found == [200, 403, 404]


@pytest.mark.parametrize("name", PAGES)
def test_what_is_in_force_is_not_written_and_the_page_says_how_it_is_changed(name: str) -> None:
    plan = make.make_plan(make.make_agency())
    response = opened(make.make_user(Role.AGENCY_OFFICE, plan.agency), name, plan)
    assert response.status_code == 403
    assert "Lập bản sửa đổi" in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_many_questions_at_one_row_as_at_two_hundred(
    name: str, draft: Plan, office: User
) -> None:
    def filled(rows: int) -> None:
        draft.tasks.all().delete()
        tasks = Task.objects.bulk_create(
            Task(plan=draft, order=at, code=str(at), title=f"Việc {at}", timing_text="Quý I")
            for at in range(rows)
        )
        for number, task in enumerate(tasks):
            task.assignees.create(order=1, duty="lead", group=f"Nhóm {number}")
        for kind in (draft.targets, draft.content_items, draft.plan_channels):
            kind.all().delete()
        for at in range(rows):
            draft.targets.create(order=at, operator="=", value=100, counted=f"Số {at}")
            draft.content_items.create(order=at, title=f"Nội dung {at}")
            form = draft.plan_channels.create(order=at, title=f"Hình thức {at}")
            form.channels.add(channel)

    channel = make.make_channel(draft.province)
    counts = []
    for rows in (1, 200):
        filled(rows)
        opened(office, name, draft)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            opened(office, name, draft)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_grid_carries_its_rows_as_text_and_as_values(draft: Plan, office: User) -> None:
    make.make_unit(draft.agency, "Văn phòng", aliases=["VP Sở"])
    make.make_task(draft, code="1", title="<b>Rà soát</b>", area="Thể chế", timing_text="đầu năm")
    response = opened(office, "edit-annex", draft)
    page = response.content.decode()
    assert '<div class="gt">&lt;b&gt;Rà soát&lt;/b&gt;</div>' in page
    assert page.count('class="gr gg"') == 1
    assert [row["title"] for row in carried(response, "section-annex")] == ["<b>Rà soát</b>"]
    config = carried(response, "grid-annex")
    lead = next(column for column in config["columns"] if column["field"] == "lead")
    assert lead["options"][0]["aliases"] == ["VP Sở"]
    (note,) = config["notes"].values()
    assert note["time"]["tone"] == "ask"
    assert "Quý I/2024" in note["time"]["choices"]


def test_lines_that_belong_together_stand_together() -> None:
    (row, *_) = annex(1)
    assert 'data-lines="2"' in grid_html([row])
    assert 'data-lines="2"' not in grid_html([{**row, "time": "Năm 2024"}])


def test_rows_stand_under_the_number_that_they_continue() -> None:
    codes = [("A", "4"), ("A", "4.1"), ("A", "4.1.a"), ("A", "4.2"), ("B", "4.1"), ("B", "IV.1.2")]
    assert levels_of([{"area": area, "code": code} for area, code in codes]) == [0, 1, 2, 1, 0, 0]


def test_both_ways_to_render_a_row_say_the_same() -> None:
    """So that ``bin/bench`` compares like with like."""
    rows = annex(3)
    for html in (grid_html(rows), formset_html(rows)):
        assert html.count("&lt;cải cách hành chính&gt; số") == 3
        assert html.count("Các phòng chuyên môn, nghiệp vụ") == 3
