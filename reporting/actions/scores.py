"""Scoring a year's outreach: the agency's own points from the records, and the appraiser's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Agency, Province, User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from cchc.lib.tables import display
from cchc.lib.text import nfc
from reporting import score_policies
from reporting.models import AgencyScore, ScoreCriterion
from reporting.models.score import Measure
from reporting.score_facts import Found, measured, scored_agencies
from reporting.scoring import CENT, shown

SCORED = Verb("score.compute", "Tự chấm điểm tuyên truyền")
SCORED_FOR = Verb("score.compute_for", "Tính điểm thay cơ quan chưa tự chấm")
NOTED = Verb("score.note", "Ghi giải trình điểm tự chấm")
APPRAISED = Verb("score.appraise", "Thẩm định điểm tuyên truyền")
WITHDRAWN = Verb("score.withdraw", "Hủy kết quả thẩm định điểm")

LONGEST = 2_000
DAY_WRONG = "Số liệu tính đến ngày phải từ 01/01/{year} đến hôm nay, {today}."
TOO_LONG = "Tối đa 2.000 ký tự; anh/chị đã ghi {count} ký tự."
OUT_OF_RANGE = "Điểm thẩm định phải từ 0 đến {maximum}."
NOT_CENTS = "Điểm thẩm định lấy đến hai chữ số thập phân."
REASON_NEEDED = (
    "Điểm thẩm định {given} khác điểm tự chấm {own}: hãy ghi lý do."  # printed beside the points
)
REASON_FOR_NOTHING = (
    "Cơ quan không có đầu việc nào nên tiêu chí không áp dụng; muốn chấm điểm thì phải ghi lý do."
)
CHANGED_MEANWHILE = (
    "Điểm tự chấm vừa được tính lại: trước là {before}, nay là {now}. Hãy xem lại rồi thẩm định."
)
WHY_NEEDED = "Hãy ghi lý do hủy kết quả thẩm định."


@transaction.atomic
def self_score(*, agency: Agency, year: int, as_of: date, by: User) -> list[AgencyScore]:
    """The points that the records give the agency at the end of ``as_of``.

    What was appraised stays as it is.
    """
    today = clock.today()
    require(score_policies.may_score(by, agency, year, today))
    _check_day(as_of, year, today)
    criteria = _held(agency.province, year)
    rows = AgencyScore.objects.select_for_update().filter(agency=agency, criterion__in=criteria)
    known = {row.criterion_id: row for row in rows}
    appraised = {pk for pk, row in known.items() if row.appraised_at is not None}
    require(score_policies.may_recompute(year, len(criteria), len(appraised)))
    found = measured([agency.pk], year, as_of)
    scores = []
    before = _points(known.values())
    for criterion in criteria:
        if criterion.pk in appraised:
            continue
        score = known.get(criterion.pk) or AgencyScore(agency=agency, criterion=criterion)
        _count(score, criterion, found[agency.pk, Measure(criterion.measure)], as_of, by)
        score.save()
        scores.append(score)
    after = {"year": year, "as_of": as_of.isoformat()} | _points(scores)
    record(SCORED, agency, by=by, agency=agency, before=before, after=after)
    return scores


@transaction.atomic
def score_missing(*, province: Province, year: int, as_of: date, by: User) -> int:
    """The same for agencies that have not scored themselves; how many there were."""
    today = clock.today()
    require(score_policies.may_score_for(by, province, year, today))
    _check_day(as_of, year, today)
    criteria = _held(province, year)
    require(score_policies.may_recompute(year, len(criteria), 0))
    agencies = list(scored_agencies(province, year))
    known = set(
        AgencyScore.objects.filter(criterion__in=criteria).values_list("agency", "criterion")
    )
    found = measured([agency.pk for agency in agencies], year, as_of)
    scores = []
    for agency in agencies:
        for criterion in criteria:
            if (agency.pk, criterion.pk) not in known:
                score = AgencyScore(agency=agency, criterion=criterion)
                _count(score, criterion, found[agency.pk, Measure(criterion.measure)], as_of, by)
                scores.append(score)
    AgencyScore.objects.bulk_create(scores)
    done = sorted({score.agency.code for score in scores})
    after = {"year": year, "as_of": as_of.isoformat(), "agencies": done}
    record(SCORED_FOR, province, by=by, province=province, after=after)
    return len(done)


@transaction.atomic
def note(*, score: AgencyScore, text: str, by: User) -> AgencyScore:
    """What the agency says beside its own points."""
    locked = _locked(score)
    require(score_policies.may_note(by, locked))
    before = {"note": locked.self_note}
    locked.self_note = _tidy(text)
    locked.save(update_fields=["self_note"])
    after = {"note": locked.self_note}
    record(NOTED, locked, by=by, agency=locked.agency, before=before, after=after)
    return locked


@transaction.atomic
def appraise(
    *, score: AgencyScore, points: Decimal, reason: str, seen: Decimal | None, by: User
) -> AgencyScore:
    """The appraiser's points; ``seen`` are the agency's own that the appraiser looked at."""
    locked = _locked(score)
    require(score_policies.may_appraise(by, locked))
    if seen != locked.self_points:
        raise Refused(
            CHANGED_MEANWHILE.format(
                before="–" if seen is None else shown(seen), now=shown(locked.self_points)
            )
        )
    reason = _tidy(reason)
    _check_points(locked, points, reason)
    before = _appraisal(locked)
    locked.appraised_points, locked.appraised_reason = points, reason
    locked.appraised_at, locked.appraised_by = clock.now(), by
    locked.save()
    record(
        APPRAISED,
        locked,
        by=by,
        agency=locked.agency,
        reason=reason,
        before=before,
        after=_appraisal(locked),
    )
    return locked


@transaction.atomic
def withdraw(*, score: AgencyScore, reason: str, by: User) -> AgencyScore:
    """Take the appraisal back, so that the agency may compute anew."""
    locked = _locked(score)
    require(score_policies.may_withdraw(by, locked))
    reason = _tidy(reason)
    if not reason:
        raise Refused(WHY_NEEDED)
    before = _appraisal(locked)
    locked.appraised_points = locked.appraised_at = locked.appraised_by = None
    locked.appraised_reason = ""
    locked.save()
    record(WITHDRAWN, locked, by=by, agency=locked.agency, reason=reason, before=before)
    return locked


def _held(province: Province, year: int) -> list[ScoreCriterion]:
    """The year's criteria, which nobody changes meanwhile."""
    return list(ScoreCriterion.objects.of_year(province, year).select_for_update(no_key=True))


def _locked(score: AgencyScore) -> AgencyScore:
    """The score under its criterion, both held in the order in which all actions hold them."""
    criterion = ScoreCriterion.objects.select_for_update(no_key=True).get(pk=score.criterion_id)
    row = (
        AgencyScore.objects.select_for_update(of=("self",))
        .select_related("agency__province")
        .get(pk=score.pk)
    )
    row.criterion = criterion
    return row


def _count(
    score: AgencyScore, criterion: ScoreCriterion, found: Found, as_of: date, by: User
) -> None:
    score.done, score.expected, score.as_of = found.done, found.expected, as_of
    score.self_points = criterion.points(found.done, found.expected) or Decimal(0)
    score.formula = criterion.formula(found.done, found.expected)
    score.scored_at, score.scored_by = clock.now(), by


def _check_day(as_of: date, year: int, today: date) -> None:
    if not date(year, 1, 1) <= as_of <= today:
        raise Refused(DAY_WRONG.format(year=year, today=display(today)))


def _check_points(score: AgencyScore, points: Decimal, reason: str) -> None:
    maximum = score.criterion.maximum
    if not points.is_finite() or not 0 <= points <= maximum:
        raise Refused(OUT_OF_RANGE.format(maximum=shown(maximum)))
    if points != points.quantize(CENT):
        raise Refused(NOT_CENTS)
    if score.expected == 0 and not reason:
        raise Refused(REASON_FOR_NOTHING)
    if points != score.self_points and not reason:
        raise Refused(REASON_NEEDED.format(given=shown(points), own=shown(score.self_points)))


def _tidy(text: str) -> str:
    tidy = nfc(text).replace("\r\n", "\n").strip()
    if len(tidy) > LONGEST:
        raise Refused(TOO_LONG.format(count=display(len(tidy))))
    return tidy


def _points(scores: Iterable[AgencyScore]) -> dict[str, str]:
    return {score.criterion.title: str(score.self_points) for score in scores}


def _appraisal(score: AgencyScore) -> dict[str, str | None]:
    points = score.appraised_points
    return {
        "own": str(score.self_points),
        "points": None if points is None else str(points),
        "reason": score.appraised_reason,
    }
