"""Time cells as plans of other provinces and ministries word them, read for 2025.

In each table "¦" parts the cells, "⏎" is a line break and "→" leads to the times owed: Q, M, H and
Y are all quarters, months, half-years and the year, "20/*" the 20th of every month. A cell
without "→" owes no date.
"""

import calendar
import re
from datetime import date

import pytest

from plans.timing import parse_timing

YEAR = 2025
START, END = date(YEAR, 1, 1), date(YEAR, 12, 31)


def periods(months):
    spans = [(first, first + months - 1) for first in range(1, 13, months)]
    return [f"1/{a}–{calendar.monthrange(YEAR, b)[1]}/{b}" for a, b in spans]


SHORT = {"Q": periods(3), "M": periods(1), "H": periods(6), "Y": periods(12)}

CELLS = {
    "deadline": """
ngày 20 tháng cuối quý II → 20/6 ¦ Trước ngày 20 tháng cuối quý IV/2025 → 19/12
Báo cáo quý I trước ngày 15/3 → 14/3 ¦ Hoàn thành chậm nhất trong Quý II/2025 → 30/6
Ngày Pháp luật Việt Nam 09/11 → 9/11 ¦ Ngày Chuyển đổi số quốc gia (10/10) → 10/10
20 /3/2025 → 20/3 ¦ 20/ 03 /2025 → 20/3 ¦ ２０/３/２０２５ → 20/3 ¦ Đến năm 2030 → 31/12/2030
Hết năm 2025 → 31/12 ¦ Đến 31/12/2025 → 31/12 ¦ Tới ngày 30/6/2025 → 30/6
Hoàn thành trước 31/12/2025 → 30/12 ¦ Hoàn thành chậm nhất 30/6 → 30/6
Chậm nhất đến hết tháng 6/2025 → 30/6 ¦ Chậm nhất là ngày 15 tháng 6 năm 2025 → 15/6
Xong trước 30/4 → 29/4 ¦ Trước tháng 6 → 31/5 ¦ Trước tháng 12/2025 → 30/11
Trước quý IV/2025 → 30/9 ¦ Không quá ngày 30/6/2025 → 30/6 ¦ Trước ngày 15/01/2026 → 14/1/2026
Thứ Sáu, ngày 20/6/2025 → 20/6 ¦ 8h00 ngày 15/5/2025 → 15/5
Hoàn thành trước ngày 30/6/2025 theo Kế hoạch số 12/KH-UBND → 29/6
Hoàn thành trước ngày 30/6/2025 theo Kế hoạch số 12/KH-UBND ngày 05/01/2025 → 29/6
Trước ngày 30/6/2025 (theo Kế hoạch số 12/KH-UBND ngày 05/01/2025) → 29/6
30 tháng 6 năm 2025 → 30/6 ¦ 30.6.2025 → 30/6 ¦ 30-6-2025 → 30/6 ¦ 30/06/25 → 30/6
Từ ngày ban hành Kế hoạch đến 31/12/2025 → 31/12 ¦ Từ ngày ký đến hết năm 2025 → 31/12
Kể từ ngày ký đến hết ngày 31/12/2025 → 31/12 ¦ Từ nay đến hết quý II → 30/6
Từ nay đến 31/12/2025 → 31/12 ¦ Hạn cuối: 20/6/2025 → 20/6 ¦ Thời hạn: trước 20/6 → 19/6
Thời gian hoàn thành: 30/6 → 30/6 ¦ Hoàn thành: 30/6/2025 → 30/6
Gửi trước ngày 25/6 để tổng hợp → 24/6 ¦ Trước ngày 25/6 gửi Sở Nội vụ tổng hợp → 24/6
Trình UBND tỉnh trước 20/6 → 19/6 ¦ Không muộn hơn 30/6 → 30/6
Báo cáo năm 2025: trước ngày 05/12/2025 → 4/12 ¦ Ngày 15 tháng đầu quý II/2025 → 15/4
Ngày cuối cùng của quý II → 30/6 ¦ Ngày đầu tiên của tháng 6 → 1/6 ¦ １５/６/２０２５ → 15/6
Ngày Sách và Văn hóa đọc Việt Nam (21/4) → 21/4 ¦ Ngày 09/11 (Ngày Pháp luật Việt Nam) → 9/11
Trước ngày 09/11 (Ngày Pháp luật Việt Nam) → 8/11
Kể từ khi Kế hoạch được ban hành đến hết ngày 31/12/2025 → 31/12
Từ ngày Kế hoạch được ban hành đến ngày 15/12 → 15/12 ¦ Trước 20/12 → 19/12
Ban hành Kế hoạch trước ngày 15/01/2025 → 14/1 ¦ Trước ngày 15/01/2025 ban hành Kế hoạch → 14/1
Báo cáo kết quả trước ngày 15/12/2025 → 14/12 ¦ Gửi báo cáo về Sở Nội vụ trước ngày 10/6 → 9/6
Đến hết Quý III/2025 → 30/9 ¦ Trước thời điểm 30/6/2025 → 29/6 ¦ Trước ngày⏎15/6/2025 → 14/6
Hoàn thành trước tháng 5/2025 → 30/4 ¦ Hoàn thành chậm nhất trong tháng 6 → 30/6
Hoàn thành chậm nhất trước 30/6 → 29/6 ¦ Hoàn thành chậm nhất là ngày 30/6/2025 → 30/6
Chậm nhất trước ngày 15/12 → 14/12 ¦ Chậm nhất tháng 6/2025 → 30/6 ¦ Chậm nhất quý II → 30/6
Chậm nhất vào ngày 20/12 → 20/12 ¦ Chậm nhất đến 30/9/2025 → 30/9 ¦ Muộn nhất 30/9 → 30/9
Xong trước Quý IV → 30/9 ¦ Trước năm 2030 → 31/12/2029 ¦ Trước ngày 31/01 năm sau → 30/1/2026
Trước ngày 20/01 năm kế tiếp → 19/1/2026 ¦ Trước 15/12 năm báo cáo → 14/12 ¦ 12/3 → 12/3
3/12 → 3/12 ¦ ngày 5/6 → 5/6 ¦ Ngày 6 tháng 5 → 6/5 ¦ 2025/06/15 → 15/6
Ngày 29/2/2028 → 29/2/2028 ¦ Trước ngày15/6/2025 → 14/6 ¦ trước 15 - 6 - 2025 → 14/6
""",
    "window": """
Tháng cuối quý II → 1/6–30/6 ¦ Tháng đầu quý III/2025 → 1/7–31/7
Trong tháng đầu tiên của quý II → 1/4–30/4 ¦ Quý II (trước 20/6) → 1/4–19/6
Quý II/2025 (trước ngày 20/6/2025) → 1/4–19/6 ¦ Quý II (hoàn thành trước ngày 20/6) → 1/4–19/6
Quý I (tháng 3) → 1/3–31/3 ¦ Tháng 3 (trước ngày 25/3) → 1/3–24/3
Hoàn thành trong Quý II/2025 → 1/4–30/6 ¦ Quý I-IV → Y ¦ Quý I - IV/2025 → Y
Quý I đến Quý IV → Y ¦ Từ Quý I - Quý III → 1/1–30/9 ¦ Cả năm (theo kế hoạch) → Y
Cả năm 2025 → Y ¦ T3-T11/2025 → 1/3–30/11 ¦ T3 - T11 → 1/3–30/11 ¦ T.3/2025 → 1/3–31/3
Q.II/2025 → 1/4–30/6 ¦ tháng10 → 1/10–31/10 ¦ Quý1 → 1/1–31/3 ¦ QuýIV → 1/10–31/12
Qúy II → 1/4–30/6 ¦ quí III/2025 → 1/7–30/9 ¦ năm2025 → Y ¦ QUÝ II → 1/4–30/6
Quý II. → 1/4–30/6 ¦ Quý II; → 1/4–30/6 ¦ Quý Ⅱ/2025 → 1/4–30/6 ¦ Quý II năm 2025. → 1/4–30/6
“Quý II/2025” → 1/4–30/6 ¦ (Quý II/2025) → 1/4–30/6 ¦ Tháng 3/2025 - 12/2025 → 1/3–31/12
Từ 3/2025 - 12/2025 → 1/3–31/12 ¦ 01/2025 - 12/2025 → Y ¦ Tháng 01 đến tháng 12 → Y
Tháng 01 - 12 năm 2025 → Y ¦ Từ tháng 01-12/2025 → Y ¦ Từ tháng 2 đến hết tháng 12 → 1/2–31/12
Tháng 2 đến tháng 11 → 1/2–30/11 ¦ Giai đoạn 2025-2030 → 1/1–31/12/2030
2025-2030 → 1/1–31/12/2030 ¦ Xong trong tháng 4/2025 → 1/4–30/4 ¦ Trong suốt năm 2025 → Y
Dự kiến quý III/2025 → 1/7–30/9 ¦ Dự kiến trong tháng 8 → 1/8–31/8
Quý III (dự kiến) → 1/7–30/9 ¦ Quý II-III → 1/4–30/9 ¦ 06 tháng đầu năm → 1/1–30/6
Trong 06 tháng đầu năm 2025 → 1/1–30/6 ¦ Sáu tháng đầu năm → 1/1–30/6
9 tháng đầu năm → 1/1–30/9 ¦ 03 tháng đầu năm → 1/1–31/3 ¦ 3 tháng cuối năm 2025 → 1/10–31/12
Nửa cuối năm → 1/7–31/12 ¦ Năm 2026 → 1/1/2026–31/12/2026 ¦ Quý I/2026 → 1/1/2026–31/3/2026
Tháng 01 năm 2026 → 1/1/2026–31/1/2026 ¦ Tháng 12/2024 → 1/12/2024–31/12/2024
Quý IV/2024 - Quý I/2025 → 1/10/2024–31/3 ¦ Từ ngày 01/01/2025 đến ngày 31/12/2025 → Y
01/01/2025-31/12/2025 → Y ¦ Từ 15/12/2024 đến 14/12/2025 → 15/12/2024–14/12
Từ ngày 05 đến ngày 10 tháng 6 năm 2025 → 5/6–10/6 ¦ Từ 05 - 10/6/2025 → 5/6–10/6
05-10/6 → 5/6–10/6 ¦ Tháng 4-5/2025 → 1/4–31/5 ¦ Tháng Tư → 1/4–30/4
Quý I/2025 (Ban hành Kế hoạch) → 1/1–31/3 ¦ 2025 → Y ¦ Quý 3 → 1/7–30/9 ¦ Quý 03/2025 → 1/7–30/9
Quý ba → 1/7–30/9 ¦ Quý I năm 2025 - Quý II năm 2026 → 1/1–30/6/2026
Từ quý I/2025 đến quý IV/2026 → 1/1–31/12/2026 ¦ Nhiệm kỳ 2025 - 2030 → 1/1–31/12/2030
Triển khai từ tháng 4, hoàn thành trước 30/11 → 1/4–29/11
Từ tháng 4, hoàn thành trước 30/11/2025 → 1/4–29/11
Bắt đầu từ tháng 3/2025, hoàn thành trong tháng 10/2025 → 1/3–31/10
Kể từ ngày 01/3/2025 đến ngày 30/9/2025 → 1/3–30/9
Tháng 10 (hưởng ứng Ngày Chuyển đổi số quốc gia 10/10) → 1/10–31/10
Tháng 11 (nhân Ngày Pháp luật 09/11) → 1/11–30/11 ¦ Thời gian: Quý II → 1/4–30/6
Từ quý II/2025 và hoàn thành trong quý IV/2025 → 1/4–31/12
Tháng thứ hai của quý III → 1/8–31/8
Quý II/2025 theo Kế hoạch số 12/KH-UBND ngày 05/01/2025 của UBND tỉnh → 1/4–30/6
Quý II (theo Kế hoạch của UBND tỉnh) → 1/4–30/6 ¦ Quý I/2025: Ban hành kế hoạch → 1/1–31/3
Quý II/ 2025 . → 1/4–30/6 ¦ Quý Ⅳ → 1/10–31/12 ¦ "Quý II" → 1/4–30/6
Tháng 11 (hưởng ứng Ngày Pháp luật Việt Nam 09/11/2025) → 1/11–30/11
Quý IV (chào mừng kỷ niệm 80 năm) → 1/10–31/12
Tính từ ngày 01/01/2025 đến ngày 14/12/2025 → 1/1–14/12 ¦ Năm 2025-2026 → 1/1–31/12/2026
Hoàn thành trong năm 2025 → Y ¦ Hoàn thành năm 2025 → Y
Tổ chức Hội nghị tổng kết tháng 12 → 1/12–31/12
Xây dựng Kế hoạch trong tháng 01/2025 → 1/1–31/1 ¦ 06/2025 → 1/6–30/6 ¦ 06-2025 → 1/6–30/6
Tháng 06-2025 → 1/6–30/6 ¦ Quý II-2025 → 1/4–30/6 ¦ Quý II.2025 → 1/4–30/6
Quý II, năm 2025 → 1/4–30/6 ¦ Quý II của năm 2025 → 1/4–30/6 ¦ Quý II 2025 → 1/4–30/6
Qúy IV/2025 → 1/10–31/12 ¦ QuíIII → 1/7–30/9 ¦ tháng 6 đến tháng 8 năm 2025 → 1/6–31/8
Từ T6 đến T8 → 1/6–31/8 ¦ Tháng 6 đến hết năm → 1/6–31/12
Quý I/2025⏎(trước ngày 20/3) → 1/1–19/3 ¦ Quý I-II/2025 → 1/1–30/6 ¦ Quý I – Quý II → 1/1–30/6
Từ quý I đến hết quý III/2025 → 1/1–30/9 ¦ Hoàn thành trong tháng 01/2025 → 1/1–31/1
Thực hiện xong trong quý III → 1/7–30/9 ¦ Thực hiện trong cả năm 2025 → Y
Năm 2025 - 2026 → 1/1–31/12/2026 ¦ Từ năm 2025 đến năm 2030 → 1/1–31/12/2030
Trong giai đoạn 2025 - 2030 → 1/1–31/12/2030 ¦ Tháng cao điểm: tháng 10 → 1/10–31/10
Tháng 6 theo Chương trình công tác → 1/6–30/6 ¦ Quý III theo kế hoạch → 1/7–30/9
Hoàn thành năm 2024 → 1/1/2024–31/12/2024 ¦ Quý III (02 hội nghị) → 1/7–30/9
Tháng 8 đến 10 → 1/8–31/10 ¦ Tháng 8 - tháng 10/2025 → 1/8–31/10
Tháng 11/2024 đến tháng 01/2025 → 1/11/2024–31/1 ¦ Tháng 12 năm 2024 → 1/12/2024–31/12/2024
Tháng 01 năm kế tiếp → 1/1/2026–31/1/2026 ¦ Qúi IV/2025 → 1/10–31/12 ¦ Quý I /2025. → 1/1–31/3
""",
    "multi": """
Trước ngày 15/6 (6 tháng) và 15/12 (năm) → 14/6 14/12
Trước ngày 15/6 (báo cáo 6 tháng) và trước ngày 15/12 (báo cáo năm) → 14/6 14/12
Báo cáo 6 tháng trước ngày 15/6; báo cáo năm trước ngày 15/12 → 14/6 14/12
Báo cáo 6 tháng: trước ngày 15/6; báo cáo năm: trước ngày 15/12 → 14/6 14/12
Báo cáo quý trước ngày 20 tháng cuối quý; báo cáo năm trước 20/12 → 19/3 19/6 19/9 19/12 19/12
Trước ngày 25 của tháng cuối quý và trước 20/12 đối với báo cáo năm → 24/3 24/6 24/9 24/12 19/12
6 tháng: trước ngày 15/6; năm: trước ngày 15/12 → 14/6 14/12
Quý I: 20/3, Quý II: 20/6, Quý III: 20/9, Quý IV: 20/12 → 20/3 20/6 20/9 20/12
Tháng 3, 6, 9, 12/2025 → 1/3–31/3 1/6–30/6 1/9–30/9 1/12–31/12
Trước ngày 20 tháng 3, 6, 9, 12 → 19/3 19/6 19/9 19/12
ngày 20 các tháng 3, 6, 9 và 12 → 20/3 20/6 20/9 20/12
Trước ngày 20 các tháng 3, 6, 9, 12 → 19/3 19/6 19/9 19/12
Theo Công văn số 581/BNV-CCHC ngày 10/02/2025 của Bộ Nội vụ, chậm nhất quý I → 31/3
Quý I+II → 1/1–31/3 1/4–30/6 ¦ Quý I, III/2025 → 1/1–31/3 1/7–30/9
Quý II và IV → 1/4–30/6 1/10–31/12 ¦ Quý II & Quý IV/2025 → 1/4–30/6 1/10–31/12
Quý I, II, III, IV → Q ¦ đợt 1: tháng 4; đợt 2: tháng 9 → 1/4–30/4 1/9–30/9
Đợt 1 tháng 4, đợt 2 tháng 9 → 1/4–30/4 1/9–30/9
Đợt I: quý II; đợt II: quý IV → 1/4–30/6 1/10–31/12
Lần 1 trước 15/5, lần 2 trước 15/11 → 14/5 14/11
Lần 1: trước ngày 15/5/2025⏎Lần 2: trước ngày 15/11/2025 → 14/5 14/11
- Lần 1: tháng 5⏎- Lần 2: tháng 11 → 1/5–31/5 1/11–30/11 ¦ Thường xuyên, hằng quý → Q
Trước ngày 15/6 và 15/12 → 14/6 14/12 ¦ Quý II, III → 1/4–30/6 1/7–30/9
Trong quý I và quý II → 1/1–31/3 1/4–30/6 ¦ 6 tháng đầu năm và cả năm → 1/1–30/6 1/1–31/12
6 tháng đầu năm, 6 tháng cuối năm → H
Quý IV/2025 và Quý I/2026 → 1/10–31/12 1/1/2026–31/3/2026
Tháng 4, tháng 5/2025 → 1/4–30/4 1/5–31/5
Tháng 4; tháng 8; tháng 12 → 1/4–30/4 1/8–31/8 1/12–31/12 ¦ Tháng 4+5 → 1/4–30/4 1/5–31/5
Quý I/2025: Ban hành kế hoạch; Quý IV/2025: Báo cáo kết quả → 1/1–31/3 1/10–31/12
Ban hành Kế hoạch: Quý I/2025; Báo cáo: tháng 12/2025 → 1/1–31/3 1/12–31/12
- Kế hoạch: Tháng 01/2025⏎- Báo cáo: Trước ngày 10/12/2025 → 1/1–31/1 9/12
Theo Kế hoạch, hoàn thành trong tháng 6/2025 → 1/6–30/6
Tháng 6, tháng 12 và khi có yêu cầu → 1/6–30/6 1/12–31/12
Tháng 6 và tháng 12; đột xuất theo yêu cầu → 1/6–30/6 1/12–31/12
Quý I và thường xuyên trong năm → 1/1–31/3 ¦ Quý II/2025; thường xuyên → 1/4–30/6
Hằng quý và khi có yêu cầu → Q ¦ Trước ngày 15/3, 15/6, 15/9, 15/12/2025 → 14/3 14/6 14/9 14/12
15/3; 15/6; 15/9; 15/12 → 15/3 15/6 15/9 15/12 ¦ Trước ngày 15 tháng 3, 15 tháng 6 → 14/3 14/6
Năm 2025, 2026 → 1/1–31/12 1/1/2026–31/12/2026 ¦ Trước 30/6 và trước 31/12 → 29/6 30/12
Chậm nhất ngày 30/6 và 31/12 → 30/6 31/12
Trong tháng 6; báo cáo kết quả trước ngày 15/7 → 1/6–30/6 14/7
Khi có chỉ đạo, quý II → 1/4–30/6 ¦ Đợt 1 (tháng 4), đợt 2 (tháng 9) → 1/4–30/4 1/9–30/9
Lần 1: Quý II. Lần 2: Quý IV → 1/4–30/6 1/10–31/12
Giai đoạn 1: Quý I/2025; giai đoạn 2: Quý III/2025 → 1/1–31/3 1/7–30/9
Bước 1: tháng 2; Bước 2: tháng 5 → 1/2–28/2 1/5–31/5
Kỳ 1: trước 15/6; kỳ 2: trước 15/12 → 14/6 14/12 ¦ Trước 20/3, từ 1/4 đến 30/4 → 19/3 1/4–30/4
Trước ngày 20/3 (quý I), 20/6 (6 tháng), 20/9 (9 tháng), 05/12 (năm) → 19/3 19/6 19/9 4/12
Báo cáo định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12) → 14/6 14/12
Trước ngày 20/6 đối với cấp xã; trước ngày 25/6 đối với cấp tỉnh → 19/6 24/6
Quý II đối với cấp tỉnh; quý III đối với cấp xã → 1/4–30/6 1/7–30/9
Thường xuyên, báo cáo hằng quý ¦ Thường xuyên; báo cáo định kỳ hằng quý
Các quý II, IV → 1/4–30/6 1/10–31/12
Các tháng 3, 6, 9, 12 → 1/3–31/3 1/6–30/6 1/9–30/9 1/12–31/12
Quý II theo Kế hoạch, Quý IV báo cáo → 1/4–30/6 1/10–31/12
Tháng 1: Kế hoạch; Tháng 12: Báo cáo → 1/1–31/1 1/12–31/12
Hằng quý, trước ngày 15 của tháng cuối quý và đột xuất khi có yêu cầu → 14/3 14/6 14/9 14/12
Trong năm 2025 và năm 2026 → 1/1–31/12 1/1/2026–31/12/2026 ¦ Quý 2, Quý 4 → 1/4–30/6 1/10–31/12
Tháng 6; 12 → 1/6–30/6 1/12–31/12 ¦ Tháng 6,12 → 1/6–30/6 1/12–31/12
T6, T12 → 1/6–30/6 1/12–31/12 ¦ T6/2025 và T12/2025 → 1/6–30/6 1/12–31/12
6/2025, 12/2025 → 1/6–30/6 1/12–31/12
- Hằng quý: trước ngày 15 tháng cuối quý⏎- Năm: trước ngày 10/12 → 14/3 14/6 14/9 14/12 9/12
+ Đợt 1: Tháng 5/2025⏎+ Đợt 2: Tháng 10/2025 → 1/5–31/5 1/10–31/10
Đợt 1: tháng 4⏎Đợt 2: tháng 9 → 1/4–30/4 1/9–30/9
Tháng 3/2025 và tháng 9/2025 → 1/3–31/3 1/9–30/9 ¦ Quý II và quý IV/2025 → 1/4–30/6 1/10–31/12
Sơ kết 6 tháng: trước ngày 30/6; tổng kết năm: trước ngày 15/12 → 29/6 14/12
6 tháng (trước 15/6) và năm (trước 15/12) → 14/6 14/12
Báo cáo 6 tháng (15/6), báo cáo năm (15/12) → 15/6 15/12
2025, 2026 → 1/1–31/12 1/1/2026–31/12/2026
Quý II: 02 cuộc; Quý IV: 01 cuộc → 1/4–30/6 1/10–31/12 ¦ Tháng 8, 9 → 1/8–31/8 1/9–30/9
Tháng 8 & 9 → 1/8–31/8 1/9–30/9
""",
    "vague": """
Vào thứ Hai đầu tuần ¦ Từ thứ Hai đến thứ Sáu hằng tuần ¦ Quý I (tháng 5)
Tháng 3 (trước ngày 25) ¦ 12 tháng ¦ 9 tháng ¦ 6 tháng ¦ 02 bài/tháng ¦ 01 tin, bài/quý
Kế hoạch số 12/KH-UBND ngày 05/01/2025 ¦ Căn cứ Quyết định số 12/QĐ-TTg ngày 05/01/2025
Quyết định số 468/QĐ-TTg ngày 27/3/2021 ¦ Ngày 10/10 - Ngày Chuyển đổi số quốc gia
Kể từ ngày 01/3/2025 ¦ Từ tháng 3/2025 ¦ Từ quý II/2025 ¦ Từ năm 2025 ¦ Bắt đầu từ tháng 4/2025
Từ tháng 3/2025 trở đi ¦ 2 đợt (tháng 4 và tháng 9) ¦ Tuần cuối tháng 3 ¦ Tuần đầu tháng 4/2025
Tuần thứ 2 của tháng 4 ¦ 5 tháng/lần ¦ 02 năm/lần ¦ 01 lần/02 năm ¦ Quý Il ¦ Quý l ¦ Quý II l
Năm 2O25 ¦ Quý II\2025 ¦ 3-12/2025 ¦ Năm 2025 và những năm tiếp theo
Năm 2025 và các năm tiếp theo ¦ Trước ngày 15 tháng cuối quý (15/3, 15/6, 15/9, 15/12)
Cuối mỗi quý ¦ Cuối quý II ¦ Cuối năm ¦ Đầu quý I ¦ Giữa tháng 6 ¦ Cuối tháng 12
Khoảng quý III ¦ Quý II hoặc quý III ¦ Quý II/III ¦ nt ¦ Như trên ¦ x ¦ Không
Ngày 12, 13/6/2025 ¦ Ngày 12 và 13 tháng 6 ¦ Từ 8h00 đến 11h00 ngày 15/5/2025 ¦ Tháng Chạp
Trước Tết Nguyên đán Ất Tỵ 2025 ¦ Trước kỳ họp thường lệ cuối năm của HĐND tỉnh
Trước ngày khai mạc kỳ họp ¦ Sau ngày 20/3/2025 ¦ Ngoài quý I ¦ Hằng quý (trừ quý I)
Hằng tháng (từ tháng 3) ¦ Hàng tháng từ tháng 3 đến tháng 12 ¦ Hằng quý, bắt đầu từ quý II
Trước ngày 20 hằng tháng; riêng tháng 12 trước ngày 15/12 ¦ 01 số/tháng ¦ Hằng quý/2025
Hàng Quý I ¦ Tháng 9 (sau khi có kết quả) ¦ Quý II (sau khi Chính phủ ban hành Nghị định)
Hằng quý hoặc khi có yêu cầu ¦ Quý Nhất ¦ 2 năm 2025-2026 ¦ Năm học 2025-2026
Từ tháng 3/2025 đến khi hoàn thành ¦ Từ nay đến Đại hội ¦ Tháng hành động tháng 4
Hội nghị tháng 6 ¦ Phiên họp tháng 6 của UBND tỉnh ¦ Tại phiên họp thường kỳ tháng 6
Hội nghị trực tuyến ngày 15/5 ¦ Sơ kết 6 tháng, tổng kết năm ¦ Sơ kết quý II, tổng kết quý IV
Cùng kỳ báo cáo CCHC ¦ Lồng ghép trong báo cáo CCHC định kỳ ¦ Tháng 5 (tháng cao điểm)
Quý II (tháng 4, 5, 6) ¦ 2 tuần/lần ¦ Tuần 1 hằng tháng ¦ Tuần thứ nhất hằng tháng
Thứ Sáu tuần cuối hằng tháng ¦ Thứ Năm tuần thứ 2 hàng tháng
Thực hiện Nghị quyết ngày 12/3/2025 ¦ Triển khai Quyết định số 45/QĐ-UBND ngày 12/3/2025
Triển khai thực hiện Kế hoạch số 10/KH-UBND ngày 05/01/2025
Thực hiện Kế hoạch số 10 ngày 05/01/2025 của UBND tỉnh ¦ Công bố Chỉ số CCHC năm 2024
Phát hành số 2 tháng 9 ¦ Hội nghị lần thứ 2 tháng 9 ¦ Từ 01/7/2025 (ngày Luật có hiệu lực)
Có hiệu lực từ ngày 01/7/2025 ¦ 12/2025/NĐ-CP ¦ 61/2018/NĐ-CP ¦ Thông tư 02/2021/TT-BNV
Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 ¦ Số 12/2025 ¦ CV 581/BNV-CCHC ¦ 30% trong quý I
100% hồ sơ ¦ 05 lớp ¦ 05 lớp trong quý II ¦ 02 cuộc (quý II, quý IV) ¦ từ ngày 14 đến tháng 4
Thứ 2 - thứ 6 hằng tuần ¦ Quý I (tháng 4, 5) ¦ Quý II (20/3) ¦ Quý II (trước 10/7)
Ngày thành lập tỉnh 01/7 ¦ Ngày ban hành 12/3/2025 ¦ Không thực hiện ¦ Không có trong năm 2025
Chuyển sang năm 2026 ¦ Tạm dừng từ tháng 6 đến tháng 8 ¦ Không trước ngày 30/6
Không phải quý I ¦ Hoãn đến quý III ¦ Gia hạn đến 30/9 ¦ thứ 3, 9 hằng tuần ¦ Thứ 1 hằng tuần
Thường xuyên/ hằng năm ¦ Thường xuyên, trọng tâm quý II ¦ 5 quý ¦ 3 quý đầu năm ¦ 2 quý
Tháng 2 của quý I ¦ Quý II (theo Kế hoạch, trước 20/6) ¦ Quý III/2025 (sau khi có Nghị định)
Sau mỗi quý ¦ Chậm nhất ngày 20 hằng tháng, quý ¦ 2 đợt/năm (đợt 1: quý II; đợt 2: quý IV)
Gửi báo cáo 6 tháng đầu năm trước ngày 10/6 ¦ 10 ngày cuối tháng 6 ¦ Thượng tuần tháng 6
Tháng 6/12 ¦ quy II ¦ Đến cuối năm 2025 ¦ Trước cuối năm 2025
Ngày 30/6/2025 hoặc khi có yêu cầu ¦ 15/6 hoặc 20/6 ¦ Theo định kỳ
Trước ngày 15 tháng thứ ba của quý ¦ Ngày 25 tháng cuối quý, chậm nhất
Trước ngày làm việc cuối cùng của tháng ¦ Sáng thứ Hai tuần đầu tháng ¦ Ngày thứ Hai hằng tuần
Tối thứ 5 hàng tuần trên kênh QTV1 ¦ 20h00 thứ Năm tuần thứ 2, 4 hằng tháng ¦ 02 tuần/lần
2 năm/lần ¦ Quý I/2025 và những năm tiếp theo ¦ 2025 và các năm tiếp theo ¦ Sau năm 2025
Từ 01/7/2025 ¦ Từ ngày 01/7/2025 đến nay ¦ Từ tháng 7 ¦ Áp dụng từ ngày 01/7/2025
Có hiệu lực kể từ ngày ký ¦ Cao điểm tháng 10 ¦ Kỳ họp thứ 30 (tháng 7/2025) ¦ Kỳ họp giữa năm
Phiên họp tháng 6 ¦ Chương trình công tác tháng 6 ¦ Quý III theo yêu cầu ¦ Mục 3 Kế hoạch 05
Khoản 2 Điều 5/2025 ¦ Thực hiện xong nhiệm vụ 5/2025 ¦ 05/KH-UBND
KH số 05/KH-UBND ngày 06/01/2025 ¦ QĐ 1085/QĐ-TTg ngày 15/9/2022 ¦ NQ 57-NQ/TW
Văn bản số 12/2025 ¦ Đã hoàn thành quý I ¦ Đã ban hành ngày 05/01/2025 ¦ Chuyển tiếp từ năm 2024
Từ năm 2024 chuyển sang ¦ Đến tháng 6/2025 đạt 50% ¦ Trong quý I đạt 100%
02 hội nghị trong quý III ¦ Tháng 8 hoặc tháng 9 ¦ Tháng 8/tháng 9 ¦ Quý 2/quý 3
Tháng 5 ngày 6 ¦ 15/06/2O25 ¦ l5/6/2025 ¦ Quý VII ¦ Quý IIII ¦ Quý IVI ¦ Tháng 1O ¦ Quý I/20255
Quý I/202 ¦ Tháng 6/2025/ ¦ Trướcngày 15/6 ¦ Tuyên truyền Luật CBCC có hiệu lực 01/7/2025
Tuyên truyền kỷ niệm ngày 30/4 ¦ Tổ chức Lễ kỷ niệm 20/11 ¦ Đánh giá kết quả giai đoạn 2021-2025
Đánh giá kết quả 6 tháng đầu năm ¦ Xây dựng Kế hoạch CCHC năm 2026
Báo cáo Quyết định ngày 12/3/2025 ¦ Phê duyệt tại Quyết định số 12 ngày 12/3/2025
Báo cáo số 12 ngày 5/1/2025 ¦ Trước và sau ngày 20/3 ¦ Trong tuần lễ từ 10/10 đến 16/10
Tháng cuối mỗi quý ¦ Trước ngày 10 quý sau ¦ Hằng quý, trước ngày 25
Tạm dừng đợt 1: tháng 4; đợt 2: tháng 9 ¦ So với quý I: 20/3, Quý II: 20/6
Quý I/2025: Ban hành kế hoạch và các năm tiếp theo
""",
    "recurring": """
các quý trong năm → Q ¦ Các quý → Q ¦ 4 quý → Q ¦ 04 quý trong năm 2025 → Q
Các tháng trong năm → M ¦ 12 tháng trong năm → M
Tháng 3, 6, 9, 12 hằng năm → 1/3–31/3 1/6–30/6 1/9–30/9 1/12–31/12
Trước ngày 20 của các tháng 3, 6, 9, 12 hằng năm → 19/3 19/6 19/9 19/12
Quý I, II, III, IV hằng năm → Q ¦ 02 đợt/năm → Y Y
02 lần/năm (quý II và quý IV) → 1/4–30/6 1/10–31/12
02 lần/năm (tháng 6, tháng 12) → 1/6–30/6 1/12–31/12 ¦ 01 tháng/lần → M
02 tháng/lần → 1/1–28/2 1/3–30/4 1/5–30/6 1/7–31/8 1/9–31/10 1/11–31/12 ¦ 06 tháng/lần → H
Định kỳ 6 tháng một lần → H ¦ Định kỳ 06 tháng/01 lần → H ¦ 6 tháng 1 lần → H
Mỗi năm 1 lần vào tháng 6 → 1/6–30/6 ¦ Mỗi năm 02 lần → Y Y ¦ 01 năm/lần → Y
Hằng năm, trước 30/11 → 29/11 ¦ Trước ngày 30/11 hằng năm → 29/11
Hằng năm (quý IV) → 1/10–31/12 ¦ Quý IV hàng năm → 1/10–31/12 ¦ Hằng năm, vào quý I → 1/1–31/3
Trước ngày 15/6 và ngày 15/12 hằng năm → 14/6 14/12 ¦ Ngày 15 hàng tháng → 15/*
Trước ngày 05 hàng tháng → 4/* ¦ Hằng tháng, trước ngày 18 → 17/*
Định kỳ hàng tháng (trước ngày 20) → 19/* ¦ Định kỳ ngày 15 hằng tháng → 15/*
Định kỳ hằng tháng vào ngày 15 → 15/* ¦ Hằng tháng (ngày 20) → 20/*
Trước ngày 10 của tháng đầu quý sau → 9/4 9/7 9/10 9/1/2026
Ngày 15 tháng cuối mỗi quý → 15/3 15/6 15/9 15/12
Ngày 15 của tháng cuối cùng mỗi quý → 15/3 15/6 15/9 15/12
Định kỳ hằng quý (ngày 20 tháng cuối quý) → 20/3 20/6 20/9 20/12
Hằng quý (trước ngày 15 của tháng cuối quý) → 14/3 14/6 14/9 14/12
Hằng quý (chậm nhất ngày 20 của tháng cuối quý) → 20/3 20/6 20/9 20/12
Trước 16h00 ngày 25 hằng tháng → 25/* ¦ Ít nhất 01 lần/quý → Q ¦ Tối thiểu 02 lần/năm → Y Y
01 quý/lần → Q ¦ 01 quý/01 lần → Q ¦ mỗi quý 01 lần → Q ¦ mỗi tháng một kỳ → M
Định kỳ hằng năm → Y ¦ Hàng năm → Y ¦ Hằng quý trong năm 2025 → Q ¦ Trong từng quý → Q
Mỗi quý → Q ¦ Theo quý → Q ¦ Theo tháng → M ¦ Hàng quí → Q ¦ Lồng ghép báo cáo CCHC hằng quý → Q
Mùng 5 hằng tháng → 5/* ¦ ngày 31 tháng cuối quý → 31/3 30/6 30/9 31/12
Báo cáo quý (trước ngày 15 tháng cuối quý) → 14/3 14/6 14/9 14/12 ¦ Hàng tháng (Ngày 15) → 15/*
Trước ngày 15 (hằng tháng) → 14/* ¦ Tháng 6 (hằng năm) → 1/6–30/6 ¦ Quý I hằng năm → 1/1–31/3
Quý IV các năm → 1/10–31/12 ¦ Cả 4 quý → Q ¦ Trong 4 quý của năm 2025 → Q ¦ 4 quý năm 2025 → Q
Tất cả các tháng trong năm → M ¦ Trước ngày 05 tháng đầu của quý sau → 4/4 4/7 4/10 4/1/2026
Cả năm (theo quý) → Q ¦ Định kỳ (hằng quý) → Q ¦ Hàng tháng, trước ngày 20 → 19/*
02 lần/năm (tháng 5; tháng 11) → 1/5–31/5 1/11–30/11
02 lần/năm: trước ngày 15/6 và trước ngày 15/12 → 14/6 14/12
Từ ngày 20/3 đến ngày 30/3 hằng năm → 20/3–30/3 ¦ Quý II, IV hàng năm → 1/4–30/6 1/10–31/12
Thường xuyên hằng tháng → M ¦ Trước 15/6 và 15/12 hằng năm → 14/6 14/12
15/3, 15/6, 15/9, 15/12 hàng năm → 15/3 15/6 15/9 15/12
Trước ngày 15 của tháng cuối quý → 14/3 14/6 14/9 14/12
Trước ngày 15 tháng cuối của quý → 14/3 14/6 14/9 14/12
Trước ngày 15 tháng cuối hằng quý → 14/3 14/6 14/9 14/12
Trước ngày 05 của tháng đầu tiên quý sau → 4/4 4/7 4/10 4/1/2026
Trước ngày 05 tháng đầu tiên của quý tiếp theo → 4/4 4/7 4/10 4/1/2026
Trước ngày 03 tháng sau → 2/2 2/3 2/4 2/5 2/6 2/7 2/8 2/9 2/10 2/11 2/12 2/1/2026
Trước ngày 20 của tháng → 19/*
Ngày cuối tháng → 31/1 28/2 31/3 30/4 31/5 30/6 31/7 31/8 30/9 31/10 30/11 31/12
4 kỳ/năm → 1/1–31/12 1/1–31/12 1/1–31/12 1/1–31/12 ¦ 01 lần/6 tháng → H ¦ 01 lần/tháng → M
Một năm một lần → Y ¦ Một quý một lần → Q ¦ Ba tháng một lần → Q ¦ Định kỳ ba tháng/lần → Q
Hai lần trong năm → Y Y ¦ Mỗi quý một lần → Q ¦ Quý I, Quý III hằng năm → 1/1–31/3 1/7–30/9
Ngày 31/12 hằng năm → 31/12 ¦ Trước 31/12 hàng năm. → 30/12
Hằng quý (20/3; 20/6; 20/9; 20/12) → 20/3 20/6 20/9 20/12
Hằng quý (tháng 3, 6, 9, 12) → 1/3–31/3 1/6–30/6 1/9–30/9 1/12–31/12
""",
    "external_rule": """
Theo tiến độ ¦ Theo tiến độ của Bộ Nội vụ ¦ Theo Kế hoạch số 12/KH-UBND ngày 05/01/2025
Theo Kế hoạch số 12/KH-UBND ngày 05/01/2025 của UBND tỉnh
Thực hiện theo Quyết định số 45/QĐ-UBND ngày 12/3/2025
Theo quy định tại Nghị định số 61/2018/NĐ-CP
Theo quy định tại Thông tư 01/2018/TT-VPCP; Quyết định 468/QĐ-TTg ngày 27/3/2021
Thực hiện theo Kế hoạch 15/KH-SNV ngày 10/01/2025; Kế hoạch 20/KH-SNV ngày 15/01/2025
Theo kỳ báo cáo ¦ Theo lịch của Báo Quảng Ninh ¦ Theo khung chương trình của Đài
Theo kế hoạch của Sở Nội vụ ¦ Theo hướng dẫn của Bộ Nội vụ về Chỉ số CCHC năm 2025
Theo Kế hoạch CCHC năm 2025 ¦ Đúng thời gian quy định
Theo thời hạn quy định tại Điều 5 Thông tư số 02/2021
Theo Quyết định số 12/QĐ-UBND, ngày 12/3/2025 ¦ Theo kế hoạch quý I và quý II
Theo Kế hoạch CCHC năm 2024, 2025
Theo các Kế hoạch số 12, 13/KH-UBND ngày 05/01/2025 và ngày 10/01/2025
Theo Chỉ thị số 05/CT-TTg, Nghị quyết số 57-NQ/TW ngày 22/12/2024
Theo chế độ báo cáo hằng tháng, hằng quý, hằng năm
Theo quy định về chế độ báo cáo định kỳ hằng quý và năm ¦ Theo lộ trình
Theo lộ trình của Đề án 06
Theo tiến độ Đề án đã được phê duyệt tại Quyết định số 06/QĐ-TTg ngày 06/01/2022
Ban hành Kế hoạch theo Quyết định số 5 ngày 12/3/2025 ¦ Báo cáo theo Công văn ngày 12/3/2025
Hoàn thành theo Nghị quyết ngày 12/3/2025
""",
    "placeholder": """
Thực hiện theo Quyết định số .../QĐ-UBND ngày 12/3/2025 ¦ Trước ngày ... tháng 6
Trước ngày …/6/2025 ¦ …
""",
    "event": """
Sau khi Nghị quyết có hiệu lực từ ngày 01/7/2025 ¦ Nhân dịp kỷ niệm 20/11 ¦ Chào mừng ngày 20/11
Hưởng ứng Ngày Pháp luật Việt Nam 09/11 ¦ Từ ngày ký ¦ Từ ngày ký ban hành ¦ Kể từ ngày ký
Sau mỗi kỳ họp ¦ Sau mỗi kỳ họp HĐND tỉnh ¦ Sau khi kết thúc hội nghị
Ngay sau khi Luật Tổ chức chính quyền địa phương 2025 có hiệu lực
Sau khi có kết quả Chỉ số CCHC năm 2024 ¦ Sau khi Bộ Nội vụ công bố PAR INDEX 2024
Khi có hướng dẫn của Bộ Nội vụ ¦ Khi có văn bản của Trung ương ¦ Sau Đại hội Đảng bộ tỉnh
Trước Tết Nguyên đán ¦ Sau khi có báo cáo quý I và quý II ¦ Khi có kết quả tháng 6, tháng 9
Nhân dịp kỷ niệm 20/11, 22/12 ¦ Trước khi ban hành Nghị quyết ngày 10/7
Sau khi sáp nhập (01/7/2025) ¦ Ngay sau khi Quyết định số 12/QĐ-UBND ngày 12/3/2025 có hiệu lực
Khi kết thúc quý II ¦ Sau khi kết thúc quý, năm ¦ Từ ngày ký Quyết định
Từ khi Nghị quyết có hiệu lực ¦ Sau mỗi đợt kiểm tra ¦ Trước mỗi kỳ họp HĐND
Trước Đại hội XIV của Đảng ¦ Trước khi bầu cử (15/3/2026) ¦ Dịp Tết Nguyên đán
Dịp 30/4 và 01/5 ¦ Nhân dịp 30/4, 1/5, 2/9
""",
    "report_cycle": """
Hằng quý, 6 tháng và cả năm ¦ Hằng quý, 6 tháng, năm ¦ Hằng tháng/quý/năm
Hàng tháng, hàng quý, hàng năm ¦ Quý, 6 tháng, 9 tháng, năm ¦ 6 tháng, năm ¦ 06 tháng, 01 năm
Định kỳ 6 tháng và cả năm ¦ Định kỳ (quý, 6 tháng, năm)
Báo cáo định kỳ (quý, 6 tháng, năm) và đột xuất ¦ Báo cáo quý, năm ¦ Hằng tuần, hằng tháng
Định kỳ hằng quý và đột xuất ¦ Quý I, 6 tháng, 9 tháng và năm 2025
Báo cáo quý I, 6 tháng, quý III và năm ¦ Hàng tuần, tháng ¦ Hàng quý, năm ¦ Quý/6 tháng/năm
6 tháng và năm 2025
""",
    "ongoing": """
Thường xuyên, định kỳ ¦ Thường xuyên trong năm ¦ Thường xuyên, cả năm
Thường xuyên; khi có yêu cầu ¦ Thường xuyên trong cả năm 2025 ¦ Thực hiện thường xuyên
Thường xuyên, kịp thời ¦ Thường xuyên theo quy định ¦ Thường xuyên và đột xuất
Trong năm 2025, thường xuyên ¦ Năm 2025 (thường xuyên) ¦ Liên tục trong năm ¦ 3 lần/ngày
Hằng ngày ¦ Thường xuyên, trong năm 2025 ¦ Cả năm, thường xuyên
Thực hiện thường xuyên trong năm 2025 ¦ Thường xuyên, liên tục trong năm
Thường xuyên hằng ngày ¦ Thường xuyên/Khi có phát sinh
""",
    "on_request": """
Khi phát sinh ¦ Theo đề nghị của các cơ quan ¦ Đột xuất khi có yêu cầu
Theo yêu cầu của UBND tỉnh ¦ Theo yêu cầu nhiệm vụ
""",
    "relative": """
Trong vòng 5 ngày làm việc ¦ Sau 30 ngày kể từ ngày ký
Chậm nhất 03 ngày sau khi nhận được văn bản
Trong thời hạn 15 ngày kể từ ngày Kế hoạch được ban hành ¦ Trong 10 ngày, kể từ ngày 01/3/2025
Trước 05 ngày làm việc khi kết thúc quý ¦ 05 ngày trước khi kết thúc quý
Ngày làm việc cuối cùng của quý ¦ Trong 10 ngày đầu tháng 6 ¦ Ngày làm việc cuối tháng
""",
    "invalid": """
30/02/2025 ¦ Trước ngày 31/6 ¦ 29/02/2025 ¦ Ngày 31/9/2025 ¦ 13/13/2025 ¦ 03/15/2025 ¦ Quý 5
Quý VI/2025 ¦ Tháng 00/2025 ¦ Tháng 14 ¦ ngày 0/3/2025 ¦ Trước ngày 32 hằng tháng
Từ tháng 9 đến tháng 3 ¦ Từ 20/5 đến 10/5/2025 ¦ Thứ Bảy, ngày 20/6/2025 ¦ Tháng 13/2025
Ngày 31/11 ¦ Trước ngày 31 tháng cuối quý II ¦ Lần 1: 31/6; lần 2: 15/12
Ngày 20 tháng cuối quý V ¦ Từ tháng 9, hoàn thành trước 30/3 ¦ Quý 11 ¦ 06/15/2025 ¦ 31/4
Ngày 30 tháng 2 ¦ Trước ngày 30/2/2026 ¦ Quý 0
""",
}


def expected(times):
    found = []
    for time in times.split():
        if time.endswith("/*"):
            found += [f"{time[:-1]}{month}" for month in range(1, 13)]
        else:
            found += SHORT.get(time, [time])
    return found


def dues(text, year=YEAR):
    def day(value):
        return f"{value.day}/{value.month}" + ("" if value.year == year else f"/{value.year}")

    found = parse_timing(text, year).occurrences(date(year, 1, 1), date(year, 12, 31))
    return [(f"{day(o.start)}–" if o.start else "") + day(o.due_on) for o in found]


CASES = [
    (cell.partition(" → ")[0].replace("⏎", "\n"), kind, expected(cell.partition(" → ")[2]))
    for kind, table in CELLS.items()
    for line in table.strip().splitlines()
    for cell in line.split(" ¦ ")
]


@pytest.mark.parametrize(("text", "kind", "times"), CASES, ids=[case[0] for case in CASES])
def test_cells_of_other_provinces(text, kind, times):
    assert (parse_timing(text, YEAR).kind.value, dues(text)) == (kind, times)


UNDATED = [case for case in CASES if not re.search(r"\d{4}|[０-９]|/06/25|/20", str(case))]


@pytest.mark.parametrize(("text", "kind", "times"), UNDATED, ids=[case[0] for case in UNDATED])
def test_a_cell_without_a_year_means_the_year_of_its_plan(text, kind, times):
    assert dues(text, 2028) == [time.replace("28/2", "29/2") for time in times]


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("thứ 3, 5 hằng tuần", {2, 4}),
        ("Thứ 2, thứ 6 hàng tuần", {1, 5}),
        ("Thứ 3 và thứ 5 hằng tuần", {2, 4}),
        ("Thứ 2, 4, 6 hằng tuần", {1, 3, 5}),
        ("Thứ Sáu hằng tuần", {5}),
        ("Chiều thứ 6 hàng tuần", {5}),
        ("Hằng tuần (thứ 3, thứ 5)", {2, 4}),
        ("Trước 16h00 thứ Sáu hằng tuần", {5}),
        ("Phát sóng tối thứ Bảy hằng tuần", {6}),
        ("19h45 thứ Tư hằng tuần", {3}),
        ("19h45' thứ Tư hằng tuần", {3}),
        ("Thứ Ba và thứ Năm hằng tuần", {2, 4}),
        ("Chiều thứ 3, 5 hằng tuần", {2, 4}),
        ("thứ 7, chủ nhật hằng tuần", {6, 7}),
        ("Hằng tuần: thứ 2, 4, 6", {1, 3, 5}),
        ("19h45’ thứ Bảy hằng tuần", {6}),
    ],
)
def test_weekdays(text, weekdays):
    found = parse_timing(text, YEAR).occurrences(START, END)
    assert {item.due_on.isoweekday() for item in found} == weekdays
    assert len(found) in range(52 * len(weekdays), 52 * len(weekdays) + 2)


@pytest.mark.parametrize(
    ("text", "kind", "times"),
    [
        ("Trước ngày  15 / 6 / 2025", "deadline", ["14/6"]),
        ("Quý  I/ 2025", "window", ["1/1–31/3"]),
        ("Qu\u00fd\u200b II/2025", "window", ["1/4–30/6"]),
        ("\ufeffQu\u00fd II/2025", "window", ["1/4–30/6"]),
        (" – Quý II/2025", "window", ["1/4–30/6"]),
        ("Qúy  I /2025", "window", ["1/1–31/3"]),
        ("ngày     tháng      năm 2025", "placeholder", []),
    ],
)
def test_noise_does_not_matter(text, kind, times):
    assert (parse_timing(text, YEAR).kind.value, dues(text)) == (kind, times)


@pytest.mark.parametrize("text", [text for text, kind, times in CASES if times and kind != "multi"])
@pytest.mark.parametrize(
    "turn", ["Không ", "Khoảng ", "Cuối ", "Trừ ", "Ngoài ", "Chưa thực hiện "]
)
def test_words_that_turn_a_time_around_leave_no_date(text, turn):
    assert dues(turn + text[0].lower() + text[1:]) == []
