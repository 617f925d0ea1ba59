"""The choice of channels: first those on which the agency owes something, the rest folded away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Max

from cchc.lib import clock
from cchc.lib.choice_fields import SeveralField
from cchc.lib.tables import display
from outreach.compliance import Tally
from outreach.tallies import tallies
from plans.models import Channel, Obligation


@dataclass(frozen=True, slots=True)
class Box:
    """One channel to tick; ``notes`` say what is owed on it today."""

    tag: str
    id: str
    channel: Channel
    ticked: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Channels under one heading."""

    title: str
    boxes: tuple[Box, ...]


class BoundChannels(forms.BoundField):
    """The choice as its page shows it (templates/outreach/_channel_choice.html)."""

    @property
    def first(self) -> list[Box]:
        """Where the agency owes something; without obligations, the channels that approve."""
        return [box for box in self._boxes if self._is_first(box)]

    @property
    def others(self) -> list[Group]:
        """The rest, those that record at once apart."""
        rest = [box for box in self._boxes if not self._is_first(box)]
        approved = tuple(box for box in rest if box.channel.needs_approval)
        recorded = tuple(box for box in rest if not box.channel.needs_approval)
        groups = (
            Group("Qua biên tập viên duyệt", approved),
            Group("Ghi nhận ngay, không phải duyệt", recorded),
        )
        return [group for group in groups if group.boxes]

    @property
    def unfolded(self) -> bool:
        """Whether the fold must stand open: something in it is ticked, or nothing is outside."""
        return not self.first or any(box.ticked for group in self.others for box in group.boxes)

    def _is_first(self, box: Box) -> bool:
        owed: dict[int, tuple[str, ...]] = self.field.owed  # type: ignore[attr-defined]
        return box.channel.pk in owed if owed else box.channel.needs_approval

    @cached_property
    def _boxes(self) -> list[Box]:
        owed: dict[int, tuple[str, ...]] = self.field.owed  # type: ignore[attr-defined]
        return [
            Box(
                tag=widget.tag(),
                id=widget.id_for_label,
                channel=widget.data["value"].instance,
                ticked=widget.data["selected"],
                notes=owed.get(widget.data["value"].value, ()),
            )
            for widget in self.subwidgets
        ]


class ChannelChoice(SeveralField):
    """Channels as boxes to tick; ``owed`` is what :func:`owed_on` says of the agency."""

    owed: dict[int, tuple[str, ...]]

    def __init__(self, label: str) -> None:
        super().__init__(
            queryset=Channel.objects.none(),
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        )
        self.owed = {}

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundChannels:
        """With its channels in groups."""
        return BoundChannels(form, self, field_name)


def owed_on(agency_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Channels of the agencies' obligations this year, or of their last year that had any.

    Each with a line per obligation whose window is open today; four queries at most.
    """
    today = clock.today()
    owed = Obligation.objects.filter(agency__in=agency_ids, channel__isnull=False, waived_at=None)
    last: Any = owed.aggregate(day=Max("window_start"))["day"]
    if last is None:
        return {}
    rows = list(owed.filter(window_start__year=min(today.year, last.year)).for_matrix())
    running = [row for row in rows if row.window_start <= today <= row.window_end]
    found = tallies(running, today)
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.channel_id is not None:
            lines[row.channel_id] += [_line(row, found[row.pk])] if row.pk in found else []
    return {channel_id: tuple(told) for channel_id, told in lines.items()}


def _line(row: Obligation, tally: Tally) -> str:
    """``Quý IV/2026: 0/1, hạn 20/12/2026, Văn phòng``."""
    done = len(tally.counted_on)
    parts = [f"{row.period_label}: {min(done, row.required)}/{row.required}"]
    if done >= row.required:
        parts.append("đã đủ")
    else:
        late = row.due_on < clock.today()
        parts.append(f"{'đã quá hạn' if late else 'hạn'} {display(row.due_on)}")
        if tally.waiting:
            parts.append(f"{tally.waiting} đang chờ duyệt, đăng")
        if row.unit is not None:
            parts.append(f"{row.unit} thực hiện")
    return ", ".join(parts)
