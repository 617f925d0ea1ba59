"""Which obligations a placement counts for, and the sentence that says why."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.counting import Count, Placed, Wanted, counts, matches, moment

pytestmark = pytest.mark.core

HELD, SENT, DECIDED, PUBLISHED = (
    date(2024, 3, 1),
    date(2024, 3, 5),
    date(2024, 3, 8),
    date(2024, 3, 18),
)
PLACED = Placed(
    id=1,
    agency_id=10,
    channel_id=20,
    channel="Chuyên trang CCHC",
    held_on=HELD,
    sent_on=SENT,
    decided_on=DECIDED,
    published_on=PUBLISHED,
)
WANTED = Wanted(
    id=100,
    source=("quota", 7),
    agency_id=10,
    channel_id=20,
    counts_when="approved_published",
    period="Quý I/2024",
    window_start=date(2024, 1, 1),
    window_end=date(2024, 3, 31),
    due_on=date(2024, 3, 20),
)


@pytest.mark.parametrize(
    ("counts_when", "day"), [("held", HELD), ("sent", SENT), ("approved_published", PUBLISHED)]
)
def test_the_quota_names_the_moment(counts_when: str, day: date) -> None:
    assert matches(PLACED, replace(WANTED, counts_when=counts_when)) == day


def test_published_first_and_approved_later_counts_from_the_approval() -> None:
    days = {"held_on": None, "sent_on": SENT, "decided_on": PUBLISHED, "published_on": DECIDED}
    assert moment("approved_published", **days) == PUBLISHED


def test_approved_is_not_yet_published() -> None:
    days = {"held_on": HELD, "sent_on": SENT, "decided_on": DECIDED, "published_on": None}
    assert moment("approved_published", **days) is None


def test_an_unknown_moment_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown moment 'read'"):
        moment("read", held_on=None, sent_on=None, decided_on=None, published_on=None)


@pytest.mark.parametrize(
    "wanted",
    [
        replace(WANTED, agency_id=11),
        replace(WANTED, channel_id=21),
        replace(WANTED, channel_id=None),
        replace(WANTED, waived=True),
        replace(WANTED, window_end=date(2024, 3, 17)),
        replace(WANTED, window_start=date(2024, 3, 19)),
    ],
)
def test_what_does_not_count(wanted: Wanted) -> None:
    assert matches(PLACED, wanted) is None


@pytest.mark.parametrize("edge", ["window_start", "window_end"])
def test_the_window_holds_its_first_and_last_day(edge: str) -> None:
    assert matches(PLACED, replace(WANTED, **{edge: PUBLISHED})) == PUBLISHED


def test_a_draft_counts_for_nothing_even_when_held() -> None:
    draft = replace(PLACED, sent_on=None, decided_on=None, published_on=None)
    assert matches(draft, replace(WANTED, counts_when="held")) is None


def test_once_per_quota_and_then_for_what_is_due_first() -> None:
    later = replace(WANTED, id=101, due_on=date(2024, 3, 31))
    assert [c.obligation_id for c in counts(PLACED, [later, WANTED])] == [100]


def test_once_for_each_of_two_quotas() -> None:
    other = replace(WANTED, id=102, source=("quota", 8))
    assert [c.obligation_id for c in counts(PLACED, [WANTED, other])] == [100, 102]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            WANTED,
            "Đăng ngày 18/03/2024 trên Chuyên trang CCHC, trong kỳ Quý I/2024, "
            "trước hạn 20/03/2024",
        ),
        (
            replace(WANTED, due_on=PUBLISHED),
            "Đăng ngày 18/03/2024 trên Chuyên trang CCHC, trong kỳ Quý I/2024, "
            "đúng ngày hạn 18/03/2024",
        ),
        (
            replace(WANTED, due_on=date(2024, 3, 10)),
            "Đăng ngày 18/03/2024 trên Chuyên trang CCHC, sau hạn 10/03/2024 nhưng còn trong kỳ "
            "Quý I/2024",
        ),
        (
            replace(WANTED, counts_when="sent"),
            "Gửi ngày 05/03/2024 đến Chuyên trang CCHC, trong kỳ Quý I/2024, trước hạn 20/03/2024",
        ),
        (
            replace(WANTED, counts_when="held"),
            "Thực hiện ngày 01/03/2024, ghi nhận trên Chuyên trang CCHC, trong kỳ Quý I/2024, "
            "trước hạn 20/03/2024",
        ),
    ],
)
def test_the_sentence(wanted: Wanted, sentence: str) -> None:
    [count] = counts(PLACED, [wanted])
    assert count.why == sentence


def test_the_sentence_tells_both_days_when_approval_came_after_publication() -> None:
    placed = replace(PLACED, decided_on=date(2024, 3, 19))
    assert counts(placed, [WANTED]) == [
        Count(
            100,
            date(2024, 3, 19),
            "Đăng ngày 18/03/2024 trên Chuyên trang CCHC, duyệt ngày 19/03/2024, trong kỳ "
            "Quý I/2024, trước hạn 20/03/2024",
        )
    ]


DAYS = st.one_of(st.none(), st.dates(date(2023, 12, 20), date(2024, 4, 10)))


@given(
    sent=DAYS,
    decided=DAYS,
    published=DAYS,
    held=DAYS,
    when=st.sampled_from(["held", "sent", "approved_published"]),
    windows=st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2)), max_size=8),
)
def test_never_twice_per_quota_and_only_inside_the_window(
    sent: date | None,
    decided: date | None,
    published: date | None,
    held: date | None,
    when: str,
    windows: list[tuple[int, int]],
) -> None:
    placed = replace(PLACED, sent_on=sent, decided_on=decided, published_on=published, held_on=held)
    wanted = [
        replace(
            WANTED,
            id=number,
            source=("quota", quota),
            counts_when=when,
            window_start=date(2024, month, 1),
            window_end=date(2024, month, 28),
        )
        for number, (month, quota) in enumerate(windows)
    ]
    found = counts(placed, wanted)
    by_id = {w.id: w for w in wanted}
    sources = [by_id[c.obligation_id].source for c in found]
    assert len(sources) == len(set(sources))
    matched = {w.source for w in wanted if matches(placed, w)}
    assert set(sources) == matched
    for c in found:
        assert by_id[c.obligation_id].window_start <= c.counted_on
        assert c.counted_on <= by_id[c.obligation_id].window_end
