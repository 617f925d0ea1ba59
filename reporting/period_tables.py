"""A period report's figures as the one table of screen and files: the period beside the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cchc.lib.tables import Cell, Column, Kind, Level, Row, Table, display, percent
from outreach.compliance import Score
from reporting.drafting import days
from reporting.models import ReportPeriod
from reporting.period_figures import Figures, Line

_GROUPS = (
    ("unit", "Theo đơn vị"),
    ("channel", "Theo kênh tuyên truyền"),
    ("task", "Theo nhiệm vụ"),
)
_SCOPES = (("period", "Trong kỳ"), ("year", "Lũy kế từ đầu năm"))
_COLUMNS = (
    ("pieces", "Tin, bài, hoạt động", 9),
    ("expected", "Đầu việc đến hạn", 8),
    ("done", "Hoàn thành", 8),
    ("met", "Đúng hạn", 7),
    ("met_late", "Trễ hạn", 7),
    ("missed", "Chưa đạt", 7),
)


def table(period: ReportPeriod, figures: Mapping[str, Figures], as_of: str) -> Table:
    """Every line with both spans; ``as_of`` says which day's figures they are."""
    columns = [Column("label", "Nội dung", width=30)]
    for scope, title in _SCOPES:
        columns += [
            Column(f"{scope}-{key}", name, Kind.INTEGER, width, title)
            for key, name, width in _COLUMNS
        ]
        columns.append(Column(f"{scope}-share", "Tỷ lệ", Kind.PERCENT, 8, title))
    rows: list[Row] = []
    for group, title in _GROUPS:
        lines = _joined(figures, group)
        if lines:
            rows.append(Row((Cell(title),), Level.GROUP))
            rows += [_row(label, pair) for label, pair in lines.items()]
    rows.append(_row("Tổng cộng", _joined(figures, "total")["Tổng cộng"], Level.TOTAL))
    return Table(
        "figures",
        f"Số liệu báo cáo {period.label}",
        clock(period, figures, as_of),
        columns=tuple(columns),
        rows=tuple(rows),
    )


def clock(period: ReportPeriod, figures: Mapping[str, Figures], as_of: str) -> str:
    """Which days are told, by which rule, as counted when."""
    letter = f" theo {period.changed_by}" if period.changed_by else ""
    window = figures["period"].span
    return (
        f"Kỳ số liệu{letter}: {days(window)}; lũy kế {days(figures['year'].span)}. Đầu việc tính "
        "theo hạn của kế hoạch rơi vào kỳ số liệu, kết quả đến hết ngày "
        f"{display(window.end)}; tin, bài tính theo ngày được duyệt và đăng, hoạt động theo ngày "
        f"tổ chức, không chia theo nhiệm vụ. {as_of}"
    )


def _joined(figures: Mapping[str, Figures], group: str) -> dict[str, dict[str, Line]]:
    """The lines of both spans by their names."""
    found: dict[str, dict[str, Line]] = {}
    for scope, _ in _SCOPES:
        for line in figures[scope].of(group):
            found.setdefault(line.label, {})[scope] = line
    return found


def _row(label: str, pair: Mapping[str, Line], level: Level = Level.BODY) -> Row:
    cells = [Cell(label)]
    for scope, _ in _SCOPES:
        line = pair.get(scope) or replace(next(iter(pair.values())), pieces=0, score=Score())
        # One article may serve several tasks, and one of none: it is told by unit and channel.
        values = {
            "pieces": None if line.group == "task" else line.pieces,
            "done": line.score.done,
        }
        cells += [
            Cell(values[key] if key in values else getattr(line.score, key))
            for key, _, _ in _COLUMNS
        ]
        share = percent(line.score.done, line.score.expected)
        cells.append(Cell(share) if line.score.expected else Cell("không áp dụng"))
    return Row(tuple(cells), level)
