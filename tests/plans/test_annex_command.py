"""The command that imports an annex, and who may import into what."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from demo import real_plans
from plans.actions.annex import import_tasks
from plans.models import Plan, Task
from plans.timing import parse_timing
from tests.factories import make_plan, make_task, make_user
from tests.plans.annex_files import (
    AREAS_004,
    html,
    sheet_004,
    word,
    xlsx,
)
from tests.plans.annex_reading import (
    HEAD,
    WRONG_TIME,
    fixture,
    flat,
)


@pytest.fixture
def draft(office: Callable[[Agency], User]) -> Plan:
    real_plans.install_directory(settings.BASE_DIR / "fixtures/directory/soc_trang.yaml")
    agency = Agency.objects.get(code="ST-BQLKCN")
    office(agency)
    return make_plan(agency, state="draft")


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    path = tmp_path / "phu_luc.docx"
    path.write_bytes(word(*sheet_004()))
    return path


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_annex", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_checks_and_writes_nothing(draft: Plan, annex: Path) -> None:
    told = run(str(draft.pk), str(annex), "--check")
    assert told.splitlines()[0] == "Đọc được 27 nhiệm vụ."
    assert Task.objects.count() == 0
    assert not AuditEntry.objects.filter(verb="plan.import_annex").exists()


@pytest.mark.django_db
def test_the_command_imports_the_whole_annex(draft: Plan, annex: Path) -> None:
    told = run(draft.key, str(annex), "--by", "vp.st-bqlkcn")
    assert told.splitlines()[-1] == "Đã nhập 27 nhiệm vụ vào Kế hoạch (chưa ghi số)."
    found = [(task.area, task.code) for task in Task.objects.filter(plan=draft).order_by("order")]
    assert found == [(task.area, task.code) for task in flat(fixture("004_st_bqlkcn_2024_cchc"))]
    inner = Task.objects.get(code="2.2")
    assert inner.parent is not None
    assert inner.parent.code == "2"
    assert [str(one) for one in inner.assignees.order_by("duty")] == [
        "Các phòng chuyên môn nghiệp vụ",
        "Văn phòng",
    ]
    assert inner.timing_kind == "ongoing"
    entry = AuditEntry.objects.get(verb="plan.import_annex")
    assert entry.by == User.objects.get(username="vp.st-bqlkcn")
    assert entry.agency == draft.agency
    assert entry.after == {"tasks": 27}


@pytest.mark.django_db
def test_a_faulty_annex_prints_a_table_and_writes_nothing(draft: Plan, tmp_path: Path) -> None:
    area, (first, *_) = AREAS_004[0]
    path = tmp_path / "sai.xlsx"
    wrong = [*first[:4], "Phòng Lạ", WRONG_TIME]
    path.write_bytes(
        xlsx([["Nhóm", "Nhiệm vụ", *HEAD[2:]], [area, *wrong[:1], *wrong[1:3], *wrong[4:]]])
    )
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_annex", draft.key, str(path), "--by", "vp.st-bqlkcn", stdout=out)
    assert str(refusal.value) == "Có 2 lỗi; chưa ghi gì."
    assert refusal.value.returncode == 1
    lines = [[cell.strip() for cell in line.split("|")] for line in out.getvalue().splitlines()]
    assert lines[3] == ["Dòng", "Cột", "Giá trị", "Vấn đề", "Nhận được"]
    assert [line[:4] for line in lines[4:6]] == [
        ["2", "F", WRONG_TIME, parse_timing(WRONG_TIME, 2024).problem],
        ["2", "E", "Phòng Lạ", "Không có đơn vị nào tên như vậy."],
    ]
    assert Task.objects.count() == 0


@pytest.mark.django_db
def test_names_that_nobody_knows_are_answered_once(draft: Plan, tmp_path: Path) -> None:
    path = tmp_path / "la.xlsx"
    lead = "Lãnh đạo Ban và Phòng Tổng hợp"
    path.write_bytes(xlsx([HEAD, [1, "Việc", None, lead, "Sở TC", "Năm 2024"]]))
    answers = ["--unit", "Lãnh đạo Ban=", "--unit", "Phòng Tổng hợp=KHTH", "--unit", "Sở TC=ST-STC"]
    run(draft.key, str(path), *answers, "--by", "vp.st-bqlkcn")
    (task,) = Task.objects.filter(plan=draft)
    assert [str(one) for one in task.assignees.order_by("-duty", "order")] == [
        *("Lãnh đạo Ban", "Phòng KHTH"),
        "Sở Tài chính tỉnh Sóc Trăng",
    ]
    with pytest.raises(CommandError) as refusal:
        run(draft.key, str(path), "--unit", "Sở TC=ABC", "--check")
    assert str(refusal.value) == "Không có đơn vị hay cơ quan nào mang mã “ABC”."


@pytest.mark.django_db
def test_a_table_pasted_into_the_command(draft: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(html(*sheet_004())))
    run(draft.key, "-", "--by", "vp.st-bqlkcn")
    assert Task.objects.filter(plan=draft).count() == 27


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["khong-co", "x"], "Không có kế hoạch nào mang số hoặc khóa “khong-co”."),
        (["KEY", "x.xlsx"], "Không mở được tệp “x.xlsx”."),
        (
            ["KEY", "FILE", "--sheet", "B"],
            "Tệp không có trang nào tên “B”; các trang: “Bảng 1”, “Bảng 2”.",
        ),
        (["KEY", "FILE"], "Hãy ghi --by và tên đăng nhập của người ở Văn phòng nhập phụ lục."),
    ],
)
def test_what_the_command_cannot_do(
    draft: Plan, annex: Path, arguments: list[str], sentence: str
) -> None:
    given = [{"KEY": draft.key, "FILE": str(annex)}.get(one, one) for one in arguments]
    with pytest.raises(CommandError) as refusal:
        run(*given)
    assert str(refusal.value) == sentence


@pytest.mark.django_db
def test_who_may_import_and_into_what(draft: Plan, office: Callable[[Agency], User]) -> None:
    by = office(draft.agency)
    officer = make_user(Role.OFFICER, draft.agency)
    tasks = fixture("004_st_bqlkcn_2024_cchc")
    with pytest.raises(Refused) as refusal:
        import_tasks(plan=draft, tasks=tasks, by=officer)
    assert str(refusal.value) == (
        "Chỉ Văn phòng của Ban Quản lý các khu công nghiệp tỉnh Sóc Trăng "
        "được nhập phụ lục của kế hoạch này."
    )
    issued = make_plan(draft.agency)
    with pytest.raises(Refused) as refusal:
        import_tasks(plan=issued, tasks=tasks, by=by)
    assert str(refusal.value) == "Kế hoạch đã được ban hành, không thể nhập phụ lục vào nữa."
    make_task(draft)
    with pytest.raises(Refused) as refusal:
        import_tasks(plan=draft, tasks=tasks, by=by)
    assert str(refusal.value) == (
        "Kế hoạch đã có nhiệm vụ; chỉ nhập phụ lục vào kế hoạch chưa có nhiệm vụ nào."
    )
