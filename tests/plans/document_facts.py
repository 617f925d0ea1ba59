"""What the five source documents and their citations say: read there, figure by figure."""

from datetime import date
from decimal import Decimal

S000 = "st-bqlkcn-tuyen-truyen-2024"
S001 = "st-stttt-tuyen-truyen-2024"
S002 = "hy-bqlkcn-tuyen-truyen-2024"
S003 = "st-ubnd-tuyen-truyen-2019"
S004 = "st-bqlkcn-cchc-2024"

# key: agency, kind, parent, number, symbol, signed_on, precision, place, year from, year to
HEADERS = {
    S000: ("ST-BQLKCN", "outreach", "st-ubnd-30-2024", "", "", None, "none", "", 2024, 2024),
    S001: (
        *("ST-STTTT", "outreach", "st-ubnd-30-2024", "", "KH-STTTT"),
        *(date(2024, 2, 1), "month", "", 2024, 2024),
    ),
    S002: (
        *("HY-BQLKCN", "outreach", "hy-ubnd-193-2023", "", "KH-BQL"),
        *(date(2024, 2, 1), "month", "Hưng Yên", 2024, 2024),
    ),
    S003: ("ST-UBND", "outreach", "st-ubnd-36-2017", "", "", None, "none", "", 2019, 2019),
    S004: (
        *("ST-BQLKCN", "reform", "st-ubnd-218-2022", "", "KH-BQL"),
        *(date(2023, 12, 1), "month", "", 2024, 2024),
    ),
    "st-ubnd-36-2017": (
        *("ST-UBND", "multi_year", None, "36", "KH-UBND"),
        *(date(2017, 3, 21), "day", "", 2016, 2020),
    ),
    "st-ubnd-128-2018": (
        *("ST-UBND", "reform", None, "128", "KH-UBND"),
        *(date(2018, 12, 26), "day", "", 2019, 2019),
    ),
    "st-ubnd-30-2024": (
        *("ST-UBND", "outreach", None, "30", "KH-UBND"),
        *(date(2024, 2, 21), "day", "", 2024, 2024),
    ),
    "st-ubnd-218-2022": (
        *("ST-UBND", "reform", None, "218", "KH-UBND"),
        *(date(2022, 12, 19), "day", "", 2024, 2024),
    ),
    "st-stttt-01-2024": (
        *("ST-STTTT", "reform", None, "01", "KH-STTTT"),
        *(date(2024, 1, 16), "day", "", 2024, 2024),
    ),
    "st-bqlkcn-01-2022": (
        *("ST-BQLKCN", "multi_year", None, "01", "KH-BQL"),
        *(date(2022, 1, 4), "day", "", 2021, 2030),
    ),
    "hy-ubnd-193-2023": (
        *("HY-UBND", "outreach", None, "193", "KH-UBND"),
        *(date(2023, 12, 26), "day", "", 2024, 2024),
    ),
}

SIGNERS = {
    S000: ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", ""),
    S001: ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Minh Chiến"),
    S002: ("", "PHÓ TRƯỞNG BAN PHỤ TRÁCH", "Vũ Quốc Nghị"),
    S003: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Chuyên"),
    S004: ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", ""),
}

RECIPIENTS = {
    S000: "Sở Nội vụ|BLĐ; các phòng|Trung tâm HT&DV KCN|Cổng TTĐT cơ quan|Lưu: VT",
    S001: (
        "Sở Nội vụ|Đảng bộ Sở|Các Chi bộ trực thuộc Đảng bộ Sở|Các tổ chức đoàn thể thuộc Sở"
        "|Ban Giám đốc Sở|Các phòng, đơn vị trực thuộc Sở|Lưu: VT"
    ),
    S002: "Sở Nội vụ tỉnh Hưng Yên|Lãnh đạo Ban|Các phòng chuyên môn, nghiệp vụ|Lưu: VT, VP",
    S003: (
        "Các sở, ngành tỉnh|Ban Quản lý các khu công nghiệp|Các đơn vị sự nghiệp thuộc UBND tỉnh"
        "|Các cơ quan Trung ương tại địa phương|UBND các huyện, thị xã, thành phố"
        "|Trường Chính trị|Cổng thông tin điện tử tỉnh|Đài PT-TH; Báo Sóc Trăng"
        "|Chuyên trang CCHC của tỉnh|Các Phòng KSTT, TH, QT|Lưu: HC"
    ),
    S004: "Sở Nội vụ|BLĐ; các phòng|Trung tâm HT&DV KCN ST|Lưu: VT",
}

# content, forms, targets, bases, tasks, clauses without a parent
COUNTS = {
    S000: (10, 6, 3, 2, 0, ["I", "II", "III", "IV"]),
    S001: (11, 6, 0, 3, 10, ["I", "II", "III", "V"]),
    S002: (5, 5, 0, 6, 0, ["I", "II", "III"]),
    S003: (9, 10, 3, 8, 28, ["I", "II", "III", "IV"]),
    S004: (0, 0, 1, 9, 27, ["I", "II", "III", "IV"]),
}

BASES = {
    S000: [
        ("implements", "Kế hoạch", "30/KH-UBND", date(2024, 2, 21), "st-ubnd-30-2024"),
        ("cited", "Quyết định", "1847/QĐ-TTg", date(2018, 12, 27), None),
    ],
    S001: [
        ("basis", "Kế hoạch", "30/KH-UBND", date(2024, 2, 21), "st-ubnd-30-2024"),
        ("basis", "Kế hoạch", "01/KH-STTTT", date(2024, 1, 16), "st-stttt-01-2024"),
        ("cited", "Quyết định", "1847/QĐ-TTg", date(2018, 12, 27), None),
    ],
    S002: [
        ("implements", "Kế hoạch", "193/KH-UBND", date(2023, 12, 26), "hy-ubnd-193-2023"),
        ("cited", "Nghị quyết", "76/NQ-CP", date(2021, 7, 15), None),
        ("cited", "Chỉ thị", "23/CT-TTg", date(2021, 9, 2), None),
        ("cited", "Kế hoạch", "184/KH-UBND", date(2021, 12, 7), None),
        ("cited", "Chỉ thị", "28-CT/TU", date(2022, 8, 10), None),
        ("cited", "Quyết định", "01/2023/QĐ-UBND", date(2023, 1, 11), None),
    ],
    S003: [
        ("implements", "Kế hoạch", "36/KH-UBND", date(2017, 3, 21), "st-ubnd-36-2017"),
        ("implements", "Kế hoạch", "128/KH-UBND", date(2018, 12, 26), "st-ubnd-128-2018"),
        ("cited", "Quyết định", "1847/QĐ-TTg", date(2018, 12, 27), None),
        ("cited", "Nghị quyết", "30c/NQ-CP", date(2011, 11, 8), None),
        ("cited", "Quyết định", "225/QĐ-TTg", date(2016, 2, 4), None),
        ("cited", "Nghị quyết", "06-NQ/TU", None, None),
        ("cited", "Kế hoạch", "48/KH-UBND", None, None),
        ("cited", "Chương trình hành động", "02/CTr-UBND", None, None),
    ],
    S004: [
        ("implements", "Kế hoạch", "218/KH-UBND", date(2022, 12, 19), "st-ubnd-218-2022"),
        ("implements", "Kế hoạch", "01/KH-BQL", date(2022, 1, 4), "st-bqlkcn-01-2022"),
        ("cited", "Quyết định", "28/2011/QĐ-UBND", date(2011, 8, 17), None),
        ("cited", "Quyết định", "01/2018/QĐ-UBND", date(2018, 1, 16), None),
        ("cited", "Nghị định", "35/2022/NĐ-CP", date(2022, 5, 28), None),
        ("cited", "Nghị định", "130/2005/NĐ-CP", date(2005, 10, 17), None),
        ("cited", "Nghị định", "117/2013/NĐ-CP", None, None),
        ("cited", "Nghị định", "60/2021/NĐ-CP", date(2021, 6, 21), None),
        ("cited", "Chỉ thị", "05/CT-UBND", date(2023, 4, 25), None),
    ],
}

# in the order of BASES; blank where the citation does not say
ISSUERS = {
    S000: "Ủy ban nhân dân tỉnh Sóc Trăng|Thủ tướng Chính phủ",
    S001: "UBND tỉnh Sóc Trăng|Sở Thông tin và Truyền thông|Thủ tướng Chính phủ",
    S002: ("UBND tỉnh|Chính phủ|Thủ tướng Chính phủ|UBND tỉnh|Ban Thường vụ Tỉnh ủy|UBND tỉnh"),
    S003: (
        "UBND tỉnh Sóc Trăng|UBND tỉnh Sóc Trăng|Thủ tướng Chính phủ|Chính phủ"
        "|Thủ tướng Chính phủ||UBND tỉnh Sóc Trăng|UBND tỉnh Sóc Trăng"
    ),
    S004: (
        "Ủy ban nhân dân tỉnh Sóc Trăng|Ban Quản lý các khu công nghiệp|UBND tỉnh|UBND tỉnh"
        "|Chính phủ|Chính phủ||Chính phủ|Chủ tịch UBND tỉnh"
    ),
}

# main heading[label of an item (a dash without one): how many stand below it]
CLAUSES = {
    S000: "I[1:4 2:3] II[1:0 2:0] III[1:0 2:0] IV[1:0 2:0 3:0]",
    S001: "I[1:6 2:4] II[1:0 2:0] III[1:0 2:0] V[1:0 2:0 3:0 4:0 5:0 6:0 -:0]",
    S002: "I[1:2 2:3] II[1:0 2:0 3:0 4:0] III[1:1 2:0]",
    S003: ("I[1:3 2:2] II[1:0 2:0] III[1:0 2:0] IV[1:0 2:0 3:0 4:0 5:0 6:0 7:0 8:2 -:0]"),
    S004: "I[1:0 2:2] II[1:4 2:4 3:2 4:4 5:2 6:2 7:4] III[] IV[1:0 2:0]",
}

TARGETS = [
    (S000, "=", Decimal(100), "%", "I.1"),
    (S000, ">=", Decimal(80), "%", "I.1"),
    (S000, "=", Decimal(100), "%", "III.2"),
    (S003, "=", Decimal(100), "%", "IV.1"),
    (S003, "=", Decimal(100), "%", "IV.1"),
    (S003, "=", Decimal(100), "%", "IV.4"),
    (S004, "=", Decimal(100), "%", "II.2; Phụ lục"),
]

_VP = "Văn phòng"
_KHTH = "Phòng KHTH"
_TT = "Trung tâm Hạ tầng và Dịch vụ KCN Sóc Trăng"
_CNTT = "Văn phòng (công chức phụ trách CNTT)"
_GROUP = "Các phòng chuyên môn nghiệp vụ"
_GROUP_COMMA = "Các phòng chuyên môn, nghiệp vụ"
_TWO = "- Kế hoạch\n- Báo cáo kết quả"
_THE_CHE = "Cải cách thể chế"
_TTHC = "Cải cách thủ tục hành chính"
_BO_MAY = "Cải cách tổ chức bộ máy"
CONG_VU = "Cải cách công vụ"
_TAI_CHINH = "Cải cách tài chính công"
_DIEN_TU = "Xây dựng và phát triển chính quyền điện tử, chính quyền số"
_DIEU_HANH = "Công tác chỉ đạo điều hành"

# area, code, products, lead, coordinating, time as written
ANNEX_004 = [
    (_THE_CHE, "1", _TWO, [_VP], [_GROUP], "- Quý I/2024\n- Theo quy định Sở Tư pháp"),
    (
        *(_THE_CHE, "2", "- Kế hoạch kiểm tra doanh nghiệp\n- Báo cáo kết quả"),
        *([_GROUP_COMMA], [_VP], "Trong năm 2024"),
    ),
    (_THE_CHE, "3", "Quyết định", [_VP], [_GROUP_COMMA], "Quý I/2024"),
    (
        *(_THE_CHE, "4", "Báo cáo kết quả thực hiện (có thể lồng ghép)"),
        *([_KHTH], [_VP], "Trong năm 2024"),
    ),
    (
        *(_TTHC, "1", _TWO, [_VP], [_GROUP_COMMA]),
        "- Tháng 01/2024\n- Định kỳ hàng quý và năm 2024",
    ),
    (_TTHC, "2", "", [_VP], [_GROUP], "Thường xuyên"),
    (_TTHC, "2.1", "Thông báo", [_VP], [_GROUP], "Thường xuyên"),
    (_TTHC, "2.2", "Báo cáo kết quả thực hiện", [_VP], [_GROUP], "Thường xuyên"),
    (
        *(_TTHC, "3", "Báo cáo kết quả thực hiện"),
        *(["Văn phòng (Bộ phận 1 cửa)"], [_GROUP], "Thường xuyên"),
    ),
    (_BO_MAY, "1", "Quyết định", [_VP], [_GROUP], "Trong năm 2024"),
    (
        *(_BO_MAY, "2", "- Quyết định\n- Báo cáo kết quả thực hiện"),
        *([_VP], [_GROUP, _TT], "Trong năm 2024"),
    ),
    (CONG_VU, "1", _TWO, [_VP], [_GROUP, _TT], "Trong năm 2024"),
    (CONG_VU, "2", "Quyết định của UBND tỉnh", [_VP], [_GROUP], "Trong năm 2024"),
    (CONG_VU, "3", "Quyết định", [_VP], [_GROUP, _TT], "Trong năm 2024"),
    (CONG_VU, "4", "Báo cáo kết quả", [_VP], [_GROUP, _TT], "Tháng 12/2024"),
    (_TAI_CHINH, "1", "Quyết định", [_VP], [_GROUP], "Quý I/2024"),
    (_TAI_CHINH, "2", "Báo cáo kết quả", ["Văn phòng (kế toán)"], [_GROUP], "Trong năm 2024"),
    (_TAI_CHINH, "3", "Quyết định", [_TT], [_VP], "Trong năm 2024"),
    (_DIEN_TU, "1", _TWO, [_CNTT], [_GROUP, _TT], "Quý I/2024"),
    (_DIEN_TU, "2", _TWO, [_CNTT], [_GROUP, _TT], "Ngay sau khi có kế hoạch của UBND tỉnh"),
    (
        *(_DIEN_TU, "3", "- Kế hoạch\n- Báo cáo kết quả thực hiện (có thể lồng ghép)"),
        *([_CNTT], [_GROUP, _TT], "Thường xuyên"),
    ),
    (_DIEN_TU, "4", _TWO, [_VP], [_GROUP, _TT], "Tháng 7/2024"),
    (_DIEU_HANH, "1", _TWO, [_VP], [_GROUP, _TT], "- Tháng 12/2023\n- Tháng 12/2024"),
    (
        *(_DIEU_HANH, "2", "- Kế hoạch\n- Báo cáo kết quả (lồng ghép kết quả CCHC)"),
        *([_VP], [_GROUP, _TT], "- Tháng 02/2024\n- Tháng 12/2024"),
    ),
    (_DIEU_HANH, "3", _TWO, [_VP], [_GROUP, _TT], "- Tháng 03/2024\n- Tháng 12/2024"),
    (
        *(_DIEU_HANH, "4", "Hội nghị", [_KHTH]),
        *([_VP, "Phòng QL Quy hoạch, XD và môi trường", _TT], "Tháng 01/2024"),
    ),
    (_DIEU_HANH, "5", "Báo cáo kết quả", [_VP], [_GROUP, _TT], "Tháng 12/2024"),
]

_BBT = "Ban Biên tập Cổng TTĐT của Sở"
_TTBCXB = "Phòng Thông tin – Báo chí – Xuất bản"
_CDS = "Phòng Chuyển đổi số"
_ALL = "Các phòng và đơn vị thuộc Sở"
ANNEX_001 = [
    ("", "1", "", [_VP, _BBT], [_ALL], "Năm 2024"),
    ("", "2", "", ["Trung tâm Công nghệ số", _VP], ["Các phòng thuộc Sở"], "Thường xuyên"),
    ("", "3", "", [_BBT], [_ALL], "Năm 2024"),
    ("", "4", "", [], [], ""),
    ("", "4.1", "", [], [], ""),
    ("", "4.1.a", "", [_VP], [], "Chậm nhất 20/3/2024"),
    ("", "4.1.b", "", [_TTBCXB], [], "Chậm nhất 20/06/2024"),
    ("", "4.1.c", "", [_CDS], [], "Chậm nhất 20/09/2024"),
    ("", "4.1.d", "", ["Thanh tra"], [], "Chậm nhất 20/12/2024"),
    (
        *("", "4.2", ""),
        [
            f"{_VP} (Tháng 1,2,3)",
            f"{_TTBCXB} (Tháng 4,5,6)",
            f"{_CDS} (Tháng 7,8,9)",
            "Thanh tra (Tháng 10,11,12)",
        ],
        *([_TTBCXB], "Chậm nhất Ngày 25 hàng tháng"),
    ),
]

DUTIES_003 = {"IV.1": 10, "IV.2": 5, "IV.3": 4, "IV.4": 4, "IV.5": 3, "IV.6": 1, "IV.7": 1}

# whom a duty tells to work together with; a report that goes "qua Sở Nội vụ" does not
_SNV = "Sở Nội vụ tỉnh Sóc Trăng"
BESIDE_003 = {
    "IV.1.3": [
        *(_SNV, "Báo Sóc Trăng", "Đài Phát thanh và Truyền hình tỉnh Sóc Trăng"),
        "Các cơ quan thông tấn báo chí",
    ],
    "IV.2.4": ["Các cơ sở giáo dục và đào tạo trong và ngoài tỉnh"],
    "IV.3.1": [_SNV, "Các ngành có liên quan"],
    "IV.3.4": ["Các cơ quan, đơn vị"],
    "IV.4.3": [_SNV],
    "IV.5.2": ["Sở Thông tin và Truyền thông tỉnh Sóc Trăng"],
    "IV.7.1": ["Các đơn vị có liên quan"],
}

UNITS_STTTT = [_VP, _TTBCXB, _CDS, "Thanh tra", "Trung tâm Công nghệ số", _BBT]
