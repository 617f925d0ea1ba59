import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.periods import Period, PeriodKind, periods_of
from plans.quotas import (
    DueKind,
    DueRule,
    QuotaError,
    QuotaTerms,
    Turn,
    continue_rotation,
    expand,
    parse_quota,
    parse_quotas,
    rotation_faults,
)

CASES = json.loads((Path(__file__).parents[1] / "data" / "quota_cases.json").read_text("utf-8"))
YEAR = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)}
MONTHS = periods_of(PeriodKind.MONTH, 2024)
QUARTERS = periods_of(PeriodKind.QUARTER, 2024)

QUARTERLY = QuotaTerms(
    per=PeriodKind.QUARTER,
    count=1,
    due=DueRule(
        DueKind.FIXED,
        fixed={f"2024-Q{q}": date(2024, 3 * q, 20) for q in (1, 2, 3, 4)},
    ),
    turns=(
        Turn(("2024-Q1",), "VP"),
        Turn(("2024-Q2",), "TTBCXB"),
        Turn(("2024-Q3",), "CĐS"),
        Turn(("2024-Q4",), "TTra"),
    ),
)
MONTHLY = QuotaTerms(
    per=PeriodKind.MONTH,
    count=1,
    due=DueRule(DueKind.DAY_OF_MONTH, day=25),
    turns=tuple(
        Turn(tuple(f"2024-M{m:02d}" for m in range(first, first + 3)), unit)
        for first, unit in ((1, "VP"), (4, "TTBCXB"), (7, "CĐS"), (10, "TTra"))
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_wordings_of_real_plans(case):
    quota = parse_quota(case["text"])
    assert {key: getattr(quota, key) for key in case["quota"]} == case["quota"]


@pytest.mark.parametrize(
    ("text", "op", "count", "per", "unit"),
    [
        ("Tối thiểu 02 bài/tháng", ">=", 2, "month", "bài"),
        ("ít nhất mỗi quý 3 tin", ">=", 3, "quarter", "tin"),
        ("không dưới 05 tin, bài/quý", ">=", 5, "quarter", "tin, bài"),
        ("trung bình 1 bài/tuần", ">=", 1, "week", "bài"),
        ("ba bài viết mỗi quý", ">=", 3, "quarter", "bài viết"),
        ("năm bài/năm", ">=", 5, "year", "bài"),
        ("Không quá 5 bài/quý", "<=", 5, "quarter", "bài"),
        ("02 hội nghị/năm", "=", 2, "year", "hội nghị"),
        ("Mỗi 6 tháng 01 lớp tập huấn", "=", 1, "half", "lớp tập huấn"),
        ("3 bài/06 tháng", ">=", 3, "half", "bài"),
        ("trong năm 2024 thực hiện 12 tin, bài", ">=", 12, "year", "tin, bài"),
        ("mười hai tin, bài trong năm", ">=", 12, "year", "tin, bài"),
        ("trong quý III đăng 2 bài", ">=", 2, "quarter", "bài"),
    ],
)
def test_other_wordings(text, op, count, per, unit):
    quota = parse_quota(text)
    assert (quota.op, quota.count, quota.per, quota.unit) == (op, count, per, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("từ 2 đến 3 tin, bài mỗi tháng", 2, 3), ("gửi 1 – 2 tin, bài/tháng", 1, 2)],
)
def test_ranges(text, low, high):
    quota = parse_quota(text)
    assert (quota.op, quota.low, quota.high, quota.per) == ("range", low, high, "month")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("02 hội nghị/năm", "held"),
        ("phát sóng 04 chuyên mục/tháng", "held"),
        ("gửi 2 tin, bài/quý về Sở Nội vụ", "sent"),
        ("2 tin, bài/quý được duyệt đăng", "approved_published"),
        ("1.200 tờ rơi", None),
    ],
)
def test_the_moment_that_counts(text, moment):
    assert parse_quota(text).counts_when == moment


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        (
            "2 tin, bài/quý đăng trên Trang thông tin điện tử của Sở Nội vụ, nội dung về CCHC",
            "Trang TTĐT Sở Nội vụ",
        ),
        ("Đăng 10 tin/tuần trên Fanpage", "Fanpage"),
        ("2 tin/quý", None),
    ],
)
def test_channels(text, channel):
    assert parse_quota(text).channel == channel


@pytest.mark.parametrize("text", ["", "Thường xuyên", "Năm 2024", "20/3/2024", "100%", "Quý 1"])
def test_texts_that_count_nothing(text):
    assert parse_quota(text) is None


def test_the_row_above_gives_the_period_and_the_floor():
    quota = parse_quota("02 mô hình", context="Mỗi tháng ít nhất:")
    assert (quota.op, quota.per) == (">=", "month")


def test_a_row_of_two_quotas():
    row = CASES[0]["text"] + "; " + CASES[1]["text"] + " nội dung liên quan đến công tác CCHC:"
    assert [(q.op, q.count, q.per, q.channel) for q in parse_quotas(row)] == [
        (">=", 1, "quarter", "Chuyên trang CCHC"),
        (">=", 1, "quarter", "Cổng TTĐT tỉnh (kênh Zalo)"),
    ]


@given(st.text())
def test_any_text_is_answered(text):
    parse_quota(text)


def test_plan_001_owes_twenty():
    issued_on = date(2024, 2, 21)
    quarterly = expand(QUARTERLY, **YEAR, issued_on=issued_on)
    monthly = expand(MONTHLY, **YEAR, issued_on=issued_on)
    assert len(quarterly) * 2 + len(monthly) == 20
    assert [(d.period.code, d.due_on, d.unit) for d in quarterly] == [
        ("2024-Q1", date(2024, 3, 20), "VP"),
        ("2024-Q2", date(2024, 6, 20), "TTBCXB"),
        ("2024-Q3", date(2024, 9, 20), "CĐS"),
        ("2024-Q4", date(2024, 12, 20), "TTra"),
    ]
    assert [d.unit for d in monthly] == [u for u in ("VP", "TTBCXB", "CĐS", "TTra") for _ in "123"]
    assert [d.due_on for d in monthly if d.before_issue] == [date(2024, 1, 25)]


@pytest.mark.parametrize(
    ("due", "code", "expected"),
    [
        (DueRule(DueKind.PERIOD_END), "2024-Q1", date(2024, 3, 31)),
        (DueRule(DueKind.DAY_OF_MONTH, day=31), "2024-M02", date(2024, 2, 29)),
        (DueRule(DueKind.DAY_OF_MONTH, day=20), "2024-Q2", date(2024, 6, 20)),
        (DueRule(DueKind.DAY_OF_MONTH, day=5, in_first_month=True), "2024-Q2", date(2024, 4, 5)),
        (DueRule(DueKind.DAY_OF_MONTH, day=5, months_later=1), "2024-M12", date(2025, 1, 5)),
        (DueRule(DueKind.FIXED, fixed={"2024-03": date(2024, 3, 9)}), "2024-M03", date(2024, 3, 9)),
    ],
)
def test_due_rules(due, code, expected):
    assert due.due_on(Period.parse(code)) == expected


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (DueRule(DueKind.FIXED), "2024-Q1"),
        (DueRule(DueKind.DAY_OF_MONTH, day=5), "2024-W01"),
        (DueRule(DueKind.DAY_OF_MONTH, day=32), "2024-M01"),
    ],
)
def test_a_rule_without_a_day_is_refused(due, code):
    with pytest.raises(QuotaError):
        due.due_on(Period.parse(code))


def test_a_period_belongs_to_the_plan_in_which_it_ends():
    duties = expand(MONTHLY, starts_on=date(2024, 2, 21), ends_on=date(2024, 6, 15), issued_on=None)
    assert [d.period.code for d in duties] == ["2024-M02", "2024-M03", "2024-M04", "2024-M05"]


def test_a_quarter_in_a_turn_stands_for_its_months():
    terms = QuotaTerms(
        PeriodKind.MONTH, 1, DueRule(DueKind.PERIOD_END), (Turn(("2024-Q1",), "VP"),), "office"
    )
    units = [d.unit for d in expand(terms, **YEAR, issued_on=None)]
    assert units == ["VP"] * 3 + ["office"] * 9


def test_next_year_goes_on_with_the_order():
    three = (Turn(("2024-Q1", "2024-Q4"), "A"), Turn(("2024-Q2",), "B"), Turn(("2024-Q3",), "C"))
    assert continue_rotation(three, periods_of(PeriodKind.QUARTER, 2025)) == (
        Turn(("2025-Q1",), "B"),
        Turn(("2025-Q2",), "C"),
        Turn(("2025-Q3",), "A"),
        Turn(("2025-Q4",), "B"),
    )
    monthly = continue_rotation(MONTHLY.turns, periods_of(PeriodKind.MONTH, 2025))
    assert [(turn.unit, len(turn.periods)) for turn in monthly] == [
        ("VP", 3),
        ("TTBCXB", 3),
        ("CĐS", 3),
        ("TTra", 3),
    ]
    assert continue_rotation((), QUARTERS) == ()


def test_faults_of_a_rotation():
    assert rotation_faults(QUARTERLY.turns, QUARTERS) == []
    assert rotation_faults(MONTHLY.turns, MONTHS) == []
    turns = (Turn(("2024-Q1", "2024-Q2"), "VP"), Turn(("2024-Q2", "2025-Q1"), "TTra"))
    assert rotation_faults(turns, QUARTERS[:3]) == [
        "Quý II/2024 phân công trùng cho 2 đơn vị: VP, TTra.",
        "Quý III/2024 chưa phân công đơn vị nào.",
        "Quý I/2025 không thuộc các kỳ của định mức.",
    ]
