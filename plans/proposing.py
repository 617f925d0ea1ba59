"""A parent's changed rows, and what they do to the rows of a plan that implements it.

Pure: rows are those of ``plans.sections``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plans.comparing import Difference, same_words, words

Row = Mapping[str, Any]

# What of a row a derived plan takes over, by section, with its name on screen.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "content": {"title": "Nội dung"},
    "annex": {
        "title": "Nhiệm vụ",
        "products": "Sản phẩm",
        "time": "Thời gian",
        "meant": "Thời gian hiểu là",
        "conditional": "Chỉ khi phát sinh",
    },
    "forms": {"title": "Hình thức", "channels": "Kênh"},
    "targets": {
        "operator": "So sánh",
        "value": "Giá trị",
        "measure": "Đơn vị tính",
        "counted": "Đối tượng tính",
    },
}
SECTION_LABELS = {
    "content": "Nội dung tuyên truyền",
    "annex": "Nhiệm vụ của phụ lục",
    "forms": "Hình thức tuyên truyền",
    "targets": "Chỉ tiêu",
}
MAIN = {"content": "title", "annex": "title", "forms": "title", "targets": "counted"}


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after, either empty; who leads or helps counts as a change too."""

    section: str
    uid: str
    before: Row
    after: Row

    @property
    def is_reassigned(self) -> bool:
        """Whether other bodies are named than before."""
        return any(self.before.get(key) != self.after.get(key) for key in ("lead", "coordinating"))

    @property
    def is_reworded(self) -> bool:
        """Whether anything that a derived plan takes over changed."""
        return any(True for _ in changed_fields(self.section, self.before, self.after))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Between the sections of two revisions: rows by uid, in the order of the later one."""
    for section in FIELDS:
        old = {row["uid"]: row for row in before.get(section, ())}
        new = {row["uid"]: row for row in after.get(section, ())}
        for uid in [*new, *(uid for uid in old if uid not in new)]:
            change = Change(section, uid, old.get(uid, {}), new.get(uid, {}))
            if change.is_reworded or change.is_reassigned:
                yield change


def changed_fields(section: str, before: Row, after: Row) -> Iterator[str]:
    """The fields in which the rows differ."""
    return (name for name in FIELDS[section] if before.get(name) != after.get(name))


def own_row(section: str, before: Row, source: int | None, rows: Sequence[Row]) -> Row | None:
    """The derived plan's row for it: by its source, or where there is none by its words."""
    main = MAIN[section]
    if section in ("content", "annex"):
        linked = [row for row in rows if source is not None and row["source"] == source]
    else:
        linked = [row for row in rows if before and same_words(row[main], before[main])]
    same = (row for row in linked if before and row[main] == before[main])
    return next(same, next(iter(linked), None))


def conflicts(section: str, before: Row, after: Row, own: Row) -> list[str]:
    """Fields that the parent changed and the agency had already changed for itself."""
    return [
        name
        for name in changed_fields(section, before, after)
        if not any(_equal(own.get(name), row.get(name)) for row in (before, after))
    ]


def merged(section: str, before: Row, after: Row, own: Row, *, keep: Sequence[str]) -> Row:
    """The own row with what the parent changed, except the fields to ``keep``."""
    names = [name for name in changed_fields(section, before, after) if name not in keep]
    return {**own, **{name: after[name] for name in names}}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field of the row on screen: the parent's difference, and the agency's own words."""

    label: str
    difference: Difference
    own: str
    is_adapted: bool


def differences(section: str, before: Row, after: Row, own: Row | None) -> list[FieldDifference]:
    """What changed, field by field, beside what the agency has."""
    adapted = conflicts(section, before, after, own) if own else []
    return [
        FieldDifference(
            FIELDS[section][name],
            words(_text(before.get(name)), _text(after.get(name))),
            _text(own.get(name)) if own else "",
            name in adapted,
        )
        for name in changed_fields(section, before, after)
    ]


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return same_words(one, other)
    return bool(one == other)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return ", ".join(value) if isinstance(value, list) else str(value or "")
