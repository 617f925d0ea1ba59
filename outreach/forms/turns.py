"""The form that gives a period's turn to another unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from agencies.models import Unit
from plans.models import Obligation

_SWAP, _UNIT = "ky", "dv"


@dataclass(frozen=True, slots=True)
class Handover:
    """Who gets the turn: the unit of another period, in exchange, or a unit that steps in."""

    partner: Obligation | None
    unit: Unit | None
    reason: str
    together: bool


class TurnForm(forms.Form):
    """Which period it is swapped with or which unit takes it over, and the compulsory reason."""

    to = forms.ChoiceField(
        label="Giao lượt này cho",
        error_messages={"required": "Hãy chọn kỳ hoán đổi hoặc đơn vị làm thay."},
    )
    together = forms.BooleanField(required=False, initial=True)
    reason = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do đổi lượt."},
    )

    def __init__(
        self,
        *args: Any,
        partners: Sequence[Obligation],
        units: Sequence[Unit],
        beside: Sequence[Obligation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if beside:
            channels = ", ".join(str(one.channel) for one in beside)
            self.fields["together"].label = f"Đổi cả lượt cùng kỳ của đơn vị này trên {channels}"
        else:
            del self.fields["together"]
        self.partners = {f"{_SWAP}-{row.pk}": row for row in partners}
        self.units = {f"{_UNIT}-{unit.pk}": unit for unit in units}
        swaps = [(key, f"{row.period_label} – {row.unit}") for key, row in self.partners.items()]
        takers = [(key, unit.name) for key, unit in self.units.items()]
        groups = [("Hoán đổi với kỳ khác", swaps), ("Đơn vị khác làm thay", takers)]
        shown = [("", "Chọn…"), *((label, rows) for label, rows in groups if rows)]
        self.fields["to"].choices = shown  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "to",
            *(["together"] if beside else []),
            "reason",
            StrictButton("Đổi lượt", type="submit", css_class="btn-primary"),
        )

    def handover(self) -> Handover:
        """The input as the actions take it."""
        to = self.cleaned_data["to"]
        return Handover(
            partner=self.partners.get(to),
            unit=self.units.get(to),
            reason=self.cleaned_data["reason"],
            together=self.cleaned_data.get("together", False),
        )
