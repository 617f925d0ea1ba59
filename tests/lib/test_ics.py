"""Calendar files, read back by icalendar and by hand as RFC 5545 says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from cchc.lib.ics import AllDay, calendar_file

HANOI = timezone(timedelta(hours=7))


def event(**facts: object) -> AllDay:
    return AllDay(
        **{  # type: ignore[arg-type]
            "uid": "dau-viec-1@a.vn",
            "day": date(2024, 3, 31),
            "summary": "Đến hạn: 4.1",
            "description": "Mỗi quý ít nhất 01 tin",
            "url": "https://a.vn/1",
            "revision": 2,
            "modified": datetime(2024, 3, 1, 0, 30, tzinfo=HANOI),
            **facts,
        }
    )


def by_hand(body: bytes) -> list[tuple[str, str]]:
    """Unfolded content lines as (name with parameters, value): RFC 5545, 3.1."""
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    unfolded = body.replace(b"\r\n ", b"").decode()
    lines = unfolded.removesuffix("\r\n").split("\r\n")
    pattern = re.compile(r"([A-Z-]+(?:;[A-Z-]+=[^:;]+)*):(.*)", re.S)
    matches = [pattern.fullmatch(line) for line in lines]
    assert None not in matches
    return [(m[1], m[2]) for m in matches if m]


def unescaped(value: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def test_an_all_day_event_is_one_date_and_ends_on_the_next_without_a_zone() -> None:
    lines = by_hand(calendar_file("Lịch", [event()]))
    assert [line for line in lines if line[0].startswith(("DT", "LAST", "SEQ", "UID"))] == [
        ("DTSTART;VALUE=DATE", "20240331"),
        ("DTEND;VALUE=DATE", "20240401"),
        ("DTSTAMP", "20240229T173000Z"),
        ("UID", "dau-viec-1@a.vn"),
        ("SEQUENCE", "2"),
        ("LAST-MODIFIED", "20240229T173000Z"),
    ]


@pytest.mark.parametrize(
    ("day", "following"),
    [("20241231", "20250101"), ("20240228", "20240229"), ("20230228", "20230301")],
)
def test_the_end_is_the_next_day_over_months_and_years(day: str, following: str) -> None:
    told = event(day=datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).date())
    values = dict(by_hand(calendar_file("Lịch", [told])))
    assert (values["DTSTART;VALUE=DATE"], values["DTEND;VALUE=DATE"]) == (day, following)


def test_the_same_events_give_the_same_bytes() -> None:
    assert calendar_file("Lịch", [event()]) == calendar_file("Lịch", [event()])


def test_a_calendar_without_events_still_has_a_component() -> None:
    body = calendar_file("Lịch", [])
    assert [part.name for part in Calendar.from_ical(body).subcomponents] == ["VTIMEZONE"]


def test_a_line_in_a_title_cannot_make_a_line_of_the_file() -> None:
    body = calendar_file("Lịch", [event(summary="a\r\nEND:VEVENT\r\nATTENDEE:x\x00\x0b")])
    names = [name for name, _ in by_hand(body)]
    assert (names.count("END"), "ATTENDEE" in names) == (2, False)


@given(st.text(max_size=300), st.text(max_size=300))
def test_every_text_is_read_back_and_lines_stay_short(summary: str, description: str) -> None:
    told = event(summary="Đ" + summary, description="Đ" + description)
    body = calendar_file("Lịch", [told])
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # never folded in the middle of a letter
    values = dict(by_hand(body))
    (read,) = Calendar.from_ical(body).walk("VEVENT")
    assert unescaped(values["SUMMARY"]) == str(read["SUMMARY"])
    expected = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", told.description)
    assert unescaped(values["DESCRIPTION"]) == expected
