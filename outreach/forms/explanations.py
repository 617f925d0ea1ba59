"""The form that says why something was missed or late."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from outreach.models.explanation import ExplanationReason


class ExplanationForm(forms.Form):
    """One reason of the list, and the words."""

    reason = forms.ChoiceField(
        label="Nguyên nhân",
        choices=[("", "Chọn…"), *ExplanationReason.choices],
        error_messages={"required": "Hãy chọn nguyên nhân trong danh sách."},
    )
    text = forms.CharField(
        label="Nội dung giải trình",
        max_length=2000,
        help_text="In nguyên văn cạnh con số trong báo cáo; con số và trạng thái không đổi.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Hãy ghi nội dung giải trình."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "reason", "text", StrictButton("Gửi giải trình", type="submit", css_class="btn-primary")
        )
