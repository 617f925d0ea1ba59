"""From grids to entries: which lines are results, and what each of their cells means. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from cchc.lib.cells import Grid, Line, Value, column_letter, few_collections
from cchc.lib.failed_formulas import NOT_COMPUTED
from cchc.lib.legacy_text import Legacy, detect
from cchc.lib.text import squeeze
from outreach.addresses import fingerprint
from outreach.kinds import Kind
from outreach.results_sheet.columns import HEADINGS, is_like_code, pk_of
from outreach.results_sheet.days import ACCEPTED, day_of
from outreach.results_sheet.facts import Asking, Entry, Fault, Field, Reading, UnknownName
from outreach.results_sheet.headings import Heading, results
from outreach.results_sheet.lines import EXAMPLE, rows_of
from outreach.results_sheet.links import link_fault
from outreach.results_sheet.names import Names
from outreach.results_sheet.notices import Notices
from plans.annex_sheet.wording import Remembered, cleaned, text_of

_LONGEST = {Field.TITLE: 300, Field.NUMBER: 60}
_DAYS = (Field.HELD, Field.SENT, Field.DECIDED, Field.PUBLISHED, Field.DATED)
_BROKEN = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|CALC!|SPILL!|####*)")
_KNOWN_BY = {Field.KIND: Asking.KIND, Field.CHANNEL: Asking.CHANNEL}
_COLUMNS = ", ".join(HEADINGS)


@dataclass(frozen=True, slots=True)
class Directory:
    """The names that a file may use."""

    agency: str
    units: Names
    kinds: Names
    channels: Names


@dataclass(slots=True)
class _Unknown:
    name: str
    column: str
    row: int
    sheet: str
    rows: list[int | str] = field(default_factory=list)


def read(grids: Sequence[Grid], directory: Directory) -> Reading:
    """Every row of every sheet that has the heading of results."""
    with few_collections():
        return _read(grids, directory)


def _read(grids: Sequence[Grid], directory: Directory) -> Reading:
    legacy = detect(_texts(grids))
    if legacy is not None:
        grids = [_in_unicode(grid, legacy) for grid in grids]
    found = list(results(grids))
    encoding = legacy.encoding.value if legacy else ""
    if not found:
        return Reading((), (_no_heading(),), encoding=encoding)
    reader = _Reader(directory)
    for grid, heading in found:
        reader.take(grid, heading, grid.name if len(found) > 1 else "")
    faults = [*reader.faults, *reader.told_unknown()]
    if not reader.rows and not faults:
        faults.append(Fault(0, "", "", "Dưới dòng tiêu đề không có kết quả nào.", _EACH))
    order = {grid.name: at for at, (grid, _) in enumerate(found)}
    return Reading(
        entries=tuple(reader.entries),
        faults=in_order(faults, order),
        notices=in_order([*reader.notices, *reader.repeated.told()], order),
        unknown=tuple(
            UnknownName(asking, one.name, one.column, tuple(one.rows))
            for (asking, _), one in reader.unknown.items()
        ),
        encoding=encoding,
        rows=reader.rows,
        columns=reader.columns,
    )


_EACH = "mỗi lượt gửi, đăng một dòng"
_COMPUTED = "chữ hoặc ngày; mở tệp bằng Excel rồi lưu lại thì công thức được tính"


def in_order(faults: Iterable[Fault], order: Mapping[str, int]) -> tuple[Fault, ...]:
    """As the cells stand in the file."""

    def place(one: Fault) -> tuple[int, int, int, str]:
        return (order.get(one.sheet, -1), one.row, len(one.column), one.column)

    return tuple(sorted(faults, key=place))


class _Reader:
    """Takes sheet after sheet; equal cells are understood once."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self.notices: list[Fault] = []
        self.repeated = Notices()
        self.unknown: dict[tuple[Asking, str], _Unknown] = {}
        self.columns: dict[str, dict[Field, str]] = {}
        self.rows = 0
        self.texts: Remembered[Value, str] = Remembered(_line)
        self.days: Remembered[Value, tuple[date | None, str]] = Remembered(day_of)
        self.names = {
            Asking.UNIT: (Field.UNIT, directory.units, Remembered(directory.units.code)),
            Asking.KIND: (Field.KIND, directory.kinds, Remembered(directory.kinds.code)),
            Asking.CHANNEL: (
                *(Field.CHANNEL, directory.channels),
                Remembered(directory.channels.code),
            ),
        }
        self.sheet = ""
        self.places: dict[Field, int] = {}

    def take(self, grid: Grid, heading: Heading, sheet: str) -> None:
        """Read the lines below a heading; ``sheet`` is said when there are several."""
        self.sheet = sheet
        letters = {one: column_letter(at) for one, at in heading.places.items()}
        self.columns[sheet] = letters
        top = grid.lines[heading.first].number
        for at, title in heading.twice.items():
            said = "Cột này trùng với một cột khác nên không đọc."
            self.notices.append(Fault(top, column_letter(at), title, said, "", sheet))
        for at, title in heading.left_out.items():
            self.notices.append(
                Fault(top, column_letter(at), title, "Không nhập cột này.", "", sheet)
            )
        for missing in heading.missing:
            problem = f"Không tìm thấy cột “{missing.value}”."
            self.faults.append(Fault(0, "", "", problem, f"các cột: {_COLUMNS}", sheet))
        lines = grid.lines[heading.first + heading.height :]
        if heading.missing:
            return
        self.places = heading.places
        for line in rows_of(lines, heading, self._is_understood, self._skipped):
            self.rows += 1
            self._row(line, heading.places, letters)

    def told_unknown(self) -> Iterator[Fault]:
        """Each name that nobody knows as one fault."""
        for (asking, _), one in self.unknown.items():
            field_ = self.names[asking][0]
            problem, accepted = _UNKNOWN[field_]
            more = f" ({len(one.rows)} dòng)" if len(one.rows) > 1 else ""
            yield Fault(one.row, one.column, one.name, f"{problem}{more}", accepted, one.sheet)

    def _is_understood(self, line: Line) -> bool:
        """Whether a cell of it holds a kind, a channel, a day or an address."""
        for one, at in self.places.items():
            value = line.values[at]
            if value is None or at in line.beside:
                continue
            if one in _KNOWN_BY and self.names[_KNOWN_BY[one]][2][self.texts[value]]:
                return True
            if one in _DAYS[:4] and self.days[value][0] is not None:
                return True
            if one is Field.URL and self.texts[value].casefold().startswith("http"):
                return True
        return False

    def _skipped(self, line: Line, text: str) -> None:
        said = "Dòng này không phải một kết quả nên bỏ qua."
        self.repeated.add(line.number, self.sheet, "", text, said)

    def _row(self, line: Line, places: Mapping[Field, int], letters: Mapping[Field, str]) -> None:
        before = len(self.faults)
        said = {
            one: value
            for one, at in places.items()
            if (value := line.values[at]) is not None and at not in line.beside
        }
        if self._is_broken(line, said, letters):
            return
        codes, is_known = self._codes(line, said, letters)
        days = {one: self._day(line, one, said.get(one), letters) for one in _DAYS}
        title = self._text(line, Field.TITLE, said, letters)
        number = self._text(line, Field.NUMBER, said, letters)
        url = self._address(line, said, letters)
        pk = self._code(line, self.texts[said.get(Field.CODE)], letters)
        if len(self.faults) > before or not is_known:
            return
        self.entries.append(
            Entry(
                row=line.number,
                sheet=self.sheet,
                pk=pk,
                unit=codes[Asking.UNIT],
                kind=codes[Asking.KIND] or "",
                title=title,
                channel=codes[Asking.CHANNEL] or "",
                held_on=days[Field.HELD],
                sent_on=days[Field.SENT],
                decided_on=days[Field.DECIDED],
                published_on=days[Field.PUBLISHED],
                url=url,
                fingerprint=fingerprint(url),
                note=self.texts[said.get(Field.NOTE)],
                number=number,
                dated=days[Field.DATED],
            )
        )

    def _is_broken(
        self, line: Line, said: Mapping[Field, Value], letters: Mapping[Field, str]
    ) -> bool:
        for one, value in said.items():
            if value == NOT_COMPUTED:
                problem = "Ô là công thức chưa được tính."
                self._fault(line, letters[one], NOT_COMPUTED, problem, _COMPUTED)
                return True
            if isinstance(value, str) and value[:1] == "#" and _BROKEN.fullmatch(value):
                self._fault(line, letters[one], value, "Ô là công thức bị lỗi.", "chữ hoặc ngày")
                return True
        return False

    def _codes(
        self, line: Line, said: Mapping[Field, Value], letters: Mapping[Field, str]
    ) -> tuple[dict[Asking, str | None], bool]:
        """Unit, kind and channel, and whether no name has to be asked about."""
        codes: dict[Asking, str | None] = {}
        is_known = True
        for asking, (one, _, code_of) in self.names.items():
            text = self.texts[said.get(one)]
            codes[asking] = code_of[text] if text else None
            if text and codes[asking] is None:
                names = (text, text_of(said.get(one)))
                is_known = self._name(line, asking, names, letters[one]) and is_known
        return codes, is_known

    def _text(
        self,
        line: Line,
        one: Field,
        said: Mapping[Field, Value],
        letters: Mapping[Field, str],
    ) -> str:
        text, limit = self.texts[said.get(one)], _LONGEST[one]
        if len(text) > limit:
            problem = f"{one.value} dài {len(text)} ký tự."
            self._fault(line, letters[one], text, problem, f"không quá {limit} ký tự")
        return text

    def _address(
        self, line: Line, said: Mapping[Field, Value], letters: Mapping[Field, str]
    ) -> str:
        url = self.texts[said.get(Field.URL)]
        problem, accepted = link_fault(url) if url else ("", "")
        if problem:
            self._fault(line, letters[Field.URL], url, problem, accepted)
        return url

    def _code(self, line: Line, text: str, letters: Mapping[Field, str]) -> int | None:
        if not text:
            return None
        pk = pk_of(text)
        if pk is None and is_like_code(text):
            accepted = "mã như trong tệp đã xuất; để trống nếu là kết quả mới"
            self._fault(line, letters[Field.CODE], text, "Mã này bị gõ sai.", accepted)
        elif pk is None and text != EXAMPLE:
            said = "Mã này không do chương trình cấp; dòng được coi như chưa có mã."
            self.notices.append(Fault(line.number, letters[Field.CODE], text, said, "", self.sheet))
        return pk

    def _day(
        self, line: Line, one: Field, value: Value, letters: Mapping[Field, str]
    ) -> date | None:
        if value is None:
            return None
        day, problem = self.days[value]
        if problem:
            self._fault(line, letters[one], text_of(value), problem, ACCEPTED)
        return day

    def _name(self, line: Line, asking: Asking, said: tuple[str, str], letter: str) -> bool:
        """Say what is wrong with a name; False when it is to be asked about.

        ``said`` is the cell as one line, and as it is.
        """
        text, names = said[0], self.names[asking][1]
        several = [] if asking is Asking.KIND else names.several(said[1])
        if several:
            problem = f"Ô ghi {len(several)} tên; mỗi dòng chỉ ghi một."
            accepted = f"chép dòng này thành {len(several)} dòng, mỗi dòng một tên"
            self._fault(line, letter, text, problem, accepted)
            return True
        if names.is_foreign(text):
            problem = f"Đơn vị này không thuộc {self.directory.agency}."
            self._fault(line, letter, text, problem, f"đơn vị của {self.directory.agency}")
            return True
        first = _Unknown(text, letter, line.number, self.sheet)
        one = self.unknown.setdefault((asking, text), first)
        one.rows.append(f"{self.sheet}: {line.number}" if self.sheet else line.number)
        return False

    def _fault(self, line: Line, column: str, value: str, problem: str, accepted: str) -> None:
        self.faults.append(Fault(line.number, column, value, problem, accepted, self.sheet))


_UNKNOWN = {
    Field.UNIT: ("Không biết đơn vị này.", "tên đơn vị trong danh mục của cơ quan"),
    Field.KIND: ("Không biết loại này.", ", ".join(kind.label for kind in Kind)),
    Field.CHANNEL: ("Không biết kênh này.", "tên kênh trong danh mục của tỉnh"),
}


def _line(value: Value) -> str:
    """A cell as one line."""
    return squeeze(cleaned(value)) if isinstance(value, str) else text_of(value)


def _texts(grids: Iterable[Grid]) -> list[str]:
    lines = chain.from_iterable(grid.lines for grid in grids)
    values = dict.fromkeys(chain.from_iterable(line.values for line in lines))
    return [value for value in values if isinstance(value, str) and not value.isascii()]


def _in_unicode(grid: Grid, legacy: Legacy) -> Grid:
    return Grid(grid.name, tuple(_converted(line, legacy) for line in grid.lines))


def _converted(line: Line, legacy: Legacy) -> Line:
    values = (legacy.to_unicode(one) if isinstance(one, str) else one for one in line.values)
    return line._replace(values=tuple(values))


def _no_heading() -> Fault:
    return Fault(
        0,
        "",
        "",
        "Không tìm thấy bảng kết quả: không có dòng tiêu đề nào ghi tiêu đề, kênh, ngày gửi.",
        f"bảng có dòng tiêu đề với các cột: {_COLUMNS}",
    )
