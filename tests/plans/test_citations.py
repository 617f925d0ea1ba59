from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plans.citations import Citation, parse, parse_lines, rank

ROOT = Path(__file__).parents[2]
NARRATIVES = ROOT / "tests" / "data" / "narratives"
PLANS = {path.name[:3]: path for path in sorted((ROOT / "fixtures" / "plans").glob("00*.yaml"))}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Căn cứ Nghị định số 09/2019/NĐ-CP ngày 24 tháng 01 năm 2019 của Chính phủ quy định "
            "về chế độ báo cáo của cơ quan hành chính nhà nước;",
            Citation(
                "basis",
                "Nghị định",
                "09/2019/NĐ-CP",
                date(2019, 1, 24),
                "day",
                "Chính phủ",
                "Quy định về chế độ báo cáo của cơ quan hành chính nhà nước",
            ),
        ),
        (
            "Thực hiện Kế hoạch số 30/KH-UBND ngày 21/02/2024 của UBND tỉnh Sóc Trăng về tuyên "
            "truyền cải cách hành chính tỉnh Sóc Trăng năm 2024, Sở xây dựng kế hoạch như sau:",
            Citation(
                "implements",
                "Kế hoạch",
                "30/KH-UBND",
                date(2024, 2, 21),
                "day",
                "UBND tỉnh Sóc Trăng",
                "Tuyên truyền cải cách hành chính tỉnh Sóc Trăng năm 2024",
            ),
        ),
        (
            "Luật Tổ chức chính quyền địa phương ngày 19/6/2015",
            Citation(
                "cited", "Luật", "", date(2015, 6, 19), "day", "", "Tổ chức chính quyền địa phương"
            ),
        ),
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;",
            Citation(
                "basis",
                "Luật",
                "72/2025/QH15",
                date(2025, 6, 16),
                "day",
                "",
                "Tổ chức chính quyền địa phương",
            ),
        ),
        (
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức "
            "chính quyền địa phương ngày 22 tháng 11 năm 2019;",
            Citation(
                "basis",
                "Luật",
                "",
                date(2019, 11, 22),
                "day",
                "",
                "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính "
                "quyền địa phương",
            ),
        ),
        (
            "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013",
            Citation(
                "cited",
                "Hiến pháp",
                "",
                date(2013, 1, 1),
                "year",
                "",
                "nước Cộng hòa xã hội chủ nghĩa Việt Nam",
            ),
        ),
        (
            "- Công văn số /SNV-CCHC ngày … tháng 3 năm 2024 của Sở Nội vụ v/v báo cáo CCHC",
            Citation(
                "cited",
                "Công văn",
                "/SNV-CCHC",
                date(2024, 3, 1),
                "month",
                "Sở Nội vụ",
                "Báo cáo CCHC",
            ),
        ),
        (
            "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Hội nghị lần thứ sáu Ban Chấp hành Trung "
            "ương Đảng khóa XII một số vấn đề về tiếp tục đổi mới bộ máy.",
            Citation(
                "cited",
                "Nghị quyết",
                "18-NQ/TW",
                date(2017, 10, 25),
                "day",
                "Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII",
                "Một số vấn đề về tiếp tục đổi mới bộ máy",
            ),
        ),
        (
            "Căn cứ Quyết định số 12/QĐ-UBND của UBND tỉnh ngày 1/2/2024 ban hành Quy chế",
            Citation(
                "basis",
                "Quyết định",
                "12/QĐ-UBND",
                date(2024, 2, 1),
                "day",
                "UBND tỉnh",
                "Ban hành Quy chế",
            ),
        ),
        (
            "Nghị định 117/2013/NĐ-CP sửa đổi, bổ sung Nghị định số 130/2005/NĐ-CP",
            Citation(
                "cited",
                "Nghị định",
                "117/2013/NĐ-CP",
                None,
                "none",
                "",
                "Sửa đổi, bổ sung Nghị định số 130/2005/NĐ-CP",
            ),
        ),
        (
            "Căn cứ chức năng, nhiệm vụ được giao;",
            Citation("basis", "", "", None, "none", "", "chức năng, nhiệm vụ được giao"),
        ),
        ("", Citation("cited", "", "", None, "none", "", "")),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_line_is_read_into_its_parts(line: str, expected: Citation) -> None:
    assert parse(line) == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("số 30/KH-UBND", "30/KH-UBND"),
        ("số: 01/2023/QĐ-UBND", "01/2023/QĐ-UBND"),
        ("số 01/2018/QĐ-\nUBND", "01/2018/QĐ-UBND"),
        ("số 28-CT/TU", "28-CT/TU"),
        ("số 28 – CT/TU", "28-CT/TU"),
        ("số 30c/NQ-CP", "30c/NQ-CP"),
        ("581/BNV-CCHC", "581/BNV-CCHC"),
        ("số 77/2015/QH13", "77/2015/QH13"),
        ("số 02/CTr-UBND", "02/CTr-UBND"),
        ("số /KH-BQL", "/KH-BQL"),
        ("số       /KH-BQL", "/KH-BQL"),
        ("số ……./KH-STTTT", "/KH-STTTT"),
        ("số 18", "18"),
    ],
)
def test_numbers_and_symbols_are_kept_as_printed(written: str, read: str) -> None:
    citation = parse(f"Căn cứ Văn bản {written} ngày 05/02/2024 của Sở Nội vụ")
    assert (citation.document_type, citation.reference) == ("Văn bản", read)
    assert citation.on == date(2024, 2, 5)


@pytest.mark.parametrize(
    ("written", "on", "precision"),
    [
        ("ngày 24 tháng 01 năm 2019", date(2019, 1, 24), "day"),
        ("ngày 24/1/2019", date(2019, 1, 24), "day"),
        ("ngày 24-01-2019", date(2019, 1, 24), "day"),
        ("(ngày 24.01.2019)", date(2019, 1, 24), "day"),
        ("ngày     tháng 12 năm 2023", date(2023, 12, 1), "month"),
        ("ngày tháng 02 năm 2024", date(2024, 2, 1), "month"),
        ("ngày ……../02/2024", date(2024, 2, 1), "month"),
        ("tháng 3/2024", date(2024, 3, 1), "month"),
        ("ngày … tháng … năm 2024", date(2024, 1, 1), "year"),
        ("năm 2024", date(2024, 1, 1), "year"),
        ("ngày 31/02/2024", None, "none"),
        ("", None, "none"),
    ],
)
def test_a_blank_day_stays_blank(written: str, on: date | None, precision: str) -> None:
    citation = parse(f"Kế hoạch số 5/KH-UBND {written} của UBND tỉnh về kiểm tra CCHC năm 2025")
    assert (citation.on, citation.precision) == (on, precision)
    assert (citation.issuer, citation.abstract) == ("UBND tỉnh", "Kiểm tra CCHC năm 2025")


def test_a_pasted_block_gives_one_citation_for_each_document() -> None:
    block = """
    Căn cứ:
    - Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
    - Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ quy định về chế độ báo
    cáo của cơ quan hành chính nhà nước;
    Thực hiện Kế hoạch số 36/KH-UBND ngày 21/3/2017 của UBND tỉnh và Quyết định số 12/QĐ-UBND
    ngày 05/01/2024 của UBND tỉnh về việc giao nhiệm vụ;
    Căn cứ chức năng, nhiệm vụ được giao.
    Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015; Luật Đất đai năm 2024;
    Theo đề nghị của Chánh Văn phòng.
    """
    assert [(c.role, c.document_type, c.reference) for c in parse_lines(block)] == [
        ("basis", "Luật", ""),
        ("basis", "Nghị định", "09/2019/NĐ-CP"),
        ("implements", "Kế hoạch", "36/KH-UBND"),
        ("implements", "Quyết định", "12/QĐ-UBND"),
        ("basis", "", ""),
        ("basis", "Luật", ""),
        ("basis", "Luật", ""),
    ]


def test_the_issuer_may_stand_before_the_document() -> None:
    lines = """
    Thực hiện chỉ đạo của Chủ tịch UBND tỉnh tại Công văn số 99/UBND-NC ngày 01/3/2024;
    Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV ngày 03/2/2024;
    Đề án được thủ tướng Chính phủ phê duyệt tại Quyết định số 1847/QĐ-TTg.
    """
    assert [(c.role, c.reference, c.issuer) for c in parse_lines(lines)] == [
        ("implements", "99/UBND-NC", "Chủ tịch UBND tỉnh"),
        ("cited", "12/TTr-SNV", "Giám đốc Sở Nội vụ"),
        ("cited", "1847/QĐ-TTg", "Thủ tướng Chính phủ"),
    ]


def test_wrapped_lines_are_joined_and_lines_without_a_mark_kept_apart() -> None:
    lines = """
    Luật Tổ chức chính quyền địa phương ngày 19/6/2015
    Luật Cán bộ, công chức năm 2008
    Thực hiện Kế hoạch số 218/KH-UBND ngày 19/12/2022 của UBND tỉnh Sóc Trăng
    thực hiện cải cách hành chính tỉnh Sóc Trăng năm 2024
    """
    assert [(c.role, c.abstract) for c in parse_lines(lines)] == [
        ("cited", "Tổ chức chính quyền địa phương"),
        ("cited", "Cán bộ, công chức"),
        ("implements", "Thực hiện cải cách hành chính tỉnh Sóc Trăng năm 2024"),
    ]


def test_a_short_form_with_a_dot_does_not_end_the_issuer() -> None:
    citation = parse("Kế hoạch số 5/KH-UBND ngày 05/02/2026 của UBND TP. Cần Thơ về CCHC năm 2026.")
    assert (citation.issuer, citation.abstract) == ("UBND TP. Cần Thơ", "CCHC năm 2026")


def test_a_long_text_is_read_in_a_moment() -> None:
    assert len(parse_lines("Kế hoạch số 1/KH-UBND " * 3000)) == 3000


# 003, III.1 lists three plans and says "của UBND tỉnh Sóc Trăng" once, inside the title of the
# last: a person sees that it holds for all three, a line of its own does not say so.
ISSUER_FROM_CONTEXT = {"48/KH-UBND", "02/CTr-UBND"}


@pytest.mark.parametrize("number", PLANS)
def test_the_documents_of_real_plans_are_found(number: str) -> None:
    found = parse_lines((NARRATIVES / f"{number}.txt").read_text("utf-8"))
    first: dict[str, Citation] = {}
    for citation in found:
        if citation.document_type:
            first.setdefault(citation.reference, citation)
    bases = yaml.safe_load(PLANS[number].read_text("utf-8"))["bases"]
    assert [(c.role, c.document_type, c.reference, c.on, c.issuer) for c in first.values()] == [
        (
            basis["role"],
            basis["type"],
            basis["reference"],
            basis.get("date"),
            "" if basis["reference"] in ISSUER_FROM_CONTEXT else basis.get("issuer", ""),
        )
        for basis in sorted(bases, key=lambda basis: list(first).index(basis["reference"]))
    ]
    assert all(c.precision == ("day" if c.on else "none") for c in found)


IN_ORDER = [
    ("Hiến pháp", ""),
    ("Luật", ""),
    ("Nghị quyết", "Quốc hội"),
    ("Pháp lệnh", ""),
    ("Nghị quyết", "Ủy ban Thường vụ Quốc hội"),
    ("Lệnh", "Chủ tịch nước"),
    ("Quyết định", "Chủ tịch nước"),
    ("Nghị định", "Chính phủ"),
    ("Nghị quyết", "Chính phủ"),
    ("Quyết định", "Thủ tướng Chính phủ"),
    ("Chỉ thị", "Thủ tướng Chính phủ"),
    ("Nghị quyết", "Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
    ("Thông tư", ""),
    ("Quyết định", "Bộ trưởng Bộ Nội vụ"),
    ("Kế hoạch", "Bộ Nội vụ"),
    ("Nghị quyết", "Ban Chấp hành Trung ương"),
    ("Kết luận", "Bộ Chính trị"),
    ("Nghị quyết", "Tỉnh ủy"),
    ("Chỉ thị", "Ban Thường vụ Tỉnh ủy"),
    ("Nghị quyết", "HĐND tỉnh"),
    ("Quyết định", "UBND tỉnh"),
    ("Chỉ thị", "Chủ tịch UBND tỉnh"),
    ("Kế hoạch", "Ủy ban nhân dân tỉnh Sóc Trăng"),
    ("Nghị quyết", "HĐND xã Phú Tâm"),
    ("Quyết định", "Ủy ban nhân dân phường 1"),
    ("Quyết định", "Sở Nội vụ"),
    ("Kế hoạch", "Văn phòng UBND tỉnh"),
    ("Công văn", "Bộ Nội vụ"),
    ("Công văn", "UBND tỉnh"),
    ("Công văn", "Sở Nội vụ"),
]


def test_documents_stand_in_the_order_of_the_law() -> None:
    ranks = [rank(kind, issuer) for kind, issuer in IN_ORDER]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_the_rank_asks_neither_for_case_nor_for_the_long_name() -> None:
    assert rank("BỘ LUẬT", "") == rank("Luật", "Quốc hội")
    assert rank("Quyết định", "Ủy ban nhân dân thành phố Cần Thơ") == rank(
        "quyết định", "UBND tỉnh Sóc Trăng"
    )
    assert rank("Thông tư liên tịch", "Bộ Nội vụ - Bộ Tài chính") == rank("Thông tư", "")


def test_a_symbol_names_an_issuer_that_the_line_does_not() -> None:
    assert rank("Quyết định", "", "225/QĐ-TTg") == rank("Quyết định", "Thủ tướng Chính phủ")
    assert rank("Nghị quyết", "", "06-NQ/TU") == rank("Nghị quyết", "Tỉnh ủy")
    assert rank("Kế hoạch", "", "48/KH-UBND") == rank("Kế hoạch", "UBND tỉnh")
    assert rank("Kế hoạch", "", "01/KH-BQL") == rank("Kế hoạch", "Sở Nội vụ")


WORDS = (
    "Căn cứ|Thực hiện|Kế hoạch|Luật|Nghị định|số|30/KH-UBND|/KH-BQL|…|ngày|tháng|năm|2024"
    "|31/02/2024|của|UBND tỉnh|về việc|và|;|.|,|:|\n|-|a)|sửa đổi|0|(|)"
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS.split("|"))).map(" ".join)))
def test_any_text_is_read_without_an_error(text: str) -> None:
    parse(text)
    for citation in parse_lines(text):
        assert (citation.on is None) == (citation.precision == "none")
        assert rank(citation.document_type, citation.issuer, citation.reference) >= 0


def test_a_long_block_is_read_in_one_pass():
    amended = "Nghị quyết số 1/NQ-CP " + "sửa đổi Nghị quyết số 2/NQ-CP " * 5_000
    wrapped = "văn bản không nêu số, ký hiệu nào mà cứ xuống dòng\n" * 3_000
    assert [one.reference for one in parse_lines(amended)] == ["1/NQ-CP"]
    assert parse_lines(wrapped) == []
