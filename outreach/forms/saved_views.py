"""The name of a saved view, and whether colleagues see it."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.models import Agency, User


class SavedViewForm(forms.Form):
    """A name; shared with one's agency when ticked."""

    name = forms.CharField(
        label="Tên bộ lọc",
        max_length=80,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"required": "Hãy đặt tên cho bộ lọc."},
    )
    is_shared = forms.BooleanField(
        label="Chia sẻ trong cơ quan",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agency_ids = user.standing().readable_agency_ids

    def share_with(self) -> Agency | None:
        """The agency that it is shared with: the first of one's own."""
        if not self.cleaned_data["is_shared"]:
            return None
        return Agency.objects.filter(pk__in=self._agency_ids).order_by("pk").first()
