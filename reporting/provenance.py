"""What the last page of a report says of its own figures: when they were frozen, and their hash.

Pure. With the sentence a printed report leads back to the run that it was made by, and whoever
holds it can ask whether its figures are those of the system.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cchc.lib.tables import Cell, Column, Row, Table

_FROZEN = "Lập từ số liệu chốt lúc {at:%H:%M} ngày {at:%d/%m/%Y}"
_DRAFT = "Lập từ số liệu chưa chốt, đọc lúc {at:%H:%M} ngày {at:%d/%m/%Y}"
_HASH = "mã SHA-256 của số liệu: {sha256}"
_HOW = (
    "Nhập mã này hoặc chọn tệp tại mục Báo cáo tổng hợp hoặc Báo cáo định kỳ, Kiểm tra tệp, "
    "để biết số liệu có đúng là của hệ thống hay không."
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The local moment of the figures and their SHA-256; ``draft`` figures may still change."""

    at: datetime
    sha256: str
    draft: bool = False

    @property
    def moment(self) -> str:
        """When, without the hash."""
        return (_DRAFT if self.draft else _FROZEN).format(at=self.at)

    @property
    def sentence(self) -> str:
        """The line at the end of the document."""
        return f"{self.moment}; {_HASH.format(sha256=self.sha256)}."


def sheet(stamp: Stamp, title: str) -> Table:
    """The same as the last sheet of a workbook."""
    lines = (
        ("Báo cáo", title),
        ("Thời điểm số liệu", f"{stamp.moment}."),
        ("Mã SHA-256 của số liệu", stamp.sha256),
        ("Cách kiểm tra", _HOW),
    )
    return Table(
        key="provenance",
        title="NGUỒN SỐ LIỆU",
        clock="",
        columns=(Column("fact", "Mục", width=30), Column("text", "Nội dung", width=80)),
        rows=tuple(Row((Cell(fact), Cell(text))) for fact, text in lines),
    )
