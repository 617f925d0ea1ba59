"""The province page: who stands how, worst first; filters, the workbook, the annex of plans."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency
from agencies.models.agency import AgencyKind
from cchc.lib.tables import Level, Row, Table, display
from outreach.models import Explanation
from plans.models import Plan
from plans.periods import Period
from reporting import oversight
from reporting.actions import period_reports as reports
from reporting.actions import regimes
from reporting.matrices import survey_province
from reporting.models import PeriodReport
from reporting.models.period_report import ReportState
from reporting.oversight import Only, Oversight, Sorting, View
from reporting.oversight.handing_in import asked, handed
from reporting.oversight.issuing import issued, plans_in_force
from reporting.regimes import BNV581
from reporting.reports import consolidated
from reporting.reports.consolidated.issuance import issuance, issuance_table
from tests.reporting.house import at
from tests.reporting.world import AS_OF, QUARTER, World, make_world

pytestmark = pytest.mark.django_db

SNV, TTTT, TC, KHDT, GDDT = (
    "Sở Nội vụ",
    "Sở Thông tin và Truyền thông",
    "Sở Tài chính",
    "Sở Kế hoạch và Đầu tư",
    "Sở Giáo dục và Đào tạo",
)


@pytest.fixture
def world() -> World:
    return make_world(4)


@pytest.fixture
def reported(world: World) -> World:
    """By 581/BNV-CCHC: one report taken, one handed in five days late, three missing."""
    report(world)
    return world


def report(world: World) -> None:
    home, office = world.users["home"], world.users["office"]
    with at(date(2024, 1, 2)):
        regimes.set_up(province=world.province, agency=None, year=2024, terms=BNV581, by=home)
    with at(date(2024, 3, 18)):
        first = report_of(world.agencies[0])
        reports.begin(report=first, by=office)
        reports.submit(report=first, by=office)
    with at(date(2024, 3, 19)):
        reports.accept(report=first, by=home)
    with at(date(2024, 3, 25)):
        second = report_of(world.agencies[1])
        reports.begin(report=second, by=home)
        reports.submit(report=second, by=home)


def report_of(agency: Agency) -> PeriodReport:
    return PeriodReport.objects.get(agency=agency, period__code="2024-Q1", unit=None)


def seen(world: World, as_of: date = AS_OF, **wanted: object) -> tuple[Oversight, Table]:
    survey = survey_province(world.province, QUARTER, as_of)
    found = oversight.oversee(world.province, survey)
    view = View(**wanted)  # type: ignore[arg-type]
    return found, oversight.table(survey, found, view.of(found.lines), view)


def names(table: Table) -> list[object]:
    return [row.cells[1].value for row in table.rows if row.level is not Level.TOTAL]


def words(row: Row, table: Table) -> list[str]:
    return [
        " ".join(filter(None, (display(cell.value, column.kind), cell.mark)))
        for cell, column in zip(row.cells, table.columns, strict=True)
    ]


def signed_in(world: World) -> Client:
    client = Client()
    client.force_login(world.users["home"], "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.core
def test_every_agency_stands_in_one_line_worst_first(reported: World) -> None:
    _, table = seen(reported)
    assert [(column.group, column.title) for column in table.columns] == [
        ("", "TT"),
        ("", "Cơ quan"),
        ("", "Kế hoạch đã ban hành"),
        ("Đầu việc theo kỳ", "Phải thực hiện"),
        ("Đầu việc theo kỳ", "Hoàn thành"),
        ("Đầu việc theo kỳ", "Đúng hạn"),
        ("Đầu việc theo kỳ", "Trễ hạn"),
        ("Đầu việc theo kỳ", "Chưa đạt"),
        ("Đầu việc theo kỳ", "Đã giải trình"),
        ("Đầu việc theo kỳ", "Chờ duyệt"),
        ("Đầu việc theo kỳ", "Chưa đến hạn"),
        ("Đầu việc theo kỳ", "Tỷ lệ hoàn thành"),
        ("Báo cáo của kỳ", "Ngày nộp"),
        ("Báo cáo của kỳ", "Tình trạng"),
        ("Báo cáo của kỳ", "Được công nhận"),
    ]
    missing, overdue, none = "Chưa nộp, quá hạn 16 ngày", "", "–"
    signed = "KH-CQ, 31/01/2024"
    assert [words(row, table) for row in table.rows] == [
        ["1", GDDT, f"04/{signed}", "3", "1", "1", "0", "2", "0", "0", "0", "33,3%",
         overdue, missing, none],
        ["2", KHDT, f"03/{signed}", "2", "1", "1", "0", "1", "1", "0", "0", "50%",
         overdue, missing, none],
        ["3", TC, f"02/{signed}", "3", "3", "1", "2", "0", "–", "0", "0", "100%",
         "25/03/2024", "Đã nộp, trễ 5 ngày", none],
        ["4", SNV, "Chưa ban hành", "0", "–", "–", "–", "–", "–", "–", "–", "không áp dụng",
         overdue, missing, none],
        ["5", TTTT, f"01/{signed}", "3", "3", "3", "0", "0", "–", "0", "0", "100%",
         "18/03/2024", "Đã tiếp nhận", "1/1"],
        ["", "Tổng cộng 5 cơ quan", "4/5", "11", "8", "6", "2", "3", "1", "0", "0", "72,7%",
         "", "2/5 đã nộp", "1/1"],
    ]  # fmt: skip
    assert table.clock == (
        "Kỳ: Quý I/2024 (dương lịch, từ 01/01/2024 đến 31/03/2024); tính theo ngày đăng; hạn theo "
        "kế hoạch; tính đến hết ngày 05/04/2024. Dấu *: đến hạn trước khi kế hoạch ban hành, không "
        "tính vào mẫu số. Báo cáo theo chế độ “581/BNV-CCHC: quý I, 6 tháng, quý III, năm”, hạn "
        "gửi 20/03/2024; được công nhận: số hoàn thành trên số đến hạn đã chốt trong báo cáo được "
        "tiếp nhận, kỳ số liệu từ ngày 15/12/2023 đến ngày 14/03/2024. "
        "Gồm 5 cơ quan, xếp kém nhất trước."
    )


def test_figures_lead_to_the_plan_the_report_and_the_obligations(reported: World) -> None:
    _, table = seen(reported)
    worst, late = table.rows[0], table.rows[2]
    agency = f"{reverse('reporting:agency-matrix')}?co-quan=QT-CQ4&ky=2024-Q1"
    assert worst.cells[1].href.startswith(agency)
    assert worst.cells[7].href == f"{worst.cells[1].href}#caption-obligations"
    plan = Plan.objects.get(agency=reported.agencies[3])
    assert worst.cells[2].href == reverse("plans:plan-detail", args=[plan.pk])
    second = report_of(reported.agencies[1])
    assert late.cells[13].href == reverse("reporting:report-detail", args=[second.pk])


def test_conditions_hold_together(reported: World) -> None:
    found, _ = seen(reported)
    for view, expected in [
        (View((Only.NO_PLAN,)), [SNV]),
        (View((Only.NO_REPORT,)), [GDDT, KHDT, SNV]),
        (View((Only.MISSED,)), [GDDT, KHDT]),
        (View((Only.UNEXPLAINED,)), [GDDT]),
        (View((Only.NO_PLAN, Only.MISSED)), []),
        (View(text="tai CHINH"), [TC]),
        (View(text="KHĐT"), [KHDT]),
        (View(kind=AgencyKind.COMMUNE), []),
        (View(kind=AgencyKind.DEPARTMENT, text="và"), [GDDT, KHDT, TTTT]),
        (View(sorting=Sorting.PROTOCOL), [SNV, TTTT, TC, KHDT, GDDT]),
    ]:
        assert [line.head.name for line in view.of(found.lines)] == expected


def test_a_narrowed_list_says_what_it_leaves_out_and_sums_what_it_shows(reported: World) -> None:
    view = View((Only.NO_REPORT, Only.MISSED), AgencyKind.DEPARTMENT, "kế hoạch", Sorting.PROTOCOL)
    survey = survey_province(reported.province, QUARTER, AS_OF)
    found = oversight.oversee(reported.province, survey)
    shown = view.of(found.lines)
    said = (
        "Chỉ gồm 1/5 cơ quan theo điều kiện: chưa nộp báo cáo; có đầu việc chưa đạt; loại cơ quan "
        "Sở, ban, ngành; tên có “kế hoạch”; xếp theo thứ tự cơ quan."
    )
    table = oversight.table(survey, found, shown, view)
    quotas = oversight.quotas(survey, found, shown, view)
    assert table.clock.endswith(said)
    assert quotas.clock.endswith(said)
    assert words(table.rows[-1], table)[1:5] == ["Tổng cộng 1/5 cơ quan", "1/1", "2", "1"]
    assert words(quotas.rows[-1], quotas)[1:] == [
        "0/1", "không áp dụng", "1/1", "không áp dụng", "1/2", "1/2", "50%"
    ]  # fmt: skip


@pytest.mark.core
def test_the_page_and_the_consolidated_report_say_the_same(world: World) -> None:
    keys = ("expected", "done", "met", "met_late", "missed", "pending", "not_due", "share")
    for as_of in (date(2024, 2, 12), date(2024, 3, 22), AS_OF):
        _, table = seen(world, as_of, sorting=Sorting.PROTOCOL)
        by_agency = consolidated.tables(consolidated.gather(world.province, QUARTER, as_of))[1]
        assert [figures(row, table, keys) for row in table.rows] == [
            figures(row, by_agency, keys) for row in by_agency.rows
        ]


def figures(row: Row, table: Table, keys: tuple[str, ...]) -> list[object]:
    """What the row says under these keys; nothing was owed: one way of saying so."""
    said = {c.key: cell.value for c, cell in zip(table.columns, row.cells, strict=True)}
    return [said[key] for key in keys] if said["expected"] else [0]


@pytest.mark.core
def test_only_misses_that_count_are_explained(world: World) -> None:
    """Neither what was waived, nor what was due before the plan, nor what came after all."""
    for agency, channel, period in (
        (2, world.portal, "2024-M03"),
        (3, world.portal, "2024-M01"),
        (1, world.page, "2024-Q1"),
        (3, world.portal, "2024-M03"),
        (3, world.portal, "2024-M03"),
    ):
        Explanation.objects.create(
            obligation=world.obligation(world.agencies[agency], channel, period),
            reason="staff",
            text="Thiếu người.",
            given_by=world.users["home"],
        )
    found, _ = seen(world)
    explained = {line.head.name: (line.explained, line.unexplained) for line in found.lines}
    assert explained == {SNV: (0, 0), TTTT: (0, 0), TC: (0, 0), KHDT: (1, 0), GDDT: (1, 1)}


def test_nobody_found_is_a_sentence(reported: World) -> None:
    _, table = seen(reported, text="không có cơ quan này")
    assert (table.rows, table.empty) == ((), "Không có cơ quan nào theo điều kiện đã chọn.")


def test_without_a_regime_reports_do_not_apply(world: World) -> None:
    found, table = seen(world)
    assert found.asked is None
    assert [column.title for column in table.columns[-2:]] == ["Tỷ lệ hoàn thành", "Được công nhận"]
    assert [words(row, table)[-1] for row in table.rows] == ["không áp dụng"] * 6
    assert "Không chế độ báo cáo nào của tỉnh yêu cầu báo cáo kỳ Quý I/2024." in table.clock
    assert names(seen(world, only=(Only.NO_REPORT,))[1]) == []


def test_a_report_whose_days_have_not_begun_is_not_missing(world: World) -> None:
    with at(date(2024, 1, 2)):
        regimes.set_up(
            province=world.province, agency=None, year=2024, terms=BNV581, by=world.users["home"]
        )
        third = {"ky": "2024-Q3"}
        page = signed_in(world).get(reverse("reporting:province-matrix"), third)
    table = page.context["overview"]
    assert [words(row, table)[-3:] for row in table.rows] == [["", "Chưa đến kỳ", "–"]] * 6
    assert page.context["numbers"][3].beside == "chưa đến kỳ báo cáo"
    assert page.context["toggles"][1].count == "0"


@pytest.mark.core
def test_a_report_stands_as_it_did_on_the_day(reported: World) -> None:
    period = asked(reported.province, QUARTER)
    assert period is not None
    agency = reported.agencies[0].pk
    on = {day: handed(period, date(2024, 3, day))[agency] for day in (17, 18, 19)}
    assert [on[day].state for day in on] == [
        ReportState.NOT_STARTED, ReportState.SUBMITTED, ReportState.ACCEPTED
    ]  # fmt: skip
    assert [on[day].handed_in_on for day in on] == [None, date(2024, 3, 18), date(2024, 3, 18)]
    assert [on[day].frozen is None for day in on] == [True, True, False]
    second = reported.agencies[1].pk
    assert [handed(period, date(2024, 3, day))[second].late for day in (20, 23, 25, 30)] == [
        0, 3, 5, 5
    ]  # fmt: skip


def test_a_returned_report_was_in_and_is_back(reported: World) -> None:
    with at(date(2024, 3, 27)):
        second = report_of(reported.agencies[1])
        reports.return_(
            report=second, reason="Thiếu số liệu.", sections={}, by=reported.users["home"]
        )
    _, table = seen(reported)
    row = next(row for row in table.rows if row.cells[1].value == TC)
    assert words(row, table)[12:] == ["25/03/2024", "Bị trả lại, nộp trễ 5 ngày", "–"]
    assert TC not in names(seen(reported, only=(Only.NO_REPORT,))[1])


def test_the_page_says_four_numbers_and_offers_its_conditions(reported: World) -> None:
    query = {"ky": "2024-Q1", "den-ngay": "05/04/2024", "loc": "chua-dat", "ten": "Sở"}
    page = signed_in(reported).get(reverse("reporting:province-matrix"), query)
    assert [(n.name, n.figure, n.beside) for n in page.context["numbers"]] == [
        ("Phải thực hiện", "11", "3 chưa đạt, 1 được miễn (ngoài số này)"),
        ("Hoàn thành", "8/11", "72,7%"),
        ("Đúng hạn", "6/11", "54,5%"),
        ("Được công nhận", "1/1", "1/5 báo cáo đã tiếp nhận"),
    ]
    toggles = {toggle.label: toggle for toggle in page.context["toggles"]}
    assert {label: toggle.count for label, toggle in toggles.items()} == {
        "Chưa ban hành kế hoạch": "1",
        "Chưa nộp báo cáo": "3",
        "Có đầu việc chưa đạt": "2",
        "Chưa giải trình": "1",
    }
    rest = "ky=2024-Q1&den-ngay=05%2F04%2F2024"
    ten = "ten=S%E1%BB%9F"
    both = f"{rest}&loc=chua-nop&loc=chua-dat&{ten}"
    assert toggles["Chưa nộp báo cáo"].query == both
    assert toggles["Có đầu việc chưa đạt"].query == f"{rest}&{ten}"
    text = page.content.decode()
    assert "Hiện 2/5 cơ quan" in text
    assert '<input type="hidden" name="loc" value="chua-dat" form="period-form">' in text
    assert 'id="period-form"' in text
    parent = Plan.objects.get(agency=reported.government)
    assert f'href="{reverse("plans:province-uptake", args=[parent.pk])}"' in text


def test_with_nothing_asked_the_numbers_do_not_apply(world: World) -> None:
    page = signed_in(world).get(reverse("reporting:province-matrix"), {"ky": "2023-Q1"})
    assert [(n.figure, n.beside) for n in page.context["numbers"]] == [
        ("0", "đầu việc"),
        ("–", "không áp dụng"),
        ("–", "không áp dụng"),
        ("không áp dụng", "kỳ này không yêu cầu báo cáo"),
    ]
    assert page.context["toggles"][1].count == "không áp dụng"


def test_hostile_conditions_are_left_out_with_a_sentence(world: World) -> None:
    client = signed_in(world)
    for value in ("\x00", "<script>alert(1)</script>", "x" * 3000, "' OR 1=1"):
        query = {"ky": "2024-Q1", "loc": [value] * 50, "loai": value, "xep": value, "ten": value}
        page = client.get(reverse("reporting:province-matrix"), query)
        assert page.status_code == 200
        assert "điều kiện này được bỏ qua" in page.content.decode()
        assert "<script>alert" not in page.content.decode()
        assert client.get(reverse("reporting:province-export"), query).status_code == 200


def test_the_workbook_is_the_page(reported: World) -> None:
    query = {"ky": "2024-Q1", "den-ngay": "05/04/2024", "loc": "chua-nop"}
    client = signed_in(reported)
    page = client.get(reverse("reporting:province-matrix"), query)
    answer = client.get(reverse("reporting:province-export"), query)
    assert 'filename="Theo-doi-QT-2024-Q1.xlsx"' in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Theo cơ quan", "Theo định mức"]
    for sheet, table in zip(book, (page.context["overview"], page.context["table"]), strict=True):
        lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert [line[0] for line in lines[:3]] == [
            f"TỈNH {reported.province.name.upper()}", table.title, table.clock
        ]  # fmt: skip
        shown = lines[-len(table.rows) :]
        at = 1 if table.key == "oversight" else 0
        assert [line[at] for line in shown] == [row.cells[at].value for row in table.rows]
    figures = [line[3:8] for line in [[c.value for c in row] for row in book["Theo cơ quan"]][-4:]]
    assert figures == [[3, 1, 1, 0, 2], [2, 1, 1, 0, 1], [0, *"––––"], [5, 2, 2, 0, 3]]


def test_the_page_takes_the_same_number_of_queries_at_one_and_three_agencies() -> None:
    counts = []
    for code, agencies in (("MT", 2), ("BA", 6)):
        world = make_world(agencies, code)
        report(world)
        client = signed_in(world)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reporting:province-matrix"), {"ky": "2024-Q1"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.core
def test_the_annex_lists_every_plan_and_who_has_none(world: World) -> None:
    other = Plan.objects.get(agency=world.agencies[1])
    other.pk, other.key, other.number, other.signed_precision = None, "hai", "", "month"
    other._state.adding = True
    other.save()
    plans = plans_in_force(world.province, QUARTER, AS_OF)
    heads = survey_province(world.province, QUARTER, AS_OF).heads
    table = issuance_table(issuance(heads, plans), "Quý I/2024", "")
    signed = ["KH-CQ", "31/01/2024", "Tuyên truyền cải cách hành chính năm 2024"]
    title = signed[2]
    assert [words(row, table) for row in table.rows] == [
        ["1", SNV, "Chưa ban hành", "", ""],
        ["2", TTTT, "01/KH-CQ", *signed[1:]],
        ["3", TC, "02/KH-CQ", *signed[1:]],
        ["4", TC, "Chưa ghi số", "01/2024", title],
        ["5", KHDT, "03/KH-CQ", *signed[1:]],
        ["6", GDDT, "04/KH-CQ", *signed[1:]],
        ["", "Đã ban hành: 4/5 cơ quan", "", "", ""],
    ]
    assert issued(plans)[world.agencies[1].pk].words == "Chưa ghi số, 01/2024 (và 1 kế hoạch khác)"


def test_only_plans_in_force_in_the_period_count(world: World) -> None:
    assert issued(plans_in_force(world.province, Period.parse("2025-Q1"), AS_OF)) == {}
    Plan.objects.filter(agency=world.agencies[0]).update(
        state="draft", issued_at=None, issued_by=None
    )
    assert world.agencies[0].pk not in issued(plans_in_force(world.province, QUARTER, AS_OF))
