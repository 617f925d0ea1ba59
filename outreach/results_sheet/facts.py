"""What a reading of results is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plans.annex_sheet import Fault

__all__ = ["Asking", "Entry", "Fault", "Field", "Reading", "UnknownName"]


class Field(StrEnum):
    """What a column holds; the value is its usual heading."""

    CODE = "Mã"
    UNIT = "Đơn vị"
    KIND = "Loại"
    TITLE = "Tiêu đề"
    CHANNEL = "Kênh"
    HELD = "Ngày thực hiện"
    SENT = "Ngày gửi"
    DECIDED = "Ngày duyệt"
    PUBLISHED = "Ngày đăng"
    URL = "Đường dẫn"
    NOTE = "Ghi chú"
    NUMBER = "Số, ký hiệu"
    DATED = "Ngày văn bản"
    ORDINAL = "STT"


class Asking(StrEnum):
    """Of what a name is asked: a unit, a kind or a channel."""

    UNIT = "unit"
    KIND = "kind"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as read: an activity on a channel. What the row does not say is None or empty.

    ``pk`` is the placement that the code means. ``unit`` and ``channel`` are codes; a unit of ""
    is the agency itself. ``fingerprint`` is that of the address.
    """

    row: int
    sheet: str
    pk: int | None
    unit: str | None
    kind: str
    title: str
    channel: str
    held_on: date | None = None
    sent_on: date | None = None
    decided_on: date | None = None
    published_on: date | None = None
    url: str = ""
    fingerprint: str = ""
    note: str = ""
    number: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that nobody knows, once for the whole file; its rows name their sheet if several."""

    asking: Asking
    name: str
    column: str
    rows: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a file that could be read, every fault of the others, and the notices.

    ``columns`` are the letters over the columns by sheet, for whoever finds more faults.
    """

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...] = ()
    unknown: tuple[UnknownName, ...] = ()
    encoding: str = ""
    rows: int = 0
    columns: Mapping[str, Mapping[Field, str]] = field(default_factory=dict)
