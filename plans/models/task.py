"""Tasks of a plan and who is assigned to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import Agency, Unit
from plans.models.plan import Plan


class TaskQuerySet(models.QuerySet["Task"]):
    """Chainable questions about tasks."""

    def for_document(self) -> TaskQuerySet:
        """Everything that the annex prints, in its order."""
        return self.order_by("order").prefetch_related(
            "assignees__unit", "assignees__agency", "quotas__channel", "quotas__turns__unit"
        )


class Task(models.Model):
    """A row of the annex, or a duty of the narrative.

    ``products`` and ``timing_text`` are the cells as written, line by line;
    ``timing_kind`` is how ``plans.timing`` read the time cell.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="subtasks"
    )
    order = models.PositiveIntegerField("thứ tự")
    code = models.CharField("mã", max_length=20)
    area = models.CharField("nhóm nhiệm vụ", max_length=200, blank=True)
    title = models.TextField("nhiệm vụ")
    conditional = models.BooleanField("chỉ khi phát sinh (nếu có)", default=False)
    products = models.TextField("sản phẩm", blank=True)
    timing_text = models.TextField("thời gian thực hiện", blank=True)
    timing_kind = models.CharField("cách hiểu thời gian", max_length=16, blank=True)
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adopted_as"
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        constraints = (
            models.UniqueConstraint(fields=("plan", "order"), name="task_order_once"),
            models.UniqueConstraint(fields=("plan", "area", "code"), name="task_code_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class AssigneeDuty(models.TextChoices):
    """What the assignee owes to the task."""

    LEAD = "lead", "Chủ trì"
    COORDINATING = "coordinating", "Phối hợp"


class Assignee(models.Model):
    """A unit, an agency or a named group (``Các phòng chuyên môn``) with its duty.

    ``qualifier`` is the bracket after the name: ``Văn phòng (kế toán)``.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignees")
    order = models.PositiveIntegerField("thứ tự")
    duty = models.CharField("vai trò", max_length=12, choices=AssigneeDuty)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    group = models.CharField("nhóm đơn vị", max_length=200, blank=True)
    qualifier = models.CharField("ghi chú trong ngoặc", max_length=120, blank=True)

    class Meta:
        verbose_name = "phân công"
        constraints = (
            models.UniqueConstraint(fields=("task", "duty", "order"), name="assignee_order_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, agency=None, group="")
                | Q(unit=None, agency__isnull=False, group="")
                | (Q(unit=None, agency=None) & ~Q(group="")),
                name="assignee_is_one_of_three",
            ),
        )

    def __str__(self) -> str:
        name = str(self.unit or self.agency or self.group)
        return f"{name} ({self.qualifier})" if self.qualifier else name
