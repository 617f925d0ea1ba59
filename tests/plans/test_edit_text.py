"""The editor's pages for the header, the bases and the narrative, and what their scripts ask."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from agencies.roles import Role
from plans.models import Clause, ContentItem, LegalBasis, Plan
from tests.factories import make_agency, make_document, make_plan, make_task, make_user

pytestmark = [pytest.mark.core, pytest.mark.django_db]

DECREE_09 = (
    "Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ quy định về chế độ báo cáo của cơ "
    "quan hành chính nhà nước"
)
PAGES = ("edit-header", "edit-bases", "edit-clauses")


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def draft(agency: Agency) -> Plan:
    return make_plan(agency, state="draft")


@pytest.fixture
def at(client: Client, agency: Agency) -> Client:
    return signed_in(client, make_user(Role.AGENCY_OFFICE, agency))


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(at: Client, name: str, plan: Plan) -> Any:
    return at.get(reverse(f"plans:{name}", args=[plan.pk]))


def carried(at: Client, name: str, plan: Plan, element: str) -> Any:
    """The JSON that the page carries under that id."""
    page = opened(at, name, plan).content.decode()
    found = re.search(rf'<script id="{element}" type="application/json">(.*?)</script>', page)
    assert found is not None
    return json.loads(found[1])


def asked(at: Client, name: str, data: object) -> Any:
    answer = at.post(reverse(f"plans:{name}"), json.dumps(data), content_type="application/json")
    return answer.json()


def saved(at: Client, plan: Plan, name: str, version: int, value: object) -> int:
    save = reverse("plans:section-save", kwargs={"pk": plan.pk, "name": name})
    data = {"version": version, "value": value}
    return at.post(save, data, content_type="application/json").status_code


def test_only_the_office_of_the_agency_writes_and_only_drafts(
    at: Client, agency: Agency, draft: Plan
) -> None:
    issued = make_plan(agency)
    assert [opened(at, name, draft).status_code for name in PAGES] == [200] * 3
    assert [opened(at, name, issued).status_code for name in PAGES] == [403] * 3
    officer = signed_in(Client(), make_user(Role.OFFICER, agency))
    assert [opened(officer, name, draft).status_code for name in PAGES] == [403] * 3
    stranger = signed_in(Client(), make_user(Role.AGENCY_OFFICE, make_agency(agency.province)))
    assert [opened(stranger, name, draft).status_code for name in PAGES] == [404] * 3


def test_the_header_goes_from_the_page_into_the_plan(
    at: Client, agency: Agency, draft: Plan
) -> None:
    parent = make_plan(make_agency(agency.province, short_name="UBND tỉnh"), number="30")
    make_plan(make_agency(agency.province), state="draft", title="Dự thảo của họ")
    options = carried(at, "edit-header", draft, "header-parents")
    assert [(one["value"], one["label"]) for one in options] == [
        (parent.pk, "Kế hoạch số 30/KH-TN của UBND tỉnh")
    ]
    value = carried(at, "edit-header", draft, "section-header")
    value |= {
        "parent": parent.pk,
        "signed": "02/2024",
        "signer_authority": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
        "recipients": ["Sở Nội vụ", "Lưu: VT"],
    }
    assert saved(at, draft, "header", 0, value) == 200
    draft.refresh_from_db()
    assert (draft.parent, draft.signed_on, draft.signed_precision) == (
        parent,
        date(2024, 2, 1),
        "month",
    )
    assert draft.signer_authority == "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"
    assert draft.recipients == "Sở Nội vụ\nLưu: VT"
    assert carried(at, "edit-header", draft, "section-header") == value


def test_only_the_province_sets_a_day_for_the_plans_of_its_agencies(
    at: Client, agency: Agency, draft: Plan
) -> None:
    field = 'name="derive_by"'
    assert field not in opened(at, "edit-header", draft).content.decode()
    agency.kind = "province"
    agency.save()
    assert field in opened(at, "edit-header", draft).content.decode()


def test_typed_lines_become_bases_joined_to_the_register(
    at: Client, agency: Agency, draft: Plan
) -> None:
    decree = make_document(agency.province, DECREE_09)
    rows = asked(at, "bases-read", {"text": f"Căn cứ {DECREE_09};\nThực hiện Kế hoạch số 7/KH-A"})
    assert [(row["role"], row["reference"], row["registered"]) for row in rows["rows"]] == [
        ("basis", "09/2019/NĐ-CP", decree.pk),
        ("implements", "7/KH-A", None),
    ]
    value = [row | {"uid": f"{at_:016x}"} for at_, row in enumerate(rows["rows"], start=1)]
    assert saved(at, draft, "bases", 0, value) == 200
    kept = LegalBasis.objects.filter(plan=draft).order_by("order")
    assert [(basis.reference, basis.registered) for basis in kept] == [
        ("09/2019/NĐ-CP", decree),
        ("7/KH-A", None),
    ]
    assert carried(at, "edit-bases", draft, "section-bases") == value


def test_the_page_shows_how_a_basis_is_printed_and_what_the_register_knows(
    at: Client, agency: Agency
) -> None:
    new = make_document(agency.province, "Nghị định số 99/2030/NĐ-CP ngày 01/01/2030 của Chính phủ")
    old = make_document(
        agency.province, DECREE_09, force="replaced", replaced_by=new, ended_on=date(2030, 3, 1)
    )
    typed = {"document_type": "Nghị định", "reference": "09/2019/NĐ-CP", "dated": "2019"}
    rows = [{"uid": "a", **typed}, {"uid": "b", "document_type": "Luật", "abstract": "Thi đua"}]
    assert asked(at, "bases-look", {"rows": rows})["rows"] == {
        "a": {
            "printed": "Nghị định số 09/2019/NĐ-CP năm 2019 của [...] về [...]",
            "rank": 40,
            "on": "2019-01-01",
            "ended": "Đã được thay thế bằng Nghị định số 99/2030/NĐ-CP từ ngày 01/03/2030.",
            "entry": old.pk,
            "document": None,
        },
        "b": {
            "printed": "Luật Thi đua",
            "rank": 10,
            "on": "",
            "ended": "",
            "entry": None,
            "document": None,
        },
    }


@pytest.mark.parametrize("body", ["", "[", "[1]", '{"rows": 7}', '{"rows": [1]}', '{"text": []}'])
def test_what_is_no_question_is_answered_with_nothing(at: Client, body: str) -> None:
    empty = {"bases-look": {"rows": {}}, "bases-read": {"rows": []}}
    for name, expected in empty.items():
        answer = at.post(reverse(f"plans:{name}"), body, content_type="application/json")
        assert answer.json() == expected
    answer = at.post(reverse("plans:outline-parse"), body, content_type="application/json")
    assert answer.status_code == 200


def test_a_text_from_word_is_split_into_items(at: Client) -> None:
    text = "I. MỤC ĐÍCH\n1. Nâng cao nhận thức.\n2. Đẩy mạnh tuyên truyền.\nII. NỘI DUNG"
    items = asked(at, "outline-parse", {"text": text})["items"]
    assert [(item["depth"], item["label"], item["heading"], item["text"]) for item in items] == [
        (0, "I", "MỤC ĐÍCH", ""),
        (1, "1", "", "Nâng cao nhận thức."),
        (1, "2", "", "Đẩy mạnh tuyên truyền."),
        (0, "II", "NỘI DUNG", ""),
    ]


def test_a_text_that_is_too_long_is_refused_whole(at: Client) -> None:
    for name, longest in (("bases-read", 200_000), ("outline-parse", 200_000)):
        text = "a" * (longest + 1)
        reason = asked(at, name, {"text": text})["reason"]
        assert reason.startswith(f"Nội dung dán dài {longest + 1} ký tự")


def test_the_narrative_knows_which_lists_its_headings_take(at: Client, draft: Plan) -> None:
    draft.audiences = "Cán bộ\nNgười dân"
    draft.save()
    ContentItem.objects.create(plan=draft, order=1, title="Chương trình tổng thể")
    make_task(draft, area="Sở Nội vụ")
    Clause.objects.create(plan=draft, order=1, label="I", heading="Sở Nội vụ")
    lists = carried(at, "edit-clauses", draft, "clauses-lists")
    assert [(one["word"], one["count"]) for one in lists["lists"]] == [
        ("doi tuong", 2),
        ("pham vi", 0),
        ("noi dung", 1),
        ("hinh thuc", 0),
    ]
    assert lists["areas"] == {"so noi vu": 1}
    draft.annex_title = "PHỤ LỤC"  # its tasks stand in an annex then
    draft.save()
    assert carried(at, "edit-clauses", draft, "clauses-lists")["areas"] == {}
