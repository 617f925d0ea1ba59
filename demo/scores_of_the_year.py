"""PAR Index scores: the criteria of a year, one agency's own score, the others filled in."""

from __future__ import annotations

from datetime import date

from agencies.models import Agency, User
from reporting.actions import score_terms, scores
from reporting.models import AgencyScore, ScoreCriterion
from reporting.models.score import Measure

_LETTER = "1234/QĐ-UBND"
_NOTE = "Số liệu đã đối chiếu với chuyên trang CCHC của tỉnh và cổng thông tin của cơ quan."


def play(agency_code: str, year: int, home: User, office: User, today: date) -> None:
    """The published set; the agency scores itself, Home Affairs agrees with one criterion."""
    agency = Agency.objects.select_related("province").get(code=agency_code)
    province, as_of = agency.province, min(today, date(year, 12, 31))
    if ScoreCriterion.objects.of_year(province, year).exists():
        return
    score_terms.adopt(province=province, year=year, source=None, letter=_LETTER, by=home)
    scores.self_score(agency=agency, year=year, as_of=as_of, by=office)
    scores.score_missing(province=province, year=year, as_of=as_of, by=home)
    own = AgencyScore.objects.select_related("criterion").filter(agency=agency)
    completion, online = (
        own.get(criterion__year=year, criterion__measure=measure)
        for measure in (Measure.COMPLETION, Measure.ONLINE)
    )
    scores.note(score=completion, text=_NOTE, by=office)
    scores.appraise(
        score=online, points=online.self_points, reason="", seen=online.self_points, by=home
    )
