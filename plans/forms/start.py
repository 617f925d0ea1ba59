"""The form that begins a plan: whose, which, of what year, and from what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms

from agencies.models import Agency
from plans.models import Plan
from plans.models.plan import PlanKind, PlanQuerySet

OWN, DERIVED, COPIED = "own", "derived", "copied"
WAYS = (
    (OWN, "Soạn mới"),
    (DERIVED, "Triển khai kế hoạch cấp trên"),
    (COPIED, "Sao từ kế hoạch năm trước"),
)
_SUBJECTS = {
    PlanKind.OUTREACH.value: "Tuyên truyền cải cách hành chính",
    PlanKind.REFORM.value: "Cải cách hành chính",
    PlanKind.MULTI_YEAR.value: "Cải cách hành chính",
}
_PICK = "Hãy chọn một kế hoạch."


def proposed_title(kind: str, year: int, last: int) -> str:
    """``Tuyên truyền cải cách hành chính năm 2027``."""
    span = f"năm {year}" if year == last else f"giai đoạn {year} – {last}"
    return f"{_SUBJECTS[kind]} {span}"


class PlanChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A plan by its number, title and year."""

    def label_from_instance(self, plan: Plan) -> str:
        """As a person knows it."""
        number = f"{plan.reference} " if plan.number else ""
        return f"{number}{plan.title} ({plan.agency.short_name}, {plan.year})"


class StartForm(forms.Form):
    """What begins; the plan to derive from or to copy is asked for only when it is needed."""

    agency = forms.ModelChoiceField(
        label="Cơ quan", queryset=Agency.objects.none(), empty_label=None
    )
    way = forms.ChoiceField(label="Cách lập", choices=WAYS, widget=forms.RadioSelect, initial=OWN)
    kind = forms.ChoiceField(label="Loại kế hoạch", choices=PlanKind.choices)
    year = forms.IntegerField(
        label="Năm",
        min_value=2000,
        max_value=2100,
        error_messages={
            "required": "Hãy ghi năm.",
            "invalid": "Năm gồm bốn chữ số, ví dụ 2027.",
            "min_value": "Năm từ 2000 trở đi.",
            "max_value": "Năm đến 2100.",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    title = forms.CharField(
        label="Tên (trích yếu)",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi tên kế hoạch."},
    )
    parent = PlanChoice(
        label="Kế hoạch cấp trên",
        queryset=Plan.objects.none(),
        required=False,
        empty_label="Chọn kế hoạch",
    )
    source = PlanChoice(
        label="Kế hoạch năm trước",
        queryset=Plan.objects.none(),
        required=False,
        empty_label="Chọn kế hoạch",
    )

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[Agency],
        parents: PlanQuerySet,
        sources: PlanQuerySet,
        ways: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        keys = [agency.pk for agency in agencies]
        self._field("agency").queryset = Agency.objects.filter(pk__in=keys).in_order()
        self._field("parent").queryset = parents
        self._field("source").queryset = sources
        self._field("way").choices = [(way, label) for way, label in WAYS if way in ways]
        if len(agencies) == 1:
            self._field("agency").widget = forms.HiddenInput()
            self.initial.setdefault("agency", keys[0])
        self.helper = FormHelper()
        self.helper.attrs = {"data-plan-start": ""}
        self.helper.layout = Layout(
            "agency",
            "way",
            Div("parent", css_class="plan-start-derived"),
            Div("source", css_class="plan-start-copied"),
            Div(
                Div(
                    Div(Field("kind"), css_class="col-sm-8"),
                    Div(Field("year"), css_class="col-sm-4"),
                    css_class="row",
                ),
                Field("title", data_subjects=_subjects()),
                css_class="plan-start-own",
            ),
            StrictButton("Tiếp tục", type="submit", css_class="btn-primary"),
        )

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def full_clean(self) -> None:
        """Of a plan that is derived or copied, kind, year and title come from the other plan."""
        if self.is_bound and self.data.get("way") in (DERIVED, COPIED):
            for name in ("kind", "year", "title"):
                self.fields[name].required = False
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """The plan that the chosen way needs."""
        data: dict[str, Any] = super().clean() or {}
        for way, name in ((DERIVED, "parent"), (COPIED, "source")):
            if data.get("way") == way and name not in self.errors and data.get(name) is None:
                self.add_error(name, _PICK)
        return data


def _subjects() -> str:
    return "|".join(f"{kind}:{subject}" for kind, subject in _SUBJECTS.items())
