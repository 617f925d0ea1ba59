"""The time cell of a plan: free text in, what it means and when it falls due out.

The cell is read by a small grammar (``dates``, ``rhythms``, ``phrases``)
that must understand every word of it. What is not understood in full is ``vague`` and owes
nothing until a person says what is meant: asking is better than inventing a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import pairwise, product, takewhile

from cchc.lib.text import nfc
from plans.periods import DateSpan, PeriodKind
from plans.timing.actions import (
    names_report,
    opens_anew,
    take_named,
    take_opening,
    take_purpose,
    take_remark,
    turns_at,
)
from plans.timing.cycles import Cycle, cycle
from plans.timing.dates import Due, Item, placed, times
from plans.timing.moments import ImpossibleTime, UnclearTime, checked_year
from plans.timing.phrases import TimingKind, dateless, vagueness
from plans.timing.rhythms import Rhythm, rhythm
from plans.timing.words import Cursor, Token, split_at, tokens_of, unwrapped, whole

__all__ = ["Occurrence", "Timing", "TimingKind", "parse_timing"]

_BULLET = re.compile(r"^\s*[-+•*‐‑‒–—−](?:\s+|(?=\S))", re.MULTILINE)
_WITHOUT_DATE = {
    TimingKind.ONGOING: "không có hạn (thường xuyên)",
    TimingKind.EVENT: "chưa có hạn: chờ sự kiện",
    TimingKind.EXTERNAL_RULE: "chưa có hạn: theo quy định ở văn bản khác",
    TimingKind.ON_REQUEST: "chưa có hạn: theo yêu cầu",
    TimingKind.CONDITIONAL: "chỉ thực hiện nếu có",
    TimingKind.RELATIVE: "chưa có hạn: tính từ một thời điểm khác",
    TimingKind.EMPTY: "chưa ghi thời gian",
}
_CYCLE_NAMES = {
    PeriodKind.WEEK: "tuần",
    PeriodKind.MONTH: "tháng",
    PeriodKind.QUARTER: "quý",
    PeriodKind.HALF: "6 tháng",
    PeriodKind.NINE_MONTHS: "9 tháng",
    PeriodKind.YEAR: "năm",
}
_OPEN_ENDED = (
    TimingKind.EVENT,
    TimingKind.EXTERNAL_RULE,
    TimingKind.ON_REQUEST,
    TimingKind.RELATIVE,
)
_SETTLED = (
    TimingKind.PLACEHOLDER,
    TimingKind.CONDITIONAL,
    TimingKind.RELATIVE,
    TimingKind.ONGOING,
)
_PERIODS = ("tháng", "quý", "năm")
_MOST_WORDS = 200
_TOO_LONG = "Ô thời gian quá dài để đọc: hãy chỉ ghi thời gian, mỗi mốc một dòng gạch đầu dòng."
_BLANK_PROBLEM = "Còn chỗ để trống: hãy điền đủ ngày, tháng, năm."


@dataclass(frozen=True)
class Occurrence:
    """One time at which work is due; a window also has a first day."""

    start: date | None
    due_on: date | None


@dataclass(frozen=True)
class Timing:
    """What a time cell means.

    ``literal`` is the cell in NFC with its line breaks; ``reading`` says in Vietnamese how it
    was understood; ``problem`` is a sentence for a cell that was not, else "". ``parts`` are the
    times of a ``multi`` cell in order. ``cycles`` are the report periods of a ``report_cycle``.
    ``is_conditional`` marks "(nếu có)": the times stand, but count only once activated.
    """

    kind: TimingKind
    literal: str
    year: int
    reading: str = ""
    problem: str = ""
    parts: tuple[Timing, ...] = ()
    cycles: tuple[PeriodKind, ...] = ()
    is_conditional: bool = False
    dues: tuple[Occurrence, ...] = field(default=(), repr=False)

    def occurrences(self, start: date, end: date) -> list[Occurrence]:
        """The times owed from ``start`` to ``end``, in the order written.

        A cell speaks for the year of its plan: a repeated time falls once in each period of that
        year. A deadline is listed when its day is asked for, a window when it shares a day with
        the span asked for. What lies outside the plan's year ("Tháng 12/2023" in a plan for 2024,
        a December report due on 05/01/2025) is still owed by the plan, so it also counts as
        standing on the nearest day of that year: whoever asks for the year gets all of it.
        """
        asked = DateSpan(start, end)
        own = [due for due in self.dues if self._stretched(due).overlaps(asked)]
        return own + [due for part in self.parts for due in part.occurrences(start, end)]

    def _stretched(self, due: Occurrence) -> DateSpan:
        """The days of a due time, drawn out to the nearest day of the plan's year."""
        last = due.due_on or date(self.year, 12, 31)
        first = due.start or last
        return DateSpan(
            min(first, date(self.year, 12, 31)),
            max(last, date(self.year, 1, 1)),
        )


def parse_timing(text: str, year: int) -> Timing:
    """What a time cell means in the plan of a year; never raises for any text."""
    literal = nfc(text).replace("\r\n", "\n")
    lines = _bulleted(literal)
    if len(lines) == 1:
        return _Reader(literal, year).read(lines[0])
    parts = tuple(_Reader(line, year).read(line) for line in lines)
    if not parts:
        return _Reader(literal, year).plain(TimingKind.EMPTY)
    return _Reader(literal, year).several(parts)


def _bulleted(literal: str) -> list[str]:
    """The items of a cell: it is split only at dashes and bullets that begin a line."""
    bullets = list(_BULLET.finditer(literal))
    heading = literal[: bullets[0].start()] if bullets else literal
    ends = [bullet.start() for bullet in bullets[1:]] + [len(literal)]
    items = [literal[b.end() : end] for b, end in zip(bullets, ends, strict=False)]
    if not bullets or not heading.rstrip().endswith(":"):
        items.insert(0, heading)
    return [item.strip() for item in items if item.strip(" \t\n\r.;,-–—")]


class _Reader:
    """Turns one cell, or one line of it, into a ``Timing`` with that literal text."""

    def __init__(self, literal: str, year: int) -> None:
        self.literal = literal
        self.year = year

    def read(self, text: str) -> Timing:
        """What a text without bullets means."""
        tokens = unwrapped(tokens_of(text))
        if not tokens:
            return self.plain(TimingKind.EMPTY)
        if len(tokens) > _MOST_WORDS:
            return self.unread(TimingKind.VAGUE, _TOO_LONG)
        try:
            checked_year(self.year)
            return self.understood(tokens) or self.unread(TimingKind.VAGUE, vagueness(tokens))
        except ImpossibleTime as fault:
            return self.unread(TimingKind.INVALID, str(fault))
        except UnclearTime as fault:
            return self.unread(TimingKind.VAGUE, str(fault))

    def understood(self, tokens: tuple[Token, ...]) -> Timing | None:
        """The meaning of tokens that are understood in full, as one time or as several."""
        kind = dateless(tokens, self.year)
        if kind in _SETTLED:
            return self.plain(kind)
        phrase = self.phrase(tokens)
        if phrase is not None:
            return phrase
        pieces = self.pieces(tokens)
        if pieces is not None:
            return pieces
        return None if kind is None else self.plain(kind)

    def phrase(self, tokens: tuple[Token, ...]) -> Timing | None:
        """The meaning of one dated phrase: report cycles, times or a rhythm."""
        readings = (_cycle_of_report, times, _cycle, rhythm)[not _is_report(tokens) :]
        doubt: UnclearTime | None = None
        for opening, reading in product((take_opening, take_named), readings):
            framed = partial(_framed, opening=opening, reading=reading)
            try:
                found = whole(tokens, self.year, framed)
                if found is not None:
                    return self.dated(*found)
            except UnclearTime as fault:
                doubt = doubt or fault
        if doubt is not None:
            raise doubt
        return None

    def pieces(self, tokens: tuple[Token, ...]) -> Timing | None:
        """Several times joined by ";", "," or "và", when each one is understood in full."""
        for marks in ((";",), (), ("và",), (",", ";"), (",", ";", "và")):
            split = split_at(tokens, marks) if marks else _turns(tokens)
            if len(split) < 2:
                continue
            read = map(self.understood, split)
            known = tuple(part for part in takewhile(bool, read) if part is not None)
            if len(known) == len(split) and not _runs_on(known, split, marks):
                return self.joined(known, split, marks)
        return None

    def joined(
        self, parts: tuple[Timing, ...], split: list[tuple[Token, ...]], marks: tuple[str, ...]
    ) -> Timing:
        """Understood pieces as one time. Raises ``UnclearTime`` when one may narrow another."""
        kinds = {part.kind for part in parts}
        if len(kinds) == 1 and kinds <= set(_WITHOUT_DATE):
            return self.plain(kinds.pop())
        repeats = kinds & {TimingKind.RECURRING, TimingKind.REPORT_CYCLE}
        shapes = {
            part.dues[0].start is None for part in parts if part.kind in repeats and part.dues
        }
        limits = [
            part.kind is TimingKind.WINDOW or not names_report(tokens)
            for part, tokens in zip(parts, split, strict=True)
            if part.kind in (TimingKind.WINDOW, TimingKind.DEADLINE)
        ]
        if repeats and marks != (";",) and (any(limits) or len(shapes) > 1):
            raise UnclearTime(
                "Chưa rõ việc định kỳ này có giới hạn trong mốc thời gian đi kèm hay không: "
                "hãy tách từng dòng."
            )
        return self.narrowed(parts) or self.several(parts)

    def narrowed(self, parts: tuple[Timing, ...]) -> Timing | None:
        """One window that ends at its deadline: "trong quý I, hoàn thành trước 25/3"."""
        if [part.kind for part in parts] != [TimingKind.WINDOW, TimingKind.DEADLINE]:
            return None
        (window,), (deadline,) = parts[0].dues, parts[1].dues
        if not (window.start and window.due_on and deadline.due_on):
            return None
        if not window.start <= deadline.due_on <= window.due_on:
            return None
        due = Due(window.start, deadline.due_on)
        is_conditional = any(part.is_conditional for part in parts)
        return self._timing(TimingKind.WINDOW, _reading_of(due), (due,), is_conditional)

    def dated(self, found: Sequence[Item] | Rhythm | Cycle, is_conditional: bool) -> Timing:
        """The timing of a dated phrase, placed on the calendar."""
        if isinstance(found, Cycle):
            names = ", ".join(_CYCLE_NAMES[kind] for kind in found.kinds)
            reading = f"kỳ báo cáo: {names}" if names else "báo cáo định kỳ, chưa nêu kỳ"
            return self._timing(TimingKind.REPORT_CYCLE, reading, (), is_conditional, found.kinds)
        if isinstance(found, Rhythm):
            dues = found.dues(self.year)
            if not dues:
                return self.plain(TimingKind.ONGOING)
            reading = f"{found.name}, {len(dues)} kỳ"
            return self._timing(TimingKind.RECURRING, reading, dues, is_conditional)
        dues = placed(found, self.year)
        singles = tuple(
            self._timing(_kind_of(due), _reading_of(due), (due,), is_conditional) for due in dues
        )
        return singles[0] if len(singles) == 1 else self.several(singles)

    def several(self, parts: tuple[Timing, ...]) -> Timing:
        """A cell of several times in order."""
        flat = tuple(leaf for part in parts for leaf in (part.parts or (part,)))
        return Timing(
            kind=TimingKind.MULTI,
            literal=self.literal,
            year=self.year,
            reading="; ".join(part.reading for part in flat),
            problem=" ".join(dict.fromkeys(part.problem for part in flat if part.problem)),
            parts=flat,
            is_conditional=any(part.is_conditional for part in flat),
        )

    def plain(self, kind: TimingKind) -> Timing:
        """A time without dates."""
        if kind is TimingKind.PLACEHOLDER:
            return self.unread(kind, _BLANK_PROBLEM)
        is_conditional = kind is TimingKind.CONDITIONAL
        return self._timing(kind, _WITHOUT_DATE[kind], (), is_conditional)

    def unread(self, kind: TimingKind, problem: str) -> Timing:
        """A time that a person must put right."""
        reading = "chưa xác định được thời gian"
        return Timing(kind, self.literal, self.year, reading=reading, problem=problem)

    def _timing(
        self,
        kind: TimingKind,
        reading: str,
        dues: Iterable[Due],
        is_conditional: bool,
        cycles: tuple[PeriodKind, ...] = (),
    ) -> Timing:
        return Timing(
            kind=kind,
            literal=self.literal,
            year=self.year,
            reading=reading,
            cycles=cycles,
            is_conditional=is_conditional,
            dues=tuple(Occurrence(due.start, due.due_on) for due in dues),
        )


def _framed(
    cursor: Cursor, opening: _Opening, reading: _Reading
) -> tuple[tuple[Item, ...] | Rhythm | Cycle, bool] | None:
    """Read a phrase with the wording around it; also whether it says "(nếu có)"."""
    closing = opening(cursor)
    found = None if closing is None else reading(cursor)
    if found is None or (closing and not cursor.take(closing)):
        return None
    is_conditional = False
    while not cursor.is_done:
        if cursor.take("( nếu có )", "nếu có", ", nếu có"):
            is_conditional = True
        elif not (take_remark(cursor) or take_purpose(cursor)):
            break
    return found, is_conditional


def _cycle_of_report(cursor: Cursor) -> Cycle | None:
    return cycle(cursor, is_report=True)


def _cycle(cursor: Cursor) -> Cycle | None:
    return cycle(cursor, is_report=False)


_Opening = Callable[[Cursor], str | None]
_Reading = Callable[[Cursor], tuple[Item, ...] | Rhythm | Cycle | None]


def _is_report(tokens: tuple[Token, ...]) -> bool:
    """Whether a phrase names the report of a period: "báo cáo quý I", not "Báo cáo: quý I"."""
    words = [token.text for token in tokens[:3]]
    return words[:2] == ["báo", "cáo"] and words[2:] != [":"]


def _runs_on(
    parts: tuple[Timing, ...], split: list[tuple[Token, ...]], marks: tuple[str, ...]
) -> bool:
    """Whether a date belongs to the event or document before it.

    "Theo Quyết định số 12, ngày 12/3/2025" and "sau khi có báo cáo quý I và quý II" say no time
    of their own; "theo quy định, hoàn thành trước 30/6" does.
    """
    for before, after, words, following in zip(parts, parts[1:], split, split[1:], strict=False):
        is_open = before.kind in _OPEN_ENDED and bool(after.dues or after.parts)
        is_list = any(token.value is not None or token.text in _PERIODS for token in words)
        is_day = after.kind is TimingKind.DEADLINE and marks != (";",)
        if is_open and (is_list or is_day) and not opens_anew(following):
            return True
    return False


def _turns(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The runs of tokens that "lần 1", "đợt 2" … begin, when the first one opens the cell."""
    places = turns_at(tokens)
    if not places or places[0] != 0:
        return []
    runs = [tokens[start:end] for start, end in pairwise([*places, len(tokens)])]
    return [run[:-1] if run[-1].text in (".", ",", ";", "và") else run for run in runs]


def _kind_of(due: Due) -> TimingKind:
    return TimingKind.DEADLINE if due.start is None else TimingKind.WINDOW


def _reading_of(due: Due) -> str:
    if due.start is None:
        return f"hạn {due.due_on:%d/%m/%Y}"
    return f"từ {due.start:%d/%m/%Y} đến {due.due_on:%d/%m/%Y}"
