"""Forms of the plans floor."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms


class AcceptForm(forms.Form):
    """Which warning may stand, and the compulsory reason."""

    code = forms.CharField(max_length=40)
    place = forms.CharField(max_length=400)
    reason = forms.CharField(
        label="Lý do",
        max_length=1000,
        error_messages={"required": "Hãy ghi lý do chấp nhận cảnh báo."},
    )


class ReasonForm(forms.Form):
    """A compulsory reason, and the button that it explains."""

    reason = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Hãy ghi lý do."},
    )

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("reason", autofocus=True),
            StrictButton(button, type="submit", css_class="btn-primary"),
        )


class NumberForm(forms.Form):
    """The number and the day of signing, as the clerk gave them."""

    number = forms.RegexField(
        label="Số",
        regex=r"^[0-9]{1,6}[a-zđ]?$",
        max_length=16,
        help_text="Chỉ ghi số; ký hiệu lấy theo kế hoạch.",
        error_messages={
            "required": "Hãy ghi số văn bản.",
            "invalid": "Số chỉ gồm chữ số, ví dụ 05 hoặc 128.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    signed_on = forms.DateField(
        label="Ngày ký",
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"},
        ),
        error_messages={
            "required": "Hãy ghi ngày ký.",
            "invalid": "Không đọc được ngày; hãy ghi dạng dd/mm/yyyy, ví dụ 05/02/2024.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Div(
                Div(Field("number", autofocus=True), css_class="col-sm-5"),
                Div("signed_on", css_class="col-sm-7"),
                css_class="row",
            ),
            StrictButton("Ghi số và ngày", type="submit", css_class="btn-primary"),
        )


class SignedFileForm(forms.Form):
    """The scanned or digitally signed PDF."""

    file = forms.FileField(
        label="Bản ký (PDF)",
        help_text="Bản quét hoặc bản ký số, không quá 20 MB.",
        error_messages={"required": "Hãy chọn tệp PDF.", "empty": "Tệp trống; hãy chọn lại."},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "file", StrictButton("Đính kèm", type="submit", css_class="btn-primary")
        )
