"""Channels: where a province's outreach may appear."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from agencies import audit
from agencies.models import Agency, Province, User
from agencies.policies import may_install
from cchc.lib.decisions import require
from cchc.lib.facts import FactsError
from plans.channel_file import ChannelFacts
from plans.models import Channel

INSTALLED = audit.Verb("channels.install", "Cài danh mục kênh")


@transaction.atomic
def install(*, province: Province, facts: Iterable[ChannelFacts], by: User | None) -> list[Channel]:
    """Create the channels that the province lacks, by code; what is there stays as it is.

    ``by`` None is the administrator at the command line.
    """
    if by is not None:
        require(may_install(by))
    known = set(Channel.objects.filter(province=province).values_list("code", flat=True))
    agencies = {agency.code: agency for agency in Agency.objects.filter(province=province)}
    made = Channel.objects.bulk_create(
        _channel(province, channel, agencies, order)
        for order, channel in enumerate(facts, start=1)
        if channel.code not in known
    )
    if made:
        codes = [channel.code for channel in made]
        audit.record(INSTALLED, province, by=by, after={"channels": codes})
    return made


def _channel(
    province: Province, facts: ChannelFacts, agencies: dict[str, Agency], order: int
) -> Channel:
    if facts.run_by and facts.run_by not in agencies:
        raise FactsError(f"Kênh {facts.code}: {province} không có cơ quan {facts.run_by}.")
    return Channel(
        province=province,
        code=facts.code,
        name=facts.name,
        short_name=facts.short_name,
        aliases=list(facts.aliases),
        kind=facts.kind,
        run_by=agencies.get(facts.run_by),
        needs_approval=facts.needs_approval,
        without_addresses=facts.without_addresses,
        order=order,
    )
