"""Two texts of a plan compared: what a reader is told about every row."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plans.revision_changes import Change, RowChange, compare

NAMES = {"units": {"VP": "Văn phòng", "CDS": "Phòng Chuyển đổi số"}, "channels": {"cong": "Cổng"}}


def text(**sections: Any) -> dict[str, Any]:
    return {"sections": sections, "names": NAMES}


def item(uid: str, title: str) -> dict[str, Any]:
    return {"uid": uid, "label": "", "title": title, "source": None}


def rows(before: dict[str, Any], after: dict[str, Any]) -> list[RowChange]:
    return [row for section in compare(before, after) for row in section.rows]


def test_the_same_text_has_no_changes() -> None:
    same = text(header={"title": "A"}, content=[item("1", "Một"), item("2", "Hai")])
    assert compare(same, same) == ()


def test_a_changed_word_is_marked_inside_its_sentence() -> None:
    before = text(content=[item("1", "Tuyên truyền Luật Cán bộ")])
    after = text(content=[item("1", "Tuyên truyền Luật Viên chức")])
    (section,) = compare(before, after)
    assert (section.name, section.title) == ("content", "Nội dung tuyên truyền")
    (row,) = section.rows
    assert (row.change, row.title) == (Change.CHANGED, "Tuyên truyền Luật Viên chức")
    (field,) = row.fields
    assert field.label == "Nội dung"
    assert field.difference == (
        ("same", "Tuyên truyền Luật "),
        ("removed", "Cán bộ"),
        ("added", "Viên chức"),
    )


def test_removed_added_and_moved_rows_are_told_apart() -> None:
    before = text(content=[item("1", "Một"), item("2", "Hai"), item("3", "Ba"), item("4", "Bốn")])
    after = text(content=[item("3", "Ba"), item("1", "Một"), item("2", "Hai"), item("5", "Năm")])
    assert [(row.change, row.title) for row in rows(before, after)] == [
        (Change.REMOVED, "Bốn"),
        (Change.MOVED, "Ba"),
        (Change.ADDED, "Năm"),
    ]


def test_codes_are_told_by_the_names_that_they_had() -> None:
    task = {"uid": "t", "code": "4.2", "title": "Đăng tin"}
    quota = {
        "uid": "q",
        "task": "t",
        "channel": "cong",
        "counts_when": "sent",
        "minimum": 1,
        "maximum": None,
        "per": "month",
        "due_kind": "fixed",
        "due_day": None,
        "due_month_offset": 0,
        "due_dates": {"2024-M01": "25/01/2024"},
        "default_unit": "",
        "turns": {"2024-M01": "VP"},
    }
    later = {**quota, "minimum": 2, "counts_when": "held", "turns": {"2024-M01": "CDS"}}
    (row,) = rows(text(annex=[task], quotas=[quota]), text(annex=[task], quotas=[later]))
    assert row.title == "4.2 Đăng tin · Cổng"
    assert [(field.label, field.difference) for field in row.fields] == [
        ("Tính khi", (("same", "đã "), ("removed", "gửi"), ("added", "tổ chức, phát sóng"))),
        ("Ít nhất", (("removed", "1"), ("added", "2"))),
        (
            "Luân phiên",
            (
                ("same", "2024-M01: "),
                ("removed", "Văn phòng"),
                ("added", "Phòng Chuyển đổi số"),
            ),
        ),
    ]


def test_the_giai_trinh_of_a_draft_is_never_compared() -> None:
    row = {"uid": "t", "code": "1", "title": "Đăng tin", "explanation": "nội bộ"}
    assert compare(text(annex=[row]), text(annex=[{**row, "explanation": "khác"}])) == ()


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True))
def test_every_row_is_accounted_for(old: list[int], new: list[int]) -> None:
    before = text(content=[item(str(n), f"Mục {n}") for n in old])
    after = text(content=[item(str(n), f"Mục {n}") for n in new])
    found = rows(before, after)
    by = {change: sorted(row.title for row in found if row.change is change) for change in Change}
    assert by[Change.REMOVED] == sorted(f"Mục {n}" for n in set(old) - set(new))
    assert by[Change.ADDED] == sorted(f"Mục {n}" for n in set(new) - set(old))
    assert by[Change.CHANGED] == []
    kept_old = [n for n in old if n in new]
    kept_new = [n for n in new if n in old]
    assert (by[Change.MOVED] == []) == (kept_old == kept_new)
