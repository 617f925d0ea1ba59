"""What may stand in the fields that only some kinds have, and what sending asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from cchc.lib.tables import display
from cchc.lib.text import squeeze
from outreach.kinds import KIND_FIELDS, TEXTS, Kind
from outreach.workflow import OLDEST_YEARS
from plans.citations import parse

# Larger numbers are slips of the pen; the third is what the database can hold.
MOST = {"attendance": 2_000_000, "quantity": 10_000_000, "reach": 2_000_000_000}
FARTHEST_AHEAD = timedelta(days=366)  # what is planned may be entered before it takes place

NEEDED = {
    "held_on": "Hãy ghi {label}: loại này được tính theo ngày đó.",
    "document_number": "Hãy ghi số, ký hiệu của văn bản.",
    "document_on": "Hãy ghi ngày của văn bản.",
}
WRONG_NUMBER = "Hãy ghi số và ký hiệu như trên văn bản, ví dụ 15/BC-STTTT."
NEGATIVE = "{label} không thể là số âm."
TOO_LARGE = "{label} lớn quá; chỉ nhận đến {most}."
TOO_OLD = "{label} {day} lâu quá; chỉ nhận từ {oldest} trở đi."
TOO_FAR = "{label} {day} xa quá; chỉ nhận trong vòng một năm tới."
NOT_YET = "{label} {day} chưa tới."


def document_number(text: str) -> str:
    """Number and symbol as Nghị định 30/2020/NĐ-CP writes them: ``05/BC-STTTT``; "" when wrong.

    Read by the same rules as the documents that plans cite. Typed in small letters on a telephone,
    the symbol is put into capitals.
    """
    bare = "".join(squeeze(text).translate(_DASHES).split())
    for written in (bare, bare.upper()):
        if written[:1] in _DIGITS and parse(f"Văn bản số {written}").reference == written:
            number, mark, symbol = _parted(written)
            return f"{number.zfill(2)}{mark}{symbol}" if symbol else ""
    return ""


def faults(kind: Kind, values: Mapping[str, object], today: date) -> dict[str, str]:
    """The fields whose values cannot be, each with the sentence that says why."""
    found = {}
    for name, label in kind.fields.items():
        match values.get(name):
            case date() as day:
                found[name] = _day_fault(name, label, day, today)
            case int() as number:
                found[name] = _number_fault(name, label, number)
            case str() as text if name == "document_number" and text:
                found[name] = "" if document_number(text) else WRONG_NUMBER
    return {name: fault for name, fault in found.items() if fault}


def lacking(kind: Kind, values: Mapping[str, object]) -> dict[str, str]:
    """The fields without which this kind cannot be sent or recorded."""
    return {
        name: NEEDED[name].format(label=label[:1].lower() + label[1:])
        for name, label in kind.fields.items()
        if name in kind.needs and not values.get(name)
    }


def kept(kind: Kind, values: Mapping[str, object]) -> dict[str, object]:
    """Every field that some kind has, with its value; empty where this kind does not have it."""
    has = kind.fields
    empty = {name: "" if name in TEXTS else None for name in KIND_FIELDS}
    return {name: values[name] if name in has else empty[name] for name in KIND_FIELDS}


_DASHES = str.maketrans("‑–—−", "----")
_DIGITS = frozenset("0123456789")


def _parted(number: str) -> tuple[str, str, str]:
    at = next((i for i, sign in enumerate(number) if sign in "/-"), len(number))
    return number[:at], number[at : at + 1], number[at + 1 :]


def _day_fault(name: str, label: str, day: date, today: date) -> str:
    oldest = date(today.year - OLDEST_YEARS, 1, 1)
    if day < oldest:
        return TOO_OLD.format(label=label, day=display(day), oldest=display(oldest))
    if name == "document_on":
        return NOT_YET.format(label=label, day=display(day)) if day > today else ""
    return TOO_FAR.format(label=label, day=display(day)) if day > today + FARTHEST_AHEAD else ""


def _number_fault(name: str, label: str, number: int) -> str:
    if number < 0:
        return NEGATIVE.format(label=label)
    most = MOST[name]
    return TOO_LARGE.format(label=label, most=display(most)) if number > most else ""
