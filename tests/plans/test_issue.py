"""Issuing a plan: who may, what becomes owed, and what a second try finds."""

from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Agency, AuditEntry, Membership, User
from agencies.roles import Role
from cchc.jobs.models import Job
from cchc.lib.decisions import Refused
from cchc.lib.facts import FactsError
from demo import real_plans
from plans import plan_file, policies
from plans.actions.issue import issue
from plans.actions.record import record
from plans.models import Obligation, Plan
from plans.models.plan import PlanState

pytestmark = [pytest.mark.core, pytest.mark.django_db]

S001 = "st-stttt-tuyen-truyen-2024"
TURNS = {
    1: "Văn phòng",
    2: "Phòng Thông tin – Báo chí – Xuất bản",
    3: "Phòng Chuyển đổi số",
    4: "Thanh tra",
}


@pytest.fixture
def draft(real: dict[str, Plan], office: Callable[[Agency], User]) -> Plan:
    """A small plan of Sở TTTT that owes one item a quarter from July, not yet issued."""
    return record(facts=_facts(), by=office(real[S001].agency))


def test_001_owes_twenty(real: dict[str, Plan]) -> None:
    rows = Obligation.objects.filter(plan=real[S001]).for_matrix()
    assert len(rows) == 20
    quarterly = [
        (f"2024-Q{q}", date(2024, 3 * q, 20), channel, TURNS[q])
        for channel in ("chuyen-trang-cchc", "cong-tinh")
        for q in (1, 2, 3, 4)
    ]
    monthly = [
        (f"2024-M{m:02d}", date(2024, m, 25), "cong-co-quan", TURNS[(m + 2) // 3])
        for m in range(1, 13)
    ]
    found = [(row.period, row.due_on, row.channel.code, row.unit.name) for row in rows]
    assert sorted(found) == sorted(quarterly + monthly)
    for row in rows:
        assert row.task.code == ("4.2" if row.channel.code == "cong-co-quan" else "4.1")
        assert row.counts_when == "approved_published"
        assert (row.required, row.revision, row.waived_at) == (1, 0, None)
        assert row.agency.code == "ST-STTTT"
        assert row.province.code == "ST"
        assert row.window_start.day == 1
        assert row.window_start <= row.due_on <= row.window_end


def test_only_january_was_due_before_the_parent_plan(real: dict[str, Plan]) -> None:
    before = Obligation.objects.filter(before_issue=True)
    assert [(row.plan.key, row.period, row.due_on) for row in before] == [
        (S001, "2024-M01", date(2024, 1, 25))
    ]


def test_the_other_real_plans_have_no_quotas(real: dict[str, Plan]) -> None:
    assert set(Obligation.objects.values_list("plan__key", flat=True)) == {S001}
    assert set(Plan.objects.values_list("state", flat=True)) == {PlanState.ISSUED.value}


def test_issuing_leaves_one_entry_and_one_job(real: dict[str, Plan]) -> None:
    entry = AuditEntry.objects.get(verb="plan.issue", object_id=str(real[S001].pk))
    assert entry.by == real[S001].issued_by
    assert entry.agency == real[S001].agency
    assert entry.before == {"state": "draft"}
    assert entry.after == {"state": "issued", "obligations": 20}
    job = Job.objects.get()
    assert (job.task, job.arguments) == ("outreach.recount_plan", {"plan_id": real[S001].pk})


def test_a_plan_for_half_a_year_owes_half(draft: Plan) -> None:
    issued = issue(plan=draft, by=_office_of(draft))
    assert issued.state == PlanState.ISSUED
    rows = Obligation.objects.filter(plan=issued).order_by("period")
    assert [(row.period, row.due_on, row.unit) for row in rows] == [
        ("2024-Q3", date(2024, 9, 30), None),
        ("2024-Q4", date(2024, 12, 31), None),
    ]
    assert not rows.filter(before_issue=True).exists()


def test_a_second_issue_is_refused_and_changes_nothing(draft: Plan) -> None:
    by = _office_of(draft)
    issued = issue(plan=draft, by=by)
    before = (Obligation.objects.count(), AuditEntry.objects.count(), Job.objects.count())
    with pytest.raises(Refused, match="đã được ban hành"):
        issue(plan=draft, by=by)
    assert before == (Obligation.objects.count(), AuditEntry.objects.count(), Job.objects.count())
    assert Plan.objects.get(pk=draft.pk).issued_at == issued.issued_at


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.AGENCY_OFFICE, "ST-SNV"),
        (Role.AGENCY_OFFICE, "HY-BQLKCN"),
        (Role.HOME_AFFAIRS, "ST-SNV"),
        (Role.OFFICER, "ST-STTTT"),
        (Role.LEADER, "ST-STTTT"),
        (Role.SYSTEM_ADMIN, "ST-STTTT"),
    ],
)
def test_a_stranger_is_refused(draft: Plan, role: Role, code: str) -> None:
    stranger = _person(role, code)
    decision = policies.may_issue(stranger, draft)
    assert decision.reason.startswith("Chỉ Văn phòng của Sở Thông tin và Truyền thông")
    before = (Obligation.objects.count(), AuditEntry.objects.count(), Job.objects.count())
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        issue(plan=draft, by=stranger)
    assert before == (Obligation.objects.count(), AuditEntry.objects.count(), Job.objects.count())
    assert Plan.objects.get(pk=draft.pk).state == PlanState.DRAFT


def test_a_period_without_a_due_day_is_refused(real: dict[str, Plan]) -> None:
    quota = {"channel": "cong-tinh", "per": "quarter"}
    quota |= {"due": {"dates": {"2024-Q3": date(2024, 9, 20)}}}
    rows = [{"code": "1", "title": "Mỗi quý ít nhất 01 tin, bài", "quotas": [quota]}]
    by = _office_of(real[S001])
    draft = record(facts=_facts(tasks=[{"rows": rows}]), by=by)
    with pytest.raises(Refused, match="Cổng TTĐT tỉnh: Định mức chưa ghi hạn của Quý IV/2024"):
        issue(plan=draft, by=by)
    assert not Obligation.objects.filter(plan=draft).exists()
    assert Plan.objects.get(pk=draft.pk).state == PlanState.DRAFT


def test_a_stranger_records_nothing(real: dict[str, Plan]) -> None:
    facts = _facts()
    with pytest.raises(Refused, match="Chỉ Văn phòng của Sở Thông tin và Truyền thông"):
        record(facts=facts, by=_person(Role.AGENCY_OFFICE, "HY-SNV"))
    assert not Plan.objects.filter(key=facts.key).exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"parent": "nowhere"}, "không có kế hoạch “nowhere”"),
        ({"parent": "hy-ubnd-193-2023"}, "không có kế hoạch “hy-ubnd-193-2023”"),
        ({"forms": [{"title": "Hình thức", "channels": ["kenh-la"]}]}, "không có kênh “kenh-la”"),
        (
            {"tasks": [{"rows": [{"code": "1", "title": "Nhiệm vụ", "lead": ["TTHTDV"]}]}]},
            "không có đơn vị “TTHTDV”",
        ),
        ({"agency": "XX"}, "không có cơ quan “XX”"),
    ],
)
def test_an_unknown_name_is_refused_whole(
    real: dict[str, Plan], change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(FactsError, match=sentence):
        record(facts=_facts(**change), by=_office_of(real[S001]))
    assert not Plan.objects.filter(key="st-stttt-nua-nam").exists()


def test_real_facts_are_read_in_an_order_that_knows_its_parents() -> None:
    seen: set[str] = set()
    for facts in real_plans.plan_facts():
        assert {facts.parent, *(basis.plan for basis in facts.bases)} <= {"", *seen}
        seen.add(facts.key)


def _facts(**change: object) -> plan_file.PlanFacts:
    quota = {"channel": "cong-tinh", "per": "quarter"}
    row = {"code": "1", "title": "Mỗi quý ít nhất 01 tin, bài", "quotas": [quota]}
    return plan_file.read(
        {
            "key": "st-stttt-nua-nam",
            "agency": "ST-STTTT",
            "kind": "outreach",
            "title": "Tuyên truyền 6 tháng cuối năm 2024",
            "starts_on": date(2024, 7, 1),
            "ends_on": date(2024, 12, 31),
            "tasks": [{"rows": [row]}],
            **change,
        }
    )


def _office_of(plan: Plan) -> User:
    return User.objects.get(username=f"vp.{plan.agency.code.lower()}")


def _person(role: Role, code: str) -> User:
    user = User.objects.create(username="nguoi.la", full_name="Người lạ")
    agency = Agency.objects.get(code=code)
    Membership.objects.create(user=user, agency=agency, role=role.value, since=date(2020, 1, 1))
    return user
