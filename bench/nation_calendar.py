"""What one agency owes and makes in any year: obligations, and when its placements come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from bench.titles import titles
from cchc.lib.text import order_key, search_text
from plans.periods import Period, PeriodKind, periods_of

TITLES = 997
# So many quotas of each kind; the channels are numbered along.
KINDS = {
    PeriodKind.MONTH: 6,
    PeriodKind.QUARTER: 5,
    PeriodKind.HALF: 3,
    PeriodKind.YEAR: 2,
}
_ANY_YEAR = 2025


@dataclass(slots=True)
class Calendar:
    """The obligations and the placements of one agency in any year, numbered."""

    slots: list[tuple[Any, ...]] = field(default_factory=list)
    places: list[tuple[Any, ...]] = field(default_factory=list)


def _calendar() -> Calendar:
    found = Calendar()
    drawn: list[tuple[int, int, int, int, str]] = []  # month, turn, channel, slot, period
    for channel, kind, period in _periods():
        slot = len(found.slots) + 1
        first, last = period.start.month, period.end.month
        code = period.code.removeprefix(str(_ANY_YEAR))
        found.slots.append((slot, channel, kind.value, code, first, last))
        middle = (first + last) // 2
        drawn += [(middle, 0, channel, slot, code), (last, 1, channel, slot, code)]
    articles: dict[tuple[object, ...], int] = {}
    for at, (month, turn, channel, slot, code) in enumerate(sorted(drawn)):
        # Two channels carry one article.
        article = articles.setdefault((code, turn, (channel + 1) // 2), len(articles) + 1)
        found.places.append((at, slot, turn, month, article))
    return found


def _periods() -> Iterator[tuple[int, PeriodKind, Period]]:
    channel = 0
    for kind, number in KINDS.items():
        for _ in range(number):
            channel += 1
            for period in periods_of(kind, _ANY_YEAR):
                yield channel, kind, period


def say_calendar(cursor: Any) -> None:
    """Make it known to the server, with the titles of articles."""
    calendar = _calendar()
    cursor.execute(
        "CREATE TEMP TABLE slot (slot int, channel int, per text, code text, first int, last int)"
    )
    cursor.execute("CREATE TEMP TABLE place (at int, slot int, turn int, month int, article int)")
    cursor.execute("CREATE TEMP TABLE said (at int, title text, folded text, sorted text)")
    _copy(cursor, "slot", calendar.slots)
    _copy(cursor, "place", calendar.places)
    said = enumerate(titles(TITLES))
    _copy(cursor, "said", ((at, t, search_text(t), order_key(t)) for at, t in said))
    cursor.execute(
        "CREATE FUNCTION pg_temp.mix(bigint, int) RETURNS int LANGUAGE sql IMMUTABLE"
        " AS 'SELECT (hashint8($1) & 1073741823) % $2'"
    )


def _copy(cursor: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    text = "\n".join("\t".join(map(str, row)) for row in rows)
    cursor.copy_expert(f"COPY {table} FROM STDIN", StringIO(text))
