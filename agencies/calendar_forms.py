"""Input of the pages of days off; validates, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineRadios, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from agencies import calendar_lines, workdays
from agencies.actions.calendar import DayTerms
from agencies.calendar_lines import MOST_NOTE, Line
from agencies.models import CalendarDay
from cchc.lib.text import squeeze

_OFF, _WORKED = "off", "worked"
_KINDS = [(_OFF, "Nghỉ"), (_WORKED, "Làm việc (làm bù)")]
_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)


class DaysForm(forms.Form):
    """Days off, or days worked in exchange, one or several lines at a time."""

    kind = forms.ChoiceField(
        label="Các ngày này", choices=_KINDS, initial=_OFF, widget=forms.RadioSelect
    )
    lines = forms.CharField(
        label="Ngày và nội dung",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "12/02/2024 Nghỉ Tết Nguyên đán"}),
        help_text="Mỗi dòng một ngày, hoặc một khoảng “08/02/2024 - 14/02/2024 Nghỉ Tết”. Ghi số "
        "văn bản thông báo trong nội dung. Trong một khoảng, thứ Bảy và Chủ nhật không cần ghi "
        "nên được bỏ qua.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            InlineRadios("kind"),
            "lines",
            StrictButton("Ghi vào lịch", type="submit", css_class="btn-primary"),
        )

    def clean_lines(self) -> dict[date, str]:
        """Each day with what is said of it; every fault at once."""
        lines, faults = calendar_lines.read(self.cleaned_data["lines"])
        days: dict[date, str] = {}
        for line in lines:
            for day in _needed(line, self.data.get("kind") == _WORKED):
                if day in days:
                    faults.append(f"Ngày {day:%d/%m/%Y} được ghi hai lần.")
                days[day] = squeeze(line.note)
        if faults:
            raise forms.ValidationError(faults)
        return days

    def days(self) -> tuple[dict[date, str], dict[date, str]]:
        """Days off, and days worked."""
        found = self.cleaned_data["lines"]
        return ({}, found) if self.cleaned_data["kind"] == _WORKED else (found, {})


class DayForm(forms.Form):
    """One day of the province's own."""

    day = forms.DateField(
        label="Ngày",
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"},
        ),
    )
    kind = forms.ChoiceField(label="Ngày này", choices=_KINDS, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Nội dung",
        max_length=MOST_NOTE,
        help_text="Tên ngày nghỉ và số văn bản thông báo, ví dụ “Nghỉ Tết theo TB "
        "6150/TB-BLĐTBXH”.",
    )

    def __init__(self, *args: Any, calendar_day: CalendarDay, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "day": calendar_day.day,
            "kind": _WORKED if calendar_day.is_working else _OFF,
            "note": calendar_day.note,
        }
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(Column("day", css_class="col-sm-5"), Column(InlineRadios("kind"))),
            "note",
            StrictButton("Lưu", type="submit", css_class="btn-primary"),
        )

    def clean_day(self) -> date:
        """Within the years that the calendar knows."""
        day: date = self.cleaned_data["day"]
        if not _FIRST <= day <= _LAST:
            raise forms.ValidationError(f"Năm {day.year} nằm ngoài {_FIRST.year}–{_LAST.year}.")
        return day

    def terms(self) -> DayTerms:
        """What was typed."""
        data = self.cleaned_data
        return DayTerms(data["day"], data["kind"] == _WORKED, squeeze(data["note"]))


def _needed(line: Line, worked: bool) -> Iterable[date]:
    """The days of a line; of a range only those that are otherwise."""
    if not line.is_range:
        return line.days
    return (day for day in line.days if workdays.is_working(day, {}) != worked)
