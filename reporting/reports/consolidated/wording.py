"""The report in the words of the administration; every percentage stands beside its n/N."""

from __future__ import annotations

from collections.abc import Iterable

from cchc.lib.tables import display
from outreach.compliance import Compliance, Score
from reporting.drafting import days, share
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
    bases,
    date_line,
    document_number,
    long_date,
    number_and_symbol,
    recipient_lines,
    sections,
)
from reporting.reports.consolidated.facts import Facts
from reporting.reports.consolidated.figures import annexed, by_channel
from reporting.reports.consolidated.handed_in import HandedIn
from reporting.telling import in_words

_HEADINGS = (
    "TÌNH HÌNH CHUNG",
    "KẾT QUẢ THỰC HIỆN",
    "TỒN TẠI, HẠN CHẾ",
    "KIẾN NGHỊ, PHƯƠNG HƯỚNG",
)
# More names than this are in the annex only.
_NAMED = 8


def document(facts: Facts) -> Document:
    """The whole BÁO CÁO of Home Affairs with its annexes."""
    return Document(
        letterhead=_letterhead(facts),
        blocks=tuple(_body(facts)),
        signature=Signature((), "Giám đốc", ""),
        recipients=recipient_lines(
            (
                "UBND tỉnh (báo cáo)",
                "Các cơ quan, đơn vị có tên tại Phụ lục I",
                f"Lãnh đạo {facts.issuer.name}",
            )
        ),
        annexes=_annexes(facts),
        provenance=(
            "Số liệu trong báo cáo và các phụ lục được lập từ cùng một nguồn trên hệ thống "
            f"theo dõi tuyên truyền CCHC, tính đến hết ngày {display(facts.as_of)}."
        ),
        created=facts.as_of,
    )


def _symbol(facts: Facts) -> str:
    return f"BC-{facts.issuer.symbol}"


def _subject(facts: Facts) -> str:
    return f"kết quả tuyên truyền cải cách hành chính {in_words(facts.period)}"


def _letterhead(facts: Facts) -> Letterhead:
    subject = _subject(facts)
    return Letterhead(
        parent_agency=f"UBND tỉnh {facts.province}",
        agency=facts.issuer.name,
        number_text=document_number(None, _symbol(facts)),
        place_date=date_line(facts.issuer.place, facts.as_of, "month"),
        kind="Báo cáo",
        subject=subject[:1].upper() + subject[1:],
    )


def _body(facts: Facts) -> Iterable[Paragraph | TableBlock]:
    headings = sections(_HEADINGS)
    yield from bases([f"Căn cứ {basis}" for basis in facts.bases])
    yield Paragraph(
        f"{facts.issuer.name} tổng hợp, báo cáo Ủy ban nhân dân tỉnh {_subject(facts)} "
        "của các cơ quan, đơn vị trên địa bàn tỉnh như sau:"
    )
    yield headings[0]
    yield from _situation(facts)
    yield headings[1]
    yield from _results(facts)
    yield headings[2]
    yield from _shortcomings(facts)
    yield headings[3]
    yield from _proposals(facts)
    yield Paragraph(
        f"Trên đây là báo cáo {_subject(facts)}, {facts.issuer.name} kính báo cáo "
        "Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."
    )


def _situation(facts: Facts) -> Iterable[Paragraph]:
    period = facts.period
    if not facts.total.expected:
        yield Paragraph(
            f"Trong {in_words(facts.period)}, các cơ quan, đơn vị không có đầu việc nào "
            "đến kỳ theo định mức của kế hoạch; tỷ lệ hoàn thành không áp dụng."
        )
    else:
        yield Paragraph(
            f"Trong {in_words(facts.period)} (từ ngày {display(period.start)} đến ngày "
            f"{display(period.end)}), có {len(facts.owing)}/{len(facts.agencies)} cơ quan, đơn vị "
            "có nhiệm vụ tuyên truyền đến kỳ theo kế hoạch đã ban hành, với tổng số "
            f"{facts.total.expected} đầu việc phải thực hiện trên {len(facts.channels)} "
            "kênh tuyên truyền."
        )
    yield Paragraph(
        "Tin, bài, hoạt động được tính vào kỳ theo mốc mà định mức của kế hoạch quy định (ngày "
        "đăng, ngày gửi hoặc ngày tổ chức); việc đúng hạn, trễ hạn xét theo hạn ghi trong kế hoạch "
        f"của từng cơ quan, đơn vị; số liệu tính đến hết ngày {display(facts.as_of)}."
    )
    if facts.without_plan:
        yield Paragraph(
            f"Đến thời điểm báo cáo, còn {len(facts.without_plan)}/{len(facts.agencies)} cơ quan, "
            f"đơn vị chưa có kế hoạch tuyên truyền cải cách hành chính năm {period.year} trên "
            f"hệ thống{_named(facts.without_plan)} (Phụ lục V)."
        )
    if facts.handed_in:
        yield from _reported(facts.handed_in)


def _reported(handed_in: HandedIn) -> Iterable[Paragraph]:
    """Who reported, and whether what was taken still stands."""
    whole = len(handed_in.reports)
    missing, late, taken = handed_in.missing, handed_in.late, handed_in.taken
    sentences = [
        f"Về chế độ báo cáo, có {whole - len(missing)}/{whole} cơ quan, đơn vị đã gửi báo cáo kỳ "
        f"này (hạn gửi {display(handed_in.due_on)})"
    ]
    if late:
        sentences.append(f"trong đó {len(late)} cơ quan, đơn vị gửi trễ{_named(late)}")
    if missing:
        sentences.append(f"còn {len(missing)} cơ quan, đơn vị chưa gửi{_named(missing)}")
    yield Paragraph(f"{'; '.join(sentences)} (Phụ lục VI).")
    if taken:
        frozen = sum((each.frozen for each in taken if each.frozen), Score())
        moved = [each.agency for each in taken if each.differs]
        told = (
            f"; {len(moved)} cơ quan, đơn vị có số liệu trên hệ thống thay đổi sau khi chốt"
            f"{_named(moved)}."
            if moved
            else ", khớp với số liệu hiện nay trên hệ thống."
        )
        yield Paragraph(
            f"Cộng {len(taken)} báo cáo đã tiếp nhận, kỳ số liệu {days(handed_in.window)}: các cơ "
            f"quan, đơn vị hoàn thành {share(frozen.done, frozen.expected)}{told}"
        )


def _results(facts: Facts) -> Iterable[Paragraph | TableBlock]:
    total = facts.total
    if not total.expected:
        yield Paragraph("Trong kỳ không phát sinh đầu việc phải thực hiện.")
        return
    yield Paragraph(
        f"Các cơ quan, đơn vị đã hoàn thành {share(total.done, total.expected)}; trong đó "
        f"đúng hạn {share(total.met, total.expected)}, trễ hạn "
        f"{share(total.met_late, total.expected)}.{_beside(total)} Có {facts.articles} tin, bài, "
        "hoạt động được tính kết quả trong kỳ. Kết quả theo từng kênh như sau:"
    )
    yield TableBlock(by_channel(facts))
    best = [line.name for line in facts.owing if line.score.met == line.score.expected]
    if best:
        yield Paragraph(
            f"Có {len(best)}/{len(facts.owing)} cơ quan, đơn vị hoàn thành đúng hạn toàn bộ "
            f"đầu việc của kỳ{_named(best)}."
        )
    yield Paragraph(
        "Kết quả của từng cơ quan, đơn vị tại Phụ lục I, theo từng định mức tại Phụ lục II; "
        "danh mục tin, bài, hoạt động được tính tại Phụ lục IV."
    )


def _shortcomings(facts: Facts) -> Iterable[Paragraph]:
    total = facts.total
    if not facts.lapses:
        yield Paragraph("Trong kỳ không có đầu việc nào chưa đạt hoặc trễ hạn.")
    if total.missed:
        missed = [lapse for lapse in facts.lapses if lapse.state is Compliance.MISSED]
        yield _item(
            f"Còn {share(total.missed, total.expected)} chưa đạt{_worst(facts, 'missed')}. "
            f"{_explained(sum(1 for lapse in missed if lapse.explanation), total.missed)}"
        )
    if total.met_late:
        yield _item(
            f"Có {share(total.met_late, total.expected)} hoàn thành nhưng trễ hạn"
            f"{_worst(facts, 'met_late')}."
        )
    if total.pending:
        yield _item(
            f"Còn {share(total.pending, total.expected)} đã gửi tin, bài nhưng đang chờ "
            "biên tập viên của kênh duyệt, đăng."
        )


def _proposals(facts: Facts) -> Iterable[Paragraph]:
    total = facts.total
    if total.missed:
        yield _item(
            "Đề nghị các cơ quan, đơn vị còn đầu việc chưa đạt làm rõ nguyên nhân, "
            "giải trình đầy đủ và khẩn trương thực hiện."
        )
    if total.pending:
        yield _item(
            "Đề nghị cơ quan quản lý kênh tuyên truyền duyệt, đăng kịp thời số tin, bài đang chờ."
        )
    if facts.without_plan:
        yield _item(
            "Đề nghị các cơ quan, đơn vị chưa có kế hoạch ban hành hoặc cập nhật kế hoạch "
            "lên hệ thống để theo dõi, đánh giá."
        )
    following = in_words(facts.period.after())
    planned = f" ({facts.due_next} đầu việc đã giao)" if facts.due_next else ""
    yield _item(
        f"Trong {following}, tiếp tục theo dõi, đôn đốc các cơ quan, đơn vị thực hiện định mức "
        f"theo kế hoạch{planned}, bảo đảm đúng hạn và đúng nội dung."
    )


def _explained(explained: int, missed: int) -> str:
    if not explained:
        return "Các đầu việc này chưa có giải trình (Phụ lục III)."
    return f"Trong số này, {explained}/{missed} đầu việc đã có giải trình (Phụ lục III)."


def _beside(total: Score) -> str:
    """What is not yet due, and what stands outside the denominator."""
    sentences = (
        (total.not_due, f" Còn {share(total.not_due, total.expected)} chưa đến hạn."),
        (total.waived, f" Có {total.waived} đầu việc được miễn, không tính vào mẫu số."),
        (
            total.outside,
            f" Có {total.outside} đầu việc đến hạn trước khi kế hoạch ban hành, "
            "không tính vào mẫu số.",
        ),
    )
    return "".join(sentence for count, sentence in sentences if count)


def _worst(facts: Facts, outcome: str) -> str:
    """``, thuộc 2 cơ quan, đơn vị: Sở A (2), Sở B (1)``."""
    counts = [(line.name, getattr(line.score, outcome)) for line in facts.owing]
    ranked = sorted((each for each in counts if each[1]), key=lambda each: -each[1])
    names = [f"{name} ({count})" for name, count in ranked]
    return f", thuộc {len(names)} cơ quan, đơn vị{_named(names)}"


def _named(names: Iterable[str]) -> str:
    """Names after a colon, or nothing when there are too many to read in a sentence."""
    listed = list(names)
    return f": {', '.join(listed)}" if len(listed) <= _NAMED else ""


def _item(text: str) -> Paragraph:
    return Paragraph(f"- {text}", Style.ITEM)


def _annexes(facts: Facts) -> tuple[Annex, ...]:
    found = annexed(facts)
    attached = attached_line(
        "Báo cáo",
        number_and_symbol(None, _symbol(facts)),
        long_date(facts.as_of, "month"),
        facts.issuer.name,
    )
    return tuple(
        Annex(annex_label(index, len(found)), table.title, attached, table)
        for index, table in enumerate(found, start=1)
    )
