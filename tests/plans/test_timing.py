import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.periods import PeriodKind
from plans.timing import Occurrence, TimingKind, parse_timing

CASES = json.loads((Path(__file__).parents[1] / "data" / "timing_cases.json").read_text("utf-8"))
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def owed(text, year=2024):
    found = parse_timing(text, year).occurrences(date(year, 1, 1), date(year, 12, 31))
    return [[o.start and o.start.isoformat(), o.due_on and o.due_on.isoformat()] for o in found]


def dues(text, year=2024):
    """The due days as d/m or d/m/yyyy beside the plan's year; a window as first–last."""

    def day(value):
        return f"{value.day}/{value.month}" + ("" if value.year == year else f"/{value.year}")

    found = parse_timing(text, year).occurrences(date(year, 1, 1), date(year, 12, 31))
    return [(f"{day(o.start)}–" if o.start else "") + day(o.due_on) for o in found]


@pytest.mark.parametrize("case", CASES, ids=[f"{c['text'][:30]}-{c['year']}" for c in CASES])
def test_cells_of_real_plans(case):
    timing = parse_timing(case["text"], case["year"])
    assert timing.kind == case["kind"]
    if "occurrences" in case:
        assert owed(case["text"], case["year"]) == case["occurrences"]


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if "occurrences" in c],
    ids=lambda c: c["text"][:30],
)
def test_a_wider_question_gets_the_same_answer(case):
    year = case["year"]
    timing = parse_timing(case["text"], year)
    wide = timing.occurrences(date(year - 1, 1, 1), date(year + 1, 12, 31))
    assert wide == timing.occurrences(date(year, 1, 1), date(year, 12, 31))


WINDOWS = [
    ("Hoàn thành trong tháng 6", "1/6–30/6"),
    ("Quý II-III/2024", "1/4–30/9"),
    ("Quý 2 - 3", "1/4–30/9"),
    ("Quý I đến quý III năm 2025", "1/1/2025–30/9/2025"),
    ("Quý I/2024 - Quý III/2024", "1/1–30/9"),
    ("từ 01/4/2025 đến 30/6/2025", "1/4/2025–30/6/2025"),
    ("01/4 - 30/6/2025", "1/4/2025–30/6/2025"),
    ("01/4 – 24/6", "1/4–24/6"),
    ("Từ quý II/2024 đến hết năm", "1/4–31/12"),
    ("Tháng 4 - 6/2024", "1/4–30/6"),
    ("tháng 4-6", "1/4–30/6"),
    ("Từ tháng 11/2024 - 02/2025", "1/11–28/2/2025"),
    ("Từ tháng 3/2024 đến tháng 02 năm sau", "1/3–28/2/2025"),
    ("từ ngày 14 đến ngày 20/4/2025", "14/4/2025–20/4/2025"),
    ("ngày 14-20/4", "14/4–20/4"),
    ("2024-2025", "1/1–31/12/2025"),
    ("Năm 2024-2025", "1/1–31/12/2025"),
    ("6 tháng đầu năm", "1/1–30/6"),
    ("nửa đầu năm 2024", "1/1–30/6"),
    ("sáu tháng cuối năm 2024", "1/7–31/12"),
    ("03 tháng cuối năm", "1/10–31/12"),
    ("cả năm", "1/1–31/12"),
    ("năm nay", "1/1–31/12"),
    ("năm sau", "1/1/2025–31/12/2025"),
    ("tháng 01 năm sau", "1/1/2025–31/1/2025"),
    ("Tháng 12 năm trước", "1/12/2023–31/12/2023"),
    ("3/2024", "1/3–31/3"),
    ("T3/2024", "1/3–31/3"),
    ("Q1/2024", "1/1–31/3"),
    ("QI", "1/1–31/3"),
    ("QÚY IV", "1/10–31/12"),
    ("tháng tư", "1/4–30/4"),
    ("tháng năm/2024", "1/5–31/5"),
    ("Dự kiến tháng 7/2024", "1/7–31/7"),
    ("Kế hoạch: Quý I", "1/1–31/3"),
    ("Trong quý I, hoàn thành trước 25/3", "1/1–24/3"),
    ("Từ 8h00 ngày 20/3/2024 đến 17h00 ngày 22/3/2024", "20/3–22/3"),
    ("Quý\u00a0 III\n/2024", "1/7–30/9"),
    ("Xây dựng và triển khai trong quý I", "1/1–31/3"),
]


@pytest.mark.parametrize(("text", "span"), WINDOWS)
def test_windows(text, span):
    assert (parse_timing(text, 2024).kind, dues(text)) == (TimingKind.WINDOW, [span])


DEADLINES = [
    ("Xong trước ngày 30 tháng 6 năm 2025", "29/6/2025"),
    ("chậm nhất đến ngày 15/11", "15/11"),
    ("Từ nay đến hết năm 2024", "31/12"),
    ("Trước 15/01 năm sau", "14/1/2025"),
    ("trước quý II", "31/3"),
    ("trước năm 2026", "31/12/2025"),
    ("Trước ngày 01/01", "31/12/2023"),
    ("ngày 10/10 (Ngày Chuyển đổi số quốc gia)", "10/10"),
    ("8h00 ngày 20/3/2024", "20/3"),
    ("Trước 17h00 ngày 20/3", "20/3"),
    ("Chậm nhất 16 giờ 30 phút ngày 20/3", "20/3"),
    ("2024-03-20", "20/3"),
    ("20/3/24", "20/3"),
    ("20-3-2024", "20/3"),
    ("20/03", "20/3"),
    ("31/12", "31/12"),
    ("ngày 20 tháng 3", "20/3"),
    ("hết quý II", "30/6"),
    ("ngày cuối cùng của tháng 6", "30/6"),
    ("Thứ Sáu, ngày 20/12/2024", "20/12"),
    ("Báo cáo UBND tỉnh trước ngày 15/12", "14/12"),
    ("hạn 15/12/2024 gửi Sở Nội vụ", "15/12"),
    ("ngày 29/02", "29/2"),
]


@pytest.mark.parametrize(("text", "day"), DEADLINES)
def test_deadlines(text, day):
    assert (parse_timing(text, 2024).kind, dues(text)) == (TimingKind.DEADLINE, [day])


QUARTER_ENDS = ["1/1–31/3", "1/4–30/6", "1/7–30/9", "1/10–31/12"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hàng quý", QUARTER_ENDS),
        ("1 lần/quý", QUARTER_ENDS),
        ("03 tháng 1 lần", QUARTER_ENDS),
        ("Theo từng quý", QUARTER_ENDS),
        ("định kỳ hằng quý", QUARTER_ENDS),
        ("Hằng quý năm 2024", QUARTER_ENDS),
        ("Hằng năm", ["1/1–31/12"]),
        ("02 lần/năm", ["1/1–31/12", "1/1–31/12"]),
        ("6 tháng/lần", ["1/1–30/6", "1/7–31/12"]),
        ("Trước ngày 15 hàng tháng", [f"14/{m}" for m in range(1, 13)]),
        ("Hằng tháng (trước ngày 25)", [f"24/{m}" for m in range(1, 13)]),
        ("ngày 05 và ngày 20 hằng tháng", [f"{d}/{m}" for m in range(1, 13) for d in (5, 20)]),
        ("ngày 15 tháng cuối quý", ["15/3", "15/6", "15/9", "15/12"]),
        ("Ngày 20 tháng cuối mỗi quý", ["20/3", "20/6", "20/9", "20/12"]),
        ("Hằng quý, trước ngày 20 tháng cuối quý", ["19/3", "19/6", "19/9", "19/12"]),
        (
            "chậm nhất là ngày 20 của tháng cuối kỳ báo cáo",
            ["20/3", "20/6", "20/9", "20/12"],
        ),
        ("Trước ngày 05 tháng đầu quý sau", ["4/4", "4/7", "4/10", "4/1/2025"]),
        ("20/11 hằng năm", ["20/11"]),
        ("01 lần/năm (Quý III)", ["1/7–30/9"]),
        ("15/6 và 15/12 hằng năm", ["15/6", "15/12"]),
    ],
)
def test_rhythms(text, expected):
    assert (parse_timing(text, 2024).kind, dues(text)) == (TimingKind.RECURRING, expected)


@pytest.mark.parametrize(
    "text", ["ngày 31 hằng tháng", "Chậm nhất ngày cuối tháng", "ngày cuối cùng của mỗi tháng"]
)
def test_a_day_beyond_the_months_end_is_its_last(text):
    lasts = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    assert dues(text) == [f"{last}/{m}" for m, last in enumerate(lasts, start=1)]


@pytest.mark.parametrize(
    ("text", "weekday", "count"),
    [
        ("11h05 Thứ 5 hàng tuần", 4, 52),
        ("Hàng tuần (thứ Sáu)", 5, 52),
        ("Thứ Hai hằng tuần", 1, 53),
        ("Sáng thứ Hai hằng tuần", 1, 53),
        ("Chủ nhật hằng tuần", 7, 52),
        ("thứ năm mỗi tuần", 4, 52),
    ],
)
def test_weekdays(text, weekday, count):
    found = parse_timing(text, 2024).occurrences(*YEAR)
    assert len(found) == count
    assert {item.due_on.isoweekday() for item in found} == {weekday}


def test_a_week_without_a_weekday_is_a_window_from_monday():
    found = parse_timing("giao ban định kỳ hàng tuần", 2024).occurrences(*YEAR)
    assert found[0] == Occurrence(date(2024, 1, 1), date(2024, 1, 7))
    assert len(found) == 52


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quý I, II/2024", ["1/1–31/3", "1/4–30/6"]),
        ("Quý I, II/2025", ["1/1/2025–31/3/2025", "1/4/2025–30/6/2025"]),
        ("quý 1+2", ["1/1–31/3", "1/4–30/6"]),
        ("Quý IV/2023, quý I", ["1/10/2023–31/12/2023", "1/1–31/3"]),
        ("Tháng 3, 6, 9, 12", ["1/3–31/3", "1/6–30/6", "1/9–30/9", "1/12–31/12"]),
        ("Trong tháng 3 và tháng 9/2024", ["1/3–31/3", "1/9–30/9"]),
        ("20/3, 20/6, 20/9 và 20/12", ["20/3", "20/6", "20/9", "20/12"]),
        ("20/3; 20/6", ["20/3", "20/6"]),
        ("Trước 20/3, 20/6", ["19/3", "19/6"]),
        ("Chậm nhất ngày 25/6 và ngày 25/11", ["25/6", "25/11"]),
        ("ngày 20 các tháng 3, 6, 9, 12", ["20/3", "20/6", "20/9", "20/12"]),
        ("Thường xuyên; báo cáo trước 15/12", ["14/12"]),
        ("Quý I và Thường xuyên", ["1/1–31/3"]),
        ("Kế hoạch tháng 01/2024, báo cáo tháng 12/2024", ["1/1–31/1", "1/12–31/12"]),
        ("Kế hoạch: tháng 01; Báo cáo: quý IV", ["1/1–31/1", "1/10–31/12"]),
        ("+ Quý I\n+ Chậm nhất\n 20/6", ["1/1–31/3", "20/6"]),
        ("• Tháng 2\n• Theo yêu cầu", ["1/2–29/2"]),
    ],
)
def test_several_times(text, expected):
    assert (parse_timing(text, 2024).kind, dues(text)) == (TimingKind.MULTI, expected)


def test_parts_keep_their_order_and_words():
    timing = parse_timing("- Quý I/2024\n- Theo quy định \nSở Tư pháp", 2024)
    assert [(part.literal, part.kind.value) for part in timing.parts] == [
        ("Quý I/2024", "window"),
        ("Theo quy định \nSở Tư pháp", "external_rule"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Theo kế hoạch của tỉnh", "external_rule"),
        ("Theo chỉ đạo", "external_rule"),
        ("Theo hướng dẫn của Bộ Nội vụ", "external_rule"),
        ("Theo yêu cầu", "on_request"),
        ("Theo CV yêu cầu", "on_request"),
        ("Khi có phát sinh", "on_request"),
        ("đột xuất", "on_request"),
        ("khi có văn bản chỉ đạo", "event"),
        ("Sau khi được phê duyệt", "event"),
        ("trước Tết Nguyên đán", "event"),
        ("Trong vòng 10 ngày kể từ ngày ban hành", "relative"),
        ("ngày làm việc cuối cùng của tháng", "relative"),
        ("Thường xuyên, liên tục", "ongoing"),
        ("Thường xuyên trong năm 2024", "ongoing"),
        ("hằng ngày", "ongoing"),
        ("Hằng tháng, quý, năm", "report_cycle"),
        ("Báo cáo định kỳ 6 tháng, năm", "report_cycle"),
        ("Báo cáo quý I", "report_cycle"),
        ("(nếu có)", "conditional"),
        ("ngày ... tháng ... năm 2024", "placeholder"),
        ("Quý …/2024", "placeholder"),
        ("", "empty"),
        (" \n ", "empty"),
        ("-", "empty"),
        ("31/02/2024", "invalid"),
        ("Hoàn thành trước ngày 31/4", "invalid"),
        ("ngày 32 hằng tháng", "invalid"),
        ("tháng 13", "invalid"),
        ("quý V", "invalid"),
        ("30/2 hằng năm", "invalid"),
        ("từ 30/6 đến 01/4", "invalid"),
        ("Thứ Hai, ngày 20/12/2024", "invalid"),
        ("nửa đầu tháng 3", "vague"),
        ("giữa quý II", "vague"),
        ("Từ nay đến cuối năm", "vague"),
        ("Khoảng tháng 6", "vague"),
        ("Ngày 15", "vague"),
        ("Định kỳ", "vague"),
        ("Kịp thời", "vague"),
        ("Tháng Giêng", "vague"),
        ("Tháng 3 (âm lịch)", "vague"),
        ("Quý I (trừ tháng 2)", "vague"),
        ("quý II hoặc quý III", "vague"),
        ("20-3", "vague"),
        ("sau 20/3", "vague"),
        ("Từ ngày 01/3/2024", "vague"),
        ("Hằng tháng, từ tháng 3 đến tháng 11", "vague"),
        ("ngày 20 tháng 3 và tháng 6", "vague"),
        ("ngày 20 hằng quý", "vague"),
        ("năm học 2024-2025", "vague"),
    ],
)
def test_times_that_owe_no_date(text, kind):
    assert (parse_timing(text, 2024).kind.value, dues(text)) == (kind, [])


@pytest.mark.parametrize(
    ("text", "cycles"),
    [
        ("định kỳ hàng quý, 6 tháng, năm", (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)),
        ("Định kỳ 6 tháng, một năm", (PeriodKind.HALF, PeriodKind.YEAR)),
        ("hằng quý, 9 tháng và đột xuất", (PeriodKind.QUARTER, PeriodKind.NINE_MONTHS)),
        ("định kỳ và đột xuất theo yêu cầu", ()),
    ],
)
def test_report_cycles_name_their_periods(text, cycles):
    assert parse_timing(text, 2024).cycles == cycles


def test_if_any_marks_a_time_without_changing_it():
    timing = parse_timing("Quý II (nếu có)", 2024)
    assert (timing.kind, timing.is_conditional) == (TimingKind.WINDOW, True)
    assert dues("Quý II (nếu có)") == ["1/4–30/6"]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Chậm nhất 20/3/2024", "hạn 20/03/2024"),
        ("Quý I/2024", "từ 01/01/2024 đến 31/03/2024"),
        ("Chậm nhất Ngày 25 hàng tháng", "hạn ngày 25 hằng tháng, 12 kỳ"),
        ("Thường xuyên", "không có hạn (thường xuyên)"),
    ],
)
def test_readings(text, reading):
    assert parse_timing(text, 2024).reading == reading


def test_an_impossible_date_is_refused_with_a_sentence():
    problem = "Không có ngày 31/4/2024: tháng 4/2024 chỉ có 30 ngày."
    assert parse_timing("31/4/2024", 2024).problem == problem


def test_a_part_of_the_year_gets_its_part():
    june = (date(2024, 6, 1), date(2024, 6, 30))
    assert parse_timing("Chậm nhất 20/3/2024", 2024).occurrences(*june) == []
    assert parse_timing("Chậm nhất Ngày 25 hàng tháng", 2024).occurrences(*june) == [
        Occurrence(None, date(2024, 6, 25))
    ]
    assert parse_timing("giai đoạn 2021-2025", 2021).occurrences(*june) == [
        Occurrence(date(2021, 1, 1), date(2025, 12, 31))
    ]


WORDINGS = [case["text"] for case in CASES] + [text for text, _ in WINDOWS + DEADLINES]
cells = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(sorted({word for text in WORDINGS for word in text.split()})), max_size=9
    ).map(" ".join),
)


def test_a_whole_essay_is_no_time():
    timing = parse_timing("Quý I, II và " * 400, 2024)
    assert (timing.kind, timing.occurrences(*YEAR)) == (TimingKind.VAGUE, [])


@given(cells, st.integers(0, 9999))
def test_any_text_is_answered(text, year):
    timing = parse_timing(text, year)
    assert timing.literal == unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    assert bool(timing.problem) or timing.kind not in ("vague", "invalid", "placeholder")
    found = timing.occurrences(date(1, 1, 1), date(9999, 12, 31))
    assert all(o.start is None or o.start <= o.due_on for o in found)


@given(cells)
def test_no_date_without_a_word_of_time(text):
    has_time = re.search(r"\d|ngày|tuần|tháng|quý|quí|qúy|năm|q *[iv]|thứ|chủ", text.lower())
    if not has_time:
        assert parse_timing(unicodedata.normalize("NFC", text), 2024).occurrences(*YEAR) == []


@pytest.mark.parametrize("text", WORDINGS)
def test_case_form_and_spaces_do_not_matter(text):
    plain = parse_timing(text, 2024)
    expected = (plain.kind, plain.occurrences(*YEAR))
    for variant in (
        text.upper(),
        unicodedata.normalize("NFD", text),
        text.replace(" ", "  "),
        text.replace(" ", "\u00a0"),
        text.replace("-", "–") if "\n" not in text else text,
    ):
        timing = parse_timing(variant, 2024)
        assert (timing.kind, timing.occurrences(*YEAR)) == expected
