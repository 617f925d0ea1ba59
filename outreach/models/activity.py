"""Activities: what was written, made or held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency, Province, Unit
from cchc.lib import clock
from cchc.lib.text import fold, squeeze
from outreach.kinds import Kind
from outreach.workflow import INTERNAL, State
from plans.models import ContentItem, Task

if TYPE_CHECKING:
    from agencies.models import User


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Chainable questions about activities."""

    def visible_to(self, user: User) -> ActivityQuerySet:
        """Of the user's agencies, sent to channels they edit, or published in their province."""
        standing = user.standing()
        return self.filter(
            Q(agency__in=standing.readable_agency_ids)
            | Q(
                pk__in=Activity.objects.filter(
                    # Listed, not negated: a negation would ask about every placement.
                    Q(
                        placements__editing_agency__in=standing.edited_agency_ids,
                        placements__state__in=[s.value for s in State if s not in INTERNAL],
                        placements__sent_on__isnull=False,
                    )
                    | Q(
                        province__in=standing.overseen_province_ids,
                        placements__state__in=(State.PUBLISHED, State.WITHDRAWN),
                    )
                ).values("pk")
            )
        )

    def titled(self, text: str) -> ActivityQuerySet:
        """Whose title contains the text, whatever its case and diacritics."""
        return self.filter(folded_title__contains=fold(text))

    def in_state(self, state: State) -> ActivityQuerySet:
        """With a placement in that state; drafts are also what was sent nowhere yet."""
        wanted = Q(placements__state=state)
        if state is State.DRAFT:
            wanted |= Q(placements=None)
        found = Activity.objects.filter(wanted)
        return self.filter(pk__in=found.values("pk"))

    def dated(self, first: date, last: date) -> ActivityQuerySet:
        """Held, sent or published on one of those days."""
        days = (first, last)
        found = Activity.objects.filter(
            Q(held_on__range=days)
            | Q(placements__sent_on__range=days)
            | Q(placements__published_on__range=days)
        )
        return self.filter(pk__in=found.values("pk"))

    def for_list(self) -> ActivityQuerySet:
        """What the list page shows, newest first."""
        return self.select_related("agency", "unit", "author").order_by("-entered_at", "-id")


class Activity(models.Model):
    """One article, broadcast, meeting …, of an agency and one of its units.

    ``joint_units`` wrote or held it together with ``unit``: it is theirs too, and counts once for
    the agency. What a kind of activity does not have (``outreach.kinds``) stays empty.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="activities")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="activities")
    joint_units = models.ManyToManyField(Unit, related_name="joint_activities", blank=True)
    kind = models.CharField(
        "loại", max_length=20, choices=[(kind.value, kind.label) for kind in Kind]
    )
    title = models.CharField("tiêu đề", max_length=300)
    folded_title = models.CharField("tiêu đề không dấu", max_length=300, editable=False)
    title_order = models.CharField("khóa sắp xếp", max_length=900, editable=False, default="")
    summary = models.TextField("tóm tắt", blank=True)
    author_name = models.CharField("tác giả", max_length=120, blank=True)
    content_items = models.ManyToManyField(ContentItem, related_name="activities", blank=True)
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    held_on = models.DateField("ngày thực hiện", null=True, blank=True)
    venue = models.CharField("địa điểm", max_length=200, blank=True)
    attendance = models.PositiveIntegerField("số người tham dự", null=True, blank=True)
    reach = models.PositiveIntegerField("lượt xem, nghe, tiếp cận", null=True, blank=True)
    quantity = models.PositiveIntegerField("số lượng", null=True, blank=True)
    document_number = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    document_on = models.DateField("ngày văn bản", null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("nhập lúc", default=clock.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động tuyên truyền"
        indexes = (
            models.Index(fields=("province", "-entered_at", "-id"), name="activity_province_at"),
            models.Index(fields=("agency", "-entered_at", "-id"), name="activity_agency_at"),
        )
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="activity_has_title"),)

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Keep the title in NFC and its folded form beside it."""
        self.title = squeeze(self.title)
        self.folded_title = fold(self.title)[:300]
