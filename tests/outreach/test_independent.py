"""Compliance of a year against a computation that shares no code with it, cell by cell."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from outreach.compliance import Score
from plans.models import Obligation
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


@pytest.mark.parametrize("as_of", [date(2024, 5, 20), date(2024, 12, 31)])
def test_the_province_table_shows_the_same_cells(as_of: date) -> None:
    province = year.scatter(7, agencies=5, items=40)
    call_command("recount", stdout=StringIO())
    world = year.export(province)
    for code in ("2024-M02", "2024-Q1", "2024-H1", "2024-9M", "2024"):
        period = Period.parse(code)
        for owed in world.obligations:
            column = owed["period"][5:6] if period.months[3:] else owed["period"]
            owed["place"] = (owed["channel"], column)  # type: ignore[index]
        survey = survey_province(province, period, as_of)
        rows = Obligation.objects.filter(province=province).within(period)
        only = set(rows.values_list("pk", flat=True))
        cells, scores = independent.matrix(world, as_of, "place", only)
        assert {
            at: (each.done, each.required, each.state.value, each.outside, each.size)
            for at, each in survey.matrix.cells.items()
        } == {
            at: (cell.done, cell.required, cell.state, cell.outside, len(cell.ids))
            for at, cell in cells.items()
        }
        assert survey.matrix.row_scores == {
            agency: Score(**score) for agency, score in scores.items()
        }
        assert {place(row, period) for row in rows} == {where for _, where in cells}
