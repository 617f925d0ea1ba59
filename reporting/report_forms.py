"""Forms of regimes and period reports: they validate and never save."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator

from plans.periods import WindowRule
from reporting.actions.regimes import Days
from reporting.models import ReportPeriod
from reporting.outline import OUTLINE
from reporting.regimes import READY_MADE, DueRule, Shift, Terms

_DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y"]
_NO_SUCH_DAY = "Hãy ghi ngày trong khoảng 01/01/2000 – 31/12/2100."
WINDOW_RULES = [
    (WindowRule.CALENDAR.value, "Theo dương lịch (từ ngày đầu đến ngày cuối kỳ)"),
    (WindowRule.ND09.value, "Theo Nghị định 09/2019/NĐ-CP (từ ngày 15 đến ngày 14)"),
]


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day typed as dd/mm/yyyy."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=_DAY_FORMATS,
        validators=[
            MinValueValidator(date(2000, 1, 1), _NO_SUCH_DAY),
            MaxValueValidator(date(2100, 12, 31), _NO_SUCH_DAY),
        ],
        widget=forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"},
        ),
        error_messages={
            "required": "Hãy ghi ngày.",
            "invalid": "Không đọc được ngày; hãy ghi dạng dd/mm/yyyy, ví dụ 20/06/2024.",
        },
    )


class ReturnForm(forms.Form):
    """What to change, as a whole or section by section; ``seen`` is the submission read."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do chung",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in OUTLINE:
            self.fields[part.key] = forms.CharField(
                label=part.title,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "seen",
            Field("reason", autofocus=True),
            HTML('<p class="form-text">Chỉ ghi ở những mục cần sửa.</p>'),
            *(part.key for part in OUTLINE),
            StrictButton("Trả lại báo cáo", type="submit", css_class="btn-primary"),
        )

    def sections(self) -> dict[str, str]:
        """The reasons by section."""
        return {part.key: self.cleaned_data[part.key] for part in OUTLINE}


class ReopenForm(forms.Form):
    """Until the end of which day, and why."""

    until_on = day_field("Mở lại đến hết ngày")
    reason = forms.CharField(
        label="Lý do mở lại",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do mở lại."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("until_on", autofocus=True),
            "reason",
            StrictButton("Mở lại", type="submit", css_class="btn-primary"),
        )

    def until(self) -> datetime:
        """The midnight that ends the day."""
        day = self.cleaned_data["until_on"] + timedelta(1)
        return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


class RegimeForm(forms.Form):
    """A regime for a year, from a ready-made one."""

    year = forms.IntegerField(label="Năm", min_value=2016, max_value=2100)
    name = forms.CharField(label="Tên chế độ báo cáo", max_length=160)
    letter = forms.CharField(
        label="Văn bản quy định",
        max_length=120,
        required=False,
        help_text="Số, ký hiệu, ví dụ 581/BNV-CCHC.",
    )
    window_rule = forms.ChoiceField(label="Cách tính số liệu", choices=WINDOW_RULES)
    due_rule = forms.ChoiceField(
        label="Cách tính hạn gửi", choices=[(rule.value, rule.label) for rule in DueRule]
    )
    due_day = forms.IntegerField(label="Ngày (hoặc số ngày làm việc)", min_value=1, max_value=31)
    shift = forms.ChoiceField(
        label="Khi hạn rơi vào ngày nghỉ", choices=[(shift.value, shift.label) for shift in Shift]
    )
    closes_after = forms.IntegerField(
        label="Khóa sổ sau hạn gửi (ngày)",
        min_value=0,
        max_value=366,
        required=False,
        help_text="Bỏ trống: khóa khi tiếp nhận báo cáo.",
    )

    def __init__(self, *args: Any, template: str, year: int, **kwargs: Any) -> None:
        self.template: Terms = READY_MADE[template]
        base = self.template
        kwargs["initial"] = {
            "year": year,
            "name": base.name,
            "letter": base.letter,
            "window_rule": base.window_rule.value,
            "due_rule": base.due_rule.value,
            "due_day": base.due_day,
            "shift": base.shift.value,
            "closes_after": base.closes_after,
        }
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Div(
                Div("year", css_class="col-sm-3"),
                Div("name", css_class="col-sm-9"),
                css_class="row",
            ),
            "letter",
            "window_rule",
            Div(
                Div("due_rule", css_class="col-sm-8"),
                Div("due_day", css_class="col-sm-4"),
                css_class="row",
            ),
            Div(
                Div("shift", css_class="col-sm-8"),
                Div("closes_after", css_class="col-sm-4"),
                css_class="row",
            ),
            StrictButton("Đặt chế độ báo cáo", type="submit", css_class="btn-primary"),
        )

    def terms(self) -> Terms:
        """The input as the arithmetic takes it; the kinds of periods are the template's."""
        data = self.cleaned_data
        return Terms(
            name=data["name"].strip(),
            kinds=self.template.kinds,
            quarters=self.template.quarters,
            window_rule=WindowRule(data["window_rule"]),
            due_rule=DueRule(data["due_rule"]),
            due_day=data["due_day"],
            shift=Shift(data["shift"]),
            closes_after=data["closes_after"],
            letter=data["letter"].strip(),
        )


class PeriodDaysForm(forms.Form):
    """The days of one period as a letter sets them."""

    window_start = day_field("Số liệu từ ngày")
    window_end = day_field("Đến ngày (chốt số liệu)")
    due_on = day_field("Hạn gửi")
    closes_on = day_field("Khóa sổ từ sau ngày", required=False)
    letter = forms.CharField(
        label="Văn bản điều chỉnh",
        max_length=120,
        help_text="Số, ký hiệu, ví dụ 812/SNV-CCHC.",
        error_messages={"required": "Hãy ghi số, ký hiệu của văn bản điều chỉnh."},
    )

    def __init__(self, *args: Any, period: ReportPeriod, **kwargs: Any) -> None:
        names = ("window_start", "window_end", "due_on", "closes_on")
        kwargs["initial"] = {name: getattr(period, name) for name in names}
        kwargs["initial"]["letter"] = period.changed_by
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        pairs = (("window_start", "window_end"), ("due_on", "closes_on"))
        self.helper.layout = Layout(
            *(
                Div(*(Div(name, css_class="col-sm-6") for name in pair), css_class="row")
                for pair in pairs
            ),
            "letter",
            StrictButton("Lưu", type="submit", css_class="btn-primary"),
        )

    def days(self) -> Days:
        """The input as the action takes it."""
        data = self.cleaned_data
        return Days(data["window_start"], data["window_end"], data["due_on"], data["closes_on"])
