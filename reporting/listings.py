"""Lists behind the matrices: one line per obligation, and the articles that count for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cchc.lib.tables import Cell, Column, Kind, Row, Table
from outreach.models import Explanation, Fulfilment
from outreach.tallies import results
from plans.models import Obligation, TurnChange
from plans.periods import Period
from reporting.matrices import OUTSIDE, Survey, channel_name, is_outside, obligation_address


@dataclass(frozen=True, slots=True)
class Counted:
    """One published article that counts for one obligation, with its three days."""

    obligation_id: int
    activity_id: int
    title: str
    unit: str
    sent_on: date | None
    decided_on: date | None
    published_on: date | None
    url: str

    @property
    def href(self) -> str:
        """The article's own page."""
        return reverse("outreach:activity-detail", args=[self.activity_id])


def counted_by(obligations: Sequence[Obligation], as_of: date) -> dict[int, list[Counted]]:
    """What counts for each obligation by that day, oldest first; one query."""
    return {
        obligation_id: [counted(row) for row in rows]
        for obligation_id, rows in results(obligations, as_of).items()
    }


def explained_by(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Why each was missed or late and whether that is accepted, as it is printed; one query."""
    rows = Explanation.objects.filter(obligation__in=[o.pk for o in obligations]).current()
    return {row.obligation_id: row.sentence for row in rows}


def handed_over_late(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Whose turn each was when its day passed, where it was given to another unit only later."""
    rows = (
        TurnChange.objects.filter(obligation__in=[o.pk for o in obligations])
        .select_related("obligation", "from_unit")
        .order_by("id")
    )
    found: dict[int, str] = {}
    for row in rows:
        day = localtime(row.changed_at).date()
        if day > row.obligation.due_on and row.obligation_id not in found:
            found[row.obligation_id] = (
                f"đến hạn do {row.from_unit or 'chưa đơn vị nào'} phụ trách; đổi lượt ghi nhận "
                f"sau hạn, ngày {day:%d/%m/%Y}, lý do: {row.reason}"
            )
    return found


def obligation_list(survey: Survey) -> Table:
    """One line per obligation of an agency: whose, where, when, how far, by which article."""
    items = counted_by(survey.obligations, survey.as_of)
    explained = explained_by(survey.obligations)
    late = handed_over_late(survey.obligations)
    columns = (
        Column("unit", "Đơn vị", width=16),
        Column("task", "Nhiệm vụ", width=24),
        Column("channel", "Kênh", width=14),
        Column("period", "Kỳ", width=9),
        Column("due_on", "Hạn", Kind.DATE, 9),
        Column("required", "Phải thực hiện", Kind.INTEGER, 7),
        Column("counted", "Đã thực hiện", Kind.INTEGER, 7),
        Column("state", "Trạng thái", width=11),
        Column("items", "Tin, bài", width=26),
        Column("note", "Ghi chú", width=18),
    )
    rows = tuple(
        _line(o, survey, items[o.pk], notes_on(o, explained, late))
        for o in _in_order(survey.obligations)
    )
    title = f"Các đầu việc trong kỳ, {survey.period.label}"
    empty = "Không có đầu việc nào đến kỳ."
    return Table("obligations", title, survey.clock, columns, rows, empty)


def notes_on(obligation: Obligation, explained: Mapping[int, str], late: Mapping[int, str]) -> str:
    """What must be known beside the figure: before issue, given on late, waived, explained."""
    notes = []
    if obligation.pk in late:
        notes.append(f"Khi {late[obligation.pk].removesuffix('.')}.")
    if is_outside(obligation):
        notes.append(f"{OUTSIDE}.")
    if obligation.waived_at is not None:
        notes.append(f"Được miễn: {obligation.waived_reason}")
    if obligation.pk in explained:
        notes.append(f"Giải trình: {explained[obligation.pk]}")
    return " ".join(notes)


def counted(row: Fulfilment) -> Counted:
    """A result as it is listed; its placement, activity and unit are read with it."""
    placement, activity = row.placement, row.placement.activity
    return Counted(
        row.obligation_id,
        activity.pk,
        activity.title,
        activity.unit.name if activity.unit else "",
        placement.sent_on,
        placement.decided_on,
        placement.published_on,
        placement.url,
    )


def _in_order(obligations: Iterable[Obligation]) -> list[Obligation]:
    return sorted(obligations, key=lambda o: (o.due_on, o.task.order, o.pk))


def _line(obligation: Obligation, survey: Survey, items: Sequence[Counted], notes: str) -> Row:
    state = survey.state(obligation)
    address = obligation_address(obligation.pk)
    return Row(
        (
            Cell(obligation.unit.name if obligation.unit else "Chưa giao đơn vị"),
            Cell(str(obligation.task), href=address),
            Cell(channel_name(obligation)),
            Cell(Period.parse(obligation.period).label),
            Cell(obligation.due_on),
            Cell(obligation.required),
            Cell(len(items)),
            Cell(state.label, "" if is_outside(obligation) else state.value),
            Cell(
                "; ".join(item.title for item in items),
                href=items[0].href if len(items) == 1 else address if items else "",
            ),
            Cell(notes),
        )
    )
