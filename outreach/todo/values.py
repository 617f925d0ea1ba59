"""The page as plain values: sections of items, each with what to do, why and by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: ``action`` at ``act_url`` is where it is done, ``url`` where it is read.

    ``days`` says how long there is or how long it has waited; ``is_late`` that it is past its day.
    """

    title: str
    why: str
    url: str
    action: str
    act_url: str
    days: str = ""
    due_on: date | None = None
    is_late: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The first of what waits in one way; ``total`` is how many there are."""

    code: str
    title: str
    items: tuple[Item, ...]
    total: int
    all_url: str

    @property
    def has_more(self) -> bool:
        """Whether some are not shown."""
        return self.total > len(self.items)


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for a person in one way: which rows, in which order, and how each is told.

    ``all_url`` is the page that has them all; without one the to-do page itself shows them.
    """

    code: str
    title: str
    rows: QuerySet[Any]
    tell: Callable[[Any], Item]
    all_url: str = ""


class CountOf(Subquery):
    """How many rows a query finds, inside another query; it may look at the outer row."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def days_left(due_on: date, as_of: date) -> str:
    """``còn 12 ngày``, ``hạn hôm nay``, ``quá hạn 3 ngày``."""
    days = (due_on - as_of).days
    if days == 0:
        return "hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


def waits_since(day: date, as_of: date) -> str:
    """``chờ 3 ngày``; on the first day ``mới hôm nay``."""
    days = (as_of - day).days
    return f"chờ {days} ngày" if days > 0 else "mới hôm nay"
