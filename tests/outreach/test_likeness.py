"""What may have been entered before, and which contents a title speaks of."""

from __future__ import annotations

from time import perf_counter

import pytest

from cchc.lib.text import words
from outreach.likeness import Known, Match, Why, contents, matches


def folded(text: str) -> str:
    return " ".join(words(text))


TITLE = "Đẩy mạnh cắt giảm thủ tục hành chính lĩnh vực đất đai"


def found(title: str, *others: str) -> list[tuple[int, Why]]:
    known = [Known(number, folded(other)) for number, other in enumerate(others, 1)]
    return [(match.pk, match.why) for match in matches(folded(title), known)]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (TITLE, Why.TITLE),
        ("day manh cat giam thu tuc hanh chinh linh vuc dat dai", Why.TITLE),
        ("Sở Tài nguyên: đẩy mạnh cắt giảm thủ tục hành chính lĩnh vực đất đai", Why.SIMILAR),
        ("Đẩy mạnh cắt giảm các thủ tục hành chính trong lĩnh vực đất đai", Why.SIMILAR),
        ("Lĩnh vực đất đai: đẩy mạnh cắt giảm thủ tục hành chính", Why.SIMILAR),
        ("Đẩy mạnh cắt gỉam thủ tục hành chánh lĩnh vực đất đai", Why.SIMILAR),
    ],
)
def test_the_same_work_in_other_words(other: str, why: Why) -> None:
    assert found(TITLE, "Ra quân trồng cây đầu xuân", other) == [(2, why)]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        (TITLE, "Hội nghị đối thoại với doanh nghiệp về thủ tục đất đai"),
        (TITLE, "Cải cách hành chính"),
        ("Bản tin cải cách hành chính số 3", "Bản tin cải cách hành chính số 4"),
        (
            "Kết quả cải cách hành chính quý I năm 2024",
            "Kết quả cải cách hành chính quý II năm 2024",
        ),
        ("Họp giao ban công tác CCHC tháng 3/2024", "Họp giao ban công tác CCHC tháng 4/2024"),
        ("Hội nghị", "Hội nghị tuyên truyền cải cách hành chính năm 2024 tại huyện Kế Sách"),
        ("", "Tin thử nghiệm"),
        ("Tin", "Tin thử nghiệm"),
        ("🙂" * 300, TITLE),
    ],
)
def test_another_work(title: str, other: str) -> None:
    assert found(title, other) == []


def test_a_year_that_only_one_title_names_is_no_difference() -> None:
    assert found(
        "Tổng kết công tác cải cách hành chính", "Tổng kết công tác cải cách hành chính năm 2024"
    )


def test_the_surest_come_first_and_five_are_enough() -> None:
    title = folded(TITLE)
    known = [
        Known(1, f"{title} tai huyen tran de"),
        Known(2, title),
        Known(3, "bao cao", "15/BC-STTTT"),
        *(Known(pk, f"{title} tai xa so {pk}") for pk in range(10, 20)),
    ]
    got = matches(title, known, number="15/BC-STTTT", posted=[99])
    assert got[:3] == [Match(99, Why.ADDRESS), Match(3, Why.NUMBER), Match(2, Why.TITLE)]
    assert len(got) == 5


def test_one_that_is_alike_in_two_ways_is_named_once() -> None:
    known = [Known(1, folded(TITLE))]
    assert matches(folded(TITLE), known, posted=[1]) == [Match(1, Why.ADDRESS)]


CONTENTS = {
    1: "Kết quả cải cách thủ tục hành chính, một cửa, một cửa liên thông",
    2: "Dịch vụ công trực tuyến, thanh toán trực tuyến",
    3: "Cải cách tổ chức bộ máy hành chính nhà nước",
    4: "Chuyển đổi số, Đề án 06, định danh điện tử",
    5: "Kết quả chỉ số cải cách hành chính PAR INDEX, SIPAS",
}


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Hướng dẫn người dân nộp hồ sơ dịch vụ công trực tuyến", [2]),
        ("Cài đặt định danh điện tử cho người dân", [4]),
        ("Sắp xếp tổ chức bộ máy sau khi chuyển đổi số", [3, 4]),
        ("Ngày hội hành chính", []),
        ("", []),
    ],
)
def test_contents_of_the_plan_are_known_by_the_words_of_the_title(
    title: str, wanted: list[int]
) -> None:
    items = {pk: folded(text) for pk, text in CONTENTS.items()}
    assert contents(folded(title), items) == wanted


def test_five_thousand_titles_take_well_under_fifty_milliseconds() -> None:
    subjects = ("dich vu cong", "thu tuc dat dai", "mot cua", "chuyen doi so", "chi so par index")
    known = [
        Known(n, f"{subjects[n % 5]} tai xa {n} va ket qua cai cach hanh chinh dot {n // 7}")
        for n in range(5000)
    ]
    spent = []
    for _ in range(5):
        start = perf_counter()
        matches("huong dan nop ho so dich vu cong truc tuyen tai xa 17", known)
        spent.append(perf_counter() - start)
    assert min(spent) < 0.05
