"""How an annex is written so that it is read: the words of the template's guide and hints."""

from __future__ import annotations

from dataclasses import dataclass

SHEET, GUIDE, DIRECTORY = "Phụ lục", "Hướng dẫn", "Danh mục"
UNIT_LIST = "DON_VI"


@dataclass(frozen=True, slots=True)
class ColumnGuide:
    """A column of the template: its heading, its width, what goes in, and an example."""

    key: str
    title: str
    width: int
    how: str
    example: str


COLUMNS = (
    ColumnGuide(
        "stt",
        "STT",
        6,
        "Mỗi nhiệm vụ một số: 1, 2, 3. Việc con ghi 2.1, 2.2; dưới 4.1 có thể ghi a, b, c. "
        "Trong một nhóm, mỗi số chỉ dùng một lần. Nhóm nhiệm vụ ghi số La Mã.",
        "1, 2.1, 4.1, a",
    ),
    ColumnGuide(
        "title",
        "Nhiệm vụ",
        34,
        "Nội dung nhiệm vụ. Việc chỉ làm khi phát sinh thì ghi thêm “(nếu có)”. "
        "Định mức ghi ngay trong câu; sau khi nhập, chương trình đề xuất để xác nhận.",
        "Mỗi tháng có ít nhất 01 tin, bài được duyệt và đăng trên Cổng TTĐT của Sở",
    ),
    ColumnGuide(
        "products",
        "Sản phẩm",
        18,
        "Kết quả phải có. Nhiều sản phẩm thì mỗi sản phẩm một dòng trong ô (Alt+Enter), "
        "đầu dòng có gạch.",
        "- Kế hoạch\n- Báo cáo kết quả",
    ),
    ColumnGuide(
        "lead",
        "Đơn vị chủ trì",
        20,
        "Chọn trong danh sách hoặc gõ tên như ở trang “Danh mục”. Nhiều đơn vị thì mỗi đơn vị "
        "một dòng (Alt+Enter). Ghi chú đặt trong ngoặc.",
        "Văn phòng (kế toán)",
    ),
    ColumnGuide(
        "coordinating",
        "Đơn vị phối hợp",
        20,
        "Như cột chủ trì; có thể ghi một nhóm, bắt đầu bằng “Các”. Bỏ trống nếu không có.",
        "Các phòng chuyên môn, nghiệp vụ",
    ),
    ColumnGuide(
        "time",
        "Thời gian thực hiện",
        20,
        "Ghi kỳ, hạn hoặc chu kỳ; các cách ghi được hiểu ở trang “Hướng dẫn”. Nhiều mốc thì mỗi "
        "mốc một dòng, đầu dòng có gạch, theo thứ tự của sản phẩm.",
        "Quý I/{year}",
    ),
)

# Each wording with what it is taken for; a test reads every one of them.
TIMES = (
    ("Quý I/{year}", "Xong trong quý; hạn là ngày cuối quý"),
    ("Tháng 3/{year}", "Xong trong tháng; hạn là ngày cuối tháng"),
    ("Trước ngày 20/3/{year}", "Hạn cụ thể"),
    ("Chậm nhất ngày 25 hằng tháng", "Mỗi tháng một lần, hạn ngày 25"),
    ("Hằng quý", "Mỗi quý một lần, hạn là ngày cuối quý"),
    ("6 tháng, năm", "Hai lần: giữa năm và cuối năm"),
    ("Trong năm {year}", "Một lần, hạn là ngày cuối năm"),
    ("- Tháng 02/{year}\n- Tháng 12/{year}", "Mỗi dòng một hạn, theo thứ tự của sản phẩm"),
    ("Thường xuyên", "Không có hạn riêng; báo cáo theo kỳ"),
)
# Not wrong, but somebody has to say what they mean.
VAGUE_TIMES = ("Đầu năm", "Cuối năm")

ROWS = (
    (
        "Nhóm nhiệm vụ",
        "Một dòng riêng: cột STT ghi số La Mã, cột Nhiệm vụ ghi tên nhóm, các cột khác để trống.",
        "II | Cải cách thủ tục hành chính",
    ),
    (
        "Việc con",
        "Mỗi việc con một dòng ngay dưới việc mẹ; việc mẹ có thể để trống đơn vị và thời gian.",
        "4 → 4.1 → a, b, c, d",
    ),
    (
        "Dòng trống",
        "Bỏ qua. Dòng ký tên, nơi nhận ở cuối bảng cũng được bỏ qua và báo lại.",
        "",
    ),
    (
        "Dòng “Ví dụ”",
        "Dòng có chữ “Ví dụ” ở cột STT không được nhập; có thể xóa hoặc để lại.",
        "Ví dụ",
    ),
    (
        "Trước khi nhập",
        "Chương trình kiểm tra cả tệp, chưa ghi gì, và báo một lần tất cả các lỗi. "
        "Chỉ khi không còn lỗi mới nhập, nhập trọn vẹn cả bảng.",
        "",
    ),
)
