"""Form fields for names of a directory and their other spellings; pasted signs are cleaned."""

from __future__ import annotations

from typing import Any

from django import forms

from cchc.lib.names import typed

_MOST = 40
_NOT_A_NAME = "Hãy ghi tên bắt đầu bằng chữ hoặc số, ít nhất {least} ký tự."
_BAD_LINE = "“{line}” không phải là một tên; mỗi dòng ghi một tên, ít nhất {least} ký tự."
_LONG_LINE = "“{line}…” dài quá {limit} ký tự."
_TOO_MANY = f"Ghi nhiều nhất {_MOST} tên gọi khác."


class NameField(forms.CharField):
    """One name."""

    def __init__(self, *, least: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "Hãy ghi mục này."})
        super().__init__(**kwargs)
        self.least = least

    def to_python(self, value: Any) -> str:
        """As it was meant."""
        return typed(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """It can be spoken."""
        super().validate(value)
        if value and not _is_name(value, self.least):
            raise forms.ValidationError(_NOT_A_NAME.format(least=self.least))


class AliasesField(forms.CharField):
    """Other names, one a line; the value is a list."""

    def __init__(self, *, limit: int, least: int = 2, rows: int = 4, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, widget=widget, max_length=20_000, **kwargs)
        self.limit, self.least = limit, least

    def clean(self, value: Any) -> list[str]:
        """The lines, of which each can be a name."""
        lines = [line for line in map(typed, super().clean(value).split("\n")) if line]
        if len(lines) > _MOST:
            raise forms.ValidationError(_TOO_MANY)
        for line in lines:
            if not _is_name(line, self.least):
                raise forms.ValidationError(_BAD_LINE.format(line=line[:60], least=self.least))
            if len(line) > self.limit:
                raise forms.ValidationError(_LONG_LINE.format(line=line[:40], limit=self.limit))
        return lines


def _is_name(text: str, least: int) -> bool:
    return (
        text[0].isalnum() and any(map(str.isalpha, text)) and sum(map(str.isalnum, text)) >= least
    )
