"""The one door to ``icalendar``: all-day events as an RFC 5545 file for calendar programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Component, Event, Timezone, TimezoneStandard

CONTENT_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//CCHC//Tuyen truyen cai cach hanh chinh//VI"
_EVERY = timedelta(hours=6)
# What RFC 5545 forbids in a text; line breaks are escaped by the library.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class AllDay:
    """One event of one whole day, wherever the reader's clock stands.

    ``uid`` never changes; ``revision`` and ``modified`` only grow.
    """

    uid: str
    day: date
    summary: str
    description: str
    url: str
    revision: int
    modified: datetime


def calendar_file(name: str, events: Iterable[AllDay]) -> bytes:
    """The file; the same events give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _text(name))
    calendar.add("x-wr-calname", _text(name))
    calendar.add("refresh-interval", _EVERY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    components: list[Component] = [_component(event) for event in events]
    # RFC 5545 wants one component at least; a zone that nothing uses shows nothing.
    for component in components or [_zone()]:
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def _component(event: AllDay) -> Event:
    component = Event()
    modified = event.modified.astimezone(UTC).replace(microsecond=0)
    component.add("uid", event.uid)
    component.add("dtstamp", modified)
    component.add("last-modified", modified)
    component.add("sequence", event.revision)
    component.add("dtstart", event.day)
    component.add("dtend", event.day + timedelta(days=1))
    component.add("summary", _text(event.summary))
    component.add("description", _text(event.description))
    component.add("url", event.url)
    component.add("transp", "TRANSPARENT")
    return component


def _zone() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Asia/Ho_Chi_Minh")
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - local time by definition
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    zone.add_component(standard)
    return zone


def _text(said: str) -> str:
    return _CONTROLS.sub(" ", said)
