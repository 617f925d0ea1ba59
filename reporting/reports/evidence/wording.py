"""The pack's index in the layout of an official document, and the tables behind it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table, display
from outreach.compliance import Compliance
from outreach.models import Placement
from reporting.letterhead import (
    Annex,
    Document,
    Letterhead,
    Paragraph,
    Signature,
    Style,
    TableBlock,
    annex_label,
    attached_line,
    date_line,
    document_number,
    long_date,
    number_and_symbol,
    recipient_lines,
)
from reporting.matrices import channel_name, is_outside
from reporting.models.score import Measure
from reporting.reports.evidence.facts import Duty, Facts, Filed, Piece, Proof, Proven, counted
from reporting.scoring import CENT, ROUNDING, shown, total

SUBJECT = "kết quả tự chấm điểm công tác tuyên truyền cải cách hành chính năm {year}"
NOT_SEEN = "Kết quả chưa công khai, không thuộc phạm vi xem của người lập tài liệu"
NO_RESULT = "Chưa có kết quả được tính"
NO_ADDRESS = "Không có đường dẫn riêng"
NO_PROOF = "–"
NOTHING = "–"
_DAYS = (("Gửi", "sent_on"), ("Duyệt", "decided_on"), ("Đăng", "published_on"))


def document(facts: Facts) -> Document:
    """The report with an annex for each criterion, and the list of files."""
    subject = SUBJECT.format(year=facts.year)
    number = document_number(None, facts.symbol)
    annexes = list(_annexes(facts))
    attached = attached_line(
        "Báo cáo",
        number_and_symbol(None, facts.symbol),
        long_date(facts.as_of, "month"),
        facts.agency,
    )
    return Document(
        letterhead=Letterhead(
            parent_agency=facts.parent_agency,
            agency=facts.agency,
            number_text=number,
            place_date=date_line(facts.place, facts.as_of, "month"),
            kind="Báo cáo",
            subject=subject[:1].upper() + subject[1:],
        ),
        blocks=tuple(_body(facts, subject)),
        signature=Signature((), facts.position or "Thủ trưởng cơ quan", ""),
        recipients=recipient_lines(("Sở Nội vụ", f"Lãnh đạo {facts.agency}")),
        annexes=tuple(
            Annex(annex_label(place, len(annexes)), table.title, attached, table)
            for place, table in enumerate(annexes, start=1)
        ),
        provenance=(
            f"Số liệu tính đến hết ngày {display(facts.as_of)} trên hệ thống theo dõi tuyên "
            "truyền CCHC."
        ),
        created=facts.as_of,
    )


def tables(facts: Facts) -> tuple[Table, ...]:
    """The points, what proves each criterion, and the files."""
    return (_points(facts), *_annexes(facts))


def _body(facts: Facts, subject: str) -> Iterator[Paragraph | TableBlock]:
    yield Paragraph(
        f"{facts.agency} báo cáo {subject}, số liệu tính đến hết ngày {display(facts.as_of)}, và "
        "tài liệu kiểm chứng kèm theo như sau:"
    )
    yield Paragraph("I. KẾT QUẢ TỰ CHẤM ĐIỂM", Style.HEADING1)
    yield TableBlock(_points(facts))
    yield Paragraph("Cách tính từng tiêu chí:")
    for each in facts.proven:
        yield Paragraph(f"- {each.criterion}: {each.formula}.", Style.ITEM)
        if each.differs and each.score is not None:
            yield Paragraph(
                f"Bản tự chấm đã lưu ghi: {each.score.formula}. Số liệu sau đó đã thay đổi.",
                Style.ITEM,
            )
        if each.score is not None and each.score.self_note:
            yield Paragraph(f"Giải trình: {each.score.self_note}", Style.ITEM)
    yield Paragraph(ROUNDING)
    yield Paragraph("II. TÀI LIỆU KIỂM CHỨNG", Style.HEADING1)
    yield from _told(facts)
    yield Paragraph(f"Trên đây là báo cáo {subject} của {facts.agency}./.")


def _told(facts: Facts) -> Iterator[Paragraph]:
    """What the pack holds, and how to tell that it is whole."""
    count = counted(facts.proven)
    kept = [file for file in facts.files if not file.fault]
    lost = [file for file in facts.files if file.fault]
    yield Paragraph(
        f"Gói tài liệu gồm {display(len(kept))} tệp minh chứng và {display(count['links'])} đường "
        f"dẫn minh chứng của {display(count['articles'])} tin, bài, hoạt động. Mỗi tiêu chí có một "
        "phụ lục ghi từng đầu việc, tin, bài, ngày, địa chỉ đăng và tệp minh chứng; tệp đặt trong "
        "thư mục của tiêu chí đầu tiên cần đến nó, các tiêu chí sau dẫn lại đúng tệp đó."
    )
    if count["bare"]:
        yield Paragraph(
            f"Có {display(count['bare'])} tin, bài, hoạt động chưa có tệp minh chứng và không có "
            "đường dẫn."
        )
    if lost:
        yield Paragraph(
            f"Có {display(len(lost))} tệp đã ghi nhận nhưng không đưa được vào gói; lý do ghi tại "
            "phụ lục danh mục tệp."
        )
    yield Paragraph(
        "Mã SHA-256 của từng tệp ghi tại phụ lục danh mục tệp và trong tệp SHA256SUMS.txt của gói; "
        "tệp nào bị sửa sau khi lập gói thì mã không còn khớp."
    )


def _points(facts: Facts) -> Table:
    columns = (
        Column("stt", "TT", Kind.INTEGER, 7),
        Column("criterion", "Tiêu chí", width=45),
        Column("found", "Kết quả", Kind.RATIO, 15),
        Column("maximum", "Điểm tối đa", Kind.POINTS, 12),
        Column("own", "Điểm tự chấm", Kind.POINTS, 12),
        Column("given", "Điểm thẩm định", Kind.POINTS, 12),
    )
    rows = [
        Row(
            (
                Cell(each.number),
                Cell(str(each.criterion)),
                Cell(Ratio(min(each.found.done, each.found.expected), each.found.expected)),
                Cell(each.criterion.maximum),
                Cell(_own(each)),
                Cell(_given(each)),
            )
        )
        for each in facts.proven
    ]
    applying = [each for each in facts.proven if isinstance(_own(each), Decimal)]
    rows.append(
        Row(
            (
                Cell(),
                Cell("Tổng cộng (tiêu chí áp dụng)"),
                Cell(""),
                Cell(total(each.criterion.maximum for each in applying)),
                Cell(total(own for each in applying if isinstance(own := _own(each), Decimal))),
                Cell(_all_given(applying)),
            ),
            Level.TOTAL,
        )
    )
    clock = f"Năm {facts.year} (dương lịch), số liệu tính đến hết ngày {display(facts.as_of)}."
    title = f"Điểm công tác tuyên truyền cải cách hành chính năm {facts.year}"
    return Table("points", title, clock, columns, tuple(rows))


def _own(each: Proven) -> Decimal | str:
    """The agency's own score, or what the records give where it has none yet."""
    if each.score is not None:
        applies = each.score.expected > 0
        return each.score.self_points.quantize(CENT) if applies else "không áp dụng"
    points = each.criterion.points(each.found.done, each.found.expected)
    return "không áp dụng" if points is None else points


def _given(each: Proven) -> Decimal | str:
    points = each.score.appraised_points if each.score else None
    return NOTHING if points is None else points.quantize(CENT)


def _all_given(proven: list[Proven]) -> Decimal | str:
    found = [_given(each) for each in proven]
    given = [points for points in found if isinstance(points, Decimal)]
    return total(given) if given and len(given) == len(found) else NOTHING


def _annexes(facts: Facts) -> Iterator[Table]:
    for each in facts.proven:
        yield (
            _duties(facts, each)
            if each.criterion.measure == Measure.COMPLETION
            else _pieces(facts, each)
        )
    yield _files(facts)


def _title(each: Proven) -> str:
    points = shown(each.criterion.maximum)
    return f"Tiêu chí {each.number}: {each.criterion} (tối đa {points} điểm)"


def _duties(facts: Facts, each: Proven) -> Table:
    columns = (
        Column("stt", "TT", Kind.INTEGER, 6),
        Column("duty", "Đầu việc theo kỳ", width=27),
        Column("state", "Kết quả", Kind.RATIO, 11),
        Column("article", "Tin, bài, hoạt động được tính", width=25),
        Column("days", "Các ngày", width=25),
        Column("address", "Địa chỉ đăng", width=23),
        Column("proof", "Minh chứng, mã SHA-256", width=36),
    )
    rows = []
    for number, duty in enumerate(each.duties, start=1):
        for piece in duty.pieces or (None,):
            told = _piece(piece) if piece else (Cell(NO_RESULT), Cell(), Cell(), Cell())
            rows.append(Row((Cell(number), Cell(_duty(duty)), _state(duty), *told)))
    clock = (
        f"{each.formula}. Kỳ: đầu việc có thời gian thực hiện trong năm {facts.year}; hạn theo kế "
        f"hoạch; tính đến hết ngày {display(facts.as_of)}. Đầu việc được miễn và đầu việc đến hạn "
        "trước khi kế hoạch ban hành (dấu *) không tính vào mẫu số."
    )
    empty = f"Cơ quan không có đầu việc nào trong năm {facts.year}."
    return Table(f"criterion-{each.number}", _title(each), clock, columns, tuple(rows), empty)


def _pieces(facts: Facts, each: Proven) -> Table:
    columns = (
        Column("stt", "TT", Kind.INTEGER, 6),
        Column("channel", "Kênh", width=20),
        Column("article", "Tin, bài, hoạt động", width=32),
        Column("days", "Các ngày", width=21),
        Column("address", "Địa chỉ đăng", width=26),
        Column("proof", "Minh chứng, mã SHA-256", width=36),
    )
    rows = [
        Row((Cell(number), Cell(piece.placement.channel.short_name), *_piece(piece)))
        for number, piece in enumerate(each.pieces, start=1)
        if piece.placement is not None
    ]
    clock = (
        f"{each.formula}. Tin, bài, hoạt động đã đăng, thực hiện trong năm {facts.year}, còn trên "
        f"kênh đến hết ngày {display(facts.as_of)}."
    )
    empty = f"Không có kết quả nào trong năm {facts.year}."
    return Table(f"criterion-{each.number}", _title(each), clock, columns, tuple(rows), empty)


def _files(facts: Facts) -> Table:
    columns = (
        Column("stt", "Số", Kind.INTEGER, 6),
        Column("file", "Tệp trong gói", width=44),
        Column("title", "Tên khi nộp", width=32),
        Column("size", "Cỡ (byte)", Kind.INTEGER, 12),
        Column("sha256", "SHA-256", width=36),
        Column("note", "Ghi chú", width=18),
    )
    rows = tuple(
        Row(
            (
                Cell(file.number),
                Cell(NOTHING if file.fault else file.name),
                Cell(file.title),
                Cell(file.size),
                Cell(file.sha256),
                Cell(f"Không đưa vào gói: {file.fault}" if file.fault else ""),
            )
        )
        for file in facts.files
    )
    clock = "Mỗi nội dung có một tệp; tin, bài nào dùng chung thì dẫn đến cùng một tệp."
    return Table("files", "Danh mục tệp minh chứng", clock, columns, rows, "Không có tệp nào.")


def _duty(duty: Duty) -> str:
    owed = duty.obligation
    name = ". ".join(filter(None, (owed.task.code.rstrip(". "), owed.task.title.strip())))
    return f"{name}\n{channel_name(owed)}, {owed.period_label}\nHạn {display(owed.due_on)}"


def _state(duty: Duty) -> Cell:
    done = min(len(duty.pieces), duty.obligation.required)
    outside = is_outside(duty.obligation) and duty.state is not Compliance.WAIVED
    mark = f"{duty.state.label}*" if outside else duty.state.label
    tone = "" if outside else duty.state.value
    return Cell(Ratio(done, duty.obligation.required), tone, mark)


def _piece(piece: Piece) -> tuple[Cell, Cell, Cell, Cell]:
    """Article, days, address, proof."""
    placement = piece.placement
    if placement is None:
        return Cell(NOT_SEEN), Cell(_days(None, piece)), Cell(), Cell()
    made = placement.activity
    by = made.unit.name if made.unit else ""
    proofs = "\n".join(_proof(proof) for proof in piece.proofs)
    return (
        Cell("\n".join(filter(None, (made.title, by)))),
        Cell(_days(placement, piece)),
        Cell(placement.url or NO_ADDRESS),
        Cell(proofs or NO_PROOF),
    )


def _days(placement: Placement | None, piece: Piece) -> str:
    lines = []
    if placement is not None:
        known = [("Tổ chức", placement.activity.held_on)]
        known += [(name, getattr(placement, field)) for name, field in _DAYS]
        lines = [f"{name} {display(day)}" for name, day in known if day is not None]
    if piece.counted_on is not None:
        lines.append(f"Tính {display(piece.counted_on)}")
    return "\n".join(lines)


def _proof(proof: Proof) -> str:
    if proof.file is None:
        return f"Đường dẫn: {proof.url}"
    return _filed(proof.file, proof.title)


def _filed(file: Filed, title: str) -> str:
    if file.fault:
        return f"{title}: {file.fault}"
    return f"Tệp {file.number:04d}: {title}\nSHA-256: {file.sha256}"
