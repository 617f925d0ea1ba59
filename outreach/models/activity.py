"""Activities: what was written, made or held."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import StrIndex

from agencies.models import Agency, Province, Unit
from cchc.lib import clock
from cchc.lib.tables import display
from cchc.lib.text import order_key, search_text, squeeze, words
from outreach.kinds import FIGURES, Kind
from outreach.workflow import INTERNAL, State
from plans.models import ContentItem, Task

if TYPE_CHECKING:
    from agencies.models import User


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Chainable questions about activities."""

    def visible_to(self, user: User) -> ActivityQuerySet:
        """Of the user's agencies, sent to channels they edit, or published in their province."""
        standing = user.standing()
        ours = Q(agency__in=standing.readable_agency_ids)
        elsewhere = standing.edited_agency_ids | standing.overseen_province_ids
        if not elsewhere:
            return self.filter(ours)
        # Asked of one activity at a time and not as EXISTS: of that the planner would first make
        # a list of everything that was published.
        relation = Activity._meta.get_field("placements")
        placements = cast("type[models.Model]", relation.related_model)._default_manager
        here = placements.filter(activity=OuterRef("pk"))
        sent = here.filter(
            # Listed, not negated: a negation would ask about every placement.
            editing_agency__in=standing.edited_agency_ids,
            state__in=[s.value for s in State if s not in INTERNAL],
            sent_on__isnull=False,
        )
        public = here.filter(state__in=(State.PUBLISHED, State.WITHDRAWN))
        rows = self.filter(province__in=standing.province_ids)
        if standing.edited_agency_ids:
            rows = rows.alias(sent_here=Subquery(sent.values("pk")[:1]))
            ours |= Q(sent_here__isnull=False)
        if standing.overseen_province_ids:
            rows = rows.alias(public=Subquery(public.values("pk")[:1]))
            public_here = Q(public__isnull=False)
            if standing.province_ids != standing.overseen_province_ids:
                public_here &= Q(province__in=standing.overseen_province_ids)
            ours |= public_here
        return rows.filter(ours)

    def of_units(self, unit_ids: Collection[int]) -> ActivityQuerySet:
        """Of these units, or made jointly with them; each once."""
        shared = Activity.joint_units.through.objects.filter(unit__in=unit_ids)
        return self.filter(Q(unit__in=unit_ids) | Q(pk__in=shared.values("activity")))

    def lately(self, agency_ids: Collection[int], since: datetime) -> ActivityQuerySet:
        """What these agencies have entered since then, newest first."""
        found = self.filter(agency__in=agency_ids, entered_at__gte=since)
        return found.order_by("-entered_at", "-id")

    def titled(self, text: str) -> ActivityQuerySet:
        """In whose title all of these words stand, in any order, whatever their case and marks."""
        # Not LIKE, which takes PostgreSQL twice as long.
        places = {
            f"place_{at}": StrIndex("folded_title", Value(f" {word} "))
            for at, word in enumerate(words(text))
        }
        return self.alias(**places).filter(**{f"{name}__gt": 0 for name in places})

    def for_list(self) -> ActivityQuerySet:
        """What the list page shows, newest first."""
        return self.select_related("agency", "unit", "author").order_by("-id")


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
    folded_title = models.CharField("tiêu đề không dấu", max_length=620, editable=False)
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
            models.Index(fields=("province", "title_order", "id"), name="activity_province_title"),
            models.Index(fields=("agency", "title_order", "id"), name="activity_agency_title"),
        )
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="activity_has_title"),)

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Keep the title in NFC, and beside it what search and the alphabet compare."""
        self.title = squeeze(self.title)
        self.folded_title = search_text(self.title)
        self.title_order = order_key(self.title)[:900]

    @property
    def particulars(self) -> list[tuple[str, str]]:
        """What its kind says of it and is known: the name of the field, and the value as read.

        Its ``task`` stands apart.
        """
        fields = Kind(self.kind).fields
        values = [(fields[name], getattr(self, name)) for name in fields if name != "task"]
        return [(label, display(value)) for label, value in values if value not in (None, "")]

    @property
    def shared_with(self) -> list[str]:
        """The units that made it together with its own; one query."""
        return [unit.name for unit in self.joint_units.in_order()]

    @property
    def measures(self) -> list[tuple[str, str, int | None]]:
        """The numbers of its kind: the field, its name here, and the value when it is known."""
        fields = Kind(self.kind).fields
        return [(name, fields[name], getattr(self, name)) for name in FIGURES if name in fields]
