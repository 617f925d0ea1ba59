"""The judge's first measure: another program computes every cell; screen and papers agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from agencies.models import Unit
from agencies.roles import Role
from tests import factories as make
from tests.reporting import same_checks as checks
from tests.reporting.same_export import export
from tests.reporting.same_figures import Facts, Result
from tests.reporting.same_world import People, report, set_regimes, strew

pytestmark = [pytest.mark.core, pytest.mark.django_db]

QUARTER = ("2024-Q1", date(2024, 4, 8))
OTHERS = (
    ("2024-M01", date(2024, 2, 6)),
    ("2024-M02", date(2024, 2, 20)),
    ("2024-H1", date(2024, 5, 31)),
    ("2024-9M", date(2024, 9, 12)),
    ("2024", date(2024, 12, 31)),
)


@pytest.fixture
def people() -> People:
    return strew(5, agencies=4, items=20)


def told(result: Result) -> str:
    """Every difference, for whoever reads a failure."""
    return "\n".join([f"{len(result.wrong)} of {result.cells} cells differ", *result.wrong[:200]])


def test_screens_workbooks_and_the_command(people: People) -> None:
    facts, client, result = export(people.province), checks.signed_in(people.home), Result()
    for code, as_of in (QUARTER, *OTHERS):
        result += checks.province_page(facts, client, people.province, code, as_of)
        result += checks.command(facts, code, as_of)
    for code, as_of in (QUARTER, OTHERS[3]):
        result += checks.agency_pages(facts, client, code, as_of)
        for agency in (None, facts.agencies[0]):
            result += checks.charts_page(facts, client, people.province, code, as_of, agency)
    assert not result.wrong, told(result)
    assert result.cells > 5_000


def test_reports_frozen_and_consolidated(people: People, tmp_path: Path) -> None:
    """By two regimes; the quarter's report as PDF, Word and Excel, the year's as Excel."""
    set_regimes(people)
    facts = export(people.province)
    done = report(people, "2024-Q1", 12) + report(people, "2024", 12)
    result = checks.period_reports(facts, done) + checks.drafted(facts, done)
    for first, last in ((date(2023, 12, 15), date(2024, 3, 14)), (date(2024, 1, 1), QUARTER[1])):
        result += checks.unit_reports(facts, people.province, first, last)
    client = checks.signed_in(people.home)
    result += checks.report_tables(facts, client, done[-1:], tmp_path)
    year = ("2024", date(2025, 1, 10))
    result += _of_units(people, facts)
    for (code, as_of), formats in ((QUARTER, ("xlsx", "docx", "pdf")), (year, ("xlsx",))):
        result += checks.province_page(facts, client, people.province, code, as_of)
        papers = (facts, people.province, code, as_of, tmp_path, formats)
        result += checks.consolidated_files(*papers)
    assert not result.wrong, told(result)
    assert result.cells > 5_000


def test_summaries_and_scores(people: People) -> None:
    make.make_membership(people.home, Role.HOME_AFFAIRS, make.make_agency())
    facts, client = export(people.province), checks.signed_in(people.home)
    result = checks.scores(facts, client, people.province, people.home, 2024)
    result += checks.evidence_packs(facts, people.office, 2024)
    day = date(2024, 9, 10)
    result += checks.summary(facts, people.province, people.home, 2024, day)
    for code in ("2024-M02", "2024-Q3", "2024-H1", "2024-9M", "2024"):
        result += checks.country(facts, client, people.province, code, day)
    assert not result.wrong, told(result)
    assert result.cells > 300


def _of_units(people: People, facts: Facts) -> Result:
    """The page of who heads one unit and works in another agency's, whose units have its names."""
    units = Unit.objects.filter(agency__province=people.province).order_by("id")
    first, second = (
        units[0],
        units.exclude(agency=units[0].agency).filter(name="Phòng Nghiệp vụ")[0],
    )
    head = make.make_user(Role.UNIT_HEAD, first.agency, first)
    make.make_membership(head, Role.OFFICER, second.agency, second)
    client, result, both = checks.signed_in(head), Result(), [first.pk, second.pk]
    for code, as_of in (QUARTER, *OTHERS):
        result += checks.unit_page(facts, client, people.province, both, code, as_of)
    return result
