"""Numbers in the text of a row that nobody has made a quota of: they would owe nothing."""

from __future__ import annotations

from collections.abc import Iterator

from plans.lint.facts import PlanFacts
from plans.lint.places import places
from plans.lint.warning import LintWarning
from plans.quota_text import APPROVED, SENT, parse_quotas


def check(facts: PlanFacts) -> Iterator[LintWarning]:
    """Only what is sent or published in each period: other numbers may be no quota at all."""
    place = places(facts)
    for task in facts.all_tasks():
        if task.without_quota or any(row.quotas for row in task.walk()):
            continue
        if any(q.per and q.counts_when in (SENT, APPROVED) for q in parse_quotas(task.title)):
            yield LintWarning(
                "task-quota-open",
                place(task),
                "Nhiệm vụ nêu số tin, bài phải gửi, đăng mỗi kỳ nhưng chưa giao định mức; xác nhận "
                "định mức, hoặc ghi là không giao, ở phần Định mức, luân phiên.",
            )
