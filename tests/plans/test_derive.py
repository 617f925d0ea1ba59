"""An agency derives its plan from its parent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from plans.actions.derive import derive
from plans.implementing import lines_of
from plans.models import Plan
from plans.models.task import AssigneeDuty
from plans.uptake import Tally, tally
from tests.factories import (
    make_agency,
    make_channel,
    make_plan,
    make_province,
    make_quota,
    make_task,
    make_turn,
    make_unit,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

S003 = "st-ubnd-tuyen-truyen-2019"
S030 = "st-ubnd-30-2024"


def agency(code: str) -> Agency:
    return Agency.objects.select_related("province").get(code=code)


@pytest.fixture
def derived(real: dict[str, Plan], office: Callable[[Agency], User]) -> Plan:
    own = agency("ST-STTTT")
    return derive(parent=real[S003], agency=own, by=office(own))


def test_its_header_is_the_agencys_own(real: dict[str, Plan], derived: Plan) -> None:
    assert (derived.parent, derived.state, derived.kind) == (real[S003], "draft", "outreach")
    assert derived.title == (
        "Tuyên truyền cải cách hành chính năm 2019 của Sở Thông tin và Truyền thông tỉnh Sóc Trăng"
    )
    assert (derived.starts_on, derived.ends_on) == (real[S003].starts_on, real[S003].ends_on)
    assert (derived.number, derived.symbol, derived.signed_on) == ("", "KH-STTTT", None)
    assert (derived.place, derived.signer_name) == ("Sóc Trăng", "Nguyễn Minh Chiến")
    assert derived.recipients.splitlines()[0] == "Sở Nội vụ"


def test_the_parent_is_what_it_implements(real: dict[str, Plan], derived: Plan) -> None:
    first, *others = derived.bases.order_by("order")
    assert (first.role, first.document) == ("implements", real[S003])
    assert [row.role for row in others] == ["cited"] * 6
    assert others[0].reference == "1847/QĐ-TTg"


def test_content_forms_and_targets_come_along(real: dict[str, Plan], derived: Plan) -> None:
    parent = real[S003]
    assert [(row.title, row.source) for row in derived.content_items.order_by("order")] == [
        (row.title, row) for row in parent.content_items.order_by("order")
    ]
    assert derived.plan_channels.count() == parent.plan_channels.count() == 10
    first = derived.plan_channels.order_by("order").first()
    assert first is not None
    assert first.channels.count() == 4
    assert derived.targets.count() == 3


def test_only_tasks_that_concern_the_agency_come_along(derived: Plan) -> None:
    rows = derived.tasks.order_by("order").select_related("source")
    codes = [row.source.code for row in rows if row.source]
    assert codes == [
        *(f"IV.1.{number}" for number in range(1, 11)),
        *(f"IV.4.{number}" for number in range(1, 5)),
        "IV.5.2",
    ]
    assert [row.code for row in rows] == [str(number) for number in range(1, 16)]
    leads = [row for row in rows if row.assignees.filter(duty=AssigneeDuty.LEAD).exists()]
    assert leads == []
    helped = rows[14]
    assert [str(one) for one in helped.assignees.all()] == [
        "Văn phòng Ủy ban nhân dân tỉnh Sóc Trăng"
    ]


def test_the_narrative_is_a_skeleton(derived: Plan) -> None:
    assert [(row.label, row.heading) for row in derived.clauses.order_by("order")] == [
        ("I", "MỤC TIÊU, YÊU CẦU"),
        ("1", "Mục tiêu"),
        ("2", "Yêu cầu"),
        ("II", "ĐỐI TƯỢNG, PHẠM VI TUYÊN TRUYỀN"),
        ("1", "Đối tượng"),
        ("2", "Phạm vi"),
        ("III", "NỘI DUNG VÀ HÌNH THỨC TUYÊN TRUYỀN"),
        ("1", "Nội dung tuyên truyền"),
        ("2", "Hình thức tuyên truyền"),
        ("IV", "TỔ CHỨC THỰC HIỆN"),
    ]
    assert set(derived.clauses.values_list("text", flat=True)) == {""}


def test_everything_is_adopted_to_begin_with(derived: Plan) -> None:
    assert tally(line.uptake for line in lines_of(derived)) == Tally(adopted=24)


def test_what_speaks_to_every_agency_owes_it_with_open_units() -> None:
    province = make_province()
    ubnd = make_agency(province, kind="province")
    own = make_agency(province)
    unit = make_unit(ubnd)
    parent = make_plan(ubnd)
    channel = make_channel(province)
    group = make_task(parent, order=1, code="1")
    group.assignees.create(order=1, duty="lead", group="Các sở, ban, ngành")
    make_turn(make_quota(group, channel, default_unit=unit), "2024-Q1", unit)
    other = make_task(parent, order=2, code="2")
    other.assignees.create(order=1, duty="lead", unit=unit)
    make_quota(other, channel)
    made = derive(parent=parent, agency=own, by=make_user(Role.AGENCY_OFFICE, own))
    task = made.tasks.get()
    assert (task.source, task.code) == (group, "1")
    quota = task.quotas.get()
    assert (quota.channel, quota.default_unit, quota.turns.count()) == (channel, None, 0)


def test_a_plan_is_derived_once_and_leaves_a_trace(real: dict[str, Plan], derived: Plan) -> None:
    own = derived.agency
    by = User.objects.get(username="vp.st-stttt")
    with pytest.raises(Refused, match="đã có kế hoạch triển khai"):
        derive(parent=real[S003], agency=own, by=by)
    entry = AuditEntry.objects.get(verb="plan.derive")
    assert (entry.by, entry.object_id, entry.after) == (by, str(derived.pk), {"parent": S003})


def test_who_may_derive(real: dict[str, Plan], office: Callable[[Agency], User]) -> None:
    own, other = agency("ST-STTTT"), agency("ST-STC")
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        derive(parent=real[S003], agency=own, by=office(other))
    issuer = agency("ST-UBND")
    with pytest.raises(Refused, match="không giao cho cơ quan khác"):
        derive(parent=real[S003], agency=issuer, by=office(issuer))
    with pytest.raises(Refused, match="không giao cho cơ quan khác"):
        derive(parent=real["st-stttt-tuyen-truyen-2024"], agency=other, by=office(other))
    draft = make_plan(issuer, state="draft")
    with pytest.raises(Refused, match="chưa ban hành"):
        derive(parent=draft, agency=own, by=office(own))


def test_the_page_shows_what_will_come_and_the_button_makes_it(
    client: Client, real: dict[str, Plan], office: Callable[[Agency], User]
) -> None:
    own = agency("ST-STC")
    client.force_login(office(own))
    address = reverse("plans:derive", args=[real[S003].pk])
    shown = client.get(address)
    assert "Nội dung tuyên truyền (9)" in shown.content.decode()
    assert "Nhiệm vụ của cơ quan (11)" in shown.content.decode()
    assert not Plan.objects.filter(agency=own, parent=real[S003]).exists()
    made = client.post(address)
    plan = Plan.objects.get(agency=own, parent=real[S003])
    assert made.headers["Location"] == reverse("plans:plan-uptake", args=[plan.pk])
    again = client.get(address)
    assert reverse("plans:plan-detail", args=[plan.pk]) in again.content.decode()
    assert "Lập dự thảo" not in again.content.decode()


def test_a_parent_known_by_citation_gives_a_header(
    real: dict[str, Plan], office: Callable[[Agency], User]
) -> None:
    own = agency("ST-STC")
    made = derive(parent=real[S030], agency=own, by=office(own))
    assert (made.content_items.count(), made.tasks.count()) == (0, 0)
    assert made.clauses.count() == 10
    basis = made.bases.get()
    assert (basis.reference, f"{basis.dated_on:%d/%m/%Y}") == ("30/KH-UBND", "21/02/2024")
