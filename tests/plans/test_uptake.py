"""What becomes of a parent's items in a derived plan, and how far the agencies are."""

from datetime import date

import pytest

from plans.periods import DateSpan
from plans.uptake import (
    Assigned,
    Body,
    Item,
    Own,
    Progress,
    Tally,
    Timeliness,
    Uptake,
    concerns,
    is_in_group,
    lines,
    tally,
    timeliness,
)

ITEMS = [
    Item("content", 1, "1", "Ý nghĩa của CCHC"),
    Item("content", 2, "2", "Văn hóa công vụ"),
    Item("annex", 1, "IV.1", "Bố trí kinh phí"),
    Item("annex", 2, "IV.2", "Duy trì Trang TTĐT"),
]


def test_each_item_ends_in_one_of_four_ways() -> None:
    found = lines(
        ITEMS,
        {
            ("content", 1): [Own(7, "Ý nghĩa của CCHC.")],
            ("content", 2): [Own(8, "Văn hóa công vụ tại Sở")],
        },
        {("annex", 1): "Cơ quan không có kinh phí riêng", ("content", 2): "không tính nữa"},
    )
    assert [(line.uptake, line.reason) for line in found] == [
        (Uptake.ADOPTED, ""),
        (Uptake.ADAPTED, ""),
        (Uptake.NOT_APPLICABLE, "Cơ quan không có kinh phí riêng"),
        (Uptake.MISSING, ""),
    ]
    assert [line.difference for line in found] == [
        (),
        (("same", "Văn hóa công vụ"), ("added", " tại Sở")),
        (),
        (),
    ]
    counted = tally(line.uptake for line in found)
    assert counted == Tally(adopted=1, adapted=1, not_applicable=1, missing=1)
    assert (counted.covered, counted.total) == (3, 4)


DEPARTMENT = Body(1, "department", ("Sở Tư pháp tỉnh Hòa Giang", "Sở Tư pháp"))
COMMUNE = Body(2, "commune", ("UBND xã Tân Lập",))
PRESS = Body(3, "press", ("Báo Hòa Giang",))
DISTRICT = Body(4, "district", ("UBND huyện Kế Sách",))
SERVICE = Body(5, "service", ("Trường Chính trị",))


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("Các sở, ban, ngành", {1}),
        ("Các sở, ban ngành, đơn vị sự nghiệp công lập trực thuộc tỉnh", {1, 5}),
        ("UBND các huyện, thị xã, thành phố", {4}),
        ("UBND các xã, phường", {2}),
        ("UBND cấp xã", {2}),
        ("Cơ quan Trung ương đặt tại địa phương", set()),
        ("Các cơ quan, đơn vị", {1, 2, 3, 4, 5}),
        ("Các cơ quan, đơn vị, địa phương", {1, 2, 3, 4, 5}),
        ("Các sở, ngành và địa phương", {1, 2, 4}),
        ("Các cơ quan thông tấn báo chí", {3}),
        ("Các đơn vị có liên quan", set()),
        ("Các sở, ngành có liên quan", set()),
        ("Một số đơn vị", set()),
        ("Sở Tư pháp và các phòng", {1}),
        ("Các phòng chuyên môn", set()),
        ("Trung tâm Chuyển đổi số", set()),
    ],
)
def test_whom_a_named_group_means(group: str, members: set[int]) -> None:
    bodies = (DEPARTMENT, COMMUNE, PRESS, DISTRICT, SERVICE)
    assert {body.pk for body in bodies if is_in_group(group, body)} == members


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ((), True),
        ((Assigned(agency=1),), True),
        ((Assigned(agency=1, leads=False),), True),
        ((Assigned(agency=9),), False),
        ((Assigned(),), False),  # a unit of the issuer
        ((Assigned(agency=9), Assigned(group="Các sở, ngành")), True),
        ((Assigned(agency=9), Assigned(group="Các sở, ngành", leads=False)), False),
    ],
)
def test_which_tasks_concern_an_agency(named: tuple[Assigned, ...], expected: bool) -> None:
    assert concerns(named, DEPARTMENT) is expected


TERM = date(2024, 3, 15)


@pytest.mark.parametrize(
    ("issued", "term", "today", "expected"),
    [
        (None, None, TERM, Timeliness("no_term")),
        (DateSpan(TERM, TERM), None, TERM, Timeliness("no_term")),
        (None, TERM, TERM, Timeliness("not_issued")),
        (None, TERM, date(2024, 3, 20), Timeliness("overdue", 5)),
        (DateSpan(TERM, TERM), TERM, date(2024, 4, 1), Timeliness("on_time")),
        (DateSpan(date(2024, 3, 18), date(2024, 3, 18)), TERM, TERM, Timeliness("late", 3)),
        (DateSpan(date(2024, 3, 1), date(2024, 3, 31)), TERM, TERM, Timeliness("unclear")),
        (DateSpan(date(2024, 2, 1), date(2024, 2, 29)), TERM, TERM, Timeliness("on_time")),
    ],
)
def test_in_time_or_not(
    issued: DateSpan | None, term: date | None, today: date, expected: Timeliness
) -> None:
    assert timeliness(issued, term, today) == expected


def test_the_worst_stand_first() -> None:
    on_time = Progress(Timeliness("on_time"), True, Tally(adopted=3))
    late = Progress(Timeliness("late", 4), True, Tally(adopted=3))
    thin = Progress(Timeliness("on_time"), True, Tally(adopted=1, missing=2))
    absent = Progress(Timeliness("overdue", 9), False, Tally(missing=3))
    found = sorted([on_time, late, thin, absent], key=lambda one: one.worst_first)
    assert found == [absent, thin, late, on_time]
