"""The seeds' facts against the documents, field by field. Every figure here was read there."""

import unicodedata
from datetime import date

import pytest

from agencies import directory_file
from agencies.models import Agency, AgencyName, AuditEntry, Province, Unit
from agencies.models.agency import AgencyKind
from cchc.lib.facts import FactsError
from demo import real_plans
from plans import channel_file, plan_file
from plans.models import Assignee, Channel, Clause, LegalBasis, Plan, Target, Task
from plans.models.channel import ChannelKind
from plans.models.legal_basis import BasisRole
from plans.models.plan import PlanKind
from plans.models.quota import CountsWhen
from plans.models.target import TargetOperator
from plans.models.task import AssigneeDuty
from tests.plans.document_facts import (
    ANNEX_001,
    ANNEX_004,
    BASES,
    BESIDE_003,
    CLAUSES,
    CONG_VU,
    COUNTS,
    DUTIES_003,
    HEADERS,
    ISSUERS,
    RECIPIENTS,
    S000,
    S001,
    S002,
    S003,
    S004,
    SIGNERS,
    TARGETS,
    UNITS_STTTT,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def test_headers(real: dict[str, Plan]) -> None:
    found = {
        plan.key: (
            plan.agency.code,
            plan.kind,
            plan.parent.key if plan.parent else None,
            plan.number,
            plan.symbol,
            plan.signed_on,
            plan.signed_precision,
            plan.place,
            plan.starts_on.year,
            plan.ends_on.year,
        )
        for plan in Plan.objects.select_related("agency", "parent")
    }
    assert found == HEADERS
    for plan in real.values():
        assert plan.starts_on == date(plan.starts_on.year, 1, 1)
        assert plan.ends_on == date(plan.ends_on.year, 12, 31)
        assert plan.known_by_citation is (plan.key not in COUNTS)


def test_signing_blocks_and_recipients(real: dict[str, Plan]) -> None:
    for key, signer in SIGNERS.items():
        plan = real[key]
        assert (plan.signer_authority, plan.signer_position, plan.signer_name) == signer
        assert plan.recipients.split("\n") == RECIPIENTS[key].split("|")


def test_counts_and_main_headings(real: dict[str, Plan]) -> None:
    found = {
        key: (
            real[key].content_items.count(),
            real[key].plan_channels.count(),
            real[key].targets.count(),
            real[key].bases.count(),
            real[key].tasks.count(),
            list(
                Clause.objects.filter(plan=real[key], parent=None)
                .order_by("order")
                .values_list("label", flat=True)
            ),
        )
        for key in COUNTS
    }
    assert found == COUNTS


def test_the_tree_of_clauses(real: dict[str, Plan]) -> None:
    for key, expected in CLAUSES.items():
        main = Clause.objects.filter(plan=real[key], parent=None).order_by("order")
        found = " ".join(f"{clause.label}[{_below(clause)}]" for clause in main)
        assert found == expected


def test_annex_titles_stand_as_printed(real: dict[str, Plan]) -> None:
    assert "NĂM 2023" in real[S001].annex_title
    assert real[S004].annex_title.endswith("CẢI CÁCH HÀNH CHÍNH NĂM 2024")
    assert {real[key].annex_title for key in (S000, S002, S003)} == {""}


def test_every_cited_document(real: dict[str, Plan]) -> None:
    for key, expected in BASES.items():
        rows = LegalBasis.objects.filter(plan__key=key).order_by("order")
        found = [
            (
                basis.role,
                basis.document_type,
                basis.reference,
                basis.dated_on,
                basis.document.key if basis.document else None,
            )
            for basis in rows.select_related("document")
        ]
        assert found == expected
        assert [basis.issuer for basis in rows] == ISSUERS[key].split("|")
        assert {b.date_precision for b in rows if b.dated_on} <= {"day"}
        assert {b.date_precision for b in rows if not b.dated_on} <= {"none"}
        assert all(basis.place_in_plan for basis in rows)


def test_targets(real: dict[str, Plan]) -> None:
    rows = Target.objects.order_by("plan__starts_on", "plan_id", "order")
    found = [(t.plan.key, t.operator, t.value, t.measure, t.place_in_plan) for t in rows]
    assert sorted(found) == sorted(TARGETS)


@pytest.mark.parametrize(("key", "expected"), [(S001, ANNEX_001), (S004, ANNEX_004)])
def test_annex_rows(real: dict[str, Plan], key: str, expected: list[tuple[object, ...]]) -> None:
    assert _rows(real[key]) == expected


def test_annex_004_marks_what_is_conditional_and_how_time_is_understood(
    real: dict[str, Plan],
) -> None:
    tasks = Task.objects.filter(plan=real[S004])
    conditional = tasks.filter(conditional=True).order_by("order")
    assert [(task.area, task.code) for task in conditional] == [(CONG_VU, "2"), (CONG_VU, "3")]
    kinds = dict(tasks.values_list("timing_text", "timing_kind"))
    assert kinds["Trong năm 2024"] == "window"
    assert kinds["Thường xuyên"] == "ongoing"
    assert kinds["- Tháng 12/2023\n- Tháng 12/2024"] == "multi"
    assert kinds["Ngay sau khi có kế hoạch của UBND tỉnh"] == "event"
    blank = Task.objects.filter(timing_text="")
    assert set(blank.values_list("timing_kind", flat=True)) == {""}
    parents = dict(tasks.exclude(parent=None).values_list("code", "parent__code"))
    assert parents == {"2.1": "2", "2.2": "2"}


def test_quotas_of_001(real: dict[str, Plan]) -> None:
    quarters = {
        "2024-Q1": "2024-03-20",
        "2024-Q2": "2024-06-20",
        "2024-Q3": "2024-09-20",
        "2024-Q4": "2024-12-20",
    }
    found = [
        (task.code, q.channel.code, q.minimum, q.per, q.due_kind, q.due_day, q.due_dates)
        for task in Task.objects.filter(plan=real[S001]).for_document()
        for q in task.quotas.order_by("order")
    ]
    assert found == [
        ("4.1", "chuyen-trang-cchc", 1, "quarter", "fixed", None, quarters),
        ("4.1", "cong-tinh", 1, "quarter", "fixed", None, quarters),
        ("4.2", "cong-co-quan", 1, "month", "day_of_month", 25, {}),
    ]


def test_duties_of_003(real: dict[str, Plan]) -> None:
    tasks = list(Task.objects.filter(plan=real[S003]).for_document())
    found: dict[str, int] = {}
    for task in tasks:
        section = task.code.rpartition(".")[0]
        found[section] = found.get(section, 0) + 1
        assert task.code == f"{section}.{found[section]}"
    assert found == DUTIES_003
    assert len({task.area for task in tasks}) == 7
    leads = {
        section: {
            str(a.agency.code if a.agency else a.group)
            for task in tasks
            if task.code.startswith(f"{section}.")
            for a in task.assignees.filter(duty=AssigneeDuty.LEAD).order_by("order")
        }
        for section in DUTIES_003
    }
    assert leads == {
        "IV.1": {
            "Các sở, ban ngành, đơn vị sự nghiệp công lập trực thuộc tỉnh",
            "Cơ quan Trung ương đặt tại địa phương",
            "UBND các huyện, thị xã, thành phố",
        },
        "IV.2": {"ST-SNV"},
        "IV.3": {"ST-BAO", "ST-DAI"},
        "IV.4": {"ST-STTTT"},
        "IV.5": {"ST-VPUBND"},
        "IV.6": {"ST-TCT", "Trung tâm Bồi dưỡng chính trị các huyện, thị xã, thành phố"},
        "IV.7": {"ST-STC"},
    }
    beside = {
        task.code: names for task in tasks if (names := _assigned(task, AssigneeDuty.COORDINATING))
    }
    assert beside == BESIDE_003
    report = next(task for task in tasks if task.code == "IV.1.10")
    assert (report.timing_text, report.timing_kind) == (
        "định kỳ hàng quý, 6 tháng, năm",
        "report_cycle",
    )


def test_labels_of_002_as_printed(real: dict[str, Plan]) -> None:
    plan = real[S002]
    five = ["a)", "b)", "c)", "d)", "đ)"]
    assert [item.label for item in plan.content_items.order_by("order")] == five
    assert [form.label for form in plan.plan_channels.order_by("order")] == five
    assert plan.scopes == ""
    assert len(plan.audiences.split("\n")) == 2


def test_every_form_means_a_channel(real: dict[str, Plan]) -> None:
    for plan in real.values():
        for form in plan.plan_channels.prefetch_related("channels"):
            assert form.channels.count() > 0, form


def test_agencies_units_and_channels(real: dict[str, Plan]) -> None:
    assert dict(Province.objects.values_list("code", "name")) == {
        "ST": "Sóc Trăng",
        "HY": "Hưng Yên",
    }
    codes = set(Agency.objects.values_list("code", flat=True))
    assert codes == {
        *("ST-UBND", "ST-SNV", "ST-STTTT", "ST-BQLKCN", "ST-BAO", "ST-DAI", "ST-VPUBND"),
        *("ST-TCT", "ST-STC", "HY-UBND", "HY-SNV", "HY-BQLKCN"),
    }
    assert AgencyName.objects.on(date(2024, 6, 1)).count() == len(codes)
    assert not Agency.objects.filter(province__code="ST").active_on(date(2025, 7, 1)).exists()
    assert Agency.objects.filter(province__code="ST").active_on(date(2025, 6, 30)).count() == 9
    units = Unit.objects.filter(agency__code="ST-STTTT").in_order()
    assert [unit.name for unit in units] == UNITS_STTTT
    assert "Phòng Thanh tra" in Unit.objects.get(name="Thanh tra").aliases
    run_by = dict(
        Channel.objects.filter(province__code="ST", needs_approval=True).values_list(
            "code", "run_by__code"
        )
    )
    assert run_by == {
        "chuyen-trang-cchc": "ST-SNV",
        "cong-tinh": "ST-STTTT",
        "cong-co-quan": None,
        "bao-dien-tu": "ST-BAO",
        "bao-in": "ST-BAO",
        "dai-pt-th": "ST-DAI",
    }


def test_a_second_load_changes_nothing(real: dict[str, Plan], office) -> None:  # type: ignore[no-untyped-def]
    before = (Plan.objects.count(), Task.objects.count(), AuditEntry.objects.count())
    again = real_plans.load(office)
    assert {plan.key: plan.pk for plan in again} == {key: plan.pk for key, plan in real.items()}
    assert before == (Plan.objects.count(), Task.objects.count(), AuditEntry.objects.count())


def test_all_text_is_nfc() -> None:
    for path in sorted(real_plans.FIXTURES.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path


def test_the_words_of_the_files_are_the_words_of_the_models() -> None:
    assert set(PlanKind.values) == plan_file.PLAN_KINDS
    assert set(BasisRole.values) == plan_file.BASIS_ROLES
    assert set(TargetOperator.values) == plan_file.OPERATORS
    assert set(CountsWhen.values) == plan_file.COUNTS_WHEN
    assert set(ChannelKind.values) == channel_file.KINDS
    assert set(AgencyKind.values) == directory_file.KINDS


MINIMAL = {
    "key": "k",
    "agency": "A",
    "kind": "outreach",
    "title": "T",
    "starts_on": date(2024, 1, 1),
    "ends_on": date(2024, 12, 31),
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"titel": "x"}, "tệp: không có khóa nào tên là titel."),
        ({"title": ""}, "tệp: “title” không được để trống."),
        ({"number": 1}, "tệp: “number” phải là chữ; số và ngày viết trong ngoặc kép."),
        ({"kind": "x"}, "tệp: “kind” phải là một trong: multi_year, outreach, reform."),
        ({"ends_on": date(2023, 1, 1)}, "tệp: “ends_on” phải không sớm hơn “starts_on”."),
        ({"signed": "2024-13"}, "tệp: “signed” phải là ngày, tháng hoặc năm"),
        ({"bases": [{"role": "basis"}]}, "tệp › bases[0]: thiếu “at”."),
        (
            {"tasks": [{"rows": [{"code": "1", "title": "t", "lead": [{}]}]}]},
            "tệp › tasks[0] › rows[0] › lead[0]: cần đúng một trong “unit”, “agency”, “group”.",
        ),
    ],
)
def test_faults_say_what_and_where(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(FactsError, match=r"^tệp") as caught:
        plan_file.read({**MINIMAL, **change}, "tệp")
    assert str(caught.value).startswith(sentence)


def test_a_parent_stands_before_its_subordinates() -> None:
    row = {
        "code": "B",
        "kind": "department",
        "parent": "A",
        "place": "P",
        "names": [{"name": "N", "short_name": "N"}],
    }
    with pytest.raises(FactsError, match="cơ quan B ghi cấp trên A"):
        directory_file.read({"province": {"code": "X", "name": "X"}, "agencies": [row]})


def _rows(plan: Plan) -> list[tuple[object, ...]]:
    return [
        (
            task.area,
            task.code,
            task.products,
            _assigned(task, AssigneeDuty.LEAD),
            _assigned(task, AssigneeDuty.COORDINATING),
            task.timing_text,
        )
        for task in Task.objects.filter(plan=plan).for_document()
    ]


def _below(clause: Clause) -> str:
    items = clause.children.order_by("order")
    return " ".join(f"{item.label or '-'}:{item.children.count()}" for item in items)


def _assigned(task: Task, duty: AssigneeDuty) -> list[str]:
    rows = Assignee.objects.filter(task=task, duty=duty).order_by("order")
    return [str(assignee) for assignee in rows.select_related("unit", "agency")]
