"""Days as cells hold them: dates, or text with the day before the month. Pure."""

from __future__ import annotations

import re
from datetime import date

from cchc.lib.cells import Value
from plans.annex_sheet.wording import text_of

ACCEPTED = "ngày/tháng/năm như 20/03/2024"
_TEXT = re.compile(
    r"(?:ngày\s+)?(\d{1,2})\s*(?:[/.\-]|tháng)\s*(\d{1,2})\s*(?:[/.\-]|,?\s*năm)\s*(\d{1,4})"
    r"(?:[ T,]+\d{1,2}[:h]\d{0,2}(?::\d{2})?)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_WHOLE = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}")
_MONTH = re.compile(r"(?:tháng|t)?\s*\d{1,2}\s*(?:[/.\-]|,?\s*năm)\s*\d{4}", re.IGNORECASE)
_NO_YEAR = re.compile(r"(?:ngày\s+)?\d{1,2}\s*(?:[/.\-]|tháng)\s*\d{1,2}", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_NUMBER = "Ô là số, không phải ngày; hãy định dạng ô là ngày."
_MONTHS = 12


def day_of(value: Value) -> tuple[date | None, str]:
    """The day that a cell says, and what is wrong with it; the month never comes first."""
    if isinstance(value, date):
        return value, ""
    text = text_of(value).removeprefix("'").rstrip(" .,;")
    if text in ("", "-", "–"):
        return None, ""
    if isinstance(value, int | float):
        return None, _NUMBER
    iso, match = _ISO.fullmatch(text), _TEXT.fullmatch(text)
    if iso is not None:
        return _day(int(iso[3]), int(iso[2]), int(iso[1]))
    if match is None:
        return None, _unread(text)
    if len(match[3]) != len("2024"):
        return None, "Năm phải ghi đủ bốn chữ số."
    return _day(int(match[1]), int(match[2]), int(match[3]))


def _unread(text: str) -> str:
    if _SERIAL.fullmatch(text):
        return _NUMBER
    days = len(_WHOLE.findall(text))
    if days > 1:
        return f"Ô ghi {days} ngày; mỗi dòng chỉ ghi một."
    if _MONTH.fullmatch(text):
        return "Chỉ có tháng, chưa có ngày."
    return "Chưa ghi năm." if _NO_YEAR.fullmatch(text) else "Không đọc được ngày này."


def _day(day: int, month: int, year: int) -> tuple[date | None, str]:
    try:
        return date(year, month, day), ""
    except ValueError:
        pass
    if month > _MONTHS:
        return None, f"Không có tháng {month}: ngày ghi trước, tháng ghi sau."
    return None, f"Không có ngày {day:02d}/{month:02d}/{year:04d}."
