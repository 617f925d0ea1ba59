"""Who may do what to a plan, in which state, and why not."""

from __future__ import annotations

from datetime import date

from agencies.models import Agency, Province, Unit, User
from agencies.roles import Role
from cchc.lib.decisions import ALLOWED, Decision, denied
from plans.annex_findings import Mode
from plans.models import AnnexImport, Channel, Obligation, Plan
from plans.models.plan import IN_FORCE, DatePrecision, PlanState


def may_record(user: User, agency: Agency) -> Decision:
    """The agency's own office keeps its plans."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return denied(f"Chỉ Văn phòng của {agency.name} được ghi nhận kế hoạch của cơ quan này.")
    return ALLOWED


def may_start(user: User, agency: Agency) -> Decision:
    """The agency's own office begins its plans."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return denied(f"Chỉ Văn phòng của {agency.name} được lập kế hoạch của cơ quan này.")
    return ALLOWED


def may_discard(user: User, plan: Plan) -> Decision:
    """The office throws away a draft of its own; an amendment's is given up instead."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được xóa dự thảo này.")
    if plan.amends_id:
        return denied("Đây là dự thảo sửa đổi; hãy chọn “Bỏ dự thảo sửa đổi”.")
    if plan.state != PlanState.DRAFT:
        return denied("Chỉ xóa được dự thảo chưa trình ký.")
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


def may_check_annex(user: User, plan: Plan) -> Decision:
    """The agency's own office brings an annex to its draft."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được nhập phụ lục của kế hoạch này.")
    if plan.state == PlanState.SUBMITTED:
        return denied("Kế hoạch đang trình ký; hãy rút về dự thảo rồi mới nhập phụ lục.")
    if plan.state != PlanState.DRAFT:
        return denied("Kế hoạch đã được ban hành, không thể nhập phụ lục vào nữa.")
    return ALLOWED


def may_import_annex(user: User, plan: Plan, mode: Mode = Mode.EMPTY) -> Decision:
    """Into an empty annex; after the tasks that there are, or in their place, when that is said."""
    decision = may_check_annex(user, plan)
    if decision and mode is Mode.EMPTY and plan.tasks.exists():
        return denied(
            "Kế hoạch đã có nhiệm vụ; chỉ nhập phụ lục vào kế hoạch chưa có nhiệm vụ nào."
        )
    return decision


def may_import_checked(
    user: User, found: AnnexImport, mode: Mode = Mode.EMPTY, *, is_running: bool = False
) -> Decision:
    """What a check found, once; ``is_running`` says that its own job asks."""
    if found.imported_at is not None:
        return denied("Phụ lục này đã được nhập rồi.")
    if not found.file:
        return denied("Đã có lần kiểm tra mới hơn; hãy nhập từ lần kiểm tra đó.")
    if found.job.is_open and not is_running:
        return denied("Phụ lục đang được xử lý; hãy chờ xong rồi nhập.")
    if found.findings is None:
        return denied("Phụ lục chưa kiểm tra được nên chưa nhập được.")
    return may_import_annex(user, found.plan, mode)


def may_answer(user: User, found: AnnexImport) -> Decision:
    """What waits for answers is checked again with them."""
    if found.imported_at is not None:
        return denied("Phụ lục này đã được nhập rồi.")
    if not found.file:
        return denied("Đã có lần kiểm tra mới hơn; hãy trả lời ở lần kiểm tra đó.")
    if found.job.is_open:
        return denied("Phụ lục đang được kiểm tra; hãy chờ xong rồi trả lời.")
    return may_check_annex(user, found.plan)


def may_write(user: User, plan: Plan) -> Decision:
    """The agency's own office writes its drafts and the working copies of amendments."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được soạn kế hoạch này.")
    if plan.state == PlanState.SUBMITTED:
        return denied("Kế hoạch đang trình ký; hãy rút về dự thảo để sửa.")
    if plan.state != PlanState.DRAFT:
        return denied("Kế hoạch đã ban hành; muốn thay đổi thì lập bản sửa đổi.")
    return ALLOWED


def may_submit(user: User, plan: Plan) -> Decision:
    """The agency's own office sends its draft for signature."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được trình ký kế hoạch này.")
    if plan.amends_id:
        return denied("Đây là dự thảo sửa đổi; ký xong thì ban hành bản sửa đổi.")
    if plan.state != PlanState.DRAFT:
        return denied("Chỉ dự thảo mới trình ký; kế hoạch này không còn là dự thảo.")
    return ALLOWED


def may_take_back(user: User, plan: Plan) -> Decision:
    """The agency's own office takes back what was sent for signature."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được rút kế hoạch này về dự thảo.")
    if plan.state != PlanState.SUBMITTED:
        return denied("Chỉ kế hoạch đang trình ký mới rút về dự thảo được.")
    return ALLOWED


def may_record_number(user: User, plan: Plan) -> Decision:
    """The office writes down the clerk's number once; later an amendment puts it right."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được ghi số kế hoạch này.")
    if plan.state not in (PlanState.SUBMITTED, PlanState.ISSUED):
        return denied("Ghi số, ngày khi kế hoạch đã trình ký hoặc đã ban hành.")
    if plan.number and plan.signed_precision == DatePrecision.DAY:
        return denied("Kế hoạch đã có số và ngày; cần sửa thì lập bản sửa đổi.")
    return ALLOWED


def may_attach_signed(user: User, plan: Plan) -> Decision:
    """The office attaches the signed paper of a plan in force."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được đính kèm bản ký.")
    if plan.state not in IN_FORCE:
        return denied("Đính kèm bản ký khi kế hoạch đã ban hành.")
    return ALLOWED


def may_amend(user: User, plan: Plan) -> Decision:
    """The office amends its plan in force, one amendment at a time."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được sửa đổi kế hoạch này.")
    if plan.state != PlanState.ISSUED:
        return denied("Chỉ kế hoạch đã ban hành và chưa kết thúc mới sửa đổi được.")
    if plan.known_by_citation:
        return denied("Kế hoạch này chỉ được biết qua viện dẫn, không có nội dung để sửa đổi.")
    if Plan.objects.filter(amends=plan).exists():
        return denied("Đang có một dự thảo sửa đổi; hãy ban hành hoặc bỏ dự thảo đó trước.")
    return ALLOWED


def may_issue_amendment(user: User, plan: Plan) -> Decision:
    """The office puts the working copy of an amendment in force, or gives it up."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được ban hành bản sửa đổi.")
    if plan.amends is None or plan.state != PlanState.DRAFT:
        return denied("Đây không phải là dự thảo sửa đổi của kế hoạch nào.")
    if plan.amends.state != PlanState.ISSUED:
        return denied("Kế hoạch đã kết thúc, không thể sửa đổi nữa.")
    return ALLOWED


def may_close(user: User, plan: Plan, today: date) -> Decision:
    """The office closes a plan whose time is over."""
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được kết thúc kế hoạch này.")
    if plan.state != PlanState.ISSUED:
        return denied("Chỉ kế hoạch đang thực hiện mới kết thúc được.")
    if today <= plan.ends_on:
        return denied(f"Kế hoạch thực hiện đến hết ngày {plan.ends_on:%d/%m/%Y}, chưa kết thúc.")
    if Plan.objects.filter(amends=plan).exists():
        return denied("Đang có một dự thảo sửa đổi; hãy ban hành hoặc bỏ dự thảo đó trước.")
    return ALLOWED


def may_change_turns(user: User, plan: Plan) -> Decision:
    """The agency's own office decides whose turn a period is, while the plan is in force."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được đổi lượt luân phiên.")
    if plan.state == PlanState.CLOSED:
        return denied("Kế hoạch đã kết thúc, không đổi lượt được nữa.")
    if plan.state != PlanState.ISSUED:
        return denied("Kế hoạch chưa ban hành; hãy sửa lượt trong phần Định mức, luân phiên.")
    return ALLOWED


def may_change_turn(user: User, obligation: Obligation, *, is_done: bool) -> Decision:
    """A period that is done or waived stays with the unit that has it."""
    decision = may_change_turns(user, obligation.plan)
    if not decision:
        return decision
    if obligation.waived_at is not None:
        return denied(f"{obligation.period_label} đã được miễn, không cần đổi lượt.")
    if is_done:
        return denied(f"{obligation.period_label} đã thực hiện xong, không đổi lượt được nữa.")
    return ALLOWED


def can_be_swapped(first: Obligation, second: Obligation, today: date) -> Decision:
    """Two periods of one quota, each with a unit of its own, before the day of either is past.

    Afterwards a swap would move a miss that has happened to a unit whose turn it was not.
    """
    if first.pk == second.pk or first.quota_id is None or first.quota_id != second.quota_id:
        return denied("Chỉ hoán đổi hai kỳ khác nhau của cùng một định mức.")
    for obligation in (first, second):
        if obligation.due_on < today:
            return denied(
                f"{obligation.period_label} đã quá hạn {obligation.due_on:%d/%m/%Y}, không hoán "
                "đổi được nữa; nếu đơn vị khác đã làm thay thì ghi làm thay."
            )
        if obligation.unit is None:
            return denied(
                f"{obligation.period_label} chưa giao đơn vị nào; hãy giao một đơn vị làm thay."
            )
    if first.unit_id == second.unit_id:
        return denied(f"Hai kỳ này đều đang do {first.unit} chịu trách nhiệm.")
    return ALLOWED


def can_take_over(obligation: Obligation, unit: Unit, today: date) -> Decision:
    """Another unit of the same agency, which exists on that day."""
    if unit.agency_id != obligation.agency_id:
        return denied(f"{unit} không phải là đơn vị của {obligation.agency}.")
    if unit.pk == obligation.unit_id:
        return denied(f"{obligation.period_label} đang do {unit} chịu trách nhiệm.")
    if not Unit.objects.active_on(today).filter(pk=unit.pk).exists():
        return denied(f"{unit} không còn hoạt động.")
    return ALLOWED


def may_waive(user: User, obligation: Obligation, *, is_done: bool) -> Decision:
    """The office of the plan's own agency lets a period go, before or after its day."""
    plan = obligation.plan
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được miễn đầu việc của kế hoạch này.")
    if obligation.waived_at is not None:
        return denied(f"{obligation.period_label} đã được miễn trước đó.")
    if plan.state != PlanState.ISSUED:
        return denied("Kế hoạch đã kết thúc, không miễn đầu việc được nữa.")
    if is_done:
        return denied(f"{obligation.period_label} đã thực hiện xong, không cần miễn.")
    return ALLOWED


def may_undo_waiver(user: User, obligation: Obligation) -> Decision:
    """Whoever may waive asks for it again while the plan runs."""
    plan = obligation.plan
    if not _is_office(user, plan):
        return denied(f"Chỉ Văn phòng của {plan.agency.name} được bỏ miễn đầu việc này.")
    if obligation.waived_at is None:
        return denied(f"{obligation.period_label} không được miễn nên không có gì để bỏ.")
    if plan.state != PlanState.ISSUED:
        return denied("Kế hoạch đã kết thúc, không bỏ miễn được nữa.")
    return ALLOWED


def may_keep_register(user: User, province: Province) -> Decision:
    """Offices and Home Affairs of the province keep its register of legal documents."""
    keepers = {Role.AGENCY_OFFICE, Role.HOME_AFFAIRS}
    posts = user.standing().posts
    if not any(post.role in keepers and post.province_id == province.pk for post in posts):
        return denied("Chỉ Văn phòng cơ quan và Sở Nội vụ của tỉnh được ghi vào Sổ văn bản.")
    return ALLOWED


def may_keep_channels(user: User, province: Province) -> Decision:
    """Home Affairs of the province says which channels there are."""
    posts = user.standing().posts
    keeps = (post.role is Role.HOME_AFFAIRS and post.province_id == province.pk for post in posts)
    if not any(keeps):
        return denied(f"Chỉ Sở Nội vụ của {province} được ghi danh mục kênh tuyên truyền.")
    return ALLOWED


def may_move_channel(user: User, channel: Channel) -> Decision:
    """Another agency takes a channel over when nothing lies on its present editors' desk."""
    decision = may_keep_channels(user, channel.province)
    if decision and Channel.objects.awaited_on().filter(pk=channel.pk).exists():
        return denied(
            f"Còn tin, bài đang chờ duyệt hoặc chờ đăng trên {channel}; "
            "giải quyết xong mới đổi cơ quan quản lý kênh."
        )
    return decision


def _is_office(user: User, plan: Plan) -> bool:
    return user.standing().holds({Role.AGENCY_OFFICE}, plan.agency_id)
