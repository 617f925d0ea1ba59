"""From entries to tasks: cells read for what they mean, children below their parents, faults."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from cchc.lib.text import fold, squeeze
from plans.annex_sheet.facts import Fault, Limits, Proposal, Reading, UnknownUnit
from plans.annex_sheet.headings import Field
from plans.annex_sheet.rows import Entry
from plans.annex_sheet.times import is_plain
from plans.annex_sheet.units import Units
from plans.annex_sheet.wording import BULLET, Remembered, unwrapped
from plans.plan_file import AssigneeFacts, TaskFacts
from plans.quotas import QuotaProposal, parse_quotas
from plans.timing import TimingKind, parse_timing

_ROLE = r"[-+•*]?\s*(?:(?:đơn vị|cơ quan)\s+)?"
_LEADING = re.compile(rf"^\s*{_ROLE}chủ\s+trì\s*:\s*", re.IGNORECASE)
_COORDINATING = re.compile(rf"(?:^|[\n;,.])\s*{_ROLE}phối\s+hợp\s*:\s*", re.IGNORECASE)
_CONDITIONAL = re.compile("nếu (?:có|phát sinh)")
_TIMES = "“Quý I/2024”, “trước ngày 20/3/2024”, “Chậm nhất ngày 25 hằng tháng”, “Thường xuyên”"
_TO_CONFIRM = (TimingKind.VAGUE, TimingKind.PLACEHOLDER)
_MOST_NAMED = 12
# Without one of these words a text names no period, and a quota without a period owes nothing.
_RHYTHM = ("tuần", "tháng", "quý", "năm", "duyệt", "đăng")


@dataclass(slots=True)
class _Node:
    facts: TaskFacts
    children: list[_Node] = field(default_factory=list)

    def built(self) -> TaskFacts:
        if not self.children:
            return self.facts
        return replace(self.facts, rows=tuple(child.built() for child in self.children))


@dataclass(slots=True)
class _Unknown:
    name: str
    column: str
    rows: list[int]
    sheet: str


@dataclass(frozen=True, slots=True)
class _Title:
    """A cell of titles as read; ``quotas`` are those that name a period."""

    text: str
    is_conditional: bool
    quotas: tuple[QuotaProposal, ...]


@dataclass(frozen=True, slots=True)
class _Time:
    """A cell of times: its text, and what is impossible and what is unclear about it."""

    text: str
    impossible: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(slots=True)
class Drafting:
    """Turns entries into tasks and keeps count of what was wrong with them."""

    year: int
    units: Units
    limits: Limits
    roots: list[_Node] = field(default_factory=list)
    nodes: dict[tuple[str, str], _Node] = field(default_factory=dict)
    rows: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    unknown: dict[str, _Unknown] = field(default_factory=dict)
    titles: Remembered[str, _Title] = field(init=False)
    times: Remembered[str, _Time] = field(init=False)
    products: Remembered[str, str] = field(init=False)
    column: Callable[[Field], str] = field(init=False)
    sheet: str = ""

    def __post_init__(self) -> None:
        self.titles = Remembered(_read_title)
        self.times = Remembered(self._read_time)
        self.products = Remembered(unwrapped)

    def take(self, entries: Iterable[Entry], column: Callable[[Field], str], sheet: str) -> None:
        """Draft every entry; ``column`` names the columns of their sheet."""
        self.column, self.sheet = column, sheet
        for entry in entries:
            node = _Node(self._facts(entry))
            key = (entry.area, entry.code)
            if key in self.nodes:
                self._repeated(entry, self.rows[key])
                continue
            self.nodes[key], self.rows[key] = node, (sheet, entry.row)
            parent = self._parent(entry)
            (self.roots if parent is None else parent.children).append(node)

    def reading(self) -> Reading:
        """Everything that was taken."""
        unknown = list(self.unknown.values())
        return Reading(
            drafts=tuple(node.built() for node in self.roots),
            faults=(*self.faults, *map(self._unknown_fault, unknown)),
            unknown_units=tuple(
                UnknownUnit(one.name, one.column, tuple(one.rows)) for one in unknown
            ),
            notices=tuple(self.notices),
            proposals=tuple(self.proposals),
        )

    def _parent(self, entry: Entry) -> _Node | None:
        """The nearest row above whose number this one continues: 4.1 for 4.1.a."""
        code = entry.code
        while "." in code:
            code = code.rpartition(".")[0]
            if (entry.area, code) in self.nodes:
                return self.nodes[entry.area, code]
        return None

    def _facts(self, entry: Entry) -> TaskFacts:
        cells, limits = entry.cells, self.limits
        if ":" in cells.get(Field.LEAD, ""):
            _name_roles(cells)
        title = self.titles[cells[Field.TITLE]]
        self._check_length(entry, Field.TITLE, title.text, limits.title)
        self._check_length(entry, Field.AREA, entry.area, limits.area)
        self._check_length(entry, Field.CODE, entry.code, limits.code)
        if not title.text:
            self._fault(entry, Field.TITLE, "", "Chưa ghi nội dung nhiệm vụ.", "tên nhiệm vụ")
        for quota in title.quotas:
            self.proposals.append(Proposal(entry.row, entry.code, quota))
        products = self.products[cells.get(Field.PRODUCTS, "")]
        return TaskFacts(
            area=entry.area,
            code=entry.code,
            title=title.text,
            conditional=title.is_conditional,
            products=_without_number(products, entry.code) if products else "",
            time=self._time(entry),
            lead=self._assignees(entry, Field.LEAD),
            coordinating=self._assignees(entry, Field.COORDINATING),
            quotas=(),
            rows=(),
        )

    def _time(self, entry: Entry) -> str:
        """The cell as written, its wrapped lines joined; an impossible day is a fault."""
        time = self.times[entry.cells.get(Field.TIME, "")]
        for problem in time.impossible:
            self._fault(entry, Field.TIME, time.text, problem, f"như {_TIMES}")
        for problem in time.unclear:
            self.notices.append(
                Fault(entry.row, self.column(Field.TIME), time.text, problem, f"như {_TIMES}")
            )
        return time.text

    def _read_time(self, cell: str) -> _Time:
        text = unwrapped(cell)
        if not text or is_plain(text, self.year):
            return _Time(text)
        timing = parse_timing(text, self.year)
        parts = (timing, *timing.parts)
        return _Time(
            text,
            tuple(part.problem for part in parts if part.kind is TimingKind.INVALID),
            tuple(part.problem for part in parts if part.kind in _TO_CONFIRM),
        )

    def _assignees(self, entry: Entry, name: Field) -> tuple[AssigneeFacts, ...]:
        cell = entry.cells.get(name, "")
        if not cell:
            return ()
        assigned = self.units.assigned(cell)
        for unknown in assigned.unknown:
            fresh = _Unknown(unknown, self.column(name), [], self.sheet)
            self.unknown.setdefault(fold(unknown), fresh).rows.append(entry.row)
        for one in assigned.assignees:
            if one.group or one.qualifier:
                self._check_length(entry, name, one.group, self.limits.group)
                self._check_length(entry, name, one.qualifier, self.limits.qualifier)
        return assigned.assignees

    def _check_length(self, entry: Entry, name: Field, text: str, limit: int | None) -> None:
        if limit is not None and len(text) > limit:
            problem = f"Dài {len(text)} ký tự; chỉ ghi được {limit} ký tự."
            self._fault(entry, name, text, problem, f"không quá {limit} ký tự")

    def _repeated(self, entry: Entry, first: tuple[str, int]) -> None:
        sheet, row = first
        where = f" của “{sheet}”" if sheet != self.sheet else ""
        where += f" trong nhóm “{entry.area}”" if entry.area else ""
        problem = f"Số thứ tự {entry.code} đã có ở dòng {row}{where}."
        self._fault(entry, Field.CODE, entry.code, problem, "mỗi nhiệm vụ một số thứ tự riêng")

    def _unknown_fault(self, one: _Unknown) -> Fault:
        others = len(set(one.rows)) - 1
        more = f" (còn ở {others} dòng khác)" if others else ""
        return Fault(
            one.rows[0],
            one.column,
            one.name,
            f"Không có đơn vị nào tên như vậy{more}.",
            self._suggestions(one.name),
            one.sheet,
        )

    def _suggestions(self, name: str) -> str:
        """The nearest known names first; all of them when none is near."""
        known = {fold(one.names[0]): one.names[0] for one in self.units.by_name.values()}
        near = difflib.get_close_matches(fold(name), known, n=3, cutoff=0.5)
        shown = [known[plain] for plain in near] or list(islice(known.values(), _MOST_NAMED))
        return "; ".join(shown) or "tên một đơn vị trong danh bạ"

    def _fault(self, entry: Entry, name: Field, value: str, problem: str, accepted: str) -> None:
        column = self.column(name) or self.column(Field.TITLE)
        self.faults.append(Fault(entry.row, column, value, problem, accepted))


def _name_roles(cells: dict[Field, str]) -> None:
    """One cell may say both: "Chủ trì: …; Phối hợp: …"."""
    lead, *others = _COORDINATING.split(cells[Field.LEAD], maxsplit=1)
    cells[Field.LEAD] = _LEADING.sub("", lead, count=1).strip(" ;,.")
    if others:
        before = cells.get(Field.COORDINATING, "")
        cells[Field.COORDINATING] = f"{before}\n{others[0]}".strip()


def says_conditional(title: str) -> bool:
    """Whether a task is done only when there is something to do: "(nếu có)"."""
    return bool(_CONDITIONAL.search(title))


def _read_title(cell: str) -> _Title:
    text = _title(cell)
    plain = text.lower()
    quotas = parse_quotas(text) if any(word in plain for word in _RHYTHM) else ()
    return _Title(
        text,
        _CONDITIONAL.search(plain) is not None,
        tuple(quota for quota in quotas if quota.per is not None),
    )


def _title(cell: str) -> str:
    """The text of the task on as few lines as it has dashes, without the dash of a single one."""
    text = unwrapped(cell).rstrip(" :;")
    bullet = BULLET.match(text)
    return text[bullet.end() :] if bullet and "\n" not in text else text


def _without_number(products: str, code: str) -> str:
    """The products line by line; the row's own number before one is dropped."""
    if not products.startswith(code):
        return products
    own = re.match(rf"{re.escape(code)}\.?\s+(?=\D)", products)
    return squeeze(products[own.end() :]) if own else products
