"""Forms of evidence: several files at once, an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cchc.lib.filetypes import LONGEST_NAME, FileType
from outreach.forms.fields import AddressField

# Telephones turn their own format into JPEG when the page asks for JPEG by name.
PHOTOGRAPHS = ",".join(kind.media for kind in (FileType.JPEG, FileType.PNG, FileType.WEBP))
DOCUMENTS = ",".join(f".{kind}" for kind in FileType)


class _SeveralInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Every file of the post; each is judged by itself, by its content."""

    widget = _SeveralInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files, at least one; an empty one is refused where the others are, by name."""
        if not data:
            raise forms.ValidationError("Hãy chọn ít nhất một tệp.")
        return list(data)


class FilesForm(forms.Form):
    """Files from the desk or the camera of a telephone."""

    file = SeveralFiles(label="Tệp minh chứng")
    accept = f"{DOCUMENTS},{PHOTOGRAPHS}"
    accept_photographs = PHOTOGRAPHS


class LinkForm(forms.Form):
    """An address that proves the activity."""

    url = AddressField(error_messages={"required": "Hãy ghi đường dẫn."})
    title = forms.CharField(
        label="Tên, tiêu đề như đã đăng",
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
