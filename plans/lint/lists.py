"""Targets, content and what the parent plan asks to be told."""

from __future__ import annotations

from collections.abc import Iterator

from cchc.lib.text import squeeze
from plans.lint import numbering
from plans.lint.facts import PlanFacts
from plans.lint.warning import ANNEX, LintWarning, once_or_each

CONTENT = "Nội dung tuyên truyền"
TARGETS = "Các chỉ tiêu"


def check(facts: PlanFacts) -> Iterator[LintWarning]:
    """Targets without a source, content told twice, items of the parent left out."""
    yield from _sources(facts)
    yield from _content_twice(facts)
    yield from _uncovered(facts)
    yield from _tasks_uncovered(facts)


def _sources(facts: PlanFacts) -> Iterator[LintWarning]:
    missing = [
        (order, target)
        for order, target in enumerate(facts.targets, start=1)
        if not target.data_source
    ]
    code, accepted = "target-source", "cần nêu số liệu lấy từ đâu để đánh giá kết quả."
    yield from once_or_each(
        missing,
        len(missing) == len(facts.targets),
        lambda: LintWarning(code, TARGETS, f"Chưa có chỉ tiêu nào ghi nguồn số liệu; {accepted}"),
        lambda entry: LintWarning(
            code,
            f"Chỉ tiêu thứ {entry[0]}",
            f"Chỉ tiêu “{entry[1].counted}” chưa ghi nguồn số liệu; {accepted}",
        ),
    )


def _content_twice(facts: PlanFacts) -> Iterator[LintWarning]:
    seen: set[str] = set()
    for order, item in enumerate(facts.content, start=1):
        title = squeeze(item.title).casefold()
        if title in seen:
            point = f"điểm {numbering.bare(item.label)}" if item.label else f"ý thứ {order}"
            sentence = f"Nội dung “{item.title}” được nêu hai lần; chỉ cần nêu một lần."
            yield LintWarning("content-twice", f"{CONTENT}, {point}", sentence)
        seen.add(title)


def _uncovered(facts: PlanFacts) -> Iterator[LintWarning]:
    total = len(facts.parent_items)
    missing = [
        (order, item)
        for order, item in enumerate(facts.parent_items, start=1)
        if not item.is_covered
    ]
    code = "parent-item-uncovered"
    yield from once_or_each(
        missing,
        len(missing) == total,
        lambda: LintWarning(
            code,
            CONTENT,
            f"Chưa đưa nội dung nào trong {total} nội dung của kế hoạch cấp trên vào kế hoạch này; "
            "cần đưa vào, hoặc chấp nhận và ghi lý do không áp dụng.",
        ),
        lambda entry: LintWarning(
            code,
            f"{CONTENT}, nội dung thứ {entry[0]} của kế hoạch cấp trên",
            f"Chưa có nội dung “{entry[1].title}” của kế hoạch cấp trên; cần đưa vào, hoặc chấp "
            "nhận và ghi lý do không áp dụng.",
        ),
    )


def _tasks_uncovered(facts: PlanFacts) -> Iterator[LintWarning]:
    total = len(facts.parent_tasks)
    missing = [item for item in facts.parent_tasks if not item.is_covered]
    code = "parent-task-uncovered"
    yield from once_or_each(
        missing,
        len(missing) == total,
        lambda: LintWarning(
            code,
            ANNEX,
            f"Chưa đưa nhiệm vụ nào trong {total} nhiệm vụ mà kế hoạch cấp trên giao cho cơ quan; "
            "cần đưa vào, hoặc ghi không áp dụng kèm lý do.",
        ),
        lambda item: LintWarning(
            code,
            f"{ANNEX}, nhiệm vụ {item.label} của kế hoạch cấp trên",
            f"Chưa có nhiệm vụ “{item.title}” mà kế hoạch cấp trên giao cho cơ quan; cần đưa vào, "
            "hoặc ghi không áp dụng kèm lý do.",
        ),
    )
