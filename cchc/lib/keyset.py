"""Pages of a long list, found by the last row seen instead of by counting: stable and quick.

A place is a signed text in the address. A wrong one, or one of another order, is the first page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)

_SALT = "cchc.keyset"
_BEFORE, _AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Order:
    """Fields that a list is sorted by, all in one direction; the last one tells rows apart."""

    code: str
    label: str
    fields: tuple[str, ...]
    is_descending: bool = True

    def terms(self, *, backwards: bool = False) -> list[str]:
        """What ``order_by`` takes."""
        sign = "-" if self.is_descending is not backwards else ""
        return [f"{sign}{name}" for name in self.fields]

    def beyond(self, values: Sequence[Any], *, backwards: bool = False) -> Q:
        """The rows that stand after these values, or before them."""
        than = "lt" if self.is_descending is not backwards else "gt"
        steps = [
            Q(**dict(zip(self.fields[:at], values, strict=False)))
            & Q(**{f"{name}__{than}": values[at]})
            for at, name in enumerate(self.fields)
        ]
        # Said first for the whole list, so that an index can begin there.
        return Q(**{f"{self.fields[0]}__{than}e": values[0]}) & reduce(or_, steps)

    def values(self, row: Model) -> list[Any]:
        """Where a row stands."""
        return [reduce(getattr, name.split("__"), row) for name in self.fields]


@dataclass(frozen=True, slots=True)
class Slice(Generic[M]):
    """One page, and the places of the pages before and after it; empty when there is none."""

    rows: list[M]
    before: str = ""
    after: str = ""


def turn(
    found: QuerySet[M],
    order: Order,
    place: str,
    size: int,
    fetch: Callable[[Any, Order, Sequence[Any] | None, bool, int], list[M]] | None = None,
) -> Slice[M]:
    """The page of ``found`` at that place, which came with an earlier page.

    ``fetch`` is a quicker way to what :func:`straight` finds.
    """
    fetch = fetch or straight
    way, values = _read(order, place)
    backwards = way == _BEFORE
    rows = fetch(found, order, values, backwards, size + 1)
    if values is not None and (not rows or (backwards and len(rows) <= size)):
        # Nothing is left there, or it is the beginning: as if one had just come.
        backwards, values = False, None
        rows = fetch(found, order, None, False, size + 1)
    is_more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    return Slice(
        rows,
        before=_place(order, _BEFORE, rows[0]) if rows and values is not None else "",
        after=_place(order, _AFTER, rows[-1]) if rows and (is_more or backwards) else "",
    )


def every(found: QuerySet[M], order: Order, size: int = 1000) -> Iterator[M]:
    """All rows in that order, so many at a time: memory stays flat, relations are prefetched."""
    rows = straight(found, order, None, False, size)
    while rows:
        yield from rows
        if len(rows) < size:
            return
        rows = straight(found, order, order.values(rows[-1]), False, size)


def straight(
    found: QuerySet[M], order: Order, values: Sequence[Any] | None, backwards: bool, size: int
) -> list[M]:
    """The next rows after these values, or before them, nearest first; the first without any."""
    if values is not None:
        found = found.filter(order.beyond(values, backwards=backwards))
    return list(found.order_by(*order.terms(backwards=backwards))[:size])


def _place(order: Order, way: str, row: Model) -> str:
    said = [value if isinstance(value, int) else str(value) for value in order.values(row)]
    return signing.Signer(salt=_SALT).sign_object([order.code, way, said])


def _read(order: Order, place: str) -> tuple[str, list[Any] | None]:
    """The way and the values of a place of this order; nothing for any other text."""
    try:
        code, way, values = signing.Signer(salt=_SALT).unsign_object(place)
    except (signing.BadSignature, ValueError):
        return _AFTER, None
    return (way, values) if code == order.code else (_AFTER, None)
