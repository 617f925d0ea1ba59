"""Scoring, appraising and changing the bands at once: points and formula always agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reporting.actions import score_terms, scores
from reporting.models import AgencyScore, ScoreCriterion
from reporting.scoring import Band, Rule
from tests.outreach.test_review_races import together
from tests.reporting.house import at
from tests.reporting.test_scores import HALF, LATER, YEAR_END, adopt
from tests.reporting.world import make_world

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]


def test_nothing_moves_under_an_appraisal() -> None:
    world = make_world(2)
    adopt(world)
    home, office, agency = world.users["home"], world.users["office"], world.agencies[0]
    with at(LATER):
        scores.self_score(agency=agency, year=2024, as_of=YEAR_END, by=office)
        criterion = ScoreCriterion.objects.get(measure="completion")
        score = AgencyScore.objects.get(criterion=criterion)
        days = (date(2024, 2, 25), date(2024, 3, 19), YEAR_END)
        answers = together(
            [
                *(
                    lambda day=day: scores.self_score(
                        agency=agency, year=2024, as_of=day, by=office
                    )
                    for day in days
                ),
                *(
                    lambda start=start: score_terms.change(
                        criterion=criterion,
                        terms=replace(
                            HALF,
                            bands=(
                                Band(Decimal(start), Rule.PROPORTIONAL),
                                Band(Decimal(0), Rule.ZERO),
                            ),
                        ),
                        by=home,
                    )
                    for start in (10, 50, 80)
                ),
                *(
                    lambda: scores.appraise(
                        score=score,
                        points=score.self_points,
                        reason="",
                        seen=score.self_points,
                        by=home,
                    )
                    for _ in range(2)
                ),
                lambda: scores.score_missing(
                    province=world.province, year=2024, as_of=YEAR_END, by=home
                ),
            ]
        )
    assert len(answers) == 9
    rows = AgencyScore.objects.select_related("criterion")
    assert rows.count() == 3 * 3
    for row in rows:
        points = row.criterion.points(row.done, row.expected) or Decimal(0)
        assert (row.self_points, row.formula) == (
            points,
            row.criterion.formula(row.done, row.expected),
        )
    final = rows.get(pk=score.pk)
    assert final.appraised_points in {None, score.self_points}
    if final.appraised_points is not None:
        assert final.self_points == score.self_points
