"""Who may bring in results from a file, and whose approval a file may record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from agencies.models import Agency, User
from agencies.roles import Role
from cchc.lib.decisions import ALLOWED, Decision, denied
from outreach.models import Activity, ResultsImport
from outreach.policies import OWN_CLEARANCE, co_edited, own_clearance

NOT_THE_OFFICE = "Chỉ Văn phòng của {agency} được nhập kết quả từ tệp."
IMPORTED_ALREADY = "Tệp này đã được nhập rồi."
NEWER = "Đã có lần kiểm tra mới hơn; hãy dùng lần kiểm tra đó."
RUNNING = "Tệp đang được xử lý; hãy chờ xong."
NOT_CHECKED = "Tệp chưa kiểm tra được nên chưa nhập được."
NOT_RUNNING = "Không có việc nào đang chạy để hủy."


def may_import(user: User, agency: Agency, *, as_administrator: bool = False) -> Decision:
    """The agency's office; at the command line a system administrator of its province too."""
    if user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return ALLOWED
    if as_administrator and agency.province_id in user.standing().province_ids:
        return ALLOWED
    return denied(NOT_THE_OFFICE.format(agency=agency.name))


def may_answer(user: User, found: ResultsImport) -> Decision:
    """What waits for answers is checked again with them."""
    decision = may_import(user, found.agency)
    return _at_rest(found) if decision else decision


def may_import_checked(user: User, found: ResultsImport, *, is_running: bool = False) -> Decision:
    """What a check found, once; ``is_running`` says that its own job asks."""
    decision = may_import(user, found.agency)
    if decision and (found.imported_at is not None or not is_running):
        decision = _at_rest(found)
    if decision and found.findings is None:
        return denied(NOT_CHECKED)
    return decision


def may_cancel(user: User, found: ResultsImport) -> Decision:
    """Stop what runs; nothing is written then."""
    decision = may_import(user, found.agency)
    return denied(NOT_RUNNING) if decision and not found.job.is_open else decision


def _at_rest(found: ResultsImport) -> Decision:
    if found.imported_at is not None:
        return denied(IMPORTED_ALREADY)
    if not found.file:
        return denied(NEWER)
    return denied(RUNNING) if found.job.is_open else ALLOWED


@dataclass(frozen=True)
class Authority:
    """What one importer may record: nobody approves by a file what he may not by hand.

    ``as_administrator`` is a system administrator at the command line, who records what is on
    paper already.
    """

    user: User
    as_administrator: bool = False

    @cached_property
    def edited(self) -> frozenset[int]:
        """The agencies whose channels he edits."""
        return self.user.standing().edited_agency_ids

    @cached_property
    def shared(self) -> frozenset[int]:
        """Those where somebody else edits too and has to decide on his own work."""
        return co_edited(self.user)

    @cached_property
    def _own(self) -> dict[tuple[int, int | None], str]:
        return {}

    def decides(self, editing_agency: int, authors: frozenset[int | None]) -> bool:
        """Whether he may approve what these people entered, submitted and sent."""
        if self.as_administrator:
            return True
        is_own = self.user.pk in authors
        return editing_agency in self.edited and not (is_own and editing_agency in self.shared)

    def not_clearing(self, agency: int, unit: int | None, authors: frozenset[int | None]) -> str:
        """Why he may not clear what these people wrote and submitted; empty when he may."""
        if self.as_administrator or self.user.pk not in authors:
            return ""
        place = (agency, unit)
        if place not in self._own:
            self._own[place] = own_clearance(self.user, Activity(agency_id=agency, unit_id=unit))
        return "" if self._own[place] else OWN_CLEARANCE
