"""Many hands on one report at once: each round frozen once, one answer, nothing half-done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib import clock
from outreach.actions import fulfilment
from reporting.actions import period_reports as reports
from reporting.models import Closing, PeriodReport, ReportFigure, ReportRound
from reporting.models.period_report import ReportState
from tests import factories as make
from tests.outreach.test_review_races import together
from tests.reporting.house import House, at, handed_in, house, report_of, set_up

__all__ = ["house"]

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]

CUT_OFF = date(2024, 6, 18)
CROWD = 24 if connection.vendor == "postgresql" else 6


def crowd(role: Role, of: User) -> list[User]:
    """People with the same part in the same agency."""
    agency = of.memberships.get().agency
    return [make.make_user(role, agency) for _ in range(CROWD)]


def asks(act: Callable[..., object], report: PeriodReport, people: list[User], **facts: object):
    """Each with a copy of the row as they saw it."""
    return [
        lambda by=by: act(report=PeriodReport.objects.get(pk=report.pk), by=by, **facts)
        for by in people
    ]


def done(answers: list[object]) -> int:
    """How many were not refused."""
    return sum(not isinstance(answer, str) for answer in answers)


def frozen(report: PeriodReport) -> list[tuple[object, ...]]:
    """All frozen lines of a report."""
    rows = ReportFigure.objects.filter(report=report).order_by("round", "scope", "order")
    return list(rows.values_list("round", "scope", "group", "label", "pieces", "expected", "met"))


def test_a_crowd_hands_in_one_report_once(house: House) -> None:
    set_up(house)
    people = crowd(Role.AGENCY_OFFICE, house.office)
    with at(CUT_OFF):
        report = report_of(house, "2024-H1", CUT_OFF)
        reports.begin(report=report, by=house.office)
        answers = together(asks(reports.submit, report, people))
    report.refresh_from_db()
    assert done(answers) == 1
    assert (report.state, report.round) == (ReportState.SUBMITTED, 1)
    assert ReportRound.objects.filter(report=report).count() == 1
    keys = ReportFigure.objects.filter(report=report).values_list(
        "round", "scope", "group", "order"
    )
    assert set(Counter(keys).values()) == {1}
    assert AuditEntry.objects.filter(verb="report.submit").count() == 1


def test_taking_and_returning_at_once_end_in_one_of_the_two(house: House) -> None:
    set_up(house)
    people = crowd(Role.HOME_AFFAIRS, house.home)
    report = handed_in(house, "2024-H1", CUT_OFF)
    with at(CUT_OFF):
        answers = together(
            [
                *asks(reports.accept, report, people[::2], seen=1),
                *asks(reports.return_, report, people[1::2], reason="Thiếu số liệu", sections={}),
            ]
        )
    report.refresh_from_db()
    assert done(answers) == 1
    taken = report.state == ReportState.ACCEPTED
    assert report.state in {ReportState.ACCEPTED, ReportState.RETURNED}
    assert Closing.objects.filter(agency=house.agency).count() == int(taken)
    verbs = AuditEntry.objects.filter(verb__in=("report.accept", "report.return"))
    assert list(verbs.values_list("verb", flat=True)) == [
        "report.accept" if taken else "report.return"
    ]


def test_nobody_takes_a_round_that_nobody_read(house: House) -> None:
    """Home Affairs reads round 1; meanwhile it comes back and is handed in anew."""
    set_up(house)
    report = handed_in(house, "2024-H1", CUT_OFF)
    with at(CUT_OFF):
        reports.return_(report=report, reason="Thiếu số liệu", sections={}, by=house.home)
        reports.submit(report=report, by=house.office)
        people = crowd(Role.HOME_AFFAIRS, house.home)
        answers = together(asks(reports.accept, report, people, seen=1))
    assert done(answers) == 0
    assert set(answers) == {reports.HANDED_IN_ANEW}


def test_what_is_frozen_is_the_same_after_everything_that_follows(house: House) -> None:
    """Taken, results voided, reopened, closed again by itself: the frozen lines do not move."""
    set_up(house)
    report = handed_in(house, "2024-H1", CUT_OFF)
    before = frozen(report)
    counted = house.article.fulfilments.get()
    with at(CUT_OFF):
        reports.accept(report=report, by=house.home)
    with at(CUT_OFF + timedelta(1)):
        together(
            [
                lambda: fulfilment.void(
                    by=house.editor, fulfilment=counted, reason="Không đúng nội dung"
                ),
                lambda: fulfilment.recount(by=None, agency=house.agency),
                *asks(
                    reports.reopen,
                    report,
                    crowd(Role.HOME_AFFAIRS, house.home),
                    until=clock.now() + timedelta(hours=2),
                    reason="Bổ sung số liệu",
                ),
            ]
        )
        assert frozen(report) == before
    with at(CUT_OFF + timedelta(1), hour=13):
        late = together(asks(reports.submit, report, crowd(Role.AGENCY_OFFICE, house.office)))
    assert done(late) == 0
    assert frozen(report) == before
    assert Closing.objects.filter(agency=house.agency).count() == 1
    with at(CUT_OFF + timedelta(2)):
        reports.reopen(
            report=report,
            until=clock.now() + timedelta(hours=2),
            reason="Bổ sung số liệu",
            by=house.home,
        )
        again = together(asks(reports.submit, report, crowd(Role.AGENCY_OFFICE, house.office)))
    assert done(again) == 1
    assert [row for row in frozen(report) if row[0] == 1] == before
    totals = [row[3:] for row in frozen(report) if row[:3] == (2, "period", "total")]
    assert totals == [("Tổng cộng", 1, 1, 0)]
