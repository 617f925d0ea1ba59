"""The newest activities whose titles hold some words, among a million, on PostgreSQL.

No one index does it: one of words would sort every title with "hành chính", one of dates would
look through every title for a rare word. So the newest rows are looked through; then, where words
are rarer, the index of words (migration 0005) is asked for as many ids at a time as should hold
the rest. It holds every word three times: within 2¹³ ids, within 2¹⁶, and among all. Whatever the
steps, what they find is what one query over everything finds, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import BooleanField, F, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from cchc.lib.keyset import Order, straight
from outreach.models import Activity
from outreach.models.activity import ActivityQuerySet

# Rows that are looked through before the index of words is asked.
LOOKED_THROUGH = 1000
# In an agency a walk past everything costs less than a question to the index of all agencies.
LOOKED_THROUGH_IN_AGENCY = 6000
# The bits of an id within a bucket, and the buckets asked at once.
_LEVELS = (("a", 13), ("b", 16))
_AT_ONCE = 4
_ALL_BITS = 62
_EVERYTHING = 1 << _ALL_BITS
# How far to look when nothing is known of how rare the words are.
_BLIND = 2 << 16
# The same text as in the index; PostgreSQL finds the index by it.
LEXEMES = (
    "array_to_tsvector(string_to_array(substr(rtrim(folded_title)"
    " || replace(rtrim(folded_title), ' ', ' a' || ((id >> 13)::text) || ':')"
    " || replace(rtrim(folded_title), ' ', ' b' || ((id >> 16)::text) || ':'), 2), ' '))"
)


Fetch = Callable[..., list[Activity]]


def newest(scope: ActivityQuerySet, words: Sequence[str], in_agency: bool) -> Fetch:
    """How :func:`cchc.lib.keyset.turn` gets the newest rows of what holds the words.

    ``scope`` is everything in the province or the agency, of which the rows are part.
    """
    walk = LOOKED_THROUGH_IN_AGENCY if in_agency else LOOKED_THROUGH

    def fetch(
        found: ActivityQuerySet,
        order: Order,
        values: Sequence[Any] | None,
        backwards: bool,
        size: int,
    ) -> list[Activity]:
        if backwards:  # over what was looked through before
            return straight(found, order, values, backwards, size)
        if values is not None:
            below = Q(id__lt=values[0])
            ids = _ids(found.filter(below), scope.filter(below), words, size, walk)
        else:
            ids = _ids(found, scope, words, size, walk)
        by_id = Activity.objects.in_bulk(ids)  # whose sight was judged as they were found
        return [by_id[pk] for pk in ids if pk in by_id]

    return fetch


def _ids(
    rows: ActivityQuerySet, scope: ActivityQuerySet, words: Sequence[str], size: int, walk: int
) -> list[int]:
    end = scope.order_by("-id").values_list("id", flat=True)[walk : walk + 1]
    near = rows.filter(id__gte=Coalesce(Subquery(end), 0)).order_by("-id")
    ids = list(near.values_list("id", flat=True)[:size])
    if len(ids) == size:
        return ids
    low = next(iter(end), 0)
    if not low:  # everything was looked through
        return ids
    top = scope.order_by("-id").values_list("id", flat=True).first() or 0
    return ids + _rarer(rows, words, size - len(ids), len(ids), top, low)


def _rarer(
    rows: ActivityQuerySet, words: Sequence[str], wanted: int, got: int, top: int, low: int
) -> list[int]:
    """The ids of further rows below ``low``, by the index of words."""
    ids: list[int] = []
    while low and len(ids) < wanted:
        level, bits, buckets = _step(wanted - len(ids), got + len(ids), top - low)
        last = (low - 1) >> bits
        first = max(last - buckets + 1, 0)
        buckets_asked = range(last, first - 1, -1)
        prefixes = [f"{level}{bucket}:" for bucket in buckets_asked] if level else [""]
        # Not by the column itself: else the planner walks it past everything, or asks its index.
        part = _by_index(rows.alias(number=F("id") + 0).filter(number__lt=low), words, prefixes)
        low = first << bits if level else 0
        part = part.filter(Q(("number__gte", low))).order_by("-number")
        ids += part.values_list("id", flat=True)[: wanted - len(ids)]
    return ids


def _step(wanted: int, got: int, looked: int) -> tuple[str, int, int]:
    """The level to ask at, and how many of its buckets, so that they should hold what is wanted."""
    blind = _BLIND if looked < _BLIND else _EVERYTHING
    span = int(1.5 * wanted * looked / got) if got else blind
    for level, bits in _LEVELS:
        if span <= _AT_ONCE << bits:
            return level, bits, (span >> bits) + 1
    return "", _ALL_BITS, 1


def _by_index(
    rows: ActivityQuerySet, words: Sequence[str], prefixes: Sequence[str]
) -> ActivityQuerySet:
    together = [" & ".join(f"'{prefix}{word}'" for word in words) for prefix in prefixes]
    query = " | ".join(f"({each})" for each in together)
    has_words = RawSQL(f"{LEXEMES} @@ %s::tsquery", [query], BooleanField())  # noqa: S611
    return rows.filter(has_words)
