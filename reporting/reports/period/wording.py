"""The report in the layout of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.letterhead import (
    Annex,
    Document,
    Letterhead,
    Paragraph,
    Signature,
    Style,
    annex_label,
    attached_line,
    date_line,
    document_number,
    long_date,
    number_and_symbol,
    recipient_lines,
)
from reporting.reports.period.facts import Facts
from reporting.telling import in_words

_NOTHING = "Không có nội dung báo cáo."


def document(facts: Facts) -> Document:
    """The whole BÁO CÁO with its table of figures as annex."""
    subject = f"kết quả tuyên truyền cải cách hành chính {in_words(facts.period)}"
    attached = attached_line(
        "Báo cáo",
        number_and_symbol(None, facts.symbol),
        long_date(facts.on, "month"),
        facts.agency,
    )
    return Document(
        letterhead=Letterhead(
            parent_agency=facts.parent_agency,
            agency=facts.agency,
            number_text=document_number(None, facts.symbol),
            place_date=date_line(facts.place, facts.on, "month"),
            kind="Báo cáo",
            subject=subject[:1].upper() + subject[1:],
            mark="DỰ THẢO" if facts.draft else "",
        ),
        blocks=tuple(_body(facts, subject)),
        signature=Signature((), facts.position or "Thủ trưởng đơn vị", ""),
        recipients=recipient_lines((facts.reviewer, f"Lãnh đạo {facts.agency}")),
        annexes=(Annex(annex_label(1, 1), facts.figures.title, attached, facts.figures),),
        provenance="Từng con số tra được đến tin, bài, hoạt động trên hệ thống.",
        created=facts.on,
    )


def _body(facts: Facts, subject: str) -> Iterator[Paragraph]:
    yield Paragraph(f"{facts.agency} báo cáo {facts.reviewer} {subject} như sau:")
    under = ""
    for part, text in facts.parts:
        if part.under and part.under != under:
            yield Paragraph(part.under, Style.HEADING1)
        under = part.under
        yield Paragraph(part.heading, Style.HEADING2 if part.under else Style.HEADING1)
        for line in text.splitlines() or [_NOTHING]:
            if line.strip():
                style = Style.ITEM if line.startswith(("-", "+")) else Style.BODY
                yield Paragraph(line.strip(), style)
    told = "kênh và nhiệm vụ" if facts.unit else "đơn vị, kênh và nhiệm vụ"
    yield Paragraph(f"Số liệu chi tiết theo {told} tại Phụ lục kèm theo.")
    yield Paragraph(f"Trên đây là báo cáo {subject} của {facts.agency}./.")
