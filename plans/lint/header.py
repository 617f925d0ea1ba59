"""The head and the foot of the document: number, day, signer."""

from __future__ import annotations

from collections.abc import Iterator

from plans.lint.facts import PlanFacts
from plans.lint.warning import HEAD, LintWarning

SIGNATURE = "Khối chữ ký"


def check(facts: PlanFacts) -> Iterator[LintWarning]:
    """What the clerk or the author has yet to write; none of it blocks."""
    if not (facts.number and facts.symbol):
        yield LintWarning("blank-number", HEAD, _number(facts))
    if facts.signed is None or facts.signed.start != facts.signed.end:
        yield LintWarning("blank-day", HEAD, _day(facts))
    if not facts.signer_name:
        yield LintWarning(
            "signer-unnamed",
            SIGNATURE,
            "Chưa ghi họ tên người ký; cần họ và tên đầy đủ của người ký dưới chức vụ.",
        )


def _number(facts: PlanFacts) -> str:
    if facts.symbol:
        return (
            f"Số văn bản còn để trống (Số: …/{facts.symbol}); "
            "có thể để trống cho văn thư ghi khi ban hành."
        )
    missing = "ký hiệu" if facts.number else "số, ký hiệu"
    return f"Chưa ghi {missing} văn bản; cần ghi đủ số và ký hiệu, ví dụ 05/KH-STTTT."


def _day(facts: PlanFacts) -> str:
    if facts.signed is None:
        return "Chưa ghi ngày, tháng, năm ban hành; cần ghi đủ khi ban hành."
    first, last = facts.signed.start, facts.signed.end
    known = f"tháng {first:%m/%Y}" if first.month == last.month else f"năm {first.year}"
    return f"Ngày ban hành mới ghi đến {known}; có thể để trống ngày cho văn thư ghi khi ban hành."
