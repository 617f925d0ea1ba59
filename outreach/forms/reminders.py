"""Input of the reminder pages: how one wants to be reminded, and what to look for in the log."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from outreach.models.digest import MailState
from outreach.reminding import EARLY, Wishes


class ReminderSettingsForm(forms.Form):
    """One's own address, by e-mail or not, which early steps, and after the due date or not."""

    email = forms.EmailField(
        label="Thư công vụ của anh/chị",
        required=False,
        max_length=254,
        help_text="Bỏ trống thì chỉ nhắc trong phần mềm (biểu tượng chuông).",
        error_messages={"invalid": "Địa chỉ thư chưa đúng, ví dụ đúng: canbo@tinh.gov.vn."},
    )
    by_email = forms.BooleanField(label="Gửi cả thư điện tử", required=False)
    days_before = forms.TypedMultipleChoiceField(
        label="Nhắc trước hạn",
        choices=[(days, f"{days} ngày") for days in EARLY],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ngày đến hạn luôn được nhắc.",
    )
    after_due = forms.BooleanField(
        label="Nhắc lại khi quá hạn: ngày đầu tiên, sau đó mỗi tuần một lần",
        required=False,
        help_text="Trưởng đơn vị luôn được nhắc việc quá hạn của đơn vị mình.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "email",
            "by_email",
            InlineCheckboxes("days_before"),
            "after_due",
            StrictButton("Lưu", type="submit", css_class="btn-primary"),
        )

    @property
    def wishes(self) -> Wishes:
        """What was chosen, as a plain value."""
        data = self.cleaned_data
        return Wishes(data["by_email"], frozenset(data["days_before"]), data["after_due"])


class LogForm(forms.Form):
    """The filters of the log, in the address."""

    ngay = forms.DateField(
        label="Ngày nhắc",
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm"}),
    )
    thu = forms.ChoiceField(
        label="Thư điện tử", required=False, choices=[("", "Tất cả"), *MailState.choices]
    )
    nguoi = forms.CharField(label="Người được nhắc", required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(
                Column("ngay", css_class="col-md-3"),
                Column("thu", css_class="col-md-3"),
                Column("nguoi", css_class="col-md-4"),
                Column(
                    StrictButton("Lọc", type="submit", css_class="btn-outline-secondary mb-3"),
                    css_class="col-auto d-flex align-items-end",
                ),
            )
        )
