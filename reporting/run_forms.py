"""Forms of scheduled runs, and of checking a file: they validate and never save."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from agencies.models import User
from cchc.lib.choice_fields import SeveralField
from cchc.lib.filetypes import MAX_BYTES
from cchc.lib.upload_limits import NotKept
from plans.periods import PeriodKind
from reporting.actions.schedules import Terms
from reporting.models import ScheduledRun
from reporting.models.run import FileFormat

_EVERY = [
    (PeriodKind.WEEK.value, "Hằng tuần – số liệu của quý tính đến hết tuần"),
    (PeriodKind.MONTH.value, "Hằng tháng – báo cáo tháng"),
    (PeriodKind.QUARTER.value, "Hằng quý – báo cáo quý"),
    (PeriodKind.HALF.value, "6 tháng – báo cáo 6 tháng đầu năm, cuối năm"),
    (PeriodKind.NINE_MONTHS.value, "9 tháng – báo cáo 9 tháng đầu năm"),
    (PeriodKind.YEAR.value, "Hằng năm – báo cáo năm"),
]
_FORMATS = [
    (FileFormat.PDF.value, "PDF"),
    (FileFormat.DOCX.value, "Word (DOCX)"),
    (FileFormat.XLSX.value, "Excel (XLSX)"),
]
_DAYS_OF_A_WEEK = 7
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NOISE = re.compile(r"[\s:.;-]+")


class _People(SeveralField):
    """People to tick, with what they are."""

    def label_from_instance(self, obj: User) -> str:
        """The name, and the position where there is one."""
        return f"{obj}, {obj.position}" if obj.position else str(obj)


class ScheduleForm(forms.Form):
    """How often, how long after the period's end, as which file, for whom."""

    every = forms.ChoiceField(label="Lập báo cáo", choices=_EVERY, initial="quarter")
    after_days = forms.IntegerField(
        label="Số ngày sau khi hết kỳ",
        min_value=1,
        max_value=60,
        initial=1,
        help_text=(
            "1 là lập vào sáng ngày đầu tiên sau khi hết kỳ. Số liệu tính đến hết ngày liền trước "
            "ngày lập; kết quả được ghi nhận sau đó không có trong báo cáo."
        ),
    )
    file_format = forms.ChoiceField(label="Định dạng tệp", choices=_FORMATS, initial="pdf")

    def __init__(
        self, *args: Any, readers: QuerySet[User], schedule: ScheduledRun | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipients"] = _People(
            label="Người nhận",
            queryset=readers,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=(
                "Người nhận và người đặt lịch thấy báo cáo ở mục Báo cáo tổng hợp và được báo qua "
                "thư điện tử."
            ),
        )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("every", autofocus=True),
            "after_days",
            "file_format",
            "recipients",
            StrictButton("Lưu" if schedule else "Đặt lịch", type="submit", css_class="btn-primary"),
        )

    def clean(self) -> dict[str, Any]:
        """A week's report before the next week is over."""
        data = super().clean() or {}
        weekly = data.get("every") == PeriodKind.WEEK.value
        if weekly and data.get("after_days", 0) > _DAYS_OF_A_WEEK:
            self.add_error(
                "after_days", "Báo cáo hằng tuần cần lập trong vòng 7 ngày sau hết tuần."
            )
        return data

    def terms(self) -> Terms:
        """The input as the action takes it."""
        data = self.cleaned_data
        return Terms(
            PeriodKind(data["every"]),
            data["after_days"],
            FileFormat(data["file_format"]),
            list(data["recipients"]),
        )


class CheckForm(forms.Form):
    """A file, or a hash as it is printed: whitespace and line breaks inside do not matter."""

    file = forms.FileField(label="Chọn tệp cần kiểm tra", required=False, allow_empty_file=True)
    code = forms.CharField(
        label="Hoặc nhập mã SHA-256 in ở trang cuối của báo cáo",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "file", "code", StrictButton("Kiểm tra", type="submit", css_class="btn-primary")
        )

    def clean_file(self) -> UploadedFile | None:
        """What was not kept cannot be hashed."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if isinstance(file, NotKept):
            raise ValidationError(
                f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB: hãy tính mã SHA-256 của tệp trên máy "
                "(Windows: certutil -hashfile TỆP SHA256) rồi nhập mã vào ô dưới."
            )
        return file

    def clean_code(self) -> str:
        """Sixty-four hexadecimal digits."""
        code = _NOISE.sub("", self.cleaned_data["code"]).lower()
        if code and not _HASH.fullmatch(code):
            raise ValidationError(
                "Mã SHA-256 gồm đúng 64 ký tự từ 0 đến 9 và từ a đến f; hãy chép lại cho đủ."
            )
        return code

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data.get("code"):
            raise ValidationError("Hãy chọn tệp hoặc nhập mã cần kiểm tra.")
        return data

    @property
    def sha256(self) -> str:
        """Of the file, else the one that was typed."""
        file = self.cleaned_data["file"]
        if not file:
            code: str = self.cleaned_data["code"]
            return code
        hashed = hashlib.sha256()
        for chunk in file.chunks():
            hashed.update(chunk)
        return hashed.hexdigest()
