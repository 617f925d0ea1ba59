"""A plan begins as a draft of its agency's office, and an unwanted draft goes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from plans.actions.life import submit, take_back
from plans.actions.start import discard, start
from plans.models import LegalBasis, Plan
from tests.factories import (
    make_agency,
    make_membership,
    make_plan,
    make_province,
    make_task,
    make_unit,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = "/ke-hoach/moi/"


@pytest.fixture
def clerk(db: None) -> User:
    agency = make_agency(make_province(), code="ST-STTTT", place="Sóc Trăng")
    return make_user(Role.AGENCY_OFFICE, agency, make_unit(agency))


def agency_of(user: User) -> int:
    (key,) = user.standing().agencies_as(Role.AGENCY_OFFICE)
    return key


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def begun(user: User, **facts: Any) -> Plan:
    agency = Agency.objects.get(pk=agency_of(user))
    of: dict[str, Any] = {"agency": agency, "kind": "outreach", "title": "T", "year": 2027}
    return start(**of | facts, by=user)


def test_the_first_plan_of_an_agency(clerk: User) -> None:
    plan = begun(clerk, title=" Tuyên truyền  CCHC năm 2027 ")
    assert (plan.title, plan.symbol, plan.place) == (
        "Tuyên truyền CCHC năm 2027",
        "KH-STTTT",
        "Sóc Trăng",
    )
    assert (plan.starts_on, plan.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    assert (plan.state, plan.number, plan.recipients, plan.parent) == ("draft", "", "", None)
    again = begun(clerk, kind="multi_year", year=2026)
    assert (again.starts_on, again.ends_on) == (date(2026, 1, 1), date(2030, 12, 31))
    assert again.key != plan.key
    assert AuditEntry.objects.filter(verb="plan.start").count() == 2


def test_the_next_plan_goes_on_as_the_last_one(clerk: User) -> None:
    agency = begun(clerk).agency
    facts = {"symbol": "KH-TT", "signer_name": "Lê Văn Phúc", "recipients": "- Như trên;\n- Lưu."}
    make_plan(agency, starts_on=date(2029, 1, 1), ends_on=date(2029, 12, 31), **facts)
    plan = begun(clerk)
    assert {name: getattr(plan, name) for name in facts} == facts


def test_only_the_office_begins_a_plan_of_its_agency(clerk: User) -> None:
    other = make_agency(make_province())
    with pytest.raises(Refused, match=f"Chỉ Văn phòng của {other.name} được lập kế hoạch"):
        begun(clerk, agency=other)
    officer = make_user(Role.OFFICER, other, make_unit(other))
    assert signed_in(officer).get(PAGE).status_code == 403
    assert "Lập kế hoạch" not in signed_in(officer).get("/ke-hoach/").content.decode()
    assert 'href="/ke-hoach/moi/"' in signed_in(clerk).get("/ke-hoach/").content.decode()


@time_machine.travel("2026-11-21 09:00:00+07:00", tick=False)
def test_the_page_proposes_next_years_plan_and_leads_on_to_its_header(clerk: User) -> None:
    client = signed_in(clerk)
    page = client.get(PAGE).content.decode()
    assert "Tuyên truyền cải cách hành chính năm 2027" in page
    assert "Triển khai kế hoạch cấp trên" not in page
    data = {"agency": agency_of(clerk), "way": "own", "kind": "outreach", "year": "2027"}
    answer = client.post(PAGE, data)
    assert "Hãy ghi tên kế hoạch." in answer.content.decode()
    answer = client.post(PAGE, data | {"title": "Tuyên truyền"})
    plan = Plan.objects.get()
    assert answer.headers["Location"] == reverse("plans:edit-header", kwargs={"pk": plan.pk})


def test_the_page_leads_to_a_parent_or_to_last_years_plan(clerk: User) -> None:
    own = begun(clerk).agency
    above = make_agency(own.province, kind="province", code="ST-UBND")
    parent = make_plan(above, number="30", title="Của tỉnh")
    last = make_plan(own, title="Năm ngoái")
    make_plan(make_agency(own.province), title="Của cơ quan khác")
    client = signed_in(clerk)
    page = client.get(PAGE).content.decode()
    assert ("Của tỉnh" in page, "Năm ngoái" in page, "Của cơ quan khác" in page) == (
        True,
        True,
        False,
    )
    data = {"agency": own.pk, "way": "derived"}
    assert "Hãy chọn một kế hoạch." in client.post(PAGE, data).content.decode()
    derive = reverse("plans:derive", kwargs={"pk": parent.pk})
    answer = client.post(PAGE, data | {"parent": parent.pk})
    assert answer.headers["Location"] == f"{derive}?co-quan=ST-STTTT"
    answer = client.post(PAGE, {"agency": own.pk, "way": "copied", "source": last.pk})
    assert answer.headers["Location"] == reverse("plans:copy-year", kwargs={"pk": last.pk})


def test_who_keeps_two_offices_says_whose_plan_it_is(clerk: User) -> None:
    second = make_agency(make_province(), code="HY-SNV")
    make_membership(clerk, Role.AGENCY_OFFICE, second, make_unit(second))
    client = signed_in(clerk)
    assert second.name in client.get(PAGE).content.decode()
    data = {"agency": second.pk, "way": "own", "kind": "reform", "year": "2027", "title": "CCHC"}
    client.post(PAGE, data)
    assert Plan.objects.get().agency == second


def test_a_draft_goes_with_everything_in_it(clerk: User) -> None:
    plan = begun(clerk)
    make_task(plan)
    answer = signed_in(clerk).post(reverse("plans:plan-discard", kwargs={"pk": plan.pk}))
    assert answer.headers["Location"] == reverse("plans:plan-list")
    assert not Plan.objects.exists()
    entry = AuditEntry.objects.get(verb="plan.discard")
    assert (entry.object_id, entry.by) == (str(plan.pk), clerk)


def test_what_was_submitted_issued_or_cited_stays(clerk: User) -> None:
    sent = begun(clerk)
    submit(plan=sent, by=clerk)
    with pytest.raises(Refused, match="Chỉ xóa được dự thảo chưa trình ký"):
        discard(plan=sent, by=clerk)
    take_back(plan=sent, reason="Sửa", by=clerk)
    with pytest.raises(Refused, match="đã từng được trình ký"):
        discard(plan=sent, by=clerk)
    cited = begun(clerk)
    LegalBasis.objects.create(
        plan=sent, order=1, role="cited", document_type="Kế hoạch", reference="1", document=cited
    )
    with pytest.raises(Refused, match="đang được dẫn tới ở Kế hoạch 1"):
        discard(plan=cited, by=clerk)
    colleague = make_user(Role.OFFICER, sent.agency, make_unit(sent.agency))
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        discard(plan=cited, by=colleague)
    copy = make_plan(sent.agency, state="draft", amends=cited)
    with pytest.raises(Refused, match="Bỏ dự thảo sửa đổi"):
        discard(plan=copy, by=clerk)
    assert Plan.objects.count() == 3
