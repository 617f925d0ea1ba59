"""What is said about a miss is printed beside the figures and moves none of them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest
import time_machine

from cchc.lib.tables import Table
from outreach.actions.explanations import accept, explain, refuse
from outreach.actions.fulfilment import recount
from outreach.ledger import of_agency
from outreach.models import Fulfilment
from plans.actions.waivers import undo, waive
from plans.models import Obligation
from reporting.listings import obligation_list
from reporting.matrices import province_matrix, survey_agency
from reporting.models.run import FileFormat
from reporting.owed import unit_owes
from reporting.reports import consolidated, files
from tests.reporting.world import AS_OF, QUARTER, World, make_world

pytestmark = [pytest.mark.core, pytest.mark.django_db]

SAID = (
    "Sự cố kỹ thuật của kênh (không được chấp nhận): Cổng dừng 03 ngày. "
    "Lý do không chấp nhận: Không có biên bản"
)


@pytest.fixture
def world() -> World:
    return make_world(4)


def figures(table: Table) -> list[list[object]]:
    """Every cell but the words beside the number."""
    words = {i for i, c in enumerate(table.columns) if c.key in {"explanation", "note"}}
    return [[cell for i, cell in enumerate(row.cells) if i not in words] for row in table.rows]


def all_figures(world: World) -> list[list[list[object]]]:
    facts = consolidated.gather(world.province, QUARTER, AS_OF)
    agency = survey_agency(world.agencies[3], QUARTER, AS_OF)
    tables = [*consolidated.tables(facts), province_matrix(world.province, QUARTER, AS_OF)]
    return [figures(table) for table in (*tables, obligation_list(agency))]


def missed(world: World) -> Obligation:
    """March on the own portal: nothing was published; the unit NV has it."""
    return world.obligation(world.agencies[0], world.portal, "2024-M03")


def explained(world: World) -> Obligation:
    """The first agency's March loses its result, is explained and not accepted."""
    obligation = missed(world)
    obligation.fulfilments.all().delete()
    with time_machine.travel("2024-04-05 09:00:00+07:00", tick=False):
        said = explain(
            obligation=obligation,
            reason="channel",
            text="Cổng dừng 03 ngày.",
            by=world.users["head"],
        )
        refuse(explanation=said, reason="Không có biên bản", by=world.users["office"])
    return obligation


def test_no_figure_moves(world: World) -> None:
    obligation = missed(world)
    obligation.fulfilments.all().delete()
    before = all_figures(world)
    with time_machine.travel("2024-04-05 09:00:00+07:00", tick=False):
        head, office = world.users["head"], world.users["office"]
        first = explain(obligation=obligation, reason="staff", text="Một", by=head)
        assert all_figures(world) == before
        refuse(explanation=first, reason="Hai", by=office)
        assert all_figures(world) == before
        second = explain(obligation=obligation, reason="other", text="Ba", by=head)
        accept(explanation=second, by=office)
        assert all_figures(world) == before


def test_the_list_of_misses_prints_reason_words_and_verdict(world: World, tmp_path: Path) -> None:
    explained(world)
    facts = consolidated.gather(world.province, QUARTER, AS_OF)
    assert [lapse.explanation for lapse in facts.lapses if "Cổng dừng" in lapse.explanation] == [
        SAID
    ]
    report = files.of_province(facts)
    for kind in (FileFormat.XLSX, FileFormat.DOCX, FileFormat.PDF):
        files.write(report, kind, tmp_path / f"r.{kind.value}")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Chưa đạt, trễ hạn"]
    assert SAID in [cell.value for row in sheet.iter_rows() for cell in row]
    word = docx.Document(str(tmp_path / "r.docx"))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert SAID in cells
    with pdfplumber.open(tmp_path / "r.pdf") as pdf:
        printed = [
            re.sub(r"\s+", "", cell or "")
            for page in pdf.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
        ]
    assert re.sub(r"\s+", "", SAID) in printed


def test_the_page_behind_the_matrix_and_the_units_page_say_it(world: World) -> None:
    obligation = explained(world)
    table = obligation_list(survey_agency(world.agencies[0], QUARTER, AS_OF))
    assert [
        row.cells[-1].value for row in table.rows if "Cổng dừng" in str(row.cells[-1].value)
    ] == [f"Giải trình: {SAID}"]
    assert obligation.unit is not None
    owes = unit_owes([obligation.unit], QUARTER, AS_OF)
    (duty,) = (d for section in owes.sections for d in section.duties if d.id == obligation.pk)
    assert (duty.explanation, duty.is_unexplained) == (SAID, False)


def test_a_waiver_leaves_every_denominator_and_comes_back(world: World) -> None:
    obligation = missed(world)
    obligation.fulfilments.all().delete()
    before = consolidated.gather(world.province, QUARTER, AS_OF).total
    office = world.users["office"]
    waive(obligation=obligation, reason="Cổng dừng hoạt động", by=office)
    waived = consolidated.gather(world.province, QUARTER, AS_OF)
    assert waived.total == replace(
        before, expected=before.expected - 1, missed=before.missed - 1, waived=before.waived + 1
    )
    assert f"Có {before.waived + 1} đầu việc được miễn" in " ".join(
        getattr(block, "text", "") for block in consolidated.document(waived).blocks
    )
    notes = [cell.note for row in waived.matrix.rows for cell in row.cells]
    assert "Được miễn: Cổng dừng hoạt động" in notes
    undo(obligation=obligation, reason="Ghi nhầm", by=office)
    assert consolidated.gather(world.province, QUARTER, AS_OF).total == before


def test_the_ledger_is_right_after_a_waiver_and_after_its_undoing(world: World) -> None:
    agency = world.agencies[0]
    recount(by=None, agency=agency)
    obligation = missed(world)
    Obligation.objects.filter(pk=obligation.pk).update(required=2)
    assert Fulfilment.objects.standing().filter(obligation=obligation).count() == 1
    for act, count in ((waive, 0), (undo, 1)):
        act(obligation=obligation, reason="Thử", by=world.users["office"])
        recount(by=None, agency=agency, plan=obligation.plan)
        assert Fulfilment.objects.standing().filter(obligation=obligation).count() == count
        assert not of_agency(agency)
