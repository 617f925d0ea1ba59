"""The choice of the kind: large buttons that say which fields each kind has."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django import forms

from outreach.kinds import Kind


@dataclass(frozen=True, slots=True)
class KindBox:
    """One kind to choose; ``fields`` (JSON) are its own with their names, ``needs`` its musts.

    ``channels``: where the person sent the last one of it; empty when the page shall not tick any.
    """

    tag: str
    id: str
    kind: Kind
    fields: str
    needs: str
    channels: str


class BoundKinds(forms.BoundField):
    """The choice as its page shows it (templates/outreach/_kind_choice.html)."""

    @property
    def boxes(self) -> list[KindBox]:
        """One per kind, in their order."""
        return [self._box(widget) for widget in self.subwidgets]

    def _box(self, widget: forms.boundfield.BoundWidget) -> KindBox:
        kind = Kind(widget.data["value"])
        usual = self.form.initial.get("usual") if not self.form.is_bound else None
        return KindBox(
            tag=widget.tag(),
            id=widget.id_for_label,
            kind=kind,
            fields=json.dumps(kind.fields, ensure_ascii=False),
            needs=json.dumps(sorted(kind.needs)),
            channels="" if usual is None else json.dumps(usual.get(kind.value, [])),
        )


class KindChoice(forms.ChoiceField):
    """Every kind of activity, one to choose."""

    def __init__(self) -> None:
        super().__init__(
            label="Loại",
            choices=[(kind.value, kind.label) for kind in Kind],
            initial=Kind.NEWS.value,
            widget=forms.RadioSelect(attrs={"class": "btn-check"}),
            error_messages={"required": "Hãy chọn loại."},
        )

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundKinds:
        """With the fields of each kind."""
        return BoundKinds(form, self, field_name)
