"""The plan's year moves; other people's years do not."""

from datetime import date

import pytest

from plans.year_text import moved, moved_day, moved_days, moved_period, moved_time, moved_title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tuyên truyền CCHC năm 2024 tại Sở", "Tuyên truyền CCHC năm 2025 tại Sở"),
        ("kinh phí các nhiệm vụ CCHC năm 2024.", "kinh phí các nhiệm vụ CCHC năm 2025."),
        ("Quý I/2024; tháng 12/2024", "Quý I/2025; tháng 12/2025"),
        ("trước ngày 20/12/2024", "trước ngày 20/12/2025"),
        (
            "Thực hiện Kế hoạch số 30/KH-UBND ngày 21/02/2024, Sở xây dựng kế hoạch năm 2024",
            "Thực hiện Kế hoạch số 30/KH-UBND ngày 21/02/2024, Sở xây dựng kế hoạch năm 2025",
        ),
        (
            "Kế hoạch số 30/KH-UBND của UBND tỉnh ngày 21 tháng 02 năm 2024 về năm 2024",
            "Kế hoạch số 30/KH-UBND của UBND tỉnh ngày 21 tháng 02 năm 2024 về năm 2025",
        ),
        (
            "thực hiện Kế hoạch số 30/KH-UBND trước ngày 20/3/2024",
            "thực hiện Kế hoạch số 30/KH-UBND trước ngày 20/3/2025",
        ),
        ("Nghị định số 12/2024/NĐ-CP", "Nghị định số 12/2024/NĐ-CP"),
        ("Luật Đất đai năm 2024; năm 2024", "Luật Đất đai năm 2024; năm 2025"),
        ("giai đoạn 2021 – 2030 và 2024-2025", "giai đoạn 2021 – 2030 và 2024-2025"),
        ("Kế hoạch số      /KH-STTTT năm 2024", "Kế hoạch số      /KH-STTTT năm 2024"),
        ("01/01/2024 - 31/12/2024", "01/01/2025 - 31/12/2025"),
        ("2.024 lượt người; 12024", "2.024 lượt người; 12024"),
        ("họp ngày 29/02/2024", "họp ngày 28/02/2025"),
        ("họp ngày 29 tháng 02 năm 2024", "họp ngày 28 tháng 02 năm 2025"),
        ("Nghị quyết 05/NQ-CP ngày 29/02/2024", "Nghị quyết 05/NQ-CP ngày 29/02/2024"),
    ],
)
def test_what_means_the_plans_year_moves(text: str, expected: str) -> None:
    assert moved(text, 2024, 2025).text == expected


def test_a_year_beside_the_plans_own_stays_and_is_told() -> None:
    found = moved("Chỉ số CCHC năm 2023 của tỉnh và Sở", 2024, 2025)
    assert found.text == "Chỉ số CCHC năm 2023 của tỉnh và Sở"
    assert found.left == ("Chỉ số CCHC năm 2023 của tỉnh và Sở",)


def test_years_beside_in_a_time_cell_move_too() -> None:
    assert moved_time("Từ 15/12/2023 đến 15/01/2025", 2024, 2025) == "Từ 15/12/2024 đến 15/01/2026"
    assert moved_time("Chậm nhất 29/02", 2024, 2025) == "Chậm nhất 28/02"
    assert moved_time("Chậm nhất 29/02", 2024, 2028) == "Chậm nhất 29/02"


def test_a_title_with_a_wrong_year_is_put_right() -> None:
    assert moved_title("TUYÊN TRUYỀN CCHC NĂM 2023 TẠI SỞ", 2024, 2025).text == (
        "TUYÊN TRUYỀN CCHC NĂM 2025 TẠI SỞ"
    )
    assert moved_title("CCHC giai đoạn 2021 - 2025 năm 2024", 2024, 2025).text == (
        "CCHC giai đoạn 2021 - 2025 năm 2025"
    )


def test_days_and_periods() -> None:
    assert moved_day(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert moved_day(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert moved_period("2024-Q1", 1) == "2025-Q1"
    assert moved_period("2020-W53", 1) == ""
    assert moved_days({"2024-Q1": date(2024, 3, 20), "2024-M02": date(2024, 2, 29)}, 1) == {
        "2025-Q1": date(2025, 3, 20),
        "2025-M02": date(2025, 2, 28),
    }
