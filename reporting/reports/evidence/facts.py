"""The facts of the pack: what the person may see, read with a constant number of queries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from django.db.models import QuerySet

from agencies.models import Agency, User
from cchc.lib import vault
from cchc.lib.archive import Entry, safe_name
from outreach.compliance import Compliance
from outreach.models import Evidence, Fulfilment, Placement
from outreach.tallies import measure, results
from plans.models import Obligation
from reporting.matrices import names_on, within_province
from reporting.models import AgencyScore, ScoreCriterion
from reporting.models.score import Measure
from reporting.reports.period.facts import parent_of, plan_of, symbol_of
from reporting.score_facts import KINDS, Found, measured, owed, published

MISSING = "không còn trong kho tệp"
ALTERED = "nội dung trong kho không khớp mã SHA-256 đã ghi"


@dataclass(frozen=True, slots=True)
class Filed:
    """A content of the vault: its place in the pack, or why it is not there."""

    number: int
    name: str
    title: str
    sha256: str
    size: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence of an article: a file of the pack, or an address."""

    title: str
    url: str = ""
    file: Filed | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One article on one channel; None of it may be seen where ``placement`` is None."""

    placement: Placement | None
    counted_on: date | None
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation and what counted for it."""

    obligation: Obligation
    state: Compliance
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Proven:
    """One criterion: its points, and either the duties or the articles that prove it."""

    number: int
    folder: str
    criterion: ScoreCriterion
    score: AgencyScore | None
    found: Found
    duties: tuple[Duty, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def formula(self) -> str:
        """What the records say on the day of the pack."""
        return self.criterion.formula(self.found.done, self.found.expected)

    @property
    def differs(self) -> bool:
        """Whether the records say otherwise than the agency's own score."""
        return self.score is not None and self.score.formula != self.formula


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the pack says and holds; ``files`` in the order of their numbers."""

    parent_agency: str
    agency: str
    place: str
    symbol: str
    position: str
    year: int
    as_of: date
    proven: tuple[Proven, ...]
    files: tuple[Filed, ...]


def gather(agency: Agency, year: int, as_of: date, user: User) -> Facts:
    """What proves the agency's points, as far as the user sees it."""
    criteria = list(ScoreCriterion.objects.of_year(agency.province, year))
    given = AgencyScore.objects.visible_to(user).filter(agency=agency, criterion__in=criteria)
    scores = {score.criterion_id: score for score in given}
    found = measured([agency.pk], year, as_of)
    duties = _duties(agency, year, as_of, user)
    stood = _stood(agency, year, as_of, user)
    shelf = _Shelf(_evidence(duties, stood, user))
    proven = []
    for number, criterion in enumerate(criteria, start=1):
        shelf.folder = f"TC{number}-{safe_name(criterion.title, 40)}"
        measure_ = Measure(criterion.measure)
        proven.append(
            Proven(
                number,
                shelf.folder,
                criterion,
                scores.get(criterion.pk),
                found[agency.pk, measure_],
                tuple(shelf.filed(duties)) if measure_ is Measure.COMPLETION else (),
                tuple(shelf.pieces(_of_kind(stood, measure_))),
            )
        )
    plan = plan_of(agency, as_of)
    name = names_on(agency.province, as_of).get(agency.pk)
    return Facts(
        parent_agency=parent_of(agency),
        agency=name or within_province(agency.name, agency.province),
        place=agency.place,
        symbol=symbol_of(plan),
        position=plan.signer_position if plan else "",
        year=year,
        as_of=as_of,
        proven=tuple(proven),
        files=tuple(shelf.files.values()),
    )


def enclosed(facts: Facts) -> Iterator[Entry]:
    """The stored files under their names in the pack."""
    for file in facts.files:
        if not file.fault:
            yield Entry(file.name, vault.path_of(file.sha256), file.sha256)


def _duties(agency: Agency, year: int, as_of: date, user: User) -> list[Duty]:
    obligations = list(owed([agency.pk], year).visible_to(user).for_matrix())
    states = measure(obligations, as_of, row=lambda o: o.pk, column=lambda o: o.pk).states
    counted = results(obligations, as_of)
    wanted = [row.placement_id for rows in counted.values() for row in rows]
    seen = set(
        Placement.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True)
    )
    return [
        Duty(o, states[o.pk], tuple(_piece(row, seen) for row in counted[o.pk]))
        for o in obligations
    ]


def _piece(row: Fulfilment, seen: set[int]) -> Piece:
    return Piece(row.placement if row.placement_id in seen else None, row.counted_on)


def _stood(agency: Agency, year: int, as_of: date, user: User) -> list[Placement]:
    """What was published or held, by its day."""
    seen = Placement.objects.visible_to(user).filter(agency=agency).values("pk")
    rows = published([agency.pk], year, as_of).filter(pk__in=seen)
    related = rows.select_related("activity__unit", "channel")
    return list(related.order_by("told_on", "id"))


def _of_kind(stood: Iterable[Placement], measure_: Measure) -> list[Piece]:
    kind = KINDS.get(measure_)
    return [Piece(placement, None) for placement in stood if placement.channel.kind == kind]


def _evidence(duties: Iterable[Duty], stood: Iterable[Placement], user: User) -> QuerySet[Evidence]:
    placements = [p.placement for duty in duties for p in duty.pieces if p.placement is not None]
    activities = {placement.activity_id for placement in (*placements, *stood)}
    rows = Evidence.objects.visible_to(user).standing().filter(activity__in=activities)
    return rows.order_by("activity", "added_at", "id")


class _Shelf:
    """Gives each content a number and a place, in the folder where it is needed first."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self.folder = ""
        self.files: dict[str, Filed] = {}
        self._of: dict[int, list[Evidence]] = {}
        for row in evidence:
            self._of.setdefault(row.activity_id, []).append(row)

    def filed(self, duties: Sequence[Duty]) -> Iterator[Duty]:
        for duty in duties:
            yield Duty(duty.obligation, duty.state, tuple(self.pieces(duty.pieces)))

    def pieces(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            rows = self._of.get(piece.placement.activity_id, []) if piece.placement else []
            yield Piece(piece.placement, piece.counted_on, tuple(map(self._proof, rows)))

    def _proof(self, row: Evidence) -> Proof:
        if not row.sha256:
            return Proof(row.title, url=row.url)
        if row.sha256 not in self.files:
            number = len(self.files) + 1
            stem = safe_name(PurePosixPath(row.title).stem, 50)
            name = f"{self.folder}/{number:04d}-{stem}.{row.file_type}"
            fault = _fault(vault.path_of(row.sha256), row.sha256)
            self.files[row.sha256] = Filed(
                number, name, row.title, row.sha256, row.size or 0, fault
            )
        return Proof(row.title, file=self.files[row.sha256])


def _fault(path: Path, sha256: str) -> str:
    if not path.is_file():
        return MISSING
    with path.open("rb") as file:
        return "" if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else ALTERED


def counted(proven: Iterable[Proven]) -> Mapping[str, int]:
    """How many articles and addresses the pack tells of, each once."""
    pieces = [
        piece
        for each in proven
        for piece in (*each.pieces, *(p for duty in each.duties for p in duty.pieces))
        if piece.placement is not None
    ]
    by_pk = {piece.placement.pk: piece for piece in pieces if piece.placement is not None}
    links = {proof.url for piece in pieces for proof in piece.proofs if proof.url}
    bare = [piece for piece in by_pk.values() if not piece.proofs and not _address(piece)]
    return {"articles": len(by_pk), "links": len(links), "bare": len(bare)}


def _address(piece: Piece) -> str:
    return piece.placement.url if piece.placement else ""
