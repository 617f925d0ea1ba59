"""Which lines below the heading are results, and which are groups, sums or signatures. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from cchc.lib.cells import Line
from cchc.lib.text import squeeze
from outreach.results_sheet.columns import pk_of
from outreach.results_sheet.facts import Field
from outreach.results_sheet.headings import Heading
from plans.annex_sheet.edges import closes, is_total, numbers_columns
from plans.annex_sheet.wording import text_of

EXAMPLE = "Ví dụ"
_SAYS = (
    *(Field.KIND, Field.CHANNEL, Field.HELD, Field.SENT),
    *(Field.DECIDED, Field.PUBLISHED, Field.URL, Field.UNIT),
)
_MOST_CLOSING = 60


def rows_of(
    lines: Sequence[Line],
    heading: Heading,
    is_understood: Callable[[Line], bool],
    skipped: Callable[[Line, str], None],
) -> Iterator[Line]:
    """The lines that say a result; ``is_understood`` tells those with a kind, channel or day.

    Groups, sums and signatures are told to ``skipped``, numbers of columns to nobody.
    """
    code_at = heading.places.get(Field.CODE, -1)
    end = _end(lines, heading, is_understood)
    for at, line in enumerate(lines):
        own = _own(line)
        if not own or own.get(code_at) == EXAMPLE or numbers_columns(own):
            continue
        if at < end and _is_result(line, own, heading, is_understood):
            if not _repeats(own, heading):
                yield line
        else:
            skipped(line, squeeze(" ".join(own.values()))[:120])


def _own(line: Line) -> dict[int, str]:
    """The texts of its cells, each merged cell once."""
    return {
        at: text
        for at, value in enumerate(line.values)
        if value is not None and at not in line.beside and (text := text_of(value))
    }


def _is_result(
    line: Line, own: Mapping[int, str], heading: Heading, is_understood: Callable[[Line], bool]
) -> bool:
    if _has_code(own, heading):
        return True
    title_at = heading.places.get(Field.TITLE, -1)
    if len(own) == 1 and (bool(line.beside) or title_at not in own):
        return False
    if is_understood(line):
        return True
    if title_at not in own or is_total(dict([next(iter(own.items()))])):
        return False
    return any(heading.places.get(one) in own for one in _SAYS)


def _has_code(own: Mapping[int, str], heading: Heading) -> bool:
    return pk_of(own.get(heading.places.get(Field.CODE, -1), "")) is not None


def _end(lines: Sequence[Line], heading: Heading, is_understood: Callable[[Line], bool]) -> int:
    """Where the signatures begin: below them no line has a title and says anything of it."""
    title_at, end = heading.places.get(Field.TITLE, -1), len(lines)
    for at in range(len(lines) - 1, max(len(lines) - _MOST_CLOSING, 0) - 1, -1):
        own = _own(lines[at])
        title = own.get(title_at, "")
        if _has_code(own, heading) or (title and not closes(title) and is_understood(lines[at])):
            break
        if any(map(closes, own.values())):
            end = at
    return end


def _repeats(own: Mapping[int, str], heading: Heading) -> bool:
    """Whether the line is the heading again, as on a further page."""
    at = heading.places.get(Field.CHANNEL, heading.places.get(Field.KIND, -1))
    return squeeze(own.get(at, "")).casefold() in heading.words
