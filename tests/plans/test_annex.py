"""Annexes as real files: what is read, what is a fault, and what the command prints and writes."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib.cells import Grid, filled
from cchc.lib.clipboard import read_pasted
from cchc.lib.decisions import Refused
from cchc.lib.sheet_reader import read_file
from demo import real_plans
from plans import plan_file
from plans.actions.annex import import_tasks
from plans.annex_sheet import Fault, KnownName, Limits, Proposal, Reading, UnknownUnit, read
from plans.models import Plan, Task
from plans.plan_file import AssigneeFacts, TaskFacts
from plans.quotas import QuotaProposal
from plans.timing import parse_timing
from tests.factories import make_plan, make_task, make_user
from tests.plans.annex_files import (
    AREAS_004,
    HEAD_001,
    ROWS_001,
    Rows,
    html,
    sheet_001,
    sheet_004,
    word,
    xlsx,
)

DIRECTORY = yaml.safe_load((settings.BASE_DIR / "fixtures/directory/soc_trang.yaml").read_text())
HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"]

WRONG_TIME = "trước ngày 31/02/2024"


def known(code: str = "ST-STTTT") -> list[KnownName]:
    agencies = DIRECTORY["agencies"]
    own = next(agency for agency in agencies if agency["code"] == code)
    return [
        *(KnownName(u["code"], (u["name"], *u.get("aliases", []))) for u in own["units"]),
        *(
            KnownName(a["code"], (a["names"][0]["name"], a["names"][0]["short_name"]), True)
            for a in agencies
        ),
    ]


def fixture(name: str) -> tuple[TaskFacts, ...]:
    text = (settings.BASE_DIR / f"fixtures/plans/{name}.yaml").read_text()
    return plan_file.read(yaml.safe_load(text)).tasks


def flat(tasks: Iterable[TaskFacts]) -> Iterator[TaskFacts]:
    for task in tasks:
        yield task
        yield from flat(task.rows)


def compared(tasks: Iterable[TaskFacts]) -> list[tuple[Any, ...]]:
    """Everything but the titles, which the fixtures shorten, and the confirmed quotas."""
    return [
        (t.area, t.code, t.conditional, t.products, t.time, t.lead, t.coordinating, len(t.rows))
        for t in flat(tasks)
    ]


def rows(*lines: list[Any], head: list[Any] | None = None) -> Reading:
    grid = filled("Trang 1", [head or HEAD, *lines], [])
    return read([grid], year=2024, units=known())


def codes(reading: Reading) -> list[tuple[str, str, str]]:
    return [(task.area, task.code, task.title) for task in flat(reading.drafts)]


def unit(code: str, qualifier: str = "") -> AssigneeFacts:
    return AssigneeFacts(code, "", "", qualifier)


def group(name: str) -> AssigneeFacts:
    return AssigneeFacts("", "", name, "")


def _from_xlsx(sheet: Any) -> list[Grid]:
    return read_file(xlsx(*sheet))


def _from_word(sheet: Any) -> list[Grid]:
    return read_file(word(*sheet))


def _from_clipboard(sheet: Any) -> list[Grid]:
    return read_pasted(html(*sheet))


WAYS = pytest.mark.parametrize("way", [_from_xlsx, _from_word, _from_clipboard])


@WAYS
def test_the_annex_of_001_is_read_as_its_fixture_says(way: Callable[[Any], list[Grid]]) -> None:
    reading = read(way(sheet_001()), year=2024, units=known())
    assert reading.faults == ()
    assert compared(reading.drafts) == compared(fixture("001_st_stttt_2024"))
    assert [task.title for task in flat(reading.drafts)][4:] == [
        "Mỗi quý có ít nhất 01 tin, bài viết, phóng sự gửi và được duyệt đăng Chuyên trang CCHC; "
        "01 tin, bài viết, phóng sự gửi và được duyệt đăng Cổng TTĐT của tỉnh (trên kênh Zalo) "
        "nội dung liên quan đến công tác CCHC",
        *("Quý 1", "Quý 2", "Quý 3", "Quý 4"),
        "Mỗi tháng có ít nhất 01 tin, bài viết được duyệt và đăng trên Cổng TTĐT của Sở",
    ]


@WAYS
def test_the_annex_of_004_is_read_as_its_fixture_says(way: Callable[[Any], list[Grid]]) -> None:
    reading = read(way(sheet_004()), year=2024, units=known("ST-BQLKCN"))
    assert reading.faults == ()
    assert reading.notices == ()
    assert compared(reading.drafts) == compared(fixture("004_st_bqlkcn_2024_cchc"))
    titles = {(task.area, task.code): task.title for task in flat(reading.drafts)}
    assert len(titles) == 27
    assert titles["Cải cách thủ tục hành chính", "2"] == "Công bố, công khai TTHC"
    assert titles["Cải cách thủ tục hành chính", "2.1"] == "Thông báo quyết định của UBND tỉnh"
    assert titles["Cải cách tổ chức bộ máy", "2"] == (
        "Sử dụng biên chế hành chính không vượt so với số lượng được cấp có thẩm quyền giao. "
        "Thực hiện đúng cơ cấu, số lượng lãnh đạo"
    )


def test_quotas_are_proposed_and_not_written() -> None:
    reading = read([filled("", sheet_001()[0], [])], year=2024, units=known())
    assert [one for one in reading.proposals if one.code == "4.2"] == [
        Proposal(
            row=16,
            code="4.2",
            quota=QuotaProposal(
                op=">=",
                count=1,
                low=None,
                high=None,
                per="month",
                unit="tin, bài viết",
                channel="Cổng TTĐT Sở",
                counts_when="approved_published",
            ),
        )
    ]
    assert {task.quotas for task in flat(reading.drafts)} == {()}


def test_a_page_number_between_rows_is_left_out_and_said() -> None:
    reading = read([filled("", sheet_001()[0], [])], year=2024, units=known())
    assert reading.notices == (Fault(6, "", "3", "Bỏ qua dòng chỉ có một con số (số trang).", ""),)


def test_decomposed_text_is_composed() -> None:
    told, spans = sheet_004()
    apart = [
        [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row]
        for row in told
    ]
    units = known("ST-BQLKCN")
    assert read(read_file(xlsx(apart, spans)), year=2024, units=units) == read(
        read_file(xlsx(told, spans)), year=2024, units=units
    )


LEGACY = {
    "TCVN3 (ABC)": [
        ["TT", "NhiÖm vô", "S¶n phÈm", "§¬n vÞ chñ tr×", "§¬n vÞ phèi hîp", "Thêi gian"],
        [1, "X©y dùng kÕ ho¹ch tuyªn truyÒn", "KÕ ho¹ch", "V¨n phßng", "Thanh tra", "Quý I/2024"],
    ],
    "VNI": [
        ["TT", "Nhieäm vuï", "Saûn phaåm", "Ñôn vò chuû trì", "Ñôn vò phoái hôïp", "Thôøi gian"],
        [
            *(1, "Xaây döïng keá hoaïch tuyeân truyeàn", "Keá hoaïch", "Vaên phoøng", "Thanh tra"),
            "Quyù I/2024",
        ],
    ],
}


@pytest.mark.parametrize("encoding", LEGACY)
def test_text_of_old_fonts_is_converted_and_said(encoding: str) -> None:
    reading = read(read_file(xlsx(LEGACY[encoding])), year=2024, units=known())
    assert reading.encoding == encoding
    assert reading.faults == ()
    assert reading.drafts == (
        TaskFacts(
            area="",
            code="1",
            title="Xây dựng kế hoạch tuyên truyền",
            conditional=False,
            products="Kế hoạch",
            time="Quý I/2024",
            lead=(unit("VP"),),
            coordinating=(unit("TTRA"),),
            quotas=(),
            rows=(),
        ),
    )


def test_columns_stand_in_any_order_under_two_lines() -> None:
    grid = filled(
        "Trang 1",
        [
            [
                "Thời hạn hoàn thành",
                "Đơn vị thực hiện",
                None,
                "Nội dung công việc",
                "TT",
                "Kinh phí",
            ],
            [None, "Phối hợp", "Chủ trì", None, None, None],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["Quý I/2024", "Thanh tra", "Văn phòng", "Ban hành kế hoạch", 1, "5 triệu"],
        ],
        [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (0, 4, 1, 4), (0, 5, 1, 5)],
    )
    reading = read([grid], year=2024, units=known())
    assert reading.faults == ()
    assert compared(reading.drafts) == [
        ("", "1", False, "", "Quý I/2024", (unit("VP"),), (unit("TTRA"),), 0)
    ]
    assert reading.notices == (Fault(1, "F", "Kinh phí", "Không nhập cột này (1 ô có chữ).", ""),)


def test_a_column_of_areas_and_tasks_in_one_is_the_tasks() -> None:
    head = ["TT", "Lĩnh vực, nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"]
    reading = rows([1, "Việc", "Văn phòng", "Năm 2024"], head=head)
    assert reading.faults == ()
    assert codes(reading) == [("", "1", "Việc")]


def test_group_rows_name_the_areas() -> None:
    reading = rows(
        ["I", "CẢI CÁCH THỂ CHẾ"],
        [1, "Việc một", None, "Văn phòng", None, "Quý I/2024"],
        [2, "Việc hai", None, "Văn phòng", None, "Quý II/2024"],
        ["II", "CẢI CÁCH THỦ TỤC"],
        [1, "Việc ba", None, "Văn phòng", None, "Quý I/2024"],
        ["1.1", "Việc con", None, "Thanh tra", None, "Quý I/2024"],
    )
    assert reading.faults == ()
    assert codes(reading) == [
        ("CẢI CÁCH THỂ CHẾ", "1", "Việc một"),
        ("CẢI CÁCH THỂ CHẾ", "2", "Việc hai"),
        ("CẢI CÁCH THỦ TỤC", "1", "Việc ba"),
        ("CẢI CÁCH THỦ TỤC", "1.1", "Việc con"),
    ]
    assert [task.code for task in reading.drafts] == ["1", "2", "1"]


def test_a_merged_group_row_and_a_row_without_a_number() -> None:
    grid = filled(
        "",
        [
            HEAD,
            ["Cải cách thể chế", *[None] * 5],
            [1, "Việc một", "Kế hoạch", "Văn phòng", None, "Quý I/2024"],
            [None, "Việc thêm", "Báo cáo", "Thanh tra", None, "Quý II/2024"],
        ],
        [(1, 0, 1, 5)],
    )
    reading = read([grid], year=2024, units=known())
    assert codes(reading) == [
        ("Cải cách thể chế", "1", "Việc một"),
        ("Cải cách thể chế", "1-2", "Việc thêm"),
    ]


def test_what_stands_below_the_table_is_left_out_and_said() -> None:
    reading = rows(
        ["1,1", "việc một", None, "Văn phòng", None, "Quý I/2024"],
        ["-", "việc hai", None, "Thanh tra", None, "Quý II/2024"],
        [],
        [None, None, None, None, "Người lập biểu", None],
        [None, "Nơi nhận:", None, None, None, None],
    )
    assert reading.faults == ()
    assert codes(reading) == [("", "1.1", "việc một"), ("", "1.1-2", "việc hai")]
    assert reading.notices == (
        Fault(5, "", "Người lập biểu", "Bỏ qua dòng này vì đứng sau bảng.", ""),
        Fault(6, "", "Nơi nhận:", "Bỏ qua dòng này vì đứng sau bảng.", ""),
    )


def test_tenths_and_thousands() -> None:
    reading = rows(
        [4, "Việc", None, "Văn phòng", None, "Năm 2024"],
        [4.1, "Đầu", "1.200 tờ rơi", "Văn phòng", None, "Năm 2024"],
        [4.9, "Chín", 1200, "Văn phòng", None, "Năm 2024"],
        [4.1, "Mười", None, "Văn phòng", None, date(2024, 3, 20)],
    )
    assert reading.faults == ()
    told = [(task.code, task.products, task.time) for task in flat(reading.drafts)]
    assert told == [
        ("4", "", "Năm 2024"),
        ("4.1", "1.200 tờ rơi", "Năm 2024"),
        ("4.9", "1200", "Năm 2024"),
        ("4.10", "", "20/03/2024"),
    ]


def test_a_title_merged_over_rows_gathers_their_units_and_times() -> None:
    grid = filled(
        "",
        [
            HEAD,
            [1, "Mỗi quý một bài", None, "Văn phòng", None, "Quý I/2024"],
            [None, None, None, "Thanh tra", None, "Quý II/2024"],
        ],
        [(1, 0, 2, 0), (1, 1, 2, 1)],
    )
    (task,) = read([grid], year=2024, units=known()).drafts
    assert task.lead == (unit("VP"), unit("TTRA"))
    assert task.time == "- Quý I/2024\n- Quý II/2024"


UNITS = {
    (
        "Văn phòng, phòng QL Quy hoạch, XD và môi trường và "
        "Trung tâm Hạ tầng và Dịch vụ KCN Sóc Trăng"
    ): [unit("VP"), unit("QLQHXDMT"), unit("TTHTDV")],
    "Các phòng chuyên môn, nghiệp vụ": [group("Các phòng chuyên môn, nghiệp vụ")],
    "Các phòng chuyên môn nghiệp vụ và Trung tâm HT&DV KCN": [
        group("Các phòng chuyên môn nghiệp vụ"),
        unit("TTHTDV"),
    ],
    "Văn phòng (kế toán); KHTH": [unit("VP", "kế toán"), unit("KHTH")],
    "Văn phòng\nPhòng KHTH": [unit("VP"), unit("KHTH")],
    "VĂN PHÒNG & P. KHTH.": [unit("VP"), unit("KHTH")],
    "- Quý I: Văn phòng\n- Phòng KHTH: Quý II": [unit("VP", "Quý I"), unit("KHTH", "Quý II")],
    "Sở Nội vụ và Văn phòng": [AssigneeFacts("", "ST-SNV", "", ""), unit("VP")],
    "Văn phòng UBND tỉnh": [AssigneeFacts("", "ST-VPUBND", "", "")],
    "UBND các huyện, thị xã, thành phố": [group("UBND các huyện, thị xã, thành phố")],
}


@pytest.mark.parametrize("cell", UNITS)
def test_units_of_a_cell(cell: str) -> None:
    grid = filled("", [HEAD, [1, "Việc", None, cell, None, "Năm 2024"]], [])
    reading = read([grid], year=2024, units=known("ST-BQLKCN"))
    assert reading.faults == ()
    assert list(reading.drafts[0].lead) == UNITS[cell]


def test_an_unknown_unit_is_asked_once_for_the_file() -> None:
    reading = rows(
        [1, "Việc một", None, "Phòng Chuyển đổi", None, "Năm 2024"],
        [2, "Việc hai", None, "Văn phòng và Phòng Chuyển đổi", "Ban Kinh tế", "Năm 2024"],
    )
    assert reading.unknown_units == (
        UnknownUnit("Phòng Chuyển đổi", "D", (2, 3)),
        UnknownUnit("Ban Kinh tế", "E", (3,)),
    )
    assert [fault.problem for fault in reading.faults] == [
        "Không có đơn vị nào tên như vậy (còn ở 1 dòng khác).",
        "Không có đơn vị nào tên như vậy.",
    ]
    assert reading.faults[0].accepted.split("; ")[0] == "Phòng Chuyển đổi số"


def test_every_fault_of_the_file_at_once() -> None:
    reading = rows(
        [1, "Việc một", None, "Văn phòng", None, WRONG_TIME],
        [1, "Việc hai", None, "Văn phòng", None, "Năm 2024"],
        [date(2024, 1, 2), "Việc ba", None, "Văn phòng", None, "Năm 2024"],
        [3, "x" * 401, None, "Văn phòng", None, "cuối năm 2024"],
        [4, None, None, "Phòng Lạ", None, "#REF!"],
    )
    told = [(one.row, one.column, one.value[:12], one.problem) for one in reading.faults]
    assert told == [
        (2, "F", WRONG_TIME[:12], parse_timing(WRONG_TIME, 2024).problem),
        (3, "A", "1", "Số thứ tự 1 đã có ở dòng 2."),
        (4, "A", "02/01/2024", "Excel đã đổi số thứ tự thành ngày."),
        (5, "B", "xxxxxxxxxxxx", "Dài 401 ký tự; chỉ ghi được 400 ký tự."),
        (6, "F", "#REF!", "Ô là công thức bị lỗi."),
        (6, "B", "", "Chưa ghi nội dung nhiệm vụ."),
        (6, "D", "Phòng Lạ", "Không có đơn vị nào tên như vậy."),
    ]
    assert [fault for fault in reading.faults if not fault.accepted] == []
    assert (5, "F") in [(one.row, one.column) for one in reading.notices]


def test_limits_come_from_who_asks() -> None:
    grid = filled("", [HEAD, [1, "x" * 401, None, "Văn phòng", None, "Năm 2024"]], [])
    assert read([grid], year=2024, units=known(), limits=Limits(title=None)).faults == ()


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ([["Họ và tên", "Chức vụ"], ["A", "B"]], "Không tìm thấy bảng phụ lục"),
        ([HEAD], "Dưới dòng tiêu đề không có nhiệm vụ nào."),
        ([HEAD[:4], [1, "Việc", "", "Văn phòng"]], "Không tìm thấy cột “Thời gian thực hiện”."),
    ],
)
def test_a_file_that_is_no_annex(told: Rows, problem: str) -> None:
    (fault,) = read([filled("", told, [])], year=2024, units=known()).faults
    assert fault.problem.startswith(problem)
    assert fault.accepted


def test_automatic_numbers_and_bullets_of_word_are_read() -> None:
    document = docx.Document()
    table = document.add_table(2, 5)
    for at, title in enumerate(HEAD_001):
        table.cell(0, at).text = title
    table.cell(1, 0).paragraphs[0].style = "List Number"
    table.cell(1, 1).text = "Việc"
    table.cell(1, 2).text = "Văn phòng"
    first = table.cell(1, 4).paragraphs[0]
    first.text = "Quý I/2024"
    first.style = "List Bullet"
    table.cell(1, 4).add_paragraph("Quý III/2024", style="List Bullet")
    stream = BytesIO()
    document.save(stream)
    (task,) = read(read_file(stream.getvalue()), year=2024, units=known()).drafts
    assert (task.code, task.time) == ("1", "- Quý I/2024\n- Quý III/2024")


def test_plain_text_from_the_clipboard() -> None:
    text = "\t".join(HEAD) + '\n1\tViệc\t"- Kế hoạch\n- Báo cáo"\tVăn phòng\t\tNăm 2024\n'
    (task,) = read(read_pasted(text), year=2024, units=known()).drafts
    assert (task.code, task.products, task.lead) == (
        *("1", "- Kế hoạch\n- Báo cáo"),
        (unit("VP"),),
    )


def test_twenty_thousand_rows() -> None:
    many = [[number, *ROWS_001[1][1:2], "Kế hoạch", *ROWS_001[1][2:]] for number in range(1, 501)]
    told: Rows = [HEAD]
    for at in range(40):
        told += [[chr(65 + at % 2) * 1, f"Nhóm {at}"], *many]
    reading = read(read_file(xlsx(told)), year=2024, units=known())
    assert reading.faults == ()
    assert len(reading.drafts) == 20_000
    assert reading.drafts[-1].area == "Nhóm 39"


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
