"""Form fields for rows that a person chooses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# Of a row's number, as many as any database keeps.
_DIGITS = 18


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows; a number that no row can have is no choice, in whatever database."""

    def clean(self, value: Any) -> Any:
        """Told before the database is asked, which would not take it."""
        for each in value or ():
            if len(str(each)) > _DIGITS:
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, "invalid_choice", {"value": str(each)[:_DIGITS]})
        return super().clean(value)
