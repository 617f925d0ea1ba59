"""Định mức, luân phiên: what each task owes on which channel, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from agencies.models import Unit
from plans.models import Channel, Plan, Quota, RotationTurn, Task
from plans.models.quota import CountsWhen, DueKind
from plans.periods import Period, PeriodError, PeriodKind
from plans.sections.fields import DAYS, Fields, Row, accept_rows, day_of, written
from plans.sections.rows import by_uid, rewrite
from plans.sections.section import Section

LABELS = {
    "task": "Nhiệm vụ",
    "channel": "Kênh",
    "counts_when": "Tính khi",
    "minimum": "Ít nhất",
    "maximum": "Nhiều nhất",
    "per": "Mỗi",
    "due_kind": "Cách tính hạn",
    "due_day": "Ngày đến hạn",
    "due_month_offset": "Số tháng lùi",
    "due_dates": "Hạn từng kỳ",
    "default_unit": "Đơn vị thực hiện",
    "turns": "Luân phiên",
}
_PLAIN = (
    "counts_when",
    "minimum",
    "maximum",
    "per",
    "due_kind",
    "due_day",
    "due_month_offset",
)
_COUNTS_WHEN = {value: str(label) for value, label in CountsWhen.choices}
_DUE_KINDS = {value: str(label) for value, label in DueKind.choices}
_PER = {kind.value: kind.label for kind in PeriodKind}
_MOST = 100_000
_MOST_MONTHS = 12


def read(plan: Plan) -> list[Row]:
    """The quotas in the order of their tasks."""
    rows = _present(plan).filter(removed_in=None, task__removed_in=None)
    return [_row(quota) for quota in rows.order_by("task__order", "order")]


def _present(plan: Plan) -> Any:
    turns = RotationTurn.objects.select_related("unit")
    return (
        Quota.everything.filter(task__plan=plan)
        .select_related("task", "channel", "default_unit")
        .prefetch_related(Prefetch("turns", turns))
    )


def _row(quota: Quota) -> Row:
    turns = sorted(quota.turns.all(), key=lambda turn: Period.parse(turn.period).start)
    return {name: getattr(quota, name) for name in _PLAIN} | {
        "uid": quota.uid,
        "task": quota.task.uid,
        "channel": quota.channel.code,
        "due_dates": {
            code: written(date.fromisoformat(day)) for code, day in quota.due_dates.items()
        },
        "default_unit": quota.default_unit.code if quota.default_unit else "",
        "turns": {turn.period: turn.unit.code for turn in turns},
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """What quotas may name; three queries."""

    plan: Plan
    tasks: Mapping[str, Task]
    channels: Mapping[str, int]
    units: Mapping[str, int]

    @classmethod
    def around(cls, plan: Plan) -> _Known:
        channels = Channel.objects.filter(province=plan.province_id)
        units = Unit.objects.filter(agency=plan.agency_id)
        return cls(
            plan=plan,
            tasks=by_uid(Task.objects.filter(plan=plan)),
            channels=dict(channels.values_list("code", "pk")),
            units=dict(units.values_list("code", "pk")),
        )


def accept(data: object, plan: Plan) -> list[Row]:
    """The typed quotas; one of a task for each channel and kind of period."""
    known = _Known.around(plan)
    taken: set[tuple[str, str, str]] = set()
    return accept_rows(data, LABELS, lambda fields: _accepted(fields, known, taken))


def _accepted(fields: Fields, known: _Known, taken: set[tuple[str, str, str]]) -> Row:
    value: Row = {
        "task": fields.code("task", known.tasks, "nhiệm vụ"),
        "channel": fields.code("channel", known.channels, "kênh"),
        "counts_when": fields.choice("counts_when", _COUNTS_WHEN),
        "minimum": fields.whole("minimum", 1, _MOST),
        "maximum": fields.whole_or_none("maximum", 1, _MOST),
        "per": fields.choice("per", _PER),
        "due_kind": fields.choice("due_kind", _DUE_KINDS),
        "due_day": fields.whole_or_none("due_day", 1, 31),
        "due_month_offset": fields.whole("due_month_offset", 0, _MOST_MONTHS),
        "default_unit": fields.code("default_unit", known.units, "đơn vị"),
    }
    for name in ("task", "channel"):
        if not value[name] and name in fields.data:
            fields.fault(name, "Chưa chọn.", "chọn trong danh sách")
    if value["maximum"] is not None and value["maximum"] < value["minimum"]:
        fields.fault("maximum", "Nhỏ hơn số ít nhất.", f"từ {value['minimum']} hoặc để trống")
    if value["due_kind"] == DueKind.DAY_OF_MONTH and value["due_day"] is None:
        fields.fault("due_day", "Chưa ghi ngày đến hạn.", "1 đến 31")
    key = (value["task"], value["channel"], value["per"])
    if key in taken:
        fields.fault("channel", "Nhiệm vụ đã có định mức cho kênh này, cùng loại kỳ.", "kênh khác")
    taken.add(key)
    periods = _Periods(fields, value["per"], known.plan)
    return value | {
        "due_dates": periods.days("due_dates"),
        "turns": periods.units("turns", known.units),
    }


@dataclass(frozen=True, slots=True)
class _Periods:
    """Fields whose values stand by period: periods of the quota's kind, inside the plan, once."""

    fields: Fields
    per: str
    plan: Plan

    def days(self, name: str) -> dict[str, str]:
        """A day by period."""
        found = {}
        for code, text in self._by_period(name).items():
            day = day_of(text)
            if day is None:
                label = Period.parse(code).label
                self.fields.fault(name, f"{label}: không có ngày “{text[:20]}”.", DAYS)
            found[code] = written(day)
        return found

    def units(self, name: str, known: Mapping[str, int]) -> dict[str, str]:
        """A unit's code by period."""
        found = self._by_period(name)
        for code, unit in found.items():
            if unit not in known:
                problem = f"{Period.parse(code).label}: không có đơn vị mang mã “{unit[:24]}”."
                self.fields.fault(name, problem, "chọn lại trong danh sách")
        return found

    def _by_period(self, name: str) -> dict[str, str]:
        found: dict[Period, str] = {}
        for code, text in self.fields.pairs(name).items():
            period = self._period(name, code)
            if period is None:
                continue
            if period in found:
                self.fields.fault(name, f"{period.label} được ghi hai lần.", "mỗi kỳ một lần")
            found[period] = text
        ordered = sorted(found, key=lambda period: period.start)
        return {period.code: found[period] for period in ordered}

    def _period(self, name: str, code: str) -> Period | None:
        try:
            period = Period.parse(code)
            first, last = period.start, period.end
        except (PeriodError, ValueError):
            self.fields.fault(name, f"Không có kỳ “{code[:20]}”.", "kỳ như 2024-M03, 2024-Q1")
            return None
        if self.per in _PER and period.kind != self.per:
            self.fields.fault(
                name, f"{period.label} không phải là {_PER[self.per]}.", "đúng loại kỳ"
            )
            return None
        if last < self.plan.starts_on or first > self.plan.ends_on:
            span = f"{written(self.plan.starts_on)} – {written(self.plan.ends_on)}"
            problem = f"{period.label} nằm ngoài thời gian của kế hoạch."
            self.fields.fault(name, problem, f"kỳ trong {span}")
            return None
        return period


def write(plan: Plan, value: Any) -> None:
    """Bring the quotas and turns to the value; one with obligations keeps its row when it goes."""
    known = _Known.around(plan)
    rows = _present(plan) if plan.issued_at else _present(plan).filter(task__removed_in=None)
    present: dict[str, Quota] = by_uid(rows)
    turns = {
        (quota.pk, turn.period): turn for quota in present.values() for turn in quota.turns.all()
    }
    places: dict[str, int] = {}
    wanted = {}
    for row in value:
        places[row["task"]] = places.get(row["task"], 0) + 1
        wanted[row["uid"]] = _values(row, places[row["task"]], known)
    gone = [quota.pk for uid, quota in present.items() if uid not in wanted]
    held = Quota.everything.filter(pk__in=gone, obligations__isnull=False)
    found = rewrite(
        Quota,
        present,
        wanted,
        base={},
        staying=set(held.values_list("pk", flat=True)) if gone else (),
        revision=plan.revision,
        unique=("order", "task_id", "channel_id", "per", "removed_in"),
    )
    _write_turns(value, found, turns, known)


def _values(row: Row, order: int, known: _Known) -> Row:
    return {name: row[name] for name in _PLAIN} | {
        "task_id": known.tasks[row["task"]].pk,
        "order": order,
        "channel_id": known.channels[row["channel"]],
        "due_dates": {code: _iso(day) for code, day in row["due_dates"].items()},
        "default_unit_id": known.units[row["default_unit"]] if row["default_unit"] else None,
        "removed_in": None,
    }


def _iso(day: str) -> str:
    found = day_of(day)
    assert found is not None
    return found.isoformat()


def _write_turns(
    value: list[Row],
    quotas: Mapping[str, Quota],
    present: Mapping[tuple[int, str], RotationTurn],
    known: _Known,
) -> None:
    wanted = {
        (quotas[row["uid"]].pk, period): known.units[unit]
        for row in value
        for period, unit in row["turns"].items()
    }
    kept = {quota.pk for quota in quotas.values()}
    gone = [turn.pk for key, turn in present.items() if key[0] in kept and key not in wanted]
    if gone:
        RotationTurn.objects.filter(pk__in=gone).delete()
    changed = [
        turn for key, turn in present.items() if key in wanted and turn.unit_id != wanted[key]
    ]
    for turn in changed:
        turn.unit_id = wanted[turn.quota_id, turn.period]
    RotationTurn.objects.bulk_update(changed, ["unit"])
    RotationTurn.objects.bulk_create(
        RotationTurn(quota_id=quota, period=period, unit_id=unit)
        for (quota, period), unit in wanted.items()
        if (quota, period) not in present
    )


SECTION = Section("quotas", "Định mức, luân phiên", read, accept, write)
