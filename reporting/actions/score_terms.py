"""Setting the criteria by which a year's outreach is scored."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from agencies.audit import Verb, record
from agencies.models import Province, User
from cchc.lib.decisions import Refused, require
from cchc.lib.text import squeeze
from reporting import score_policies, scoring
from reporting.models import AgencyScore, ScoreCriterion
from reporting.models.score import Measure
from reporting.scoring import Band

ADDED = Verb("score_terms.add", "Thêm tiêu chí chấm điểm")
CHANGED = Verb("score_terms.change", "Sửa tiêu chí chấm điểm")
REMOVED = Verb("score_terms.remove", "Xóa tiêu chí chấm điểm")
ADOPTED = Verb("score_terms.adopt", "Đặt bộ tiêu chí chấm điểm")

YEARS = range(2016, 2101)
TITLE_NEEDED = "Hãy ghi tên tiêu chí."
MAXIMUM_NEEDED = "Điểm tối đa phải lớn hơn 0."
LETTER_NEEDED = "Hãy ghi số, ký hiệu của văn bản quy định, ví dụ 1234/QĐ-UBND."
YEAR_WRONG = "Hãy chọn năm từ 2016 đến 2100."
SET_ALREADY = "Năm {year} đã có {count} tiêu chí; hãy sửa hoặc thêm từng tiêu chí."
NOTHING_TO_COPY = "Năm {year} chưa có tiêu chí nào để chép."
GONE = "Tiêu chí này đã được xóa."


@dataclass(frozen=True, slots=True)
class Terms:
    """What a criterion says; ``letter`` is the number and symbol of the decision."""

    code: str
    title: str
    measure: Measure
    maximum: Decimal
    bands: tuple[Band, ...]
    letter: str


@transaction.atomic
def adopt(
    *, province: Province, year: int, source: int | None, letter: str, by: User
) -> list[ScoreCriterion]:
    """The whole set of a year: that of the year ``source``, or the ready-made one."""
    _hold(province, year, by)
    known = ScoreCriterion.objects.of_year(province, year).count()
    if known:
        raise Refused(SET_ALREADY.format(year=year, count=known))
    letter = _letter(letter)
    rows = [
        ScoreCriterion(province=province, year=year, order=order, set_by=letter, **values)
        for order, values in enumerate(_source(province, source), start=1)
    ]
    ScoreCriterion.objects.bulk_create(rows)
    after = {"year": year, "source": source, "letter": letter, "criteria": [r.title for r in rows]}
    record(ADOPTED, province, by=by, province=province, after=after)
    return rows


@transaction.atomic
def add(*, province: Province, year: int, terms: Terms, by: User) -> ScoreCriterion:
    """One more criterion, below the others."""
    _hold(province, year, by)
    last = ScoreCriterion.objects.of_year(province, year).aggregate(last=Max("order"))["last"]
    row = ScoreCriterion(province=province, year=year, order=(last or 0) + 1)
    _fill(row, terms)
    row.save()
    record(ADDED, row, by=by, province=province, after=_told(row))
    return row


@transaction.atomic
def change(*, criterion: ScoreCriterion, terms: Terms, by: User) -> int:
    """Say it otherwise; how many agencies' own points were computed anew from the same numbers."""
    _hold(criterion.province, criterion.year, by)
    row = _row(criterion)
    scores = list(AgencyScore.objects.select_for_update().filter(criterion=row).order_by("id"))
    if terms.measure != row.measure:
        require(score_policies.may_measure_otherwise(len(scores)))
    before = _told(row)
    _fill(row, terms)
    row.save()
    for score in scores:
        score.self_points = row.points(score.done, score.expected) or Decimal(0)
        score.formula = row.formula(score.done, score.expected)
    AgencyScore.objects.bulk_update(scores, ["self_points", "formula"])
    after = _told(row) | {"computed_anew": len(scores)}
    record(CHANGED, row, by=by, province=criterion.province, before=before, after=after)
    return len(scores)


@transaction.atomic
def remove(*, criterion: ScoreCriterion, by: User) -> None:
    """Take away a criterion that nobody was scored by."""
    _hold(criterion.province, criterion.year, by)
    row = _row(criterion)
    require(score_policies.may_remove_criterion(AgencyScore.objects.filter(criterion=row).count()))
    record(REMOVED, row, by=by, province=criterion.province, before=_told(row))
    row.delete()


def _hold(province: Province, year: int, by: User) -> None:
    """One change of a province's criteria at a time, and none beside an appraisal."""
    # Not its key: whoever scores holds the criteria and names the province in the audit trail.
    Province.objects.select_for_update(no_key=True).get(pk=province.pk)
    if year not in YEARS:
        raise Refused(YEAR_WRONG)
    list(ScoreCriterion.objects.of_year(province, year).select_for_update(no_key=True))
    given = AgencyScore.objects.filter(criterion__province=province, criterion__year=year)
    appraised = given.filter(appraised_at__isnull=False).count()
    require(score_policies.may_change_terms(by, province, year, appraised))


def _row(criterion: ScoreCriterion) -> ScoreCriterion:
    row = ScoreCriterion.objects.select_for_update().filter(pk=criterion.pk).first()
    if row is None:
        raise Refused(GONE)
    return row


def _source(province: Province, year: int | None) -> list[dict[str, Any]]:
    """The fields of each criterion of the set."""
    if year is None:
        return [
            {
                "code": "",
                "title": each.title,
                "measure": each.measure,
                "maximum": each.maximum,
                "bands": scoring.to_json(each.bands),
            }
            for each in scoring.COMMUNES_2022
        ]
    fields = ("code", "title", "measure", "maximum", "bands")
    found = list(ScoreCriterion.objects.of_year(province, year).values(*fields))
    if not found:
        raise Refused(NOTHING_TO_COPY.format(year=year))
    return found


def _fill(row: ScoreCriterion, terms: Terms) -> None:
    row.code, row.title = squeeze(terms.code), squeeze(terms.title)
    row.measure, row.maximum = terms.measure, terms.maximum
    row.set_by = _letter(terms.letter)
    if not row.title:
        raise Refused(TITLE_NEEDED)
    if row.maximum <= 0:
        raise Refused(MAXIMUM_NEEDED)
    wrong = scoring.faults(terms.bands, terms.maximum)
    if wrong:
        raise Refused(" ".join(wrong))
    row.bands = scoring.to_json(terms.bands)


def _letter(text: str) -> str:
    letter = squeeze(text)
    if not letter:
        raise Refused(LETTER_NEEDED)
    return letter


def _told(row: ScoreCriterion) -> dict[str, Any]:
    return {
        "year": row.year,
        "code": row.code,
        "title": row.title,
        "measure": row.measure,
        "maximum": str(row.maximum),
        "bands": row.bands,
        "letter": row.set_by,
    }
