import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.timing import TimingKind, parse_timing
from plans.timing_choices import choices, summary

CASES = json.loads((Path(__file__).parents[1] / "data" / "timing_cases.json").read_text("utf-8"))
DATED = {"window", "deadline", "recurring", "report_cycle", "multi"}
REGULAR = ["Hằng tháng", "Hằng quý", "6 tháng, năm", "Hằng quý, 6 tháng, năm"]


def offered(text, year=2024):
    return choices(parse_timing(text, year))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đầu năm 2024", ["Tháng 01/2024", "Quý I/2024", "6 tháng đầu năm 2024"]),
        ("giữa năm", ["Tháng 6/2024", "Quý II/2024", "Quý III/2024"]),
        ("cuối năm sau", ["Tháng 12/2025", "Quý IV/2025", "6 tháng cuối năm 2025"]),
        (
            "cuối tháng 11/2025",
            [
                "từ ngày 21/11/2025 đến ngày 30/11/2025",
                "Chậm nhất ngày 30/11/2025",
                "Tháng 11/2025",
            ],
        ),
        (
            "giữa tháng 5",
            ["từ ngày 11/5/2024 đến ngày 20/5/2024", "Chậm nhất ngày 20/5/2024", "Tháng 5/2024"],
        ),
        (
            "Cuối tháng hai năm 2023",
            [
                "từ ngày 21/02/2023 đến ngày 28/02/2023",
                "Chậm nhất ngày 28/02/2023",
                "Tháng 02/2023",
            ],
        ),
        (
            "tuần 2 tháng 5",
            ["từ ngày 08/5/2024 đến ngày 14/5/2024", "Chậm nhất ngày 14/5/2024", "Tháng 5/2024"],
        ),
        ("khoảng tháng 5", ["Tháng 5/2024", "Chậm nhất ngày 31/5/2024"]),
        ("cuối quý II", ["Tháng 6/2024", "Chậm nhất ngày 30/6/2024", "Quý II/2024"]),
        ("đầu Quí III/2025", ["Tháng 7/2025", "Quý III/2025"]),
        ("quý II hoặc quý III", ["Quý II/2024", "Quý III/2024"]),
        ("Định kỳ", REGULAR),
        ("định kỳ báo cáo lãnh đạo ban kết quả thực hiện", REGULAR),
        ("trong kỳ", REGULAR),
        ("trong tháng", ["Hằng tháng", "Chậm nhất ngày 25 hằng tháng"]),
        ("đầu mỗi tháng", ["Chậm nhất ngày 05 hằng tháng", "Chậm nhất ngày 10 hằng tháng"]),
        ("đầu tháng hàng tháng", ["Chậm nhất ngày 05 hằng tháng", "Chậm nhất ngày 10 hằng tháng"]),
        ("trong quý", ["Hằng quý", "Chậm nhất ngày 20 của tháng cuối quý"]),
        ("6 tháng", ["6 tháng đầu năm 2024", "6 tháng cuối năm 2024", "6 tháng, năm"]),
        ("từ tháng 3", ["Từ tháng 3 đến tháng 12/2024", "Tháng 3/2024"]),
        ("3-12/2025", ["Từ tháng 3 đến tháng 12/2025", "ngày 03/12/2025"]),
        ("ngày tháng 02 năm 2024", ["Tháng 02/2024", "Chậm nhất ngày 29/02/2024"]),
        ("ngày ……../02/2024", ["Tháng 02/2024", "Chậm nhất ngày 29/02/2024"]),
        ("ngày … tháng … năm 2025", ["Năm 2025"]),
        ("kịp thời", []),
        ("Rằm tháng Giêng", []),
        ("đầu tháng 13", []),
        ("đầu năm học 2024-2025", []),
    ],
)
def test_what_a_vague_time_may_mean(text, expected):
    assert offered(text) == expected


def test_two_vague_times_give_two_lines_at_once():
    both = offered("cuối tháng 3 và cuối tháng 6")
    assert both[1] == "- Chậm nhất ngày 31/3/2024\n- Chậm nhất ngày 30/6/2024"
    assert parse_timing(both[1], 2024).kind is TimingKind.MULTI


@pytest.mark.parametrize("text", ["", "…", "Tháng …/2024"])
def test_an_empty_cell_is_offered_the_usual_times(text):
    expected = ["Năm 2024", "Quý I/2024", "Quý II/2024", "Quý III/2024", "Quý IV/2024"]
    assert offered(text)[:5] == expected
    assert offered(text)[-2:] == REGULAR[:2]


@pytest.mark.parametrize("case", CASES, ids=[f"{c['text'][:30]}-{c['year']}" for c in CASES])
def test_only_what_is_not_understood_is_asked_about(case):
    timing = parse_timing(case["text"], case["year"])
    is_open = timing.kind in ("vague", "placeholder", "empty")
    assert bool(choices(timing)) == is_open


WORDS = (
    "đầu giữa cuối nửa khoảng từ tuần tháng quý năm ngày kỳ định mỗi hằng hoặc và / - … II V "
    "0 2 6 13 31 2024 0000 9999 sau trước của ,"
)
PIECES = st.lists(st.sampled_from(WORDS.split()), max_size=9)


@given(PIECES.map(" ".join), st.sampled_from([1, 1945, 2024, 9999]))
def test_every_choice_is_read_as_dated_without_a_doubt(text, year):
    for choice in offered(text, year):
        read = parse_timing(choice, year)
        assert read.kind in DATED
        assert read.problem == ""


SUMMARIES = [
    ("Chậm nhất ngày 25 hàng tháng", "hạn ngày 25 hằng tháng, 12 kỳ"),
    ("- 20/3\n- 20/6\n- 20/9\n- 20/12/2024", "hạn 20/3, 20/6, 20/9, 20/12/2024 (4 kỳ)"),
    ("trước 20/3 và 15/12/2024", "hạn 19/3, 14/12/2024 (2 kỳ)"),
    ("20/12/2023, 20/3/2024", "hạn 20/12/2023, 20/3/2024 (2 kỳ)"),
    ("Chậm nhất 20/3/2024", "hạn 20/03/2024"),
    ("Quý I", "từ 01/01/2024 đến 31/03/2024"),
    (
        "- Tháng 02/2024\n- Tháng 12/2024",
        "từ 01/02/2024 đến 29/02/2024; từ 01/12/2024 đến 31/12/2024 (2 kỳ)",
    ),
    (
        "- Quý I/2024\n- Theo quy định Sở Tư pháp",
        "từ 01/01/2024 đến 31/03/2024; chưa có hạn: theo quy định ở văn bản khác",
    ),
    (
        "- Tháng 01/2024\n- Thường xuyên",
        "từ 01/01/2024 đến 31/01/2024; thường xuyên, không có hạn",
    ),
    ("định kỳ hàng quý, 6 tháng, năm", "kỳ báo cáo: quý, 6 tháng, năm"),
    ("Thường xuyên", "thường xuyên, không có hạn"),
    ("20/3/2024 (nếu có)", "hạn 20/03/2024, nếu có"),
    ("- 20/3 (nếu có)\n- 20/6", "hạn 20/03/2024, nếu có; hạn 20/06/2024 (2 kỳ)"),
    ("nếu có", "chỉ thực hiện nếu có"),
    ("Ngay sau khi có kế hoạch của UBND tỉnh", "chưa có hạn: chờ sự kiện"),
    ("đầu năm 2024", "chưa xác định được thời gian"),
    ("31/4/2024", "chưa xác định được thời gian"),
    ("", "chưa ghi thời gian"),
]


@pytest.mark.parametrize(("text", "expected"), SUMMARIES)
def test_the_line_below_the_cell(text, expected):
    assert summary(parse_timing(text, 2024)) == expected


@pytest.mark.parametrize("case", CASES, ids=[f"{c['text'][:30]}-{c['year']}" for c in CASES])
def test_the_line_names_every_day_that_is_owed_once(case):
    timing = parse_timing(case["text"], case["year"])
    line = summary(timing)
    assert line
    assert "\n" not in line
    if timing.kind == "window":
        [(start, due)] = case["occurrences"]
        days = [f"{d[8:]}/{d[5:7]}/{d[:4]}" for d in (start, due)]
        assert line == f"từ {days[0]} đến {days[1]}"
    if timing.kind == "recurring":
        assert line.endswith(f", {len(timing.dues)} kỳ")
