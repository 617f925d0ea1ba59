"""The signed paper of a plan is attached; a wrong one is voided, never deleted."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import User
from cchc.lib import clock, vault
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.holding import held
from plans.models import Plan, SignedFile

ATTACHED = audit.Verb("plan.attach_signed", "Đính kèm bản ký của kế hoạch")
VOIDED = audit.Verb("plan.void_signed", "Hủy bản ký đã đính kèm")

MAX_BYTES = 20 * 1024 * 1024
TOO_LARGE = "Tệp nặng quá 20 MB; hãy quét lại ở chế độ đen trắng, 200 dpi."
_TAIL = 2048  # readers look for the end mark in the last part of the file


@transaction.atomic
def attach(*, plan: Plan, name: str, content: bytes, by: User) -> SignedFile:
    """Keep the PDF as the signed paper of the plan's present revision."""
    locked = held(plan.pk)
    require(policies.may_attach_signed(by, locked))
    _check(content)
    if locked.signed_files.filter(revision=locked.revision, voided_at=None).exists():
        raise Refused("Đã có bản ký của lần ban hành này; hãy hủy bản đó trước khi thay.")
    kept = vault.keep(content)
    signed = SignedFile.objects.create(
        plan=locked,
        revision=locked.revision,
        name=name[-200:],
        sha256=kept.sha256,
        size=kept.size,
        added_at=clock.now(),
        added_by=by,
    )
    audit.record(
        ATTACHED, locked, by=by, agency=locked.agency, after={"name": name, "sha256": kept.sha256}
    )
    return signed


@transaction.atomic
def void(*, signed: SignedFile, reason: str, by: User) -> SignedFile:
    """Mark a wrong file as void; who reads the plan no longer gets it."""
    plan = held(signed.plan_id)
    require(policies.may_attach_signed(by, plan))
    present = SignedFile.objects.get(pk=signed.pk)
    if present.voided_at:
        raise Refused("Bản ký này đã bị hủy trước đó.")
    if not reason.strip():
        raise Refused("Hãy ghi lý do hủy bản ký.")
    present.voided_at, present.voided_by, present.voided_reason = clock.now(), by, reason.strip()
    present.save(update_fields=["voided_at", "voided_by", "voided_reason"])
    audit.record(
        VOIDED,
        plan,
        by=by,
        agency=plan.agency,
        reason=present.voided_reason,
        before={"name": present.name, "sha256": present.sha256},
    )
    return present


def _check(content: bytes) -> None:
    """A whole PDF of a sensible size, judged by what it is, not by its name."""
    if len(content) > MAX_BYTES:
        raise Refused(TOO_LARGE)
    if not content.startswith(b"%PDF-"):
        raise Refused("Đây không phải là tệp PDF; bản ký phải là tệp PDF quét hoặc ký số.")
    if b"%%EOF" not in content[-_TAIL:]:
        raise Refused("Tệp PDF bị cụt, không mở được; hãy quét hoặc tải lại rồi đính kèm.")
