"""The channels of a province as data. Pure: reads rows of ``fixtures/directory/`` into facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cchc.lib.facts import Section

KINDS = frozenset({"online", "traditional"})


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A channel; ``run_by`` is an agency's code, blank when every agency has its own."""

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    run_by: str
    needs_approval: bool
    without_addresses: bool


def read(data: Mapping[str, object], source: str = "Danh mục kênh") -> tuple[ChannelFacts, ...]:
    """The channels under the key ``channels``; ``FactsError`` says what is wrong and where."""
    root = Section(data, source)
    channels = root.each("channels", _channel)
    root.close()
    return channels


def _channel(part: Section) -> ChannelFacts:
    return ChannelFacts(
        code=part.text("code"),
        name=part.text("name"),
        short_name=part.text("short_name"),
        aliases=part.lines("aliases"),
        kind=part.choice("kind", KINDS),
        run_by=part.text_or_blank("run_by"),
        needs_approval=part.flag("needs_approval"),
        without_addresses=part.flag("without_addresses"),
    )
