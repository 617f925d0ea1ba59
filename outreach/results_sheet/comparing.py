"""A row beside the placement that it means: the same, more, or otherwise. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cchc.lib.tables import display
from outreach.addresses import fingerprint
from outreach.results_sheet.facts import Entry, Field
from outreach.results_sheet.known import KnownPlacement, Place
from outreach.results_sheet.steps import Days, Reach, Wrong
from outreach.workflow import State

ENDED = (State.RETURNED, State.REFUSED, State.WITHDRAWN)


def differs(entry: Entry, known: KnownPlacement) -> Field | None:
    """The first day or address that the row says otherwise than recorded."""
    pairs: tuple[tuple[Field, object, object], ...] = (
        (Field.SENT, entry.sent_on, known.sent_on),
        (Field.DECIDED, entry.decided_on, known.decided_on),
        (Field.PUBLISHED, entry.published_on, known.published_on),
    )
    for column, said, recorded in pairs:
        if said and recorded and said != recorded:
            return column
    is_other = entry.url and known.url and entry.fingerprint != _print(known)
    return Field.URL if is_other else None


def agrees(entry: Entry, known: KnownPlacement) -> bool:
    """Whether a row without a code may be this placement: one address, or no other day."""
    if entry.url and known.url:
        return entry.fingerprint == _print(known)
    if known.state in ENDED:
        return entry.sent_on == known.sent_on
    return differs(entry, known) is None


def same(entry: Entry, other: Entry) -> bool:
    """Whether two rows say nothing that sets them apart."""
    if entry.url and other.url:
        return entry.fingerprint == other.fingerprint
    pairs = zip(_days(entry), _days(other), strict=True)
    return all(one is None or two is None or one == two for one, two in pairs)


def _days(entry: Entry) -> tuple[date | None, ...]:
    return (entry.sent_on, entry.decided_on, entry.published_on)


def closed(entry: Entry, known: KnownPlacement, place: Place) -> Reach:
    """Ended or published: the same as recorded, or a missing address."""
    label = known.state.label
    kept = Days(known.sent_on, known.decided_on, known.published_on)
    if known.state in (State.RETURNED, State.REFUSED):
        known = replace(known, decided_on=None, published_on=None)
        if entry.decided_on or entry.published_on:
            said = Field.DECIDED if entry.decided_on else Field.PUBLISHED
            raise Wrong(said, f"Lượt này “{label}”; hãy xử lý trên trang của nó.", "để trống")
    column = differs(entry, known)
    if column is not None:
        problem = f"Lượt này “{label}” với {_recorded_as(known, column)}; không sửa bằng tệp được."
        raise Wrong(column, problem, "giá trị đã ghi, hoặc để trống")
    may_fill = known.state is State.PUBLISHED and (known.decides or not place.needs_approval)
    if entry.url and not known.url and not may_fill:
        problem = f"Lượt này “{label}”; không bổ sung đường dẫn bằng tệp được."
        raise Wrong(Field.URL, problem, "để trống")
    return Reach(known.state, (), kept, known.url or entry.url)


def check_recorded(entry: Entry, known: KnownPlacement) -> None:
    """Refuse a row that says otherwise than what is recorded and not for the row to change."""
    column = differs(entry, known)
    corrects = known.decides and known.state is State.APPROVED and entry.published_on
    if column is Field.URL and known.state in (State.DRAFT, State.SUBMITTED):
        return
    if column is Field.DECIDED and corrects:
        return
    if column is Field.URL and known.decides and entry.published_on:
        return
    if column is not None:
        problem = f"Đã ghi {_recorded_as(known, column)}; không sửa bằng tệp được."
        raise Wrong(column, problem, "giá trị đã ghi, hoặc để trống")


def _recorded_as(known: KnownPlacement, column: Field) -> str:
    return {
        Field.SENT: f"ngày gửi {display(known.sent_on)}",
        Field.DECIDED: f"ngày duyệt {display(known.decided_on)}",
        Field.PUBLISHED: f"ngày đăng {display(known.published_on)}",
        Field.URL: f"đường dẫn {known.url}",
    }[column]


def _print(known: KnownPlacement) -> str:
    """That of its address: it is only kept of what is published."""
    return known.fingerprint or fingerprint(known.url)
