"""Annexes as offices really keep them: what is not of the table is left out with a notice."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.lib.cells import filled
from cchc.lib.clipboard import read_pasted
from cchc.lib.sheet_reader import read_file
from plans.annex_sheet import Reading, read
from plans.annex_sheet.times import is_plain
from plans.quotas import parse_quotas
from plans.timing import TimingKind, parse_timing
from tests.plans.annex_files import Rows, word, xlsx
from tests.plans.annex_reading import HEAD, codes, flat, known, rows, unit

FIRST = [1, "Việc một", None, "Văn phòng", None, "Quý I/2024"]
SECOND = [2, "Việc hai", None, "Thanh tra", None, "Quý II/2024"]
BOTH = [("", "1", "Việc một"), ("", "2", "Việc hai")]
CLOSED = "Bỏ qua dòng này vì đứng sau bảng."
TOTAL = "Bỏ qua dòng cộng, tổng số."


def told(reading: Reading) -> list[tuple[int, str]]:
    return [(notice.row, notice.problem) for notice in reading.notices]


SIGNATURES: dict[str, Rows] = {
    "two blocks": [
        [None, "Nơi nhận:", None, None, "GIÁM ĐỐC", None],
        [None, "- Như trên;\n- Lưu: VT.", None, None, "Nguyễn Văn A", None],
    ],
    "in the column of times": [
        [None, None, None, None, None, "KT. GIÁM ĐỐC"],
        [None, None, None, None, None, "PHÓ GIÁM ĐỐC"],
        [None, None, None, None, None, "Trần Thị B"],
    ],
    "place and day": [
        [None, None, None, None, "Sóc Trăng, ngày 05 tháng 01 năm 2024", None],
        [None, "Người lập biểu", None, None, "TM. BAN BIÊN TẬP", None],
    ],
    "in the column of numbers": [["Nơi nhận:"], ["- Các phòng;"], ["- Lưu: VT, VP."]],
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_signature_right_below_the_table_is_left_out(name: str) -> None:
    reading = rows(FIRST, SECOND, *SIGNATURES[name])
    assert reading.faults == ()
    assert codes(reading) == BOTH
    assert [task.time for task in reading.drafts] == ["Quý I/2024", "Quý II/2024"]
    assert told(reading) == [(4 + at, CLOSED) for at in range(len(SIGNATURES[name]))]


@pytest.mark.parametrize(
    "total",
    [
        [None, "Tổng số: 2 nhiệm vụ"],
        ["Tổng cộng", None, 2],
        ["Tổng cộng: 02 nhiệm vụ"],
        [None, "CỘNG", "2"],
        ["Cộng nhóm I", None, None, None, None, None],
        [None, "Tổng", 2],
    ],
)
def test_a_line_that_counts_is_left_out(total: list[Any]) -> None:
    reading = rows(FIRST, total, SECOND, total)
    assert reading.faults == ()
    assert codes(reading) == BOTH
    assert [task.products for task in reading.drafts] == ["", ""]
    assert told(reading) == [(3, TOTAL), (5, TOTAL)]


def test_a_merged_total_is_no_group() -> None:
    lines = [HEAD, FIRST, ["Tổng số", *[None] * 5], SECOND]
    reading = read([filled("", lines, [(2, 0, 2, 5)])], year=2024, units=known())
    assert codes(reading) == BOTH
    assert told(reading) == [(3, TOTAL)]


def test_tasks_that_begin_like_totals_and_signatures_are_tasks() -> None:
    titles = ["Tổng hợp báo cáo", "Tổng kết công tác năm", "Cộng tác với Báo Sóc Trăng", "Ký kết"]
    lines = [[at, t, None, "Văn phòng", None, "Năm 2024"] for at, t in enumerate(titles, 1)]
    plain = [[None, *line[1:]] for line in lines]
    assert [title for _, _, title in codes(rows(*lines))] == titles
    assert [title for _, _, title in codes(rows(*plain))] == titles
    assert rows(*lines).notices == ()


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (
            date(2024, 3, 1),
            "Excel đã đổi ô này thành ngày 01/03/2024, cũng như khi người nhập ghi “3/2024”: "
            "hãy xác nhận đó là ngày, hay sửa thành “Tháng 3/2024”.",
        ),
        (
            date(2024, 3, 20),
            "Excel đã đổi ô này thành ngày 20/03/2024: hãy xác nhận đúng ngày và tháng.",
        ),
    ],
)
def test_a_time_that_excel_made_a_day_is_to_be_confirmed(day: date, problem: str) -> None:
    content = xlsx([HEAD, [*FIRST[:5], day], [*SECOND[:5], "Tháng 5/2024"]])
    reading = read(read_file(content), year=2024, units=known())
    assert reading.faults == ()
    assert [(one.row, one.column, one.problem) for one in reading.notices] == [(2, "F", problem)]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện một số tin, bài về CCHC đăng trên Cổng TTĐT của tỉnh mỗi quý",
        "Mỗi tháng đăng một vài bài trên Báo Sóc Trăng",
    ],
)
def test_some_is_no_number(text: str) -> None:
    assert parse_quotas(text) == []


_DAYS = st.builds(
    lambda d, m, y: f"{d}/{m:02d}/{y}", *map(st.integers, (1, 1, 2023), (31, 12, 2025))
)
_LINES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["Quý I", "Quý 4", "Tháng 3", "tháng 02"]),
              st.sampled_from(["/2024", " năm 2024", "/2025"])),
    st.builds("Trước ngày {}".format, _DAYS),
    st.builds("Chậm nhất {}".format, _DAYS),
    st.builds("Trước ngày {} và trước ngày {}".format, _DAYS, _DAYS),
    st.builds("Từ ngày {} đến ngày {}".format, _DAYS, _DAYS),
    st.builds("Chậm nhất ngày {} hằng tháng".format, st.integers(1, 31)),
    st.sampled_from(
        ["Thường xuyên", "Năm 2024", "Trong năm 2024", "Hằng quý", "Hoàn thành trong tháng 6/2024",
         "Hoàn thành quý II/2024", "hằng năm", "Hoàn thành trước 30/6/2024."]
    ),
)  # fmt: skip


@given(st.lists(_LINES, min_size=1, max_size=3), st.booleans())
def test_what_needs_no_grammar_is_clear_to_the_grammar(lines: list[str], dashed: bool) -> None:
    text = "\n".join(f"- {line}" for line in lines) if dashed else lines[0]
    timing = parse_timing(text, 2024)
    kinds = {part.kind for part in (timing, *timing.parts)}
    doubtful = {TimingKind.INVALID, TimingKind.VAGUE, TimingKind.PLACEHOLDER}
    assert not (is_plain(text, 2024) and kinds & doubtful)


def test_truth_is_a_word_and_not_the_number_one() -> None:
    lines = [[*FIRST[:2], True, *FIRST[3:]], [*SECOND[:2], 1, *SECOND[3:]]]
    reading = read(read_file(xlsx([HEAD, *lines])), year=2024, units=known())
    assert [(one.code, one.products) for one in reading.drafts] == [("1", "TRUE"), ("2", "1")]


def test_a_title_in_a1_empty_columns_and_hidden_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PHỤ LỤC: NHIỆM VỤ CCHC NĂM 2024 (kèm theo Kế hoạch số 12/KH-STTTT)"])
    sheet.append(["(Đơn vị chủ trì, thời gian thực hiện)"])
    sheet.append([])
    for row in (HEAD, FIRST, SECOND):
        sheet.append([None, *row, None, None, " "])
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["A"].hidden = True
    hidden = book.create_sheet("Nháp")
    hidden.append(HEAD)
    hidden.append([9, *FIRST[1:]])
    hidden.sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    reading = read(read_file(stream.getvalue()), year=2024, units=known())
    assert reading.faults == ()
    assert codes(reading) == BOTH


def test_several_tables_and_a_nested_one_in_word() -> None:
    document = docx.Document(BytesIO(word([HEAD, FIRST])))
    document.add_paragraph("(tiếp theo)")
    second = document.add_table(3, 6)
    for at, row in enumerate((HEAD, SECOND, [3, None, None, "Văn phòng", None, "Năm 2024"])):
        for column, value in enumerate(row):
            second.cell(at, column).text = "" if value is None else str(value)
    inner = second.cell(2, 1).add_table(1, 1)
    inner.cell(0, 0).text = "Việc ba"
    stream = BytesIO()
    document.save(stream)
    reading = read(read_file(stream.getvalue()), year=2024, units=known())
    assert reading.faults == ()
    assert codes(reading) == [*BOTH, ("", "3", "Việc ba")]


def test_four_levels_with_page_numbers_and_repeated_headings() -> None:
    reading = rows(
        [4, "Việc lớn:"],
        ["4.1", "Mỗi quý một bài", None, None, None, None],
        ["a)", "Quý 1", None, "Văn phòng", None, "Trước ngày 20/3/2024"],
        [None, None, "Trang 2/5"],
        HEAD,
        ["b)", "Quý 2", None, "Thanh tra", None, "Trước ngày 20/6/2024"],
        ["4.2", "Việc khác", "1.200 tờ rơi", "Văn phòng", None, "Năm 2024"],
    )
    assert reading.faults == ()
    (root,) = reading.drafts
    found = [(task.code, len(task.rows)) for task in flat((root,))]
    assert found == [("4", 2), ("4.1", 2), ("4.1.a", 0), ("4.1.b", 0), ("4.2", 0)]
    assert next(task.products for task in flat((root,)) if task.code == "4.2") == "1.200 tờ rơi"


WORD = """<html xmlns:o="urn:schemas-microsoft-com"><head><style><!-- p { } --></style>
<!--[if gte mso 9]><xml><o:p>x</o:p></xml><![endif]--></head><body><!--StartFragment-->
<table class=MsoTableGrid border=1><thead><tr>{head}</tr></thead>
<tr><td><p class=MsoNormal>1<o:p></o:p></p></td><td><p class=MsoNormal><span lang=VI>Việc
một</span><o:p>&nbsp;</o:p></p></td><td></td><td><p><![if !supportLists]><span>-<span>&nbsp;
</span></span><![endif]>Văn phòng</p></td><td></td><td>Quý I/2024</td></tr></table></body></html>"""
GOOGLE = """<meta charset='utf-8'><google-sheets-html-origin><style>td {}</style><table
xmlns="http://www.w3.org/1999/xhtml" data-sheets-root="1"><colgroup><col width="40"/></colgroup>
<tbody><tr>{head}</tr><tr><td data-sheets-value='{"1":3,"3":1}'>1</td><td>Việc một</td><td></td>
<td>Văn phòng</td><td></td><td>Quý I/2024</td></tr></tbody></table>"""
LIBRE = """<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.4"/></head>
<body><table cellspacing="0" border="0"><colgroup width="85"></colgroup><tr>{head}</tr>
<tr><td height="17" align="right" sdval="1" sdnum="1066;">1</td><td><font face="Arial">Việc
một</font></td><td><br></td><td>Văn phòng</td><td><br></td><td>Quý I/2024</td></tr></table>"""


@pytest.mark.parametrize("shape", [WORD, GOOGLE, LIBRE])
def test_clipboards_of_word_google_and_libreoffice(shape: str) -> None:
    head = "".join(f"<td><b>{title}</b></td>" for title in HEAD)
    reading = read(read_pasted(shape.replace("{head}", head)), year=2024, units=known())
    assert reading.faults == ()
    (task,) = reading.drafts
    assert (task.code, task.title) == ("1", "Việc một")
    assert (task.lead, task.time) == ((unit("VP"),), "Quý I/2024")
