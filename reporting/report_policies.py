"""Who may write, hand in, return, accept and reopen period reports; who sets the regimes."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from agencies.models import Agency, Province, User
from agencies.roles import Role
from cchc.lib.decisions import ALLOWED, Decision, denied
from cchc.lib.tables import display
from reporting.models import Closing, PeriodReport, ReportPeriod, ReportRegime
from reporting.models.period_report import HANDED_IN, ReportState
from reporting.models.regime import Reporter

SETTERS = frozenset({Role.HOME_AFFAIRS, Role.AGENCY_OFFICE})
NOT_A_SETTER = "Chỉ Sở Nội vụ mới được đặt chế độ báo cáo của tỉnh {province}."
NOT_AN_OFFICE = "Chỉ Văn phòng của {agency} mới được đặt chế độ báo cáo của các đơn vị."
STARTED = "Đã có {count} báo cáo được lập theo chế độ này nên không xóa được."
FROZEN_WINDOW = (
    "Đã có {count} báo cáo của kỳ này được nộp với số liệu đã chốt; chỉ đổi được hạn gửi và ngày "
    "khóa sổ."
)
NOT_A_WRITER = (
    "Chỉ {writers} mới được soạn, nộp báo cáo này."  # writers: whose report it is, and above them
)
WITH_REVIEWER = "Báo cáo đã nộp ngày {day}, đang chờ {reviewer} tiếp nhận."
LOCKED = "Báo cáo đã được tiếp nhận và khóa sổ; cần {reviewer} mở lại mới sửa được."
PAST_CLOSING = "Kỳ này khóa sổ từ sau ngày {day}; cần {reviewer} mở lại mới nộp được."
NOT_A_REVIEWER = "Chỉ {reviewer} mới được tiếp nhận, trả lại báo cáo này."
NOT_HANDED_IN = "Báo cáo chưa nộp nên chưa tiếp nhận, trả lại được."
NOT_HANDED_IN_YET = "Báo cáo chưa nộp nên chưa xem được văn bản."
OWN_REPORT = "Báo cáo do chính anh/chị nộp phải do người khác tiếp nhận."
ACCEPTED_ALREADY = "Báo cáo đã được tiếp nhận; hãy mở lại nếu cần sửa."
NOTHING_LOCKED = "Báo cáo này chưa bị khóa sổ nên không cần mở lại."
NOT_BEGUN = "Báo cáo chưa được lập nên chưa có văn bản."
BEING_WRITTEN = "{reporter} đang soạn báo cáo này; chỉ lập thay được từ sau hạn gửi {day}."
TAKE_OVER_FIRST = "{reporter} đang soạn báo cáo này; hãy lập thay rồi mới sửa, nộp được."


def may_set(user: User, province: Province, agency: Agency | None) -> Decision:
    """Set the regime of a province's agencies, or of an agency's units."""
    if agency is not None:
        held = user.standing().holds({Role.AGENCY_OFFICE}, agency.pk)
        return ALLOWED if held else denied(NOT_AN_OFFICE.format(agency=agency))
    return (
        ALLOWED
        if _is_home_affairs(user, province.pk)
        else denied(NOT_A_SETTER.format(province=province.name))
    )


def may_change(user: User, regime: ReportRegime) -> Decision:
    """Change the days of a regime's periods."""
    return may_set(user, regime.province, regime.agency)


def may_move_window(period: ReportPeriod, handed_in: int) -> Decision:
    """Gather other days: only while nobody has handed in figures of these."""
    return denied(FROZEN_WINDOW.format(count=handed_in)) if handed_in else ALLOWED


def may_remove(user: User, regime: ReportRegime, started: int) -> Decision:
    """Take a regime away that nobody has reported under."""
    decision = may_change(user, regime)
    return denied(STARTED.format(count=started)) if decision and started else decision


def may_write(user: User, report: PeriodReport, closing: Closing | None, now: datetime) -> Decision:
    """Write and hand in; who stands above the reporter does it on their behalf."""
    if not (writes_own(user, report) or reviews(user, report)):
        return denied(NOT_A_WRITER.format(writers=_writers(report)))
    if report.state == ReportState.SUBMITTED:
        assert report.submitted_at is not None  # a constraint of its state
        day = display(localtime(report.submitted_at).date())
        return denied(WITH_REVIEWER.format(day=day, reviewer=reviewer_of(report)))
    locked = _lock(report, closing, now)
    if not locked or writes_own(user, report):
        return locked
    return _on_behalf(report, now)


def may_change_words(
    user: User, report: PeriodReport, closing: Closing | None, now: datetime
) -> Decision:
    """Write and hand in what is begun: on behalf only what was begun so, or taken over."""
    decision = may_write(user, report, closing, now)
    if not decision or writes_own(user, report) or report.on_behalf:
        return decision
    return denied(TAKE_OVER_FIRST.format(reporter=report.unit or report.agency))


def _lock(report: PeriodReport, closing: Closing | None, now: datetime) -> Decision:
    """Whether the period is open for it: not closed, or for an exception that has not run out."""
    if closing is not None and closing.reopened_until is not None and now < closing.reopened_until:
        return ALLOWED
    reviewer = reviewer_of(report)
    if report.state == ReportState.ACCEPTED:
        return denied(LOCKED.format(reviewer=reviewer))
    if is_past_closing(report, now):
        closes_on = display(report.period.closes_on)
        return denied(PAST_CLOSING.format(day=closes_on, reviewer=reviewer))
    return ALLOWED


def _on_behalf(report: PeriodReport, now: datetime) -> Decision:
    """Of what the reporter writes nothing is taken out of his hands before it is due."""
    due_on = report.period.due_on
    free = report.state == ReportState.NOT_STARTED or report.on_behalf
    if free or localtime(now).date() > due_on:
        return ALLOWED
    reporter = report.unit or report.agency
    return denied(BEING_WRITTEN.format(reporter=reporter, day=display(due_on)))


def is_past_closing(report: PeriodReport, now: datetime) -> bool:
    """Whether nothing is taken any more without an exception."""
    closes_on = report.period.closes_on
    return closes_on is not None and localtime(now).date() > closes_on


def may_review(user: User, report: PeriodReport) -> Decision:
    """Return or accept what was handed in; nobody his own."""
    if not reviews(user, report):
        return denied(NOT_A_REVIEWER.format(reviewer=reviewer_of(report)))
    if report.state == ReportState.ACCEPTED:
        return denied(ACCEPTED_ALREADY)
    if report.state not in HANDED_IN:
        return denied(NOT_HANDED_IN)
    if report.submitted_by_id == user.pk and not report.on_behalf:
        return denied(OWN_REPORT)
    return ALLOWED


def may_reopen(
    user: User, report: PeriodReport, closing: Closing | None, now: datetime
) -> Decision:
    """Let a locked period be changed until a moment, with a reason."""
    if not reviews(user, report):
        return denied(NOT_A_REVIEWER.format(reviewer=reviewer_of(report)))
    locked = closing is not None or is_past_closing(report, now)
    return ALLOWED if locked else denied(NOTHING_LOCKED)


def may_read(user: User, report: PeriodReport) -> Decision:
    """Read its words and figures: its agency always, others once it is handed in.

    Who takes it reads also what he writes on the reporter's behalf.
    """
    if report.state in HANDED_IN or reads_drafts(user, report):
        return ALLOWED
    return denied(NOT_HANDED_IN_YET)


def may_print(user: User, report: PeriodReport) -> Decision:
    """Have it as a file."""
    decision = may_read(user, report)
    if decision and report.state == ReportState.NOT_STARTED:
        return denied(NOT_BEGUN)
    return decision


def reads_drafts(user: User, report: PeriodReport) -> bool:
    """Whether the user reads it before it is handed in: its agency, who writes it on behalf."""
    inside = report.agency_id in user.standing().readable_agency_ids
    return inside or (report.on_behalf and reviews(user, report))


def writes_own(user: User, report: PeriodReport) -> bool:
    """Whether the report is of the user's own unit, or of the agency whose office he is."""
    standing = user.standing()
    if report.unit_id is not None:
        return report.unit_id in standing.units_as(Role.UNIT_HEAD, Role.OFFICER)
    return standing.holds({Role.AGENCY_OFFICE}, report.agency_id)


def reviews(user: User, report: PeriodReport) -> bool:
    """Whether the user takes it: the office its units', Home Affairs the agencies'."""
    if report.unit_id is not None:
        return user.standing().holds({Role.AGENCY_OFFICE}, report.agency_id)
    return _is_home_affairs(user, report.agency.province_id)


def reviewer_of(report: PeriodReport) -> str:
    """Who takes it, in words."""
    return "Văn phòng cơ quan" if report.unit_id is not None else "Sở Nội vụ"


def reporter_of(agency: Agency | None) -> Reporter:
    """Whose reports a regime set there asks for."""
    return Reporter.AGENCY if agency is None else Reporter.UNIT


def _writers(report: PeriodReport) -> str:
    if report.unit is not None:
        return f"người của {report.unit} hoặc Văn phòng cơ quan (nộp thay)"
    return f"Văn phòng của {report.agency} hoặc Sở Nội vụ (nộp thay)"


def _is_home_affairs(user: User, province_id: int) -> bool:
    return any(
        post.role is Role.HOME_AFFAIRS and post.province_id == province_id
        for post in user.standing().posts
    )
