"""The four numbers of a page, kept apart and named: expected, done, on time, accepted."""

from __future__ import annotations

from dataclasses import dataclass

from cchc.lib.tables import Kind, Ratio, display, percent
from outreach.compliance import Score

NOT_APPLICABLE = "không áp dụng"


@dataclass(frozen=True, slots=True)
class Number:
    """One of the four: its name, the figure, and what stands beside it."""

    name: str
    figure: str
    beside: str


def four_numbers(score: Score, accepted: Number) -> list[Number]:
    """In the order in which every page names them; n/N beside each share."""
    return [
        Number("Phải thực hiện", display(score.expected), _others(score)),
        part("Hoàn thành", score.done, score.expected),
        part("Đúng hạn", score.met, score.expected),
        accepted,
    ]


def part(name: str, done: int, whole: int) -> Number:
    """``18/20`` and its share; nothing of nothing is no share."""
    if not whole:
        return Number(name, "–", NOT_APPLICABLE)
    return Number(name, display(Ratio(done, whole)), display(percent(done, whole), Kind.PERCENT))


def _others(score: Score) -> str:
    """Where those stand that are not done, as far as there are any."""
    parts = (
        (score.missed, "chưa đạt"),
        (score.pending, "chờ duyệt"),
        (score.not_due, "chưa đến hạn"),
        (score.waived, "được miễn (ngoài số này)"),
    )
    said = [f"{display(number)} {words}" for number, words in parts if number]
    return ", ".join(said) or "đầu việc"
