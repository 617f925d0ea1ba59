"""What each row of a file means beside what is recorded: new, changed, or nothing. Pure.

Rows are matched by their code, else by unit, kind, title, day held and channel. A blank cell says
nothing; it never erases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from cchc.lib.tables import display
from outreach.kinds import Kind
from outreach.results_sheet.columns import code_of
from outreach.results_sheet.comparing import ENDED, agrees, check_recorded, closed, same
from outreach.results_sheet.facts import Entry, Fault, Field, Reading
from outreach.results_sheet.known import (
    KnownActivity,
    KnownPlacement,
    Place,
    Recorded,
    Rules,
)
from outreach.results_sheet.notices import Notices
from outreach.results_sheet.steps import (
    Reach,
    Wrong,
    check_held,
    reach,
    said_days,
)
from outreach.workflow import State
from plans.citations import parse

_NEEDED = (
    (Field.UNIT, "Chưa ghi đơn vị.", "tên một đơn vị của cơ quan"),
    (Field.KIND, "Chưa ghi loại.", "Tin, Bài viết, Hội nghị …"),
    (Field.TITLE, "Chưa ghi tiêu đề.", "tiêu đề tin, bài, tên hoạt động"),
    (Field.CHANNEL, "Chưa ghi kênh.", "tên một kênh trong danh mục"),
)


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"

    @property
    def label(self) -> str:
        """On screen."""
        return {"new": "Mới", "changed": "Sửa", "same": "Không đổi"}[self.value]


@dataclass(slots=True)
class Group:
    """An activity that rows are about: recorded, or new with the channels of its rows.

    ``changes`` are what the rows say otherwise of a recorded one.
    """

    entry: Entry
    known: KnownActivity | None = None
    channels: dict[str, Entry] = field(default_factory=dict)
    changes: dict[Field, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A row with what is to be done: the placement comes to stand at ``reach``."""

    entry: Entry
    outcome: Outcome
    group: Group
    reach: Reach
    known: KnownPlacement | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """All rows, and what was wrong with the others."""

    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...]

    def count(self, outcome: Outcome) -> int:
        """How many rows have that outcome."""
        return sum(step.outcome is outcome for step in self.steps)

    @property
    def claims(self) -> int:
        """How many rows say days that only the channel's editors may record."""
        return sum(bool(step.reach.claim) for step in self.steps)


def decide(reading: Reading, recorded: Recorded, rules: Rules) -> Decided:
    """Every row of a reading against what is recorded; rows with a code first."""
    decider = _Decider(reading, recorded, rules)
    coded = [entry for entry in reading.entries if entry.pk is not None]
    decider.take(coded)
    decider.take(entry for entry in reading.entries if entry.pk is None)
    place = {(entry.sheet, entry.row): at for at, entry in enumerate(reading.entries)}
    steps = sorted(decider.steps, key=lambda s: place[s.entry.sheet, s.entry.row])
    return Decided(tuple(steps), tuple(decider.faults), tuple(decider.notices.told()))


def _effective(entry: Entry) -> Entry:
    """With what its kind has; the number and day of a document as its title says them."""
    kind = Kind(entry.kind)
    if kind is not Kind.DOCUMENT:
        return entry
    number, dated = entry.number, entry.dated or entry.held_on
    if not (number and dated):
        read = parse(entry.title)
        number, dated = number or read.reference, dated or read.on
    return replace(entry, number=number[:60], dated=dated)


def _held(entry: Entry) -> date | None:
    return entry.held_on if "held_on" in Kind(entry.kind).fields else None


class _Decider:
    def __init__(self, reading: Reading, recorded: Recorded, rules: Rules) -> None:
        self.columns, self.recorded, self.rules = reading.columns, recorded, rules
        self.steps: list[Step] = []
        self.faults: list[Fault] = []
        self.notices = Notices()
        self.known: dict[int, tuple[KnownActivity, KnownPlacement]] = {}
        self.alike: dict[object, list[Group]] = {}
        self.groups: dict[int, Group] = {}
        for activity in recorded.activities:
            group = self.groups[activity.pk] = Group(_NOBODY, activity)
            key = (activity.unit, activity.kind, activity.folded, activity.held_on)
            self.alike.setdefault(key, []).append(group)
            for placement in activity.placements:
                self.known[placement.pk] = (activity, placement)
        self.fresh: dict[object, list[Group]] = {}
        self.taken: dict[int, Entry] = {}
        self.prints: dict[tuple[str, str], Entry] = {}
        self.said: dict[tuple[int, Field], tuple[object, Entry]] = {}

    def take(self, entries: Iterable[Entry]) -> None:
        """Decide on each; what is wrong with one is a fault of its row."""
        for entry in entries:
            try:
                self.steps.append(self._decided(entry))
            except Wrong as wrong:
                self._fault(entry, wrong)

    def _decided(self, entry: Entry) -> Step:
        found = self.known.get(entry.pk) if entry.pk is not None else None
        if found is None and entry.pk in self.recorded.foreign:
            problem = f"Mã này không phải của {self.rules.agency}."
            raise Wrong(Field.CODE, problem, "mã của cơ quan; để trống nếu là kết quả mới")
        if found is not None:
            return self._of_known(entry, *found)
        if entry.pk is not None:
            said = "Chương trình không có kết quả mang mã này; dòng được nhập như kết quả mới."
            self._notice(entry, Field.CODE, said)
        for column, problem, accepted in _NEEDED:
            if not _says(entry, column):
                raise Wrong(column, problem, accepted)
        return self._by_content(_effective(entry))

    def _of_known(self, entry: Entry, activity: KnownActivity, placement: KnownPlacement) -> Step:
        first = self.taken.setdefault(placement.pk, entry)
        if first is not entry:
            problem = f"Mã này đã có ở {_where(first, entry)}."
            raise Wrong(Field.CODE, problem, "mỗi mã một dòng")
        if entry.channel and entry.channel != placement.channel:
            accepted = "để trống cột Mã nếu là lượt trên kênh khác"
            raise Wrong(Field.CHANNEL, "Kênh của một lượt đã ghi không đổi được.", accepted)
        group = self.groups[activity.pk]
        group.channels.setdefault(placement.channel, entry)
        changes = self._changes(entry, activity)
        whole = _effective(_whole(entry, activity, placement))
        step = self._step(whole, group, placement)
        if changes:
            group.changes |= changes
            step = replace(step, outcome=Outcome.CHANGED)
        return step

    def _changes(self, entry: Entry, activity: KnownActivity) -> dict[Field, object]:
        """What the row says otherwise of its activity; refused once a channel has it."""
        if entry.unit is not None and entry.unit != activity.unit:
            raise Wrong(
                Field.UNIT, "Đơn vị của một hoạt động đã ghi không đổi được.", "đơn vị đã ghi"
            )
        changes: dict[Field, object] = {}
        has = Kind(entry.kind or activity.kind).fields
        facts: tuple[tuple[Field, object, object], ...] = (
            (Field.KIND, entry.kind, activity.kind),
            (Field.TITLE, entry.title, activity.title),
            (Field.HELD, entry.held_on if "held_on" in has else None, activity.held_on),
            (Field.NUMBER, entry.number if "document_on" in has else "", activity.number),
            (Field.DATED, entry.dated if "document_on" in has else None, activity.dated),
        )
        for column, said, recorded in facts:
            if not said:
                continue
            before, first = self.said.setdefault((activity.pk, column), (said, entry))
            if before != said:
                other = _where(first, entry)
                problem = f"Dòng này và {other} là cùng một hoạt động mà ghi khác nhau."
                raise Wrong(column, problem, "ghi giống nhau ở mọi dòng của hoạt động")
            if said != recorded:
                changes[column] = said
        if changes and activity.kept:
            raise Wrong(next(iter(changes)), activity.kept, "giá trị đã ghi")
        return changes

    def _by_content(self, entry: Entry) -> Step:
        """Nobody gave it a code: what is recorded of the same content, else something new."""
        held = _held(entry)
        if entry.held_on is not None and held is None and entry.kind != Kind.DOCUMENT:
            said = f"Loại “{Kind(entry.kind).label}” không có ngày thực hiện; ô này không nhập."
            self._notice(entry, Field.HELD, said)
        folded = entry.title.casefold()
        recorded = self.alike.get((entry.unit, entry.kind, folded, held), [])
        found = self._recorded_on(entry, recorded)
        if found is not None:
            return self._of_content(entry, *found)
        alike = self.fresh.setdefault((entry.unit, entry.kind, folded, entry.held_on), [])
        self._check_twice(entry, (*recorded, *alike))
        group = self._free(entry, recorded, alike)
        step = self._step(entry, group, None)
        if group.known is None and group not in alike:
            if alike or recorded:
                said = "Đã có tin, bài cùng tiêu đề, khác ngày; được nhập thành tin, bài khác."
                self._notice(entry, Field.TITLE, said)
            alike.append(group)
        group.channels[entry.channel] = entry
        return step

    def _recorded_on(
        self, entry: Entry, recorded: Sequence[Group]
    ) -> tuple[Group, KnownPlacement] | None:
        """The placement of the same content on the row's channel that no other row means."""
        held = _held(entry)
        for group in recorded:
            for placement in group.known.placements if group.known else ():
                is_free = placement.channel == entry.channel and placement.pk not in self.taken
                if is_free and (held is not None or agrees(entry, placement)):
                    return group, placement
        return None

    def _check_twice(self, entry: Entry, groups: Iterable[Group]) -> None:
        held = _held(entry)
        for group in groups:
            other = group.channels.get(entry.channel)
            if other is not None and (held is not None or same(entry, other)):
                problem = f"Dòng này trùng với {_where(other, entry)}."
                accepted = "mỗi lượt một dòng; hai tin, bài khác nhau thì tiêu đề khác nhau"
                raise Wrong(Field.TITLE, problem, accepted)

    def _of_content(self, entry: Entry, group: Group, placement: KnownPlacement) -> Step:
        self.taken[placement.pk] = entry
        group.channels.setdefault(placement.channel, entry)
        return self._step(entry, group, placement)

    def _free(self, entry: Entry, recorded: Sequence[Group], fresh: Sequence[Group]) -> Group:
        """The activity of the same content that is not on this channel yet; a new one if none."""
        for group in (*recorded, *fresh):
            on = {p.channel for p in group.known.placements} if group.known else set()
            if entry.channel not in on and entry.channel not in group.channels:
                return group
        return Group(entry)

    def _step(self, entry: Entry, group: Group, known: KnownPlacement | None) -> Step:
        place = self.rules.places[entry.channel]
        check_held(entry, self.rules.today)
        self._check_repost(entry, known)
        if known is not None and known.state in (*ENDED, State.PUBLISHED):
            found = closed(entry, known, place)
        else:
            found = self._open(entry, place, known)
        self._tell(entry, found, place)
        if known is None:
            return Step(entry, Outcome.NEW, group, found)
        is_news = bool(found.claim) and found.claim not in known.words
        changed = bool(found.moves) or found.url != known.url or is_news
        outcome = Outcome.CHANGED if changed else Outcome.SAME
        return Step(entry, outcome, group, found, known)

    def _open(self, entry: Entry, place: Place, known: KnownPlacement | None) -> Reach:
        """Not ended: what is recorded stays as it is, what is not may be filled in."""
        if known is not None:
            check_recorded(entry, known)
            if known.state is State.SUBMITTED and said_days(entry) and known.not_clearing:
                raise Wrong(Field.SENT, known.not_clearing)
        return reach(entry, place, self.rules.today, known)

    def _check_repost(self, entry: Entry, known: KnownPlacement | None) -> None:
        if not entry.url:
            return
        at = (entry.channel, entry.fingerprint)
        accepted = "mỗi đường dẫn ghi một lần; đăng lại tin, bài cũ không được tính lại"
        first = self.prints.setdefault(at, entry)
        if (first.row, first.sheet) != (entry.row, entry.sheet):
            raise Wrong(Field.URL, f"Đường dẫn trùng với {_where(first, entry)}.", accepted)
        stands = self.recorded.addresses.get(at)
        if stands is not None and (known is None or known.pk != stands.pk):
            when = f" ngày {display(stands.on)}" if stands.on else ""
            problem = f"Đường dẫn này đã được ghi cho “{stands.title}”{when}."
            raise Wrong(Field.URL, problem, accepted)

    def _tell(self, entry: Entry, found: Reach, place: Place) -> None:
        if found.claim:
            letter = self.columns.get(entry.sheet, {}).get(Field.CHANNEL, "")
            said = (
                f"Kênh này do biên tập viên của {place.editors} duyệt: dòng có ngày duyệt, đăng mà "
                "chưa được ghi nhận thì nhập là “Chờ duyệt”, ngày và đường dẫn kèm theo để biên "
                "tập viên xem."
            )
            self.notices.add(entry.row, entry.sheet, letter, place.name, said)
        for column in found.derived:
            word = "gửi" if column is Field.SENT else "duyệt"
            said = f"Không ghi ngày {word}; lấy theo ngày sau đó đã ghi."
            self._notice(entry, column, said)

    def _notice(self, entry: Entry, column: Field, problem: str) -> None:
        letter = self.columns.get(entry.sheet, {}).get(column, "")
        self.notices.add(entry.row, entry.sheet, letter, self._shown(entry, column), problem)

    def _shown(self, entry: Entry, column: Field) -> str:
        if column is Field.CHANNEL and entry.channel:
            return self.rules.places[entry.channel].name
        if column is Field.KIND and entry.kind:
            return Kind(entry.kind).label
        return shown(entry, column)

    def _fault(self, entry: Entry, wrong: Wrong) -> None:
        letter = self.columns.get(entry.sheet, {}).get(wrong.column, "")
        value = self._shown(entry, wrong.column)
        self.faults.append(
            Fault(entry.row, letter, value, wrong.problem, wrong.accepted, entry.sheet)
        )


_NOBODY = Entry(0, "", None, None, "", "", "")


def shown(entry: Entry, column: Field) -> str:
    """What stands in the row, for whoever looks for it."""
    match column:
        case Field.TITLE:
            return entry.title
        case Field.CODE:
            return code_of(entry.pk) if entry.pk is not None else ""
        case Field.HELD:
            return display(entry.held_on)
        case Field.SENT:
            return display(entry.sent_on)
        case Field.DECIDED:
            return display(entry.decided_on)
        case Field.PUBLISHED:
            return display(entry.published_on)
        case Field.URL:
            return entry.url
        case _:
            return ""


def _where(other: Entry, entry: Entry) -> str:
    """Where another row stands, with its sheet when that is not the same."""
    sheet = f" trang “{other.sheet}”" if other.sheet != entry.sheet else ""
    return f"dòng {other.row}{sheet}"


def _says(entry: Entry, column: Field) -> bool:
    said = {
        Field.UNIT: entry.unit is not None,
        Field.KIND: bool(entry.kind),
        Field.TITLE: bool(entry.title),
        Field.CHANNEL: bool(entry.channel),
    }
    return said[column]


def _whole(entry: Entry, activity: KnownActivity, placement: KnownPlacement) -> Entry:
    """The row with what it leaves blank as recorded."""
    return replace(
        entry,
        unit=activity.unit,
        kind=entry.kind or activity.kind,
        title=entry.title or activity.title,
        channel=placement.channel,
        held_on=entry.held_on or activity.held_on,
        number=entry.number or activity.number,
        dated=entry.dated or activity.dated,
    )
