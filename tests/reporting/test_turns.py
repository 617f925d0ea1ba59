"""A turn that changed hands is counted for the unit that has it now."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from plans.actions.turns import substitute
from plans.periods import Period
from reporting.listings import obligation_list
from reporting.matrices import agency_matrix, survey_agency
from reporting.owed import unit_owes
from reporting.reports.consolidated import gather
from tests.reporting.world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.core]

QUARTER = Period.parse("2024-Q2")
AS_OF = date(2024, 5, 2)


@pytest.fixture
def world() -> World:
    return make_world(1)


def owed(world: World) -> dict[str, int]:
    """How much each unit owes in the quarter."""
    units = world.agencies[0].units.order_by("order")
    return {unit.name: unit_owes([unit], QUARTER, AS_OF).score.expected for unit in units}


def in_matrix(world: World) -> dict[str, str]:
    """Each unit's cell of the quarter on the province's page."""
    table = agency_matrix(world.agencies[0], QUARTER, AS_OF)
    (at,) = (n for n, column in enumerate(table.columns) if column.title == QUARTER.short_label)
    return {str(row.cells[0].value): str(row.cells[at].value) for row in table.rows[:2]}


def test_what_a_unit_owes_and_the_matrix_follow_the_turn(world: World) -> None:
    agency = world.agencies[0]
    obligation = world.obligation(agency, world.page, "2024-Q2")
    office, specialists = agency.units.order_by("order")
    assert obligation.unit == specialists
    before, cells = owed(world), in_matrix(world)
    substitute(
        obligation=obligation, unit=office, reason="Phòng thiếu người", by=world.users["office"]
    )
    after = owed(world)
    assert after[office.name] == before[office.name] + 1
    assert after[specialists.name] == before[specialists.name] - 1
    assert in_matrix(world) == {
        office.name: cells[specialists.name],
        specialists.name: cells[office.name],
    }


def test_a_turn_given_on_after_its_day_says_whose_it_was(world: World) -> None:
    agency = world.agencies[0]
    obligation = world.obligation(agency, world.page, "2024-Q1")
    obligation.fulfilments.all().delete()
    first, second = agency.units.order_by("order")
    was, now = (first, second) if obligation.unit == first else (second, first)
    with time_machine.travel("2024-04-10 09:00:00+07:00", tick=False):
        substitute(obligation=obligation, unit=now, reason="Làm thay", by=world.users["office"])
    year = Period.parse("2024-Q1")
    table = obligation_list(survey_agency(agency, year, AS_OF))
    notes = [str(row.cells[-1].value) for row in table.rows]
    assert [note for note in notes if note.startswith("Khi")] == [
        f"Khi đến hạn do {was.name} phụ trách; đổi lượt ghi nhận sau hạn, ngày 10/04/2024, "
        "lý do: Làm thay."
    ]
    (lapse,) = (
        lapse
        for lapse in gather(world.province, year, AS_OF).lapses
        if "ghi nhận sau hạn" in lapse.unit
    )
    assert lapse.unit.startswith(f"{now.name} (đến hạn do {was.name} phụ trách;")
