"""What changed between two texts of a plan, section by section, for people to read.

Pure: both are snapshots (``plans.sections.snapshot``). Rows are the same row when they have the
same uid; a row that only stands elsewhere among the rows that stayed has moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from plans.comparing import Difference, words

Row = Mapping[str, Any]


class Change(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"

    @property
    def label(self) -> str:
        """The word before the row."""
        return _CHANGES[self]


_CHANGES = {
    Change.ADDED: "Bổ sung",
    Change.REMOVED: "Bỏ",
    Change.CHANGED: "Sửa",
    Change.MOVED: "Chuyển chỗ",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row: its name on the screen and its text, word by word."""

    label: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row: what became of it, what it is called, and its fields that changed."""

    change: Change
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section that has changed."""

    name: str
    title: str
    rows: tuple[RowChange, ...]


_TITLES = {
    "header": "Thông tin chung",
    "bases": "Căn cứ",
    "clauses": "Nội dung văn bản",
    "targets": "Mục tiêu, chỉ tiêu",
    "content": "Nội dung tuyên truyền",
    "forms": "Hình thức tuyên truyền",
    "annex": "Phụ lục",
    "quotas": "Định mức, luân phiên",
}
_FIELDS = {
    "header": {
        "kind": "Loại kế hoạch",
        "parent": "Kế hoạch cấp trên",
        "number": "Số",
        "symbol": "Ký hiệu",
        "signed": "Ngày ký",
        "place": "Địa danh",
        "title": "Trích yếu",
        "opening": "Đoạn mở đầu",
        "audiences": "Đối tượng",
        "scopes": "Phạm vi",
        "annex_title": "Tên phụ lục",
        "starts_on": "Từ ngày",
        "ends_on": "Đến ngày",
        "derive_by": "Hạn ban hành kế hoạch triển khai",
        "count_before_issue": "Tính cả đầu việc đến hạn trước khi ban hành",
        "signer_authority": "Quyền hạn",
        "signer_position": "Chức vụ",
        "signer_name": "Họ tên người ký",
        "recipients": "Nơi nhận",
    },
    "bases": {
        "role": "Vai trò",
        "document_type": "Loại văn bản",
        "reference": "Số, ký hiệu",
        "dated": "Ngày",
        "issuer": "Cơ quan ban hành",
        "abstract": "Về việc",
        "place_in_plan": "Vị trí trong kế hoạch",
    },
    "clauses": {"label": "Ký hiệu", "heading": "Tiêu đề", "text": "Nội dung", "depth": "Cấp"},
    "targets": {
        "operator": "So sánh",
        "value": "Giá trị",
        "measure": "Đơn vị tính",
        "counted": "Đối tượng tính",
        "place_in_plan": "Vị trí trong kế hoạch",
        "data_source": "Nguồn số liệu",
    },
    "content": {"label": "Ký hiệu", "title": "Nội dung"},
    "forms": {"label": "Ký hiệu", "title": "Hình thức", "channels": "Kênh"},
    "annex": {
        "area": "Nhóm nhiệm vụ",
        "code": "Số thứ tự",
        "title": "Nhiệm vụ",
        "products": "Sản phẩm",
        "lead": "Chủ trì",
        "coordinating": "Phối hợp",
        "time": "Thời gian thực hiện",
        "meant": "Thời gian hiểu là",
        "conditional": "Chỉ khi phát sinh",
        "without_quota": "Không giao định mức",
    },
    "quotas": {
        "channel": "Kênh",
        "counts_when": "Tính khi",
        "minimum": "Ít nhất",
        "maximum": "Nhiều nhất",
        "per": "Mỗi",
        "due_kind": "Cách tính hạn",
        "due_day": "Ngày đến hạn",
        "due_month_offset": "Số tháng lùi",
        "due_dates": "Hạn từng kỳ",
        "default_unit": "Đơn vị thực hiện",
        "turns": "Luân phiên",
    },
}
_WORDS = {
    "basis": "Căn cứ",
    "implements": "Thực hiện",
    "cited": "Viện dẫn",
    "approved_published": "được duyệt và đăng",
    "sent": "đã gửi",
    "held": "đã tổ chức, phát sóng",
    "week": "tuần",
    "month": "tháng",
    "quarter": "quý",
    "half": "6 tháng",
    "nine_months": "9 tháng",
    "year": "năm",
    "period_end": "ngày cuối kỳ",
    "day_of_month": "ngày trong tháng cuối kỳ",
    "fixed": "ngày ghi trong kế hoạch",
    "outreach": "Tuyên truyền cải cách hành chính",
    "reform": "Cải cách hành chính",
    "multi_year": "Kế hoạch nhiều năm",
}
_CODED = frozenset({"kind", "role", "counts_when", "per", "due_kind"})
# What the names of a field's codes are kept under.
_NAMED = {
    "parent": "plans",
    "channel": "channels",
    "channels": "channels",
    "default_unit": "units",
    "turns": "units",
}


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[SectionChange, ...]:
    """The sections that differ, in the order of the document."""
    found = (
        SectionChange(name, title, tuple(_rows(name, _Side(before), _Side(after))))
        for name, title in _TITLES.items()
    )
    return tuple(section for section in found if section.rows)


class _Side:
    """One of the two texts, with the names that its codes had."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.sections: Mapping[str, Any] = snapshot["sections"]
        self.names: Mapping[str, Mapping[str, str]] = snapshot["names"]

    def rows(self, section: str) -> list[Row]:
        value = self.sections.get(section, [])
        return [{**value, "uid": section}] if isinstance(value, dict) else list(value)

    def text(self, field: str, value: Any) -> str:
        """The value as people write it; codes by the names that they had."""
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(value, Mapping):
            return "\n".join(f"{key}: {self._named(field, one)}" for key, one in value.items())
        if isinstance(value, list):
            return "; ".join(self._named(field, one) for one in value)
        return self._named(field, value)

    def _named(self, field: str, value: Any) -> str:
        if value is None:
            return ""
        if field in _CODED:
            return _WORDS.get(value, str(value))
        return self.names.get(_NAMED.get(field, ""), {}).get(str(value), str(value))

    def title(self, section: str, row: Row) -> str:
        """What a row is called where its change is listed."""
        if section == "header":
            return ""
        if section == "quotas":
            task = next((one for one in self.rows("annex") if one["uid"] == row["task"]), None)
            said = f"{task['code']} {task['title']}".strip() if task else ""
            return f"{said} · {self._named('channel', row['channel'])}".strip(" ·")
        names = ("document_type", "reference", "label", "code", "heading", "title", "counted")
        said = " ".join(str(row[name]) for name in names if row.get(name))
        return said or str(row.get("text", ""))[:80]


def _rows(section: str, before: _Side, after: _Side) -> Iterator[RowChange]:
    """Removed rows stand where they stood: after the row that came before them."""
    old = {row["uid"]: row for row in before.rows(section)}
    new = {row["uid"]: row for row in after.rows(section)}
    stayed = _in_place([uid for uid in old if uid in new], list(new))
    yield from (
        RowChange(
            Change.REMOVED,
            before.title(section, row),
            tuple(_fields(section, row, {}, before, after)),
        )
        for uid, row in old.items()
        if uid not in new
    )
    for uid, row in new.items():
        fields = tuple(_fields(section, old.get(uid, {}), row, before, after))
        title = after.title(section, row)
        if uid not in old:
            yield RowChange(Change.ADDED, title, fields)
        elif fields:
            yield RowChange(Change.CHANGED, title, fields)
        elif uid not in stayed:
            yield RowChange(Change.MOVED, title, ())


def _fields(section: str, old: Row, new: Row, before: _Side, after: _Side) -> Iterator[FieldChange]:
    for name, label in _FIELDS[section].items():
        was = before.text(name, old[name]) if name in old else ""
        now = after.text(name, new[name]) if name in new else ""
        if was != now and not (not (old and new) and (was or now) == "không"):
            yield FieldChange(label, words(was, now))


def _in_place(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The longest run of rows that kept their order (longest increasing subsequence)."""
    places = {uid: place for place, uid in enumerate(new)}
    tails: list[int] = []
    chains: list[tuple[str, ...]] = []
    for uid in old:
        at = bisect_left(tails, places[uid])
        chain = (*(chains[at - 1] if at else ()), uid)
        tails[at : at + 1] = [places[uid]]
        chains[at : at + 1] = [chain]
    return set(chains[-1]) if chains else set()
