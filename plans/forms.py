"""Forms of the plans floor."""

from __future__ import annotations

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
