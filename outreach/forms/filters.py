"""The filters of the list of activities."""

from __future__ import annotations

from typing import Any

from django import forms

from cchc.lib import clock
from outreach.workflow import State
from plans.periods import Period, PeriodError, PeriodKind, periods_of


class FilterForm(forms.Form):
    """The filters of the list, all in the address."""

    q = forms.CharField(label="Tiêu đề", required=False, max_length=100)
    ky = forms.ChoiceField(label="Kỳ", required=False)
    trang_thai = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Tất cả"), *((state.value, state.label) for state in State)],
    )

    def __init__(self, *args: Any, first_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(clock.today().year, first_year - 1, -1)
        self.fields["ky"].choices = [  # type: ignore[attr-defined]
            ("", "Tất cả"),
            *((str(year), [(p.code, p.label) for p in _year(year)]) for year in years),
        ]
        for field in self.fields.values():
            name = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = f"{name} form-control-sm"

    def period(self) -> Period | None:
        """The period asked for."""
        try:
            return Period.parse(self.cleaned_data.get("ky") or "")
        except PeriodError:
            return None

    def state(self) -> State | None:
        """The state asked for."""
        code = self.cleaned_data.get("trang_thai")
        return State(code) if code else None


def _year(year: int) -> list[Period]:
    return [
        *periods_of(PeriodKind.YEAR, year),
        *periods_of(PeriodKind.QUARTER, year),
        *periods_of(PeriodKind.MONTH, year),
    ]
