"""A row that is deleted in the grid and brought back by undo has all that it had."""

from __future__ import annotations

import pytest

from plans.actions.amend import open_amendment
from plans.models import Plan
from plans.sections import SECTIONS

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def test_quotas_and_turns_come_back_with_their_row(plan_001: Plan) -> None:
    assert plan_001.issued_by is not None
    draft = open_amendment(plan=plan_001, reason="Thử", by=plan_001.issued_by)
    annex, quotas = SECTIONS["annex"], SECTIONS["quotas"]
    rows, owed = annex.read(draft), quotas.read(draft)
    without = [row for row in rows if row["code"] != "4.2"]
    annex.write(draft, without)
    left = quotas.read(draft)
    assert [row["uid"] for row in left] == [row["uid"] for row in owed[:2]]
    quotas.write(draft, left)
    annex.write(draft, rows)
    assert (annex.read(draft), quotas.read(draft)) == (rows, owed)
