"""Compliance of a year against a computation that shares no code with it, cell by cell."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from plans.periods import Period
from reporting.matrices import place, survey_province
from tests.outreach import independent, year

pytestmark = [pytest.mark.core, pytest.mark.django_db]

AS_OF = [
    date(2024, 1, 31),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 6, 30),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 3, 1),
]


def test_every_cell_of_a_year() -> None:
    province = year.scatter(4, agencies=20, items=30)
    call_command("recount", stdout=StringIO())
    year.correct(4, province)
    call_command("recount", stdout=StringIO())
    out = StringIO()
    call_command("recount", check=True, stdout=out)
    assert out.getvalue() == "Khác biệt: 0.\n"
    world = year.export(province)
    seen = set()
    for as_of in AS_OF:
        assert year.differences(world, province, as_of) == []
        seen |= {verdict.state for verdict in independent.verdicts(world, as_of).values()}
    assert seen == set(independent.ATTENTION)


def test_the_province_table_shows_the_same_cells() -> None:
    province = year.scatter(7, agencies=5, items=40)
    call_command("recount", stdout=StringIO())
    world = year.export(province)
    for owed in world.obligations:
        owed["place"] = (owed["channel"], owed["period"])  # type: ignore[index]
    for code in ("2024-M02", "2024-Q1", "2024"):
        survey = survey_province(province, Period.parse(code), date(2024, 12, 31))
        only = {obligation.pk for obligation in survey.obligations}
        cells, _ = independent.matrix(world, date(2024, 12, 31), "place", only)
        shown = {
            (agency, where): (cell.done, cell.required, cell.state.value)
            for (agency, where), cell in survey.matrix.cells.items()
        }
        assert shown == {at: (c.done, c.required, c.state) for at, c in cells.items()}
        assert {place(o) for o in survey.obligations} == {where for _, where in cells}
