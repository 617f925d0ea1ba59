"""Every address × every role in one table: who enters, who is refused, who is sent to log in."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.urls.converters import UUIDConverter

from agencies.models import CalendarDay, User
from agencies.roles import Role
from cchc.checks import patterns
from cchc.jobs.models import Job
from cchc.lib import clock
from outreach.models import (
    CalendarFeed,
    Evidence,
    Explanation,
    Fulfilment,
    ResultsImport,
    SavedView,
)
from plans.actions import signed_files
from plans.models import AnnexImport, Proposal
from reporting.models import (
    AgencyScore,
    PeriodReport,
    ReportPeriod,
    ReportRegime,
    Run,
    ScheduledRun,
    ScoreCriterion,
)
from tests.factories import (
    make_activity,
    make_agency,
    make_channel,
    make_document,
    make_obligation,
    make_placement,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_unit,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

ANYBODY = "anybody"
EVERYONE = frozenset(Role)
ADMIN = frozenset({Role.SYSTEM_ADMIN})
AUDITED = frozenset({Role.AUDITOR, Role.AGENCY_OFFICE, Role.HOME_AFFAIRS})
WRITERS = frozenset({Role.AGENCY_OFFICE, Role.UNIT_HEAD, Role.OFFICER})
EDITOR = frozenset({Role.CHANNEL_EDITOR})
OVERSEERS = frozenset({Role.HOME_AFFAIRS})
READERS = EVERYONE - ADMIN
OFFICE = frozenset({Role.AGENCY_OFFICE})
NOBODY: frozenset[Role] = frozenset()  # who oversees several provinces enters; see their tests
KEEPERS = frozenset({Role.AGENCY_OFFICE, Role.HOME_AFFAIRS})

# Pages and buttons that stand alone: who is let in by role.
DOORS: dict[str, tuple[str, frozenset[Role] | str]] = {
    "home": ("GET", EVERYONE),
    "health": ("GET", ANYBODY),
    "login": ("GET", ANYBODY),
    "logout": ("POST", EVERYONE),
    "password-change": ("GET", EVERYONE),
    "user-list": ("GET", ADMIN),
    "user-add": ("GET", ADMIN),
    "audit-list": ("GET", AUDITED),
    "unit-list": ("GET", OFFICE),
    "unit-add": ("GET", OFFICE),
    "calendar-day-list": ("GET", EVERYONE),
    "calendar-day-add": ("GET", ADMIN | OVERSEERS),
    "calendar": ("GET", READERS),
    "calendar-feed": ("GET", ANYBODY),
    "feed-page": ("GET", READERS),
    "feed-make": ("POST", READERS),
    "channel-list": ("GET", EVERYONE),
    "channel-add": ("GET", OVERSEERS),
    "plan-list": ("GET", EVERYONE),
    "plan-start": ("GET", OFFICE),
    "time-reading": ("GET", EVERYONE),
    "register-list": ("GET", EVERYONE),
    "register-search": ("GET", EVERYONE),
    "register-add": ("GET", KEEPERS),
    "register-paste": ("GET", KEEPERS),
    "register-file": ("POST", KEEPERS),
    "bases-read": ("POST", EVERYONE),
    "bases-look": ("POST", EVERYONE),
    "outline-parse": ("POST", EVERYONE),
    "activity-list": ("GET", READERS),
    "activity-export": ("GET", READERS),
    "placement-list": ("GET", READERS),
    "placement-export": ("GET", READERS),
    "view-save": ("POST", READERS),
    "activity-add": ("GET", WRITERS),
    "results-import": ("GET", OFFICE),
    "activity-likenesses": ("GET", WRITERS),
    "todo": ("GET", EVERYONE),
    "clearance-queue": ("GET", frozenset({Role.UNIT_HEAD, Role.AGENCY_OFFICE})),
    "review-queue": ("GET", EDITOR),
    "explanation-list": ("GET", KEEPERS),
    "digest-list": ("GET", EVERYONE),
    "reminder-settings": ("GET", EVERYONE),
    "reminder-log": ("GET", KEEPERS | ADMIN),
    "province-matrix": ("GET", OVERSEERS),
    "nation": ("GET", NOBODY),
    "nation-export": ("GET", NOBODY),
    "province-export": ("GET", OVERSEERS),
    "charts": ("GET", READERS),
    "charts-export": ("GET", READERS),
    "agency-matrix": ("GET", READERS),
    "unit-owes": ("GET", READERS),
    "report-list": ("GET", READERS),
    "regime-list": ("GET", KEEPERS),
    "score-list": ("GET", READERS),
    "score-export": ("GET", OVERSEERS),
    "score-fill": ("POST", OVERSEERS),
    "score-terms": ("GET", OVERSEERS),
    "terms-adopt": ("POST", OVERSEERS),
    "criterion-add": ("GET", OVERSEERS),
    "run-list": ("GET", OVERSEERS),
    "run-order": ("POST", OVERSEERS),
    "run-check": ("GET", EVERYONE),
    "schedule-list": ("GET", OVERSEERS),
    "schedule-add": ("GET", OVERSEERS),
}
# Those of one object: nobody of another province gets further than "not found" or "refused".
OBJECTS = {
    "user-switch": "POST",
    "view-edit": "GET",
    "view-remove": "POST",
    "clearance-switch": "POST",
    "unit-edit": "GET",
    "unit-end": "GET",
    "unit-remove": "POST",
    "calendar-day-edit": "GET",
    "calendar-day-remove": "POST",
    "feed-revoke": "POST",
    "channel-edit": "GET",
    "channel-remove": "POST",
    "plan-detail": "GET",
    "plan-issue": "POST",
    "plan-discard": "POST",
    "plan-submit": "POST",
    "plan-take-back": "GET",
    "plan-number": "GET",
    "plan-close": "POST",
    "plan-amend": "GET",
    "plan-revisions": "GET",
    "amendment-issue": "POST",
    "amendment-give-up": "POST",
    "amendment-changes": "GET",
    "signed-attach": "GET",
    "signed-download": "GET",
    "signed-void": "GET",
    "section-save": "POST",
    "edit-annex": "GET",
    "edit-content": "GET",
    "edit-targets": "GET",
    "plan-warning-accept": "POST",
    "derive": "GET",
    "plan-uptake": "GET",
    "uptake-leave-out": "POST",
    "uptake-reconsider": "POST",
    "uptake-take-up": "POST",
    "uptake-link": "POST",
    "uptake-link-same": "POST",
    "province-uptake": "GET",
    "province-uptake-xlsx": "GET",
    "plan-proposals": "GET",
    "proposal-accept": "POST",
    "proposal-decline": "POST",
    "copy-year": "GET",
    "plan-register": "POST",
    "edit-header": "GET",
    "edit-bases": "GET",
    "edit-clauses": "GET",
    "register-detail": "GET",
    "register-edit": "GET",
    "register-end": "GET",
    "register-reinstate": "POST",
    "activity-detail": "GET",
    "activity-edit": "GET",
    "activity-measure": "GET",
    "placement-send": "POST",
    "placement-clear": "POST",
    "placement-hand-back": "POST",
    "placement-recall": "POST",
    "placement-approve": "POST",
    "placement-refuse": "POST",
    "placement-withdraw": "POST",
    "fulfilment-count-again": "POST",
    "placement-return": "POST",
    "placement-publish": "POST",
    "fulfilment-void": "POST",
    "evidence-add": "POST",
    "evidence-link": "POST",
    "evidence-download": "GET",
    "evidence-void": "GET",
    "obligation-detail": "GET",
    "obligation-explain": "GET",
    "obligation-waive": "GET",
    "obligation-undo-waiver": "GET",
    "explanation-accept": "POST",
    "explanation-refuse": "POST",
    "turn-change": "GET",
    "plan-turns": "GET",
    "edit-quotas": "GET",
    "quota-decide": "POST",
    "edit-import": "GET",
    "import-template": "GET",
    "import-detail": "GET",
    "import-progress": "GET",
    "import-answer": "POST",
    "import-apply": "POST",
    "import-faults": "GET",
    "results-template": "GET",
    "results-import-detail": "GET",
    "results-import-progress": "GET",
    "results-import-faults": "GET",
    "results-import-answer": "POST",
    "results-import-apply": "POST",
    "results-import-cancel": "POST",
    "plan-pdf": "POST",
    "plan-docx": "POST",
    "report-detail": "GET",
    "report-begin": "POST",
    "report-write": "POST",
    "report-redraft": "POST",
    "report-submit": "POST",
    "report-print": "POST",
    "report-return": "GET",
    "report-accept": "POST",
    "report-reopen": "GET",
    "regime-add": "GET",
    "regime-remove": "POST",
    "period-change": "GET",
    "score-sheet": "GET",
    "score-compute": "POST",
    "score-evidence": "POST",
    "score-note": "POST",
    "score-appraise": "GET",
    "score-withdraw": "GET",
    "criterion-edit": "GET",
    "criterion-remove": "POST",
    "run-detail": "GET",
    "run-progress": "GET",
    "run-download": "GET",
    "run-cancel": "POST",
    "run-again": "POST",
    "schedule-change": "GET",
    "schedule-pause": "POST",
    "schedule-resume": "POST",
    "schedule-remove": "POST",
}
PDF = b"%PDF-1.7\n%%EOF\n"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def address(name: str, pk: int | UUID = 0) -> str:
    """The address of that name on whichever floor has it."""
    pattern = next(p for p in patterns() if p.name == name)
    arguments = {
        key: UUID(int=pk) if isinstance(converter, UUIDConverter) and isinstance(pk, int) else pk
        for key, converter in pattern.pattern.converters.items()
    }
    for floor in ("", "agencies:", "plans:", "outreach:", "reporting:"):
        with suppress(NoReverseMatch):
            return reverse(f"{floor}{name}", kwargs=arguments)
    raise AssertionError(name)


def send(client: Client, name: str, method: str, pk: int | UUID = 0) -> HttpResponse:
    return (client.get if method == "GET" else client.post)(address(name, pk))


def cast_member(role: Role) -> User:
    agency = make_agency(make_province())
    return make_user(role, agency, make_unit(agency))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_the_tables_name_every_address() -> None:
    assert sorted([*DOORS, *OBJECTS]) == sorted(str(pattern.name) for pattern in patterns())


@pytest.mark.parametrize("role", list(Role))
def test_a_role_enters_what_is_its_own_and_is_refused_the_rest(role: Role) -> None:
    user = cast_member(role)
    refused = {
        name
        for name, (method, _) in DOORS.items()
        if send(signed_in(user), name, method).status_code == 403
    }
    expected = {name for name, (_, who) in DOORS.items() if who != ANYBODY and role not in who}
    assert refused == expected


def test_a_stranger_is_sent_to_the_log_in_page(client: Client) -> None:
    methods = {name: method for name, (method, _) in DOORS.items()} | OBJECTS
    sent = {
        name
        for name, method in methods.items()
        if send(client, name, method)
        .headers.get("Location", "")
        .startswith(f"{reverse('agencies:login')}?next=")
    }
    assert sent == set(methods) - {"health", "login", "calendar-feed"}


def objects() -> dict[str, int | UUID]:
    """One of everything, in a province of its own."""
    agency = make_agency(make_province())
    unit = make_unit(agency)
    author = make_user(Role.OFFICER, agency, unit)
    clerk = make_user(Role.AGENCY_OFFICE, agency)
    channel = make_channel(agency.province)
    plan = make_plan(agency)
    obligation = make_obligation(make_quota(make_task(plan), channel))
    activity = make_activity(author, agency, unit)
    placement = make_placement(activity, channel)
    fulfilment = Fulfilment.objects.create(
        placement=placement, obligation=obligation, counted_on=date(2024, 3, 1), why="Thử"
    )
    run = Run.objects.create(
        province=agency.province,
        report="consolidated",
        period="2024-Q1",
        format="pdf",
        as_of=date(2024, 4, 1),
        ordered_by=author,
    )
    document = make_document(agency.province)
    of = {"register": document, "user": author, "plan": plan}
    of |= {"activity": activity, "placement": placement}
    of |= {"fulfilment": fulfilment, "obligation": obligation, "turn": obligation, "run": run}
    brought = AnnexImport.objects.create(
        plan=plan,
        name="a.xlsx",
        file="imports/a",
        job=Job.objects.create(task="plans.check_annex"),
        ordered_at=clock.now(),
        ordered_by=author,
    )
    of |= {"edit": plan, "import": brought}
    of["results"] = ResultsImport.objects.create(
        agency=agency,
        name="a.xlsx",
        file="imports/b",
        job=Job.objects.create(task="outreach.check_results"),
        ordered_at=clock.now(),
        ordered_by=author,
    )
    of["explanation"] = Explanation.objects.create(
        obligation=obligation, reason="staff", text="Thử", given_by=author
    )
    of |= {"quota": plan}
    of |= {"unit": unit, "channel": channel, "clearance": agency}
    of["calendar"] = CalendarDay.objects.create(
        province=agency.province, day=date(2024, 2, 15), note="Nghỉ"
    )
    of["feed"] = CalendarFeed.objects.create(user=author, secret="0" * 64, made_on=date(2024, 1, 1))
    of |= {"derive": plan, "uptake": plan, "province": plan, "copy": plan}
    of["proposal"] = Proposal.objects.create(
        plan=plan,
        revision=1,
        kind="added",
        section="content",
        uid="0" * 16,
        made_at=clock.now(),
        made_by=author,
    )
    of |= {"section": plan, "amendment": plan}
    regime = ReportRegime.objects.create(
        province=agency.province, year=2024, name="Quý", kinds=["quarter"], window_rule="calendar"
    )
    period = ReportPeriod.objects.create(
        regime=regime,
        kind="quarter",
        code="2024-Q1",
        window_start=date(2024, 1, 1),
        window_end=date(2024, 3, 31),
        cumulative_start=date(2024, 1, 1),
        due_on=date(2024, 4, 5),
    )
    of |= {"regime": regime, "period": period}
    of["report"] = PeriodReport.objects.create(agency=agency, period=period)
    of["schedule"] = ScheduledRun.objects.create(
        province=agency.province,
        format="pdf",
        every="quarter",
        owner=author,
        next_on=date(2024, 4, 1),
    )
    of["criterion"] = ScoreCriterion.objects.create(
        province=agency.province,
        year=2024,
        order=1,
        title="Hoàn thành",
        measure="completion",
        maximum=1,
        bands=[{"from": "0", "rule": "proportional"}],
    )
    of["score"] = AgencyScore.objects.create(
        agency=agency,
        criterion=of["criterion"],
        as_of=date(2024, 12, 31),
        formula="Thử",
        self_points=0,
        scored_by=clerk,
    )
    of["evidence"] = Evidence.objects.create(
        activity=activity, title="A", url="https://a.vn", link_state="unchecked", added_by=author
    )
    of["view"] = SavedView.objects.create(owner=author, page="activities", name="Nháp")
    of |= {"signed": signed_files.attach(plan=plan, name="a.pdf", content=PDF, by=clerk)}
    keys = {name: of[name.split("-")[0]].pk for name in OBJECTS}
    return keys | {
        "placement-send": activity.pk,
        "score-sheet": agency.pk,
        "score-compute": agency.pk,
        "score-evidence": agency.pk,
        "import-template": plan.pk,
        "results-template": agency.pk,
        "signed-attach": plan.pk,
        "evidence-add": activity.pk,
        "evidence-link": activity.pk,
    }


@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_another_province_gets_at_an_object(role: Role) -> None:
    outsider = cast_member(role)
    reached = {
        name
        for name, pk in objects().items()
        if send(signed_in(outsider), name, OBJECTS[name], pk).status_code not in {403, 404}
    }
    assert reached == set()


def test_what_changes_something_is_never_done_by_a_link() -> None:
    posts = {name for name, method in OBJECTS.items() if method == "POST"} - {
        # These show a form to whoever may decide.
        "placement-clear",
        "placement-hand-back",
        "placement-approve",
        "placement-refuse",
        "placement-withdraw",
        "fulfilment-count-again",
        "placement-return",
        "placement-publish",
        "fulfilment-void",
        "explanation-refuse",
    }
    keys = objects()
    client = signed_in(cast_member(Role.SYSTEM_ADMIN))
    answers = {name: client.get(address(name, keys[name])).status_code for name in posts}
    assert answers == dict.fromkeys(posts, 405)
