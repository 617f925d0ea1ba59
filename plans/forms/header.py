"""The header of a draft as a form: what stands where; the section accepts what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms

from plans.models.plan import PlanKind

_LINES = {"rows": 4, "class": "editor-grows"}
_DAY = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
AUTHORITIES = (
    ("", "Không có"),
    ("TM.", "TM. (thay mặt)"),
    ("KT.", "KT. (ký thay)"),
    ("TL.", "TL. (thừa lệnh)"),
    ("TUQ.", "TUQ. (thừa ủy quyền)"),
    ("Q.", "Q. (quyền)"),
)


def _line(label: str, size: int, **attributes: Any) -> forms.CharField:
    help_text = attributes.pop("help_text", "")
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(
        label=label, max_length=size, required=False, widget=widget, help_text=help_text
    )


def _lines(label: str, help_text: str = "", **attributes: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={**_LINES, **attributes})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text)


class HeaderForm(forms.Form):
    """Laid out as the parts of the document; its script reads it into the section ``header``."""

    kind = forms.ChoiceField(label="Loại kế hoạch", choices=PlanKind.choices, required=False)
    parent_name = _line(
        "Kế hoạch cấp trên (thực hiện kế hoạch nào)",
        300,
        **{"data-field": "parent"},
        placeholder="Gõ số hoặc tên, ví dụ 30/KH-UBND",
        help_text="Chọn trong các kế hoạch đã ban hành; để trống nếu không có.",
    )
    number = _line("Số", 16, help_text="Để trống cho văn thư ghi.", **_DIGITS)
    symbol = _line("Ký hiệu", 40, placeholder="KH-STTTT", autocomplete="off")
    place = _line("Địa danh", 80)
    signed_day = _line("Ngày ký", 2, **_DIGITS, **{"data-field": "signed"})
    signed_month = _line("Tháng", 2, **_DIGITS)
    signed_year = _line("Năm", 4, **_DIGITS)
    title = _lines("Trích yếu (tên kế hoạch)", "Không ghi “Kế hoạch” ở đầu.", rows=2, maxlength=300)
    opening = _lines(
        "Đoạn mở đầu",
        "Đoạn văn dưới các căn cứ, ví dụ “Thực hiện Kế hoạch số …, Sở … xây dựng kế hoạch "
        "như sau:”.",
    )
    annex_title = _lines("Tên phụ lục", "Để trống nếu không có phụ lục.", rows=2, maxlength=300)
    starts_on = _line("Từ ngày", 10, **_DAY)
    ends_on = _line("Đến ngày", 10, **_DAY)
    derive_by = _line(
        "Hạn các cơ quan ban hành kế hoạch triển khai",
        10,
        **_DAY,
        help_text="Để theo dõi kế hoạch của các cơ quan; không in ra.",
    )
    count_before_issue = forms.BooleanField(
        label="Tính cả đầu việc đến hạn trước khi ban hành", required=False
    )
    audiences = _lines("Đối tượng", "Mỗi dòng một đối tượng.")
    scopes = _lines("Phạm vi", "Mỗi dòng một mục.")
    authority = forms.ChoiceField(
        label="Quyền hạn",
        choices=AUTHORITIES,
        required=False,
        widget=forms.Select(attrs={"data-field": "signer_authority"}),
    )
    authority_of = _line("Tập thể, người được ký thay", 110, placeholder="ỦY BAN NHÂN DÂN")
    second_authority = forms.ChoiceField(
        label="Quyền hạn, dòng 2", choices=AUTHORITIES, required=False
    )
    second_authority_of = _line("Người được ký thay, dòng 2", 110, placeholder="CHỦ TỊCH")
    signer_position = _line("Chức vụ người ký", 120, placeholder="PHÓ GIÁM ĐỐC")
    signer_name = _line("Họ và tên người ký", 120)
    recipients = _lines("Nơi nhận", "Mỗi dòng một nơi; dòng cuối là “Lưu: VT, …”.", rows=6)

    def __init__(self, value: Mapping[str, Any], *, place: str, sets_deadline: bool) -> None:
        shown = {name: _shown(value[name]) for name in self.base_fields if name in value}
        super().__init__(initial=shown)
        self.fields["place"].widget.attrs["placeholder"] = place
        deadline = [Div("derive_by", css_class="col-md-6")] if sets_deadline else []
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset(
                "Số và ngày",
                _row(("number", 2), ("symbol", 4), ("place", 6)),
                _row(("signed_day", 2), ("signed_month", 2), ("signed_year", 3), narrow="col-4"),
                HTML('<p class="print-line" data-print="date" aria-live="polite"></p>'),
                css_class="panel",
            ),
            Fieldset(
                "Tên kế hoạch",
                "title",
                _row(("kind", 5), ("parent_name", 7)),
                "opening",
                "annex_title",
                css_class="panel",
            ),
            Fieldset(
                "Thời gian thực hiện",
                _row(("starts_on", 3), ("ends_on", 3)),
                Field("count_before_issue"),
                Div(*deadline, css_class="row") if deadline else HTML(""),
                css_class="panel",
            ),
            Fieldset(
                "Đối tượng, phạm vi", _row(("audiences", 6), ("scopes", 6)), css_class="panel"
            ),
            Fieldset(
                "Người ký",
                Div(
                    Div(
                        _row(("authority", 5), ("authority_of", 7)),
                        _row(("second_authority", 5), ("second_authority_of", 7)),
                        _row(("signer_position", 6), ("signer_name", 6)),
                        css_class="col-lg-8",
                    ),
                    Div(_printed("signer"), css_class="col-lg-4"),
                    css_class="row",
                ),
                css_class="panel",
            ),
            Fieldset(
                "Nơi nhận",
                Div(
                    Div("recipients", css_class="col-lg-6"),
                    Div(_printed("recipients", "print-left"), css_class="col-lg-6"),
                    css_class="row",
                ),
                css_class="panel",
            ),
        )


def _row(*fields: tuple[str, int], narrow: str = "") -> Div:
    columns = [Div(name, css_class=f"{narrow} col-sm-{width}") for name, width in fields]
    return Div(*columns, css_class="row")


def _printed(name: str, look: str = "") -> HTML:
    """Where the script shows how the lines will be printed."""
    return HTML(
        '<p class="form-label">Khi in</p>'
        f'<div class="print-block {look}" data-print="{name}"></div>'
    )


def _shown(value: object) -> object:
    return "\n".join(map(str, value)) if isinstance(value, list) else value
