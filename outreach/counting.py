"""Which obligations a placement counts for (REGULATIONS §3). Pure: plain values in and out.

A placement counts on the day of the moment that the quota names. It counts for an obligation
of its agency on its channel when that day lies in the obligation's window, and at most once
per quota.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cchc.lib.tables import display

APPROVED_PUBLISHED = "approved_published"
SENT = "sent"
HELD = "held"


@dataclass(frozen=True, slots=True)
class Placed:
    """A placement that was sent, as plain values; ``channel`` is the channel's name."""

    id: int
    agency_id: int
    channel_id: int
    channel: str
    held_on: date | None = None
    sent_on: date | None = None
    decided_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """An obligation as plain values.

    ``source`` is the quota (or the task) that it is one period of; ``period`` the label of
    that period, such as ``Quý I/2024``.
    """

    id: int
    source: tuple[str, int]
    agency_id: int
    channel_id: int | None
    counts_when: str
    period: str
    window_start: date
    window_end: date
    due_on: date
    waived: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """That a placement counts for an obligation, on which day, and why."""

    obligation_id: int
    counted_on: date
    why: str


def moment(
    counts_when: str,
    *,
    held_on: date | None,
    sent_on: date | None,
    decided_on: date | None,
    published_on: date | None,
) -> date | None:
    """The day on which a placement counts; None while that moment has not come.

    Approved and published is the later of both days, whichever the channel recorded first.
    """
    if counts_when == HELD:
        return held_on
    if counts_when == SENT:
        return sent_on
    if counts_when != APPROVED_PUBLISHED:
        raise ValueError(f"unknown moment {counts_when!r}")
    if decided_on is None or published_on is None:
        return None
    return max(decided_on, published_on)


def matches(placed: Placed, wanted: Wanted) -> date | None:
    """The day on which the placement counts for the obligation; None when it does not."""
    if wanted.waived or placed.sent_on is None:
        return None
    if (placed.agency_id, placed.channel_id) != (wanted.agency_id, wanted.channel_id):
        return None
    day = _moment(placed, wanted)
    if day is None or not wanted.window_start <= day <= wanted.window_end:
        return None
    return day


def _moment(placed: Placed, wanted: Wanted) -> date | None:
    return moment(
        wanted.counts_when,
        held_on=placed.held_on,
        sent_on=placed.sent_on,
        decided_on=placed.decided_on,
        published_on=placed.published_on,
    )


def counts(placed: Placed, candidates: Iterable[Wanted]) -> list[Count]:
    """Everything the placement counts for: of each quota the obligation that is due first."""
    taken: set[tuple[str, int]] = set()
    found: list[Count] = []
    for wanted in sorted(candidates, key=lambda w: (w.due_on, w.window_start, w.id)):
        day = matches(placed, wanted)
        if day is None or wanted.source in taken:
            continue
        taken.add(wanted.source)
        found.append(Count(wanted.id, day, why(placed, wanted, day)))
    return found


def why_not(placed: Placed, candidates: Iterable[Wanted]) -> str:
    """Why it counts for none of them: nothing owed, its moment to come, or outside the windows."""
    place = (placed.agency_id, placed.channel_id)
    owed = [w for w in candidates if (w.agency_id, w.channel_id) == place]
    if not owed:
        return f"cơ quan không có đầu việc nào trên {placed.channel}"
    dated = [(day, w) for w in owed if (day := _moment(placed, w)) is not None]
    if not dated:
        return _PENDING[owed[0].counts_when]
    day, nearest = min(dated, key=lambda found: (_distance(*found), found[1].id))
    period = f"{nearest.period} ({display(nearest.window_start)} – {display(nearest.window_end)})"
    fact = _fact(placed, nearest.counts_when, display(day))
    if day < nearest.window_start:
        return f"{fact}, sớm hơn kỳ gần nhất là {period}"
    if day > nearest.window_end:
        return f"{fact}, muộn hơn kỳ gần nhất là {period}"
    return f"đầu việc của kỳ {period} đã được miễn"


_PENDING = {
    APPROVED_PUBLISHED: "chờ kênh duyệt và đăng",
    SENT: "chưa gửi đến kênh",
    HELD: "chưa ghi ngày thực hiện",
}


def _distance(day: date, wanted: Wanted) -> int:
    """How many days from the window; 0 inside."""
    before, after = (wanted.window_start - day).days, (day - wanted.window_end).days
    return max(before, after, 0)


def why(placed: Placed, wanted: Wanted, day: date) -> str:
    """One sentence: the moment, the channel, the period that it falls in, and the due date."""
    fact = _fact(placed, wanted.counts_when, display(day))
    due = display(wanted.due_on)
    if day > wanted.due_on:
        return f"{fact}, sau hạn {due} nhưng còn trong kỳ {wanted.period}"
    nearness = "đúng ngày hạn" if day == wanted.due_on else "trước hạn"
    return f"{fact}, trong kỳ {wanted.period}, {nearness} {due}"


def _fact(placed: Placed, counts_when: str, day: str) -> str:
    if counts_when == HELD:
        return f"Thực hiện ngày {day}, ghi nhận trên {placed.channel}"
    if counts_when == SENT:
        return f"Gửi ngày {day} đến {placed.channel}"
    published = f"Đăng ngày {display(placed.published_on)} trên {placed.channel}"
    # A page may carry an article before its approval was recorded: both days are then told.
    return published if day == display(placed.published_on) else f"{published}, duyệt ngày {day}"
