"""The five real plans as PDF and as DOCX opened by LibreOffice, measured against the decree.

Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reporting.letterhead import MOTTO, NATION, NO_BREAK, Style
from reporting.rendering import lettered
from tests.reporting.conftest import Printed
from tests.reporting.official_plans import DECREE, JUSTIFY, WANTED, Wanted
from tests.reporting.pages import MM, line_of, numbers, rules_below

pytestmark = [pytest.mark.core, pytest.mark.django_db]

ANNEXED = [key for key, wanted in WANTED.items() if wanted.annex_pages]
files = pytest.mark.parametrize("file", ["pdf", "word"])


def paragraphs(printed: Printed, style: Style) -> list[str]:
    return [b.text for b in printed.document.blocks if getattr(b, "style", None) is style]


@pytest.mark.parametrize("key", WANTED)
def test_the_document_says_what_the_plan_says(printed, key):
    wanted, document = WANTED[key], printed[key].document
    head, signature = document.letterhead, document.signature
    assert (head.parent_agency.upper(), head.agency.upper()) == (wanted.parent, wanted.agency)
    assert (head.number_text, head.place_date) == (wanted.number, wanted.dated)
    assert (head.kind.upper(), head.subject, head.mark) == ("KẾ HOẠCH", wanted.subject, "")
    assert tuple(paragraphs(printed[key], Style.BASIS)) == wanted.bases
    assert paragraphs(printed[key], Style.BODY)[0] == wanted.opening
    assert tuple(paragraphs(printed[key], Style.HEADING1)) == wanted.headings
    assert document.blocks[-1].text.endswith("./.")
    assert (signature.authority, signature.position) == (wanted.authority, wanted.position)
    assert (signature.name, document.recipients) == (wanted.signer, wanted.recipients)


def components(wanted: Wanted) -> Iterator[tuple[int, str, tuple[int, int], str]]:
    """Page, beginning of a component's text, its range in points, its face."""
    yield 0, "CỘNG HÒA XÃ HỘI", (12, 13), "Tinos-Bold"
    yield 0, MOTTO, (13, 14), "Tinos-Bold"
    if wanted.parent:
        yield 0, wanted.parent, (12, 13), "Tinos"
    yield 0, wanted.agency[:12], (12, 13), "Tinos-Bold"
    yield 0, "Số:", (13, 13), "Tinos"
    yield 0, wanted.dated[:12], (13, 14), "Tinos-Italic"
    yield 0, "KẾ HOẠCH", (13, 14), "Tinos-Bold"
    yield 0, wanted.subject[:36], (13, 14), "Tinos-Bold"
    for basis in wanted.bases:
        yield 0, basis[:36], (13, 14), "Tinos-Italic"
    yield 0, wanted.opening[:30], (13, 14), "Tinos"
    yield 0, wanted.headings[0], (13, 14), "Tinos-Bold"
    for line in (*wanted.authority, wanted.position):
        yield -1, line, (13, 14), "Tinos-Bold"
    if wanted.signer:
        yield -1, wanted.signer, (13, 14), "Tinos-Bold"
    yield -1, "Nơi nhận:", (12, 12), "Tinos-Bold-Italic"
    for line in wanted.recipients:
        yield -1, line, (11, 11), "Tinos"


@files
@pytest.mark.parametrize("key", WANTED)
def test_sizes_and_faces(printed, key, file):
    body = printed[key].laid(file).body
    for index, text, (least, most), face in components(WANTED[key]):
        place = line_of(body[index], text)
        assert least <= place.size <= most, text
        assert place.font == face, text


@files
@pytest.mark.parametrize("key", WANTED)
def test_paper_margins_and_page_numbers(printed, key, file):
    one, wanted = printed[key].laid(file), WANTED[key]
    assert (len(one.pages), len(one.annex)) == (wanted.pages, wanted.annex_pages)
    for page in one.pages:
        size = (210, 297) if page in one.body else (297, 210)
        assert (page.width / MM, page.height / MM) == pytest.approx(size, abs=0.2)
        text = page.crop((0, 20 * MM - 1, page.width, page.height))
        chars = [char for char in text.chars if not char["text"].isspace()]
        assert 29.5 <= min(char["x0"] for char in chars) / MM <= 42.8
        assert page.width - max(char["x1"] for char in chars) >= 15 * MM
        assert page.height - max(char["bottom"] for char in chars) >= 20 * MM - 1
    for part in filter(None, (one.body, one.annex)):
        assert numbers(part) == ["", *(str(n) for n in range(2, len(part) + 1))]


@files
@pytest.mark.parametrize("key", WANTED)
def test_lines_and_places_of_the_head(printed, key, file):
    page, wanted = printed[key].laid(file).body[0], WANTED[key]
    motto = line_of(page, MOTTO)
    assert rules_below(page, motto) == [pytest.approx(motto.x1 - motto.x0, abs=4)]
    number, dated = line_of(page, "Số:"), line_of(page, wanted.dated[:12])
    assert number.bottom == pytest.approx(dated.bottom, abs=2)
    assert line_of(page, NATION).middle == pytest.approx(motto.middle, abs=1)
    assert line_of(page, wanted.agency[:12]).x1 < line_of(page, NATION).x0
    kind, subject = line_of(page, "KẾ HOẠCH"), line_of(page, wanted.subject[:36])
    middle = (30 * MM + page.width - 18 * MM) / 2
    assert kind.middle == pytest.approx(middle, abs=2)
    assert number.bottom < kind.top < subject.top


@files
@pytest.mark.parametrize("key", WANTED)
def test_lines_below_issuer_and_subject_are_a_third_to_a_half(printed, key, file):
    page = printed[key].laid(file).body[0]
    head = lettered(printed[key].document.letterhead)
    for text in (head.agency, head.subject):
        lines = [line_of(page, line) for line in text.replace(NO_BREAK, " ").split("\n")]
        [length] = rules_below(page, lines[-1])
        assert 1 / 3 <= length / max(line.x1 - line.x0 for line in lines) <= 1 / 2, text


@files
@pytest.mark.parametrize("key", WANTED)
def test_paragraphs_are_indented_spaced_and_justified(printed, key, file):
    for page in printed[key].laid(file).body[:2]:
        text = page.crop((0, 20 * MM - 2, page.width, page.height))
        lines = text.extract_text_lines(return_chars=True)
        heads = [line for line in lines if "KẾ HOẠCH" in line["text"] or "Nơi nhận" in line["text"]]
        tops = [line["top"] for line in heads if "KẾ HOẠCH" in line["text"]]
        ends = [line["top"] for line in heads if "Nơi nhận" in line["text"]]
        size = {round(char["size"]) for line in lines for char in line["chars"]}
        assert 13 <= max(size) <= 14
        first = max(tops, default=0) + 30
        lines = [line for line in lines if first < line["top"] < min(ends, default=page.height)]
        starts = {round((line["x0"] - 30 * MM) / MM, 1) for line in lines[3:]}
        assert starts <= {0.0, 0.1, 12.6, 12.7, 12.8}
        pitches = [
            (below["top"] - above["top"], below["x0"] > 40 * MM)
            for above, below in pairwise(lines[3:])
        ]
        within = [pitch for pitch, begins in pitches if not begins]
        assert all(13.9 <= pitch <= 1.5 * 16.2 for pitch in within)
        between = [pitch - min(within) for pitch, begins in pitches if begins]
        assert min(between) >= 6 - 0.3
        wrapped = [above for above, below in pairwise(lines[3:]) if below["x0"] < 40 * MM]
        assert all(abs(page.width - 18 * MM - line["x1"]) < 2.5 for line in wrapped)


@files
@pytest.mark.parametrize("key", WANTED)
def test_signing_block_never_stands_without_words_of_the_text(printed, key, file):
    page = printed[key].laid(file).body[-1]
    assert "./." in page.extract_text()
    assert line_of(page, "Nơi nhận:").top == pytest.approx(
        line_of(page, (*WANTED[key].authority, WANTED[key].position)[0]).top, abs=3
    )


def pdf_rows(pages) -> list[list[str]]:
    """The table's rows over all pages; the head of each page must be that of the first."""
    tables = [page.extract_table() for page in pages]
    rows = [[[" ".join((c or "").split()) for c in row] for row in table] for table in tables]
    assert all(table[0] == rows[0][0] for table in rows)
    return [rows[0][0], *(row for table in rows for row in table[1:])]


def word_rows(document) -> list[list[str]]:
    table = document.tables[-1]
    columns = len(table.columns)
    rows = []
    for row in table._tbl.tr_lst:
        texts = [" ".join(docx.table._Cell(cell, table).text.split()) for cell in row.tc_lst]
        rows.append(texts + [""] * (columns - len(texts)))
    return rows


@pytest.mark.parametrize("key", ANNEXED)
def test_the_annex_is_the_same_table_in_both_files(printed, key):
    one = printed[key]
    rows = pdf_rows(one.laid("pdf").annex)
    assert rows == word_rows(one.word) == pdf_rows(one.laid("word").annex)
    assert len(rows) == 1 + WANTED[key].annex_rows
    assert rows[0][0] == "STT"
    assert ("Sản phẩm" in rows[0]) == (key == "st-bqlkcn-cchc-2024")


@files
@pytest.mark.parametrize("key", ANNEXED)
def test_the_annex_heading(printed, key, file):
    one = printed[key]
    page = one.laid(file).annex[0]
    label, attached = line_of(page, "Phụ lục"), line_of(page, "(Kèm theo Kế hoạch số")
    title = line_of(page, one.document.annexes[0].title[:20])
    assert [p.size for p in (label, title, attached)] == [14, 14, 14]
    assert [p.font for p in (label, title, attached)] == [
        "Tinos-Bold", "Tinos-Bold", "Tinos-Italic",
    ]  # fmt: skip
    assert label.top < title.top < attached.top
    number = WANTED[key].number.removeprefix("Số: ")
    assert one.document.annexes[0].attached.startswith(f"(Kèm theo Kế hoạch số {number} ngày ")


def all_paragraphs(document) -> list[docx.text.paragraph.Paragraph]:
    """Those of the text and those in tables."""
    found = document.element.body.iter(qn("w:p"))
    return [docx.text.paragraph.Paragraph(element, document) for element in found]


def effective(style, name: str):
    """What the style or the one that it is based on says."""
    while style is not None:
        value = getattr(style.font, name, None)
        if value is not None:
            return value
        style = style.base_style
    return None


@pytest.mark.parametrize("key", WANTED)
def test_word_styles_keep_the_decree(printed, key):
    document = printed[key].word
    for name, ((least, most), bold, italic, alignment) in DECREE.items():
        style = document.styles[name]
        assert least <= effective(style, "size").pt <= most, name
        assert (bool(effective(style, "bold")), bool(effective(style, "italic"))) == (bold, italic)
        assert effective(style, "name") == "Times New Roman"
        assert style.paragraph_format.alignment == alignment, name
        if alignment is JUSTIFY:
            assert style.paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
            assert style.paragraph_format.space_before.pt >= 6
            assert 1 <= style.paragraph_format.line_spacing <= 1.5
    used = {paragraph.style.name for paragraph in all_paragraphs(document)}
    assert used <= {*DECREE, "Đường kẻ", "Cách khối ký"}


@pytest.mark.parametrize("key", WANTED)
def test_word_says_the_same_as_the_pdf(printed, key):
    document, word = printed[key].document, printed[key].word
    styled: dict[str, list[str]] = {}
    for paragraph in all_paragraphs(word):
        styled.setdefault(paragraph.style.name, []).append(paragraph.text)
    wanted = WANTED[key]
    assert styled["Số và ký hiệu"] == [wanted.number]
    assert styled["Địa danh, ngày tháng"] == [wanted.dated]
    assert styled.get("Căn cứ", []) == list(wanted.bases)
    assert styled["Quyền hạn, chức vụ"] == [*wanted.authority, wanted.position]
    assert styled["Họ tên người ký"] == [wanted.signer]
    assert styled["Danh sách nơi nhận"] == list(wanted.recipients)
    names = {
        Style.BODY: "Nội dung", Style.ITEM: "Khoản, điểm", Style.HEADING1: "Mục I",
        Style.HEADING2: "Mục 1",
    }  # fmt: skip
    for style, name in names.items():
        assert styled.get(name, []) == paragraphs(printed[key], style)
    assert word.core_properties.title == document.title
    assert word.core_properties.language == "vi-VN"


@pytest.mark.parametrize("key", WANTED)
def test_word_pages(printed, key):
    document = printed[key].word
    assert len(document.sections) == (2 if WANTED[key].annex_pages else 1)
    for index, section in enumerate(document.sections):
        wide = index == 1
        assert (section.orientation == WD_ORIENT.LANDSCAPE) is wide
        size = (297, 210) if wide else (210, 297)
        assert (section.page_width.mm, section.page_height.mm) == pytest.approx(size, abs=0.1)
        margins = section.top_margin, section.bottom_margin
        assert all(20 <= round(margin.mm, 1) <= 25 for margin in margins)
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        [header] = section.header.paragraphs
        assert header.style.name == "Số trang"
        assert header._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert section.header_distance < section.top_margin


@pytest.mark.parametrize("key", ANNEXED)
def test_word_repeats_the_head_and_keeps_rows_whole(printed, key):
    rows = printed[key].word.tables[-1]._tbl.tr_lst
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [
        True, *[False] * (len(rows) - 1),
    ]  # fmt: skip
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_lists_of_the_plan_stand_in_their_clauses(printed):
    texts = [block.text for block in printed["st-stttt-tuyen-truyen-2024"].document.blocks]
    at = texts.index("1. Đối tượng")
    assert texts[at : at + 7] == [
        "1. Đối tượng",
        "- Toàn thể công chức, viên chức thuộc Sở;",
        "- Doanh nghiệp, người dân tỉnh Sóc Trăng.",
        "2. Phạm vi",
        "- Tại Sở Thông tin và Truyền thông;",
        "- Trên địa bàn tỉnh Sóc Trăng.",
        "III. NỘI DUNG VÀ HÌNH THỨC",
    ]
    assert texts[texts.index("2. Hình thức") - 11 : texts.index("2. Hình thức")][0].startswith(
        "- Ý nghĩa, mục tiêu của CCHC"
    )
    assert texts[texts.index("V. TỔ CHỨC THỰC HIỆN") - 1].startswith("- Video về tiện ích")


def test_labels_stand_as_the_document_has_them(printed):
    texts = [block.text for block in printed["hy-bqlkcn-tuyen-truyen-2024"].document.blocks]
    at = texts.index("2. Nội dung tuyên truyền")
    assert [text[:3].strip() for text in texts[at + 1 : at + 6]] == ["a)", "b)", "c)", "d)", "đ)"]


def test_duties_of_the_narrative_stand_under_their_addressee(printed):
    texts = [block.text for block in printed["st-ubnd-tuyen-truyen-2019"].document.blocks]
    at = texts.index("4. Sở Thông tin và Truyền thông")
    assert texts[at + 1 : at + 4] == [
        "- Hướng dẫn các cơ quan báo chí phối hợp tuyên truyền CCHC.",
        "- Quản lý Cổng TTĐT tỉnh, đăng tin bài CCHC theo chỉ đạo của Ban Biên tập "
        "(thời gian: thường xuyên).",
        "- Duy trì và phát triển Trang TTĐT CCHC tỉnh (phối hợp: Sở Nội vụ).",
    ]
    assert printed["st-ubnd-tuyen-truyen-2019"].document.annexes == ()


@files
def test_products_stand_beside_their_times(printed, file):
    page = printed["st-bqlkcn-cchc-2024"].laid(file).annex[0]
    for product, moment in (("- Kế hoạch", "- Quý I/2024"), ("- Báo cáo kết quả", "- Theo quy")):
        assert line_of(page, product).top == pytest.approx(line_of(page, moment).top, abs=1)
