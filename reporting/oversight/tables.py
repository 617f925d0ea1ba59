"""The lines as the one table of screen, paper and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cchc.lib.addresses import numbered
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display, percent
from outreach.compliance import Compliance, Score
from reporting.drafting import days
from reporting.matrices import LINES_ANCHOR, NOT_OWED, Survey, narrowed, province_table
from reporting.models import ReportPeriod
from reporting.models.period_report import ReportState
from reporting.oversight.handing_in import Handed
from reporting.oversight.lines import Line, View
from reporting.oversight.reading import Oversight

NOT_ASKED = "không áp dụng"
_NOBODY = "Không có cơ quan nào theo điều kiện đã chọn."
_DUTIES, _REPORT = "Đầu việc theo kỳ", "Báo cáo của kỳ"
_COLUMNS = (
    Column("tt", "TT", Kind.INTEGER, 5),
    Column("agency", "Cơ quan", width=26),
    Column("plan", "Kế hoạch đã ban hành", width=19),
    Column("expected", "Phải thực hiện", Kind.INTEGER, 11, _DUTIES),
    Column("done", "Hoàn thành", Kind.INTEGER, 8, _DUTIES),
    Column("met", "Đúng hạn", Kind.INTEGER, 7, _DUTIES),
    Column("met_late", "Trễ hạn", Kind.INTEGER, 7, _DUTIES),
    Column("missed", "Chưa đạt", Kind.INTEGER, 7, _DUTIES),
    Column("explained", "Đã giải trình", Kind.INTEGER, 9, _DUTIES),
    Column("pending", "Chờ duyệt", Kind.INTEGER, 7, _DUTIES),
    Column("not_due", "Chưa đến hạn", Kind.INTEGER, 9, _DUTIES),
    Column("share", "Tỷ lệ hoàn thành", Kind.PERCENT, 11, _DUTIES),
    Column("handed_in_on", "Ngày nộp", Kind.DATE, 11, _REPORT),
    Column("state", "Tình trạng", width=18, group=_REPORT),
    Column("accepted", "Được công nhận", Kind.RATIO, 11, _REPORT),
)
_OF_REPORT = {"handed_in_on", "state"}


def table(survey: Survey, found: Oversight, lines: Sequence[Line], view: View) -> Table:
    """The lines that the view shows, and their sum; the clock says what was left out."""
    rows = [_row(place, line, found) for place, line in enumerate(lines, start=1)]
    if lines:
        rows.append(_total(lines, found))
    said = (
        survey.clock,
        _report_clock(found.asked, survey.period.label),
        view.words(len(lines), len(found.lines)),
    )
    title = f"Tình hình thực hiện của từng cơ quan, {survey.period.label}"
    whole = Table("oversight", title, " ".join(said), _COLUMNS, tuple(rows), _NOBODY)
    return whole if found.asked else _unreported(whole)


def quotas(survey: Survey, found: Oversight, lines: Sequence[Line], view: View) -> Table:
    """The quota matrix of the same agencies in the same order."""
    whole = province_table(narrowed(survey, (line.head for line in lines)))
    said = f"{whole.clock} {view.words(len(lines), len(found.lines))}"
    return replace(whole, clock=said, empty=_NOBODY)


def _accepted(frozen: Score | None) -> Cell:
    """What the accepted report says is done, beside what fell due in its own days."""
    if frozen is None:
        return Cell(NOT_OWED, note="Chưa tiếp nhận báo cáo")
    return Cell(Ratio(frozen.done, frozen.expected))


def accepted_sum(lines: Sequence[Line]) -> Score | None:
    """The figures of the accepted reports together; None before the first of them."""
    frozen = [line.report.frozen for line in lines if line.report and line.report.frozen]
    return sum(frozen, Score()) if frozen else None


def _row(place: int, line: Line, found: Oversight) -> Row:
    plan = line.plan
    issued = (
        Cell(plan.words, href=plan.href, note=plan.title)
        if plan
        else Cell("Chưa ban hành", Compliance.MISSED.value)
    )
    return Row(
        (
            Cell(place),
            Cell(line.head.name, href=line.head.href),
            issued,
            *_duties(line.score, line.explained, f"{line.head.href}{LINES_ANCHOR}"),
            *_report(line.report, found),
        )
    )


def _duties(score: Score, explained: int, href: str = "") -> tuple[Cell, ...]:
    """Outcomes that add up to what was expected; nothing of nothing is no score."""
    if not score.expected:
        return (Cell(0, note=_aside(score)), *(Cell(NOT_OWED),) * 7, Cell())
    return (
        Cell(score.expected, note=_aside(score)),
        Cell(score.done),
        Cell(score.met),
        _outcome(Compliance.MET_LATE, score, href),
        _outcome(Compliance.MISSED, score, href),
        Cell(explained if score.missed else NOT_OWED),
        _outcome(Compliance.PENDING, score, href),
        Cell(score.not_due),
        Cell(percent(score.done, score.expected)),
    )


def _outcome(state: Compliance, score: Score, href: str) -> Cell:
    """A number that asks for attention leads to the obligations behind it."""
    number: int = getattr(score, state.value)
    return Cell(number, state.value, href=href) if number and href else Cell(number)


def _aside(score: Score) -> str:
    """What stands outside the denominator."""
    parts = (
        (score.waived, "được miễn"),
        (score.outside, "đến hạn trước khi kế hoạch ban hành"),
    )
    said = [f"{number} đầu việc {words}" for number, words in parts if number]
    return f"Không kể {', '.join(said)}" if said else ""


def _report(report: Handed | None, found: Oversight) -> tuple[Cell, ...]:
    if report is None and found.is_begun:
        return Cell(), Cell(NOT_ASKED), Cell(NOT_ASKED)
    if report is None:
        return Cell(), Cell("Chưa đến kỳ"), _accepted(None)
    words, tone = _standing(report)
    href = numbered("reporting:report-detail", report.report_id)
    return (
        Cell(report.handed_in_on),
        Cell(words, tone, href=href),
        _accepted(report.frozen),
    )


def _standing(report: Handed) -> tuple[str, str]:
    """Words and tone: what became of the report, and how late it came or is."""
    if not report.is_in:
        if report.late:
            return f"Chưa nộp, quá hạn {report.late} ngày", Compliance.MISSED.value
        return "Chưa nộp", Compliance.NOT_DUE.value
    is_late = report.late > 0
    tones = {
        ReportState.SUBMITTED: Compliance.PENDING,
        ReportState.RETURNED: Compliance.MISSED,
        ReportState.ACCEPTED: Compliance.MET_LATE if is_late else Compliance.MET,
    }
    verb = "" if report.state == ReportState.SUBMITTED else "nộp "
    late = f", {verb}trễ {report.late} ngày" if is_late else ""
    return f"{report.state.label}{late}", tones[report.state].value


def _total(lines: Sequence[Line], found: Oversight) -> Row:
    shown, whole = len(lines), len(found.lines)
    score = sum((line.score for line in lines), Score())
    count = f"{shown}/{whole}" if shown < whole else f"{whole}"
    return Row(
        (
            Cell(),
            Cell(f"Tổng cộng {count} cơ quan"),
            Cell(Ratio(sum(line.plan is not None for line in lines), shown)),
            *_duties(score, sum(line.explained for line in lines)),
            *_report_sum(lines, found),
        ),
        Level.TOTAL,
    )


def _report_sum(lines: Sequence[Line], found: Oversight) -> tuple[Cell, ...]:
    reports = [line.report for line in lines if line.report]
    if not reports:
        return _report(None, found)
    came = Ratio(sum(report.is_in for report in reports), len(reports))
    return Cell(), Cell(came, mark="đã nộp"), _accepted(accepted_sum(lines))


def _unreported(table: Table) -> Table:
    """Without the columns of a report that nobody asks for."""
    kept = [at for at, column in enumerate(table.columns) if column.key not in _OF_REPORT]
    rows = (Row(tuple(row.cells[at] for at in kept), row.level) for row in table.rows)
    columns = tuple(table.columns[at] for at in kept)
    return replace(table, columns=columns, rows=tuple(rows))


def _report_clock(asked: ReportPeriod | None, label: str) -> str:
    """Whose reports are meant, and which days the accepted figures gather."""
    if asked is None:
        return f"Không chế độ báo cáo nào của tỉnh yêu cầu báo cáo kỳ {label}."
    return (
        f"Báo cáo theo chế độ “{asked.regime.name}”, hạn gửi {display(asked.due_on)}; được công "
        "nhận: số hoàn thành trên số đến hạn đã chốt trong báo cáo được tiếp nhận, kỳ số liệu "
        f"{days(asked.window)}."
    )
