"""A number in a row that nobody made a quota of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plans.lint import PlanFacts, promises
from plans.lint.facts import Quota, Task
from plans.periods import PeriodKind
from plans.quotas import DueKind, DueRule, QuotaTerms

TEXT = "Mỗi quý ít nhất 01 tin, bài được duyệt đăng Chuyên trang CCHC"
TASK = Task(code="4.1", title=TEXT)
QUOTA = Quota("Chuyên trang CCHC", QuotaTerms(PeriodKind.QUARTER, 1, DueRule(DueKind.PERIOD_END)))


def found(*tasks: Task) -> list[str]:
    facts = PlanFacts(starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31), tasks=tasks)
    return [warning.code for warning in promises.check(facts)]


def test_a_row_that_words_a_quota_and_has_none_is_pointed_at() -> None:
    assert found(TASK) == ["task-quota-open"]


@pytest.mark.parametrize(
    "task",
    [
        replace(TASK, quotas=(QUOTA,)),
        replace(TASK, without_quota=True),
        replace(TASK, rows=(Task(code="4.1.a", title="Chuyên trang", quotas=(QUOTA,)),)),
        Task(code="7", title="Đánh giá nội bộ Hệ thống quản lý chất lượng, 01 lần/năm"),
        Task(code="8", title="Gửi tin, bài đăng Trang TTĐT CCHC tỉnh"),
    ],
)
def test_what_is_decided_or_counts_nothing_is_not(task: Task) -> None:
    assert found(task) == []
