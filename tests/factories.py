"""Plain rows for tests, with as little as each needs. Names not given are numbered."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from agencies.models import Agency, Membership, Province, Unit, User
from agencies.roles import Role
from cchc.lib import clock
from outreach.models import Activity, Placement
from plans.citation_text import search_text
from plans.citations import parse, rank
from plans.models import Channel, LegalDocument, Obligation, Plan, Quota, RotationTurn, Task
from plans.periods import Period, PeriodKind

_numbers = count(1)
PASSWORD = "mat-khau-thu-nghiem"


def make_province(code: str = "", **facts: Any) -> Province:
    number = next(_numbers)
    return Province.objects.create(
        **{"code": code or f"P{number}", "name": f"Thử nghiệm {number}", **facts}
    )


def make_agency(province: Province | None = None, code: str = "", **facts: Any) -> Agency:
    number = next(_numbers)
    return Agency.objects.create(
        **{
            "province": province or make_province(),
            "code": code or f"CQ-{number}",
            "kind": "department",
            "name": f"Sở Thử nghiệm {number}",
            "short_name": f"Sở TN {number}",
            "place": "Sóc Trăng",
            "order": number,
            "clears_internally": False,
            **facts,
        }
    )


def make_unit(agency: Agency, name: str = "", **facts: Any) -> Unit:
    number = next(_numbers)
    return Unit.objects.create(
        **{
            "agency": agency,
            "code": f"DV{number}",
            "name": name or f"Phòng {number}",
            "order": number,
            **facts,
        }
    )


def make_user(
    role: Role | None = None,
    agency: Agency | None = None,
    unit: Unit | None = None,
    *,
    username: str = "",
    password: str = "",
    **facts: Any,
) -> User:
    """A user, with one membership when a role is given; a password only when one is given."""
    number = next(_numbers)
    user = User(**{"username": username or f"u{number}", "full_name": f"Người {number}", **facts})
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    if role is not None:
        assert agency is not None
        make_membership(user, role, agency, unit)
    return user


def make_membership(
    user: User, role: Role, agency: Agency, unit: Unit | None = None, **facts: Any
) -> Membership:
    return Membership.objects.create(
        **{
            "user": user,
            "agency": agency,
            "unit": unit,
            "role": role.value,
            "since": date(2019, 1, 1),
            **facts,
        }
    )


def make_channel(province: Province, code: str = "", **facts: Any) -> Channel:
    number = next(_numbers)
    return Channel.objects.create(
        **{
            "province": province,
            "code": code or f"KENH{number}",
            "name": f"Kênh thử nghiệm {number}",
            "short_name": f"Kênh {number}",
            "kind": "online",
            "order": number,
            **facts,
        }
    )


def make_plan(agency: Agency, **facts: Any) -> Plan:
    """A plan of 2024 in force; give ``state="draft"`` for one that is not."""
    number = next(_numbers)
    issued = facts.get("state", "issued") != "draft"
    return Plan.objects.create(
        **{
            "key": f"plan-{number}",
            "province": agency.province,
            "agency": agency,
            "kind": "outreach",
            "symbol": "KH-TN",
            "title": f"Kế hoạch tuyên truyền {number}",
            "starts_on": date(2024, 1, 1),
            "ends_on": date(2024, 12, 31),
            "state": "issued",
            "issued_at": clock.now() if issued else None,
            "issued_by": make_user() if issued else None,
            **facts,
        }
    )


def make_document(province: Province, citation: str = "", **facts: Any) -> LegalDocument:
    """An entry of the register, as the line cites it."""
    number = next(_numbers)
    read = parse(citation or f"Quyết định số {number}/QĐ-UBND ngày 05/01/2024 của UBND tỉnh")
    document = LegalDocument(
        province=province,
        document_type=read.document_type,
        reference=read.reference,
        dated_on=read.on,
        date_precision=read.precision,
        issuer=read.issuer,
        abstract=read.abstract,
        rank=rank(read.document_type, read.issuer, read.reference),
        added_at=clock.now(),
        **facts,
    )
    document.search = search_text(document)
    document.save()
    return document


def make_task(plan: Plan, **facts: Any) -> Task:
    number = next(_numbers)
    return Task.objects.create(
        **{
            "plan": plan,
            "order": number,
            "code": f"4.{number}",
            "title": f"Nhiệm vụ {number}",
            **facts,
        }
    )


def make_quota(task: Task, channel: Channel, **facts: Any) -> Quota:
    """One item a quarter, due on the period's last day."""
    return Quota.objects.create(
        **{
            "task": task,
            "order": next(_numbers),
            "channel": channel,
            "per": PeriodKind.QUARTER.value,
            "due_kind": "period_end",
            **facts,
        }
    )


def make_turn(quota: Quota, period: str, unit: Unit) -> RotationTurn:
    return RotationTurn.objects.create(quota=quota, period=period, unit=unit)


def make_obligation(quota: Quota, period: str = "2024-Q1", **facts: Any) -> Obligation:
    """What the quota owes in a period of its calendar; due on the last day unless given."""
    of = Period.parse(period)
    plan = quota.task.plan
    return Obligation.objects.create(
        **{
            "province": plan.province,
            "agency": plan.agency,
            "plan": plan,
            "task": quota.task,
            "quota": quota,
            "channel": quota.channel,
            "counts_when": quota.counts_when,
            "period": of.code,
            "window_start": of.start,
            "window_end": of.end,
            "due_on": of.end,
            "required": quota.minimum,
            **facts,
        }
    )


def make_activity(author: User, agency: Agency, unit: Unit | None = None, **facts: Any) -> Activity:
    number = next(_numbers)
    activity = Activity(
        **{
            "province": agency.province,
            "agency": agency,
            "unit": unit,
            "kind": "news",
            "title": f"Tin thử nghiệm {number}",
            "author": author,
            **facts,
        }
    )
    activity.clean()
    activity.save()
    return activity


def make_placement(activity: Activity, channel: Channel, **facts: Any) -> Placement:
    """A draft; give ``state`` with its days for anything further. No results are counted."""
    by = activity.author
    return Placement.objects.create(
        **{
            "province": activity.province,
            "agency": activity.agency,
            "editing_agency_id": channel.editing_agency_id(activity.agency_id),
            "activity": activity,
            "channel": channel,
            "sent_by": by if facts.get("sent_on") else None,
            "decided_by": by if facts.get("decided_on") else None,
            "published_by": by if facts.get("published_on") else None,
            **facts,
        }
    )
