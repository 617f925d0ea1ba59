"""Scores from the records, the appraiser's beside them, and criteria that change under them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from agencies.models import AuditEntry
from agencies.roles import Role
from cchc.lib.decisions import Refused
from cchc.lib.tables import display
from plans.periods import Period
from reporting import score_tables
from reporting.actions import score_terms, scores
from reporting.actions.score_terms import Terms
from reporting.matrices import survey_province
from reporting.models import AgencyScore, ScoreCriterion
from reporting.models.score import Measure
from reporting.score_facts import measured
from reporting.scoring import Band, Rule
from tests.factories import make_activity, make_channel, make_membership, make_placement, make_user
from tests.reporting.house import at
from tests.reporting.world import World, make_world, publish

pytestmark = [pytest.mark.django_db, pytest.mark.core]

YEAR_END = date(2024, 12, 31)
LATER = date(2025, 1, 10)
HALF = Terms(
    "7.2",
    "Mức độ hoàn thành",
    Measure.COMPLETION,
    Decimal(1),
    (Band(Decimal(50), Rule.PROPORTIONAL), Band(Decimal(0), Rule.ZERO)),
    "812/QĐ-UBND",
)


@pytest.fixture
def world() -> World:
    """Three agencies with criteria of 2024: 3/5, 3/5 (two of them late) and 1/4 done."""
    world = make_world(3)
    adopt(world)
    return world


def adopt(world: World, year: int = 2024, source: int | None = None) -> list[ScoreCriterion]:
    return score_terms.adopt(
        province=world.province,
        year=year,
        source=source,
        letter="12/QĐ-UBND",
        by=world.users["home"],
    )


def self_score(world: World, as_of: date = YEAR_END) -> dict[str, AgencyScore]:
    with at(LATER):
        made = scores.self_score(
            agency=world.agencies[0], year=2024, as_of=as_of, by=world.users["office"]
        )
    return {score.criterion.measure: score for score in made}


def appraise(world: World, score: AgencyScore, points: str, reason: str = "") -> AgencyScore:
    with at(LATER):
        return scores.appraise(
            score=score,
            points=Decimal(points),
            reason=reason,
            seen=score.self_points,
            by=world.users["home"],
        )


def change(criterion: ScoreCriterion, world: World, terms: Terms = HALF) -> int:
    return score_terms.change(criterion=criterion, terms=terms, by=world.users["home"])


def told(score: AgencyScore) -> tuple[int, int, str, str]:
    row = AgencyScore.objects.get(pk=score.pk)
    return row.done, row.expected, str(row.self_points), row.formula


def test_the_records_give_the_points_and_the_formula_says_how(world: World) -> None:
    made = self_score(world)
    assert told(made["completion"]) == (3, 5, "0.000", "3/5 = 60% (dưới 90%): 0,00 điểm")
    assert told(made["online"]) == (
        4,
        1,
        "0.500",
        "4 kết quả trên kênh trực tuyến, cần ít nhất 1: 1/1 = 100% (đủ 100%): 0,50 điểm",
    )
    assert told(made["traditional"]) == (
        0,
        1,
        "0.000",
        "0 kết quả trên kênh truyền thống, cần ít nhất 1: 0/1 = 0% (dưới 100%): 0,00 điểm",
    )


def test_completion_is_what_the_matrix_of_the_year_says(world: World) -> None:
    for day in (date(2024, 2, 25), date(2024, 3, 29), YEAR_END):
        survey = survey_province(world.province, Period.parse("2024"), day)
        rows = measured([head.id for head in survey.heads], 2024, day)
        assert {
            head.id: (survey.score(head).done, survey.score(head).expected) for head in survey.heads
        } == {
            pk: (found.done, found.expected)
            for (pk, what), found in rows.items()
            if what is Measure.COMPLETION
        }


def test_it_is_computed_anew_until_it_is_appraised(world: World) -> None:
    first = self_score(world)
    for period in ("2024-M04", "2024-Q2"):
        channel = world.portal if "M" in period else world.page
        publish(world.obligation(world.agencies[0], channel, period), date(2024, 4, 20))
    second = self_score(world)
    assert second["completion"].pk == first["completion"].pk
    assert told(second["completion"]) == (5, 5, "1.000", "5/5 = 100% (đủ 100%): 1,00 điểm")
    appraise(world, second["completion"], "1")
    again = self_score(world, as_of=date(2024, 3, 31))
    assert set(again) == {"online", "traditional"}
    assert told(second["completion"])[:2] == (5, 5)


def test_a_day_decides_what_counts(world: World) -> None:
    # By 20/3 the article of 18/3 and those of January and February stand, that of 20/3 too.
    assert told(self_score(world, date(2024, 2, 25))["completion"])[:2] == (1, 5)
    assert told(self_score(world, date(2024, 2, 25))["online"])[:2] == (2, 1)


def test_what_was_taken_down_by_the_day_is_no_result(world: World) -> None:
    agency = world.agencies[0]
    board = make_channel(world.province, kind="traditional")
    placement = make_placement(
        make_activity(world.users["office"], agency),
        board,
        state="withdrawn",
        sent_on=date(2024, 5, 1),
        decided_on=date(2024, 5, 2),
        published_on=date(2024, 5, 3),
        withdrawn_on=date(2024, 8, 1),
        withdrawn_by=world.users["office"],
    )
    assert self_score(world, date(2024, 7, 31))["traditional"].done == 1
    assert self_score(world, date(2024, 8, 1))["traditional"].done == 0
    assert placement.state == "withdrawn"


def test_a_meeting_counts_in_the_year_in_which_it_was_held(world: World) -> None:
    agency = world.agencies[0]
    board = make_channel(world.province, kind="traditional")
    for held in (date(2024, 12, 30), date(2023, 12, 30)):
        make_placement(
            make_activity(world.users["office"], agency, kind="meeting", held_on=held),
            board,
            state="published",
            sent_on=date(2025, 1, 3),
            decided_on=date(2025, 1, 3),
            published_on=date(2025, 1, 3),
        )
    assert self_score(world)["traditional"].done == 1


def test_who_owes_nothing_is_not_scored_for_completion(world: World) -> None:
    with at(LATER):
        count = scores.score_missing(
            province=world.province, year=2024, as_of=YEAR_END, by=world.users["home"]
        )
    assert count == 4
    line = next(
        line
        for line in score_tables.overview(world.province, 2024).lines
        if line.agency == world.home
    )
    completion = next(s for s in line.scores.values() if s.criterion.measure == "completion")
    assert (completion.expected, completion.applies) == (0, False)
    assert completion.formula == "Không có đầu việc nào phải thực hiện: không áp dụng"
    assert line.maximum == Decimal("1.00")


def test_home_affairs_fills_in_only_for_those_who_have_not_scored(world: World) -> None:
    mine = self_score(world, date(2024, 2, 25))["completion"]
    with at(LATER):
        count = scores.score_missing(
            province=world.province, year=2024, as_of=YEAR_END, by=world.users["home"]
        )
    assert count == 3
    assert told(mine)[:2] == (1, 5)
    assert AgencyScore.objects.count() == 4 * 3


def test_the_table_shows_own_and_appraised_points_and_the_place(world: World) -> None:
    criterion = ScoreCriterion.objects.get(measure="completion")
    change(criterion, world)
    self_score(world)
    with at(LATER):
        scores.score_missing(
            province=world.province, year=2024, as_of=YEAR_END, by=world.users["home"]
        )
    second = AgencyScore.objects.get(agency=world.agencies[1], criterion=criterion)
    appraise(world, second, "0.70", "Một tin đăng trùng.")
    table = score_tables.table(score_tables.overview(world.province, 2024))
    rows = [
        [f"{display(cell.value, column.kind)} {cell.mark}".strip()
         for cell, column in zip(row.cells, table.columns, strict=True)]
        for row in table.rows
    ]  # fmt: skip
    by_name = {row[1]: row[2:10] for row in rows}
    assert by_name == {
        "Sở Nội vụ": ["4 tạm", "0,00", "0,00", "1,00", "0%", "không áp dụng", "–", "–"],
        "Sở Thông tin và Truyền thông": [
            "2 tạm", "1,10", "1,10", "2,00", "55%", "3/5", "0,60", "–",
        ],
        "Sở Tài chính": [
            "1 tạm", "1,20", "1,10", "2,00", "60%", "3/5", "0,60", "0,70 điều chỉnh",
        ],
        "Sở Kế hoạch và Đầu tư": ["3 tạm", "0,50", "0,50", "2,00", "25%", "1/4", "0,00", "–"],
    }  # fmt: skip
    best_first = score_tables.table(score_tables.overview(world.province, 2024), by_place=True)
    assert best_first.rows[0].cells[1].value == "Sở Tài chính"


@pytest.mark.parametrize(
    ("points", "reason", "said"),
    [
        ("1.01", "Lý do", "Điểm thẩm định phải từ 0 đến 1,00."),
        ("-0.5", "Lý do", "Điểm thẩm định phải từ 0 đến 1,00."),
        ("NaN", "Lý do", "Điểm thẩm định phải từ 0 đến 1,00."),
        ("0.125", "Lý do", "Điểm thẩm định lấy đến hai chữ số thập phân."),
        ("0.5", " ", "Điểm thẩm định 0,50 khác điểm tự chấm 0,00: hãy ghi lý do."),
    ],
)
def test_an_appraisal_is_within_bounds_and_reasoned(
    world: World, points: str, reason: str, said: str
) -> None:
    score = self_score(world)["completion"]
    with pytest.raises(Refused) as refusal:
        appraise(world, score, points, reason)
    assert str(refusal.value) == said
    assert AgencyScore.objects.get(pk=score.pk).appraised_at is None


def test_the_database_too_asks_for_the_reason(world: World) -> None:
    score = self_score(world)["completion"]
    rows = AgencyScore.objects.filter(pk=score.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(appraised_points=Decimal("0.5"), appraised_at=score.scored_at,
                    appraised_by=world.users["home"])  # fmt: skip


def test_points_that_moved_under_the_appraiser_are_looked_at_again(world: World) -> None:
    seen = self_score(world)["online"]
    seen.self_points = Decimal("0.25")
    with pytest.raises(Refused) as refusal:
        appraise(world, seen, "0.25")
    assert str(refusal.value) == (
        "Điểm tự chấm vừa được tính lại: trước là 0,25, nay là 0,50. Hãy xem lại rồi thẩm định."
    )


def test_nothing_owed_is_appraised_only_with_a_reason(world: World) -> None:
    with at(LATER):
        scores.score_missing(
            province=world.province, year=2024, as_of=YEAR_END, by=world.users["home"]
        )
    score = AgencyScore.objects.get(agency=world.home, criterion__measure="completion")
    with pytest.raises(Refused, match="không áp dụng"):
        appraise(world, score, "0")
    given = appraise(world, score, "0", "Cơ quan không ban hành kế hoạch.")
    assert given.applies


def test_nobody_appraises_what_they_scored_for_their_own_agency(world: World) -> None:
    score = self_score(world)["online"]
    make_membership(world.users["office"], Role.HOME_AFFAIRS, world.home)
    score.scored_by.refresh_from_db()
    both = type(score.scored_by).objects.get(pk=score.scored_by_id)
    with at(LATER), pytest.raises(Refused, match="phải do người khác thẩm định"):
        scores.appraise(
            score=score, points=score.self_points, reason="", seen=score.self_points, by=both
        )


def test_a_withdrawn_appraisal_opens_the_score_again(world: World) -> None:
    score = self_score(world)["completion"]
    appraise(world, score, "0.5", "Được cộng.")
    with at(LATER):
        with pytest.raises(Refused, match="lý do"):
            scores.withdraw(score=score, reason=" ", by=world.users["home"])
        back = scores.withdraw(score=score, reason="Nhầm cơ quan.", by=world.users["home"])
    assert (back.appraised_points, back.appraised_reason) == (None, "")
    assert len(self_score(world)) == 3
    verbs = AuditEntry.objects.filter(verb__startswith="score.").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "score.compute",
        "score.appraise",
        "score.withdraw",
        "score.compute",
    ]


def test_the_note_is_the_agencys_until_the_appraisal(world: World) -> None:
    score = self_score(world)["online"]
    noted = scores.note(score=score, text=" Có 04 tin. \r\n", by=world.users["office"])
    assert noted.self_note == "Có 04 tin."
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        scores.note(score=score, text="x", by=world.users["home"])
    appraise(world, score, "0.5")
    with pytest.raises(Refused, match="đã được thẩm định ngày 10/01/2025"):
        scores.note(score=score, text="x", by=world.users["office"])


def test_only_the_office_scores_and_no_day_to_come_or_before(world: World) -> None:
    agency = world.agencies[0]
    for who in ("head", "home", "leader"):
        with at(LATER), pytest.raises(Refused, match="Chỉ Văn phòng"):
            scores.self_score(agency=agency, year=2024, as_of=YEAR_END, by=world.users[who])
    for day in (date(2025, 1, 11), date(2023, 12, 31)):
        with pytest.raises(Refused) as refusal:
            self_score(world, day)
        assert str(refusal.value) == (
            "Số liệu tính đến ngày phải từ 01/01/2024 đến hôm nay, 10/01/2025."
        )


def test_changed_bands_recompute_from_the_same_numbers(world: World) -> None:
    score = self_score(world)["completion"]
    publish(world.obligation(world.agencies[0], world.portal, "2024-M04"), date(2024, 4, 20))
    assert change(score.criterion, world) == 1
    # The numbers are still those of the day of the score, only the bands are new.
    assert told(score) == (
        3,
        5,
        "0.600",
        "3/5 = 60% (từ 50% trở lên): 3/5 × 1,00 = 0,60 điểm",
    )


def test_criteria_stand_once_somebody_was_appraised(world: World) -> None:
    score = self_score(world)["completion"]
    appraise(world, score, "0")
    said = "Năm 2024 đã có 1 kết quả thẩm định theo bộ tiêu chí này nên không sửa được tiêu chí"
    home = world.users["home"]
    with pytest.raises(Refused, match=said):
        change(score.criterion, world)
    with pytest.raises(Refused, match=said):
        score_terms.add(province=world.province, year=2024, terms=HALF, by=home)
    with pytest.raises(Refused, match=said):
        score_terms.remove(criterion=score.criterion, by=home)
    assert told(score)[2] == "0.000"


def test_a_scored_criterion_keeps_what_it_measures_and_stays(world: World) -> None:
    score = self_score(world)["completion"]
    with pytest.raises(Refused, match="không đổi được cách đo"):
        change(score.criterion, world, replace(HALF, measure=Measure.ONLINE))
    with pytest.raises(Refused, match="không xóa được"):
        score_terms.remove(criterion=score.criterion, by=world.users["home"])


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (replace(HALF, bands=()), "Thang điểm chưa có mức nào."),
        (replace(HALF, maximum=Decimal(0)), "Điểm tối đa phải lớn hơn 0."),
        (replace(HALF, title="  "), "Hãy ghi tên tiêu chí."),
        (replace(HALF, letter=""), "Hãy ghi số, ký hiệu của văn bản quy định"),
    ],
)
def test_a_criterion_with_a_fault_is_refused(world: World, terms: Terms, said: str) -> None:
    with pytest.raises(Refused, match=said):
        score_terms.add(province=world.province, year=2024, terms=terms, by=world.users["home"])
    assert ScoreCriterion.objects.count() == 3


def test_a_year_is_copied_with_its_own_decision(world: World) -> None:
    change(ScoreCriterion.objects.get(measure="completion"), world)
    copied = adopt(world, 2025, source=2024)
    assert [(c.year, c.order, c.code, c.set_by) for c in copied] == [
        (2025, 1, "7.2", "12/QĐ-UBND"),
        (2025, 2, "", "12/QĐ-UBND"),
        (2025, 3, "", "12/QĐ-UBND"),
    ]
    assert copied[0].scale == HALF.bands
    with pytest.raises(Refused, match="Năm 2025 đã có 3 tiêu chí"):
        adopt(world, 2025)
    with pytest.raises(Refused, match="Năm 2020 chưa có tiêu chí nào để chép"):
        adopt(world, 2026, source=2020)


def test_only_home_affairs_of_the_province_sets_criteria(world: World) -> None:
    other = make_world(1, "KH")
    for by in (world.users["office"], world.users["leader"], other.users["home"], make_user()):
        with pytest.raises(Refused, match="Chỉ Sở Nội vụ"):
            score_terms.adopt(
                province=world.province, year=2026, source=None, letter="1/QĐ-UBND", by=by
            )
