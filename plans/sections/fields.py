"""Typed JSON taken field by field: nothing in it is believed, everything wrong is named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final

from cchc.lib.text import nfc, squeeze
from plans.citation_text import short_date, written_date
from plans.sections.faults import SectionFault, SectionFaults, of_section, shown

Row = dict[str, Any]
Labels = Mapping[str, str]

MOST_ROWS: Final = 2000
# More of them help nobody, and each has to be sent back.
_MOST_FAULTS = 100
_UID = re.compile(r"[0-9a-f]{16}")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1945, 2199
_RELOAD = "Hãy tải lại trang rồi thử lại."
_SHAPE = "Dữ liệu gửi lên không đúng dạng."
DAYS = "ngày dạng 05/02/2024"


class Fields:
    """The fields of one typed object; faults are collected, and a faulty field is blank."""

    def __init__(self, data: Mapping[str, object], labels: Labels, row: int = 0) -> None:
        self.data = data
        self.labels = labels
        self.row = row
        self.faults: list[SectionFault] = []
        uid = data.get("uid", "")
        self.uid = uid if isinstance(uid, str) and _UID.fullmatch(uid) else ""
        for name in labels:
            if name not in data:
                self.fault(name, "Thiếu mục này.", _RELOAD)
        for name in data:
            if name not in labels and (name != "uid" or not row):
                unknown = shown(name)
                self._add(SectionFault(row, self.uid, unknown, unknown, "", _SHAPE, _RELOAD))

    def fault(self, name: str, problem: str, accepted: str = "") -> None:
        """Say what is wrong with a field."""
        value = shown(self.data.get(name, ""))
        self._add(
            SectionFault(self.row, self.uid, name, self.labels[name], value, problem, accepted)
        )

    def _add(self, fault: SectionFault) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(fault)

    def text(self, name: str, limit: int) -> str:
        """Text of several lines."""
        return self._within(name, cleaned(self._str(name)), limit)

    def line(self, name: str, limit: int) -> str:
        """Text of one line."""
        return self._within(name, squeeze(cleaned(self._str(name))), limit)

    def lines(self, name: str, limit: int) -> list[str]:
        """A list of lines without the blank ones."""
        value = self._list(name)
        if not all(isinstance(line, str) for line in value):
            self.fault(name, _SHAPE, _RELOAD)
            return []
        found = [squeeze(line) for text in value for line in cleaned(str(text)).split("\n")]
        self._within(name, "\n".join(found), limit)
        return [line for line in found if line]

    def choice(self, name: str, allowed: Mapping[str, str]) -> str:
        """One of the words, each with its name on the screen."""
        value = self._str(name)
        if value not in allowed:
            self.fault(name, "Không có lựa chọn này.", "; ".join(allowed.values()))
        return value

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self.data.get(name)
        if not isinstance(value, bool):
            self._misshapen(name)
        return value is True

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number."""
        value = self.data.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fault(name, "Không phải số nguyên trong khoảng cho phép.", f"{low} đến {high}")
            return low
        return value

    def whole_or_none(self, name: str, low: int, high: int) -> int | None:
        """A whole number, or none."""
        return None if self.data.get(name) is None else self.whole(name, low, high)

    def key(self, name: str, is_allowed: Callable[[int], bool], problem: str) -> int | None:
        """The key of another row, or none."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not is_allowed(value):
            self.fault(name, problem, "chọn lại trong danh sách")
            return None
        return value

    def code(self, name: str, known: Collection[str], what: str) -> str:
        """A known code, or blank."""
        value = self._str(name)
        if value and value not in known:
            self.fault(name, f"Không có {what} mang mã này.", "chọn lại trong danh sách")
        return value

    def codes(self, name: str, known: Collection[str], what: str) -> list[str]:
        """Known codes, each once, in the order of those known."""
        value = self._list(name)
        for code in value:
            if not isinstance(code, str) or code not in known:
                problem = f"Không có {what} mang mã “{shown(code)}”."
                self.fault(name, problem, "chọn lại trong danh sách")
                return []
        return [code for code in known if code in value]

    def pairs(self, name: str) -> dict[str, str]:
        """Texts by text."""
        value = self.data.get(name)
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            self._misshapen(name)
            return {}
        if len(value) > MOST_ROWS:
            self.fault(name, f"Quá nhiều kỳ ({len(value)}).", f"không quá {MOST_ROWS}")
            return {}
        return {cleaned(str(key)): cleaned(one) for key, one in value.items()}

    def day(self, name: str) -> date | None:
        """A whole date, or none when it is blank."""
        text = squeeze(cleaned(self._str(name)))
        if not text:
            return None
        found = day_of(text)
        if found is None:
            self.fault(name, "Không có ngày này.", DAYS)
        return found

    def known_date(self, name: str) -> str:
        """A date as far as it is written: day, month, year or nothing."""
        text = squeeze(cleaned(self._str(name)))
        try:
            on, precision = written_date(text)
        except ValueError:
            self.fault(name, "Không đọc được ngày này.", "05/02/2024, 02/2024, 2024 hoặc để trống")
            return ""
        return short_date(on, precision)

    def _str(self, name: str) -> str:
        value = self.data.get(name, "")
        if not isinstance(value, str):
            self._misshapen(name)
            return ""
        return value

    def _list(self, name: str) -> list[object]:
        value = self.data.get(name)
        if not isinstance(value, list):
            self._misshapen(name)
            return []
        if len(value) > MOST_ROWS:
            self.fault(name, f"Quá nhiều dòng ({len(value)}).", f"không quá {MOST_ROWS} dòng")
            return []
        return value

    def _misshapen(self, name: str) -> None:
        if name in self.data:
            self.fault(name, _SHAPE, _RELOAD)

    def _within(self, name: str, text: str, limit: int) -> str:
        if len(text) > limit:
            problem = f"Dài {len(text)} ký tự; chỉ ghi được {limit} ký tự."
            self.fault(name, problem, f"không quá {limit} ký tự")
        return text


def accept_object(data: object, labels: Labels, build: Callable[[Fields], Row]) -> Row:
    """What ``build`` makes of one typed object; ``SectionFaults`` when anything is wrong."""
    if not isinstance(data, dict):
        raise of_section(_SHAPE, _RELOAD)
    fields = Fields(data, labels)
    found = build(fields)
    if fields.faults:
        raise SectionFaults(fields.faults)
    return found


def accept_rows(data: object, labels: Labels, build: Callable[[Fields], Row]) -> list[Row]:
    """What ``build`` makes of each typed row; ``SectionFaults`` with all that is wrong."""
    if not isinstance(data, list):
        raise of_section(_SHAPE, _RELOAD)
    if len(data) > MOST_ROWS:
        problem = f"Có {len(data)} dòng; mỗi phần chỉ ghi được {MOST_ROWS} dòng."
        raise of_section(problem, f"không quá {MOST_ROWS} dòng")
    faults: list[SectionFault] = []
    rows = list(_rows(data, labels, build, faults))
    if faults:
        raise SectionFaults(faults[:_MOST_FAULTS])
    return rows


def _rows(
    data: list[object], labels: Labels, build: Callable[[Fields], Row], faults: list[SectionFault]
) -> Iterator[Row]:
    seen: set[str] = set()
    for number, one in enumerate(data, start=1):
        if not isinstance(one, dict):
            faults.append(SectionFault(number, "", "", "", shown(one), _SHAPE, _RELOAD))
            continue
        fields = Fields(one, labels, number)
        if not fields.uid or fields.uid in seen:
            problem = "Dòng bị lặp." if fields.uid else "Mã dòng không đúng dạng."
            value = shown(one.get("uid", ""))
            faults.append(SectionFault(number, "", "uid", "Mã dòng", value, problem, _RELOAD))
        seen.add(fields.uid)
        yield {"uid": fields.uid, **build(fields)}
        faults.extend(fields.faults)


def cleaned(text: str) -> str:
    """NFC without what no document has: control signs and halves of characters."""
    plain = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (sign for sign in plain if sign in "\n\t" or not _is_odd(sign))
    return "".join(kept).strip()


def day_of(text: str) -> date | None:
    """The date of ``05/02/2024``; None when there is no such day."""
    match = _DAY.fullmatch(text)
    try:
        found = date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None
    return found if found and _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _is_odd(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs")


def written(day: date | None) -> str:
    """``05/02/2024``, or nothing."""
    return short_date(day, "day")
