"""Forms of this floor: they validate and never save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from plans.periods import Period
from reporting.models.run import FileFormat


class OrderForm(forms.Form):
    """Which period, until which day, in which format."""

    den_ngay = forms.DateField(
        label="Số liệu tính đến hết ngày",
        input_formats=["%d/%m/%Y"],
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}
        ),
        error_messages={"invalid": "Ngày không đọc được; cần dạng 05/04/2024."},
    )
    dinh_dang = forms.ChoiceField(
        label="Định dạng tệp",
        choices=[
            (FileFormat.PDF, "PDF – văn bản để trình ký, gửi UBND tỉnh"),
            (FileFormat.DOCX, "Word (DOCX) – văn bản để chỉnh sửa tiếp"),
            (FileFormat.XLSX, "Excel (XLSX) – các bảng số liệu để rà soát, lọc"),
        ],
        initial=FileFormat.PDF,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, years: Mapping[int, Iterable[Period]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["ky"] = forms.ChoiceField(
            label="Kỳ báo cáo",
            choices=[
                (f"Năm {year}", [(period.code, period.label) for period in periods])
                for year, periods in years.items()
            ],
        )
        self.helper = FormHelper()
        self.helper.layout = Layout("ky", "den_ngay", "dinh_dang", Submit("", "Lập báo cáo"))

    def clean_den_ngay(self) -> date:
        """Figures of days to come do not exist."""
        day: date = self.cleaned_data["den_ngay"]
        if day > self.today:
            raise ValidationError(f"Ngày {day:%d/%m/%Y} chưa đến.")
        return day

    @property
    def period(self) -> Period:
        """The chosen period."""
        return Period.parse(self.cleaned_data["ky"])

    @property
    def as_of(self) -> date:
        """The chosen day."""
        day: date = self.cleaned_data["den_ngay"]
        return day

    @property
    def file_format(self) -> FileFormat:
        """The chosen format."""
        return FileFormat(self.cleaned_data["dinh_dang"])
