"""Who may have a run made again, and who may keep the schedules of a province's reports."""

from __future__ import annotations

from datetime import date

from agencies.models import Province, User
from agencies.roles import Role
from cchc.lib.decisions import ALLOWED, Decision, denied
from reporting import policies, report_policies, score_policies
from reporting.models import PeriodReport, Run, ScheduledRun

STILL_OPEN = "Lượt này đang được lập; hãy chờ xong hoặc hủy trước khi lập lại."
NOT_A_READER = "Anh/chị không được xem báo cáo này nên không lập lại được."
KEPT = "Tệp này chưa hết hạn lưu, hoặc đã được xóa rồi."
NOT_YOUR_SCHEDULE = "Chỉ người đặt lịch hoặc Sở Nội vụ {province} mới được thay đổi lịch này."
PAUSED_ALREADY = "Lịch này đang tạm dừng."
RUNNING_ALREADY = "Lịch này đang chạy."
OWNER_LOCKED = "Tài khoản của người đặt lịch ({owner}) đã bị khóa."
OWNER_LEFT = "Người đặt lịch ({owner}) không còn theo dõi toàn tỉnh {province}."
FAILED_AGAIN = "{count} lượt liên tiếp không thành công. Lần cuối: {error}"
FAILURES = 3


def may_order_again(user: User, run: Run) -> Decision:
    """Order the same once more: what one may order today, of what has ended."""
    entitled = _may_order(user, run)
    if entitled and run.job is not None and run.job.is_open:
        return denied(STILL_OPEN)
    return entitled


def _may_order(user: User, run: Run) -> Decision:
    if run.plan is not None:
        return policies.may_print(user, run.plan)
    if run.period_report is not None:
        if not PeriodReport.objects.visible_to(user).filter(pk=run.period_report.pk).exists():
            return denied(NOT_A_READER)
        return report_policies.may_print(user, run.period_report)
    if run.agency is not None:
        return score_policies.may_pack(user, run.agency)
    return policies.may_order(user, run.province)


def may_expire(run: Run, day: date) -> Decision:
    """Throw away a file whose time is over."""
    if run.expired_at is None and run.expires_on is not None and run.expires_on < day:
        return ALLOWED
    return denied(KEPT)


def may_schedule(user: User, province: Province) -> Decision:
    """Have the report of a province made again and again."""
    return policies.may_order(user, province)


def may_keep(user: User, schedule: ScheduledRun) -> Decision:
    """Change, pause or remove a schedule: its owner, and Home Affairs of the province."""
    posts = user.standing().posts
    homes = {post.province_id for post in posts if post.role is Role.HOME_AFFAIRS}
    mine = schedule.owner_id == user.pk and bool(may_schedule(user, schedule.province))
    if mine or schedule.province_id in homes:
        return ALLOWED
    return denied(NOT_YOUR_SCHEDULE.format(province=schedule.province.name))


def may_pause(user: User, schedule: ScheduledRun) -> Decision:
    """Stop a schedule for a while."""
    decision = may_keep(user, schedule)
    return denied(PAUSED_ALREADY) if decision and schedule.paused_at else decision


def may_resume(user: User, schedule: ScheduledRun) -> Decision:
    """Let a paused schedule go on, in one's own name."""
    decision = may_keep(user, schedule)
    return denied(RUNNING_ALREADY) if decision and not schedule.paused_at else decision


def may_go_on(schedule: ScheduledRun, error: str) -> Decision:
    """Whether a schedule may make its next report: its owner's rights of today, and its luck."""
    owner, province = schedule.owner, schedule.province
    if not owner.is_active:
        return denied(OWNER_LOCKED.format(owner=owner))
    if not may_schedule(owner, province):
        return denied(OWNER_LEFT.format(owner=owner, province=province.name))
    if schedule.failures >= FAILURES:
        return denied(FAILED_AGAIN.format(count=schedule.failures, error=error))
    return ALLOWED
