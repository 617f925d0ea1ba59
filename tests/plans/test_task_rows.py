"""The rows of an annex: in their order and levels, in as many statements as there are levels."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import Plan, Quota, RotationTurn, Task
from plans.plan_file import AssigneeFacts, DueFacts, QuotaFacts, TaskFacts
from plans.task_rows import TaskNames, make_place, repeated_codes, write_tasks
from tests.factories import make_agency, make_channel, make_plan, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.core]

ROW = TaskFacts("", "", "", False, "", "Quý I/2024", (), (), (), ())


@pytest.fixture
def plan() -> Plan:
    agency = make_agency()
    make_unit(agency, "Văn phòng", code="VP")
    make_channel(agency.province, code="CT")
    return make_plan(agency, state="draft")


def annex(count: int) -> list[TaskFacts]:
    """``count`` tasks of three levels, each row with an assignee and a quota."""
    quota = QuotaFacts("CT", "sent", 1, "quarter", DueFacts("period_end"), (("2024-Q1", "VP"),))
    lead = (AssigneeFacts("VP", "", "", "kế toán"),)
    tasks = []
    for at in range(1, count + 1):
        row = replace(ROW, lead=lead, coordinating=lead, quotas=(quota,), title=f"Việc {at}")
        leaf = replace(row, code=f"{at}.1.a")
        inner = replace(row, code=f"{at}.1", rows=(leaf,))
        tasks.append(replace(row, code=str(at), rows=(inner, replace(row, code=f"{at}.2"))))
    return tasks


def test_rows_come_in_their_order_below_their_parents(plan: Plan) -> None:
    names = TaskNames.around(plan.agency, "Phụ lục")
    assert write_tasks(plan, annex(2), names) == 8
    rows = Task.objects.order_by("order").select_related("parent")
    assert [(row.order, row.code, row.parent and row.parent.code) for row in rows] == [
        (1, "1", None),
        (2, "1.1", "1"),
        (3, "1.1.a", "1.1"),
        (4, "1.2", "1"),
        (5, "2", None),
        (6, "2.1", "2"),
        (7, "2.1.a", "2.1"),
        (8, "2.2", "2"),
    ]
    assert {row.timing_kind for row in rows} == {"window"}
    assert {str(one) for row in rows for one in row.assignees.all()} == {"Văn phòng (kế toán)"}
    assert (Quota.objects.count(), RotationTurn.objects.count()) == (8, 8)
    assert write_tasks(plan, [replace(ROW, code="3")], names, after=8) == 1
    assert Task.objects.get(code="3").order == 9
    assert repeated_codes(plan, [replace(ROW, code="3"), replace(ROW, code="3", area="I")]) == ["3"]


def test_a_row_that_is_named_again_stays_itself(plan: Plan) -> None:
    names = TaskNames.around(plan.agency, "Phụ lục")
    write_tasks(plan, annex(2), names)
    before = {row.code: (row.pk, row.uid) for row in Task.objects.all()}
    Task.objects.filter(code="1").update(timing_meant="Quý II/2024")
    (first, _) = annex(2)
    again = [replace(first, products="Báo cáo", rows=(), quotas=())]
    kept = make_place(plan, again)
    assert write_tasks(plan, again, names, after=8, kept=kept) == 1
    task = Task.everything.get()
    assert (task.pk, task.uid) == before["1"]
    assert (task.products, task.timing_meant, task.order) == ("Báo cáo", "Quý II/2024", 9)
    assert (task.quotas.count(), task.assignees.count()) == (1, 2)
    moved = [replace(again[0], time="Quý IV/2024")]
    write_tasks(plan, moved, names, after=9, kept=make_place(plan, moved))
    task.refresh_from_db()
    assert (task.timing_text, task.timing_meant) == ("Quý IV/2024", "")


def test_more_rows_are_no_more_statements(plan: Plan) -> None:
    names = TaskNames.around(plan.agency, "Phụ lục")
    with CaptureQueriesContext(
        connection,
    ) as few:
        write_tasks(plan, annex(1), names)
    with CaptureQueriesContext(connection) as many:
        write_tasks(plan, annex(10), names, after=10)
    assert len(many) == len(few) == 6
