"""A plan's text as sections: what is read is written again, and comes out the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

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
from plans.sections import SECTIONS
from tests.factories import (
    make_agency,
    make_channel,
    make_obligation,
    make_plan,
    make_province,
    make_unit,
)
from tests.plans.section_rows import annex_row, clause_row, item, quota_row, target

pytestmark = [pytest.mark.core, pytest.mark.django_db]

ROWS: tuple[type[models.Model], ...] = (
    Plan,
    LegalBasis,
    Clause,
    Target,
    ContentItem,
    PlanChannel,
    PlanChannel.channels.through,
    Task,
    Assignee,
    Quota,
    RotationTurn,
)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every field of every row."""
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in ROWS}


def test_what_is_read_and_accepted_changes_nothing(real: dict[str, Plan]) -> None:
    before = everything()
    for plan in Plan.objects.order_by("pk"):
        for section in SECTIONS.values():
            value = section.read(plan)
            assert section.accept(value, plan) == value
            section.write(plan, value)
    assert everything() == before


def test_an_empty_draft_takes_the_whole_text_with_its_uids(real: dict[str, Plan]) -> None:
    for plan in real.values():
        copy = make_plan(plan.agency, state="draft", amends=plan, key=f"{plan.key}-copy")
        for section in SECTIONS.values():
            value = section.read(plan)
            section.write(copy, value)
            assert section.read(copy) == value, (plan.key, section.name)
        assert _shape(copy) == _shape(plan)


def _shape(plan: Plan) -> list[tuple[Any, ...]]:
    """Of each task: what the sections do not show, and how its units are known."""
    return [
        (
            task.uid,
            task.parent.uid if task.parent else None,
            task.timing_kind,
            [
                (a.duty, a.order, a.unit_id, a.agency_id, a.group, a.qualifier)
                for a in task.assignees.order_by("duty", "order")
            ],
        )
        for task in plan.tasks.select_related("parent").order_by("order")
    ]


@pytest.fixture
def draft(db: None) -> Plan:
    agency = make_agency(make_province(), code="TN-STTTT")
    make_unit(agency, "Văn phòng", code="VP")
    make_unit(agency, "Phòng Chuyển đổi số", code="CDS", aliases=["Phòng CĐS"])
    make_channel(agency.province, "cong")
    make_channel(agency.province, "bao")
    return make_plan(agency, state="draft")


def put(plan: Plan, name: str, value: Any) -> Any:
    """Accepted, written, and read again the same."""
    accepted = SECTIONS[name].accept(value, plan)
    SECTIONS[name].write(plan, accepted)
    assert SECTIONS[name].read(plan) == accepted
    return accepted


def test_rows_keep_their_keys_when_they_move_change_and_lose_their_neighbours(draft: Plan) -> None:
    put(draft, "annex", [annex_row(n, code=str(n), title=f"Việc {n}") for n in range(1, 6)])
    keys = dict(draft.tasks.values_list("title", "pk"))
    order = [5, 3, 1, 2]
    put(draft, "annex", [annex_row(n, code=str(n), title=f"Việc {n}") for n in order])
    assert list(draft.tasks.order_by("order").values_list("title", "pk")) == [
        (f"Việc {n}", keys[f"Việc {n}"]) for n in order
    ]
    assert Task.everything.filter(plan=draft).count() == 4


def test_sub_rows_stand_below_the_row_whose_number_they_continue(draft: Plan) -> None:
    rows = [
        ("A", "4"),
        ("A", "4.1"),
        ("A", "4.1.a"),
        ("B", "4.2"),
        ("A", "4.2"),
        ("A", ""),
        ("A", "5.1"),
    ]
    put(draft, "annex", [annex_row(n, area=a, code=c) for n, (a, c) in enumerate(rows, start=1)])
    found = draft.tasks.order_by("order").values_list("area", "code", "parent__code")
    assert list(found) == [
        ("A", "4", None),
        ("A", "4.1", "4"),
        ("A", "4.1.a", "4.1"),
        ("B", "4.2", None),
        ("A", "4.2", "4"),
        ("A", "", None),
        ("A", "5.1", None),
    ]
    put(draft, "annex", [annex_row(2, area="A", code="4.1"), annex_row(3, area="A", code="4.1.a")])
    assert list(draft.tasks.order_by("order").values_list("code", "parent__code")) == [
        ("4.1", None),
        ("4.1.a", "4.1"),
    ]


def test_clauses_are_a_tree_and_their_numbers_follow_from_it(draft: Plan) -> None:
    rows = [(0, "A"), (1, "B"), (3, "C"), (0, "D")]
    typed = [clause_row(n, depth, name) for n, (depth, name) in enumerate(rows, start=1)]
    value = put(draft, "clauses", typed)
    assert [row["depth"] for row in value] == [0, 1, 2, 0]
    assert list(SECTIONS["clauses"].labels(value).values()) == ["I", "1", "a)", "II"]
    kept = [clause_row(3, 0, "C"), clause_row(2, 1, "B")]
    put(draft, "clauses", kept)
    assert list(draft.clauses.order_by("order").values_list("heading", "parent__heading")) == [
        ("C", None),
        ("B", "C"),
    ]


def test_one_changed_row_of_two_hundred_is_one_written_row(draft: Plan) -> None:
    rows = [annex_row(n, title=f"Việc {n}", lead="Văn phòng") for n in range(200)]
    value = put(draft, "annex", rows)
    value[70]["products"] = "Báo cáo"
    with CaptureQueriesContext(connection) as queries:
        SECTIONS["annex"].write(draft, value)
    writes = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert len(writes) == 1
    assert writes[0].count("WHEN") == 1


@pytest.mark.parametrize("name", ["annex", "clauses", "content", "targets"])
def test_writing_more_rows_costs_no_more_queries(draft: Plan, name: str) -> None:
    makers: dict[str, Callable[[int], dict[str, Any]]] = {
        "annex": lambda n: annex_row(n, code=f"1.{n}", lead="Phòng Lạ"),
        "clauses": lambda n: clause_row(n, n % 3, "x"),
        "content": lambda n: item(n, "x"),
        "targets": lambda n: target() | {"uid": f"{n:016x}"},
    }
    counts = []
    for size in (3, 12):
        value = SECTIONS[name].accept([makers[name](n) for n in range(1, size)], draft)
        orders: list[list[dict[str, Any]]] = [value, value[::-1], []]
        for rows in orders:
            with CaptureQueriesContext(connection) as queries:
                SECTIONS[name].write(draft, rows)
            counts.append(len(queries))
    assert counts[:3] == counts[3:]


def test_units_are_known_by_every_name_and_strangers_are_kept_as_groups(draft: Plan) -> None:
    cell = "Phòng CĐS (kế toán)\nPhòng Lạ, Văn phòng\nCác phòng chuyên môn"
    (row,) = put(draft, "annex", [annex_row(1, lead=cell, coordinating="Phòng Chuyển\nđổi số")])
    assert row["lead"].split("\n") == [
        "Phòng Chuyển đổi số (kế toán)",
        "Phòng Lạ",
        "Văn phòng",
        "Các phòng chuyên môn",
    ]
    assert row["coordinating"] == "Phòng Chuyển đổi số"
    found = Assignee.objects.order_by("duty", "order").values_list("unit__code", "group")
    assert list(found) == [
        ("CDS", ""),
        ("CDS", ""),
        (None, "Phòng Lạ"),
        ("VP", ""),
        (None, "Các phòng chuyên môn"),
    ]


def test_quotas_change_places_and_channels_with_each_other(draft: Plan) -> None:
    put(draft, "annex", [annex_row(1), annex_row(2)])
    put(draft, "quotas", [quota_row(8, 1), quota_row(9, 1, channel="bao"), quota_row(10, 2)])
    keys = dict(Quota.objects.values_list("uid", "pk"))
    value = [
        quota_row(9, 1, turns={"2024-Q1": "VP", "2024-Q2": "CDS"}),
        quota_row(8, 1, channel="bao", minimum=2, maximum=3),
        quota_row(10, 2, due_kind="fixed", due_dates={"2024-Q1": "20/03/2024"}),
    ]
    put(draft, "quotas", value)
    assert dict(Quota.objects.values_list("uid", "pk")) == keys
    put(draft, "quotas", [value[0] | {"turns": {"2024-Q2": "VP"}}])
    assert list(RotationTurn.objects.values_list("period", "unit__code")) == [("2024-Q2", "VP")]
    assert Quota.everything.count() == 1


def test_what_others_hold_on_to_is_marked_and_comes_back_as_the_same_row(draft: Plan) -> None:
    put(draft, "annex", [annex_row(1, code="1"), annex_row(2, code="1.1")])
    put(draft, "quotas", [quota_row(9, 2)])
    put(draft, "content", [item(7, "Nói")])
    quota, spoken = Quota.objects.get(), draft.content_items.get()
    make_obligation(quota)
    child = make_plan(make_agency(draft.province), parent=draft, state="draft")
    put(child, "content", [item(1, "x") | {"source": spoken.pk}])
    draft.revision = 1
    for name in ("content", "annex"):
        put(draft, name, [])
    put(draft, "quotas", [])
    left = Task.everything.values_list("code", "parent", "removed_in")
    assert list(left) == [("1.1", None, 1)]
    assert (
        Quota.everything.get().removed_in,
        ContentItem.everything.get(pk=spoken.pk).removed_in,
    ) == (1, 1)
    put(draft, "annex", [annex_row(2, code="1.1")])
    put(draft, "quotas", [quota_row(9, 2)])
    assert Quota.objects.get() == quota


def test_another_year_reads_the_time_cells_again(draft: Plan) -> None:
    put(draft, "annex", [annex_row(1, time="29/02"), annex_row(2, time="đầu năm", meant="Quý I")])
    kinds = dict(draft.tasks.values_list("timing_text", "timing_kind"))
    assert kinds == {"29/02": "deadline", "đầu năm": "window"}
    header = SECTIONS["header"].read(draft)
    put(draft, "header", header | {"starts_on": "01/01/2025", "ends_on": "31/12/2025"})
    kinds = dict(draft.tasks.values_list("timing_text", "timing_kind"))
    assert kinds == {"29/02": "invalid", "đầu năm": "window"}
