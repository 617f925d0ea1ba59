"""What is sent on the pages of an import: a file or a pasted table, answers, and the choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from cchc.lib.text import squeeze
from cchc.lib.uploads import UploadRefused, check_size, checked_kind
from plans.annex_findings import Mode

AS_GROUP = "*"
_PASTED_NAME = "Bảng dán vào"


class AnnexForm(forms.Form):
    """A file or a pasted table; refused with a sentence before anything reads it."""

    file = forms.FileField(label="Tệp Excel hoặc Word", required=False, allow_empty_file=True)
    pasted = forms.CharField(label="Bảng dán vào", required=False, strip=False)

    name = _PASTED_NAME
    content = b""
    is_pasted = False

    def clean(self) -> dict[str, Any]:
        """Judge by size and content, never by the name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        pasted: str = cleaned.get("pasted") or ""
        if file is None and not pasted.strip():
            raise ValidationError("Hãy chọn một tệp hoặc dán một bảng.")
        try:
            if file is not None:
                self._take_file(file)
            else:
                self._take_pasted(pasted)
        except UploadRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return cleaned

    def _take_file(self, file: UploadedFile) -> None:
        check_size(file.size or 0)
        self.content = file.read()
        checked_kind(self.content)
        self.name = squeeze(file.name or "")[:200] or "Tệp không tên"

    def _take_pasted(self, pasted: str) -> None:
        self.content, self.is_pasted = pasted.encode(), True
        check_size(len(self.content))


class AnswersForm(forms.Form):
    """Which unit each unknown name means, and which sheet is read."""

    sheet = forms.CharField(required=False, max_length=200)

    def __init__(self, data: QueryDict, *, codes: Iterable[str]) -> None:
        super().__init__(data)
        self.sent = data
        self.codes = frozenset(codes)
        self.answers: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        """Names and codes come in pairs; an empty code leaves the question open."""
        names, codes = self.sent.getlist("name"), self.sent.getlist("code")
        if len(names) != len(codes):
            raise ValidationError("Câu trả lời gửi lên bị thiếu; hãy tải lại trang và trả lời lại.")
        for name, code in zip(names, codes, strict=True):
            if code == AS_GROUP:
                self.answers[name] = ""
            elif code in self.codes:
                self.answers[name] = code
            elif code:
                raise ValidationError(f"Không có đơn vị hay cơ quan nào mang mã “{code[:40]}”.")
        return super().clean() or self.cleaned_data


class ImportForm(forms.Form):
    """Where the tasks go when the plan has some already."""

    mode = forms.ChoiceField(
        required=False,
        choices=[(mode.value, mode.name) for mode in Mode],
        error_messages={"invalid_choice": "Hãy chọn nối vào sau hoặc thay toàn bộ."},
    )

    @property
    def chosen(self) -> Mode:
        """The choice of a valid form."""
        return Mode(self.cleaned_data["mode"])
