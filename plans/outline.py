"""The numbering of the narrative: I., 1., a), -, and a pasted text read into its items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from cchc.lib.text import squeeze

# The letters of points as documents use them: no f, j, w, z (Nghị định 30/2020/NĐ-CP, Phụ lục I,
# names them "theo thứ tự bảng chữ cái tiếng Việt"; ă, â, ê, ô, ơ, ư are not used).
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LONGEST_HEADING = 300
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 50

# Outer to inner. What follows a mark without a space must be a word: "3.5" and "-2" are no marks.
_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<label>[A-HK-UĐ])\.\s+(?=[^a-zà-ỹđ]+$)",
        r"(?P<label>[IVX]+)\s*(?:[.)](?=\s|\w{2})|/(?=\s))\s*",
        r"(?P<label>\d{1,2}\)|\d{1,2}(?=\s*[./]))\s*(?:(?<=\))|\.(?=\s|[^\W\d]{2})|/(?=\s))\s*",
        r"(?P<label>\d{1,2}\.\d{1,2})[.)]?\s+",
        r"(?P<label>\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?\s+",
        r"(?P<label>[a-zđ]\)|[a-zđ](?=\.\s))\s*\.?\s*",
        r"(?P<label>[-‐‑‒–—−•·▪*\uf0b7])(?:\s+|(?=[^\W\d]))",
        r"(?P<label>\+)\s*",
    )
)
_ROMAN_LEVEL, _POINT_LEVEL, _DASH_LEVEL = 1, 5, 6
_ENDS = (".", ";", ":", "!", "?", "…")
_MARKDOWN = re.compile(r"^#+\s+|\*+(?=\S)|(?<=\S)\*+")
_CLOSING = re.compile(r"Trên đây là|Trong quá trình (?:triển khai |tổ chức )*thực hiện")
_END_OF_PLAN = "./."
_AFTER_PLAN = re.compile(r"Nơi nhận\s*:?$")


@dataclass(frozen=True)
class OutlineItem:
    """One item in the order of the text; ``depth`` 0 is the outermost, and never jumps.

    ``label`` is as plans store it: ``I``, ``1``, ``1.1``, ``a)``, ``-``, ``+``, and "" for a
    paragraph without a mark.
    """

    depth: int
    label: str
    heading: str
    text: str


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph with its mark; ``level`` is the place of the mark's kind, None without one."""

    level: int | None
    label: str
    words: str


def numbered(depths: Sequence[int]) -> list[str]:
    """The label of each item of a flat list, from its depth.

    Depth 0 to 3 gives ``I``, ``1``, ``a)``, ``-``, deeper ``+``; each parent counts anew. A depth
    that lies more than one below the item before is taken as one below it.
    """
    labels: list[str] = []
    counts: list[int] = []
    for asked in depths:
        depth = min(max(asked, 0), len(counts))
        del counts[depth + 1 :]
        counts.extend([0] * (depth + 1 - len(counts)))
        counts[depth] += 1
        labels.append(_WRITERS[min(depth, len(_WRITERS) - 1)](counts[depth]))
    return labels


def parse(text: str) -> list[OutlineItem]:
    """The items of a narrative pasted from Word, PDF or plain text; never raises.

    Lines broken in the middle of a sentence are joined. A line with a mark, no closing "." or
    ";" and something below it is a heading, at most 300 characters; "1. Mục đích: Nâng cao …"
    stays text. One unmarked paragraph below a heading is its text, several are items of their
    own. What follows the end of the plan ("./." or "Nơi nhận:") is left out.
    """
    paragraphs = _paragraphs(text)
    items: list[OutlineItem] = []
    levels: list[int] = []
    for at, paragraph in enumerate(paragraphs):
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        if paragraph.level is not None:
            while levels and levels[-1] >= paragraph.level:
                levels.pop()
            items.append(_marked(paragraph, following, len(levels)))
            levels.append(paragraph.level)
        elif items and _is_text_of(items[-1], paragraph, following):
            items[-1] = replace(items[-1], text=_joined(items[-1].text, paragraph.words, "\n"))
        else:
            items.append(OutlineItem(_depth_below(paragraph, levels), "", "", paragraph.words))
    return items


def _marked(paragraph: _Paragraph, following: _Paragraph | None, depth: int) -> OutlineItem:
    if _is_heading(paragraph, following):
        heading = paragraph.words.rstrip(": ")
        return OutlineItem(depth, paragraph.label, heading, "")
    return OutlineItem(depth, paragraph.label, "", paragraph.words)


def _is_heading(paragraph: _Paragraph, following: _Paragraph | None) -> bool:
    words, level = paragraph.words, paragraph.level
    if level is None or level >= _DASH_LEVEL or len(words) > _LONGEST_HEADING:
        return False
    if words.endswith((".", ";")) or ": " in words:
        return False
    if level <= _ROMAN_LEVEL:
        return True
    if following is None or (following.level is None and _CLOSING.match(following.words)):
        return False
    return following.level is None or following.level > level


def _is_text_of(item: OutlineItem, paragraph: _Paragraph, following: _Paragraph | None) -> bool:
    """Whether an unmarked paragraph goes on with the item above: a remark, or a heading's text."""
    if paragraph.words.startswith("("):
        return True
    is_alone = following is None or following.level is not None or _is_closing(following)
    is_heading_bare = bool(item.heading) and not item.text
    return is_heading_bare and is_alone and not _is_closing(paragraph)


def _is_closing(paragraph: _Paragraph) -> bool:
    return paragraph.level is None and bool(_CLOSING.match(paragraph.words))


def _depth_below(paragraph: _Paragraph, levels: Sequence[int]) -> int:
    """The depth of an unmarked paragraph: below the last item, beside a dash.

    The closing paragraph of a plan speaks for its last part, not for the last point there.
    """
    if _is_closing(paragraph):
        return min(len(levels), 1)
    below = [level for level in levels if level < _DASH_LEVEL]
    return len(below)


def _paragraphs(text: str) -> list[_Paragraph]:
    """The paragraphs of a narrative: its lines, where one breaks off joined to the next."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    found: list[_Paragraph] = []
    for at, line in enumerate(lines):
        mark = _mark_of(line)
        if found and _runs_on(lines[at - 1], mark, line, width, found[-1].level):
            found[-1] = replace(found[-1], words=_joined(found[-1].words, line))
        else:
            found.append(mark)
        if line.endswith(_END_OF_PLAN):
            ended = found[-1].words.removesuffix(_END_OF_PLAN) + "."
            found[-1] = replace(found[-1], words=ended)
            break
    return found


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        words = squeeze(_MARKDOWN.sub("", line.strip()))
        if _AFTER_PLAN.match(words):
            return
        if words:
            yield words


def _mark_of(line: str) -> _Paragraph:
    for level, pattern in enumerate(_MARKS):
        if (mark := pattern.match(line)) and mark.end() < len(line):
            label = "-" if level == _DASH_LEVEL else mark["label"]
            return _Paragraph(level, label, line[mark.end() :])
    return _Paragraph(None, "", line)


def _wrap_width(lines: Sequence[str]) -> int | None:
    """The length from which a line may have been broken; None when lines are paragraphs."""
    lengths = sorted(map(len, lines))
    if not lengths or lengths[-1] > _WIDEST_WRAP:
        return None
    usual = lengths[len(lengths) * 3 // 4]
    return usual * 7 // 8 if usual >= _NARROWEST_WRAP else None


def _runs_on(
    before: str, mark: _Paragraph, line: str, width: int | None, level: int | None
) -> bool:
    """Whether a line goes on with the one before it, which ended only because the page did.

    ``level`` is that of the paragraph so far: a point seldom has a second paragraph.
    """
    is_full = width is not None and len(before) + 1 + len(line.split()[0]) > width
    is_ended = before.endswith(_ENDS)
    is_lower = mark.words[0].islower() or mark.words[0].isdigit()
    if mark.level is not None:
        return is_full and is_lower and not is_ended
    if _is_upper(before):
        return _is_upper(line) and not is_ended
    if before.endswith(",") or _is_cut(before):
        return True
    if is_ended:
        return is_full and level is not None and level >= _POINT_LEVEL
    return is_full or is_lower


def _is_upper(line: str) -> bool:
    return line.isupper() and sum(char.isalpha() for char in line) > 2


def _joined(before: str, line: str, joint: str = " ") -> str:
    """Two pieces of one text; "QĐ-" and "UBND" are one word."""
    return before + (joint if before and not _is_cut(before) else "") + line


def _is_cut(line: str) -> bool:
    """Whether a line ends within a word: "QĐ-"."""
    return len(line) > 1 and line[-1] == "-" and line[-2].isalnum()


def _to_roman(number: int) -> str:
    text = ""
    for value, digits in _ROMAN:
        text += digits * (number // value)
        number %= value
    return text


def _to_letter(number: int) -> str:
    """``a)`` to ``y)``, then ``aa)``, ``bb)``."""
    rounds, place = divmod(number - 1, len(_LETTERS))
    return f"{_LETTERS[place] * (rounds + 1)})"


_WRITERS: tuple[Callable[[int], str], ...] = (
    _to_roman,
    str,
    _to_letter,
    lambda _: "-",
    lambda _: "+",
)
