"""A long table in parts: nothing lost, groups whole, headings said again only where one is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.lib.table_parts import GOES_ON, cut, weight
from cchc.lib.tables import Cell, Column, Level, Row, Table

pytestmark = pytest.mark.core


def table(*rows: Row) -> Table:
    return Table("t", "Bảng", "Quý I/2024", (Column("a", "A"), Column("b", "B")), rows)


def body(text: str = "x") -> Row:
    return Row((Cell(1), Cell(text)))


def group(name: str) -> Row:
    return Row((Cell(name),), Level.GROUP)


TOTAL = Row((Cell(), Cell("Tổng")), Level.TOTAL)


def test_a_table_that_fits_is_its_only_part():
    whole = table(*(body() for _ in range(10)))
    assert cut(whole, 10) == [whole]


def test_a_part_ends_where_a_group_ends():
    whole = table(*(row for name in "ABCD" for row in (group(name), *(body() for _ in range(4)))))
    parts = cut(whole, 11)
    assert [len(part.rows) for part in parts] == [10, 10]
    assert parts[1].rows[0] == group("C")
    assert [part.clock for part in parts] == ["Quý I/2024", ""]


def test_a_group_too_long_is_cut_evenly_and_its_heading_said_again():
    parts = cut(table(group("A"), *(body(str(at)) for at in range(24))), 10)
    assert [part.rows[0].cells[0].value for part in parts] == ["A", f"A {GOES_ON}", f"A {GOES_ON}"]
    assert max(weight(part.rows) for part in parts) <= 11


def test_a_total_never_begins_a_part():
    parts = cut(table(*(body() for _ in range(20)), TOTAL), 10)
    assert [part.rows[0].level for part in parts] == [Level.BODY] * len(parts)


def test_long_texts_weigh_more():
    assert weight([body(), body("ư" * 4_000)]) == 12
    assert len(cut(table(*(body("ư" * 4_000) for _ in range(4))), 22)) == 2


@given(st.lists(st.sampled_from("rrrrgt"), min_size=1, max_size=60), st.integers(2, 15))
def test_no_row_is_lost_or_moved(kinds, room):
    rows = [
        {"r": body(str(at)), "g": group(str(at)), "t": TOTAL}[kind] for at, kind in enumerate(kinds)
    ]
    parts = cut(table(*rows), room)
    said = [row for part in parts for row in part.rows]
    assert [row for row in said if GOES_ON not in str(row.cells[0].value)] == rows
    assert all(part.rows for part in parts)
