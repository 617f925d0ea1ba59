"""Tasks of a plan and who is assigned to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import Agency, Unit
from plans.models.plan import Plan
from plans.models.uid import UID_LENGTH, new_uid


class TaskQuerySet(models.QuerySet["Task"]):
    """Chainable questions about tasks."""

    def for_document(self) -> TaskQuerySet:
        """Everything that the annex prints, in its order."""
        return self.order_by("order").prefetch_related(
            "assignees__unit", "assignees__agency", "quotas__channel", "quotas__turns__unit"
        )


class PresentTasks(models.Manager.from_queryset(TaskQuerySet)):  # type: ignore[misc]
    """The tasks of plans as they stand, without what amendments took out."""

    def get_queryset(self) -> TaskQuerySet:
        """Those that no revision removed."""
        found: TaskQuerySet = super().get_queryset().filter(removed_in=None)
        return found


class Task(models.Model):
    """A row of the annex, or a duty of the narrative.

    ``products`` and ``timing_text`` are the cells as written, line by line;
    ``timing_kind`` is how ``plans.timing`` read the time cell, or what its author says that it
    means: ``timing_meant`` ("Quý I/2024" for "đầu năm"). ``explanation`` is the giải trình of
    the draft, which the issued plan leaves out. ``without_quota`` says that the numbers in its
    text owe nothing. A task that an amendment takes out keeps its row while it has obligations:
    ``removed_in`` is the revision that no longer has it.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    uid = models.CharField("mã dòng", max_length=UID_LENGTH, default=new_uid, editable=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="subtasks"
    )
    order = models.PositiveIntegerField("thứ tự")
    code = models.CharField("mã", max_length=20, blank=True)
    area = models.CharField("nhóm nhiệm vụ", max_length=200, blank=True)
    title = models.TextField("nhiệm vụ", blank=True)
    conditional = models.BooleanField("chỉ khi phát sinh (nếu có)", default=False)
    products = models.TextField("sản phẩm", blank=True)
    timing_text = models.TextField("thời gian thực hiện", blank=True)
    timing_kind = models.CharField("cách hiểu thời gian", max_length=16, blank=True)
    timing_meant = models.CharField("thời gian hiểu là", max_length=400, blank=True)
    explanation = models.TextField("giải trình", blank=True)
    without_quota = models.BooleanField("không giao định mức", default=False)
    removed_in = models.PositiveIntegerField("bỏ ở lần sửa đổi", null=True, blank=True)
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adopted_as"
    )

    objects = PresentTasks()
    everything = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "order"), condition=Q(removed_in=None), name="task_order_once"
            ),
            models.UniqueConstraint(fields=("plan", "uid"), name="task_uid_once"),
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
