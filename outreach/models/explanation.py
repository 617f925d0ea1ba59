"""Explanations (giải trình) of a missed or late obligation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies.models import Unit
from agencies.roles import Role
from cchc.lib import clock
from plans.models import Obligation

if TYPE_CHECKING:
    from agencies.models import User


class ExplanationReason(models.TextChoices):
    """Why something was missed or late: the short list that can be counted."""

    CONTENT = "content", "Thiếu nội dung, đề tài"
    STAFF = "staff", "Thiếu nhân sự"
    APPROVAL = "approval", "Chờ duyệt quá lâu"
    CHANNEL = "channel", "Sự cố kỹ thuật của kênh"
    REORGANISED = "reorganised", "Sắp xếp tổ chức bộ máy"
    URGENT = "urgent", "Nhiệm vụ đột xuất"
    OTHER = "other", "Khác"


class ExplanationState(models.TextChoices):
    """What the agency's office or Home Affairs last said to it."""

    OPEN = "open", "Chờ xem xét"
    ACCEPTED = "accepted", "Được chấp nhận"
    REFUSED = "refused", "Không được chấp nhận"


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    """Chainable questions about explanations."""

    def visible_to(self, user: User) -> ExplanationQuerySet:
        """Of the user's agencies, and of every agency in a province the user oversees."""
        standing = user.standing()
        return self.filter(
            Q(obligation__agency__in=standing.readable_agency_ids)
            | Q(obligation__province__in=standing.overseen_province_ids)
        )

    def current(self) -> ExplanationQuerySet:
        """The newest of each obligation; older ones are its history."""
        newer = Explanation.objects.filter(obligation=OuterRef("obligation"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(newer))

    def awaiting(self, user: User) -> ExplanationQuerySet:
        """What waits for the user: units' for their office, the office's for Home Affairs."""
        standing = user.standing()
        provinces = [post.province_id for post in standing.posts if post.role is Role.HOME_AFFAIRS]
        offices = standing.agencies_as(Role.AGENCY_OFFICE)
        return (
            self.current()
            .filter(
                Q(by_office=False, obligation__agency__in=offices)
                | Q(by_office=True, obligation__province__in=provinces),
                state=ExplanationState.OPEN,
                obligation__waived_at=None,
            )
            .exclude(given_by=user)
        )

    def for_list(self) -> ExplanationQuerySet:
        """With everything that its line names."""
        return self.select_related(
            "obligation__agency",
            "obligation__task",
            "obligation__channel",
            "obligation__unit",
            "unit",
            "given_by",
            "accepted_by",
            "refused_by",
        )


class Explanation(models.Model):
    """Why something was missed or late; printed beside the number and never changing it.

    ``unit`` was responsible when it was given; ``by_office`` says that the agency's office
    answers in the agency's own name. Home Affairs may turn a decision round once, so that both
    moments may be there: ``state`` is the one that holds.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="explanations")
    reason = models.CharField("nguyên nhân", max_length=20, choices=ExplanationReason)
    text = models.TextField("nội dung giải trình")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    by_office = models.BooleanField("do Văn phòng cơ quan giải trình", default=False)
    given_at = models.DateTimeField("giải trình lúc", default=clock.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(
        "trạng thái",
        max_length=10,
        choices=ExplanationState,
        default=ExplanationState.OPEN,
    )
    accepted_at = models.DateTimeField("chấp nhận lúc", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField("không chấp nhận lúc", null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_reason = models.TextField("lý do không chấp nhận", blank=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = "giải trình"
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="explanation_says_something"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="explanation_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refused_by=None, refused_reason="")
                | (Q(refused_at__isnull=False, refused_by__isnull=False) & ~Q(refused_reason="")),
                name="explanation_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="open", accepted_at=None, refused_at=None)
                | Q(state="accepted", accepted_at__isnull=False)
                | Q(state="refused", refused_at__isnull=False),
                name="explanation_state_known",
            ),
        )

    def __str__(self) -> str:
        return f"Giải trình: {self.obligation}"

    @property
    def sentence(self) -> str:
        """As lists and reports print it: the reason, what was said to it, the words."""
        said = self.get_state_display().lower()
        line = f"{self.get_reason_display()} ({said}): {self.text}"
        if self.state != ExplanationState.REFUSED:
            return line
        return f"{line.rstrip('.')}. Lý do không chấp nhận: {self.refused_reason}"
