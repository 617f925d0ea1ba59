"""The register of legal documents: found without tone marks, kept by offices, heard by plans."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from plans.actions import register
from plans.citation_text import standing_above
from plans.citations import parse
from plans.models import LegalBasis, LegalDocument, Plan
from plans.models.legal_document import LegalForce
from plans.proofreading import warnings_of
from tests.factories import make_agency, make_document, make_plan, make_user

pytestmark = [pytest.mark.core, pytest.mark.django_db]

PLAN_30 = (
    "Kế hoạch số 30/KH-UBND ngày 21/02/2024 của UBND tỉnh Sóc Trăng về tuyên truyền cải cách "
    "hành chính năm 2024"
)
DECREE_09 = (
    "Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ quy định về chế độ báo cáo của cơ "
    "quan hành chính nhà nước"
)
DECISION = "Quyết định số 1847/QĐ-TTg ngày 27/12/2018 của Thủ tướng Chính phủ về Đề án Văn hóa"
LAW = "Luật Ban hành văn bản quy phạm pháp luật ngày 19/02/2025"


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def clerk(agency: Agency) -> User:
    return make_user(Role.AGENCY_OFFICE, agency)


@pytest.fixture
def at(client: Client, clerk: User) -> Client:
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(at: Client, text: str) -> list[str]:
    answer = at.get(reverse("plans:register-search"), {"q": text}).json()
    return [row["reference"] or row["abstract"] for row in answer["documents"]]


def cite(plan: Plan, line: str, **facts: object) -> LegalBasis:
    read = parse(line)
    return LegalBasis.objects.create(
        plan=plan,
        order=plan.bases.count() + 1,
        role="basis",
        document_type=read.document_type,
        reference=read.reference,
        dated_on=read.on,
        date_precision=read.precision,
        issuer=read.issuer,
        abstract=read.abstract,
        **facts,
    )


def ended(plan: Plan) -> list[str]:
    return [found.sentence for found in warnings_of(plan) if found.code == "basis-ended"]


def test_documents_are_found_by_number_or_words_without_tone_marks(
    at: Client, agency: Agency
) -> None:
    for line in (PLAN_30, DECISION, LAW, DECREE_09):
        make_document(agency.province, line)
    make_document(make_agency().province, PLAN_30)  # another province keeps its own
    assert shown(at, "ke hoach 30") == ["30/KH-UBND"]
    assert shown(at, "09/2019") == ["09/2019/NĐ-CP"]
    assert shown(at, "nghi dinh che do bao cao") == ["09/2019/NĐ-CP"]
    assert shown(at, "Văn hóa") == ["1847/QĐ-TTg"]
    assert shown(at, "khong co") == shown(at, "  ") == []
    # By rank: a law, the government's decree, the prime minister's decision, the province's plan.
    everything = ["Ban hành văn bản quy phạm pháp luật", "09/2019/NĐ-CP", "1847/QĐ-TTg"]
    assert shown(at, "20") == [*everything, "30/KH-UBND"]
    # What begins with the number that is typed comes before what only has it somewhere.
    assert shown(at, "30")[0] == "30/KH-UBND"
    page = at.get(reverse("plans:register-list"), {"q": "ke hoach 30"}).content.decode()
    assert "30/KH-UBND" in page
    assert "1847/QĐ-TTg" not in page


def test_a_document_stands_in_the_register_once_and_again_under_another_date(
    at: Client, agency: Agency
) -> None:
    add = reverse("plans:register-add")
    typed = {
        "document_type": "Kế hoạch",
        "reference": "01/KH-UBND",
        "dated": "5/1/2024",
        "issuer": "UBND tỉnh",
        "abstract": "Cải cách hành chính năm 2024",
    }
    assert at.post(add, typed).status_code == 302
    again = at.post(add, typed).content.decode()
    assert "Sổ đã có Kế hoạch số 01/KH-UBND; hãy sửa văn bản đó." in again
    assert at.post(add, {**typed, "dated": "10/01/2025"}).status_code == 302
    dates = LegalDocument.objects.order_by("dated_on").values_list("dated_on", flat=True)
    assert list(dates) == [date(2024, 1, 5), date(2025, 1, 10)]
    wrong = at.post(add, {**typed, "dated": "31/02/2024", "reference": ""}).content.decode()
    assert "Không đọc được ngày" in wrong
    assert "Hãy ghi số, ký hiệu của văn bản." in wrong
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["register.add"] * 2


def test_pasted_lines_are_shown_before_they_are_written(at: Client, agency: Agency) -> None:
    make_document(agency.province, DECREE_09)
    lines = f"Căn cứ {DECREE_09};\nCăn cứ {PLAN_30};\nCăn cứ Kế hoạch số …/KH-UBND của UBND tỉnh."
    paste = reverse("plans:register-paste")
    page = at.post(paste, {"lines": lines}).content.decode()
    assert "Ghi 1 văn bản vào sổ" in page
    assert [page.count(f">{mark}<") for mark in ("Đã có", "Sẽ ghi", "Không ghi")] == [1, 1, 1]
    assert LegalDocument.objects.count() == 1
    assert at.post(paste, {"lines": lines, "write": "1"}).status_code == 302
    added = LegalDocument.objects.get(reference="30/KH-UBND")
    assert (added.issuer, added.dated_on) == ("UBND tỉnh Sóc Trăng", date(2024, 2, 21))
    assert LegalDocument.objects.count() == 2


def test_a_replaced_document_warns_every_plan_that_cites_it(
    at: Client, agency: Agency, clerk: User
) -> None:
    old = make_document(agency.province, DECREE_09)
    new = make_document(agency.province, "Nghị định số 99/2030/NĐ-CP ngày 01/01/2030 của Chính phủ")
    linked = make_plan(agency, state="draft")
    cite(linked, "Nghị định số 9 về báo cáo", registered=old)
    typed = make_plan(agency, state="draft")
    cite(typed, DECREE_09)
    other = make_plan(agency, state="draft")
    cite(other, "Nghị định số 09/2019/NĐ-CP ngày 01/02/2020 của Chính phủ")  # another year's number
    elsewhere = make_plan(make_agency(), state="draft")
    cite(elsewhere, DECREE_09)
    assert ended(typed) == []

    register.mark_ended(document=old, replaced_by=new, on=date(2023, 7, 1), by=clerk)
    sentence = (
        "đã được thay thế bằng Nghị định số 99/2030/NĐ-CP từ ngày 01/07/2023; cần viện dẫn văn bản "
        "thay thế."
    )
    assert ended(typed) == [f"Nghị định số 09/2019/NĐ-CP {sentence}"]
    assert ended(linked) == [f"Nghị định số 9 {sentence}"]
    assert ended(other) == ended(elsewhere) == []
    page = at.get(reverse("plans:register-detail", args=[old.pk])).content.decode()
    assert "2 kế hoạch đang viện dẫn văn bản này" in page
    assert (linked.title in page, typed.title in page, elsewhere.title in page) == (
        True,
        True,
        False,
    )
    assert sentence in at.get(reverse("plans:plan-detail", args=[typed.pk])).content.decode()

    register.reinstate(document=old, by=clerk)
    assert ended(typed) == []
    register.mark_ended(document=old, replaced_by=None, on=None, by=clerk)
    expired = "Nghị định số 09/2019/NĐ-CP đã hết hiệu lực; cần viện dẫn văn bản còn hiệu lực."
    assert ended(typed) == [expired]


def test_a_plan_that_was_signed_before_is_told_about_its_next_version(
    agency: Agency, clerk: User
) -> None:
    plan = make_plan(agency, signed_on=date(2024, 3, 1), signed_precision="day")
    cite(plan, DECREE_09)
    document = make_document(agency.province, DECREE_09)
    register.mark_ended(document=document, replaced_by=None, on=date(2025, 3, 1), by=clerk)
    assert ended(plan) == [
        "Nghị định số 09/2019/NĐ-CP đã hết hiệu lực từ ngày 01/03/2025; kế hoạch ban hành trước "
        "ngày đó, khi sửa đổi hoặc lập kế hoạch sau cần viện dẫn văn bản còn hiệu lực."
    ]


def test_a_basis_that_is_no_document_is_printed_in_its_own_words(agency: Agency) -> None:
    plan = make_plan(agency, state="draft")
    basis = cite(plan, "Căn cứ chức năng, nhiệm vụ được giao;")
    assert standing_above([basis], "") == ("Căn cứ chức năng, nhiệm vụ được giao",)
    assert [found for found in warnings_of(plan) if found.code == "citation-incomplete"] == []


def test_two_documents_do_not_replace_each_other(agency: Agency, clerk: User) -> None:
    one, other = (make_document(agency.province, line) for line in (DECREE_09, DECISION))
    register.mark_ended(document=one, replaced_by=other, on=None, by=clerk)
    with pytest.raises(Refused, match="bị chính văn bản này thay thế"):
        register.mark_ended(document=other, replaced_by=one, on=None, by=clerk)
    with pytest.raises(Refused, match="hãy xem lại ngày"):
        register.mark_ended(document=other, replaced_by=None, on=date(2018, 1, 1), by=clerk)


def test_only_offices_and_home_affairs_of_the_province_write(agency: Agency) -> None:
    document = make_document(agency.province, DECREE_09)
    affairs = make_user(Role.HOME_AFFAIRS, make_agency(agency.province))
    assert register.mark_ended(document=document, replaced_by=None, on=None, by=affairs).force == (
        LegalForce.EXPIRED
    )
    for user in (make_user(Role.OFFICER, agency), make_user(Role.AGENCY_OFFICE, make_agency())):
        with pytest.raises(Refused, match="Chỉ Văn phòng cơ quan và Sở Nội vụ"):
            register.reinstate(document=document, by=user)


def test_the_bases_of_a_plan_fill_the_register_once(
    real: dict[str, Plan], clerk: User, agency: Agency
) -> None:
    plan = real["st-stttt-tuyen-truyen-2024"]
    entries = LegalDocument.objects.filter(province=plan.province)
    assert entries.filter(reference="1847/QĐ-TTg").count() == 1  # three plans cite it
    parent = entries.get(reference="30/KH-UBND")
    assert parent.plan == real["st-ubnd-30-2024"]
    assert plan.bases.get(reference="30/KH-UBND").registered == parent
    office = User.objects.get(username="vp.st-stttt")
    assert register.register_cited(plan=plan, by=office) == 0
    draft = make_plan(agency, state="draft")
    for line in (DECREE_09, LAW, "Kế hoạch số …/KH-BQL của Ban Quản lý"):
        cite(draft, line)
    assert register.register_cited(plan=draft, by=clerk) == 2
    assert list(draft.bases.order_by("order").values_list("registered__reference", flat=True)) == [
        "09/2019/NĐ-CP",
        "",
        None,
    ]


@pytest.mark.parametrize("name", ["plans:register-list", "plans:register-search"])
def test_many_documents_take_as_many_queries_as_one(at: Client, agency: Agency, name: str) -> None:
    counts = []
    for _ in (1, 2):
        make_document(agency.province, replaced_by=make_document(agency.province), force="replaced")
        with CaptureQueriesContext(connection) as queries:
            at.get(reverse(name), {"q": "quyet dinh"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_freely_typed_basis_goes_into_the_register_from_the_page(
    at: Client, agency: Agency
) -> None:
    row = {"document_type": "Nghị định", "reference": "09/2019/NĐ-CP", "dated": "24/01/2019"}
    file = reverse("plans:register-file")
    made = at.post(file, row, content_type="application/json").json()
    again = at.post(file, row, content_type="application/json").json()
    assert made == again
    assert made["registered"] == LegalDocument.objects.get(province=agency.province).pk
    wrong = at.post(file, {"document_type": "Nghị định"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["reason"]) == (
        400,
        "Số, ký hiệu: Hãy ghi số, ký hiệu của văn bản.",
    )
    assert at.post(file, "[[[", content_type="application/json").status_code == 400
