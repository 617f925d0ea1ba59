"""Forms of derivation, uptake, proposals and copies."""

from __future__ import annotations

from typing import Any

from django import forms

from plans.actions.proposals import Choice
from plans.implementing import ANNEX, CONTENT


class ItemForm(forms.Form):
    """Which item of the parent."""

    section = forms.ChoiceField(choices=[(CONTENT, CONTENT), (ANNEX, ANNEX)])
    item = forms.IntegerField(min_value=1)


class LeaveOutForm(ItemForm):
    """And why it does not concern the agency."""

    reason = forms.CharField(
        max_length=1000, error_messages={"required": "Hãy ghi lý do không áp dụng."}
    )


class LinkForm(ItemForm):
    """And which row answers it."""

    uid = forms.RegexField(
        r"^[0-9a-f]{16}$", error_messages={"required": "Hãy chọn dòng của kế hoạch."}
    )


class AcceptProposalForm(forms.Form):
    """Whose words stand, where that must be said."""

    choice = forms.TypedChoiceField(
        choices=[(choice.value, choice.value) for choice in Choice],
        coerce=Choice,
        required=False,
        empty_value=None,
    )


class DeclineProposalForm(forms.Form):
    """Why the plan stays as it is."""

    reason = forms.CharField(
        max_length=1000, error_messages={"required": "Hãy ghi lý do không tiếp thu."}
    )


class YearForm(forms.Form):
    """The year of the copy."""

    nam = forms.IntegerField(label="Năm của kế hoạch mới", max_value=2100)

    def __init__(self, *args: Any, after: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["nam"]
        field.widget.attrs |= {"min": after + 1, "class": "form-control form-control-sm"}
        self.after = after

    def clean_nam(self) -> int:
        """Not the plan's own year, nor one before it."""
        year: int = self.cleaned_data["nam"]
        if year <= self.after:
            raise forms.ValidationError(f"Năm mới phải sau năm {self.after}.")
        return year
