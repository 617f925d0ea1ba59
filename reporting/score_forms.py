"""Forms of criteria and scores: they validate and never save."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError

from cchc.lib.decisions import Refused
from reporting.actions.score_terms import Terms
from reporting.models import AgencyScore, ScoreCriterion
from reporting.models.score import Measure
from reporting.report_forms import day_field
from reporting.scoring import Band, Rule, faults, shown, shown_percent

ROWS = range(1, 7)
READY_MADE = "mau"
SHARE_NEEDED = "Mức {row}: hãy ghi tỷ lệ bắt đầu và chọn cách cho điểm."
LETTER_HELP = "Số, ký hiệu, ví dụ 1234/QĐ-UBND."


class NumberField(forms.DecimalField):
    """A number up to hundredths, typed with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "max_digits": 5,
                "decimal_places": 2,
                "min_value": Decimal(0),
                "widget": forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                "error_messages": {
                    "required": "Hãy ghi số.",
                    "invalid": "Không đọc được số; hãy ghi dạng 0,95.",
                    "min_value": "Số không được âm.",
                    "max_decimal_places": "Lấy đến hai chữ số thập phân.",
                    "max_digits": "Số quá lớn.",
                    "max_whole_digits": "Số quá lớn.",
                },
                **kwargs,
            }
        )

    def to_python(self, value: Any) -> Any:
        """``0,95`` and ``0.95`` alike."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """What was typed as it was, a stored number with a comma."""
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value


class CriterionForm(forms.Form):
    """One criterion with its bands, from the highest down; rows left empty are no bands."""

    code = forms.CharField(label="Mã tiêu chí", max_length=20, required=False)
    title = forms.CharField(
        label="Tiêu chí", max_length=300, error_messages={"required": "Hãy ghi tên tiêu chí."}
    )
    measure = forms.ChoiceField(label="Cách đo", choices=Measure.choices)
    maximum = NumberField(label="Điểm tối đa")
    letter = forms.CharField(
        label="Văn bản quy định",
        max_length=120,
        help_text=LETTER_HELP,
        error_messages={"required": "Hãy ghi số, ký hiệu của văn bản quy định."},
    )

    def __init__(self, *args: Any, criterion: ScoreCriterion | None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(criterion) if criterion else {"maximum": Decimal(1)}
        super().__init__(*args, **kwargs)
        for row in ROWS:
            self.fields[f"from_{row}"] = NumberField(label=f"Mức {row}: từ (%)", required=False)
            self.fields[f"rule_{row}"] = forms.ChoiceField(
                label="Cho điểm",
                choices=[("", "—"), *((rule.value, rule.label) for rule in Rule)],
                required=False,
            )
            self.fields[f"points_{row}"] = NumberField(label="Số điểm cố định", required=False)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            _row(("code", 3), ("title", 9)),
            _row(("measure", 6), ("maximum", 2), ("letter", 4)),
            HTML('<h2>Thang điểm</h2><p class="form-text">Ghi từ mức cao xuống mức thấp; mỗi mức '
                 "tính từ tỷ lệ ghi ở đầu dòng (kể cả tỷ lệ đó) đến dưới mức ở trên, mức cuối từ "
                 "0%. Dòng để trống thì bỏ qua.</p>"),
            *(_row((f"from_{row}", 3), (f"rule_{row}", 5), (f"points_{row}", 4)) for row in ROWS),
            Div(
                StrictButton("Lưu", type="submit", css_class="btn-primary"),
                StrictButton(
                    "Xem thử", type="submit", name="xem", value="1",
                    css_class="btn-outline-secondary",
                ),
                css_class="d-flex gap-2",
            ),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The bands as a whole, once every number is readable."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for row in ROWS:
                needed = (data[f"from_{row}"] is not None, bool(data[f"rule_{row}"]))
                given = any(needed) or data[f"points_{row}"] is not None
                if given and not all(needed):
                    raise ValidationError(SHARE_NEEDED.format(row=row))
            if data["maximum"] <= 0:
                raise ValidationError("Điểm tối đa phải lớn hơn 0.")
            wrong = faults(self.bands(), data["maximum"])
            if wrong:
                raise ValidationError([ValidationError(fault) for fault in wrong])
        return data

    def bands(self) -> tuple[Band, ...]:
        """The rows that were filled in."""
        data = self.cleaned_data
        return tuple(
            Band(
                data[f"from_{row}"],
                Rule(data[f"rule_{row}"]),
                (data[f"points_{row}"] or Decimal(0))
                if data[f"rule_{row}"] == Rule.FIXED
                else Decimal(0),
            )
            for row in ROWS
            if data[f"rule_{row}"]
        )

    def terms(self) -> Terms:
        """The input as the action takes it."""
        data = self.cleaned_data
        return Terms(
            code=data["code"],
            title=data["title"],
            measure=Measure(data["measure"]),
            maximum=data["maximum"],
            bands=self.bands(),
            letter=data["letter"],
        )


class AdoptForm(forms.Form):
    """A whole set for a year that has none, and the decision that sets it."""

    source = forms.ChoiceField(label="Lấy từ", widget=forms.RadioSelect)
    letter = forms.CharField(
        label="Văn bản quy định",
        max_length=120,
        help_text=LETTER_HELP,
        error_messages={"required": "Hãy ghi số, ký hiệu của văn bản quy định."},
    )

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copies = [(str(year), f"Bộ tiêu chí năm {year} của tỉnh") for year in years]
        ready = (READY_MADE, "Mẫu đã công bố năm 2022 (chấm điểm cấp xã), tổng 2,00 điểm")
        choices = [*copies, ready]
        self.fields["source"] = forms.ChoiceField(
            label="Lấy từ", choices=choices, initial=choices[0][0], widget=forms.RadioSelect
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("source", "letter")

    def year(self) -> int | None:
        """The year that is copied; None is the ready-made set."""
        source = self.cleaned_data["source"]
        return None if source == READY_MADE else int(source)


class AsOfForm(forms.Form):
    """Until the end of which day the records are counted."""

    as_of = day_field("Số liệu tính đến hết ngày")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"as_of": day}
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("as_of")


class NoteForm(forms.Form):
    """What the agency says beside its own points."""

    text = forms.CharField(
        label="Giải trình của cơ quan",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
    )

    def words(self) -> str:
        """What is to be kept; refused, rather than taken for nothing, where it cannot be."""
        if not self.is_valid():
            raise Refused(" ".join(map(str, self.errors["text"])))
        text: str = self.cleaned_data["text"]
        return text


class AppraisalForm(forms.Form):
    """The appraiser's points; ``seen`` are the agency's own that were looked at."""

    seen = forms.DecimalField(required=False, widget=forms.HiddenInput)
    points = NumberField(label="Điểm thẩm định")
    reason = forms.CharField(
        label="Lý do",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        help_text="Bắt buộc khi khác điểm tự chấm; cơ quan được chấm đọc được.",
    )

    def __init__(self, *args: Any, score: AgencyScore, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "seen": score.self_points,
            "points": score.standing_points.quantize(Decimal("0.01")),
            "reason": score.appraised_reason,
        }
        super().__init__(*args, **kwargs)
        most = shown(score.criterion.maximum)
        self.fields["points"].help_text = f"Từ 0 đến {most}, hai chữ số thập phân."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "seen",
            Field("points", autofocus=True, css_class="w-auto"),
            "reason",
            StrictButton("Lưu kết quả thẩm định", type="submit", css_class="btn-primary"),
        )

    def look_again(self) -> None:
        """The page shows the agency's own points of by now: sent again, these were seen."""
        self.data = {**dict(self.data.items()), "seen": str(self.initial["seen"])}


class WithdrawForm(forms.Form):
    """Why an appraisal is taken back."""

    reason = forms.CharField(
        label="Lý do hủy",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        error_messages={"required": "Hãy ghi lý do hủy kết quả thẩm định."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("reason", autofocus=True),
            StrictButton("Hủy kết quả thẩm định", type="submit", css_class="btn-primary"),
        )


def _row(*fields: tuple[str, int]) -> Div:
    return Div(*(Div(name, css_class=f"col-sm-{wide}") for name, wide in fields), css_class="row")


def _initial(criterion: ScoreCriterion) -> dict[str, Any]:
    values: dict[str, Any] = {
        "code": criterion.code,
        "title": criterion.title,
        "measure": criterion.measure,
        "maximum": criterion.maximum,
        "letter": criterion.set_by,
    }
    for row, band in zip(ROWS, criterion.scale, strict=False):
        values[f"from_{row}"] = shown_percent(band.start).rstrip("%")
        values[f"rule_{row}"] = band.rule.value
        if band.rule is Rule.FIXED:
            values[f"points_{row}"] = band.points
    return values
