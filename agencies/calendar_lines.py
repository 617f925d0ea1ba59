"""What is pasted as days off: lines "12/02/2024 Nghỉ Tết" or "08/02/2024 - 14/02/2024 Nghỉ Tết".

Pure: the days are read and their faults are sentences; nothing is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MOST_NOTE = 160
_MOST_DAYS = 31
_YEARS = range(2000, 2101)
_DAY = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})"
_MARKS = r"[\s:;,.–—-]"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:-|–|—|đến)\s*{_DAY})?(?:{_MARKS}+(.*))?")
_SHAPE = "hãy ghi “dd/mm/yyyy nội dung”, ví dụ “12/02/2024 Nghỉ Tết Nguyên đán”"


@dataclass(frozen=True, slots=True)
class Line:
    """The days of one line, and what is said of them."""

    first: date
    last: date
    note: str

    @property
    def days(self) -> Iterator[date]:
        """Every day, both ends included."""
        return (self.first + timedelta(n) for n in range((self.last - self.first).days + 1))

    @property
    def is_range(self) -> bool:
        """Whether it names more than one day."""
        return self.first != self.last


class LineError(ValueError):
    """A line that cannot be read; its text is a Vietnamese sentence."""


def read(text: str) -> tuple[list[Line], list[str]]:
    """The lines that are right, and a sentence for each that is not."""
    lines: list[Line] = []
    faults: list[str] = []
    for number, said in enumerate(text.splitlines(), 1):
        if not said.strip():
            continue
        try:
            lines.append(_line(said.strip()))
        except LineError as error:
            faults.append(f"Dòng {number}: {error}")
    return lines, faults


def _line(said: str) -> Line:
    match = _LINE.fullmatch(said)
    if match is None:
        raise LineError(f"không đọc được “{said[:60]}”; {_SHAPE}.")
    first = _day(match[1], match[2], match[3])
    last = _day(match[4], match[5], match[6]) if match[4] else first
    note = (match[7] or "").strip()
    if last < first:
        raise LineError(f"ngày {last:%d/%m/%Y} đứng trước ngày {first:%d/%m/%Y}.")
    if (last - first).days >= _MOST_DAYS:
        raise LineError(f"mỗi dòng ghi tối đa {_MOST_DAYS} ngày; hãy kiểm tra lại ngày cuối.")
    if not note:
        raise LineError(f"thiếu nội dung; {_SHAPE}.")
    if len(note) > MOST_NOTE:
        raise LineError(f"nội dung dài {len(note)} ký tự, tối đa {MOST_NOTE}.")
    return Line(first, last, note)


def _day(day: str, month: str, year: str) -> date:
    if int(year) not in _YEARS:
        raise LineError(f"năm {year} nằm ngoài {_YEARS[0]}–{_YEARS[-1]}.")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise LineError(f"không có ngày {day}/{month}/{year}.") from None
