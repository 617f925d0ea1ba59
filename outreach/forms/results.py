"""What is sent on the pages of an import of results: a file or a pasted table, and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from agencies.models import Agency
from cchc.lib.text import squeeze
from cchc.lib.uploads import UploadRefused, check_size, checked_kind
from outreach.results_sheet.facts import Asking

AGENCY_ITSELF = "*"
_PASTED_NAME = "Bảng dán vào"
_LIKE_A_FILE = b"PK"


class ResultsForm(forms.Form):
    """A file or a pasted table of one agency; refused with a sentence before anything reads it."""

    agency = forms.ModelChoiceField(
        label="Cơ quan",
        queryset=Agency.objects.none(),
        empty_label=None,
        error_messages={"required": "Hãy chọn cơ quan.", "invalid_choice": "Hãy chọn cơ quan."},
    )
    file = forms.FileField(label="Tệp Excel hoặc Word", required=False, allow_empty_file=True)
    pasted = forms.CharField(label="Bảng dán vào", required=False, strip=False)

    name = _PASTED_NAME
    content = b""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        agencies: Sequence[Agency],
    ) -> None:
        super().__init__(data, files)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies]).in_order()

    def clean(self) -> dict[str, Any]:
        """Judge by size and content, never by the name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        pasted: str = cleaned.get("pasted") or ""
        if file is None and not pasted.strip():
            raise ValidationError("Hãy chọn một tệp hoặc dán một bảng.")
        try:
            if file is not None:
                check_size(file.size or 0)
                self.content = file.read()
                checked_kind(self.content)
                self.name = squeeze(file.name or "")[:200] or "Tệp không tên"
            else:
                self.content = pasted.lstrip("\ufeff").encode("utf-8", "replace")
                check_size(len(self.content))
                if self.content.startswith(_LIKE_A_FILE):
                    self.content = b"\n" + self.content
        except UploadRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return cleaned


class AnswersForm(forms.Form):
    """What each unknown name means, and which sheet is read."""

    sheet = forms.CharField(required=False, max_length=200)

    def __init__(self, data: QueryDict, *, codes: Mapping[Asking, frozenset[str]]) -> None:
        super().__init__(data)
        self.sent = data
        self.codes = codes
        self.answers: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        """Questions and codes come in pairs; an empty code leaves the question open."""
        questions, codes = self.sent.getlist("name"), self.sent.getlist("code")
        if len(questions) != len(codes):
            raise ValidationError("Câu trả lời gửi lên bị thiếu; hãy tải lại trang và trả lời lại.")
        for question, code in zip(questions, codes, strict=True):
            if code:
                self.answers[question] = self._meant(question, code)
        return super().clean() or self.cleaned_data

    def _meant(self, question: str, code: str) -> str:
        asking = question.partition(":")[0]
        meant = "" if code == AGENCY_ITSELF and asking == Asking.UNIT else code
        if asking not in list(Asking) or meant not in self.codes[Asking(asking)]:
            raise ValidationError(f"Không có tên nào mang mã “{code[:40]}”.")
        return meant
