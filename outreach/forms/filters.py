"""The filters of the lists of activities and of placements, all in the address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode

from agencies.models import Agency, Unit, User
from cchc.lib import clock
from cchc.lib.keyset import Order
from cchc.lib.tables import display
from outreach.finding import Day, Wanted
from outreach.forms.choices import channels
from outreach.forms.fields import DAY_FORMATS
from outreach.kinds import Kind
from outreach.workflow import State
from plans.models import ContentItem
from plans.periods import Period, PeriodError, PeriodKind, periods_of

# The filters that stand in sight; the others are behind "Lọc thêm".
FIRST = ("q", "ky", "trang_thai")
_UNKNOWN = "Không có lựa chọn “%(value)s”; mục này được bỏ qua."
_NO_DAY = "Không đọc được ngày; hãy ghi dạng dd/mm/yyyy. Mục này được bỏ qua."
Choices = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on: what it says, and the address without it."""

    label: str
    value: str
    without: str


class _Day(forms.DateField):
    def __init__(self, label: str) -> None:
        attrs = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
        super().__init__(
            label=label,
            required=False,
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs=attrs),
            error_messages={"invalid": _NO_DAY},
        )


def _choice(label: str, choices: Choices | None = None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", "Tất cả"), *(choices or [])],
        error_messages={"invalid_choice": _UNKNOWN},
    )


class FilterForm(forms.Form):
    """The filters of a list; what is wrong in the address is said and left out."""

    q = forms.CharField(
        label="Tìm tiêu đề, mã, đường dẫn",
        required=False,
        max_length=500,
        error_messages={"max_length": "Chỉ tìm được tối đa 500 ký tự; mục này được bỏ qua."},
    )
    ky = _choice("Kỳ")
    trang_thai = _choice("Trạng thái", [(state.value, state.label) for state in State])
    loai = _choice("Loại", [(kind.value, kind.label) for kind in Kind])
    co_quan = _choice("Cơ quan")
    don_vi = _choice("Đơn vị")
    kenh = _choice("Kênh")
    noi_dung = _choice("Kế hoạch, nội dung")
    ngay = forms.ChoiceField(
        label="Ngày dùng để lọc",
        required=False,
        choices=[(day.value, day.label) for day in Day],
        error_messages={"invalid_choice": _UNKNOWN},
    )
    tu = _Day("Từ ngày")
    den = _Day("Đến ngày")
    thieu_duong_dan = forms.BooleanField(label="Chưa có đường dẫn", required=False)
    duong_dan_hong = forms.BooleanField(label="Đường dẫn không mở được", required=False)
    sap_xep = forms.ChoiceField(
        label="Sắp xếp", required=False, error_messages={"invalid_choice": _UNKNOWN}
    )

    def __init__(
        self, data: QueryDict, *, user: User, first_year: int, orders: tuple[Order, ...]
    ) -> None:
        super().__init__(data)
        self.orders = {order.code: order for order in orders}
        years = range(clock.today().year, first_year - 1, -1)
        periods = [(str(year), [(p.code, p.label) for p in _year(year)]) for year in years]
        self._offer("ky", periods)
        self._offer("co_quan", _agencies(user))
        self._offer("don_vi", _units(user))
        self._offer("kenh", [(str(c.pk), c.short_name) for c in channels(user)])
        self._offer("noi_dung", _contents(user))
        self._choices("sap_xep").choices = [(order.code, order.label) for order in orders]
        for name, field in self.fields.items():
            _dress(name, field)

    def clean(self) -> dict[str, Any]:
        """Days the wrong way round find nothing: the later one is left out."""
        said = self.cleaned_data
        first, last = said.get("tu"), said.get("den")
        if first and last and first > last:
            self.add_error("den", "Đến ngày phải từ ngày bắt đầu trở đi; mục này được bỏ qua.")
        return said

    @property
    def order(self) -> Order:
        """The order asked for; the first one when none was."""
        first = next(iter(self.orders.values()))
        return self.orders.get(self.cleaned_data.get("sap_xep") or "", first)

    def wanted(self) -> Wanted:
        """What was asked for, as the finding takes it."""
        said = self.cleaned_data
        content = said.get("noi_dung") or ""
        first, last = self._span()
        state = said.get("trang_thai")
        return Wanted(
            text=said.get("q") or "",
            kind=said.get("loai") or "",
            agency=_number(said.get("co_quan")),
            unit=_number(said.get("don_vi")),
            channel=_number(said.get("kenh")),
            state=State(state) if state else None,
            day=Day(said.get("ngay") or ""),
            first=first,
            last=last,
            plan=_number(content[1:]) if content.startswith("k") else None,
            item=_number(content[1:]) if content.startswith("n") else None,
            is_without_address=bool(said.get("thieu_duong_dan")),
            has_dead_link=bool(said.get("duong_dan_hong")),
        )

    def query(self, *without: str) -> str:
        """The filters and the order as they stand in an address, without these and the place."""
        return urlencode(
            [
                (name, _written(value))
                for name, value in self.cleaned_data.items()
                if value and name not in without
            ]
        )

    def chips(self) -> list[Chip]:
        """The filters that are on, in the order of the form."""
        return [
            Chip(str(self.fields[name].label), self._said(name, value), self.query(name))
            for name, value in self.cleaned_data.items()
            if value and name not in {"sap_xep", "ngay"}
        ]

    def first_fields(self) -> Iterator[forms.BoundField]:
        """The filters in sight."""
        return (self[name] for name in FIRST)

    def more_fields(self) -> Iterator[forms.BoundField]:
        """The other filters; those that offer no choice are not shown."""
        for name, field in self.fields.items():
            offers = not isinstance(field, forms.ChoiceField) or len(_flat_list(field)) > 1
            if name not in (*FIRST, "sap_xep") and offers:
                yield self[name]

    @property
    def has_more(self) -> bool:
        """Whether one of those behind "Lọc thêm" is on or wrong."""
        return any(self.cleaned_data.get(f.name) or f.errors for f in self.more_fields())

    def _span(self) -> tuple[date | None, date | None]:
        """The days asked for, within the period where one was chosen."""
        first, last = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        try:
            period = Period.parse(self.cleaned_data.get("ky") or "")
        except PeriodError:
            return first, last
        return max(first or period.start, period.start), min(last or period.end, period.end)

    def _said(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return dict(_flat_list(field)).get(str(value), str(value))
        return "" if value is True else display(value)

    def _offer(self, name: str, choices: Choices) -> None:
        self._choices(name).choices = [("", "Tất cả"), *choices]

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


def _agencies(user: User) -> Choices:
    """For those to whom other agencies' work is shown."""
    standing = user.standing()
    if not standing.overseen_province_ids and not standing.edited_agency_ids:
        return []
    rows = Agency.objects.filter(province__in=standing.province_ids).in_order()
    return [(str(agency.pk), agency.short_name) for agency in rows]


def _units(user: User) -> Choices:
    rows = Unit.objects.filter(agency__in=user.standing().readable_agency_ids).in_order()
    return [(str(unit.pk), unit.name) for unit in rows]


def _contents(user: User) -> Choices:
    """The plans of the user's agencies, newest first, each with what it wants told."""
    rows = (
        ContentItem.objects.filter(plan__agency__in=user.standing().readable_agency_ids)
        .exclude(plan__state="draft")
        .select_related("plan")
        .order_by("-plan__starts_on", "plan_id", "order")
    )
    groups: dict[int, tuple[str, Choices]] = {}
    for item in rows:
        plan = item.plan
        every = [(f"k{plan.pk}", f"Mọi nội dung của kế hoạch {plan.year}")]
        _, choices = groups.setdefault(plan.pk, (f"{plan.year}: {plan.title}"[:90], every))
        choices.append((f"n{item.pk}", item.title[:120]))
    return list(groups.values())


def _dress(name: str, field: forms.Field) -> None:
    look = "form-control"
    if isinstance(field, forms.ChoiceField):
        look = "form-select"
    elif isinstance(field, forms.BooleanField):
        field.widget.attrs["class"] = "form-check-input"
        return
    field.widget.attrs["class"] = f"{look} form-control-sm"
    if name == "sap_xep":
        field.widget.attrs |= {"data-submit": "", "form": "filters"}


def _flat_list(field: forms.ChoiceField) -> list[tuple[str, str]]:
    return list(_flat(field.choices))


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _written(value: Any) -> str:
    return "1" if value is True else display(value)


def _year(year: int) -> list[Period]:
    return [
        *periods_of(PeriodKind.YEAR, year),
        *periods_of(PeriodKind.QUARTER, year),
        *periods_of(PeriodKind.MONTH, year),
    ]
