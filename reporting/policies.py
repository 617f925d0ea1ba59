"""Who may look at a province's figures and order its reports."""

from __future__ import annotations

from agencies.models import Province, User
from cchc.jobs.models import JobState
from cchc.lib.decisions import ALLOWED, Decision, denied
from plans.models import Plan
from reporting.models import Run

NOT_AN_OVERSEER = (
    "Trang này dành cho Sở Nội vụ và lãnh đạo, thanh tra của UBND tỉnh; "
    "tài khoản của anh/chị không theo dõi toàn tỉnh nào."
)
ONE_PROVINCE = (
    "Trang này so sánh các tỉnh với nhau, dành cho người theo dõi từ hai tỉnh trở lên; "
    "tài khoản của anh/chị không theo dõi nhiều tỉnh như vậy."
)
EXPIRED = (
    "Tệp đã hết hạn lưu và đã được xóa; số liệu đã chốt và các mã SHA-256 vẫn được giữ. "
    "Có thể lập lại để lấy tệp mới."
)
NOT_YOURS = "Chỉ người yêu cầu lập tệp này mới được hủy."


def may_oversee_some(user: User) -> Decision:
    """Whether the person reads some province as a whole."""
    return ALLOWED if user.standing().overseen_province_ids else denied(NOT_AN_OVERSEER)


def may_oversee_several(user: User) -> Decision:
    """Whether the person reads two provinces or more as a whole."""
    return ALLOWED if len(user.standing().overseen_province_ids) > 1 else denied(ONE_PROVINCE)


def may_oversee(user: User, province: Province) -> Decision:
    """Whether the person reads this province as a whole."""
    if province.pk in user.standing().overseen_province_ids:
        return ALLOWED
    return denied(f"Tài khoản của anh/chị không theo dõi toàn bộ tỉnh {province.name}.")


def may_read_some_agency(user: User) -> Decision:
    """Whether the person reads the figures of any agency."""
    standing = user.standing()
    if standing.readable_agency_ids or standing.overseen_province_ids:
        return ALLOWED
    return denied("Tài khoản của anh/chị chưa được phân công theo dõi cơ quan nào.")


def may_order(user: User, province: Province) -> Decision:
    """Whether the person may order a report of this province."""
    return may_oversee(user, province)


def may_print(user: User, plan: Plan) -> Decision:
    """Whether the person may have the plan as a document; drafts stay in their own agency."""
    if not Plan.objects.visible_to(user).filter(pk=plan.pk).exists():
        return denied("Anh/chị không được xem kế hoạch này nên không tải được văn bản.")
    if plan.known_by_citation:
        return denied(
            "Kế hoạch này chỉ được biết qua viện dẫn của văn bản khác; "
            "hệ thống không có nội dung để lập văn bản."
        )
    return ALLOWED


def may_complete(run: Run) -> Decision:
    """Whether the run still waits for its file."""
    return denied("Tệp này đã lập xong, không ghi đè.") if run.file else ALLOWED


def may_cancel(user: User, run: Run) -> Decision:
    """Whether the person may stop this run."""
    if run.plan:
        entitled = may_print(user, run.plan)
    elif run.period_report_id is not None or run.agency_id is not None:
        entitled = ALLOWED if run.ordered_by_id == user.pk else denied(NOT_YOURS)
    else:
        entitled = may_oversee(user, run.province)
    if not entitled:
        return entitled
    if run.job is None or not run.job.is_open:
        return denied("Lượt lập tệp này đã kết thúc, không còn gì để hủy.")
    return ALLOWED


def may_download(run: Run) -> Decision:
    """Whether there is a file to take."""
    if run.expired_at is not None:
        return denied(EXPIRED)
    if run.file and (run.job is None or run.job.state == JobState.DONE):
        return ALLOWED
    return denied("Tệp chưa lập xong nên chưa tải về được.")
