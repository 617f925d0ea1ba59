"""The formal lines of an official document, in the words of Nghị định 30/2020/NĐ-CP."""

from datetime import date

import pytest

from reporting.letterhead import (
    Style,
    annex_label,
    attached_line,
    bases,
    date_line,
    document_number,
    long_date,
    number_and_symbol,
    recipient_lines,
    roman,
    sections,
)

BLANK = "\u00a0" * 7


@pytest.mark.parametrize(
    ("number", "symbol", "text"),
    [
        (5, "KH-STTTT", "Số: 05/KH-STTTT"),
        ("5", "KH-STTTT", "Số: 05/KH-STTTT"),
        ("05", "KH-STTTT", "Số: 05/KH-STTTT"),
        (30, "KH-UBND", "Số: 30/KH-UBND"),
        (1847, "QĐ-TTg", "Số: 1847/QĐ-TTg"),
        ("30c", "NQ-CP", "Số: 30c/NQ-CP"),
        ("01/2023", "QĐ-UBND", "Số: 01/2023/QĐ-UBND"),
        ("28", "-CT/TU", "Số: 28-CT/TU"),
        (None, "KH-BQL", f"Số: {BLANK}/KH-BQL"),
        ("", "KH-BQL", f"Số: {BLANK}/KH-BQL"),
        (" ", "/KH-BQL", f"Số: {BLANK}/KH-BQL"),
    ],
)
def test_document_number(number, symbol, text):
    assert document_number(number, symbol) == text


@pytest.mark.parametrize(
    ("on", "precision", "text"),
    [
        (date(2024, 2, 5), "day", "Sóc Trăng, ngày 05 tháng 02 năm 2024"),
        (date(2024, 1, 10), "day", "Sóc Trăng, ngày 10 tháng 01 năm 2024"),
        (date(2024, 3, 20), "day", "Sóc Trăng, ngày 20 tháng 3 năm 2024"),
        (date(2024, 9, 9), "day", "Sóc Trăng, ngày 09 tháng 9 năm 2024"),
        (date(2024, 12, 31), "day", "Sóc Trăng, ngày 31 tháng 12 năm 2024"),
        (date(2024, 2, 1), "month", f"Sóc Trăng, ngày {BLANK} tháng 02 năm 2024"),
        (date(2024, 1, 1), "year", f"Sóc Trăng, ngày {BLANK} tháng {BLANK} năm 2024"),
        (None, "day", f"Sóc Trăng, ngày {BLANK} tháng {BLANK} năm {BLANK}"),
    ],
)
def test_place_and_date(on, precision, text):
    assert date_line("Sóc Trăng", on, precision) == text


def test_roman_numerals_and_annex_labels():
    assert [roman(n) for n in (1, 2, 3, 4, 5, 9, 10, 14, 39)] == [
        "I", "II", "III", "IV", "V", "IX", "X", "XIV", "XXXIX",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="0"):
        roman(0)
    assert annex_label(1, 1) == "Phụ lục"
    assert annex_label(2, 3) == "Phụ lục II"


def test_attached_line_names_the_document():
    line = attached_line(
        "Kế hoạch", number_and_symbol(5, "KH-STTTT"), long_date(date(2024, 2, 5)), "Sở TTTT"
    )
    assert line == "(Kèm theo Kế hoạch số 05/KH-STTTT ngày 05 tháng 02 năm 2024 của Sở TTTT)"


def test_lists_end_as_the_decree_wants():
    texts = [p.text for p in bases(["Căn cứ A", "Căn cứ B;", "Căn cứ A."])]
    assert texts == ["Căn cứ A;", "Căn cứ B;", "Căn cứ A."]
    assert bases([]) == []
    assert recipient_lines(["UBND tỉnh", "Các sở;"], "VT, CCHC") == (
        "- UBND tỉnh;",
        "- Các sở;",
        "- Lưu: VT, CCHC.",
    )
    assert [(p.text, p.style) for p in sections(["MỤC TIÊU", "NỘI DUNG"])] == [
        ("I. MỤC TIÊU", Style.HEADING1),
        ("II. NỘI DUNG", Style.HEADING1),
    ]
