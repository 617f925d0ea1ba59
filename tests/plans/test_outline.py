from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plans.lint.numbering import faults
from plans.outline import OutlineItem, numbered, parse

ROOT = Path(__file__).parents[2]
NARRATIVES = ROOT / "tests" / "data" / "narratives"
PLANS = {path.name[:3]: path for path in sorted((ROOT / "fixtures" / "plans").glob("00*.yaml"))}
LETTERS = "a) b) c) d) đ) e) g) h) i) k) l) m) n) o) p) q) r) s) t) u) v) x) y)"


def read(*lines: str) -> list[tuple[int, str, str, str]]:
    items = parse("\n".join(lines))
    return [(item.depth, item.label, item.heading, item.text) for item in items]


@pytest.mark.parametrize(
    ("depths", "labels"),
    [
        ([], []),
        ([0, 0, 0], ["I", "II", "III"]),
        ([0, 1, 1, 0, 1], ["I", "1", "2", "II", "1"]),
        ([0, 1, 2, 2, 1, 2], ["I", "1", "a)", "b)", "2", "a)"]),
        ([0, 1, 2, 3, 3, 4, 5, 3], ["I", "1", "a)", "-", "-", "+", "+", "-"]),
        ([0, 2, 2], ["I", "1", "a)"]),
        ([3, 3], ["I", "1"]),
        ([-1, 0], ["I", "II"]),
    ],
)
def test_labels_follow_from_depths(depths: list[int], labels: list[str]) -> None:
    assert numbered(depths) == labels


def test_points_follow_the_vietnamese_alphabet_of_documents() -> None:
    labels = numbered([0, 1, *[2] * 25])[2:]
    assert labels == [*LETTERS.split(), "aa)", "bb)"]


def test_parts_are_counted_in_roman_figures() -> None:
    labels = numbered([0] * 24)
    assert [labels[n - 1] for n in (4, 9, 14, 19, 24)] == ["IV", "IX", "XIV", "XIX", "XXIV"]


@given(st.lists(st.integers(-2, 7), max_size=40))
def test_computed_labels_never_jump_or_repeat(depths: list[int]) -> None:
    labels = numbered(depths)
    assert len(labels) == len(depths)
    levels: dict[int, list[str]] = {}
    before = -1
    for asked, label in zip(depths, labels, strict=True):
        before = min(max(asked, 0), before + 1)
        levels = {depth: row for depth, row in levels.items() if depth <= before}
        levels.setdefault(before, []).append(label)
        assert list(faults(levels[before])) == []


def test_headings_points_and_dashes_are_told_apart() -> None:
    assert read(
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích: Nâng cao nhận thức về CCHC.",
        "2. Yêu cầu",
        "a) Kịp thời;",
        "b) Đầy đủ:",
        "- Về nội dung;",
        "+ Về hình thức.",
        "II/ NỘI DUNG",
        "1.1. Thể chế",
        "• Rà soát văn bản.",
        "3) Bộ máy.",
    ) == [
        (0, "I", "MỤC ĐÍCH, YÊU CẦU", ""),
        (1, "1", "", "Mục đích: Nâng cao nhận thức về CCHC."),
        (1, "2", "Yêu cầu", ""),
        (2, "a)", "", "Kịp thời;"),
        (2, "b)", "Đầy đủ", ""),
        (3, "-", "", "Về nội dung;"),
        (4, "+", "", "Về hình thức."),
        (0, "II", "NỘI DUNG", ""),
        (1, "1.1", "Thể chế", ""),
        (2, "-", "", "Rà soát văn bản."),
        (1, "3)", "", "Bộ máy."),
    ]


def test_a_line_with_nothing_below_it_is_text() -> None:
    assert read("1. Sở Nội vụ", "2. Sở Tài chính", "- Bố trí kinh phí.") == [
        (0, "1", "", "Sở Nội vụ"),
        (0, "2", "Sở Tài chính", ""),
        (1, "-", "", "Bố trí kinh phí."),
    ]
    long = "Thủ trưởng " * 30
    assert read(f"1. {long}", "- Chỉ đạo.")[0] == (0, "1", "", long.strip())


def test_paragraphs_without_a_mark() -> None:
    assert read(
        "I. CHUNG",
        "1. Mục tiêu",
        "Nâng cao chất lượng.",
        "2. Yêu cầu",
        "Rõ trách nhiệm.",
        "Bám sát chủ trương.",
        "3. Văn phòng theo dõi.",
        "Định kỳ báo cáo.",
        "(Theo Phụ lục).",
        "Trên đây là Kế hoạch năm 2024./.",
        "KT. TRƯỞNG BAN",
    ) == [
        (0, "I", "CHUNG", ""),
        (1, "1", "Mục tiêu", "Nâng cao chất lượng."),
        (1, "2", "Yêu cầu", ""),
        (2, "", "", "Rõ trách nhiệm."),
        (2, "", "", "Bám sát chủ trương."),
        (1, "3", "", "Văn phòng theo dõi."),
        (2, "", "", "Định kỳ báo cáo.\n(Theo Phụ lục)."),
        (1, "", "", "Trên đây là Kế hoạch năm 2024."),
    ]
    assert read("Một đoạn văn.", "Đoạn khác.") == [
        (0, "", "", "Một đoạn văn."),
        (0, "", "", "Đoạn khác."),
    ]


def test_lines_broken_by_the_page_are_joined() -> None:
    assert read(
        "II. CÁC NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN CẢI CÁCH",
        "HÀNH CHÍNH",
        "",
        "- Thực hiện Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021",
        "- 2030 và Quyết định số 01/2018/QĐ-",
        "UBND ngày 16/01/2018 của UBND tỉnh, Chỉ thị số",
        "05/CT-UBND ngày 25/4/2023 của Chủ tịch UBND tỉnh chấn chỉnh, tăng cường trách",
        "nhiệm; tổng hợp báo cáo định kỳ hàng quý về tình hình thực hiện trong",
        "6 tháng, năm.",
        "Nơi nhận:",
        "- Sở Nội vụ;",
    ) == [
        (0, "II", "CÁC NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN CẢI CÁCH HÀNH CHÍNH", ""),
        (
            1,
            "-",
            "",
            "Thực hiện Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030 "
            "và Quyết định số 01/2018/QĐ-UBND ngày 16/01/2018 của UBND tỉnh, Chỉ thị số "
            "05/CT-UBND ngày 25/4/2023 của Chủ tịch UBND tỉnh chấn chỉnh, tăng cường trách "
            "nhiệm; tổng hợp báo cáo định kỳ hàng quý về tình hình thực hiện trong 6 tháng, năm.",
        ),
    ]


MARKS = ("I.", "1.", "a)", "-", "+", "A.", "1.1", "\n", "./.", "Nội", "dung", ";", ":", "(", "*")


@given(st.text() | st.lists(st.sampled_from(MARKS)).map(" ".join))
def test_any_text_is_read_and_its_depths_never_jump(text: str) -> None:
    items = parse(text)
    before = -1
    for item in items:
        assert 0 <= item.depth <= before + 1
        assert item.heading or item.text
        before = item.depth


# -- the narratives of real plans against their fixtures --------------------------------------

Row = tuple[int, str, str]


def _known(clauses: list[dict[str, Any]], depth: int = 0) -> Iterator[Row]:
    """The clauses of a fixture as rows of depth, label and heading."""
    for clause in clauses:
        yield depth, clause.get("label", ""), clause.get("heading", "")
        yield from _known(clause.get("items", []), depth + 1)


def _narrative(number: str) -> list[OutlineItem]:
    text = (NARRATIVES / f"{number}.txt").read_text("utf-8")
    items = parse(text)
    first = next(at for at, item in enumerate(items) if item.label == "I")
    return items[first:]


def _row(item: OutlineItem) -> Row:
    """An item as the fixtures write it: dashes without a label, "Phạm vi: …" with a heading."""
    label = "" if item.label in ("-", "+") else item.label
    if item.heading in RUN_IN_HEADINGS or not item.heading:
        start = item.text.partition(":")[0]
        return item.depth, label, start if start in RUN_IN_HEADINGS else item.heading
    return item.depth, label, item.heading


# "1. Đối tượng: Toàn thể …" is a heading in the fixtures and a text here: one line does not say
# whether its first words are a title, and "1. Mục đích: Nâng cao …" is to stay whole.
RUN_IN_HEADINGS = {"Đối tượng", "Phạm vi", "Đối tượng tuyên truyền", "Đơn vị thực hiện"}


def _filled_from_lists(number: str, above: list[str]) -> bool:
    """Points that the fixtures keep as content, forms or tasks of the plan, not as clauses."""
    in_lists = {"000": "III", "001": "III", "002": "II", "003": "III"}
    in_tasks = number == "003" and above[0] == "IV" and above[1] != "8"
    return in_lists.get(number) == above[0] or in_tasks


def _points(number: str) -> list[Row]:
    """The rows of a narrative without those that the fixture keeps elsewhere."""
    above: list[str] = []
    rows: list[Row] = []
    for item in _narrative(number):
        del above[item.depth :]
        above.append(item.label)
        is_closing = number == "004" and item.text.startswith("Trên đây là")
        if not (len(above) > 2 and _filled_from_lists(number, above)) and not is_closing:
            rows.append(_row(item))
    return rows


@pytest.mark.parametrize("number", PLANS)
def test_the_outline_of_a_real_plan_is_that_of_its_fixture(number: str) -> None:
    clauses = yaml.safe_load(PLANS[number].read_text("utf-8"))["clauses"]
    assert _points(number) == list(_known(clauses))


@pytest.mark.parametrize("number", ["002", "000", "001", "003"])
def test_points_that_the_fixtures_keep_in_lists_are_as_many(number: str) -> None:
    plan = yaml.safe_load(PLANS[number].read_text("utf-8"))
    above: list[str] = []
    counts: dict[str, int] = {}
    for item in _narrative(number):
        del above[item.depth :]
        above.append(item.label)
        if len(above) == 3:
            place = ".".join(above[:2])
            counts[place] = counts.get(place, 0) + 1
    content, forms = ("II.2", "II.3") if number == "002" else ("III.1", "III.2")
    assert counts[content] == len(plan["content"])
    assert counts[forms] == len(plan["forms"])


def test_lists_and_duties_keep_their_letters_and_their_number() -> None:
    labels = [item.label for item in _narrative("002") if item.depth == 2]
    assert "".join(labels).count("a)b)c)d)đ)") == 2
    duties = yaml.safe_load(PLANS["003"].read_text("utf-8"))["tasks"]
    rows = sum(len(area["rows"]) for area in duties)
    # IV.6 and IV.7 are one paragraph each, the text of their heading.
    dashes = 0
    part = ""
    for item in _narrative("003"):
        part = item.label if item.depth == 0 else part
        dashes += part == "IV" and item.depth == 2
    assert dashes == rows - 2 + 2
