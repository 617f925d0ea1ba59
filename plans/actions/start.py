"""A plan begins as a draft with what its agency's last one says, and an unwanted draft goes."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError

from agencies import audit
from agencies.models import Agency, AuditEntry, User
from cchc.lib.decisions import Refused, require
from cchc.lib.text import squeeze
from plans import import_files, policies
from plans.actions.life import SUBMITTED
from plans.holding import held
from plans.models import Plan
from plans.models.plan import PlanKind

STARTED = audit.Verb("plan.start", "Lập kế hoạch")
DISCARDED = audit.Verb("plan.discard", "Xóa dự thảo kế hoạch")
MULTI_YEARS = 5
_FROM_LAST = ("symbol", "signer_authority", "signer_position", "signer_name", "recipients")


@transaction.atomic
def start(
    *, agency: Agency, kind: str, title: str, year: int, by: User, parent: Plan | None = None
) -> Plan:
    """Make an empty draft of that year; symbol, signer and recipients as in the last plan."""
    require(policies.may_start(by, agency))
    last = (
        Plan.objects.filter(agency=agency, known_by_citation=False, amends=None)
        .order_by("-starts_on", "-pk")
        .first()
    )
    years = MULTI_YEARS if kind == PlanKind.MULTI_YEAR else 1
    plan = Plan.objects.create(
        key=f"{agency.code.lower()[:40]}-{kind.replace('_', '-')}-{year}-{secrets.token_hex(4)}",
        province=agency.province,
        agency=agency,
        kind=kind,
        parent=parent,
        title=squeeze(title),
        place=agency.place,
        starts_on=date(year, 1, 1),
        ends_on=date(year + years - 1, 12, 31),
        **{name: getattr(last, name) if last else "" for name in _FROM_LAST},
    )
    if not plan.symbol:
        plan.symbol = f"KH-{agency.code.rpartition('-')[2]}"
        plan.save(update_fields=["symbol"])
    audit.record(STARTED, plan, by=by, agency=agency, after={"key": plan.key, "year": year})
    return plan


@transaction.atomic
def discard(*, plan: Plan, by: User) -> None:
    """Delete a draft that was never sent for signature, with everything in it."""
    locked = held(plan.pk)
    require(policies.may_discard(by, locked))
    trail = AuditEntry.objects.filter(
        object_type=locked._meta.label_lower, object_id=str(locked.pk), verb=SUBMITTED.code
    )
    if trail.exists():
        raise Refused("Dự thảo này đã từng được trình ký nên được giữ lại; hãy sửa và dùng tiếp.")
    imports = list(locked.annex_imports.waiting())
    key = locked.pk
    try:
        locked.delete()
    except ProtectedError as error:
        named = "; ".join(sorted({str(row) for row in error.protected_objects})[:3])
        raise Refused(f"Không xóa được: dự thảo này đang được dẫn tới ở {named}.") from error
    import_files.forget(imports)
    locked.pk = key
    audit.record(DISCARDED, locked, by=by, agency=locked.agency, before={"key": locked.key})
