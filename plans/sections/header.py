"""Thông tin chung: the header, the span and the signing block."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from plans.citation_text import short_date, written_date
from plans.models import Plan
from plans.models.plan import IN_FORCE, PlanKind
from plans.sections.fields import DAYS, Fields, Row, accept_object, day_of, written
from plans.sections.section import Notes, Section
from plans.sections.timings import read_again

LABELS = {
    "kind": "Loại kế hoạch",
    "parent": "Kế hoạch cấp trên",
    "number": "Số",
    "symbol": "Ký hiệu",
    "signed": "Ngày ký",
    "place": "Địa danh",
    "title": "Trích yếu",
    "opening": "Đoạn mở đầu",
    "audiences": "Đối tượng",
    "scopes": "Phạm vi",
    "annex_title": "Tên phụ lục",
    "starts_on": "Từ ngày",
    "ends_on": "Đến ngày",
    "derive_by": "Hạn ban hành kế hoạch triển khai",
    "count_before_issue": "Tính cả đầu việc đến hạn trước khi ban hành",
    "signer_authority": "Quyền hạn",
    "signer_position": "Chức vụ",
    "signer_name": "Họ tên người ký",
    "recipients": "Nơi nhận",
}
UID = "header"
"""The notes of the header stand under this name: it has no rows."""
_KINDS = {value: str(label) for value, label in PlanKind.choices}
# Two lines of authority are met: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH".
_PLAIN = ("kind", "opening", "signer_authority", "count_before_issue")
_LISTS = ("audiences", "scopes", "recipients")
_DAYS = ("starts_on", "ends_on", "derive_by")
_LINES = {
    "number": 16,
    "symbol": 40,
    "place": 80,
    "title": 300,
    "annex_title": 300,
    "signer_position": 120,
    "signer_name": 120,
}
_LONGEST = 20_000
_MOST_YEARS = 12
_DEEPEST = 20


def read(plan: Plan) -> Row:
    """The header as it stands."""
    return (
        {name: getattr(plan, name) for name in (*_PLAIN, *_LINES)}
        | {name: _listed(getattr(plan, name)) for name in _LISTS}
        | {name: written(getattr(plan, name)) for name in _DAYS}
        | {
            "parent": plan.parent_id,
            "signed": short_date(plan.signed_on, plan.signed_precision),
        }
    )


def _listed(text: str) -> list[str]:
    return text.split("\n") if text else []


def accept(data: object, plan: Plan) -> Row:
    """The typed header."""
    return accept_object(data, LABELS, lambda fields: _accepted(fields, plan))


def _accepted(fields: Fields, plan: Plan) -> Row:
    days = {name: fields.day(name) for name in _DAYS}
    value = {
        "kind": fields.choice("kind", _KINDS),
        "parent": fields.key("parent", _may_implement(plan), "Không có kế hoạch này trong tỉnh."),
        "signed": fields.known_date("signed"),
        "opening": fields.text("opening", _LONGEST),
        "signer_authority": fields.text("signer_authority", 120),
        "count_before_issue": fields.flag("count_before_issue"),
        **{name: fields.line(name, limit) for name, limit in _LINES.items()},
        **{name: fields.lines(name, _LONGEST) for name in _LISTS},
        **{name: written(day) for name, day in days.items()},
    }
    if not fields.faults:
        _check_span(fields, days["starts_on"], days["ends_on"])
        _check_number(fields, plan, value)
    return value


def _check_span(fields: Fields, first: date | None, last: date | None) -> None:
    if first is None:
        fields.fault("starts_on", "Chưa ghi ngày bắt đầu.", DAYS)
    elif last is None:
        fields.fault("ends_on", "Chưa ghi ngày kết thúc.", DAYS)
    elif last < first:
        fields.fault("ends_on", "Ngày kết thúc đến trước ngày bắt đầu.", f"từ {first:%d/%m/%Y}")
    elif last.year - first.year >= _MOST_YEARS:
        problem = "Thời gian của kế hoạch quá dài."
        fields.fault("ends_on", problem, f"không quá {_MOST_YEARS} năm")


def _check_number(fields: Fields, plan: Plan, value: Row) -> None:
    """A number is given once."""
    other = same_number(plan, value)
    if other is not None:
        fields.fault("number", f"Đã có {other.citation} cùng ngày ký: {other.title}.", "số khác")


def same_number(plan: Plan, value: Row) -> Plan | None:
    """The plan that has it; two without a day of signing are not yet told apart."""
    signed_on, _ = written_date(value["signed"])
    if not value["number"] or signed_on is None:
        return None
    same = Plan.objects.filter(
        agency=plan.agency_id,
        number=value["number"],
        symbol=value["symbol"],
        signed_on=signed_on,
        amends=None,
    ).exclude(pk__in=[plan.pk, plan.amends_id or plan.pk])
    return same.first()


def _may_implement(plan: Plan) -> Callable[[int], bool]:
    """Plans in force of the province, or the one that it was; never one below itself."""

    def allowed(key: int) -> bool:
        if key == plan.parent_id:
            return True
        if not 0 < key < 2**63 or key in (plan.pk, plan.amends_id):
            return False
        found = Plan.objects.filter(Q(province=plan.province_id), state__in=IN_FORCE, pk=key)
        return found.exists() and not _stands_below(key, plan)

    return allowed


def _stands_below(key: int | None, plan: Plan) -> bool:
    above = key
    for _ in range(_DEEPEST):
        if above is None:
            return False
        above = Plan.objects.values_list("parent", flat=True).get(pk=above)
        if above in (plan.pk, plan.amends_id or plan.pk):
            return True
    return True


def write(plan: Plan, value: Any) -> None:
    """Bring the header to the value; another year reads the time cells again."""
    signed_on, precision = written_date(value["signed"])
    wanted = (
        {name: value[name] for name in (*_PLAIN, *_LINES)}
        | {name: "\n".join(value[name]) for name in _LISTS}
        | {name: day_of(value[name]) for name in _DAYS}
        | {
            "parent_id": value["parent"],
            "signed_on": signed_on,
            "signed_precision": precision,
        }
    )
    year = plan.year
    changed = [name for name, one in wanted.items() if getattr(plan, name) != one]
    for name in changed:
        setattr(plan, name, wanted[name])
    if changed:
        plan.save(update_fields=changed)
    if plan.year != year:
        read_again(plan)


def notes(plan: Plan, value: Any) -> Notes:
    """A parent that is dated after the plan."""
    parent = Plan.objects.filter(pk=value["parent"]).first() if value["parent"] else None
    signed_on, _ = written_date(value["signed"])
    if parent is None or parent.signed_on is None or signed_on is None:
        return {}
    if parent.signed_on <= signed_on or _is_within(parent, value["signed"]):
        return {}
    day = short_date(parent.signed_on, parent.signed_precision)
    text = f"{parent.citation} ghi ngày {day}, sau ngày ký của kế hoạch này ({value['signed']})."
    return {UID: {"parent": {"text": text, "tone": "ask", "choices": []}}}


def _is_within(parent: Plan, signed: str) -> bool:
    """A plan of "2024" may be later than one of 05/02/2024."""
    return short_date(parent.signed_on, "day").endswith(signed)


SECTION = Section("header", "Thông tin chung", read, accept, write, notes=notes)
