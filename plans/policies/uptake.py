"""Who may derive a plan, answer for its parent's items and proposals, oversee that, and copy."""

from __future__ import annotations

from agencies.models import Agency, User
from agencies.models.agency import AgencyKind
from agencies.roles import Role
from cchc.lib.decisions import ALLOWED, Decision, denied
from plans.models import Plan, Proposal
from plans.models.plan import IN_FORCE, PlanState
from plans.models.uptake import ProposalState


def may_derive(user: User, parent: Plan, agency: Agency) -> Decision:
    """The office of an agency below the issuer derives from a plan in force."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return denied(f"Chỉ Văn phòng của {agency.name} được lập kế hoạch của cơ quan này.")
    if parent.state not in IN_FORCE or parent.amends_id:
        return denied("Kế hoạch cấp trên chưa ban hành nên chưa thể lập kế hoạch triển khai.")
    if not is_below(agency, parent):
        return denied("Kế hoạch này không giao cho cơ quan khác triển khai.")
    return ALLOWED


def is_below(agency: Agency, parent: Plan) -> bool:
    """Whether the plan speaks to the agency: of its province, or right below the issuer."""
    if agency.pk == parent.agency_id or agency.province_id != parent.province_id:
        return False
    return parent.agency.kind == AgencyKind.PROVINCE or agency.parent_id == parent.agency_id


def deriving_agency(user: User, parent: Plan, code: str = "") -> Agency | None:
    """The agency whose office the person is and to which the plan speaks."""
    offices = Agency.objects.filter(pk__in=user.standing().agencies_as(Role.AGENCY_OFFICE))
    named = (one for one in offices.in_order() if code in ("", one.code))
    below = (one for one in named if is_below(one, parent))
    return next(below, None)


def may_answer(user: User, plan: Plan) -> Decision:
    """The agency's office says in its draft what becomes of the parent's items."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được ghi việc tiếp thu của kế hoạch.")
    if plan.parent_id is None:
        return denied("Kế hoạch này không triển khai kế hoạch nào.")
    if plan.state == PlanState.SUBMITTED:
        return denied("Kế hoạch đang trình ký; hãy rút về dự thảo rồi mới sửa.")
    if plan.state != PlanState.DRAFT:
        return denied("Kế hoạch đã ban hành; việc tiếp thu được sửa trong bản sửa đổi.")
    return ALLOWED


def may_decide(user: User, proposal: Proposal) -> Decision:
    """The agency's office decides once on each proposal, while its plan lives."""
    plan = proposal.plan
    if not user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được xem xét đề xuất này.")
    if proposal.state != ProposalState.OPEN:
        return denied("Đề xuất đã được xem xét.")
    if plan.state == PlanState.CLOSED:
        return denied("Kế hoạch đã kết thúc.")
    return ALLOWED


def may_accept(user: User, proposal: Proposal, draft: Plan | None) -> Decision:
    """Accepting writes, so there must be a draft: the plan itself or its open amendment."""
    decision = may_decide(user, proposal)
    if not decision:
        return decision
    if draft is None:
        return denied("Kế hoạch đã ban hành; hãy lập bản sửa đổi rồi đưa đề xuất vào đó.")
    if draft.state != PlanState.DRAFT:
        return denied("Kế hoạch đang trình ký; hãy rút về dự thảo rồi mới sửa.")
    return ALLOWED


def sees_uptake(user: User, plan: Plan) -> bool:
    """Whether the plan asks others for plans of their own, and the person oversees that."""
    asks = plan.agency.kind == AgencyKind.PROVINCE or plan.children.exists()
    return plan.state in IN_FORCE and bool(may_oversee(user, plan)) and asks


def may_oversee(user: User, parent: Plan) -> Decision:
    """Home Affairs and the province's leaders see how far all agencies are."""
    if parent.province_id not in user.standing().overseen_province_ids:
        return denied("Chỉ Sở Nội vụ và lãnh đạo tỉnh xem được tình hình triển khai toàn tỉnh.")
    return ALLOWED


def may_copy(user: User, plan: Plan) -> Decision:
    """The agency's office copies its own plan into a new year."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được sao kế hoạch này.")
    if plan.amends_id:
        return denied("Đây là dự thảo sửa đổi; hãy sao kế hoạch đang có hiệu lực.")
    if plan.known_by_citation:
        return denied("Kế hoạch này chỉ biết qua viện dẫn nên không có nội dung để sao.")
    return ALLOWED
