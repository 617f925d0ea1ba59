"""What a hostile hand, a hurried clerk and a second tab do to scores, schedules and files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from agencies.actions import units
from agencies.actions.units import UnitTerms
from agencies.models import AuditEntry, Membership
from agencies.roles import Role
from cchc.jobs import runner
from cchc.jobs.models import Job
from cchc.lib import clock
from outreach.models import Explanation, Fulfilment
from plans.models import Obligation, Plan
from plans.periods import PeriodKind
from reporting.actions import period_reports as reports
from reporting.actions import regimes, runs, schedules, score_terms, scores
from reporting.actions.summaries import summarise
from reporting.matrices import survey_province
from reporting.models import (
    AgencyScore,
    PeriodReport,
    ProvinceSummary,
    Run,
    ScheduledRun,
    ScoreCriterion,
)
from reporting.models.run import FileFormat
from reporting.oversight import oversee
from reporting.owed_reports import recognised
from reporting.regimes import BNV581
from reporting.reports import consolidated
from reporting.tasks import send_notice
from tests.factories import make_membership
from tests.outreach.test_review_races import together
from tests.reporting.house import House, at, house
from tests.reporting.test_owed import QUARTER, TODAY, due_and_published
from tests.reporting.world import AS_OF, World, make_world
from tests.reporting.world import QUARTER as OF_RUN

__all__ = ["house"]
pytestmark = pytest.mark.django_db

YEAR_END = date(2024, 12, 31)


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_DIR = tmp_path
    return make_world(1)


@pytest.fixture
def score(world: World) -> AgencyScore:
    """The completion of the only agency's year, as it scored itself."""
    home, office = world.users["home"], world.users["office"]
    score_terms.adopt(province=world.province, year=2024, source=None, letter="12/QĐ", by=home)
    scores.self_score(agency=world.agencies[0], year=2024, as_of=YEAR_END, by=office)
    return AgencyScore.objects.get(criterion__measure="completion")


def client_of(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who], "django.contrib.auth.backends.ModelBackend")
    return client


def scheduled(world: World) -> ScheduledRun:
    terms = schedules.Terms(PeriodKind.QUARTER, 1, FileFormat.XLSX, [])
    return schedules.add(province=world.province, terms=terms, by=world.users["home"])


def test_a_note_that_cannot_be_kept_leaves_the_one_that_is_there(
    world: World, score: AgencyScore
) -> None:
    address = reverse("reporting:score-note", args=[score.pk])
    client = client_of(world, "office")
    client.post(address, {"text": "Chuyên trang bảo trì tháng 3."}, follow=True)
    shown = client.post(address, {"text": "Xin xem\x00 phụ lục."})
    score.refresh_from_db()
    assert score.self_note == "Chuyên trang bảo trì tháng 3."
    assert "Đã lưu giải trình" not in shown.content.decode()
    assert "phụ lục." in shown.content.decode()


def test_an_appraiser_who_has_looked_again_is_believed(world: World, score: AgencyScore) -> None:
    client = client_of(world, "home")
    address = reverse("reporting:score-appraise", args=[score.pk])
    opened = client.get(address).context["form"].initial
    AgencyScore.objects.filter(pk=score.pk).update(self_points=Decimal("0.3"), formula="1/3")
    sent = {"seen": opened["seen"], "points": "0,5", "reason": "Có minh chứng."}
    again = client.post(address, sent)
    assert "vừa được tính lại" in again.content.decode()
    form = again.context["form"]
    assert (form["points"].value(), form["reason"].value()) == ("0,5", "Có minh chứng.")
    assert client.post(address, {**sent, "seen": form["seen"].value()}).status_code == 302
    score.refresh_from_db()
    assert score.appraised_points == Decimal("0.5")


def test_criteria_of_a_year_that_cannot_be_read_are_not_those_of_another(world: World) -> None:
    client = client_of(world, "home")
    shown = client.get(reverse("reporting:score-terms"), {"nam": "2O25"}).content.decode()
    assert "Không đọc được năm “2O25”" in shown
    adopted = client.post(
        reverse("reporting:terms-adopt") + "?nam=2O25", {"source": "mau", "letter": "1/QĐ"}
    )
    assert adopted.status_code == 404
    assert client.post(reverse("reporting:criterion-add") + "?nam=2O25").status_code == 404
    assert not ScoreCriterion.objects.exists()


@pytest.mark.parametrize("number", ["9" * 20, "1" * 400, "-1", "\x00", "a"])
def test_recipients_that_nobody_is_are_a_sentence(world: World, number: str) -> None:
    sent = {"every": "quarter", "after_days": "1", "file_format": "pdf", "recipients": [number]}
    answer = client_of(world, "home").post(reverse("reporting:schedule-add"), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors["recipients"]


@pytest.mark.django_db(transaction=True)
def test_what_two_tabs_remove_is_removed_once(world: World) -> None:
    schedule = scheduled(world)
    home = world.users["home"]
    found = together([lambda: schedules.remove(schedule=schedule, by=home)] * 4)
    assert found.count(None) >= 1
    assert set(found) <= {None, schedules.GONE}
    removed = AuditEntry.objects.filter(verb=schedules.REMOVED.code)
    assert (removed.count(), ScheduledRun.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_criterion_is_removed_once(world: World) -> None:
    home = world.users["home"]
    score_terms.adopt(province=world.province, year=2024, source=None, letter="12/QĐ", by=home)
    criterion = ScoreCriterion.objects.get(measure="online")
    found = together([lambda: score_terms.remove(criterion=criterion, by=home)] * 4)
    assert set(found) <= {None, score_terms.GONE}
    assert AuditEntry.objects.filter(verb=score_terms.REMOVED.code).count() == 1


def test_a_schedule_that_was_removed_since_it_was_listed_orders_nothing(world: World) -> None:
    schedule = scheduled(world)
    ScheduledRun.objects.filter(pk=schedule.pk).delete()
    assert schedules.look(schedule=schedule, day=schedule.next_on, by=None) is None
    assert not Run.objects.exists()


def test_recipients_hear_that_a_schedule_stopped_whose_owner_has_left(world: World) -> None:
    home, leader = world.users["home"], world.users["leader"]
    for user in (home, leader):
        user.email = f"{user.username}@example.gov.vn"
        user.save()
    terms = schedules.Terms(PeriodKind.QUARTER, 1, FileFormat.XLSX, [leader])
    schedule = schedules.add(province=world.province, terms=terms, by=home)
    Membership.objects.filter(user=home).update(until=date(2024, 3, 1))
    assert schedules.look(schedule=schedule, day=schedule.next_on, by=None) is None
    assert Job.objects.filter(task=send_notice.name).count() == 2
    while runner.run_next():
        pass
    [letter] = mail.outbox
    assert letter.to == ["qt-leader@example.gov.vn"]
    assert "không còn theo dõi toàn tỉnh" in letter.body


@pytest.mark.django_db(transaction=True)
def test_again_pressed_again_is_one_report(world: World) -> None:
    home = world.users["home"]
    order = {"province": world.province, "period": OF_RUN, "file_format": FileFormat.XLSX}
    run = runs.order(**order, as_of=AS_OF, by=home)
    runs.cancel(run=run, by=home)
    run = Run.objects.for_list().get(pk=run.pk)
    found = together([lambda: runs.order_again(run=run, by=home).pk for _ in range(4)])
    assert len(set(found)) == 1
    assert Run.objects.count() == 2
    runs.cancel(run=Run.objects.get(pk=found[0]), by=home)
    assert runs.order_again(run=run, by=home).pk not in found


def test_the_summary_of_a_year_in_which_nothing_is_owed_any_more_goes(world: World) -> None:
    summarise(province=world.province, year=2024, as_of=AS_OF, by=None)
    assert ProvinceSummary.objects.exists()
    Fulfilment.objects.all().delete()
    Explanation.objects.all().delete()
    Obligation.objects.all().delete()
    call_command("summarise", stdout=StringIO())
    assert not ProvinceSummary.objects.exists()
    call_command("summarise", "--check", stdout=StringIO())


def test_whoever_oversees_two_provinces_reaches_the_second_one(world: World) -> None:
    other = make_world(1, "KH")
    home = world.users["home"]
    make_membership(home, Role.HOME_AFFAIRS, other.home)
    client = client_of(world, "home")
    for name in ("province-matrix", "run-order", "schedule-add", "score-list"):
        address = reverse(f"reporting:{name}")
        first = client.get(address).content.decode()
        assert 'href="?tinh=QT"' in first, name
        assert 'href="?tinh=KH"' in first, name
        assert "Quảng Thử KH" in client.get(address, {"tinh": "KH"}).content.decode()
        one = client_of(other, "home").get(address).content.decode()
        assert 'href="?tinh=' not in one, name


def test_equal_figures_of_others_are_not_told_to_whoever_has_his_own(world: World) -> None:
    """Two agencies that owe nothing have equal tables, and equal hashes."""
    other = make_world(1, "KH")
    for each in (world, other):
        order = {"province": each.province, "period": OF_RUN, "file_format": FileFormat.XLSX}
        runs.order(**order, as_of=AS_OF, by=each.users["home"])
    Run.objects.update(frozen_sha256="ab" * 32, frozen=[], frozen_at=clock.now())
    address = reverse("reporting:run-check")
    mine = client_of(world, "home").post(address, {"code": "ab" * 32}).content.decode()
    assert "Quảng Thử QT" in mine
    assert "Quảng Thử KH" not in mine
    holder = client_of(world, "officer").post(address, {"code": "ab" * 32}).content.decode()
    assert "Đúng là của hệ thống." in holder


def test_a_plan_that_was_signed_after_the_day_was_not_issued_on_it(world: World) -> None:
    agency = world.agencies[0]
    Plan.objects.filter(agency=agency).update(signed_on=date(2024, 2, 5), signed_precision="day")
    for day, count in ((date(2024, 2, 4), 0), (date(2024, 2, 5), 1)):
        survey = survey_province(world.province, OF_RUN, day)
        lines = oversee(world.province, survey).lines
        assert sum(line.head.id == agency.pk and line.plan is not None for line in lines) == count
        facts = consolidated.gather(world.province, OF_RUN, day)
        assert ("Sở Thông tin và Truyền thông" in facts.without_plan) is (count == 0)


def test_points_without_their_band_are_not_forgotten(world: World) -> None:
    client = client_of(world, "home")
    sent = {"title": "Hoàn thành", "measure": "completion", "maximum": "1", "letter": "1/QĐ"}
    sent |= {"from_1": "0", "rule_1": "proportional", "points_2": "0,5"}
    answer = client.post(reverse("reporting:criterion-add") + "?nam=2024", sent)
    assert "Mức 2: hãy ghi tỷ lệ bắt đầu và chọn cách cho điểm." in answer.content.decode()


def test_a_unit_that_got_another_name_keeps_what_was_accepted(house: House) -> None:
    due_and_published(house, due_on=date(2024, 3, 12), published_on=date(2024, 3, 8))
    with at(date(2024, 3, 1)):
        regimes.set_up(
            province=house.agency.province, agency=None, year=2024, terms=BNV581, by=house.home
        )
    report = PeriodReport.objects.get(agency=house.agency, period__code="2024-Q1")
    with at(date(2024, 3, 21)):
        reports.begin(report=report, by=house.office)
        report.refresh_from_db()
        reports.submit(report=report, by=house.office)
        report.refresh_from_db()
        reports.accept(report=report, by=house.home)
    terms = UnitTerms("Văn phòng Sở", (), None, None)
    unit = units.correct(unit=house.unit, terms=terms, by=house.office)
    assert recognised([unit], [QUARTER], TODAY) == {"2024-Q1": "1/1"}
