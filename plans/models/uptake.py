"""What a derived plan does with its parent: items that do not concern it, and proposals."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models.content_item import ContentItem
from plans.models.plan import Plan
from plans.models.task import Task

_ONE_ITEM = Q(content_item__isnull=False, task=None) | Q(content_item=None, task__isnull=False)


class NotApplicable(models.Model):
    """An item of the parent plan that the derived ``plan`` leaves out, and why."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="not_applicable")
    content_item = models.ForeignKey(
        ContentItem, models.CASCADE, null=True, blank=True, related_name="left_out"
    )
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="left_out")
    reason = models.TextField("lý do")
    decided_at = models.DateTimeField("ghi lúc")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "nội dung không áp dụng"
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "content_item"), name="content_item_left_out_once"
            ),
            models.UniqueConstraint(fields=("plan", "task"), name="task_left_out_once"),
            models.CheckConstraint(condition=_ONE_ITEM, name="left_out_is_one_item"),
            models.CheckConstraint(condition=~Q(reason=""), name="left_out_with_reason"),
        )

    def __str__(self) -> str:
        return str(self.content_item or self.task)


class ProposalKind(models.TextChoices):
    """What the parent's amendment did to the item."""

    ADDED = "added", "Bổ sung"
    CHANGED = "changed", "Sửa đổi"
    REMOVED = "removed", "Bãi bỏ"


class ProposalState(models.TextChoices):
    """What the derived plan's author made of it."""

    OPEN = "open", "Chờ xem xét"
    ACCEPTED = "accepted", "Đã tiếp thu"
    DECLINED = "declined", "Không tiếp thu"
    REPLACED = "replaced", "Đã có đề xuất mới hơn"


class Proposal(models.Model):
    """A change of the parent plan, put before the author of one derived plan.

    ``before`` and ``after`` are the item's row of ``plans.sections`` in the parent's revisions,
    empty when it was added or removed. Declining gives a reason. One that nobody decided on before
    the next amendment is replaced by what that proposes.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="proposals")
    revision = models.PositiveIntegerField("lần sửa đổi của kế hoạch cấp trên")
    kind = models.CharField("loại", max_length=8, choices=ProposalKind)
    content_item = models.ForeignKey(
        ContentItem, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="proposals")
    section = models.CharField("phần", max_length=20)
    uid = models.CharField("mã dòng", max_length=16)
    before = models.JSONField("trước", default=dict, blank=True)
    after = models.JSONField("sau", default=dict, blank=True)
    state = models.CharField(
        "trạng thái", max_length=8, choices=ProposalState, default=ProposalState.OPEN
    )
    reason = models.TextField("lý do", blank=True)
    made_at = models.DateTimeField("đề xuất lúc")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("xem xét lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "đề xuất từ kế hoạch cấp trên"
        indexes = (models.Index(fields=("plan", "state"), name="proposal_plan_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "revision", "section", "uid"), name="proposal_once"
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN.value, decided_at=None, decided_by=None)
                | ~Q(state=ProposalState.OPEN.value)
                & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="proposal_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DECLINED.value) | ~Q(reason=""),
                name="proposal_declined_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{ProposalKind(self.kind).label}: {self.section}"
