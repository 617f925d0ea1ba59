"""A row of the annex's grid against a row of a crispy formset with the same fields."""

from __future__ import annotations

from typing import Any

import django
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms

from bench.measuring import Measure, in_turns
from plans.views.grid_rows import ANNEX_COLUMNS, Layout, rows_html

ROWS = 200

Row = dict[str, Any]


class RowForm(forms.Form):
    """The cells of one row, as a form would have them."""

    code = forms.CharField(label="STT", required=False)
    title = forms.CharField(label="Nhiệm vụ", required=False, widget=forms.Textarea)
    products = forms.CharField(label="Sản phẩm", required=False, widget=forms.Textarea)
    lead = forms.CharField(label="Chủ trì", required=False, widget=forms.Textarea)
    coordinating = forms.CharField(label="Phối hợp", required=False, widget=forms.Textarea)
    time = forms.CharField(label="Thời gian", required=False, widget=forms.Textarea)
    explanation = forms.CharField(label="Giải trình", required=False, widget=forms.Textarea)


def annex(rows: int = ROWS) -> list[Row]:
    """An annex with groups, sub-rows, several lines in a cell and signs that need escaping."""
    return [
        {
            "uid": f"{number:016x}",
            "area": f"Nhóm nhiệm vụ {number // 25 + 1}",
            "code": f"{number % 25 + 1}",
            "title": f"Xây dựng & triển khai kế hoạch <cải cách hành chính> số {number}",
            "products": "- Kế hoạch\n- Báo cáo kết quả",
            "lead": "Văn phòng\nPhòng Chuyển đổi số",
            "coordinating": "Các phòng chuyên môn, nghiệp vụ",
            "time": "- Quý I/2024\n- Chậm nhất ngày 25 hằng tháng",
            "explanation": "",
            "conditional": False,
        }
        for number in range(rows)
    ]


def grid_html(rows: list[Row]) -> str:
    """The rows as the page of the annex has them."""
    layout = Layout(ANNEX_COLUMNS, has_groups=True, aligned=("products", "time"))
    return rows_html(layout, rows)


def formset_html(rows: list[Row]) -> str:
    """The same cells as the table of a crispy formset."""
    helper = FormHelper()
    helper.template = "bootstrap5/table_inline_formset.html"
    helper.form_tag = False
    formset = forms.formset_factory(RowForm, extra=0)(initial=rows)
    return str(render_crispy_form(formset, helper))


def measures() -> list[Measure]:
    """One row each way, in microseconds."""
    django.setup()
    rows = annex()
    taken = in_turns(lambda: grid_html(rows), lambda: formset_html(rows))
    grid, formset = (seconds / ROWS * 1e6 for seconds in taken)
    return [Measure("a row of the annex rendered, against a formset's", grid, formset, 0.5, "µs")]
