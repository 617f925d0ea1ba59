"""Who sets the criteria of a year, who scores, who appraises."""

from __future__ import annotations

from datetime import date

from agencies.models import Agency, Province, User
from agencies.roles import Role
from cchc.lib.decisions import ALLOWED, Decision, denied
from cchc.lib.tables import display
from reporting.models import AgencyScore

NOT_A_SETTER = "Chỉ Sở Nội vụ mới được đặt tiêu chí chấm điểm của tỉnh {province}."
APPRAISED = (
    "Năm {year} đã có {count} kết quả thẩm định theo bộ tiêu chí này nên không sửa được tiêu chí; "
    "muốn sửa thì phải hủy các kết quả thẩm định đó trước."
)
SCORED = "Đã có {count} cơ quan chấm điểm theo tiêu chí này nên không xóa được, chỉ sửa được."
MEASURE_KEPT = (
    "Đã có {count} cơ quan chấm điểm theo tiêu chí này nên không đổi được cách đo; hãy thêm tiêu "
    "chí khác."
)
NOT_AN_OFFICE = "Chỉ Văn phòng của {agency} mới được tự chấm điểm, ghi giải trình của cơ quan này."
NOT_AN_APPRAISER = "Chỉ Sở Nội vụ mới được thẩm định điểm."
NO_CRITERIA = "Sở Nội vụ chưa đặt tiêu chí chấm điểm năm {year}."
ALL_APPRAISED = "Điểm năm {year} đã được thẩm định nên không tính lại được."
SCORE_APPRAISED = "Tiêu chí này đã được thẩm định ngày {day} nên không sửa giải trình được nữa."
OWN_SCORE = "Điểm do chính anh/chị tự chấm phải do người khác thẩm định."
NOT_APPRAISED = "Tiêu chí này chưa có kết quả thẩm định để hủy."
NOT_YET = "Năm {year} chưa đến nên chưa chấm điểm được."
NOT_A_READER = "Anh/chị không theo dõi {agency} nên không lập được tài liệu kiểm chứng của cơ quan."


def sets_terms(user: User, province_id: int) -> bool:
    """Whether the user is Home Affairs of the province."""
    return any(
        post.role is Role.HOME_AFFAIRS and post.province_id == province_id
        for post in user.standing().posts
    )


def may_set_terms(user: User, province: Province) -> Decision:
    """Set the criteria of a year."""
    if sets_terms(user, province.pk):
        return ALLOWED
    return denied(NOT_A_SETTER.format(province=province.name))


def may_change_terms(user: User, province: Province, year: int, appraised: int) -> Decision:
    """Add, change or remove criteria: while nobody was appraised by them."""
    decision = may_set_terms(user, province)
    if decision and appraised:
        return denied(APPRAISED.format(year=year, count=appraised))
    return decision


def may_measure_otherwise(scored: int) -> Decision:
    """Look at something else under the same criterion: while nobody was scored."""
    return denied(MEASURE_KEPT.format(count=scored)) if scored else ALLOWED


def may_remove_criterion(scored: int) -> Decision:
    """Take a criterion away: while nobody was scored."""
    return denied(SCORED.format(count=scored)) if scored else ALLOWED


def may_score(user: User, agency: Agency, year: int, today: date) -> Decision:
    """Score the agency: its own office."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, agency.pk):
        return denied(NOT_AN_OFFICE.format(agency=agency))
    return _begun(year, today)


def may_score_for(user: User, province: Province, year: int, today: date) -> Decision:
    """Score the agencies that have not scored themselves."""
    if not sets_terms(user, province.pk):
        return denied(NOT_AN_APPRAISER)
    return _begun(year, today)


def may_recompute(year: int, criteria: int, appraised: int) -> Decision:
    """Compute anew what nobody has appraised."""
    if not criteria:
        return denied(NO_CRITERIA.format(year=year))
    return denied(ALL_APPRAISED.format(year=year)) if appraised == criteria else ALLOWED


def may_note(user: User, score: AgencyScore) -> Decision:
    """Say something beside the agency's own points, until they are appraised."""
    if not user.standing().holds({Role.AGENCY_OFFICE}, score.agency_id):
        return denied(NOT_AN_OFFICE.format(agency=score.agency))
    if score.appraised_at is not None:
        return denied(SCORE_APPRAISED.format(day=display(score.appraised_on)))
    return ALLOWED


def may_appraise(user: User, score: AgencyScore) -> Decision:
    """Give points beside the agency's own; nobody to what they scored for their own agency."""
    if not sets_terms(user, score.agency.province_id):
        return denied(NOT_AN_APPRAISER)
    inside = user.standing().holds({Role.AGENCY_OFFICE}, score.agency_id)
    if inside and score.scored_by_id == user.pk:
        return denied(OWN_SCORE)
    return ALLOWED


def may_withdraw(user: User, score: AgencyScore) -> Decision:
    """Take an appraisal back."""
    decision = may_appraise(user, score)
    if decision and score.appraised_at is None:
        return denied(NOT_APPRAISED)
    return decision


def may_pack(user: User, agency: Agency) -> Decision:
    """Have the evidence of an agency's year in one file: what the person may see of it."""
    standing = user.standing()
    inside = agency.pk in standing.readable_agency_ids
    if inside or agency.province_id in standing.overseen_province_ids:
        return ALLOWED
    return denied(NOT_A_READER.format(agency=agency))


def may_pack_year(year: int, criteria: int, today: date) -> Decision:
    """Pack by the criteria of a year."""
    if not criteria:
        return denied(NO_CRITERIA.format(year=year))
    return _begun(year, today)


def _begun(year: int, today: date) -> Decision:
    return ALLOWED if year <= today.year else denied(NOT_YET.format(year=year))
