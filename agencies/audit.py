"""The one way to leave a trace: every action ends with one call of :func:`record`."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models

from agencies.models import Agency, AuditEntry, Province, User

request_id: ContextVar[str] = ContextVar("request_id", default="")


@dataclass(frozen=True, slots=True)
class Verb:
    """What was done: a stable ``code`` for machines and its ``label`` on screen."""

    code: str
    label: str


def record(
    verb: Verb,
    subject: models.Model,
    *,
    by: User | None,
    agency: Agency | None = None,
    province: Province | None = None,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry; ``by`` None is the system itself; before and after are JSON values.

    The agency, or the province of what belongs to no single agency, decides who reads it.
    """
    return AuditEntry.objects.create(
        by=by,
        by_label=str(by) if by else "Hệ thống",
        verb=verb.code,
        verb_label=verb.label,
        object_type=subject._meta.label_lower,
        object_id=str(subject.pk),
        object_label=str(subject)[:300],
        agency=agency,
        province=agency.province if agency else province,
        request_id=request_id.get(),
        reason=reason,
        before=dict(before or {}),
        after=dict(after or {}),
    )
