"""Việc cần làm: each role's list, and that everything on it goes when it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Membership, User
from agencies.roles import Role
from cchc.lib import clock
from outreach import todo
from outreach.actions import explanations, placements
from outreach.actions.activities import Facts, enter
from outreach.compliance import Compliance
from outreach.models import Activity, Explanation, Fulfilment, Placement
from outreach.moves import Dispatch
from outreach.tallies import measure
from outreach.todo import duties, planning
from plans.actions import life, proposals, waivers
from plans.actions.issue import issue
from plans.implementing import expected_agencies
from plans.models import Channel, Obligation, Plan, Proposal
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 18)
URL = "https://soctrang.gov.vn/cchc/1"


@pytest.fixture(autouse=True)
def in_march() -> Iterator[None]:
    with time_machine.travel("2024-03-18 09:00:00+07:00", tick=False):
        yield


class Office:
    """One agency that clears internally: two units, their people, a quota, the page's editors."""

    def __init__(self) -> None:
        self.province = make.make_province()
        self.council = make.make_agency(self.province, kind="province")
        self.agency = make.make_agency(self.province, clears_internally=True)
        self.unit = make.make_unit(self.agency, "Phòng Bưu chính")
        self.other = make.make_unit(self.agency, "Phòng Báo chí")
        self.head = make.make_user(Role.UNIT_HEAD, self.agency, self.unit)
        self.officer = make.make_user(Role.OFFICER, self.agency, self.unit)
        self.stranger = make.make_user(Role.UNIT_HEAD, self.agency, self.other)
        self.office = make.make_user(Role.AGENCY_OFFICE, self.agency)
        self.leader = make.make_user(Role.LEADER, self.agency)
        self.editor = make.make_user(Role.CHANNEL_EDITOR, self.council)
        self.home = make.make_user(Role.HOME_AFFAIRS, make.make_agency(self.province))
        self.page: Channel = make.make_channel(self.province, run_by=self.council)
        self.plan = make.make_plan(
            self.agency, number="12", signed_precision="day", signed_on=date(2024, 1, 5)
        )
        self.quota = make.make_quota(make.make_task(self.plan), self.page)

    def owe(self, period: str = "2024-Q1", **facts: object) -> Obligation:
        return make.make_obligation(self.quota, period, **{"unit": self.unit, **facts})

    def write(self, by: User | None = None, *, send: bool = True) -> Activity:
        by = by or self.officer
        to = Dispatch([self.page], TODAY) if send else None
        facts = Facts("news", "Cắt giảm thủ tục")
        return enter(by=by, agency=self.agency, unit=self.unit, facts=facts, send=to)

    def people(self) -> list[User]:
        return [
            self.head,
            self.officer,
            self.stranger,
            self.office,
            self.leader,
            self.editor,
            self.home,
        ]


@pytest.fixture
def scene() -> Office:
    return Office()


def fresh(user: User) -> User:
    """The person of the next request: nothing is remembered of the last."""
    return User.objects.get(pk=user.pk)


def found(user: User) -> dict[str, int]:
    """What waits for the person, by sort; the navigation's number is always the sum."""
    user = fresh(user)
    shown = {section.code: section.total for section in todo.sections(user, clock.today())}
    assert todo.count(user, clock.today()) == sum(shown.values())
    return shown


def everybody(scene: Office) -> list[dict[str, int]]:
    return [found(person) for person in scene.people()]


def the(activity: Activity) -> Placement:
    return Placement.objects.select_related("activity__agency", "channel").get(activity=activity)


# The way of one article: at each step it waits for those whose turn it is, and for nobody else.


def test_an_article_waits_for_whose_turn_it_is(scene: Office) -> None:
    nobody: dict[str, int] = {}
    draft = scene.write(send=False)
    assert everybody(scene) == [nobody, {"nhap": 1}, *[nobody] * 5]

    placements.send(by=scene.officer, activity=draft, to=Dispatch([scene.page], TODAY))
    clears = {"duyet-noi-bo": 1}
    assert everybody(scene) == [clears, nobody, nobody, clears, *[nobody] * 3]

    placements.hand_back(by=scene.head, placement=the(draft), reason="Thiếu số liệu")
    back = {"tra-lai": 1}
    assert everybody(scene) == [back, back, *[nobody] * 5]

    placements.send(by=scene.officer, activity=draft, to=Dispatch([scene.page], TODAY))
    placements.clear(by=scene.head, placement=the(draft))
    assert everybody(scene) == [*[nobody] * 5, {"cho-duyet": 1}, nobody]

    placements.return_(by=scene.editor, placement=the(draft), reason="Ảnh mờ")
    assert everybody(scene) == [back, back, *[nobody] * 5]

    placements.send(by=scene.head, activity=draft, to=Dispatch([scene.page], TODAY))
    placements.approve(by=scene.editor, placement=the(draft))
    assert everybody(scene) == [*[nobody] * 5, {"cho-dang": 1}, nobody]

    placements.publish(by=scene.editor, placement=the(draft), on=TODAY, url=URL)
    assert everybody(scene) == [nobody] * 7


def test_what_was_given_back_says_why_and_by_whom(scene: Office) -> None:
    article = scene.write()
    placements.hand_back(by=scene.head, placement=the(article), reason="Thiếu số liệu")
    [section] = todo.sections(fresh(scene.officer), TODAY)
    [item] = section.items
    assert (item.reason, item.why) == (
        "Thiếu số liệu",
        "Duyệt nội bộ trả lại ngày 18/03/2024",
    )
    assert item.act_url == reverse("outreach:activity-detail", args=[article.pk]) + (
        f"#luot-gui-{the(article).pk}"
    )


def test_an_editor_is_not_told_to_approve_own_work_that_another_may(scene: Office) -> None:
    scene.write(by=scene.head)
    waiting = Placement.objects.get()
    placements.clear(by=scene.office, placement=waiting)
    make.make_membership(scene.head, Role.CHANNEL_EDITOR, scene.council)
    assert found(scene.head) == {}
    Membership.objects.filter(user=scene.editor).update(until=TODAY - timedelta(days=1))
    assert found(scene.head) == {"cho-duyet": 1}


def test_nobody_is_told_to_clear_own_work_while_another_can(scene: Office) -> None:
    scene.write(by=scene.head)
    assert found(scene.head) == {}
    assert found(scene.office) == {"duyet-noi-bo": 1}
    Membership.objects.filter(user__in=[scene.office, scene.officer]).update(until=TODAY)
    with time_machine.travel("2024-03-19 09:00:00+07:00", tick=False):
        assert found(scene.head) == {"duyet-noi-bo": 1}
        placements.clear(by=fresh(scene.head), placement=Placement.objects.get())
        assert found(scene.head) == {}


# What is owed


def test_what_is_owed_is_on_the_list_until_something_is_on_its_way(scene: Office) -> None:
    scene.owe(due_on=date(2024, 3, 20))
    owes = {"con-phai-lam": 1}
    assert everybody(scene) == [owes, owes, *[{}] * 5]
    [section] = todo.sections(fresh(scene.head), TODAY)
    [item] = section.items
    assert (item.days, item.is_late, item.action) == ("còn 2 ngày", False, "Nhập tin, bài")
    assert item.act_url == f"{reverse('outreach:activity-add')}?kenh={scene.page.pk}"

    article = scene.write()
    assert found(scene.officer) == {}
    placements.recall(by=scene.officer, placement=the(article))
    assert found(scene.officer) == {"con-phai-lam": 1, "nhap": 1}


def test_a_placement_that_is_not_to_count_is_not_on_its_way(scene: Office) -> None:
    owed = scene.owe(due_on=date(2024, 3, 20))
    article = scene.write(by=scene.officer)
    placements.clear(by=scene.head, placement=the(article))
    assert found(scene.officer) == {}
    placements.approve(
        by=scene.editor, placement=the(article), not_counting={owed: "Không về cải cách"}
    )
    assert found(scene.officer) == {"con-phai-lam": 1}


@pytest.mark.parametrize(
    ("counts_when", "held_on", "on_its_way"),
    [
        ("approved_published", None, {}),
        ("sent", None, {}),
        ("held", date(2024, 3, 1), {}),
        ("held", date(2023, 12, 31), {"con-phai-lam": 1}),
    ],
)
def test_what_waits_for_clearance_is_on_its_way_when_it_will_count(
    scene: Office, counts_when: str, held_on: date | None, on_its_way: dict[str, int]
) -> None:
    scene.owe(due_on=date(2024, 3, 20), counts_when=counts_when)
    kind = "meeting" if held_on else "news"
    article = make.make_activity(
        scene.officer, scene.agency, scene.unit, kind=kind, held_on=held_on
    )
    placements.send(by=scene.officer, activity=article, to=Dispatch([scene.page], TODAY))
    assert found(scene.officer) == on_its_way
    placements.clear(by=scene.head, placement=the(article))
    assert found(scene.officer) == on_its_way


@pytest.mark.parametrize(
    ("due_on", "shown"),
    [(date(2024, 4, 17), True), (date(2024, 4, 18), False)],
)
def test_it_is_shown_thirty_days_ahead(scene: Office, due_on: date, shown: bool) -> None:
    scene.owe("2024-Q2", due_on=due_on)
    assert bool(found(scene.head)) is shown


def test_what_is_owed_by_the_agency_itself_is_its_office_s(scene: Office) -> None:
    scene.owe(unit=None, due_on=date(2024, 3, 20))
    assert everybody(scene) == [{}, {}, {}, {"con-phai-lam": 1}, {}, {}, {}]


def test_what_is_over_waits_for_an_explanation_and_then_for_its_judge(scene: Office) -> None:
    missed = scene.owe("2023-Q4", due_on=date(2023, 12, 20))
    explains = {"giai-trinh": 1}
    assert everybody(scene) == [explains, explains, {}, {"don-vi-cham": 1}, {}, {}, {}]

    given = explanations.explain(
        obligation=missed, reason="staff", text="Nghỉ thai sản.", by=scene.officer
    )
    assert everybody(scene) == [{}, {}, {}, {"xem-xet-giai-trinh": 1}, {}, {}, {}]

    explanations.refuse(explanation=given, reason="Chưa rõ", by=scene.office)
    assert everybody(scene) == [explains, explains, {}, {"don-vi-cham": 1}, {}, {}, {}]
    [section] = todo.sections(fresh(scene.head), TODAY)
    assert section.items[0].reason == "Không được chấp nhận: Chưa rõ"

    given = explanations.explain(
        obligation=missed, reason="staff", text="Không có người thay.", by=scene.office
    )
    assert everybody(scene) == [*[{}] * 6, {"xem-xet-giai-trinh": 1}]
    explanations.accept(explanation=given, by=scene.home)
    assert everybody(scene) == [{}] * 7


def test_what_is_waived_is_nobody_s_work(scene: Office) -> None:
    missed = scene.owe("2023-Q4")
    waivers.waive(obligation=missed, reason="Sáp nhập", by=scene.office)
    assert everybody(scene) == [{}] * 7


@pytest.mark.parametrize(("due_on", "told"), [(date(2024, 3, 11), 1), (date(2024, 3, 12), 0)])
def test_the_office_is_told_a_week_after_the_day(scene: Office, due_on: date, told: int) -> None:
    scene.owe(due_on=due_on)
    assert found(scene.office).get("don-vi-cham", 0) == told
    scene.write()
    assert found(scene.office).get("don-vi-cham", 0) == 0


def test_the_lists_say_what_the_compliance_of_the_obligations_is(scene: Office) -> None:
    """Random periods, results and moments: the database and the pure rules see the same."""
    random = Random(20240318)
    owed = [
        scene.owe(
            period,
            required=random.randint(1, 2),
            due_on=date(2024, month, random.randint(1, 28)),
        )
        for quota in range(6)
        for scene.quota in [make.make_quota(make.make_task(scene.plan), scene.page, per="month")]
        for month, period in ((m, f"2024-M{m:02}") for m in (1, 2, 3, 4))
        if random.random() < 0.9 or quota
    ]
    for obligation in owed:
        for _ in range(random.choice([0, 0, 1, 1, 2])):
            article = make.make_activity(scene.officer, scene.agency, scene.unit)
            day = obligation.window_start + timedelta(days=random.randint(0, 27))
            placed = make.make_placement(
                article,
                scene.page,
                state="published",
                sent_on=day,
                decided_on=day,
                published_on=day,
            )
            Fulfilment.objects.create(
                placement=placed, obligation=obligation, counted_on=day, why="Thử"
            )
    scene.write()
    placements.clear(by=scene.head, placement=Placement.objects.get(state="submitted"))
    measured = measure(
        list(Obligation.objects.for_matrix()), TODAY, row=lambda o: o.pk, column=lambda _: 0
    )
    states = measured.states
    by_key = {o.pk: o for o in owed}

    def of(*wanted: Compliance) -> set[int]:
        return {pk for pk, state in states.items() if state in wanted}

    head = fresh(scene.head)
    to_do = set(duties.owed(head, TODAY).values_list("pk", flat=True))
    to_explain = set(duties.unexplained(head, TODAY).values_list("pk", flat=True))
    over = {pk for pk in of(Compliance.MISSED) if by_key[pk].window_end < TODAY}
    soon = {pk for pk, o in by_key.items() if o.due_on <= TODAY + timedelta(days=30)}
    assert to_explain == over | of(Compliance.MET_LATE)
    assert to_do == (of(Compliance.MISSED, Compliance.NOT_DUE) - over) & soon
    assert len(to_explain) > 3
    assert len(to_do) > 3


# Plans


def test_a_plan_s_way_to_its_number(scene: Office) -> None:
    parent = make.make_plan(
        scene.council,
        derive_by=date(2024, 3, 31),
        number="30",
        signed_precision="day",
        signed_on=date(2024, 1, 5),
    )
    derives = f"lap-trien-khai-{scene.agency.pk}"
    assert found(scene.office) == {derives: 1}

    draft = make.make_plan(scene.agency, state="draft", parent=parent)
    assert found(scene.office) == {"ke-hoach": 1}
    [section] = todo.sections(fresh(scene.office), TODAY)
    assert section.items[0].days == "còn 13 ngày"

    life.submit(plan=draft, by=scene.office)
    assert found(scene.leader) == {"trinh-ky": 1}
    assert found(scene.office) == {"ke-hoach": 1}

    plan = issue(plan=draft, by=scene.office)
    assert found(scene.leader) == {}
    assert found(scene.office) == {"ke-hoach": 1}

    life.record_number(plan=plan, number="15", signed_on=TODAY, by=scene.office)
    assert found(scene.office) == {}
    assert everybody(scene) == [{}] * 7


def test_proposals_of_the_parent_wait_for_the_office(scene: Office) -> None:
    proposal = Proposal.objects.create(
        plan=scene.plan,
        revision=1,
        kind="added",
        section="content",
        uid="0" * 16,
        made_at=clock.now(),
        made_by=scene.home,
    )
    assert everybody(scene) == [{}, {}, {}, {"de-xuat": 1}, {}, {}, {}]
    proposals.decline(proposal=proposal, reason="Không thuộc lĩnh vực", by=scene.office)
    assert everybody(scene) == [{}] * 7


def test_home_affairs_sees_that_agencies_are_behind(scene: Office) -> None:
    parent = make.make_plan(scene.council, derive_by=TODAY)
    assert found(scene.home) == {}
    Plan.objects.filter(pk=parent.pk).update(derive_by=TODAY - timedelta(days=1))
    for late in (2, 1):
        assert found(scene.home) == {"co-quan-chua-trien-khai": 1}
        [section] = todo.sections(fresh(scene.home), TODAY)
        assert section.items[0].why.startswith(f"{late} cơ quan chưa ban hành")
        agency = [scene.agency, Membership.objects.get(user=scene.home).agency][late - 1]
        make.make_plan(agency, parent=parent)
    assert found(scene.home) == {}


def test_who_is_behind_is_who_is_expected(scene: Office) -> None:
    council_plan = make.make_plan(scene.council, derive_by=date(2024, 2, 1))
    own_plan = make.make_plan(scene.agency, derive_by=date(2024, 2, 1))
    make.make_agency(scene.province, parent=scene.agency)
    make.make_agency(scene.province, dissolved_on=date(2024, 1, 15))
    make.make_agency(scene.province, dissolved_on=date(2024, 2, 2))
    make.make_agency(scene.province, established_on=date(2025, 1, 1))
    make.make_agency()
    told = dict(planning.behind(TODAY).values_list("pk", "late"))
    assert told == {plan.pk: expected_agencies(plan).count() for plan in (council_plan, own_plan)}
    assert told == {council_plan.pk: 4, own_plan.pk: 1}


# Whose it is


def test_two_provinces_are_apart(scene: Office) -> None:
    other = Office()
    other.owe("2023-Q4")
    other.owe(due_on=TODAY)
    other.write()
    make.make_plan(other.council, derive_by=TODAY - timedelta(days=1))
    make.make_plan(other.agency, state="draft")
    assert everybody(scene) == [{}] * 7


def test_an_ended_membership_sees_nothing(scene: Office) -> None:
    scene.owe("2023-Q4")
    scene.write(send=False)
    Membership.objects.update(until=TODAY - timedelta(days=1))
    assert everybody(scene) == [{}] * 7
    assert "hiện không giữ vai trò nào" in text(scene.officer)


def test_a_person_with_several_posts_sees_all_of_them(scene: Office) -> None:
    scene.owe(due_on=TODAY)
    scene.write(by=scene.officer)
    placements.clear(by=scene.head, placement=Placement.objects.get())
    scene.owe("2024-Q2", due_on=TODAY + timedelta(days=30), unit=scene.other)
    make.make_membership(scene.officer, Role.OFFICER, scene.agency, scene.other)
    make.make_membership(scene.officer, Role.LEADER, scene.agency)
    make.make_plan(
        scene.agency,
        state="submitted",
        issued_at=None,
        issued_by=None,
        submitted_at=clock.now(),
        submitted_by=scene.office,
    )
    assert found(scene.officer) == {"con-phai-lam": 1, "trinh-ky": 1}


# The page


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(user: User, **query: str) -> str:
    response = as_(user).get(reverse("outreach:todo"), query)
    assert response.status_code == 200
    return response.content.decode()


def badge(page: str) -> str:
    """The number in the navigation."""
    numbers = re.findall(r'<span class="count">(\d+)', page)
    assert len(numbers) <= 1
    return numbers[0] if numbers else ""


@pytest.mark.parametrize("role", list(Role))
def test_an_empty_page_says_so_to_every_role(role: Role) -> None:
    agency = make.make_agency()
    page = text(make.make_user(role, agency, make.make_unit(agency)))
    assert badge(page) == ""
    idle = role in {Role.AUDITOR, Role.SYSTEM_ADMIN}
    assert ("Vai trò của anh/chị không có việc phải xử lý ở đây." in page) is idle
    assert ("Không còn việc nào chờ anh/chị." in page) is not idle


def test_the_page_is_first_in_the_navigation_with_its_number(scene: Office) -> None:
    scene.owe(due_on=TODAY)
    scene.owe("2023-Q4")
    page = text(scene.head)
    links = re.findall(r'sidenav-link[^>]*href="([^"]+)"', page)
    assert links[0] == reverse("outreach:todo")
    assert badge(page) == "2"
    assert "Phòng Bưu chính đã đạt <strong>0/1</strong> đầu việc, còn <strong>1</strong>" in page
    assert 'class="duties-count"' not in page
    assert badge(as_(scene.head).get(reverse("plans:plan-list")).content.decode()) == "2"


def test_each_role_starts_where_its_first_question_is_answered(scene: Office) -> None:
    starts = {
        person: as_(person).get("/").headers["Location"]
        for person in (scene.head, scene.officer, scene.editor)
    }
    assert starts == {
        scene.head: reverse("reporting:unit-owes"),
        scene.officer: reverse("outreach:todo"),
        scene.editor: reverse("outreach:review-queue"),
    }


def test_a_long_list_shows_ten_and_leads_to_all(scene: Office) -> None:
    for number in range(12):
        make.make_activity(scene.officer, scene.agency, scene.unit, title=f"Tin số {number}.")
    page = text(scene.officer)
    assert badge(page) == "12"
    assert "Tin số 9." in page
    assert "Tin số 10." not in page
    assert 'href="/tuyen-truyen/viec-can-lam/?muc=nhap">Xem tất cả (12)' in page
    whole = text(scene.officer, muc="nhap")
    assert "Tin số 0." in whole
    assert "Tin số 11." in whole
    for code in ("cho-duyet", "lap-trien-khai-1", "x' OR 1=1"):
        answer = as_(scene.officer).get(reverse("outreach:todo"), {"muc": code})
        assert answer.status_code == 404


def a_bit_of_everything(scene: Office, number: int) -> None:
    """One more of each thing that may wait."""
    scene.quota = make.make_quota(make.make_task(scene.plan), make.make_channel(scene.province))
    scene.owe(due_on=date(2024, 3, 10))
    explained = scene.owe("2023-Q4")
    scene.owe("2023-Q3")
    scene.owe("2023-Q2", unit=scene.other)
    scene.owe("2024-Q2", unit=None, due_on=date(2024, 4, 1))
    Explanation.objects.create(
        obligation=explained, reason="staff", text="Thử", given_by=scene.officer
    )
    scene.write(send=False)
    placements.hand_back(by=scene.head, placement=the(scene.write()), reason="Sửa")
    scene.write()
    for state in ("sent", "approved"):
        article = make.make_activity(scene.officer, scene.agency, scene.unit)
        decided = {"decided_on": TODAY} if state == "approved" else {}
        make.make_placement(article, scene.page, state=state, sent_on=TODAY, **decided)
    make.make_plan(scene.agency, state="draft")
    make.make_plan(
        scene.agency,
        state="submitted",
        issued_at=None,
        issued_by=None,
        submitted_at=clock.now(),
        submitted_by=scene.office,
    )
    make.make_plan(scene.council, derive_by=date(2024, 3, 1))
    Proposal.objects.create(
        plan=make.make_plan(
            scene.agency, number=str(number), signed_precision="day", signed_on=TODAY
        ),
        revision=1,
        kind="added",
        section="content",
        uid="0" * 16,
        made_at=clock.now(),
        made_by=scene.home,
    )


def test_the_page_asks_as_often_at_one_row_as_at_three(scene: Office) -> None:
    asked: list[list[int]] = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            a_bit_of_everything(scene, number)
        asked.append([])
        for person in scene.people():
            client = as_(person)
            client.get(reverse("outreach:todo"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("outreach:todo"))
            asked[-1].append(len(queries))
    assert asked[0] == asked[1]
    assert set(found(scene.office)) == {
        "duyet-noi-bo",
        "con-phai-lam",
        "xem-xet-giai-trinh",
        "don-vi-cham",
        "ke-hoach",
        "de-xuat",
        f"lap-trien-khai-{scene.agency.pk}",
    }


def test_the_number_costs_every_page_one_query(scene: Office) -> None:
    a_bit_of_everything(scene, 1)
    for person in scene.people():
        user = fresh(person)
        user.standing()
        with CaptureQueriesContext(connection) as queries:
            todo.count(user, TODAY)
        # A second one tells an editor who else decides.
        assert len(queries) == (2 if person == scene.editor else 1)
