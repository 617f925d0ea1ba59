"""A report's figures add up, and differ from the records only where the records moved."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cchc.lib.tables import Level
from outreach.actions import explanations, fulfilment
from outreach.compliance import Score
from plans.models import Obligation, Task
from reporting import period_figures, rounds, telling
from reporting.actions import period_reports as reports
from reporting.drafting import draft
from reporting.models import PeriodReport
from reporting.period_tables import table
from tests import factories as make
from tests.reporting.house import House, at, handed_in, house, report_of, set_up

pytestmark = [pytest.mark.core, pytest.mark.django_db]
__all__ = ["house"]

JUNE = date(2024, 6, 18)
NO_CHANNEL = {"channel": None, "quota": None}
WAIVED = {"waived_at": datetime.fromisoformat("2024-05-01T09:00+07:00"), "waived_reason": "Miễn."}


def differences(report: PeriodReport) -> list[period_figures.Change]:
    return period_figures.changes(rounds.frozen(report), period_figures.of_report(report))


def owe(house: House, title: str = "Việc khác", **facts: object) -> None:
    task = make.make_task(house.quarter.plan, title=title)
    make.make_obligation(
        make.make_quota(task, house.page),
        "2024-Q2",
        **({"unit": house.unit, "due_on": date(2024, 6, 10)} | facts),
    )


def test_nobody_is_not_praised_as_a_unit(house: House) -> None:
    """Of three duties the unit's own and nobody's are done in time, another unit's is missed."""
    owe(house, "Việc của phòng khác", unit=make.make_unit(house.agency, "Phòng Khác"))
    mine = make.make_channel(house.agency.province)
    for unit in (house.unit, None):
        quota = make.make_quota(make.make_task(house.quarter.plan), mine)
        make.make_obligation(quota, "2024-Q2", unit=unit, due_on=date(2024, 6, 10))
    day = date(2024, 6, 3)
    article = make.make_activity(house.head, house.agency, house.unit)
    facts = {"sent_on": day, "decided_on": day, "published_on": day}
    make.make_placement(article, mine, state="published", **facts)
    fulfilment.recount(by=None, agency=house.agency)
    set_up(house)
    with at(JUNE):
        report = report_of(house, "2024-H1", JUNE)
        words = draft(telling.told_by(report))["achieved"]
    assert words.endswith("Có 1 đơn vị hoàn thành đúng hạn toàn bộ đầu việc được giao: Văn phòng.")


@pytest.mark.parametrize(
    "facts",
    [
        {"before_issue": True},
        WAIVED,
        {"unit": None},
        NO_CHANNEL,
    ],
    ids=["outside", "waived", "nobody's", "no channel"],
)
def test_nothing_differs_while_nothing_moved_and_groups_add_up(
    house: House, facts: dict[str, object]
) -> None:
    by = {"waived_by": house.home} if facts is WAIVED else {}
    if facts is NO_CHANNEL:
        Obligation.objects.update(**NO_CHANNEL)
    else:
        owe(house, **facts, **by)
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    assert differences(report) == []
    for figures in rounds.frozen(report).values():
        for group in ("unit", "channel", "task"):
            lines = figures.of(group)
            assert sum((line.score for line in lines), Score()) == figures.total.score
            if group != "task":
                assert sum(line.pieces for line in lines) == figures.total.pieces
            assert sum(line.explained for line in lines) == figures.total.explained


def test_tasks_whose_long_titles_begin_alike_stay_two_lines(house: House) -> None:
    same = "Đẩy mạnh tuyên truyền " * 20
    owe(house, same + "trên báo.")
    owe(house, same + "trên đài.")
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    assert differences(report) == []
    found = rounds.frozen(report)
    assert len(found["period"].of("task")) == 3
    shown = table(report.period, found, "")
    tasks = [row for row in shown.rows if row.level is Level.BODY][-3:]
    assert len({row.cells[0].value for row in tasks}) == 3
    assert [row.cells[1].value for row in tasks] == [None] * 3  # no article is told by task


def test_a_unit_s_report_tells_its_joint_work_as_its_own(house: House) -> None:
    other = make.make_unit(house.agency, "Phòng phối hợp")
    house.article.activity.joint_units.add(other)
    house.article.refresh_from_db()
    found = period_figures.gather(house.agency, other, report_of_span(house))
    assert found.total.pieces == 1
    assert found.of("unit") == ()
    mine = period_figures.gather(house.agency, None, report_of_span(house))
    assert [(line.label, line.pieces) for line in mine.of("unit")] == [("Văn phòng", 1)]


def report_of_span(house: House) -> period_figures.DateSpan:
    return period_figures.DateSpan(date(2024, 3, 15), date(2024, 6, 14))


def test_reasons_are_counted_for_what_lapsed_and_counts(house: House) -> None:
    owe(house, "Ngoài mẫu số", before_issue=True)
    owe(house, "Chưa đạt")
    fulfilment.recount(by=None, agency=house.agency)
    set_up(house)
    with at(JUNE):
        for task in Task.objects.exclude(pk=house.quarter.task_id):
            obligation = task.obligations.get()
            explanations.explain(
                obligation=obligation, reason="staff", text="Thiếu người.", by=house.head
            )
        report = report_of(house, "2024-H1", JUNE)
        told = telling.told_by(report)
    assert (told.explained, told.reasons) == (1, ("Thiếu nhân sự (1 đầu việc)",))


def test_a_unit_that_missed_is_not_named_to_itself(house: House) -> None:
    owe(house, "Chưa đạt")
    with at(JUNE):
        set_up(house)
        report = PeriodReport.objects.get(agency=house.agency, period__code="2024-H1")
        report.unit = house.unit
        words = draft(telling.told_by(report))["lacking"]
    assert words.startswith("- Còn 1/2 đầu việc (50%) chưa đạt: ")
    assert "Văn phòng" not in words


def test_names_in_another_unicode_form_can_be_saved(house: House) -> None:
    house.agency.name = "Sở Thử nghiệm"
    house.agency.save()
    set_up(house)
    with at(JUNE):
        report = report_of(house, "2024-H1", JUNE)
        reports.begin(report=report, by=house.office)
        text = report.report_sections.get(key="direction").text
        reports.write(
            report=report, key="direction", text=text + " Thêm.", before=text, by=house.office
        )


def test_a_difference_names_only_what_moved(house: House) -> None:
    owe(house, "Chưa đạt")
    set_up(house)
    report = handed_in(house, "2024-H1", JUNE)
    obligation = Task.objects.get(title="Chưa đạt").obligations.get()
    explanations.explain(obligation=obligation, reason="staff", text="Thiếu người.", by=house.head)
    assert {change.moved for change in differences(report)} == {(("có giải trình", 0, 1),)}


def test_lines_stand_in_the_order_of_the_plan(house: House) -> None:
    task = make.make_task(house.quarter.plan, title="Việc đầu", code="0.1", order=0)
    house.quarter.task.order = 5
    house.quarter.task.save()
    quota = make.make_quota(task, house.page)
    make.make_obligation(quota, "2024-Q2", unit=house.unit, due_on=date(2024, 6, 10))
    found = period_figures.gather(house.agency, None, report_of_span(house))
    assert found.of("task")[0].label == "0.1. Việc đầu"
