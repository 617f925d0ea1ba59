"""The narrative: numbers of headings and points, and an annex that is named but not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cchc.lib.text import nfc
from plans.lint import numbering
from plans.lint.facts import Clause, Item, PlanFacts
from plans.lint.places import is_duty, places
from plans.lint.warning import ANNEX, LintWarning

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# The annex of another document ("Phụ lục I Nghị định số 30/2020/NĐ-CP") is none of this plan's.
_ANNEX = re.compile(
    r"\bphụ lục\b(?!(?:\s+(?:số|[ivx\d]+|của|tại|theo|ban hành|kèm|đính))*"
    r"\s+(?:nghị định|thông tư|quyết định|nghị quyết|công văn|luật|bộ luật))",
    re.IGNORECASE,
)


def check(facts: PlanFacts) -> Iterator[LintWarning]:
    """Headings, points of content and forms, then the annex by its title and by its mention."""
    yield from _headings(facts.clauses, ())
    yield from _points(facts.content, "Nội dung tuyên truyền")
    yield from _points(facts.forms, "Hình thức tuyên truyền")
    yield from _annex_year(facts)
    yield from _annex_missing(facts)


def _headings(clauses: tuple[Clause, ...], above: tuple[str, ...]) -> Iterator[LintWarning]:
    labels = [clause.label for clause in clauses]
    for fault in numbering.faults(labels):
        yield _fault(fault, labels[fault.index], _section((*above, labels[fault.index])))
    for clause in clauses:
        yield from _headings(clause.items, (*above, clause.label))


def _points(items: tuple[Item, ...], where: str) -> Iterator[LintWarning]:
    labels = [item.label for item in items]
    for fault in numbering.faults(labels):
        label = labels[fault.index]
        yield _fault(fault, label, f"{where}, điểm {numbering.bare(label)}")


def _fault(fault: numbering.Fault, label: str, place: str) -> LintWarning:
    own = numbering.bare(label)
    if fault.is_repeat:
        sentence = f"Số thứ tự {own} dùng hai lần liền nhau; mục này lẽ ra là {fault.expected}."
        return LintWarning("heading-repeat", place, sentence)
    if not fault.before:
        sentence = f"Số thứ tự bắt đầu từ {own}; mục đầu tiên lẽ ra là {fault.expected}."
    else:
        sentence = f"Số thứ tự nhảy từ {fault.before} sang {own}; sau {fault.before} lẽ ra là "
        sentence += f"{fault.expected}."
    return LintWarning("heading-jump", place, sentence)


def _section(labels: Iterable[str]) -> str:
    return "Mục " + ".".join(filter(None, map(numbering.bare, labels)))


def _annex_year(facts: PlanFacts) -> Iterator[LintWarning]:
    years = [int(year) for year in _YEAR.findall(facts.annex_title)]
    first, last = facts.starts_on.year, facts.ends_on.year
    if years and (max(years) < first or min(years) > last):
        own = str(first) if first == last else f"{first} – {last}"
        named = ", ".join(map(str, dict.fromkeys(years)))
        sentence = f"Tên phụ lục ghi năm {named}, kế hoạch là của năm {own}; cần ghi năm {own}."
        yield LintWarning("annex-year", ANNEX, sentence)


def _annex_missing(facts: PlanFacts) -> Iterator[LintWarning]:
    if facts.annex_title or any(not is_duty(task) for task in facts.tasks):
        return
    named = (place for place, words in _passages(facts) if _ANNEX.search(nfc(words)))
    for place in list(named)[:1]:
        yield LintWarning(
            "annex-missing",
            place,
            "Nhắc đến phụ lục nhưng kế hoạch không có; cần bổ sung phụ lục hoặc bỏ câu này.",
        )


def _passages(facts: PlanFacts) -> Iterator[tuple[str, str]]:
    """Everything that the plan says outside its annex, with its place."""
    yield "Mở đầu", facts.opening
    yield from _texts(facts.clauses, ())
    place = places(facts)
    for task in facts.all_tasks():
        yield place(task), task.title


def _texts(clauses: tuple[Clause, ...], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for clause in clauses:
        labels = (*above, clause.label)
        yield _section(labels), clause.words
        yield from _texts(clause.items, labels)
