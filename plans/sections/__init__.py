"""A plan's text as sections: the one form in which it is edited, stored, copied and compared.

Only actions call ``write``, inside their transaction, after their policy and before their audit
entry. Rows keep their keys by uid in every revision and working copy.
"""

from __future__ import annotations

from collections.abc import Mapping

from plans.sections import annex, bases, clauses, content, forms, header, quotas, targets
from plans.sections.faults import SectionFault, SectionFaults
from plans.sections.fields import MOST_ROWS
from plans.sections.section import Notes, Section

__all__ = ["MOST_ROWS", "SECTIONS", "Notes", "Section", "SectionFault", "SectionFaults"]

SECTIONS: Mapping[str, Section] = {
    section.name: section
    for section in (
        header.SECTION,
        bases.SECTION,
        clauses.SECTION,
        targets.SECTION,
        content.SECTION,
        forms.SECTION,
        annex.SECTION,
        quotas.SECTION,
    )
}
