"""The province's channels: added and put right by its Home Affairs; none in use goes away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.db.models.deletion import ProtectedError

from agencies import audit
from agencies.models import Agency, Province, User
from cchc.lib import names
from cchc.lib.decisions import Refused, require
from plans import policies
from plans.models import Channel
from plans.quota_proposals import spoken_name

ADDED = audit.Verb("channel.add", "Thêm kênh")
CORRECTED = audit.Verb("channel.correct", "Sửa kênh")
REMOVED = audit.Verb("channel.remove", "Xóa kênh")

_MOST_CODE = 24


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """What Home Affairs says of a channel; without ``run_by`` each agency runs its own."""

    name: str
    short_name: str
    aliases: Sequence[str]
    kind: str
    run_by: Agency | None
    needs_approval: bool
    without_addresses: bool = False


@transaction.atomic
def add(*, province: Province, terms: ChannelTerms, by: User) -> Channel:
    """A channel that the province did not have; its code is made from the name and stays."""
    _hold(province)
    require(policies.may_keep_channels(by, province))
    of_province = Channel.objects.filter(province=province)
    last = of_province.aggregate(last=Max("order"))["last"]
    channel = Channel(province=province, order=(last or 0) + 1)
    _fill(channel, terms)
    taken = set(of_province.values_list("code", flat=True))
    code = names.slug(channel.short_name, _MOST_CODE) or "kenh"
    channel.code = names.free(code, taken, _MOST_CODE)
    channel.save()
    audit.record(ADDED, channel, by=by, province=province, after=_facts(channel))
    return channel


@transaction.atomic
def correct(*, channel: Channel, terms: ChannelTerms, by: User) -> Channel:
    """Put right what is said of a channel; a former name stays as another name."""
    locked = _locked(channel)
    require(policies.may_keep_channels(by, locked.province))
    if terms.run_by != locked.run_by:
        require(policies.may_move_channel(by, locked))
    before = _facts(locked)
    _fill(locked, terms, locked.name, locked.short_name)
    locked.save()
    after = _facts(locked)
    audit.record(CORRECTED, locked, by=by, province=locked.province, before=before, after=after)
    return locked


@transaction.atomic
def remove(*, channel: Channel, by: User) -> None:
    """Take out a channel that was added by mistake and that nothing points to."""
    locked = _locked(channel)
    require(policies.may_keep_channels(by, locked.province))
    if locked.plan_channels.exists():
        raise Refused(_IN_USE.format(channel=locked))
    key, before = locked.pk, _facts(locked)
    try:
        locked.delete()
    except ProtectedError as error:
        raise Refused(_IN_USE.format(channel=locked)) from error
    locked.pk = key
    audit.record(REMOVED, locked, by=by, province=locked.province, before=before)


_IN_USE = "{channel} đang được dùng trong kế hoạch hoặc tin, bài nên không xóa được."


def _hold(province: Province) -> None:
    """Nobody else gives a name of this province's channels meanwhile."""
    Province.objects.select_for_update().get(pk=province.pk)


def _locked(channel: Channel) -> Channel:
    _hold(channel.province)
    return (
        Channel.objects.select_for_update(of=("self",))
        .select_related("province", "run_by")
        .get(pk=channel.pk)
    )


def _fill(channel: Channel, terms: ChannelTerms, *former: str) -> None:
    if terms.run_by is not None and terms.run_by.province_id != channel.province_id:
        raise Refused(f"{terms.run_by} không thuộc {channel.province}.")
    channel.name, channel.short_name = terms.name, terms.short_name
    channel.aliases = names.aliases([*terms.aliases, *former], terms.name, terms.short_name)
    channel.kind = terms.kind
    channel.run_by = terms.run_by
    channel.needs_approval = terms.needs_approval
    channel.without_addresses = terms.without_addresses
    _refuse_taken_names(channel)


def _refuse_taken_names(channel: Channel) -> None:
    others = Channel.objects.filter(province=channel.province).exclude(pk=channel.pk).in_order()
    borne = ((name, one.name) for one in others for name in one.names)
    taken = names.clash(channel.names, borne, spoken_name)
    if taken is not None:
        name, owner = taken
        called = "" if name == owner else f", được hiểu cùng tên với “{name}”"
        raise Refused(
            f"Tỉnh đã có kênh {owner}{called}; mỗi tên chỉ dùng cho một kênh, "
            "để kế hoạch không bị hiểu nhầm."
        )


def _facts(channel: Channel) -> dict[str, object]:
    return {
        "code": channel.code,
        "name": channel.name,
        "short_name": channel.short_name,
        "aliases": list(channel.aliases),
        "kind": channel.kind,
        "run_by": channel.run_by.code if channel.run_by else "",
        "needs_approval": channel.needs_approval,
        "without_addresses": channel.without_addresses,
    }
