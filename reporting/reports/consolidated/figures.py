"""The tables of the report; the third is the very table of the screen."""

from __future__ import annotations

from dataclasses import replace

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display, percent
from outreach.compliance import Score
from reporting.drafting import days
from reporting.reports.consolidated.facts import Facts, Lapse, Line, Piece
from reporting.reports.consolidated.handed_in import HandedIn, Report
from reporting.reports.consolidated.issuance import issuance_table

# Header, width and figure of each outcome, in the order in which they add up.
_SCORE_COLUMNS = (
    Column("expected", "Phải thực hiện", Kind.INTEGER, 11),
    Column("done", "Hoàn thành", Kind.INTEGER, 11),
    Column("met", "Đúng hạn", Kind.INTEGER, 11),
    Column("met_late", "Trễ hạn", Kind.INTEGER, 11),
    Column("missed", "Chưa đạt", Kind.INTEGER, 11),
    Column("pending", "Chờ duyệt", Kind.INTEGER, 11),
    Column("not_due", "Chưa đến hạn", Kind.INTEGER, 11),
)
_COMPARED = (
    ("expected", "Đến hạn"),
    ("done", "Hoàn thành"),
    ("met_late", "Trễ hạn"),
    ("missed", "Chưa đạt"),
)
_TAKEN = "Số đã chốt"
_LIVE = "Số hiện nay"
_WAIVED = Column("waived", "Được miễn", Kind.INTEGER, 11)
_SHARE = Column("share", "Tỷ lệ hoàn thành", Kind.PERCENT, 12)


def tables(facts: Facts) -> tuple[Table, ...]:
    """What stands in the text, and the annexes."""
    return (by_channel(facts), *annexed(facts))


def annexed(facts: Facts) -> tuple[Table, ...]:
    """By agency, the matrix, what lapsed, what counts, plans issued; who reported, if asked to."""
    found = (by_agency(facts), facts.matrix, lapses(facts), pieces(facts), plans_issued(facts))
    return (*found, reports(facts.handed_in, facts)) if facts.handed_in else found


def plans_issued(facts: Facts) -> Table:
    """Which agencies have issued their plan, and which have not."""
    clock = (
        f"Kế hoạch đã ban hành và còn hiệu lực trong kỳ từ ngày {display(facts.period.start)} "
        f"đến ngày {display(facts.period.end)}, theo số liệu trên hệ thống khi lập báo cáo này."
    )
    return issuance_table(facts.issuance, facts.period.label, clock)


def by_channel(facts: Facts) -> Table:
    """How each channel was served."""
    columns = (_ordinal(), Column("name", "Kênh", width=27), *_SCORE_COLUMNS, _SHARE)
    rows = _scored(facts.channels, facts.total, columns)
    title = f"Kết quả thực hiện theo kênh tuyên truyền, {facts.period.label}"
    return Table("channels", title, facts.clock, columns, rows)


def by_agency(facts: Facts) -> Table:
    """How each agency did; agencies that owe nothing are listed too."""
    columns = (
        _ordinal(),
        Column("name", "Cơ quan", width=42),
        *_SCORE_COLUMNS,
        _WAIVED,
        replace(_SHARE, width=19),
    )
    rows = _scored(facts.agencies, facts.total, columns)
    title = f"Kết quả thực hiện theo cơ quan, {facts.period.label}"
    return Table("agencies", title, facts.clock, columns, rows)


def lapses(facts: Facts) -> Table:
    """Every obligation that was missed or met late, with its explanation."""
    columns = (
        _ordinal(),
        Column("agency", "Cơ quan", width=20),
        Column("unit", "Đơn vị", width=16),
        Column("task", "Nhiệm vụ", width=26),
        Column("channel", "Kênh", width=17),
        Column("period", "Kỳ", width=14),
        Column("due_on", "Hạn", Kind.DATE, 15),
        Column("result", "Kết quả", Kind.RATIO, 13),
        Column("explanation", "Giải trình", width=30),
    )
    rows = tuple(_lapse(index, lapse) for index, lapse in enumerate(facts.lapses, start=1))
    title = f"Các đầu việc chưa đạt, trễ hạn, {facts.period.label}"
    empty = "Không có đầu việc nào chưa đạt hoặc trễ hạn."
    return Table("lapses", title, facts.clock, columns, rows, empty)


def pieces(facts: Facts) -> Table:
    """Every article that counts, under its agency."""
    columns = (
        _ordinal(),
        Column("title", "Tiêu đề", width=30),
        Column("channel", "Kênh", width=17),
        Column("sent_on", "Ngày gửi", Kind.DATE, 14),
        Column("decided_on", "Ngày duyệt", Kind.DATE, 14),
        Column("published_on", "Ngày đăng", Kind.DATE, 14),
        Column("url", "Đường dẫn", width=25),
        Column("counts_for", "Tính cho", width=13),
    )
    rows: list[Row] = []
    agency_id = 0
    for index, piece in enumerate(facts.pieces, start=1):
        if piece.agency_id != agency_id:
            agency_id = piece.agency_id
            rows.append(Row((Cell(piece.agency),), Level.GROUP))
        rows.append(_piece(index, piece))
    title = f"Danh mục tin, bài, hoạt động được tính, {facts.period.label}"
    empty = "Chưa có tin, bài, hoạt động nào được tính."
    return Table("pieces", title, facts.clock, columns, tuple(rows), empty)


def reports(handed_in: HandedIn, facts: Facts) -> Table:
    """Who reported when, the figures that were taken, and those of the records beside them."""
    columns = (
        Column("tt", "TT", Kind.INTEGER, 10),
        Column("agency", "Cơ quan", width=40),
        Column("handed_in_on", "Ngày nộp", Kind.DATE, 22),
        Column("state", "Tình trạng", width=28),
        *(Column(f"frozen-{key}", name, Kind.INTEGER, 14, _TAKEN) for key, name in _COMPARED),
        *(Column(f"live-{key}", name, Kind.INTEGER, 14, _LIVE) for key, name in _COMPARED),
        Column("difference", "Đối chiếu", width=16),
    )
    rows = [_reported(index, each, handed_in) for index, each in enumerate(handed_in.reports, 1)]
    taken = handed_in.taken
    frozen = sum((each.frozen for each in taken if each.frozen), Score())
    live = sum((each.live for each in taken), Score())
    words = (Cell(), Cell("Tổng cộng các báo cáo đã tiếp nhận"), Cell(), Cell())
    total = Row((*words, *_compared(frozen), *_compared(live), Cell()), Level.TOTAL)
    window = handed_in.window
    clock = (
        f"Theo {handed_in.regime}, hạn gửi {display(handed_in.due_on)}; kỳ số liệu "
        f"{days(window)}: đầu việc có hạn rơi vào kỳ số liệu. Số đã chốt là số liệu tại lần nộp "
        "được tiếp nhận; số hiện nay là số liệu trên hệ thống khi lập báo cáo này."
    )
    title = f"Tình hình gửi báo cáo định kỳ, {facts.period.label}"
    return Table("reports", title, clock, columns, (*rows, total))


def _reported(index: int, report: Report, handed_in: HandedIn) -> Row:
    late = report.handed_in_on is not None and report.handed_in_on > handed_in.due_on
    state = "Chưa nộp" if report.handed_in_on is None else report.state
    verdict = "" if report.frozen is None else "có thay đổi" if report.differs else "khớp"
    return Row(
        (
            Cell(index),
            Cell(report.agency),
            Cell(report.handed_in_on),
            Cell(f"{state}, trễ hạn" if late else state),
            *(_compared(report.frozen) if report.frozen else (Cell(),) * len(_COMPARED)),
            *(_compared(report.live) if report.frozen else (Cell(),) * len(_COMPARED)),
            Cell(verdict),
        )
    )


def _compared(score: Score) -> tuple[Cell, ...]:
    return tuple(Cell(getattr(score, key)) for key, _ in _COMPARED)


def _ordinal() -> Column:
    return Column("tt", "TT", Kind.INTEGER, 7)


def _scored(lines: tuple[Line, ...], total: Score, columns: tuple[Column, ...]) -> tuple[Row, ...]:
    """A row per line and the total; the figures are the outcomes that the columns name."""
    if not lines:
        return ()
    keys = [column.key for column in columns[2:-1]]
    rows = (
        Row((Cell(index), Cell(line.name), *_score(line.score, keys)))
        for index, line in enumerate(lines, start=1)
    )
    return (*rows, Row((Cell(), Cell("Tổng cộng"), *_score(total, keys)), Level.TOTAL))


def _score(score: Score, keys: list[str]) -> tuple[Cell, ...]:
    share = percent(score.done, score.expected)
    return (*(Cell(getattr(score, key)) for key in keys), Cell(share))


def _lapse(index: int, lapse: Lapse) -> Row:
    return Row(
        (
            Cell(index),
            Cell(lapse.agency),
            Cell(lapse.unit),
            Cell(lapse.task, href=lapse.href),
            Cell(lapse.channel),
            Cell(lapse.period),
            Cell(lapse.due_on),
            Cell(Ratio(lapse.done, lapse.required), lapse.state.value, lapse.state.label),
            Cell(lapse.explanation),
        )
    )


def _piece(index: int, piece: Piece) -> Row:
    item = piece.counted
    return Row(
        (
            Cell(index),
            Cell(item.title, href=item.href),
            Cell(piece.channel),
            Cell(item.sent_on),
            Cell(item.decided_on),
            Cell(item.published_on),
            Cell(item.url),
            Cell(f"{piece.task} · {piece.period}"),
        )
    )
