"""Plans as they come out of the browser: blank, very long, unfinished, drafts and amendments."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

from cchc.lib import pdf
from cchc.lib.tables import Table
from cchc.lib.word.widths import balanced
from plans.models import Plan, Task
from reporting import word_rendering
from reporting.letterhead import BLANK, Document, Style
from reporting.rendering import render
from reporting.reports.plan import Facts, annex, document, gather
from reporting.reports.plan.narrative import Passage, duty
from tests.factories import make_agency, make_plan, make_task
from tests.reporting.pages import line_of, rules_below

SENTENCE = "Nâng cao nhận thức về cải cách hành chính của công chức, viên chức. "
ON = date(2024, 3, 1)
NOBODY = annex.Assigned((), ())
RED = (0xB0 / 255, 0, 0x20 / 255)


def facts(**changes) -> Facts:
    said = {
        "parent_agency": "UBND tỉnh Sóc Trăng", "agency": "Sở Nội vụ", "number": "5",
        "symbol": "KH-SNV", "place": "Sóc Trăng", "signed_on": date(2024, 2, 5),
        "signed_precision": "day", "draft": False, "amending": False, "title": "Tuyên truyền",
        "bases": (), "opening": "Sở Nội vụ xây dựng kế hoạch.", "passages": (), "authority": (),
        "position": "Giám đốc", "signer": "Lê Văn A", "recipients": ("Lưu: VT.",), "annex": None,
        "printed_on": ON,
    }  # fmt: skip
    return Facts(**{**said, **changes})


def table(*tasks: dict, draft: bool = False) -> Table:
    return annex.table("Phân công", [(Task(**task), NOBODY) for task in tasks], draft=draft)


def pages_of(of: Document):
    return pdfplumber.open(io.BytesIO(pdf.render(render(of)).content)).pages


def word_of(of: Document, tmp_path):
    word_rendering.write(of, tmp_path / "plan.docx")
    return docx.Document(tmp_path / "plan.docx")


def rows(of: Table) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for row in of.rows]


def words_in(page, color: Iterable[float]) -> str:
    wanted = pytest.approx(tuple(color), abs=0.01)
    return page.filter(
        lambda shape: shape["object_type"] == "char" and shape["non_stroking_color"] == wanted
    ).extract_text()


@pytest.mark.parametrize(
    ("text", "size", "room", "lines"),
    [
        ("SỞ NỘI VỤ", 13, 62, ["SỞ NỘI VỤ"]),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", 13, 62, ["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]),
        ("BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP", 13, 62, ["BAN QUẢN LÝ", "CÁC KHU CÔNG NGHIỆP"]),
        (
            "Tuyên truyền cải cách hành chính năm 2024 tại Sở Thông tin và Truyền thông tỉnh "
            "Sóc Trăng", 14, 136,
            ["Tuyên truyền cải cách hành chính năm 2024",
             "tại Sở Thông tin và Truyền thông tỉnh Sóc Trăng"],
        ),
        ("", 13, 62, [""]),
        ("X" * 80, 13, 62, ["X" * 80]),
    ],
)  # fmt: skip
def test_long_names_break_where_a_clerk_breaks_them(text, size, room, lines):
    assert balanced(text, size, room).split("\n") == lines


def test_only_the_first_two_levels_of_headings_are_bold(tmp_path):
    fifth = Passage("*", "", "Mức năm\nhai dòng")
    fourth = Passage("+", "Mức bốn", "", (fifth,))
    third = Passage("a)", "Mức ba", "", (fourth,))
    first = Passage("I", "MỨC MỘT", "", (Passage("1", "Mức hai", "", (third,)),))
    of = document(facts(passages=(first,), opening=""))
    assert [(block.text, block.style) for block in of.blocks] == [
        ("I. MỨC MỘT", Style.HEADING1), ("1. Mức hai", Style.HEADING2),
        ("a) Mức ba", Style.HEADING3), ("+ Mức bốn", Style.HEADING3),
        ("* Mức năm", Style.ITEM), ("hai dòng./.", Style.ITEM),
    ]  # fmt: skip
    [page] = pages_of(of)
    assert line_of(page, "1. Mức hai").font == "Tinos-Bold"
    assert line_of(page, "a) Mức ba").font == line_of(page, "+ Mức bốn").font == "Tinos"
    styles = {p.text: p.style for p in word_of(of, tmp_path).paragraphs}
    assert (styles["a) Mức ba"].name, styles["a) Mức ba"].font.bold) == ("Điểm có tên", False)
    assert styles["a) Mức ba"].paragraph_format.keep_with_next


def test_an_empty_plan_is_a_form_to_be_filled_by_hand(tmp_path):
    blank = dict.fromkeys(
        ("parent_agency", "agency", "number", "symbol", "place", "title", "opening", "position",
         "signer"), "",
    )  # fmt: skip
    of = document(facts(**blank, signed_on=None, recipients=()))
    assert of.blocks == ()
    assert of.letterhead.number_text == f"Số: {BLANK}/KH-{BLANK}"
    assert of.letterhead.place_date == f"{BLANK}, ngày {BLANK} tháng {BLANK} năm {BLANK}"
    [page] = pages_of(of)
    assert len(rules_below(page, line_of(page, "Hạnh phúc"))) == 0
    assert len([shape for shape in page.rects if shape["height"] < 2]) == 1
    borders = word_of(of, tmp_path).element.body.iter(qn("w:pBdr"))
    assert len(list(borders)) == 1


def test_a_number_that_is_none_stays_as_it_was_typed():
    assert document(facts(number="5²")).letterhead.number_text == "Số: 5²/KH-SNV"
    assert document(facts(number="²")).letterhead.number_text == "Số: ²/KH-SNV"


def test_the_annex_shows_numbers_as_the_document_has_them():
    codes = ["4", "4.1", "4.1.a", "4.1.đ", "4.1-2", "II", "A", "a", "", "2.10"]
    shown = [row[0] for row in rows(table(*({"code": code, "title": "x"} for code in codes)))]
    assert shown == ["4", "4.1", "a", "đ", "", "II", "A", "a", "", "2.10"]


def test_products_and_times_stand_side_by_side():
    long = "- Kế hoạch kiểm tra doanh nghiệp trong khu công nghiệp"
    of = table(
        {"products": f"{long}\n- Báo cáo", "timing_text": "- Quý I/2024\n- Quý II/2024"},
        {"products": "- Kế hoạch\n- Báo cáo", "timing_text": "Trong năm 2024"},
    )
    assert [(row[2], row[-1]) for row in rows(of)] == [
        (f"{long}\n- Báo cáo", "- Quý I/2024\n\n\n\n- Quý II/2024"),
        ("- Kế hoạch\n- Báo cáo", "Trong năm 2024"),
    ]
    page = pages_of(document(facts(annex=of)))[1]
    assert line_of(page, "- Báo cáo").top == pytest.approx(line_of(page, "- Quý II/").top, abs=1)
    assert line_of(page, "- Kế hoạch kiểm").top == pytest.approx(
        line_of(page, "- Quý I/").top, abs=1
    )


def test_a_draft_has_its_reasons_in_red_and_the_issued_plan_leaves_them_out(tmp_path):
    tasks = ({"code": "10", "title": SENTENCE, "products": "Báo cáo", "timing_text": "Quý I/2024",
              "explanation": "Năm trước làm chậm"}, {"code": "11", "title": "Khác"})  # fmt: skip
    draft = document(facts(draft=True, annex=table(*tasks, draft=True)))
    page = pages_of(draft)[1]
    [head, first, second] = page.extract_table()
    assert head[0] == "STT"
    assert " ".join(head[-1].split()) == "Giải trình (không phát hành)"
    assert (" ".join(first[-1].split()), second[-1]) == ("Năm trước làm chậm", "")
    assert " ".join(words_in(page, RED).split()) == "Năm trước làm chậm"
    written = word_of(draft, tmp_path).tables[-1]
    reason = written.rows[1].cells[-1].paragraphs[0].runs[0]
    assert (reason.text, str(reason.font.color.rgb)) == ("Năm trước làm chậm", "B00020")
    issued = document(facts(annex=table(*tasks)))
    assert "làm chậm" not in pages_of(issued)[1].extract_text()
    assert "làm chậm" not in word_of(issued, tmp_path).element.xml
    without = table({"code": "1", "title": "Khác"}, draft=True)
    assert [column.key for column in without.columns][-1] == "timing"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "amends", "mark"),
    [
        ("draft", False, "DỰ THẢO"),
        ("submitted", False, "DỰ THẢO"),
        ("draft", True, "DỰ THẢO (sửa đổi)"),
        ("submitted", True, "DỰ THẢO (sửa đổi)"),
        ("issued", False, ""),
        ("closed", False, ""),
    ],
)
def test_what_is_not_in_force_is_marked(state, amends, mark, tmp_path):
    agency = make_agency()
    of = make_plan(agency, state="draft", amends=make_plan(agency) if amends else None)
    make_task(of, explanation="Nội bộ")
    of.state = state
    said = document(gather(of, ON))
    assert said.letterhead.mark == mark
    keys = [column.key for column in said.annexes[0].table.columns]
    assert ("explanation" in keys) is bool(mark)
    shown = pages_of(said)[0].extract_text().startswith(mark or said.letterhead.agency.upper())
    assert shown
    assert (word_of(said, tmp_path).tables[0].cell(0, 0).text == mark) is bool(mark)


@pytest.mark.django_db
def test_what_an_amendment_removed_is_not_printed():
    of = make_plan(make_agency())
    make_task(of, title="Còn hiệu lực")
    make_task(of, title="Đã bỏ", removed_in=2)
    [only] = document(gather(Plan.objects.get(pk=of.pk), ON)).annexes[0].table.rows
    assert only.cells[1].value == "Còn hiệu lực"


def test_a_row_longer_than_a_page_breaks_below_a_repeated_head_and_no_other_does():
    of = table(
        {"code": "1", "title": "Đầu"},
        {"code": "2", "title": SENTENCE * 40, "timing_text": "Quý I"},
        *({"code": str(n), "title": f"Bắt đầu {n} {SENTENCE * 4} Kết thúc {n}"} for n in range(9)),
    )
    wide = pages_of(document(facts(annex=of)))[1:]
    assert [page.extract_table()[0][0] for page in wide] == ["STT"] * len(wide)
    assert "Nâng cao" in wide[0].extract_text()
    for n in range(9):
        [at] = [page for page in wide if f"Bắt đầu {n}" in page.extract_text()]
        assert f"Kết thúc {n}" in at.extract_text().replace("\n", " ")


def test_a_group_in_the_middle_of_a_sentence_is_written_small():
    said = duty(Task(title="Đưa tin"), annex.Assigned((), ("Sở Nội vụ", "Các ngành liên quan")))
    assert said.text == "Đưa tin (phối hợp: Sở Nội vụ, các ngành liên quan)."


def test_a_reference_is_not_broken_over_two_lines_and_text_stays_text():
    words = "<b>thực hiện</b> Chỉ thị số 05/CT-UBND, Quyết định số 01/2018/QĐ-UBND và tiếp tục "
    [page] = pages_of(document(facts(opening=words * 12)))
    lines = page.extract_text().split("\n")
    for reference in ("05/CT-UBND", "01/2018/QĐ-UBND"):
        assert sum(line.count(reference) for line in lines) == 12
    assert sum(line.count("</b>") for line in lines) == 12
