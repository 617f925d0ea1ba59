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


@pytest.mark.parametrize(
    ("text", "op", "count", "per", "unit"),
    [
        ("02 bài/tháng", ">=", 2, "month", "bài"),
        ("01 tin/bài/tháng", ">=", 1, "month", "tin/bài"),
        ("01 tin bài/quý/đơn vị", ">=", 1, "quarter", "tin bài"),
        ("Mỗi xã, phường 01 tin, bài/tháng gửi Sở Nội vụ", ">=", 1, "month", "tin, bài"),
        ("01 tin, bài/6 tháng", ">=", 1, "half", "tin, bài"),
        ("24 tin, bài/năm", ">=", 24, "year", "tin, bài"),
        ("15 tin, bài trở lên/năm", ">=", 15, "year", "tin, bài"),
        ("≥ 02 tin, bài/quý", ">=", 2, "quarter", "tin, bài"),
        ("ít nhất hai tin, bài mỗi tháng", ">=", 2, "month", "tin, bài"),
        ("Không quá 03 bài/tháng", "<=", 3, "month", "bài"),
        ("Từ 10 - 12 tin, bài/năm", "range", 10, "year", "tin, bài"),
        ("Từ 02 đến 03 tin, bài/quý", "range", 2, "quarter", "tin, bài"),
        ("ít nhất 01 podcast/tháng", ">=", 1, "month", "podcast"),
        ("01 phóng sự và 02 bài viết/quý", ">=", 1, "quarter", "phóng sự"),
        ("Phát sóng 02 lần/tuần trên Đài PTTH", "=", 2, "week", "lần"),
        ("01 chuyên mục/tháng trên Đài PT-TH tỉnh", "=", 1, "month", "chuyên mục"),
        ("Tổ chức 02 lớp tập huấn/năm", "=", 2, "year", "lớp tập huấn"),
        ("1.500 tờ gấp tuyên truyền", "=", 1500, None, "tờ gấp"),
        ("04 lượt tuyên truyền", "=", 4, None, "lượt"),
        ("Quý I: 02 bài", ">=", 2, None, "bài"),
        ("Năm 2025: 12 bài", ">=", 12, None, "bài"),
        ("Trước ngày 20/3 gửi 02 bài", ">=", 2, None, "bài"),
        # The period belongs to the second amount: twelve a month would be invented.
        ("12 bài (mỗi tháng 01 bài)", ">=", 12, None, "bài"),
        ("Đăng 12 bài (mỗi tháng 01 bài)", ">=", 12, None, "bài"),
        ("Ít nhất 12 bài, trong đó mỗi quý 03 bài", ">=", 12, None, "bài"),
        ("12 bài/năm (01 bài/tháng)", ">=", 12, "year", "bài"),
        ("Mỗi năm 12 bài (01 bài/tháng)", ">=", 12, "year", "bài"),
    ],
)
def test_quotas_of_other_provinces(text, op, count, per, unit):
    quota = parse_quota(text)
    assert (quota.op, quota.count, quota.per, quota.unit) == (op, count, per, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 12/QĐ-UBND ngày 05/01/2025",
        "Trước ngày 20/3/2025",
        "Tháng 3/2025",
        "Báo cáo 6 tháng",
        "80% thủ tục hành chính",
        "100% cơ quan, đơn vị có chuyên mục CCHC",
        "Duy trì chuyên mục CCHC",
        "10,000 tờ rơi",
        "Thường xuyên",
    ],
)
def test_texts_of_other_provinces_that_count_nothing(text):
    assert parse_quota(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 tin, 05 bài, 02 phóng sự", [(10, None), (5, None), (2, None)]),
        ("01 phóng sự và 02 bài viết/quý", [(1, "quarter"), (2, "quarter")]),
        ("Mỗi quý: 02 tin; 01 bài", [(2, "quarter"), (1, "quarter")]),
        ("02 tin, bài/tháng; 01 phóng sự/quý", [(2, "month"), (1, "quarter")]),
        ("02 tin, bài/tháng; 01 hội nghị", [(2, "month"), (1, None)]),
        ("02 tin/tháng, 01 hội nghị", [(2, "month"), (1, None)]),
        ("02 hội nghị và 05 lớp tập huấn trong năm", [(2, "year"), (5, "year")]),
    ],
)
def test_rows_of_several_quotas(text, expected):
    assert [(quota.count, quota.per) for quota in parse_quotas(text)] == expected


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


def test_faults_of_a_rotation():
    assert rotation_faults(QUARTERLY.turns, QUARTERS) == []
    assert rotation_faults(MONTHLY.turns, MONTHS) == []
    turns = (Turn(("2024-Q1", "2024-Q2"), "VP"), Turn(("2024-Q2", "2025-Q1"), "TTra"))
    assert rotation_faults(turns, QUARTERS[:3]) == [
        "Quý II/2024 phân công trùng cho 2 đơn vị: VP, TTra.",
        "Quý III/2024 chưa phân công đơn vị nào.",
        "Quý I/2025 không thuộc các kỳ của định mức.",
    ]
