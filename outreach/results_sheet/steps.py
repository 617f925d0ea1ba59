"""How far the days of a row bring a placement, and what stands in the way. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cchc.lib.tables import display
from outreach.kinds import Kind
from outreach.results_sheet.facts import Entry, Field
from outreach.results_sheet.known import KnownPlacement, Place
from outreach.workflow import (
    APPROVE,
    CLEAR,
    CLEAR_RECORD,
    OLDEST_YEARS,
    PUBLISH,
    RECORD,
    SEND,
    Move,
    State,
    date_fault,
)

ADDRESS_NEEDED = "Tin, bài trên kênh trực tuyến phải có đường dẫn."
CLAIM = "Cơ quan gửi ghi trong tệp kết quả:"
NO_DAY_HELD = "Loại này phải ghi ngày thực hiện."
NOT_HELD_YET = "Ngày thực hiện chưa tới nên chưa ghi nhận là đã thực hiện được."
NO_DOCUMENT = "Văn bản phải có số, ký hiệu và ngày."
DOCUMENT_SAID = (
    "tiêu đề như “Kế hoạch số 15/KH-STTTT ngày 05/02/2024 …”, hoặc thêm hai cột “Số, ký hiệu” "
    "và “Ngày văn bản”"
)
_DAY_FIELDS = {
    "Ngày gửi": Field.SENT,
    "Ngày duyệt": Field.DECIDED,
    "Ngày đăng": Field.PUBLISHED,
}


class Wrong(Exception):
    """Something stands in the way: the column, what is wrong, and what would be accepted."""

    def __init__(self, column: Field, problem: str, accepted: str = "") -> None:
        super().__init__(problem)
        self.column, self.problem, self.accepted = column, problem, accepted


@dataclass(frozen=True, slots=True)
class Days:
    """The three days of a placement."""

    sent: date | None = None
    decided: date | None = None
    published: date | None = None

    def __bool__(self) -> bool:
        return any((self.sent, self.decided, self.published))


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a placement comes to stand, over which moves, on which days, at which address.

    ``claim`` are the days that only the channel's editors may record, in words for them;
    ``derived`` names the days that the row does not say.
    """

    state: State
    moves: tuple[Move, ...] = ()
    days: Days = Days()
    url: str = ""
    claim: str = ""
    derived: tuple[Field, ...] = ()


def said_days(entry: Entry) -> Days:
    """The days that a row says."""
    return Days(entry.sent_on, entry.decided_on, entry.published_on)


def reach(entry: Entry, place: Place, today: date, before: KnownPlacement | None = None) -> Reach:
    """From a draft, or from what is recorded before it was decided, as far as the days say."""
    if not place.needs_approval:
        return _recorded(entry, place, today, before)
    state = before.state if before else State.DRAFT
    said = said_days(entry)
    url = entry.url or (before.url if before else "")
    if not said:
        return Reach(state, days=_of(before), url=url)
    decides = before.decides if before else place.decides
    days, derived = _filled(said, _of(before))
    check_days(today, days, before)
    moves: tuple[Move, ...] = ()
    if state in (State.DRAFT, State.SUBMITTED):
        check_needs(entry)
        moves = (SEND if state is State.DRAFT else CLEAR,)
        state = State.SENT
    there = Reach(state, moves, days, url, derived=derived)
    if days.decided is None or (state is State.APPROVED and days.published is None):
        return there
    if not decides:
        kept = replace(_of(before), sent=days.sent)
        return replace(there, days=kept, claim=_claim(entry), derived=_only_sent(derived))
    return _decided(there, place)


def _decided(there: Reach, place: Place) -> Reach:
    """Approved, and published when there is a day of that."""
    moves, state = there.moves, there.state
    if state is State.SENT:
        moves, state = (*moves, APPROVE), State.APPROVED
    if there.days.published is not None:
        if place.needs_address and not there.url:
            raise Wrong(Field.URL, ADDRESS_NEEDED, "https://…")
        moves, state = (*moves, PUBLISH), State.PUBLISHED
    return replace(there, state=state, moves=moves)


def _recorded(entry: Entry, place: Place, today: date, before: KnownPlacement | None) -> Reach:
    """A channel without approval: done is done."""
    state = before.state if before else State.DRAFT
    url = entry.url or (before.url if before else "")
    said = said_days(entry)
    is_held = "held_on" in Kind(entry.kind).fields
    held_on = entry.held_on if is_held else None
    done = said.published or said.decided or said.sent
    if done is None and held_on is not None and held_on <= today:
        done = held_on
    if done is None:
        return Reach(state, days=_of(before), url=url)
    days = Days(said.sent or done, said.decided or done, done)
    check_days(today, days, before)
    check_needs(entry)
    if held_on is not None and held_on > today:
        raise Wrong(Field.HELD, NOT_HELD_YET, f"ngày từ {display(today)} trở về trước")
    if place.needs_address and not url:
        raise Wrong(Field.URL, ADDRESS_NEEDED, "https://…")
    move = CLEAR_RECORD if state is State.SUBMITTED else RECORD
    return Reach(State.PUBLISHED, (move,), days, url)


def check_days(today: date, days: Days, before: KnownPlacement | None) -> None:
    """Refuse days that cannot be, under the column that is meant."""
    submitted = before.submitted_on if before and before.state is State.SUBMITTED else None
    problem = date_fault(
        today,
        submitted_on=submitted,
        sent_on=days.sent,
        decided_on=days.decided,
        published_on=days.published,
    )
    if problem:
        column = next((f for said, f in _DAY_FIELDS.items() if problem.startswith(said)), None)
        accepted = problem.partition("chỉ nhận ")[2].rstrip(".")
        raise Wrong(column or Field.SENT, problem, accepted or "gửi trước, rồi duyệt, rồi đăng")


def check_held(entry: Entry, today: date) -> None:
    """Refuse a day held that is a slip of the pen."""
    day = entry.held_on
    if day is not None and not today.year - OLDEST_YEARS <= day.year <= today.year + 1:
        problem = f"Ngày thực hiện {display(day)} xa quá."
        accepted = f"năm {today.year - OLDEST_YEARS}–{today.year + 1}"
        raise Wrong(Field.HELD, problem, accepted)


def check_needs(entry: Entry) -> None:
    """Refuse to send what its kind does not allow to be sent yet."""
    needs = Kind(entry.kind).needs
    if "held_on" in needs and entry.held_on is None:
        raise Wrong(Field.HELD, NO_DAY_HELD, "ngày/tháng/năm như 20/03/2024")
    if "document_on" in needs and not (entry.number and entry.dated):
        raise Wrong(Field.TITLE, NO_DOCUMENT, DOCUMENT_SAID)


def _of(before: KnownPlacement | None) -> Days:
    if before is None or before.state in (State.DRAFT, State.SUBMITTED):
        return Days()
    return Days(before.sent_on, before.decided_on, before.published_on)


def _filled(said: Days, before: Days) -> tuple[Days, tuple[Field, ...]]:
    """The days with those before them that the row does not say: the same day at the latest."""
    published = said.published or before.published
    decided = said.decided or before.decided or published
    sent = before.sent or said.sent or decided
    derived = []
    if sent is not None and said.sent is None and before.sent is None:
        derived.append(Field.SENT)
    if decided is not None and said.decided is None and before.decided is None:
        derived.append(Field.DECIDED)
    return Days(sent, decided, published), tuple(derived)


def _only_sent(derived: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(one for one in derived if one is Field.SENT)


def _claim(entry: Entry) -> str:
    days = [
        f"{verb} ngày {display(day)}"
        for verb, day in (("duyệt", entry.decided_on), ("đăng", entry.published_on))
        if day is not None
    ]
    where = f" tại {entry.url}" if entry.url else ""
    return f"{CLAIM} {', '.join(days)}{where}."
