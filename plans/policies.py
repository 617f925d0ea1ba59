"""Who may do what to a plan, in which state, and why not."""

from __future__ import annotations

from agencies.models import Agency, User
from agencies.roles import Role
from cchc.lib.decisions import ALLOWED, Decision, denied
from plans.models import Plan
from plans.models.plan import PlanState


def may_record(user: User, agency: Agency) -> Decision:
    """The agency's own office keeps its plans."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return denied(f"Chỉ Văn phòng của {agency.name} được ghi nhận kế hoạch của cơ quan này.")
    return ALLOWED


def may_issue(user: User, plan: Plan) -> Decision:
    """The agency's own office issues its draft."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được ban hành kế hoạch này.")
    if plan.state not in (PlanState.DRAFT, PlanState.SUBMITTED):
        return denied("Kế hoạch đã được ban hành, không thể ban hành lần nữa.")
    if plan.amends_id:
        return denied("Đây là dự thảo sửa đổi; hãy ban hành bản sửa đổi.")
    return ALLOWED


def may_accept_warnings(user: User, plan: Plan) -> Decision:
    """The agency's own office answers for what it leaves standing in its draft."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được chấp nhận cảnh báo.")
    if plan.state != PlanState.DRAFT:
        return denied("Kế hoạch đã được ban hành, không thể chấp nhận thêm cảnh báo.")
    return ALLOWED


def may_import_annex(user: User, plan: Plan) -> Decision:
    """The agency's own office fills the empty annex of its draft."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được nhập phụ lục của kế hoạch này.")
    if plan.state != PlanState.DRAFT:
        return denied("Kế hoạch đã được ban hành, không thể nhập phụ lục vào nữa.")
    if plan.tasks.exists():
        return denied(
            "Kế hoạch đã có nhiệm vụ; chỉ nhập phụ lục vào kế hoạch chưa có nhiệm vụ nào."
        )
    return ALLOWED
