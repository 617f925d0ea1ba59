"""Cited documents: what a citation lacks, and days that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc.lib.text import nfc
from plans.lint.facts import Document, PlanFacts
from plans.lint.warning import LintWarning, on
from plans.periods import DateSpan

_HEADING = re.compile(r"[IVXLC]+\b")
_RANGE = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b")
_OF_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b", re.IGNORECASE)
# Nghị định 30/2020/NĐ-CP, Phụ lục I: Luật and Pháp lệnh are cited without a number.
_WITHOUT_NUMBER = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")
_APART = 1


def check(facts: PlanFacts) -> Iterator[LintWarning]:
    """The documents in their order."""
    seen: set[tuple[str, str, DateSpan | None]] = set()
    for order, document in enumerate(facts.documents, start=1):
        place = _place(document, order)
        yield from _incomplete(document, place)
        yield from _later(document, place, facts)
        yield from _odd_year(document, place)
        yield from _ended(document, place, facts)
        key = (document.document_type.casefold(), document.reference.casefold(), document.dated)
        if document.reference and key in seen:
            sentence = f"{_name(document)} được nêu hai lần; chỉ cần nêu một lần."
            yield LintWarning("basis-twice", place, sentence)
        seen.add(key)


def _name(document: Document) -> str:
    number = f" số {document.reference}" if document.reference else ""
    return f"{document.document_type}{number}"


def _place(document: Document, order: int) -> str:
    first = document.place.partition(";")[0].strip()
    where = f"Mục {first}" if _HEADING.match(first) else first or "Căn cứ"
    name = _name(document) if document.reference else f"văn bản thứ {order}"
    return f"{where}, {name}"


def _incomplete(document: Document, place: str) -> Iterator[LintWarning]:
    is_document = document.document_type or document.reference
    if document.role == "parent" or not is_document:
        return
    unnumbered = document.document_type.casefold().startswith(_WITHOUT_NUMBER)
    missing = []
    if not unnumbered and not any(char.isdigit() for char in document.reference):
        missing.append("số, ký hiệu")
    if document.dated is None or document.dated.start != document.dated.end:
        missing.append("ngày, tháng, năm ban hành")
    if missing:
        sentence = (
            f"Viện dẫn {_name(document)} thiếu {' và '.join(missing)}, "
            "khi in chỗ thiếu là [...]; cần ghi bổ sung."
        )
        yield LintWarning("citation-incomplete", place, sentence)


def _later(document: Document, place: str, facts: PlanFacts) -> Iterator[LintWarning]:
    if document.dated is None or document.dated.start <= facts.issued_by:
        return
    own = f"ngày {on(facts.issued_by)}" if facts.signed else f"năm {facts.ends_on.year}"
    sentence = f"{_name(document)} ghi ngày {on(document.dated.start)}, sau kế hoạch này ({own}); "
    sentence += "văn bản được thực hiện hoặc viện dẫn phải có trước: cần đối chiếu lại hai ngày."
    yield LintWarning("parent-later" if document.is_parent else "basis-later", place, sentence)


def _odd_year(document: Document, place: str) -> Iterator[LintWarning]:
    """A plan "năm 2024" dated 2022; a citation in passing may well look back."""
    years = _years(document.abstract)
    if document.role == "cited" or document.dated is None or not years:
        return
    first, last = min(years), max(years)
    year = document.dated.start.year
    if first - _APART <= year <= last + _APART:
        return
    of = str(first) if first == last else f"{first} – {last}"
    sentence = (
        f"{_name(document)} là văn bản cho năm {of} nhưng ghi ngày {on(document.dated.start)}; "
        "cần đối chiếu lại năm ban hành."
    )
    yield LintWarning("basis-year", place, sentence)


def _ended(document: Document, place: str, facts: PlanFacts) -> Iterator[LintWarning]:
    """No longer in force; where that came after the plan, the citation was right in its day."""
    ended = document.ended
    if ended is None:
        return
    what = f"đã được thay thế bằng {ended.replaced_by}" if ended.replaced_by else "đã hết hiệu lực"
    since = f" từ ngày {on(ended.on)}" if ended.on else ""
    is_later = facts.signed is not None and ended.on is not None and facts.signed.end < ended.on
    advice = (
        "kế hoạch ban hành trước ngày đó, khi sửa đổi hoặc lập kế hoạch sau cần viện dẫn "
        if is_later
        else "cần viện dẫn "
    ) + ("văn bản thay thế." if ended.replaced_by else "văn bản còn hiệu lực.")
    yield LintWarning("basis-ended", place, f"{_name(document)} {what}{since}; {advice}")


def _years(text: str) -> list[int]:
    """The years that a document is for: "năm 2024", "giai đoạn 2021-2030"."""
    words = nfc(text)
    ranges = [year for pair in _RANGE.findall(words) for year in pair]
    return [int(year) for year in (*ranges, *_OF_YEAR.findall(words))]
