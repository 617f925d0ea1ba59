"""Channels: where outreach appears, and who runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from agencies.models import Agency, Province
from plans.models.plan import Plan
from plans.models.uid import UID_LENGTH, new_uid

if TYPE_CHECKING:
    from agencies.models import User


class ChannelKind(models.TextChoices):
    """The two groups of forms that the PAR Index scores apart."""

    ONLINE = "online", "Trực tuyến"
    TRADITIONAL = "traditional", "Truyền thống"


# The states of outreach.workflow in which an article lies on its editors' desk.
WAITING = ("sent", "approved")


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Chainable questions about channels."""

    def visible_to(self, user: User) -> ChannelQuerySet:
        """Channels of the user's provinces."""
        return self.filter(province__in=user.standing().province_ids)

    def awaited_on(self) -> ChannelQuerySet:
        """Those on which articles wait for their editors.

        The relation and its states are those that outreach, the floor above, lays to a channel.
        """
        return self.filter(placements__state__in=WAITING).distinct()

    def in_order(self) -> ChannelQuerySet:
        """As the province lists them."""
        return self.order_by("order", "code")


class Channel(models.Model):
    """A place of publication; without ``run_by`` each agency runs its own (its own portal)."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="channels")
    code = models.CharField("mã kênh", max_length=24)
    name = models.CharField("tên kênh", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=60)
    aliases = models.JSONField("tên gọi khác", default=list, blank=True)
    kind = models.CharField("loại", max_length=12, choices=ChannelKind)
    run_by = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="channels"
    )
    needs_approval = models.BooleanField("phải qua biên tập viên duyệt", default=True)
    without_addresses = models.BooleanField("tin, bài không có đường dẫn riêng", default=False)
    order = models.PositiveIntegerField("thứ tự", default=0)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = "kênh tuyên truyền"
        constraints = (
            models.UniqueConstraint(
                fields=("province", "code"), name="channel_code_once_per_province"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ChannelKind]),
                name="channel_kind_known",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.name, self.short_name, *self.aliases)

    @property
    def needs_address(self) -> bool:
        """Whether what stands there has an address; an e-mail to colleagues has none."""
        return self.kind == ChannelKind.ONLINE and not self.without_addresses

    def editing_agency_id(self, author_agency_id: int) -> int:
        """The agency whose channel editors decide on what that agency sends."""
        return self.run_by_id or author_agency_id


class PlanChannel(models.Model):
    """One point of "Hình thức tuyên truyền": its wording and the channels that it means."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="plan_channels")
    uid = models.CharField("mã dòng", max_length=UID_LENGTH, default=new_uid, editable=False)
    order = models.PositiveIntegerField("thứ tự")
    label = models.CharField("ký hiệu mục", max_length=12, blank=True)
    title = models.CharField("hình thức", max_length=300)
    channels = models.ManyToManyField(Channel, related_name="plan_channels", blank=True)

    class Meta:
        verbose_name = "hình thức tuyên truyền"
        constraints = (
            models.UniqueConstraint(fields=("plan", "order"), name="plan_channel_order_once"),
            models.UniqueConstraint(fields=("plan", "uid"), name="plan_channel_uid_once"),
        )

    def __str__(self) -> str:
        return self.title
