"""How the agencies of the invented province answer their parent plan: most fully, some not."""

from __future__ import annotations

from typing import Any

from agencies.models import Agency, User
from plans.actions import uptake
from plans.actions.amend import issue_amendment, open_amendment
from plans.actions.drafts import save_section
from plans.implementing import CONTENT, items_of
from plans.models import Plan
from plans.sections import SECTIONS
from plans.uptake import Item

CONTENT_TITLES = (
    "Ý nghĩa, mục tiêu của cải cách hành chính; Chương trình tổng thể giai đoạn 2021 - 2030",
    "Tiện ích của dịch vụ công trực tuyến toàn trình và thanh toán trực tuyến",
    "Kết quả Chỉ số cải cách hành chính, Chỉ số hài lòng của tỉnh và của từng cơ quan",
    "Văn hóa công vụ, kỷ luật, kỷ cương hành chính; trách nhiệm của người đứng đầu",
    "Mô hình, sáng kiến, điển hình tốt về cải cách hành chính",
)
FORMS = (
    ("Chuyên trang CCHC của tỉnh, Cổng TTĐT của cơ quan", ("chuyen-trang-cchc", "cong-co-quan")),
)
QUARTERLY = "Mỗi quý có ít nhất 01 tin, bài được duyệt đăng trên Chuyên trang CCHC tỉnh"
MONTHLY = "Mỗi tháng có ít nhất 01 tin, bài được duyệt đăng trên Cổng TTĐT của cơ quan"
_TO_ALL = "Các sở, ban, ngành; UBND các xã, phường"
_TO_DEPARTMENTS = "Các sở, ban, ngành"
_REASON = "Văn phòng UBND tỉnh tuyên truyền chung; cơ quan dẫn lại bài trên Cổng TTĐT tỉnh."
_AMENDED = "Tiện ích của dịch vụ công trực tuyến toàn trình; nộp hồ sơ không phụ thuộc địa giới"

# The place of an agency in its province modulo nine says how it answers.
_ADAPTS, _LEAVES_OUT, _FORGETS = 3, 5, 7


def parent_text() -> dict[str, Any]:
    """What the province asks of its agencies."""
    return {
        "content": [{"title": title} for title in CONTENT_TITLES],
        "forms": [{"title": title, "channels": list(codes)} for title, codes in FORMS],
        "tasks": [
            {
                "rows": [
                    _task("1", QUARTERLY, _TO_ALL, "Hằng quý"),
                    _task("2", MONTHLY, _TO_DEPARTMENTS, "Hằng tháng"),
                ]
            }
        ],
    }


def _task(code: str, title: str, group: str, time: str) -> dict[str, Any]:
    return {"code": code, "title": title, "lead": [{"group": group}], "time": time}


def own_content(agency: Agency) -> list[dict[str, str]]:
    """The agency's points: the province's, some in its own words, some not at all."""
    titles = list(CONTENT_TITLES)
    place = agency.order % 9
    if place == _ADAPTS:
        titles[2] = f"Kết quả Chỉ số cải cách hành chính, mức hài lòng tại {agency.short_name}"
    elif place == _LEAVES_OUT:
        del titles[1]
    elif place == _FORGETS:
        del titles[3:]
    return [{"title": title} for title in titles]


def set_term(parent: Plan, term: str, by: User) -> None:
    """The day by which the agencies issue their plans."""
    data = SECTIONS["header"].read(parent) | {"derive_by": term}
    save_section(plan=parent, name="header", version=0, data=data, by=by)


def answer(plan: Plan, by: User) -> None:
    """Say which row answers which item of the parent, and what is left out for a reason."""
    uptake.link_same(plan=plan, by=by)
    items = [item for item in items_of(plan) if item.section == CONTENT]
    place = plan.agency.order % 9
    if place == _ADAPTS:
        row = plan.content_items.order_by("order")[2]
        uptake.link(plan=plan, section=CONTENT, item=items[2].pk, uid=row.uid, by=by)
    elif place == _LEAVES_OUT:
        _leave_out(plan, items[1], by)


def _leave_out(plan: Plan, item: Item, by: User) -> None:
    uptake.leave_out(plan=plan, section=CONTENT, item=item.pk, reason=_REASON, by=by)


def amend(parent: Plan, by: User) -> None:
    """Once the agencies have their plans, one point is worded anew: each gets a proposal."""
    copy = open_amendment(
        plan=parent, reason="Cập nhật quy định mới về dịch vụ công trực tuyến", by=by
    )
    rows = SECTIONS[CONTENT].read(copy)
    rows[1] = rows[1] | {"title": _AMENDED}
    save_section(plan=copy, name=CONTENT, version=0, data=rows, by=by)
    issue_amendment(copy=copy, by=by)
