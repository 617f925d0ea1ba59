"""The five real plans as PDF and DOCX, measured against Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import docx
import pdfplumber
import pytest
from django.db import transaction
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from agencies.models import Agency, User
from agencies.roles import Role
from demo import real_plans
from plans.models import Plan
from reporting.letterhead import MOTTO, NATION, Document, Style
from reporting.models.run import FileFormat
from reporting.reports import files, plan
from tests.factories import make_user
from tests.reporting.official_plans import DECREE, JUSTIFY, WANTED, Wanted
from tests.reporting.pages import MM, line_of, numbers, rules_under

pytestmark = [pytest.mark.core, pytest.mark.django_db]

ANNEXED = [key for key, wanted in WANTED.items() if wanted.annex_pages]


@dataclass
class Printed:
    """One plan's document and its two files."""

    document: Document
    folder: Path
    pages: list = field(default_factory=list)

    @property
    def body(self) -> list:
        return [page for page in self.pages if page.width < page.height]

    @property
    def annex(self) -> list:
        return [page for page in self.pages if page.width > page.height]

    @property
    def word(self) -> docx.document.Document:
        return docx.Document(self.folder / "plan.docx")


def office(agency: Agency) -> User:
    name = f"in.{agency.code.lower()}"
    known = User.objects.filter(username=name).first()
    return known or make_user(Role.AGENCY_OFFICE, agency, username=name)


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, Printed]]:
    """All five, made once; nothing of them stays in the database."""
    made = {}
    with django_db_blocker.unblock(), transaction.atomic():
        real_plans.load(office)
        for key in WANTED:
            of = files.of_plan(plan.gather(Plan.objects.get(key=key), date(2024, 3, 1)))
            folder = tmp_path_factory.mktemp(key)
            files.write(of, FileFormat.PDF, folder / "plan.pdf")
            files.write(of, FileFormat.DOCX, folder / "plan.docx")
            made[key] = Printed(of.document, folder)
        transaction.set_rollback(True)
    opened = [(one, pdfplumber.open(one.folder / "plan.pdf")) for one in made.values()]
    for one, file in opened:
        one.pages = list(file.pages)
    yield made
    for _, file in opened:
        file.close()


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


@pytest.mark.parametrize("key", WANTED)
def test_pdf_sizes_and_faces(printed, key):
    body = printed[key].body
    for index, text, (least, most), face in components(WANTED[key]):
        place = line_of(body[index], text)
        assert least <= place.size <= most, text
        assert place.font == face, text


@pytest.mark.parametrize("key", WANTED)
def test_pdf_paper_margins_and_page_numbers(printed, key):
    one, wanted = printed[key], WANTED[key]
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


@pytest.mark.parametrize("key", WANTED)
def test_pdf_lines_and_places_of_the_head(printed, key):
    page, wanted = printed[key].body[0], WANTED[key]
    motto = line_of(page, MOTTO)
    assert rules_under(page, motto) == [pytest.approx(motto.x1 - motto.x0, abs=2)]
    number, dated = line_of(page, "Số:"), line_of(page, wanted.dated[:12])
    assert number.bottom == pytest.approx(dated.bottom, abs=2)
    assert line_of(page, NATION).middle == pytest.approx(motto.middle, abs=1)
    assert line_of(page, wanted.agency[:12]).x1 < line_of(page, NATION).x0
    kind, subject = line_of(page, "KẾ HOẠCH"), line_of(page, wanted.subject[:36])
    middle = (30 * MM + page.width - 18 * MM) / 2
    assert kind.middle == pytest.approx(middle, abs=2)
    assert number.bottom < kind.top < subject.top


@pytest.mark.parametrize("key", WANTED)
def test_signing_block_never_stands_without_words_of_the_text(printed, key):
    page = printed[key].body[-1]
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
    rows = pdf_rows(one.annex)
    assert rows == word_rows(one.word)
    assert len(rows) == 1 + WANTED[key].annex_rows
    assert rows[0][0] == "STT"
    assert ("Sản phẩm" in rows[0]) == (key == "st-bqlkcn-cchc-2024")


@pytest.mark.parametrize("key", ANNEXED)
def test_the_annex_heading(printed, key):
    one = printed[key]
    page = one.annex[0]
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
