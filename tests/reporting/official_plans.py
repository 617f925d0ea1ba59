"""What the five real plans must say in print, and the decree's ranges (REGULATIONS §1)."""

from __future__ import annotations

from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH

from reporting.letterhead import BLANK

SOC_TRANG = "UBND TỈNH SÓC TRĂNG"
BQL = "BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP"


@dataclass(frozen=True)
class Wanted:
    """What one plan's document must say, as read in its source."""

    parent: str
    agency: str
    number: str
    dated: str
    subject: str
    bases: tuple[str, ...]
    opening: str
    authority: tuple[str, ...]
    position: str
    signer: str
    recipients: tuple[str, ...]
    headings: tuple[str, ...]
    pages: int
    annex_pages: int = 0
    annex_rows: int = 0


BLANK_DATE = f"Sóc Trăng, ngày {BLANK} tháng {BLANK} năm {BLANK}"
WANTED = {
    "st-bqlkcn-tuyen-truyen-2024": Wanted(
        SOC_TRANG, BQL, f"Số: {BLANK}/KH-{BLANK}", BLANK_DATE,
        "Tuyên truyền cải cách hành chính năm 2024",
        (),
        "Thực hiện Kế hoạch số 30/KH-UBND ngày 21/02/2024, Ban xây dựng kế hoạch tuyên truyền "
        "CCHC năm 2024.",
        ("KT. TRƯỞNG BAN",), "PHÓ TRƯỞNG BAN", "",
        ("- Sở Nội vụ;", "- BLĐ; các phòng;", "- Trung tâm HT&DV KCN;", "- Cổng TTĐT cơ quan;",
         "- Lưu: VT."),
        ("I. MỤC TIÊU, YÊU CẦU", "II. ĐỐI TƯỢNG, PHẠM VI", "III. NỘI DUNG VÀ HÌNH THỨC",
         "IV. TỔ CHỨC THỰC HIỆN"),
        3,
    ),
    "st-stttt-tuyen-truyen-2024": Wanted(
        SOC_TRANG, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", f"Số: {BLANK}/KH-STTTT",
        f"Sóc Trăng, ngày {BLANK} tháng 02 năm 2024",
        "Tuyên truyền cải cách hành chính năm 2024 tại Sở Thông tin và Truyền thông tỉnh Sóc Trăng",
        ("Căn cứ Kế hoạch số 30/KH-UBND ngày 21/02/2024 của UBND tỉnh Sóc Trăng về tuyên truyền "
         "CCHC tỉnh Sóc Trăng năm 2024;",
         "Căn cứ Kế hoạch số 01/KH-STTTT ngày 16/01/2024 của Sở Thông tin và Truyền thông về "
         "thực hiện CCHC năm 2024."),
        "Sở Thông tin và Truyền thông xây dựng Kế hoạch tuyên truyền CCHC năm 2024.",
        ("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC", "Nguyễn Minh Chiến",
        ("- Sở Nội vụ;", "- Đảng bộ Sở;", "- Các Chi bộ trực thuộc Đảng bộ Sở;",
         "- Các tổ chức đoàn thể thuộc Sở;", "- Ban Giám đốc Sở;",
         "- Các phòng, đơn vị trực thuộc Sở;", "- Lưu: VT."),
        ("I. MỤC TIÊU, YÊU CẦU", "II. ĐỐI TƯỢNG, PHẠM VI", "III. NỘI DUNG VÀ HÌNH THỨC",
         "V. TỔ CHỨC THỰC HIỆN"),
        5, 2, 10,
    ),
    "hy-bqlkcn-tuyen-truyen-2024": Wanted(
        "UBND TỈNH HƯNG YÊN", BQL, f"Số: {BLANK}/KH-BQL",
        f"Hưng Yên, ngày {BLANK} tháng 02 năm 2024",
        "Tuyên truyền cải cách hành chính năm 2024",
        (),
        "Thực hiện Kế hoạch số 193/KH-UBND ngày 26/12/2023 của UBND tỉnh, Ban xây dựng kế hoạch "
        "tuyên truyền CCHC năm 2024.",
        (), "PHÓ TRƯỞNG BAN PHỤ TRÁCH", "Vũ Quốc Nghị",
        ("- Sở Nội vụ tỉnh Hưng Yên;", "- Lãnh đạo Ban;", "- Các phòng chuyên môn, nghiệp vụ;",
         "- Lưu: VT, VP."),
        ("I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN",
         "III. TỔ CHỨC THỰC HIỆN"),
        2,
    ),
    "st-ubnd-tuyen-truyen-2019": Wanted(
        "", "ỦY BAN NHÂN DÂN TỈNH\u00a0SÓC\u00a0TRĂNG", f"Số: {BLANK}/KH-{BLANK}", BLANK_DATE,
        "Tuyên truyền cải cách hành chính tỉnh Sóc Trăng năm 2019",
        (),
        "Thực hiện Kế hoạch số 36/KH-UBND ngày 21/3/2017 và Kế hoạch số 128/KH-UBND ngày "
        "26/12/2018, UBND tỉnh Sóc Trăng xây dựng Kế hoạch tuyên truyền cải cách hành chính năm "
        "2019.",
        ("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "Trần Văn Chuyên",
        ("- Các sở, ngành tỉnh;", "- Ban Quản lý các khu công nghiệp;",
         "- Các đơn vị sự nghiệp thuộc UBND tỉnh;", "- Các cơ quan Trung ương tại địa phương;",
         "- UBND các huyện, thị xã, thành phố;", "- Trường Chính trị;",
         "- Cổng thông tin điện tử tỉnh;", "- Đài PT-TH; Báo Sóc Trăng;",
         "- Chuyên trang CCHC của tỉnh;", "- Các Phòng KSTT, TH, QT;", "- Lưu: HC."),
        ("I. MỤC TIÊU, YÊU CẦU", "II. ĐỐI TƯỢNG, PHẠM VI TUYÊN TRUYỀN",
         "III. NỘI DUNG VÀ HÌNH THỨC TUYÊN TRUYỀN", "IV. TỔ CHỨC THỰC HIỆN"),
        5,
    ),
    "st-bqlkcn-cchc-2024": Wanted(
        SOC_TRANG, BQL, f"Số: {BLANK}/KH-BQL", f"Sóc Trăng, ngày {BLANK} tháng 12 năm 2023",
        "Thực hiện cải cách hành chính năm 2024",
        (),
        "Thực hiện Kế hoạch số 218/KH-UBND ngày 19/12/2022 của UBND tỉnh và Kế hoạch số "
        "01/KH-BQL ngày 04/01/2022, Ban xây dựng kế hoạch CCHC năm 2024.",
        ("KT. TRƯỞNG BAN",), "PHÓ TRƯỞNG BAN", "",
        ("- Sở Nội vụ;", "- BLĐ; các phòng;", "- Trung tâm HT&DV KCN ST;", "- Lưu: VT."),
        ("I. MỤC TIÊU, YÊU CẦU",
         "II. CÁC NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN CẢI CÁCH HÀNH CHÍNH",
         "III. PHÂN CÔNG CỤ THỂ CÁC NHIỆM VỤ VÀ TRIỂN KHAI THỰC HIỆN CẢI CÁCH HÀNH CHÍNH "
         "NĂM 2024",
         "IV. TỔ CHỨC THỰC HIỆN"),
        8, 5, 27 + 7,
    ),
}  # fmt: skip

# The decree's components: which style says it in Word, size in points, bold, italic, alignment.
CENTER, JUSTIFY, LEFT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.LEFT,
)
DECREE = {
    "Quốc hiệu": ((12, 13), True, False, CENTER),
    "Tiêu ngữ": ((13, 14), True, False, CENTER),
    "Cơ quan chủ quản": ((12, 13), False, False, CENTER),
    "Cơ quan ban hành": ((12, 13), True, False, CENTER),
    "Số và ký hiệu": ((13, 13), False, False, CENTER),
    "Địa danh, ngày tháng": ((13, 14), False, True, CENTER),
    "Tên loại": ((13, 14), True, False, CENTER),
    "Trích yếu": ((13, 14), True, False, CENTER),
    "Căn cứ": ((13, 14), False, True, JUSTIFY),
    "Nội dung": ((13, 14), False, False, JUSTIFY),
    "Khoản, điểm": ((13, 14), False, False, JUSTIFY),
    "Mục I": ((13, 14), True, False, JUSTIFY),
    "Mục 1": ((13, 14), True, False, JUSTIFY),
    "Quyền hạn, chức vụ": ((13, 14), True, False, CENTER),
    "Họ tên người ký": ((13, 14), True, False, CENTER),
    "Nơi nhận": ((12, 12), True, True, LEFT),
    "Danh sách nơi nhận": ((11, 11), False, False, LEFT),
    "Phụ lục": ((14, 14), True, False, CENTER),
    "Tên phụ lục": ((13, 14), True, False, CENTER),
    "Kèm theo": ((13, 14), False, True, CENTER),
    "Ô bảng": ((13, 13), False, False, LEFT),
    "Đầu bảng": ((13, 13), True, False, CENTER),
    "Nhóm trong bảng": ((13, 13), True, False, LEFT),
    "Số trang": ((13, 14), False, False, CENTER),
}
