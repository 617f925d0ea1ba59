"""Placements: an activity on one channel, from draft to published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Agency, Province, Unit
from agencies.roles import Role
from cchc.lib.text import words
from outreach.models.activity import Activity
from outreach.models.link import Linked, LinkState
from outreach.workflow import INTERNAL, TURNED_DOWN, WAITING, State
from plans.models import Channel

if TYPE_CHECKING:
    from agencies.models import User


# What channels know of: a first version that its own agency holds or gave back was never sent.
SENT_OUT = Q(sent_on__isnull=False) & ~Q(state__in=[state.value for state in INTERNAL])
# What stood on a channel, also when it was taken down since.
PUBLIC = (State.PUBLISHED.value, State.WITHDRAWN.value)


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Chainable questions about placements."""

    def visible_to(self, user: User) -> PlacementQuerySet:
        """Of activities the user may see; a channel editor sees what was sent to their channels."""
        standing = user.standing()
        own = Q(agency__in=standing.readable_agency_ids)
        if not (standing.edited_agency_ids or standing.overseen_province_ids):
            return self.filter(own)
        # All of it lies in the person's provinces; said so, an index serves every order.
        return self.filter(
            own
            | Q(editing_agency__in=standing.edited_agency_ids) & SENT_OUT
            | Q(province__in=standing.overseen_province_ids, state__in=PUBLIC),
            province__in=standing.province_ids,
        )

    def titled(self, text: str) -> PlacementQuerySet:
        """Of activities in whose title all of these words stand, in any order."""
        conditions = [Q(activity__folded_title__contains=f" {word} ") for word in words(text)]
        return self.filter(*conditions)

    def for_list(self) -> PlacementQuerySet:
        """What the list page shows, and a row of the results sheet says.

        Not joined: planning that takes PostgreSQL longer than finding the fifty rows.
        """
        return self.prefetch_related("activity__unit", "channel", "agency")

    def of_units(self, units: Iterable[Unit]) -> PlacementQuerySet:
        """Of what these units made, alone or jointly."""
        made = Activity.objects.of_units([unit.pk for unit in units])
        return self.filter(activity__in=made.values("pk"))

    def returned_to(self, units: Iterable[Unit]) -> PlacementQuerySet:
        """What was given back to these units and nobody has sent again, oldest first."""
        return (
            self.of_units(units)
            .filter(state=State.RETURNED)
            .select_related("activity", "channel")
            .prefetch_related("reviews")
            .order_by("decided_on", "id")
        )

    def for_page(self, user: User) -> PlacementQuerySet:
        """What the page of an activity shows: where each placement stands, and its conversation."""
        return (
            self.visible_to(user)
            .select_related(
                "activity",
                "channel",
                "editing_agency",
                "submitted_by",
                "cleared_by",
                "sent_by",
                "decided_by",
                "published_by",
                "withdrawn_by",
            )
            .prefetch_related("reviews__by")
            .order_by("channel__order", "channel_id")
        )

    def awaiting(self, user: User) -> PlacementQuerySet:
        """What waits for this channel editor's decision or publication, oldest first."""
        return (
            self.filter(
                editing_agency__in=user.standing().edited_agency_ids,
                state__in=[state.value for state in WAITING],
            )
            .select_related(
                "activity",
                "activity__agency",
                "activity__unit",
                "activity__author",
                "agency",
                "channel",
                "editing_agency",
            )
            .order_by("sent_on", "id")
        )

    def to_clear(self, user: User) -> PlacementQuerySet:
        """What waits for the internal clearance of the user's units or agencies, oldest first."""
        standing = user.standing()
        return (
            self.filter(
                Q(activity__unit__in=standing.units_as(Role.UNIT_HEAD))
                | Q(agency__in=standing.agencies_as(Role.AGENCY_OFFICE)),
                state=State.SUBMITTED,
            )
            .select_related(
                "activity",
                "activity__agency",
                "activity__unit",
                "activity__author",
                "agency",
                "channel",
                "submitted_by",
            )
            .order_by("submitted_on", "id")
        )

    def to_check(self) -> PlacementQuerySet:
        """Published addresses that the machine may look at."""
        return (
            self.filter(state=State.PUBLISHED).exclude(url="").exclude(link_state=LinkState.PRIVATE)
        )

    def standing_on(self, day: date) -> PlacementQuerySet:
        """On their channels at the end of that day: published by then, not taken down by then."""
        taken_down_later = Q(state=State.WITHDRAWN, withdrawn_on__gt=day)
        return self.filter(Q(state=State.PUBLISHED) | taken_down_later, published_on__lte=day)

    def with_dead_link(self) -> PlacementQuerySet:
        """Published at an address that no longer opens; the result still counts."""
        return self.filter(state=State.PUBLISHED, link_state=LinkState.DEAD)


class Placement(Linked):
    """One activity sent to one channel.

    ``editing_agency`` decides on it: the agency that runs the channel, or the author's own.
    All its days are days of Asia/Ho_Chi_Minh; with the activity's ``held_on`` six are kept apart:
    held, submitted, cleared, sent, decided, published. ``submitted_on`` and ``sent_on`` are the
    days of the first time: sending again after a return never moves a result into a later period.
    ``fingerprint`` is the SHA-256 of the normalised address.
    """

    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="placements")
    editing_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="placements")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="placements")
    state = models.CharField(
        "trạng thái",
        max_length=12,
        choices=[(state.value, state.label) for state in State],
        default=State.DRAFT.value,
    )
    submitted_on = models.DateField("ngày trình duyệt nội bộ", null=True, blank=True)
    cleared_on = models.DateField("ngày duyệt nội bộ", null=True, blank=True)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    decided_on = models.DateField("ngày duyệt", null=True, blank=True)
    published_on = models.DateField("ngày đăng", null=True, blank=True)
    withdrawn_on = models.DateField("ngày gỡ", null=True, blank=True)
    url = models.URLField("đường dẫn", max_length=500, blank=True)
    fingerprint = models.CharField("dấu vân của đường dẫn", max_length=64, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt gửi, đăng"
        indexes = (
            models.Index(
                fields=("agency", "submitted_on"),
                condition=Q(state=State.SUBMITTED.value),
                name="placement_to_clear",
            ),
            models.Index(fields=("agency", "channel", "published_on"), name="placement_published"),
            models.Index(
                fields=("editing_agency", "sent_on"),
                condition=Q(state__in=[State.SENT.value, State.APPROVED.value]),
                name="placement_waiting",
            ),
            # With placement_agency_day: what waited for its channel on any day.
            models.Index(
                fields=("agency", "sent_on"),
                condition=Q(state__in=[State.SENT.value, State.APPROVED.value]),
                name="placement_undecided",
            ),
            models.Index(
                fields=("agency", "decided_on"),
                condition=Q(state__in=[State.RETURNED.value, State.REFUSED.value]),
                name="placement_turned_down",
            ),
            models.Index(fields=("fingerprint",), name="placement_fingerprint"),
            models.Index(
                fields=("agency",),
                condition=Q(link_state=LinkState.DEAD.value),
                name="placement_dead_link",
            ),
            models.Index(fields=("province", "-id"), name="placement_province_newest"),
            models.Index(fields=("agency", "-id"), name="placement_agency_newest"),
            models.Index(
                fields=("province", "-published_on", "-id"), name="placement_province_day"
            ),
            models.Index(fields=("agency", "-published_on", "-id"), name="placement_agency_day"),
            models.Index(fields=("province", "-sent_on", "-id"), name="placement_province_sent"),
            models.Index(fields=("agency", "-sent_on", "-id"), name="placement_agency_sent"),
        )
        constraints = (
            models.UniqueConstraint(fields=("activity", "channel"), name="placement_once"),
            models.UniqueConstraint(
                fields=("agency", "channel", "fingerprint"),
                condition=Q(state=State.PUBLISHED.value) & ~Q(fingerprint=""),
                name="placement_address_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="placement_state_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[State.DRAFT.value, State.SUBMITTED.value, State.RETURNED.value]
                )
                | Q(sent_on__isnull=False, sent_by__isnull=False),
                name="placement_sent_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUBMITTED.value)
                | Q(submitted_on__isnull=False, submitted_by__isnull=False),
                name="placement_submitted_has_day",
            ),
            models.CheckConstraint(
                condition=Q(cleared_on=None, cleared_by=None)
                | Q(cleared_on__isnull=False, cleared_by__isnull=False),
                name="placement_cleared_on_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        State.RETURNED.value,
                        State.REFUSED.value,
                        State.APPROVED.value,
                        State.PUBLISHED.value,
                        State.WITHDRAWN.value,
                    ]
                )
                | Q(decided_on__isnull=False, decided_by__isnull=False),
                name="placement_decided_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.PUBLISHED.value, State.WITHDRAWN.value])
                | Q(published_on__isnull=False, published_by__isnull=False),
                name="placement_published_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN.value)
                & Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False)
                | ~Q(state=State.WITHDRAWN.value) & Q(withdrawn_on=None, withdrawn_by=None),
                name="placement_withdrawn_has_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity} → {self.channel}"

    @property
    def state_label(self) -> str:
        """The state's name; where nobody approves, nothing is "published" but done."""
        state = State(self.state)
        done = state is State.PUBLISHED and not self.channel.needs_approval
        return "Đã thực hiện" if done else state.label

    @property
    def last_word(self) -> int:
        """The key of the last review: what a page shows of it is old when another follows."""
        return max((review.pk for review in self.reviews.all()), default=0)

    @property
    def return_reason(self) -> str:
        """Why it was last turned down; reads the reviews, prefetch them for a list."""
        given = [r for r in self.reviews.all() if r.move in TURNED_DOWN]
        return max(given, key=lambda r: r.pk).comment if given else ""
