"""The plan's clauses as a tree, with its lists in their places.

A clause that has only a heading is filled from the plan's own lists:

- a heading that begins with *Đối tượng*, *Phạm vi*, *Nội dung* or *Hình thức* takes the
  audiences, scopes, content items or forms; one that names several takes them in that order;
- in a plan without an annex title, a heading that is the area of some tasks takes them:
  they are duties of the narrative, not rows of an annex.

Each list is used once; a clause with words of its own keeps them and takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cchc.lib.text import fold
from plans.models import Clause, Plan, Task
from reporting.letterhead import listed
from reporting.reports.plan.annex import Assigned

_ENDS = (".", ";", ":", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause as plain text; ``label`` as the document has it (``I``, ``1``, ``a)``)."""

    label: str = ""
    heading: str = ""
    text: str = ""
    items: tuple[Passage, ...] = ()


Lists = dict[str, tuple[Passage, ...]]


def passages(
    clauses: Sequence[Clause], lists: Lists, duties: Mapping[str, tuple[Passage, ...]]
) -> tuple[Passage, ...]:
    """The whole narrative in document order."""
    below: dict[int | None, list[Clause]] = {}
    for clause in clauses:
        below.setdefault(clause.parent_id, []).append(clause)
    left = dict(lists)

    def grown(clause: Clause) -> Passage:
        items = tuple(grown(child) for child in below.get(clause.pk, ()))
        passage = Passage(clause.label, clause.heading, clause.text, items)
        return passage if clause.text or items else _filled(passage, left, duties)

    return tuple(grown(clause) for clause in below.get(None, ()))


def lists_of(plan: Plan) -> Lists:
    """The plan's lists by the folded word that calls them."""
    found = {
        "doi tuong": _lines(plan.audiences),
        "pham vi": _lines(plan.scopes),
        "noi dung": _points(plan.content_items.order_by("order").values_list("label", "title")),
        "hinh thuc": _points(plan.plan_channels.order_by("order").values_list("label", "title")),
    }
    return {word: items for word, items in found.items() if items}


def duties_of(
    plan: Plan, clauses: Iterable[Clause], tasks: Iterable[Task]
) -> dict[str, list[Task]]:
    """The tasks that the narrative says instead of an annex, by their folded area."""
    if plan.annex_title:
        return {}
    clauses = list(clauses)
    parents = {clause.parent_id for clause in clauses}
    bare = {fold(c.heading) for c in clauses if not c.text and c.pk not in parents}
    found: dict[str, list[Task]] = {}
    for task in tasks:
        if task.area and fold(task.area) in bare:
            found.setdefault(fold(task.area), []).append(task)
    return found


def duty(task: Task, assigned: Assigned) -> Passage:
    """``Duy trì Trang TTĐT CCHC tỉnh (phối hợp: Sở Nội vụ; thời gian: thường xuyên).``."""
    notes = []
    if assigned.coordinating:
        notes.append(f"phối hợp: {', '.join(_inside(name) for name in assigned.coordinating)}")
    if task.timing_text:
        notes.append(f"thời gian: {' '.join(task.timing_text.split())}")
    text = f"{task.title} ({'; '.join(notes)})" if notes else task.title
    return Passage(text=_ended(text))


def _inside(name: str) -> str:
    """A group in the middle of a sentence: ``các ngành có liên quan``; names keep their capital."""
    return f"c{name[1:]}" if name.startswith("Các ") else name


def _filled(passage: Passage, left: Lists, duties: Mapping[str, tuple[Passage, ...]]) -> Passage:
    heading = fold(passage.heading)
    if heading in duties:
        return replace(passage, items=duties[heading])
    if not heading.startswith(("doi tuong", "pham vi", "noi dung", "hinh thuc")):
        return passage
    named = [word for word in left if word in heading]
    return replace(passage, items=tuple(item for word in named for item in left.pop(word)))


def _lines(text: str) -> tuple[Passage, ...]:
    return tuple(Passage(text=line) for line in listed(text.splitlines()))


def _points(rows: Iterable[tuple[str, str]]) -> tuple[Passage, ...]:
    return tuple(Passage(label, text=_ended(title)) for label, title in rows)


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."
