"""One line per agency, and which lines a person wants to see in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from agencies.models.agency import AgencyKind
from cchc.lib.text import fold
from outreach.compliance import Score
from reporting.matrices import Head
from reporting.oversight.handing_in import Handed
from reporting.oversight.issuing import Issued


@dataclass(frozen=True, slots=True)
class Line:
    """An agency: its duties, how many misses were explained, its plan, its report.

    ``report`` is None where no regime asks this agency for one.
    """

    head: Head
    kind: AgencyKind
    short_name: str
    score: Score
    explained: int = 0
    plan: Issued | None = None
    report: Handed | None = None

    @property
    def unexplained(self) -> int:
        """Misses that nobody has said a word about."""
        return self.score.missed - self.explained

    @property
    def owes_report(self) -> bool:
        """Whether a report is asked for and not in."""
        return self.report is not None and not self.report.is_in

    @property
    def worst_first(self) -> tuple[int, int, bool, bool]:
        """Missed most, then late most, then without a plan, then without the report."""
        return -self.score.missed, -self.score.met_late, self.plan is not None, not self.owes_report


class Only(StrEnum):
    """Which agencies are listed; the value stands in the address."""

    NO_PLAN = "chua-ban-hanh"
    NO_REPORT = "chua-nop"
    MISSED = "chua-dat"
    UNEXPLAINED = "chua-giai-trinh"

    @property
    def label(self) -> str:
        """On the filter."""
        return {
            Only.NO_PLAN: "Chưa ban hành kế hoạch",
            Only.NO_REPORT: "Chưa nộp báo cáo",
            Only.MISSED: "Có đầu việc chưa đạt",
            Only.UNEXPLAINED: "Chưa giải trình",
        }[self]

    def keeps(self, line: Line) -> bool:
        """Whether the agency is listed."""
        match self:
            case Only.NO_PLAN:
                return line.plan is None
            case Only.NO_REPORT:
                return line.owes_report
            case Only.MISSED:
                return line.score.missed > 0
            case Only.UNEXPLAINED:
                return line.unexplained > 0


class Sorting(StrEnum):
    """The order of the lines; the value stands in the address."""

    WORST = "xau-nhat"
    PROTOCOL = "thu-tu"

    @property
    def label(self) -> str:
        """In the choice."""
        return {
            Sorting.WORST: "Kém nhất trước",
            Sorting.PROTOCOL: "Theo thứ tự cơ quan",
        }[self]


@dataclass(frozen=True, slots=True)
class View:
    """What the person wants to see: every condition holds at once."""

    only: tuple[Only, ...] = ()
    kind: AgencyKind | None = None
    text: str = ""
    sorting: Sorting = Sorting.WORST

    @property
    def is_narrowed(self) -> bool:
        """Whether some agencies may be left out."""
        return bool(self.only or self.kind or self.text)

    def of(self, lines: Iterable[Line]) -> list[Line]:
        """The lines to show; ``lines`` come in protocol order."""
        kept = [line for line in lines if self._keeps(line)]
        if self.sorting is Sorting.WORST:
            kept.sort(key=lambda line: line.worst_first)
        return kept

    def words(self, shown: int, whole: int) -> str:
        """What the list leaves out and how it is ordered, for the table's own line."""
        order = self.sorting.label[:1].lower() + self.sorting.label[1:]
        if not self.is_narrowed:
            return f"Gồm {whole} cơ quan, xếp {order}."
        said = [one.label[:1].lower() + one.label[1:] for one in self.only]
        if self.kind:
            said.append(f"loại cơ quan {self.kind.label}")
        if self.text:
            said.append(f"tên có “{self.text}”")
        return f"Chỉ gồm {shown}/{whole} cơ quan theo điều kiện: {'; '.join(said)}; xếp {order}."

    def _keeps(self, line: Line) -> bool:
        if self.kind and line.kind != self.kind:
            return False
        wanted = fold(self.text)
        if wanted and wanted not in fold(line.head.name) and wanted not in fold(line.short_name):
            return False
        return all(one.keeps(line) for one in self.only)
