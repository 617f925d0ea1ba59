"""What rows of real annexes promise, as quotas to be confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from demo.real_plans import FIXTURES
from plans import channel_file, plan_file
from plans.periods import PeriodKind
from plans.plan_file import PlanFacts, TaskFacts
from plans.quota_proposals import (
    AnnexRow,
    ChannelNames,
    Lead,
    ProposedQuota,
    named_periods,
    proposals,
)
from plans.quotas import DueKind, owed_periods

CASES = json.loads((Path(__file__).parents[1] / "data" / "quota_cases.json").read_text("utf-8"))
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture(scope="module")
def channels() -> ChannelNames:
    data = yaml.safe_load((FIXTURES / "directory" / "soc_trang.yaml").read_text("utf-8"))
    known = channel_file.read({"channels": data["channels"]})
    return ChannelNames({c.code: [c.name, c.short_name, *c.aliases] for c in known})


def plan(number: str) -> PlanFacts:
    path = next((FIXTURES / "plans").glob(f"{number}_*.yaml"))
    return plan_file.read(yaml.safe_load(path.read_text("utf-8")))


def row(task: TaskFacts, above: str = "") -> AnnexRow:
    leads = tuple(Lead(one.unit, one.qualifier) for one in task.lead if one.unit)
    below = tuple(row(sub, task.title) for sub in task.rows)
    return AnnexRow(task.title, task.products, task.time, leads, above, below)


def rows(tasks: tuple[TaskFacts, ...], above: str = "") -> Iterator[tuple[TaskFacts, AnnexRow]]:
    for task in tasks:
        yield task, row(task, above)
        yield from rows(task.rows, task.title)


def found(number: str, channels: ChannelNames) -> dict[str, list[ProposedQuota]]:
    facts = plan(number)
    read = {
        (task.area, task.code): list(proposals(one, channels, facts.starts_on, facts.ends_on))
        for task, one in rows(facts.tasks)
    }
    return {code: quotas for (_, code), quotas in read.items() if quotas}


def one(text: str, channels: ChannelNames, **cells: object) -> ProposedQuota:
    (quota,) = proposals(AnnexRow(text, **cells), channels, *YEAR)  # type: ignore[arg-type]
    return quota


def test_001_promises_exactly_its_three_quotas(channels: ChannelNames) -> None:
    written = {
        task.code: [
            (q.channel, q.counts_when, q.minimum, q.per, q.due.kind, dict(q.due.dates), q.due.day)
            for q in task.quotas
        ]
        for task, _ in rows(plan("001").tasks)
        if task.quotas
    }
    read = found("001", channels)
    assert {
        code: [
            (
                q.channel,
                q.counts_when,
                q.minimum,
                q.per.value,
                q.due.kind.value,
                dict(q.due.fixed),
                q.due.day or None,
            )
            for q in quotas
        ]
        for code, quotas in read.items()
    } == written
    turns = {
        task.code: [dict(q.turns) for q in task.quotas]
        for task, _ in rows(plan("001").tasks)
        if task.quotas
    }
    assert {code: [q.turns for q in quotas] for code, quotas in read.items()} == turns
    assert [q.questions for quotas in read.values() for q in quotas] == [(), (), ()]
    owed = [len(owed_periods(q.per, *YEAR)) for quotas in read.values() for q in quotas]
    assert owed == [4, 4, 12]


def test_the_other_plans_promise_numbers_only_where_they_word_them(channels: ChannelNames) -> None:
    assert {number: list(found(number, channels)) for number in ("000", "002", "003")} == {
        "000": [],
        "002": [],
        "003": [],
    }
    # "Đánh giá nội bộ Hệ thống quản lý chất lượng …, 01 lần/năm": of no channel, so it asks.
    ((audit,),) = found("004", channels).values()
    assert (audit.minimum, audit.per, audit.channel) == (1, PeriodKind.YEAR, "")
    assert audit.questions == ("Văn bản không nêu kênh: hãy chọn kênh.",)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_wordings_of_real_plans_become_proposals(
    case: dict[str, dict[str, object]], channels: ChannelNames
) -> None:
    quota, wanted = one(str(case["text"]), channels), case["quota"]
    assert quota.minimum == wanted.get("count", wanted.get("low"))
    assert quota.maximum == wanted.get("high")
    assert quota.per.value == wanted.get("per", "year")


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Mỗi quý 01 tin đăng trên Cổng thông tin điện tử của tỉnh", "cong-tinh"),
        ("Mỗi quý 01 tin đăng Trang cải cách hành chính của tỉnh", "chuyen-trang-cchc"),
        ("Mỗi quý 01 tin, bài được đăng trên cong ttdt so", "cong-co-quan"),
        ("Cổng TTĐT của Sở: mỗi tháng ít nhất 01 tin", "cong-co-quan"),
        ("Mỗi quý 01 tin gửi Báo Sóc Trăng", "bao-in"),
        ("Mỗi quý 01 tin đăng trên Trang tin Chợ Lách", ""),
        ("Mỗi quý 01 tin đăng Chuyên trang CCHC hoặc Cổng TTĐT tỉnh", ""),
    ],
)
def test_channels_are_known_by_their_names(text: str, channel: str, channels: ChannelNames) -> None:
    assert one(text, channels).channel == channel


def test_two_channels_of_one_sentence_are_two_quotas(channels: ChannelNames) -> None:
    text = "Mỗi quý ít nhất 01 tin, bài được duyệt đăng trên Chuyên trang CCHC và Cổng TTĐT tỉnh"
    quotas = proposals(AnnexRow(text), channels, *YEAR)
    assert [quota.channel for quota in quotas] == ["chuyen-trang-cchc", "cong-tinh"]
    assert quotas[0].sentence == "mỗi quý ít nhất 01 tin, bài được duyệt, đăng trên"


@pytest.mark.parametrize(
    ("per", "time", "kind", "days"),
    [
        ("quý", "Chậm nhất ngày 20/3, 20/6, 20/9, 20/12/2024", "fixed", "20/3 20/6 20/9 20/12"),
        ("quý", "Ngày 20 hằng tháng", "day_of_month", "20/3 20/6 20/9 20/12"),
        ("quý", "Trong năm 2024", "period_end", "31/3 30/6 30/9 31/12"),
        ("quý", "Thường xuyên", "period_end", "31/3 30/6 30/9 31/12"),
        ("quý", "Ngày 20/3 và 20/6/2024", "fixed", "20/3 20/6 30/9 31/12"),
        ("năm", "Chậm nhất 30/11/2024", "fixed", "30/11"),
        ("6 tháng", "Trước ngày 15/6 và 15/12/2024", "fixed", "14/6 14/12"),
    ],
)
def test_due_days_come_from_the_time_cell(
    per: str, time: str, kind: str, days: str, channels: ChannelNames
) -> None:
    quota = one(f"Mỗi {per} 01 tin đăng Chuyên trang CCHC", channels, time=time)
    due = [quota.due.due_on(period) for period in owed_periods(quota.per, *YEAR)]
    assert quota.due.kind == kind
    assert " ".join(f"{day.day}/{day.month}" for day in due) == days


def test_the_last_days_of_months_are_the_end_of_the_period(channels: ChannelNames) -> None:
    quota = one("Mỗi tháng 01 tin đăng Cổng TTĐT Sở", channels, time="Ngày 31 hằng tháng")
    assert quota.due.kind is DueKind.PERIOD_END
    late = one("Mỗi tháng 01 tin đăng Cổng TTĐT Sở", channels, time="Ngày 30 hằng tháng")
    assert (late.due.kind, late.due.day) == (DueKind.DAY_OF_MONTH, 30)


def test_a_missing_due_day_is_asked_about(channels: ChannelNames) -> None:
    quota = one("Mỗi quý 01 tin đăng Chuyên trang CCHC", channels, time="20/3 và 20/6/2024")
    assert "Chưa ghi hạn của Quý III, Quý IV; tạm lấy ngày cuối kỳ." in quota.questions


def test_days_of_another_year_are_asked_about(channels: ChannelNames) -> None:
    quarter = AnnexRow("a. Quý 1", time="Chậm nhất 20/3/2023", leads=(Lead("VP"),))
    quota = one("Mỗi quý 01 tin đăng Chuyên trang CCHC", channels, rows=(quarter,))
    assert quota.due.kind is DueKind.PERIOD_END
    assert quota.questions == (
        "Ngày ghi trong văn bản nằm ngoài các kỳ của kế hoạch; tạm lấy ngày cuối kỳ.",
        "Chưa phân công Quý II, Quý III, Quý IV.",
    )


def test_the_units_are_the_lead_s_the_brackets_or_a_question(channels: ChannelNames) -> None:
    text = "Mỗi quý 01 tin đăng Chuyên trang CCHC"
    alone = one(text, channels, leads=(Lead("VP"),))
    assert (alone.default_unit, alone.turns, alone.questions) == ("VP", {}, ())
    two = one(text, channels, leads=(Lead("VP"), Lead("TTRA")))
    assert (two.default_unit, two.turns) == ("", {})
    assert two.questions == ("Có 2 đơn vị chủ trì: hãy chia lượt hoặc chọn một đơn vị.",)
    halves = one(text, channels, leads=(Lead("VP", "Quý I, II"), Lead("TTRA", "Quý III")))
    assert halves.turns == {"2024-Q1": "VP", "2024-Q2": "VP", "2024-Q3": "TTRA"}
    assert halves.questions == ("Chưa phân công Quý IV.",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Tháng 1,2,3", "2024-M01 2024-M02 2024-M03"),
        ("Tháng 10 – 12", "2024-M10 2024-M11 2024-M12"),
        ("quý I và quý III", "2024-Q1 2024-Q3"),
        ("a. Quý 2", "2024-Q2"),
        ("Tháng 13", ""),
        ("kế toán", ""),
    ],
)
def test_periods_named_in_words(text: str, codes: str) -> None:
    assert " ".join(period.code for period in named_periods(text, 2024)) == codes


def test_a_row_takes_its_period_from_its_time_or_from_the_row_above(
    channels: ChannelNames,
) -> None:
    timed = one("01 tin đăng Cổng TTĐT Sở", channels, time="Ngày 25 hàng tháng")
    assert (timed.per, timed.due.day) == (PeriodKind.MONTH, 25)
    below = one("02 tin đăng Cổng TTĐT Sở", channels, above="Mỗi 6 tháng thực hiện:")
    assert (below.per, below.minimum) == (PeriodKind.HALF, 2)


def test_products_are_read_where_the_title_counts_nothing(channels: ChannelNames) -> None:
    quota = one("Viết tin, bài cho Cổng TTĐT của Sở", channels, products="12 tin, bài/năm")
    assert (quota.minimum, quota.per, quota.channel) == (12, PeriodKind.YEAR, "cong-co-quan")


@pytest.mark.parametrize(
    "text", ["Triển khai 02 nội dung của Đề án", "Báo cáo 100% hồ sơ", "", "Niêm yết 05 thủ tục"]
)
def test_other_numbers_are_no_quotas(text: str, channels: ChannelNames) -> None:
    assert proposals(AnnexRow(text), channels, *YEAR) == ()
