"""What waits for a person: the page "Việc cần làm" and its number in the navigation.

Each section is one query over rows that the person may act on by the policies of their buttons.
Together they are counted in one query, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.urls import reverse

from agencies.models import User
from outreach.todo import duties, planning, writing
from outreach.todo.values import Item, Section, Work, days_left

__all__ = [
    "SHOWN",
    "Item",
    "Section",
    "Work",
    "also",
    "concerns",
    "count",
    "days_left",
    "sections",
    "whole",
]

# What has come back and what is owed, then what others wait for, then what can wait.
_ORDER = (
    "tra-lai",
    "con-phai-lam",
    "bao-cao",
    "duyet-noi-bo",
    "cho-duyet",
    "cho-dang",
    "giai-trinh",
    "xem-xet-giai-trinh",
    "nhan-bao-cao",
    "don-vi-cham",
    "trinh-ky",
    "lap-trien-khai",
    "de-xuat",
    "ke-hoach",
    "co-quan-chua-trien-khai",
    "nhap",
)
# Longer lists show so many and lead to the rest.
SHOWN = 10
# What waits by the rules of floors above; the roof names them (cchc.wiring).
Source = Callable[[User, date], Iterable[Work]]
_SOURCES: list[Source] = [writing.works, duties.works, planning.works]


def also(source: Source) -> None:
    """Let the page tell that too; naming it again changes nothing."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def count(user: User, today: date) -> int:
    """How many things wait for the person; one query, none for those whom nothing concerns."""
    found = [work.rows.order_by().values_list("pk") for work in _works(user, today)]
    return found[0].union(*found[1:], all=True).count() if found else 0


def concerns(user: User, today: date) -> bool:
    """Whether the person's roles have anything to do here at all."""
    return bool(_works(user, today))


def sections(user: User, today: date) -> list[Section]:
    """What waits, most urgent first; at most three queries for each section."""
    counted = ((work, work.rows.count()) for work in _works(user, today))
    return [_section(work, total) for work, total in counted if total]


def whole(user: User, today: date, code: str) -> Work | None:
    """All that waits in the way of that code; None when there is no such way for the person."""
    return next((work for work in _works(user, today) if work.code == code), None)


def _works(user: User, today: date) -> list[Work]:
    found = [work for source in _SOURCES for work in source(user, today)]
    return sorted(found, key=lambda work: _ORDER.index(work.code.rstrip("-0123456789")))


def _section(work: Work, total: int) -> Section:
    own = f"{reverse('outreach:todo')}?muc={work.code}"
    items = tuple(work.tell(row) for row in work.rows[:SHOWN])
    return Section(work.code, work.title, items, total, work.all_url or own)
