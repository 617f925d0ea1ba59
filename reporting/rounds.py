"""What was handed in, and what changed between two submissions of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plans.comparing import Difference, words
from reporting import period_figures
from reporting.models import PeriodReport, ReportRound
from reporting.outline import KEYS
from reporting.period_figures import Change, Figures


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission with its figures."""

    row: ReportRound
    figures: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Since:
    """What a submission says otherwise than the one before: sections by key, lines of figures."""

    number: int
    words: Mapping[str, Difference]
    figures: tuple[Change, ...]


def last(report: PeriodReport) -> Kept | None:
    """The last submission; None before any."""
    row = report.rounds.select_related("submitted_by").filter(number=report.round).first()
    return Kept(row, period_figures.frozen(row)) if row else None


def frozen(report: PeriodReport) -> Mapping[str, Figures]:
    """The figures of the last submission; empty before any."""
    kept = last(report)
    return kept.figures if kept else {}


def since_last(report: PeriodReport) -> Since | None:
    """How the last submission differs from the one before it; None for a first one."""
    rows = list(report.rounds.order_by("-number")[:2])
    if len(rows) < 2:
        return None
    now, then = rows
    changed = {
        key: words(then.words.get(key, ""), now.words.get(key, ""))
        for key in KEYS
        if then.words.get(key, "") != now.words.get(key, "")
    }
    figures = period_figures.changes(period_figures.frozen(then), period_figures.frozen(now))
    return Since(then.number, changed, tuple(figures))
