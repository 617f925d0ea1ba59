"""Fields that several forms share: a day, an address."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from cchc.lib.tables import display
from outreach.addresses import LONGEST, fault
from outreach.moves import ADDRESS_NEEDED, ONE_ADDRESS
from plans.models import Channel

NOT_A_COUNT = "Chỉ ghi số nguyên không âm, ví dụ 45 hoặc 1.200."
_COUNT = re.compile(r"[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+")
_MARKS = re.compile(r"[. ]")
_LONGEST_COUNT = 20
DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"]


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day typed as dd/mm/yyyy; 18032024 will do on a telephone."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"},
        ),
        error_messages={
            "required": "Hãy ghi ngày.",
            "invalid": "Không đọc được ngày; hãy ghi dạng dd/mm/yyyy, ví dụ 18/03/2024.",
        },
    )


class CountField(forms.Field):
    """A whole number as people write it: 1200, 1.200 or 1 200.

    Django's own field reads 1.000 as 1.
    """

    def __init__(self, label: str, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": _LONGEST_COUNT}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=label, required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number; nothing for an empty field."""
        text = str(value or "").strip()
        if not text:
            return None
        if len(text) > _LONGEST_COUNT or not _COUNT.fullmatch(text):
            raise forms.ValidationError(NOT_A_COUNT)
        return int(_MARKS.sub("", text))

    def prepare_value(self, value: Any) -> Any:
        """A number that is known, as it would be typed."""
        return display(value) if isinstance(value, int) else value


class AddressField(forms.CharField):
    """A web address, http or https; nothing is fetched."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}
        super().__init__(
            label="Đường dẫn",
            max_length=LONGEST,
            widget=forms.TextInput(attrs=attrs),
            **kwargs,
        )

    def validate(self, value: str) -> None:
        """The same rule that the action holds it to."""
        super().validate(value)
        if value and (wrong := fault(value)):
            raise forms.ValidationError(wrong)


def check_address(form: forms.Form, channels: list[Channel], url: str) -> None:
    """One address for one channel, and one for what is recorded online without approval."""
    if url and len(channels) > 1:
        form.add_error("url", ONE_ADDRESS)
    recorded = [c for c in channels if not c.needs_approval and c.needs_address]
    if recorded and not url:
        form.add_error("url", ADDRESS_NEEDED.format(channel=recorded[0]))
