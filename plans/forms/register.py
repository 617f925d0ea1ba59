"""Forms of the register of legal documents; they validate, never save."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms

from cchc.lib.text import squeeze
from plans.citation_text import LAWS, short_date, short_name, written_date
from plans.citations import TYPES, Citation
from plans.models import LegalDocument
from plans.models.legal_document import LegalDocumentQuerySet

_REQUIRED = {"required": "Hãy ghi mục này."}
_WRONG_DAY = "Không đọc được ngày; hãy ghi dạng dd/mm/yyyy, mm/yyyy hoặc yyyy."
_DAY = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}


class DocumentForm(forms.Form):
    """One document as its citation names it."""

    document_type = forms.CharField(label="Loại văn bản", max_length=60, error_messages=_REQUIRED)
    reference = forms.CharField(
        label="Số, ký hiệu",
        max_length=60,
        required=False,
        help_text="Ghi như trên văn bản, ví dụ 09/2019/NĐ-CP.",
    )
    dated = forms.CharField(
        label="Ngày ban hành",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs=_DAY),
        help_text="Thiếu ngày thì ghi 02/2024 hoặc 2024.",
    )
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=160, required=False)
    abstract = forms.CharField(
        label="Về việc (trích yếu)",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Luật, Bộ luật, Pháp lệnh: ghi tên luật ở đây.",
    )

    def __init__(self, *args: Any, document: LegalDocument | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(document) if document else {}
        super().__init__(*args, **kwargs)
        choices = "".join(f'<option value="{name}"></option>' for name in TYPES)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            HTML(f'<datalist id="document-types">{choices}</datalist>'),
            Div(
                Div(
                    Field("document_type", list="document-types", autofocus=True),
                    css_class="col-sm-4",
                ),
                Div("reference", css_class="col-sm-4"),
                Div("dated", css_class="col-sm-4"),
                css_class="row",
            ),
            "issuer",
            "abstract",
            StrictButton("Lưu", type="submit", css_class="btn-primary"),
        )

    def clean(self) -> dict[str, Any]:
        """The date as far as it is written; a law has a name, anything else a number."""
        data = super().clean() or {}
        try:
            data["on"], data["precision"] = written_date(data.get("dated", ""))
        except ValueError:
            self.add_error("dated", _WRONG_DAY)
        is_law = data.get("document_type") in LAWS
        if is_law and not data.get("abstract"):
            self.add_error("abstract", "Hãy ghi tên luật.")
        if not is_law and not data.get("reference"):
            self.add_error("reference", "Hãy ghi số, ký hiệu của văn bản.")
        return data

    def citation(self) -> Citation:
        """What was typed, as a citation."""
        data = self.cleaned_data
        return Citation(
            role="cited",
            document_type=squeeze(data["document_type"]),
            reference=squeeze(data["reference"]).replace(" ", ""),
            on=data["on"],
            precision=data["precision"],
            issuer=squeeze(data["issuer"]),
            abstract=squeeze(data["abstract"]),
        )


class EndForm(forms.Form):
    """From which day a document is no longer in force, and what replaced it."""

    replaced_by = forms.ModelChoiceField(
        label="Văn bản thay thế",
        queryset=LegalDocument.objects.none(),
        required=False,
        empty_label="Không có: văn bản chỉ hết hiệu lực",
        help_text="Văn bản thay thế phải có trong sổ; chưa có thì thêm vào sổ trước.",
    )
    on = forms.DateField(
        label="Từ ngày",
        required=False,
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs=_DAY),
        help_text="Ngày đầu tiên không còn hiệu lực; không rõ thì để trống.",
        error_messages={"invalid": "Không đọc được ngày; hãy ghi dạng dd/mm/yyyy."},
    )

    def __init__(
        self, *args: Any, document: LegalDocument, others: LegalDocumentQuerySet, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"replaced_by": document.replaced_by_id, "on": document.ended_on}
        super().__init__(*args, **kwargs)
        choice = self.fields["replaced_by"]
        choice.queryset = others  # type: ignore[attr-defined]
        choice.label_from_instance = _label  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "replaced_by", "on", StrictButton("Ghi", type="submit", css_class="btn-primary")
        )


class LinesForm(forms.Form):
    """Pasted lines of căn cứ."""

    lines = forms.CharField(
        label="Các dòng căn cứ",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 9, "autofocus": True}),
        error_messages={"required": "Hãy dán các dòng căn cứ vào đây."},
    )


def _initial(document: LegalDocument) -> dict[str, str]:
    return {
        "document_type": document.document_type,
        "reference": document.reference,
        "dated": short_date(document.dated_on, document.date_precision),
        "issuer": document.issuer,
        "abstract": document.abstract,
    }


def _label(document: LegalDocument) -> str:
    about = f" – {document.abstract}" if document.reference and document.abstract else ""
    return f"{short_name(document)}{about}"[:120]
