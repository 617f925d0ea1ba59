"""The pages of scores: who sees which, what a hostile address or form gets."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reporting.actions import score_terms, scores
from reporting.models import AgencyScore, ScoreCriterion
from tests.reporting.house import at
from tests.reporting.world import World, make_world

pytestmark = pytest.mark.django_db

YEAR_END = date(2024, 12, 31)
LIST, TERMS = "reporting:score-list", "reporting:score-terms"


@pytest.fixture
def world() -> World:
    return make_world(2)


def scored(world: World) -> World:
    score_terms.adopt(
        province=world.province,
        year=2024,
        source=None,
        letter="12/QĐ-UBND",
        by=world.users["home"],
    )
    scores.self_score(agency=world.agencies[0], year=2024, as_of=YEAR_END, by=world.users["office"])
    return world


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], "django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def sheet(world: World, agency: int = 0, year: int = 2024) -> str:
    return reverse("reporting:score-sheet", args=[world.agencies[agency].pk, year])


def bands(*rows: tuple[str, str, str]) -> dict[str, str]:
    form = {"title": "Hoàn thành", "measure": "completion", "maximum": "1,5", "letter": "1/QĐ"}
    for row in range(1, 7):
        start, rule, points = rows[row - 1] if row <= len(rows) else ("", "", "")
        form |= {f"from_{row}": start, f"rule_{row}": rule, f"points_{row}": points}
    return form


def test_home_affairs_sees_the_province_and_an_agency_its_own_sheet(world: World) -> None:
    scored(world)
    page = signed_in(world, "home").get(reverse(LIST), {"nam": "2024"})
    assert "Sở Tài chính" in text(page)
    assert "Tính điểm thay 2 cơ quan chưa tự chấm" in text(page)
    leader = text(signed_in(world, "leader").get(reverse(LIST), {"nam": "2024"}))
    assert "Sở Tài chính" in leader
    assert "Tính điểm thay" not in leader
    for who in ("office", "head", "auditor"):
        answer = signed_in(world, who).get(reverse(LIST))
        assert (answer.status_code, answer.headers["Location"]) == (302, sheet(world))
    assert signed_in(world, "admin").get(reverse(LIST)).status_code == 403
    assert signed_in(world, "office").get(sheet(world, 1)).status_code == 404
    assert signed_in(make_world(1, "KH"), "home").get(sheet(world)).status_code == 404


def test_the_sheet_shows_formula_bands_and_what_today_would_give(world: World) -> None:
    scored(world)
    page = text(signed_in(world, "office").get(sheet(world)))
    assert "3/5 = 60% (dưới 90%): 0,00 điểm" in page
    assert "tỷ lệ × 1,00" in page
    assert "Nếu tính lại từ số liệu hiện nay" not in page
    row = AgencyScore.objects.get(criterion__measure="online")
    AgencyScore.objects.filter(pk=row.pk).update(formula="Khác")
    page = text(signed_in(world, "office").get(sheet(world)))
    assert (
        "Nếu tính lại từ số liệu hiện nay: 4 kết quả trên kênh trực tuyến, cần ít nhất 1: "
        "1/1 = 100% (đủ 100%): 0,50 điểm." in page
    )


def test_the_office_computes_notes_and_the_appraiser_decides(world: World) -> None:
    scored(world)
    office, home = signed_in(world, "office"), signed_in(world, "home")
    compute = reverse("reporting:score-compute", args=[world.agencies[0].pk, 2024])
    assert office.post(compute, {"as_of": "31/12/2024"}).status_code == 302
    assert "Không đọc được ngày" in text(office.post(compute, {"as_of": "2024-12-31"}))
    assert home.post(compute, {"as_of": "31/12/2024"}).status_code == 403
    score = AgencyScore.objects.get(criterion__measure="completion")
    note = reverse("reporting:score-note", args=[score.pk])
    office.post(note, {"text": "Hai đầu việc do chuyên trang bảo trì."})
    long = text(office.post(note, {"text": "a" * 2001}))
    assert "Tối đa 2.000 ký tự; anh/chị đã ghi 2.001 ký tự." in long
    assert "a" * 2001 in long
    appraise = reverse("reporting:score-appraise", args=[score.pk])
    assert "Hai đầu việc do chuyên trang bảo trì." in text(home.get(appraise))
    refused = text(home.post(appraise, {"points": "0,5", "reason": "", "seen": "0.000"}))
    assert "Điểm thẩm định 0,50 khác điểm tự chấm 0,00: hãy ghi lý do." in refused
    given = {"points": "0,5", "reason": "Chấp nhận giải trình.", "seen": "0.000"}
    assert home.post(appraise, given).status_code == 302
    page = text(office.get(sheet(world)))
    assert "điều chỉnh" in page
    assert "Chấp nhận giải trình." in page
    withdraw = reverse("reporting:score-withdraw", args=[score.pk])
    assert office.get(withdraw).status_code == 403
    assert home.post(withdraw, {"reason": "Nhầm."}).status_code == 302
    score.refresh_from_db()
    assert score.appraised_points is None


def test_points_that_cannot_be_read_are_a_sentence(world: World) -> None:
    scored(world)
    score = AgencyScore.objects.get(criterion__measure="completion")
    appraise = reverse("reporting:score-appraise", args=[score.pk])
    client = signed_in(world, "home")
    for points in ("", "một", "1e9", "NaN", "-1", "1,555", "Infinity", "9" * 40):
        answer = client.post(appraise, {"points": points, "reason": "x", "seen": "0.000"})
        assert answer.status_code == 200
        assert answer.context["form"].errors["points"]
    assert AgencyScore.objects.get(pk=score.pk).appraised_at is None


def test_home_affairs_fills_in_for_the_others(world: World) -> None:
    scored(world)
    fill = f"{reverse('reporting:score-fill')}?nam=2024"
    client = signed_in(world, "home")
    assert "Đã tính điểm từ số liệu cho 2 cơ quan." in text(
        client.post(fill, {"as_of": "31/12/2024"}, follow=True)
    )
    assert signed_in(world, "leader").post(fill, {"as_of": "31/12/2024"}).status_code == 403
    assert signed_in(world, "office").post(fill, {"as_of": "31/12/2024"}).status_code == 403


def test_the_workbook_is_the_table(world: World) -> None:
    scored(world)
    client = signed_in(world, "home")
    answer = client.get(reverse("reporting:score-export"), {"nam": "2024", "xep": "hang"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = [row for row in book["Điểm tuyên truyền"].values if row[0] == 1]
    assert rows[0][1:8] == (
        "Sở Thông tin và Truyền thông", 1, 0.5, 0.5, 2, 0.25, 3,
    )  # fmt: skip
    assert signed_in(world, "office").get(reverse("reporting:score-export")).status_code == 403


def test_a_set_is_adopted_then_a_criterion_edited_with_a_preview(world: World) -> None:
    client = signed_in(world, "home")
    adopt = f"{reverse('reporting:terms-adopt')}?nam=2024"
    assert "Hãy ghi số, ký hiệu" in text(client.post(adopt, {"source": "mau", "letter": ""}))
    client.post(adopt, {"source": "mau", "letter": "12/QĐ-UBND"})
    page = text(client.get(reverse(TERMS), {"nam": "2024"}))
    assert "3 tiêu chí, tổng 2,00 điểm." in page
    assert "89,9%" in page
    criterion = ScoreCriterion.objects.get(measure="completion")
    edit = reverse("reporting:criterion-edit", args=[criterion.pk])
    rows = bands(("95,5", "fixed", "1,5"), ("50", "proportional", ""), ("0", "zero", "9"))
    tried = text(client.post(edit, rows | {"xem": "1"}))
    assert "1,43 điểm" in tried  # 95 % of 1.5 is 1.425
    criterion.refresh_from_db()
    assert criterion.maximum == 1
    assert client.post(edit, rows).status_code == 302
    criterion.refresh_from_db()
    assert criterion.maximum == Decimal("1.50")
    assert criterion.bands == [
        {"from": "95.5", "rule": "fixed", "points": "1.5"},
        {"from": "50", "rule": "proportional"},
        {"from": "0", "rule": "zero"},
    ]
    assert 'value="95,5"' in text(client.get(edit))


FAULTS = [
    ([("100", "fixed", "1,6"), ("0", "zero", "")], "Mức 1: 1,60 điểm vượt điểm tối đa 1,50."),
    ([("100", "fixed", "1,5")], "Chưa có mức cho tỷ lệ dưới 100%"),
    ([("90", "", ""), ("0", "zero", "")], "Mức 1: hãy ghi tỷ lệ bắt đầu"),
    ([("90", "zero", ""), ("95", "zero", "")], "xếp các mức từ cao xuống thấp"),
    ([("chín mươi", "zero", "")], "Không đọc được số"),
    ([("90", "x' OR 1=1", "")], "x&#x27; OR 1=1"),
]


def test_bands_with_a_fault_are_refused_in_a_sentence(world: World) -> None:
    client = signed_in(world, "home")
    for rows, said in FAULTS:
        answer = client.post(f"{reverse('reporting:criterion-add')}?nam=2024", bands(*rows))
        assert answer.status_code == 200
        assert said in text(answer)
    assert ScoreCriterion.objects.count() == 0


def test_only_home_affairs_sees_the_criteria_of_its_province(world: World) -> None:
    scored(world)
    pk = ScoreCriterion.objects.values_list("pk", flat=True)[0]
    edit = reverse("reporting:criterion-edit", args=[pk])
    remove = reverse("reporting:criterion-remove", args=[pk])
    for who in ("leader", "office", "admin"):
        client = signed_in(world, who)
        assert client.get(reverse(TERMS)).status_code == 403
        assert client.get(edit).status_code == 403
        assert client.post(remove).status_code == 403
    other = signed_in(make_world(1, "KH"), "home")
    assert other.get(edit).status_code == 404
    assert other.get(reverse(TERMS), {"tinh": "QT"}).status_code == 404
    assert ScoreCriterion.objects.filter(pk=pk).exists()


def test_a_year_that_cannot_be_read_is_said(world: World) -> None:
    client = signed_in(world, "home")
    for year in ("abc", "1999", "99999", "٢٠٢٤", "-1", "2024.5", "\x00", "x" * 99):
        assert "Không đọc được năm" in text(client.get(reverse(LIST), {"nam": year}))
        assert client.get(reverse(TERMS), {"nam": year}).status_code == 200
    assert client.get(sheet(world, year=1999)).status_code == 404


def test_a_year_without_criteria_says_whose_turn_it_is(world: World) -> None:
    assert "Đặt tiêu chí" in text(signed_in(world, "home").get(reverse(LIST)))
    said = "Sở Nội vụ chưa đặt tiêu chí chấm điểm"
    assert said in text(signed_in(world, "leader").get(reverse(LIST)))
    assert said in text(signed_in(world, "office").get(sheet(world)))
    compute = reverse("reporting:score-compute", args=[world.agencies[0].pk, 2024])
    answer = signed_in(world, "office").post(compute, {"as_of": "31/12/2024"}, follow=True)
    assert "Sở Nội vụ chưa đặt tiêu chí chấm điểm năm 2024." in text(answer)


def test_the_pages_take_the_same_number_of_queries_at_one_and_three_agencies() -> None:
    counts: dict[str, list[int]] = {"list": [], "sheet": []}
    for code, agencies in (("MT", 1), ("BA", 3)):
        world = scored(make_world(agencies, code))
        if agencies > 1:
            with at(date(2025, 1, 10)):
                scores.score_missing(
                    province=world.province, year=2024, as_of=YEAR_END, by=world.users["home"]
                )
        for name, address in (("list", f"{reverse(LIST)}?nam=2024"), ("sheet", sheet(world))):
            client = signed_in(world, "home")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts[name].append(len(queries))
    assert all(one == three for one, three in counts.values()), counts
