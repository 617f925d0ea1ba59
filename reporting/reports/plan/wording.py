"""The plan in the layout of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reporting.letterhead import (
    BLANK,
    NO_BREAK,
    Annex,
    Document,
    Letterhead,
    Paragraph,
    Signature,
    Style,
    annex_label,
    attached_line,
    bases,
    dashed,
    date_line,
    document_number,
    long_date,
    number_and_symbol,
)
from reporting.reports.plan.facts import Facts
from reporting.reports.plan.narrative import Passage

_DRAFT = "DỰ THẢO"
_AMENDING = "DỰ THẢO (sửa đổi)"
_CLOSED = (")", ".", ":", "-", "–", "+", "*", "•")
# I. and a titled 1. are bold, what stands below them is not (Phụ lục I, Mục II.5).
_HEADINGS = (Style.HEADING1, Style.HEADING2, Style.HEADING3)


def document(facts: Facts) -> Document:
    """The whole KẾ HOẠCH; a draft is marked as one."""
    return Document(
        letterhead=Letterhead(
            parent_agency=facts.parent_agency,
            agency=_bound(facts.agency),
            number_text=document_number(facts.number, _symbol(facts)),
            place_date=date_line(facts.place, facts.signed_on, facts.signed_precision),
            kind="Kế hoạch",
            subject=facts.title,
            mark=_mark(facts),
        ),
        blocks=tuple(_closed(list(_body(facts)))),
        signature=Signature(facts.authority, facts.position, facts.signer),
        recipients=dashed(facts.recipients),
        annexes=_annexes(facts),
        created=facts.printed_on,
    )


def _mark(facts: Facts) -> str:
    if facts.amending:
        return _AMENDING
    return _DRAFT if facts.draft else ""


def _symbol(facts: Facts) -> str:
    return facts.symbol or f"KH-{BLANK}"


def _bound(agency: str) -> str:
    """``Ủy ban nhân dân`` and, whole on its line when two are needed, ``tỉnh Sóc Trăng``."""
    committee, people, place = agency.partition("nhân dân ")
    return f"{committee}{people}{place.replace(' ', NO_BREAK)}"


def _body(facts: Facts) -> Iterator[Paragraph]:
    yield from bases(facts.bases)
    yield from _lines(facts.opening)
    for passage in facts.passages:
        yield from _passage(passage, _sign(passage.label))


def _passage(passage: Passage, sign: str, depth: int = 0) -> Iterator[Paragraph]:
    """A clause and all below it; the sign stands before its first words."""
    if passage.heading:
        heading = _HEADINGS[min(depth, len(_HEADINGS) - 1)]
        yield Paragraph(f"{sign}{passage.heading}", heading)
        yield from _lines(passage.text)
    else:
        yield from _lines(f"{sign}{passage.text}", Style.ITEM if sign else Style.BODY)
    for item, below in zip(passage.items, _signs(passage.items), strict=True):
        yield from _passage(item, below, depth + 1)


def _signs(items: Sequence[Passage]) -> list[str]:
    """Several points of which none has a label are dashes; one alone is a paragraph."""
    dashes = len(items) > 1 and not any(item.label for item in items)
    return ["- " if dashes else _sign(item.label) for item in items]


def _sign(label: str) -> str:
    """``I. ``, ``1. ``, ``a) ``, ``- ``."""
    if not label:
        return ""
    return f"{label} " if label.endswith(_CLOSED) else f"{label}. "


def _lines(text: str, style: Style = Style.BODY) -> Iterable[Paragraph]:
    return (Paragraph(line, style) for line in text.splitlines() if line.strip())


def _closed(body: Sequence[Paragraph]) -> Iterable[Paragraph]:
    """The last words of an official text end ``./.``."""
    if not body:
        return body
    last = body[-1]
    return [*body[:-1], Paragraph(f"{last.text.rstrip(' ./;')}./.", last.style)]


def _annexes(facts: Facts) -> tuple[Annex, ...]:
    if facts.annex is None:
        return ()
    attached = attached_line(
        "Kế hoạch",
        number_and_symbol(facts.number, _symbol(facts)),
        long_date(facts.signed_on, facts.signed_precision),
        facts.agency,
    )
    return (Annex(annex_label(1, 1), facts.annex.title, attached, facts.annex),)
