"""Checks before issue: what a careful reader finds in a plan, and where.

Pure: frozen facts in, warnings out. Each warning has a stable code, a place and a sentence that
says what is wrong and what would be accepted; only what would make a false document blocks.
"""

from __future__ import annotations

from plans.lint import annex, documents, header, lists, narrative, promises, times
from plans.lint.facts import PlanFacts
from plans.lint.warning import LintWarning

__all__ = ["LintWarning", "PlanFacts", "check"]

_CHECKS = (
    header.check,
    documents.check,
    narrative.check,
    lists.check,
    annex.check,
    times.check,
    promises.check,
)


def check(facts: PlanFacts) -> list[LintWarning]:
    """Every warning in the order of the document; each code stands once at each place."""
    found = [warning for room in _CHECKS for warning in room(facts)]
    return list({(warning.code, warning.place): warning for warning in reversed(found)}.values())[
        ::-1
    ]
