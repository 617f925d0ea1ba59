"""The figures of an activity, noted when they are known."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from cchc.lib import clock
from outreach import particulars
from outreach.forms.fields import CountField
from outreach.kinds import Kind
from outreach.models import Activity


class FiguresForm(forms.Form):
    """One field for each figure that its kind has."""

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = Kind(activity.kind)
        for name, label, value in activity.measures:
            self.fields[name] = CountField(label, initial=value)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *self.fields, StrictButton("Ghi số liệu", type="submit", css_class="btn-primary")
        )

    def clean(self) -> dict[str, Any]:
        """Nothing larger than could be true."""
        data = super().clean() or self.cleaned_data
        for name, fault in particulars.faults(self.kind, data, clock.today()).items():
            self.add_error(name, fault)
        return data
