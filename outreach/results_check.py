"""A file of results checked against what its agency has recorded; nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from agencies.models import Agency, AgencyName, Unit
from cchc.lib import clock
from cchc.lib.cells import Grid
from cchc.lib.clipboard import read_pasted
from cchc.lib.facts import FactsError
from cchc.lib.sheet_reader import read_file
from cchc.lib.uploads import UploadRefused
from outreach.import_policies import Authority
from outreach.models import Activity, Placement, ResultsImport, Review
from outreach.policies import ALREADY_SENT
from outreach.results_sheet.deciding import Decided, decide
from outreach.results_sheet.facts import Asking, Reading
from outreach.results_sheet.known import (
    KnownActivity,
    KnownPlacement,
    Place,
    Published,
    Recorded,
    Rules,
)
from outreach.results_sheet.names import Names, kinds
from outreach.results_sheet.reading import Directory, in_order, read
from outreach.results_sheet.steps import CLAIM
from outreach.workflow import OPEN, WAITING, State
from plans import import_files
from plans.annex_sheet import KnownName
from plans.models import Channel

_CHUNK = 2_000
_FEW = 500
_LARGEST = 2**63
_PACKED = b"PK"
_EDITABLE = (*OPEN, State.SUBMITTED)


class _Row(NamedTuple):
    """An activity with one of its placements, or with none."""

    pk: int
    unit: str | None
    unit_pk: int | None
    kind: str
    title: str
    held_on: date | None
    number: str
    dated: date | None
    author: int
    placement: int | None
    channel: str
    channel_name: str
    state: str
    submitted_on: date | None
    sent_on: date | None
    decided_on: date | None
    published_on: date | None
    url: str
    fingerprint: str
    editing: int
    submitted_by: int | None
    sent_by: int | None


_COLUMNS = (
    *("id", "unit__code", "unit_id", "kind", "title", "held_on"),
    *("document_number", "document_on", "author_id", "placements__id"),
    *("placements__channel__code", "placements__channel__name", "placements__state"),
    *("placements__submitted_on", "placements__sent_on", "placements__decided_on"),
    *("placements__published_on", "placements__url", "placements__fingerprint"),
    *("placements__editing_agency_id", "placements__submitted_by_id", "placements__sent_by_id"),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A reading with what each of its rows comes to, and all faults in the order of the file."""

    reading: Reading
    decided: Decided

    @property
    def refused(self) -> int:
        """How many rows cannot be taken."""
        return self.reading.rows - len(self.decided.steps)

    @property
    def is_clean(self) -> bool:
        """Whether there are rows and nothing against any of them."""
        return bool(self.decided.steps) and not self.decided.faults


def check(
    agency: Agency, grids: Sequence[Grid], answers: Mapping[str, str], authority: Authority
) -> Checked:
    """What the file says, and what each row comes to beside what is recorded."""
    return compared(agency, read(grids, directory(agency, answers)), authority)


def grids_of(found: ResultsImport) -> list[Grid]:
    """The sheets of a workbook that was sent, or the tables of what was pasted."""
    content = _content(found)
    return read_file(content) if content.startswith(_PACKED) else read_pasted(content.decode())


def sha256_of(found: ResultsImport) -> str:
    """What the file is, whatever its name."""
    return hashlib.sha256(_content(found)).hexdigest()


def _content(found: ResultsImport) -> bytes:
    try:
        return import_files.path_of(found.file).read_bytes()
    except OSError as error:
        raise UploadRefused("Tệp đã gửi không còn; hãy gửi lại.") from error


def compared(agency: Agency, reading: Reading, authority: Authority) -> Checked:
    """The rows of a reading beside what is recorded at this moment."""
    order = {sheet: at for at, sheet in enumerate(reading.columns)}
    decided = decide(reading, _recorded(agency, reading, authority), _rules(agency, authority))
    return Checked(
        reading,
        replace(
            decided,
            faults=in_order([*reading.faults, *decided.faults], order),
            notices=in_order([*reading.notices, *decided.notices], order),
        ),
    )


def directory(agency: Agency, answers: Mapping[str, str]) -> Directory:
    """The names that the agency's file may use; ``answers`` maps ``unit:Tên`` to a code."""
    names = known_names(agency)
    said: dict[Asking, dict[str, str]] = {asking: {} for asking in Asking}
    for question, code in answers.items():
        asking, _, name = question.partition(":")
        if code not in {one.code for one in names[Asking(asking)]}:
            raise FactsError(f"Không có tên nào mang mã “{code}”.")
        said[Asking(asking)][name] = code
    others = Unit.objects.filter(agency__province=agency.province_id).exclude(agency=agency)
    foreign = [
        *Agency.objects.filter(province=agency.province_id)
        .exclude(pk=agency.pk)
        .values_list("name", "short_name"),
        *others.values_list("name"),
    ]
    return Directory(
        agency.name,
        Names.of(
            names[Asking.UNIT],
            said[Asking.UNIT],
            (name for row in foreign for name in row),
            is_unit=True,
        ),
        Names.of(names[Asking.KIND], said[Asking.KIND]),
        Names.of(names[Asking.CHANNEL], said[Asking.CHANNEL]),
    )


def known_names(agency: Agency) -> dict[Asking, list[KnownName]]:
    """Units, kinds and channels under all their names; the agency itself is no unit, code ""."""
    units = [
        KnownName(unit.code, (unit.name, *unit.aliases))
        for unit in Unit.objects.filter(agency=agency).in_order()
    ]
    older = AgencyName.objects.filter(agency=agency).values_list("name", "short_name")
    own = [agency.name, agency.short_name, *(name for row in older for name in row)]
    channels = Channel.objects.filter(province=agency.province_id).in_order()
    return {
        Asking.UNIT: [*units, KnownName("", tuple(dict.fromkeys(filter(None, own))))],
        Asking.KIND: list(kinds()),
        Asking.CHANNEL: [KnownName(one.code, one.names) for one in channels],
    }


def _rules(agency: Agency, authority: Authority) -> Rules:
    mine = frozenset({authority.user.pk})
    channels = Channel.objects.filter(province=agency.province_id).select_related("run_by")
    return Rules(
        clock.today(),
        agency.name,
        {
            one.code: Place(
                one.code,
                one.name,
                one.needs_approval,
                one.needs_address,
                authority.decides(one.editing_agency_id(agency.pk), mine),
                one.run_by.short_name if one.run_by else agency.short_name,
            )
            for one in channels
        },
    )


def _recorded(agency: Agency, reading: Reading, authority: Authority) -> Recorded:
    """One pass over what the agency has; kept is what the file may mean."""
    pks = {entry.pk for entry in reading.entries if entry.pk is not None}
    titles = {entry.title.casefold() for entry in reading.entries if entry.pk is None}
    prints = {entry.fingerprint for entry in reading.entries if entry.url}
    activities: list[KnownActivity] = []
    addresses: dict[tuple[str, str], Published] = {}
    rows = (
        Activity.objects.filter(agency=agency)
        .order_by("id", "placements__id")
        .values_list(*_COLUMNS)
        .iterator(chunk_size=_CHUNK)
    )
    for _, group in groupby(map(_Row._make, rows), key=attrgetter("pk")):
        own = list(group)
        for row in own:
            if row.fingerprint in prints and row.state == State.PUBLISHED and row.placement:
                stands = Published(row.placement, row.title, row.published_on)
                addresses[row.channel, row.fingerprint] = stands
        if own[0].title.casefold() in titles or any(row.placement in pks for row in own):
            activities.append(_activity(agency, own, authority))
    known = _with_words(activities)
    found = {placement.pk for activity in known for placement in activity.placements}
    return Recorded(known, addresses, _foreign(pks - found))


def _activity(agency: Agency, rows: Sequence[_Row], authority: Authority) -> KnownActivity:
    first = rows[0]
    placed = [row for row in rows if row.placement is not None]
    held = next((row for row in placed if State(row.state) not in _EDITABLE), None)
    return KnownActivity(
        pk=first.pk,
        unit=first.unit or "",
        kind=first.kind,
        title=first.title,
        folded=first.title.casefold(),
        held_on=first.held_on,
        number=first.number,
        dated=first.dated,
        placements=tuple(_placement(agency, row, authority) for row in placed),
        kept=ALREADY_SENT.format(channel=held.channel_name, state=State(held.state).label)
        if held
        else "",
    )


def _placement(agency: Agency, row: _Row, authority: Authority) -> KnownPlacement:
    authors = frozenset({row.author, row.submitted_by, row.sent_by})
    state = State(row.state)
    is_submitted = state is State.SUBMITTED
    return KnownPlacement(
        pk=row.placement or 0,
        activity=row.pk,
        channel=row.channel,
        state=state,
        submitted_on=row.submitted_on,
        sent_on=row.sent_on,
        decided_on=row.decided_on,
        published_on=row.published_on,
        url=row.url,
        fingerprint=row.fingerprint,
        decides=authority.decides(row.editing, authors),
        not_clearing=authority.not_clearing(agency.pk, row.unit_pk, authors)
        if is_submitted
        else "",
    )


def _with_words(activities: Sequence[KnownActivity]) -> list[KnownActivity]:
    """With what files said before of placements that wait for their channel."""
    waiting = [p.pk for a in activities for p in a.placements if p.state in WAITING]
    words: dict[int, str] = {}
    for few in batched(waiting, _FEW):
        rows = Review.objects.filter(placement__in=few, comment__contains=CLAIM)
        for pk, comment in rows.values_list("placement_id", "comment"):
            words[pk] = f"{words.get(pk, '')}\n{comment}"
    if not words:
        return list(activities)
    return [
        replace(
            activity,
            placements=tuple(
                replace(one, words=words.get(one.pk, "")) for one in activity.placements
            ),
        )
        for activity in activities
    ]


def _foreign(pks: Iterable[int]) -> frozenset[int]:
    """Those of these placements that there are: of other agencies."""
    found: set[int] = set()
    for few in batched(sorted(pk for pk in pks if pk < _LARGEST), _FEW):
        found.update(Placement.objects.filter(pk__in=few).values_list("pk", flat=True))
    return frozenset(found)


def batched(values: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The values, a few at a time: a database takes only so many in one question."""
    for at in range(0, len(values), size):
        yield values[at : at + size]
