"""Plans that wait for their office, their leader or Home Affairs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.timezone import localtime

from agencies.models import Agency, User
from agencies.models.agency import AgencyKind, AgencyQuerySet
from agencies.roles import Role
from cchc.lib.tables import display
from outreach.todo.values import CountOf, Item, Work, days_left, waits_since
from plans.models import Plan
from plans.models.plan import IN_FORCE, DatePrecision, PlanQuerySet, PlanState
from plans.models.uptake import ProposalState


def works(user: User, today: date) -> Iterator[Work]:
    """For offices, leaders and Home Affairs."""
    standing = user.standing()
    offices = standing.agencies_as(Role.AGENCY_OFFICE)
    leaders = standing.agencies_as(Role.LEADER) - offices
    provinces = {p.province_id for p in standing.posts if p.role is Role.HOME_AFFAIRS}
    if offices:
        yield from _of_office(offices, today)
    if leaders:
        yield Work(
            "trinh-ky",
            "Kế hoạch trình anh/chị ký",
            _plans().filter(agency__in=leaders, state=PlanState.SUBMITTED),
            partial(_tell_submitted, today=today),
        )
    if provinces:
        yield Work(
            "co-quan-chua-trien-khai",
            "Cơ quan quá hạn lập kế hoạch triển khai",
            behind(today).filter(province__in=provinces),
            partial(_tell_behind, today=today),
        )


def _of_office(offices: frozenset[int], today: date) -> Iterator[Work]:
    yield Work(
        "de-xuat",
        "Đề xuất từ kế hoạch cấp trên chờ trả lời",
        proposed().filter(agency__in=offices),
        partial(_tell_proposed, today=today),
    )
    for agency_id in sorted(offices):
        yield Work(
            f"lap-trien-khai-{agency_id}",
            "Kế hoạch cấp trên chờ lập kế hoạch triển khai",
            to_derive(agency_id, today),
            partial(_tell_to_derive, today=today),
        )
    yield Work(
        "ke-hoach",
        "Kế hoạch chưa xong: dự thảo, chờ ký, chờ số",
        unfinished(today).filter(agency__in=offices),
        partial(_tell_unfinished, today=today),
    )


def proposed() -> QuerySet[Any]:
    """Plans with proposals of their parent that nobody decided on, the longest waiting first."""
    is_open = Q(proposals__state=ProposalState.OPEN)
    return (
        _plans()
        .exclude(state=PlanState.CLOSED)
        .annotate(
            waiting=Count("proposals", filter=is_open),
            since=Min("proposals__made_at", filter=is_open),
        )
        .filter(waiting__gt=0)
        .order_by("since", "id")
    )


def to_derive(agency_id: int, today: date) -> QuerySet[Any]:
    """Plans in force that ask the agency for one of its own, of which there is not even a draft."""
    agency = Agency.objects.filter(pk=agency_id)
    own = Plan.objects.filter(parent=OuterRef("pk"), agency=agency_id, amends=None)
    to_all = Q(agency__kind=AgencyKind.PROVINCE)
    to_those_below = Q(agency__in=agency.values("parent"))
    return (
        _plans()
        .filter(to_all | to_those_below, province__in=agency.values("province"))
        .filter(state=PlanState.ISSUED, amends=None)
        .filter(derive_by__isnull=False, ends_on__gte=today)
        .filter(Exists(_asked_of(agency)))
        .exclude(agency=agency_id)
        .filter(~Exists(own.exclude(state=PlanState.CLOSED)))
        .annotate(for_agency=Subquery(agency.values("code")[:1]))
        .order_by("derive_by", "id")
    )


def unfinished(today: date) -> QuerySet[Any]:
    """Drafts, what is away for signature, and plans in force whose number or day is not known."""
    unnumbered = Q(number="") | ~Q(signed_precision=DatePrecision.DAY)
    return (
        _plans()
        .filter(
            Q(state__in=(PlanState.DRAFT, PlanState.SUBMITTED))
            | Q(unnumbered, state=PlanState.ISSUED, ends_on__gte=today),
            known_by_citation=False,
        )
        .order_by(F("parent__derive_by").asc(nulls_last=True), "id")
    )


def behind(today: date) -> QuerySet[Any]:
    """Plans whose day for derived plans is past, with how many agencies have none in force.

    Who is asked is what ``plans.implementing.expected_agencies`` says.
    """
    done = Plan.objects.filter(
        agency=OuterRef("pk"), parent=OuterRef(OuterRef("pk")), state__in=IN_FORCE, amends=None
    )
    asked = _asked_of(Agency.objects.exclude(pk=OuterRef("agency"))).filter(~Exists(done))
    of_province = asked.filter(province=OuterRef("province")).exclude(kind=AgencyKind.PROVINCE)
    below = asked.filter(parent=OuterRef("agency"))
    return (
        _plans()
        .filter(state=PlanState.ISSUED, amends=None, derive_by__lt=today, ends_on__gte=today)
        .annotate(
            late=Case(
                When(agency__kind=AgencyKind.PROVINCE, then=CountOf(of_province.values("pk"))),
                default=CountOf(below.values("pk")),
            )
        )
        .filter(late__gt=0)
        .order_by("derive_by", "id")
    )


def _asked_of(agencies: AgencyQuerySet) -> AgencyQuerySet:
    """Those that exist in the term of the plan around them and long enough to have a plan."""
    last = Greatest(OuterRef("starts_on"), Coalesce(OuterRef("derive_by"), OuterRef("starts_on")))
    return agencies.filter(
        Q(established_on=None) | Q(established_on__lte=OuterRef("ends_on")),
        Q(dissolved_on=None) | Q(dissolved_on__gt=last),
    ).order_by()


def _plans() -> PlanQuerySet:
    return Plan.objects.select_related("agency", "parent", "amends").order_by("starts_on", "id")


def _tell_proposed(row: Any, today: date) -> Item:
    url = reverse("plans:plan-proposals", args=[row.pk])
    since = localtime(row.since).date()
    return Item(
        title=str(row),
        why=f"{row.agency.short_name} · {row.waiting} đề xuất, từ ngày {display(since)}",
        url=url,
        action="Trả lời",
        act_url=url,
        days=waits_since(since, today),
    )


def _tell_to_derive(row: Any, today: date) -> Item:
    url = reverse("plans:derive", args=[row.pk])
    return Item(
        title=str(row),
        why=f"{row.agency.short_name} ban hành; phải có kế hoạch triển khai trước hết ngày "
        f"{display(row.derive_by)}",
        url=reverse("plans:plan-detail", args=[row.pk]),
        action="Lập kế hoạch triển khai",
        act_url=f"{url}?co-quan={row.for_agency}",
        days=days_left(row.derive_by, today),
        due_on=row.derive_by,
        is_late=row.derive_by < today,
    )


def _tell_unfinished(row: Plan, today: date) -> Item:
    url = reverse("plans:plan-detail", args=[row.pk])
    days, why, action, act_url = "dự thảo", "chưa trình ký", "Soạn tiếp", url
    if row.amends_id:
        days, why = "dự thảo sửa đổi", "chưa ban hành"
    elif row.state == PlanState.SUBMITTED and row.submitted_at is not None:
        days = waits_since(localtime(row.submitted_at).date(), today)
        why, action = "đã trình ký; ký xong thì ghi số và ban hành", "Ghi số, ban hành"
    elif row.state == PlanState.ISSUED:
        days, why, action = "thiếu số, ngày", "đã ban hành, chưa ghi đủ số, ngày ký", "Ghi số, ngày"
        act_url = reverse("plans:plan-number", args=[row.pk])
    due_on = _issued_by(row)
    return Item(
        title=str(row),
        why=f"{row.agency.short_name} · {why}",
        url=url,
        action=action,
        act_url=act_url,
        days=days_left(due_on, today) if due_on else days,
        due_on=due_on,
        is_late=due_on is not None and due_on < today,
    )


def _issued_by(row: Plan) -> date | None:
    """The day by which its parent wants it in force."""
    if row.parent is None or row.amends_id or row.state in IN_FORCE:
        return None
    return row.parent.derive_by


def _tell_submitted(row: Plan, today: date) -> Item:
    url = reverse("plans:plan-detail", args=[row.pk])
    assert row.submitted_at is not None  # a submitted plan has its moment
    since = localtime(row.submitted_at).date()
    return Item(
        title=str(row),
        why=f"{row.agency.short_name} · trình ký ngày {display(since)}; ký xong, Văn phòng ghi số "
        "và ban hành",
        url=url,
        action="Xem bản trình",
        act_url=url,
        days=waits_since(since, today),
    )


def _tell_behind(row: Any, today: date) -> Item:
    url = reverse("plans:province-uptake", args=[row.pk])
    return Item(
        title=str(row),
        why=f"{row.late} cơ quan chưa ban hành kế hoạch triển khai, hạn {display(row.derive_by)}",
        url=reverse("plans:plan-detail", args=[row.pk]),
        action="Xem các cơ quan",
        act_url=f"{url}?loc=chua-ban-hanh",
        days=days_left(row.derive_by, today),
        due_on=row.derive_by,
        is_late=True,
    )
