"""From lines to entries: what each line of the sheet is, and which lines belong together.

A line is a task, a group heading, the continuation of the task above (a cell that a page break
cut in two), or nothing: a heading said again, the numbers of the columns, the number of a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cchc.lib.cells import Grid, Line, Value, column_letter
from cchc.lib.text import fold
from plans.annex_sheet.edges import closing, is_numbered, is_total, numbers_columns, turned_day
from plans.annex_sheet.facts import Fault
from plans.annex_sheet.headings import Field, Heading
from plans.annex_sheet.wording import (
    BULLET,
    Mark,
    Remembered,
    cleaned,
    code_of,
    leading_mark,
    mark_of,
    text_of,
    unwrapped,
)

_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.I)
EXAMPLE = "Ví dụ"
_DITTO = re.compile(
    r"[-–(]?\s*n[/.]?t\.?\s*[-–)]?|như (?:trên|dòng trên)|[-–]?[\"“”〃]{1,2}[-–]?|//|''", re.I
)
_LONGEST_DITTO = len("như dòng trên")
_BROKEN = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|CHƯA TÍNH!)")
_DETAILS = (Field.LEAD, Field.COORDINATING, Field.TIME, Field.PRODUCTS)


@dataclass(slots=True)
class Entry:
    """One task as collected: its number, the group it stands in and its cells as written."""

    row: int
    area: str
    code: str
    cells: dict[Field, str]


@dataclass(slots=True)
class _Seen:
    """A line with what it says of its own, apart from what merged cells repeat."""

    row: int
    mark: Mark | None
    title: str
    said: dict[Field, str]
    own: dict[Field, str]
    is_across: bool
    alone: str


@dataclass(slots=True)
class Collector:
    """Reads the lines below one heading; entries, faults and notices add up over several."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    area: str = ""
    groups: dict[str, str] = field(default_factory=dict)
    base: str = ""
    unnumbered: int = 0
    codes: set[tuple[str, str]] = field(default_factory=set)
    texts: Remembered[str, str] = field(default_factory=lambda: Remembered(cleaned))
    titles: Remembered[str, tuple[Mark | None, str]] = field(
        default_factory=lambda: Remembered(leading_mark)
    )
    folded: Remembered[str, str] = field(default_factory=lambda: Remembered(fold))
    numbers: Remembered[Value, tuple[str, Mark | None]] = field(
        default_factory=lambda: Remembered(_number)
    )
    heading: Heading = field(init=False)
    shared: dict[Field, str] = field(default_factory=dict)
    empty: tuple[str, int, str] | None = None

    def collect(self, grid: Grid, heading: Heading) -> None:
        """Everything below the heading."""
        self.heading = heading
        lines = grid.lines[heading.first + heading.height :]
        seen = [one for line in self._table(lines) if (one := self._seen(line)) is not None]
        is_numbered = any(one.mark and one.mark.kind == "number" for one in seen)
        for at, one in enumerate(seen):
            self._take(one, is_numbered, seen[at + 1] if at + 1 < len(seen) else None)
        self._tell_empty()

    def _table(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines without the signature, and without what follows an empty line below the last
        that has a number or a time.
        """
        end = self._closed(lines)
        for at in range(end - 1, -1, -1):
            if self._is_of_table(lines[at]):
                break
            if not any(map(text_of, lines[at].values)):
                self._leave_out(lines[at:end], "Bỏ qua dòng này vì đứng sau bảng.")
                end = at
        return lines[:end]

    def _closed(self, lines: Sequence[Line]) -> int:
        places = self.heading.places
        end = closing(lines, places.get(Field.CODE, places[Field.TITLE]))
        self._leave_out(lines[end:], "Bỏ qua dòng này vì đứng sau bảng.")
        return end

    def _leave_out(self, lines: Sequence[Line], problem: str) -> None:
        for line in lines:
            value = " ".join(self._visible(line).values())
            if value:
                self._notice(line.number, "", value, problem)

    def _is_of_table(self, line: Line) -> bool:
        places = self.heading.places
        time = places.get(Field.TIME)
        has_time = time is not None and bool(text_of(line.values[time]))
        return has_time or is_numbered(line, places.get(Field.CODE, places[Field.TITLE]))

    def column(self, name: Field) -> str:
        """The letter of a field's column."""
        place = self.heading.places.get(name)
        return "" if place is None else column_letter(place)

    def _seen(self, line: Line) -> _Seen | None:
        """What a line says; None when it says nothing that belongs to the annex."""
        visible = self._visible(line)
        above = line.above
        own = {at: text for at, text in visible.items() if at not in above} if above else visible
        if (
            not own
            or self._is_example(own)
            or self.heading.repeats(own, self.folded)
            or numbers_columns(own)
        ):
            return None
        if len(own) == 1 and _PAGE_NUMBER.fullmatch(next(iter(own.values()))):
            value = next(iter(own.values()))
            self._notice(line.number, "", value, "Bỏ qua dòng chỉ có một con số (số trang).")
            return None
        places = self.heading.places
        said = {name: visible.get(at, "") for name, at in places.items()}
        of_own = {name: own.get(at, "") for name, at in places.items()} if above else dict(said)
        self._look_for_errors(line.number, said)
        is_across = len(line.beside) >= max(len(places) - 2, 1)
        mark, title = self._numbered(line, said, of_own)
        if mark is None and is_total(own):
            value = " ".join(own.values())
            self._notice(line.number, "", value, "Bỏ qua dòng cộng, tổng số.")
            return None
        self._look_for_days(line)
        alone = next(iter(own.values())) if len(own) == 1 or is_across else ""
        return _Seen(line.number, mark, title, said, of_own, is_across, alone)

    def _is_example(self, own: Mapping[int, str]) -> bool:
        """Whether this is the row that the template shows how to fill in."""
        return own.get(self.heading.places.get(Field.CODE, -1)) == EXAMPLE

    def _visible(self, line: Line) -> dict[int, str]:
        """The texts of a line by column, without those that only repeat the cell beside."""
        texts = self.texts
        visible = {
            at: text
            for at, value in enumerate(line.values)
            if value is not None
            and (text := texts[value] if isinstance(value, str) else text_of(value))
        }
        for at in line.beside:
            visible.pop(at, None)
        return visible

    def _numbered(
        self, line: Line, said: dict[Field, str], own: dict[Field, str]
    ) -> tuple[Mark | None, str]:
        """The number of the line and its text without it."""
        title = own.get(Field.TITLE, "")
        if not own.get(Field.CODE):
            return self.titles[title]
        code, mark = self.numbers[line.values[self.heading.places[Field.CODE]]]
        if mark is not None:
            inner, rest = self.titles[title]
            return mark, rest if inner == mark else title
        if not title:
            said[Field.TITLE] = own[Field.TITLE] = own[Field.CODE]
            return leading_mark(own[Field.CODE])
        if code not in ("-", "–", "+", "•", "*"):
            self._unreadable_number(line.number, code)
        return self.titles[title]

    def _unreadable_number(self, row: int, code: str) -> None:
        is_date = code.count("/") == 2
        problem = (
            "Excel đã đổi số thứ tự thành ngày." if is_date else "Không đọc được số thứ tự này."
        )
        self._fault(row, Field.CODE, code, problem, "1, 2.1, 4.1.2, a, I; định dạng ô là chữ")

    def _look_for_days(self, line: Line) -> None:
        place = self.heading.places.get(Field.TIME)
        problem = "" if place is None or place in line.above else turned_day(line.values[place])
        if problem:
            self.notices.append(
                Fault(
                    line.number,
                    self.column(Field.TIME),
                    text_of(line.values[place or 0]),
                    problem,
                    "như “Tháng 3/2024”, “trước ngày 20/3/2024”; định dạng ô là chữ",
                )
            )

    def _look_for_errors(self, row: int, said: dict[Field, str]) -> None:
        for name, text in said.items():
            if text.startswith("#") and _BROKEN.fullmatch(text):
                self._fault(row, name, text, "Ô là công thức bị lỗi.", "chữ hoặc số")

    def _take(self, one: _Seen, is_numbered: bool, following: _Seen | None) -> None:
        if self._is_group(one, following):
            self._open_group(one)
        elif self._is_continued(one, is_numbered):
            self._append(one)
        else:
            self._open_entry(one, is_numbered)

    def _is_group(self, one: _Seen, following: _Seen | None) -> bool:
        if not one.is_across and any(map(one.own.get, _DETAILS)):
            return _is_shared(one, following)
        if one.mark is not None and one.mark.kind in ("roman", "capital"):
            return True
        if one.mark is not None and one.mark.kind == "number":
            restarts = following is not None and following.mark == Mark("number", "1")
            return restarts and "." not in one.mark.text
        if one.mark is None and Field.AREA in one.own and one.own[Field.AREA]:
            return not one.title
        return one.mark is None and one.is_across

    def _open_group(self, one: _Seen) -> None:
        self._share(one)
        text = one.own.get(Field.AREA) or one.title or one.alone
        _, name = leading_mark(unwrapped(text).replace("\n", " "))
        kind = one.mark.kind if one.mark else "plain"
        upper = self.groups.get("capital", "") if kind == "roman" else ""
        self.groups = {kind: name} | ({"capital": upper} if upper else {})
        self._enter_area(f"{upper} – {name}" if upper else name)
        if self.empty and self.empty[0] == kind:
            self._tell_empty()
        self.empty = (kind, one.row, name)

    def _tell_empty(self) -> None:
        """A group without a task leaves no trace in the plan."""
        if self.empty is not None:
            _, row, name = self.empty
            column = self.column(Field.AREA) or self.column(Field.TITLE)
            self._notice(row, column, name, "Nhóm này không có nhiệm vụ nào.")
        self.empty = None

    def _share(self, one: _Seen) -> None:
        """What a group row says holds for those of its tasks that do not say it."""
        own = {} if one.is_across else {name: one.own.get(name, "") for name in _DETAILS}
        self.shared = {name: text for name, text in own.items() if text}
        for name, text in self.shared.items():
            said = "Điều ghi ở dòng nhóm được dùng cho các nhiệm vụ trong nhóm không ghi riêng."
            self._notice(one.row, self.column(name), text, said)

    def _enter_area(self, area: str) -> None:
        if area != self.area:
            self.area, self.base, self.unnumbered = area, "", 0

    def _is_continued(self, one: _Seen, is_numbered: bool) -> bool:
        """Whether the line goes on with the entry above instead of beginning its own."""
        if one.mark is not None:
            return False
        title = one.title
        if not title or not self.entries:
            return not title
        if title[0].islower():
            return not all(_begins(one.own.get(name)) for name in (Field.LEAD, Field.TIME))
        has_place = bool(one.own.get(Field.LEAD) or one.own.get(Field.TIME))
        has_merged = bool(one.said.get(Field.LEAD) or one.said.get(Field.TIME))
        if is_numbered:
            return not has_place
        return bool(BULLET.match(title)) and not has_merged

    def _append(self, one: _Seen) -> None:
        if not self.entries:
            text = one.title or one.alone or next(filter(None, one.own.values()), "")
            self._fault(
                one.row, Field.TITLE, text, "Dòng không có nội dung nhiệm vụ.", "tên nhiệm vụ"
            )
            return
        cells = self.entries[-1].cells
        is_shared = bool(one.said.get(Field.TITLE)) and not one.title
        is_item = bool(BULLET.match(one.title))
        if one.title[:1].isupper():
            said = f"Dòng này được nối vào nhiệm vụ ở dòng {self.entries[-1].row}."
            self._notice(one.row, self.column(Field.TITLE), one.title, said)
        for name, text in one.own.items():
            before = cells.get(name, "")
            if text and before and (is_shared or (is_item and name is Field.PRODUCTS)):
                cells[name] = f"{_dashed(before)}\n{_dashed(text)}"
            elif text and name is not Field.CODE:
                cells[name] = f"{before}\n{text}".strip()

    def _open_entry(self, one: _Seen, is_numbered: bool) -> None:
        area = one.said.get(Field.AREA, "")
        if area:
            self._enter_area(unwrapped(area).replace("\n", " "))
        cells = {**one.said, Field.TITLE: one.title}
        self._look_above(one.row, cells)
        if self.shared:
            cells |= {name: cells.get(name) or text for name, text in self.shared.items()}
        if cells.get(Field.END):
            cells[Field.TIME] = _from_to(cells.get(Field.TIME, ""), cells[Field.END])
        self.empty = None
        self.entries.append(Entry(one.row, self.area, self._code(one.mark, is_numbered), cells))

    def _look_above(self, row: int, cells: dict[Field, str]) -> None:
        """ "-nt-" is what stands in the cell above."""
        for name in _DETAILS:
            text = cells.get(name, "")
            if not text or len(text) > _LONGEST_DITTO or not _DITTO.fullmatch(text):
                continue
            above = self.entries[-1].cells.get(name, "") if self.entries else ""
            cells[name] = above
            if above:
                said = f"Ô này được hiểu là như ô bên trên: “{above}”."
                self._notice(row, self.column(name), text, said)
            else:
                problem = "Ô ghi như ô bên trên, mà bên trên không có gì."
                self._fault(row, name, text, problem, "ghi đủ nội dung")

    def _code(self, mark: Mark | None, is_numbered: bool) -> str:
        """The whole number of a row: "a" below 4.1 is 4.1.a; a row without one gets the next."""
        if mark is not None and mark.kind == "letter":
            return f"{self.base}.{mark.text}" if self.base else mark.text
        if mark is not None:
            self.base, self.unnumbered = self._tenth(mark.text), 1
            return self.base
        self.unnumbered += 1
        return (
            f"{self.base}-{self.unnumbered}" if is_numbered and self.base else str(self.unnumbered)
        )

    def _tenth(self, code: str) -> str:
        """A spreadsheet's 4.1 after 4.9 is 4.10, whose last figure the number has lost."""
        stem, _, last = code.rpartition(".")
        is_taken = {(self.area, code), (self.area, f"{stem}.9")} <= self.codes
        is_tenth = stem and last == "1" and is_taken
        found = f"{code}0" if is_tenth and (self.area, f"{code}0") not in self.codes else code
        self.codes.add((self.area, found))
        return found

    def _fault(self, row: int, name: Field, value: str, problem: str, accepted: str) -> None:
        self.faults.append(Fault(row, self.column(name), value, problem, accepted))

    def _notice(self, row: int, column: str, value: str, problem: str) -> None:
        self.notices.append(Fault(row, column, value, problem, ""))


def _number(value: Value) -> tuple[str, Mark | None]:
    """A cell of the number column, and the number that it is."""
    code = code_of(value)
    return code, mark_of(code)


def _begins(text: str | None) -> bool:
    """Whether a cell begins a sentence of its own: the other half of a cut one begins small."""
    return bool(text) and not str(text)[0].islower()


def _is_shared(one: _Seen, following: _Seen | None) -> bool:
    """Whether a row numbered I or A with some cells is a group: its tasks begin below."""
    if one.mark is None or one.mark.kind not in ("roman", "capital") or following is None:
        return False
    is_whole = bool(one.own.get(Field.LEAD)) and bool(one.own.get(Field.TIME))
    return not is_whole and following.mark == Mark("number", "1")


def _from_to(start: str, end: str) -> str:
    """The two columns of one time as one."""
    return end if start in ("", end) else f"Từ {start} đến {end}"


def _dashed(text: str) -> str:
    return text if BULLET.match(text) else f"- {text}"
