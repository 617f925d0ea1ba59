"""Measures a rendered official document against Nghị định 30/2020/NĐ-CP, Phụ lục I."""

import io
import unicodedata
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pdfplumber
import pytest

from cchc.lib import pdf
from cchc.lib.tables import Cell, Column, Kind, Level, Ratio, Row, Table
from reporting import letterhead as lh
from reporting.rendering import render
from tests.reporting.pages import MM, line_of, numbers, rules_under

LONG = (
    "Sở Nội vụ tổng hợp kết quả tuyên truyền cải cách hành chính của các sở, ban, ngành tỉnh và "
    "Ủy ban nhân dân các xã, phường trong quý I năm 2024; các cơ quan đã chủ động gửi tin, bài. "
)
ON = date(2024, 4, 5)


def matrix(rows: int) -> Table:
    months = tuple(
        Column(f"m{m}", f"Tháng {m}", Kind.RATIO, 8, "Chuyên trang CCHC" if m < 5 else "Cổng TTĐT")
        for m in range(1, 9)
    )
    cell = Cell(Ratio(0, 1), "missed", "Chưa đạt", "/x/")
    body = tuple(
        Row((Cell(n), Cell(f"Ủy ban nhân dân xã số {n}"), *(cell for _ in months)))
        for n in range(1, rows + 1)
    )
    columns = (Column("stt", "STT", Kind.INTEGER, 5), Column("name", "Cơ quan", width=22), *months)
    return Table("m", "Bảng", "Quý I/2024, chốt ngày 05/04/2024", columns, body)


def listing(rows: int) -> Table:
    columns = (Column("name", "Tên tin, bài", width=60), Column("p", "Tỷ lệ", Kind.PERCENT, 20))
    body = tuple(Row((Cell(LONG), Cell(Decimal("97.5")))) for _ in range(rows))
    group = Row((Cell("Các sở"),), Level.GROUP)
    return Table("l", "Danh mục", "", columns, (group, *body))


def sample() -> lh.Document:
    dated = lh.long_date(ON, "month")
    attached = lh.attached_line("Báo cáo", lh.number_and_symbol(None, "BC-SNV"), dated, "Sở Nội vụ")
    blocks = (
        *lh.bases([LONG, "Căn cứ Công văn số 581/BNV-CCHC của Bộ Nội vụ"]),
        lh.Paragraph("I. KẾT QUẢ", lh.Style.HEADING1),
        *(lh.Paragraph(LONG * 2) for _ in range(6)),
        lh.TableBlock(listing(1)),
        *(lh.Paragraph(LONG * 2, lh.Style.ITEM) for _ in range(5)),
    )
    return lh.Document(
        lh.Letterhead(
            "UBND tỉnh Sóc Trăng", "Sở Nội vụ", lh.document_number(5, "BC-SNV"),
            lh.date_line("Sóc Trăng", ON), "Báo cáo", "Kết quả tuyên truyền CCHC quý I năm 2024",
        ),
        blocks,
        lh.Signature(("KT. GIÁM ĐỐC",), "Phó Giám đốc", "Nguyễn Thị Phượng"),
        lh.recipient_lines(["UBND tỉnh", "Các sở, ban, ngành"], "VT, CCHC"),
        ON,
        (
            lh.Annex("Phụ lục I", "Tổng hợp kết quả", attached, matrix(30)),
            lh.Annex("Phụ lục II", "Danh mục tin, bài", attached, listing(20)),
        ),
        "Số liệu chốt lúc 10:05 ngày 05/04/2024 · mã bản chạy 7f3a91c2",
    )  # fmt: skip


@pytest.fixture(scope="module")
def printed():
    rendered = pdf.render(render(sample()))
    with pdfplumber.open(io.BytesIO(rendered.content)) as opened:
        pages = list(opened.pages)
        starts = [i for i, page in enumerate(pages) if "Phụ lục" in page.extract_text()[:40]]
        yield SimpleNamespace(pages=pages, starts=starts, body=pages[: starts[0]])


@pytest.mark.parametrize(
    ("text", "sizes", "font"),
    [
        ("UBND TỈNH SÓC TRĂNG", (12, 13), "Tinos"),
        ("SỞ NỘI VỤ", (12, 13), "Tinos-Bold"),
        (lh.NATION, (12, 13), "Tinos-Bold"),
        (lh.MOTTO, (13, 14), "Tinos-Bold"),
        ("Số: 05/BC-SNV", (13, 13), "Tinos"),
        ("Sóc Trăng, ngày 05 tháng 4 năm 2024", (13, 14), "Tinos-Italic"),
        ("BÁO CÁO", (13, 14), "Tinos-Bold"),
        ("Kết quả tuyên truyền CCHC quý I", (13, 14), "Tinos-Bold"),
        ("Căn cứ Công văn", (13, 14), "Tinos-Italic"),
        ("I. KẾT QUẢ", (13, 14), "Tinos-Bold"),
    ],
)
def test_first_page_components(printed, text, sizes, font):
    place = line_of(printed.pages[0], text)
    assert sizes[0] <= place.size <= sizes[1]
    assert place.font == font


@pytest.mark.parametrize(
    ("text", "sizes", "font"),
    [
        ("KT. GIÁM ĐỐC", (13, 14), "Tinos-Bold"),
        ("PHÓ GIÁM ĐỐC", (13, 14), "Tinos-Bold"),
        ("Nguyễn Thị Phượng", (13, 14), "Tinos-Bold"),
        ("Nơi nhận:", (12, 12), "Tinos-Bold-Italic"),
        ("- UBND tỉnh;", (11, 11), "Tinos"),
        ("- Lưu: VT, CCHC.", (11, 11), "Tinos"),
    ],
)
def test_closing_components(printed, text, sizes, font):
    place = line_of(printed.body[-1], text)
    assert sizes[0] <= place.size <= sizes[1]
    assert place.font == font


@pytest.mark.parametrize("index", [0, 1])
def test_annex_heading(printed, index):
    page = printed.pages[printed.starts[index]]
    label = line_of(page, "Phụ lục")
    title = line_of(page, ("TỔNG HỢP KẾT QUẢ", "DANH MỤC TIN, BÀI")[index])
    attached = line_of(page, "(Kèm theo Báo cáo số")
    assert (label.size, label.font) == (14, "Tinos-Bold")
    assert (title.size, title.font) == (14, "Tinos-Bold")
    assert (attached.size, attached.font) == (14, "Tinos-Italic")
    assert label.top < title.top < attached.top


def test_paper_and_margins(printed):
    for page in printed.pages:
        wide = page.page_number > printed.starts[0]
        size = (297, 210) if wide else (210, 297)
        assert (page.width / MM, page.height / MM) == pytest.approx(size, abs=0.2)
        body = page.crop((0, 20 * MM - 1, page.width, page.height))
        chars = [char for char in body.chars if not char["text"].isspace()]
        assert 29.5 <= min(char["x0"] for char in chars) / MM <= 36
        assert max(char["x1"] for char in chars) <= page.width - 15 * MM
        assert max(char["bottom"] for char in chars) <= page.height - 20 * MM + 1


def test_fonts_are_ours_embedded_and_black(printed):
    for page in printed.pages:
        assert {char["fontname"][7:12] for char in page.chars} == {"Tinos"}
        assert {char["fontname"][6] for char in page.chars} == {"+"}  # embedded subsets
        colours = {char["non_stroking_color"] for char in page.chars}
        assert all(all(part == 0 for part in colour) for colour in colours)


def test_lines_under_motto_agency_and_subject(printed):
    page = printed.pages[0]
    motto = line_of(page, lh.MOTTO)
    assert rules_under(page, motto) == [pytest.approx(motto.x1 - motto.x0, abs=2)]
    for text in ("SỞ NỘI VỤ", "Kết quả tuyên truyền CCHC quý I năm 2024"):
        place = line_of(page, text)
        [length] = rules_under(page, place)
        assert 1 / 3 <= length / (place.x1 - place.x0) <= 1 / 2


def test_head_stands_as_the_decree_draws_it(printed):
    page = printed.pages[0]
    number, dated = line_of(page, "Số: 05/BC-SNV"), line_of(page, "Sóc Trăng, ngày 05")
    assert number.bottom == pytest.approx(dated.bottom, abs=2)
    nation, motto = line_of(page, lh.NATION), line_of(page, lh.MOTTO)
    assert nation.middle == pytest.approx(motto.middle, abs=1)
    assert nation.bottom < motto.bottom
    assert line_of(page, "SỞ NỘI VỤ").x1 < nation.x0
    assert nation.top == pytest.approx(line_of(page, "UBND TỈNH").top, abs=1)


def test_body_is_justified_with_first_line_indent(printed):
    page = printed.pages[1]
    lines = page.extract_text_lines(return_chars=False)
    starts = [round(line["x0"] / MM, 1) for line in lines if line["top"] > 20 * MM]
    assert 30 in starts
    assert any(40 <= start <= 42.8 for start in starts)
    full = [line for line in lines if line["x1"] > page.width - 18 * MM - 0.5]
    assert len(full) > 10


def test_page_numbers_start_on_page_two_and_again_in_each_annex(printed):
    first, second = printed.starts
    for part in (printed.body, printed.pages[first:second], printed.pages[second:]):
        assert len(part) > 1
        assert numbers(part) == ["", *(str(n) for n in range(2, len(part) + 1))]
    page = printed.pages[1]
    [char] = page.crop((0, 0, page.width, 20 * MM - 2)).chars
    assert 13 <= round(char["size"], 1) <= 14
    middle = (30 * MM + page.width - 18 * MM) / 2
    assert (char["x0"] + char["x1"]) / 2 == pytest.approx(middle, abs=2)


def test_annex_heads_repeat_and_rows_stay_whole(printed):
    first, second = printed.starts
    for page in printed.pages[first:second]:
        assert line_of(page, "Chuyên trang CCHC").size == 13
        assert "STT" in page.extract_text()
    for page in printed.pages[second:]:
        assert line_of(page, "Tên tin, bài").size == 13
        # each row's text begins and ends on its own page
        assert page.extract_text().count("Sở Nội vụ tổng hợp") == page.extract_text().count("97,5%")


def test_text_reads_back_in_normal_form(printed):
    text = "\n".join(page.extract_text() for page in printed.pages)
    assert text == unicodedata.normalize("NFC", text)
    for words in ("Ủy ban nhân dân xã số 30", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "0/1", "Chưa"):
        assert words in text
    last = printed.pages[-1]
    provenance = line_of(last, "Số liệu chốt lúc 10:05")
    assert provenance.size == 10
    assert sum("Số liệu chốt" in page.extract_text() for page in printed.pages) == 1
