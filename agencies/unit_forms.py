"""Input of the pages of an agency's units; validates, never saves."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms

from agencies.actions.units import UnitTerms
from agencies.models import Agency, Unit
from agencies.models.agency import AgencyQuerySet
from cchc.lib.name_fields import AliasesField, NameField

_NAME = 160
_DAY = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs=_DAY),
        error_messages={
            "required": "Hãy ghi ngày.",
            "invalid": "Không đọc được ngày; hãy ghi dạng dd/mm/yyyy.",
        },
        **kwargs,
    )


class UnitForm(forms.Form):
    """What the office says of a unit; a new one of an office of several agencies asks which."""

    agency = forms.ModelChoiceField(
        label="Cơ quan",
        queryset=Agency.objects.none(),
        empty_label="Chọn cơ quan",
        error_messages={"required": "Hãy chọn cơ quan."},
    )
    name = NameField(label="Tên đơn vị", max_length=_NAME, help_text="Ghi đủ như trong kế hoạch.")
    aliases = AliasesField(
        label="Tên gọi khác",
        limit=_NAME,
        help_text="Mỗi dòng một tên: viết tắt, tên cũ, cách ghi khác. Khi nhập phụ lục, các tên "
        "này đều được hiểu là đơn vị này.",
    )
    order = forms.IntegerField(
        label="Thứ tự",
        min_value=0,
        max_value=9999,
        required=False,
        help_text="Số nhỏ đứng trước; để trống thì đứng cuối.",
    )
    since = _day("Từ ngày", required=False, help_text="Không rõ thì để trống.")
    until = _day("Đến hết ngày", required=False, help_text="Còn hoạt động thì để trống.")

    def __init__(
        self,
        *args: Any,
        unit: Unit | None = None,
        agencies: AgencyQuerySet | None = None,
        **kwargs: Any,
    ) -> None:
        if unit is not None:
            kwargs["initial"] = _initial(unit)
        super().__init__(*args, **kwargs)
        if agencies is None:
            del self.fields["agency"]
        else:
            self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if unit is not None:
            self.fields["order"].help_text = "Số nhỏ đứng trước."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *(["agency"] if agencies is not None else []),
            Field("name", autofocus=True),
            "aliases",
            Row(
                Column("order", css_class="col-sm-4"),
                Column("since", css_class="col-sm-4"),
                Column("until", css_class="col-sm-4"),
            ),
            StrictButton("Lưu", type="submit", css_class="btn-primary"),
        )

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Ngày kết thúc không được trước ngày bắt đầu.")
        return data

    def terms(self) -> UnitTerms:
        """What was typed."""
        data = self.cleaned_data
        return UnitTerms(data["name"], data["aliases"], data["order"], data["since"], data["until"])


class UnitEndForm(forms.Form):
    """The last day of a unit."""

    until = _day("Hoạt động đến hết ngày")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "until", StrictButton("Kết thúc đơn vị", type="submit", css_class="btn-primary")
        )


def _initial(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "aliases": "\n".join(unit.aliases),
        "order": unit.order,
        "since": unit.since,
        "until": unit.until,
    }
