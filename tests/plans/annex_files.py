"""The annexes of the sources 001 and 004 as people keep them: rows of cells, then real files."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
import openpyxl

Rows = list[list[Any]]
Spans = list[tuple[int, int, int, int]]

HEAD_001 = [
    "STT",
    "NỘI DUNG TUYÊN TRUYỀN",
    "PHÒNG, ĐƠN VỊ CHỦ TRÌ",
    "PHÒNG, \nĐƠN VỊ \nPHỐI \nHỢP",
    "THỜI GIAN \nTHỰC HIỆN",
]
ROWS_001: Rows = [
    [
        1,
        "- Vai trò, ý nghĩa, mục tiêu và tác động của CCHC đến \nphát triển kinh tế của "
        "tỉnh và cả nước. \n- Quan điểm, chủ trương của Đảng, pháp \nluật của Nhà nước.",
        "- Văn phòng. \n- Ban Biên tập Cổng TTĐT của Sở. ",
        "Các phòng \nvà đơn vị \nthuộc Sở ",
        "Năm 2024",
    ],
    [
        2,
        "Tuyên truyền tính tiện ích và hướng dẫn cá nhân, tổ \nchức sử dụng các dịch vụ công",
        "- Trung tâm Công nghệ số \n- Văn phòng",
        "Các phòng \nthuộc Sở",
        "Thường xuyên",
    ],
    [
        3,
        "Cập nhật, đăng tải các văn bản, tin, bài,… có nội dung \nliên quan đến CCHC.",
        "Ban Biên tập Cổng TTĐT của Sở. ",
        "Các phòng \nvà đơn vị \nthuộc Sở.",
        "Năm 2024",
    ],
    [4, "Thực hiện một số tin, bài về CCHC trên Cổng TTĐT \ncủa tỉnh", None, None, None],
    [
        4.1,
        "Mỗi quý có ít nhất 01 tin, bài viết, phóng sự gửi và được \nduyệt đăng Chuyên trang CCHC; "
        "01 tin, bài viết, phóng sự gửi và được duyệt đăng Cổng TTĐT của tỉnh (trên \nkênh Zalo) "
        "nội dung liên quan đến công tác CCHC: ",
        None,
        None,
        None,
    ],
    [None, " a. Quý 1", "Văn phòng", None, "Chậm nhất \n20/3/2024"],
    [
        None,
        " b. Quý 2",
        "Phòng Thông tin – Báo chí – Xuất \nbản",
        None,
        "Chậm nhất \n20/06/2024",
    ],
    [None, " c. Quý 3", "Phòng Chuyển đổi số", None, "Chậm nhất \n20/09/2024"],
    [None, " d. Quý 4 ", "Thanh tra", None, "Chậm nhất \n20/12/2024"],
    [
        4.2,
        "Mỗi tháng có ít nhất 01 tin, bài viết được \nduyệt và đăng trên Cổng TTĐT của Sở",
        "- Tháng 1,2,3: Văn phòng \n- Tháng 4,5,6: Phòng Thông tin – \nBáo chí – Xuất bản \n"
        "- Tháng 7,8,9: Phòng Chuyển đổi số \n- Tháng 10,11,12: Phòng Thanh tra",
        "Phòng \nThông tin – \nBáo chí – \nXuất bản",
        " Chậm nhất  \nNgày 25 hàng \ntháng",
    ],
]

HEAD_004 = [
    "Nhiệm vụ \nchung",
    "Nhiệm vụ cụ thể",
    "Sản phẩm",
    "Đơn vị  \nchủ trì",
    "Đơn vị  \nphối hợp",
    "Thời gian  \nthực hiện",
]
_TWO = "- Kế hoạch \n- Báo cáo kết quả "
_ROOMS = "Các phòng chuyên môn \nnghiệp vụ"
_COMMA = "Các phòng chuyên môn, \nnghiệp vụ"
_ROOMS_AND_CENTRE = (
    "Các phòng chuyên môn \nnghiệp vụ và Trung tâm \nHạ tầng và Dịch vụ \nKCN Sóc Trăng"
)
_IT = "Văn phòng \n(công chức \nphụ trách \nCNTT)"
AREAS_004: list[tuple[str, Rows]] = [
    (
        "Cải cách \nthể chế",
        [
            [
                "1. Xây dựng và triển khai kế hoạch thực \nhiện công tác pháp chế",
                *(_TWO, "Văn phòng", _ROOMS, "- Quý I/2024 \n- Theo quy định \nSở Tư pháp"),
            ],
            [
                "2. Xây dựng và tổ chức thực hiện kế \nhoạch kiểm tra doanh nghiệp năm 2024",
                *("- Kế hoạch kiểm \ntra doanh nghiệp \n- Báo cáo kết quả ", _COMMA),
                *("Văn phòng", "Trong năm 2024"),
            ],
            [
                "3. Tham mưu UBND tỉnh ban hành \nQuy chế phối hợp",
                *("Quyết định", "Văn phòng", _COMMA, "Quý I/2024"),
            ],
            [
                "4. Tổ chức các lớp tuyên truyền, phổ \nbiến giáo dục pháp luật năm 2024",
                *("Báo cáo kết quả \nthực hiện (có thể \nlồng ghép)", "Phòng KHTH", "Văn phòng"),
                "Trong năm 2024",
            ],
        ],
    ),
    (
        "Cải cách thủ \ntục hành \nchính",
        [
            [
                "1. Xây dựng và triển khai thực hiện Kế \nhoạch kiểm soát, rà soát TTHC",
                *(_TWO, "Văn phòng", _COMMA),
                "- Tháng 01/2024 \n- Định kỳ hàng \nquý và năm \n2024",
            ],
            [
                "2. Công bố, công khai TTHC: \n2.1. Thông báo quyết định của \nUBND tỉnh \n"
                "2.2. Cập nhật đầy đủ, kịp thời TTHC \nmới ban hành",
                "\n2.1. Thông báo \n\n\n2.2. Báo cáo kết \nquả thực hiện \n",
                *("Văn phòng ", _ROOMS, "Thường xuyên"),
            ],
            [
                "3. Phấn đấu 100% hồ sơ TTHC thuộc \nthẩm quyền",
                *("Báo cáo kết quả \nthực hiện", "Văn phòng  \n(Bộ phận 1 \ncửa)"),
                *(_ROOMS, "Thường xuyên"),
            ],
        ],
    ),
    (
        "Cải cách tổ \nchức bộ máy",
        [
            [
                "1. Rà soát, kiện toàn chức năng, nhiệm \nvụ theo Nghị định số 35/2022/NĐ-CP",
                *("Quyết định", "Văn phòng", _ROOMS, "Trong năm 2024"),
            ],
            [
                "2. Sử dụng biên chế hành chính không \nvượt so với số lượng được cấp có thẩm",
                *("- Quyết định \n- Báo cáo kết quả", "Văn phòng"),
                *("Các phòng chuyên môn \nnghiệp vụ và Trung tâm", "Trong năm 2024"),
            ],
            # the page ended inside the row
            [
                "quyền giao. Thực hiện đúng cơ cấu, số \nlượng lãnh đạo",
                *("thực hiện", None, "Hạ tầng và Dịch vụ \nKCN Sóc Trăng", None),
            ],
        ],
    ),
    (
        "Cải cách \ncông vụ",
        [
            [
                "1. Triển khai thực hiện Kế hoạch đào \ntạo, bồi dưỡng năm 2024",
                *(_TWO, "Văn phòng ", _ROOMS_AND_CENTRE, "Trong năm 2024"),
            ],
            [
                "2. Rà soát, điều chỉnh Đề án vị trí việc \nlàm theo quy \nđịnh (nếu có)",
                *("Quyết định của \nUBND tỉnh", "Văn phòng ", _ROOMS, "Trong năm 2024"),
            ],
            [
                "3. Thực hiện quy định về bổ nhiệm vị trí \nlãnh đạo cấp phòng \n(nếu có)",
                *("Quyết định", "Văn phòng ", _ROOMS_AND_CENTRE, "Trong năm 2024"),
            ],
            [
                "4. Tiếp tục triển khai đánh giá và xếp \nloại công chức",
                *("Báo cáo kết quả", "Văn phòng", _ROOMS_AND_CENTRE, "Tháng 12/2024"),
            ],
        ],
    ),
    (
        "Cải cách tài \nchính công",
        [
            [
                "1. Ban hành Quy chế chi tiêu nội bộ",
                *("Quyết định", "Văn phòng ", _ROOMS + "   ", "Quý I/2024"),
            ],
            [
                "2. Tiếp tục thực hiện Nghị định \n130/2005/NĐ-CP ngày 17/10/2005",
                *("Báo cáo kết quả", "Văn phòng  \n(kế toán)", _ROOMS, "Trong năm 2024"),
            ],
            [
                "3. Chỉ đạo Trung tâm Hạ tầng và Dịch \nvụ KCN xây dựng phương án tự chủ",
                *("Quyết định", "Trung tâm Hạ \ntầng và Dịch \nvụ KCN Sóc \nTrăng", "Văn phòng"),
                "Trong năm 2024",
            ],
        ],
    ),
    (
        "Xây dựng và \nphát triển \nchính quyền \nđiện tử, \nchính quyền \nsố",
        [
            [
                "1. Ban hành và triển khai thực hiện kế \nhoạch ứng dụng công nghệ thông tin",
                *(_TWO, _IT, _ROOMS_AND_CENTRE, "Quý I/2024"),
            ],
            [
                "2. Ban hành và triển khai thực hiện kế \nhoạch chuyển đổi số năm 2024",
                *(_TWO, _IT, _ROOMS_AND_CENTRE),
                "Ngay sau khi có \nkế hoạch của \nUBND tỉnh",
            ],
            [
                "3. Ban hành và triển khai thực hiện kế \nhoạch duy trì, vận hành Cổng",
                "- Kế hoạch \n- Báo cáo kết quả \nthực hiện (có thể \nlồng ghép)",
                *(_IT, _ROOMS_AND_CENTRE, "Thường xuyên"),
            ],
            [
                "4. Tổ chức đánh giá nội bộ Hệ thống \nTCVN 9001:2015, định kỳ \n01 lần/năm",
                *(_TWO, "Văn phòng", _ROOMS_AND_CENTRE, "Tháng 7/2024"),
            ],
        ],
    ),
    (
        "Công tác chỉ \nđạo điều \nhành",
        [
            [
                "1. Xây dựng và tổ chức thực hiện Kế \nhoạch CCHC năm 2024",
                *(_TWO, "Văn phòng", _ROOMS_AND_CENTRE, "- Tháng 12/2023 \n- Tháng 12/2024"),
            ],
            [
                "2. Xây dựng và tổ chức thực hiện Kế \nhoạch tuyên truyền CCHC năm 2024",
                "- Kế hoạch  \n- Báo cáo kết quả \n(lồng ghép kết \nquả CCHC)",
                *("Văn phòng", _ROOMS_AND_CENTRE, "- Tháng 02/2024  \n- Tháng 12/2024"),
            ],
            [
                "3. Kiểm tra CCHC năm 2024",
                *(_TWO, "Văn phòng", _ROOMS_AND_CENTRE, "- Tháng 03/2024 \n- Tháng 12/2024"),
            ],
            [
                "4. Tổ chức họp mặt đối thoại với doanh \nnghiệp năm 2024",
                *("Hội nghị", "Phòng KHTH"),
                "Văn phòng, phòng QL \nQuy hoạch, XD và môi \ntrường và Trung tâm Hạ \n"
                "tầng và Dịch vụ KCN \nSóc Trăng",
                "Tháng 01/2024",
            ],
            [
                "5. Xác định chỉ số CCHC của Ban Quản \nlý các khu công nghiệp",
                *("Báo cáo kết quả", "Văn phòng", _ROOMS_AND_CENTRE, "Tháng 12/2024"),
            ],
        ],
    ),
]


def sheet_001() -> tuple[Rows, Spans]:
    """Title lines, a heading of one line said again on the second page, a page number."""
    rows: Rows = [["PHỤ LỤC"], ["NỘI DUNG TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH NĂM 2023"], []]
    rows += [HEAD_001, *ROWS_001[:1]]
    rows += [[None, None, 3], HEAD_001, *ROWS_001[1:]]
    return rows, [(0, 0, 0, 4), (1, 0, 1, 4)]


def sheet_004() -> tuple[Rows, Spans]:
    """Groups in one merged cell each; the heading stands again on every page."""
    rows: Rows = [["PHỤ LỤC"], HEAD_004]
    spans: Spans = [(0, 0, 0, 5)]
    for index, (area, tasks) in enumerate(AREAS_004):
        if index in (1, 3, 4):
            rows.append(HEAD_004)
        spans.append((len(rows), 0, len(rows) + len(tasks) - 1, 0))
        rows += [[area if at == 0 else None, *task] for at, task in enumerate(tasks)]
    return rows, spans


def xlsx(rows: Rows, spans: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for top, left, bottom, right in spans:
        sheet.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def word(rows: Rows, spans: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A plan in Word: a table for its head, text, and the annex as a table."""
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    document.add_paragraph("KẾ HOẠCH")
    table = document.add_table(len(rows), max(map(len, rows)))
    merged = {
        (row, column)
        for top, left, bottom, right in spans
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    for top, left, bottom, right in spans:
        table.cell(top, left).merge(table.cell(bottom, right))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None and (at, column) not in merged:
                table.cell(at, column).text = str(value)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def html(rows: Rows, spans: Sequence[tuple[int, int, int, int]] = ()) -> str:
    """What Excel puts on the clipboard."""
    starts = {
        (top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in spans
    }
    hidden = {
        (row, column)
        for top, left, bottom, right in spans
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(starts)
    said = ""
    width = max(map(len, rows))
    for at, row in enumerate(rows):
        cells = ""
        for column, value in enumerate([*row, *[None] * (width - len(row))]):
            if (at, column) in hidden:
                continue
            high, wide = starts.get((at, column), (1, 1))
            text = "" if value is None else str(value).replace("&", "&amp;").replace("\n", "<br>")
            cells += f'<td rowspan="{high}" colspan={wide}><p>{text}</p></td>'
        said += f"<tr>{cells}</tr>"
    return f"<html><head><style>td {{}}</style></head><body><table>{said}</table></body></html>"
