"""The quotas that a row of the annex seems to promise, for a person to confirm or decline.

Pure: the row's words, its time cell and its lead units in; quotas with everything that could be
read, and a question for everything that could not, out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cchc.lib.text import fold, squeeze
from plans.periods import Period, PeriodKind, periods_of
from plans.quota_text import APPROVED, AT_MOST, HELD, RANGE, SENT, QuotaProposal, parse_quotas
from plans.quotas import DueKind, DueRule, owed_periods
from plans.timing import Timing, TimingKind, parse_timing

_COUNTED = {
    APPROVED: "được duyệt, đăng trên",
    SENT: "gửi",
    HELD: "được tổ chức, phát sóng qua",
}
_PRESS = re.compile(r"tin|bài|phóng sự|tác phẩm|video|clip|phim|infographic|podcast|tiểu phẩm")
_PRINTED = re.compile(r"tờ|pa-?nô|pano|áp phích|băng|khẩu hiệu|banner|poster|standee|ấn phẩm")
_NO_SIGNS = re.compile(r"[^\w]+")
_SPOKEN = (
    (re.compile(r"\bthong tin dien tu\b"), "ttdt"),
    (re.compile(r"\bcai cach hanh chinh\b"), "cchc"),
    (re.compile(r"\b(?:cua|tren|kenh)\b"), " "),
)
_EITHER = re.compile(r"\bhoac\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_INDEX = r"(?:\d{1,2}|i{1,3}|iv)(?!\w)"
_NAMED = re.compile(
    rf"(?<!\w)(?P<kind>tháng|quý)\s*(?P<list>{_INDEX}"
    rf"(?:\s*(?:,|-|và|đến|tới)\s*(?:(?:tháng|quý)\s*)?{_INDEX})*)"
)
_RANGE = re.compile(
    rf"(?P<first>{_INDEX})\s*(?:-|đến|tới)\s*(?:tháng\s*|quý\s*)?(?P<last>{_INDEX})"
)
_DASHES = re.compile(r"[‐-―−]")
_OUTSIDE = "Ngày ghi trong văn bản nằm ngoài các kỳ của kế hoạch; tạm lấy ngày cuối kỳ."
_LATER = timedelta(days=62)  # "ngày 05 của tháng sau": the second month after at the latest


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead unit of the agency, with the bracket or label beside it ("Tháng 1,2,3")."""

    unit: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """What a proposal reads of a row, of the row above it (``above``) and of its sub-rows."""

    title: str
    products: str = ""
    time: str = ""
    leads: tuple[Lead, ...] = ()
    above: str = ""
    rows: tuple[AnnexRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedQuota:
    """A quota as read; empty where the person is asked (``questions``).

    ``turns`` maps period codes to units; ``default_unit`` has the periods without a turn.
    """

    sentence: str
    channel: str
    counts_when: str
    minimum: int
    maximum: int | None
    per: PeriodKind
    due: DueRule
    turns: Mapping[str, str] = field(hash=False)
    default_unit: str
    questions: tuple[str, ...]


class ChannelNames:
    """Channels found in a text by any of their names, the longest name first."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        known = {spoken_name(name): code for code, given in names.items() for name in given}
        self.codes = dict(sorted(known.items(), key=lambda entry: -len(entry[0])))

    def found(self, text: str) -> tuple[str, ...]:
        """Their codes in the order of the text; none when it leaves the choice ("hoặc")."""
        spoken = spoken_name(text)
        places: dict[int, str] = {}
        for name, code in self.codes.items():
            at = spoken.find(name)
            if at >= 0:
                places[at] = code
                spoken = spoken.replace(name, " " + "\0" * (len(name) - 2) + " ")
        if len(places) > 1 and _EITHER.search(spoken):
            return ()
        return tuple(dict.fromkeys(places[at] for at in sorted(places)))


def proposals(
    row: AnnexRow, channels: ChannelNames, starts_on: date, ends_on: date
) -> tuple[ProposedQuota, ...]:
    """The quotas of a row's title, else of its products; one for each channel that is named."""
    around = f"{row.above} {row.time}"
    worded = [quota for quota in parse_quotas(row.title, context=around) if _is_owed(quota)]
    if not worded:
        cells = parse_quotas(row.products, context=f"{row.title} {around}")
        worded = [quota for quota in cells if _is_owed(quota)]
    return tuple(
        _proposed(row, quota, channel, starts_on, ends_on)
        for quota in worded
        for channel in _channels(row, quota, worded, channels)
    )


def named_periods(text: str, year: int) -> tuple[Period, ...]:
    """The months and quarters that a text names: "Tháng 1,2,3", "Quý I – III"."""
    found: dict[Period, None] = {}
    for named in _NAMED.finditer(_DASHES.sub("-", squeeze(text)).lower()):
        kind = PeriodKind.MONTH if named["kind"] == "tháng" else PeriodKind.QUARTER
        known = {period.index: period for period in periods_of(kind, year)}
        found |= {known[at]: None for at in _indexes(named["list"]) if at in known}
    return tuple(found)


def _is_owed(quota: QuotaProposal) -> bool:
    """Whether the number is one of things told; "02 nội dung" alone counts nothing."""
    told = _PRESS.match(quota.unit) or _PRINTED.match(quota.unit)
    return bool(quota.per or quota.counts_when or told)


def _channels(
    row: AnnexRow, quota: QuotaProposal, worded: Sequence[QuotaProposal], channels: ChannelNames
) -> tuple[str, ...]:
    """Those of the quota's own words; a sole quota may have its channel elsewhere in the row."""
    found = channels.found(quota.wording)
    if not found and not quota.channel and len(worded) == 1:
        found = channels.found(row.title) or channels.found(row.products)
    return found or ("",)


def _proposed(
    row: AnnexRow, quota: QuotaProposal, channel: str, starts_on: date, ends_on: date
) -> ProposedQuota:
    per = PeriodKind(quota.per) if quota.per else PeriodKind.YEAR
    periods = owed_periods(per, starts_on, ends_on)
    moment = quota.counts_when or (APPROVED if _PRESS.match(quota.unit) else HELD)
    due, undated = _due(row, periods, starts_on.year)
    turns, default_unit, unassigned = _responsible(row, periods, starts_on.year)
    questions = (
        "" if channel else _ask_channel(quota),
        "" if quota.per else "Văn bản không nêu kỳ; tạm hiểu là cả năm.",
        "Văn bản chỉ nêu mức nhiều nhất." if quota.op == AT_MOST else "",
        undated,
        unassigned,
    )
    is_at_most = quota.op == AT_MOST
    return ProposedQuota(
        sentence=_sentence(quota, per, moment),
        channel=channel,
        counts_when=moment,
        minimum=1 if is_at_most else max(1, quota.count),
        maximum=quota.count if is_at_most else quota.high,
        per=per,
        due=due,
        turns=turns,
        default_unit=default_unit,
        questions=tuple(filter(None, questions)),
    )


def _ask_channel(quota: QuotaProposal) -> str:
    if quota.channel:
        return f"Chưa rõ “{quota.channel}” là kênh nào: hãy chọn kênh."
    return "Văn bản không nêu kênh: hãy chọn kênh."


def _sentence(quota: QuotaProposal, per: PeriodKind, moment: str) -> str:
    """Up to the channel, which the page adds by its name."""
    amounts = {
        AT_MOST: f"nhiều nhất {_number(quota.count)}",
        RANGE: f"từ {_number(quota.count)} đến {_number(quota.high or 0)}",
    }
    amount = amounts.get(quota.op, f"ít nhất {_number(quota.count)}")
    return f"mỗi {per.label} {amount} {quota.unit} {_COUNTED[moment]}"


def _number(count: int) -> str:
    return f"{count:02d}" if count < 1000 else f"{count:,}".replace(",", ".")


def _due(row: AnnexRow, periods: Sequence[Period], year: int) -> tuple[DueRule, str]:
    """The rule of the time cell, or of the sub-rows' cells; the period's end where none says."""
    timing = parse_timing(row.time, year)
    days = _by_period(_days(timing, year), periods)
    if timing.kind is TimingKind.RECURRING and days:
        for months_later in (0, 1):
            monthly = DueRule(
                DueKind.DAY_OF_MONTH,
                day=max(day.day for day in days.values()),
                months_later=months_later,
            )
            if all(_falls(monthly, period, days.get(period.code)) for period in periods):
                return _unless_period_end(monthly, periods), ""
    of_rows = {period.code: day for period, day in _of_rows(row, periods, year)}
    written = {p.code: day for p in periods if (day := of_rows.get(p.code)) and _near(p, day)}
    written = written or days
    if not written:
        return DueRule(DueKind.PERIOD_END), _OUTSIDE if of_rows else ""
    missing = [period.short_label for period in periods if period.code not in written]
    rule = DueRule(
        DueKind.FIXED,
        fixed={period.code: written.get(period.code, period.end) for period in periods},
    )
    if missing:
        return rule, f"Chưa ghi hạn của {', '.join(missing)}; tạm lấy ngày cuối kỳ."
    return _unless_period_end(rule, periods), ""


def _near(period: Period, day: date) -> bool:
    """Whether a day can be the due day of a period."""
    return period.start <= day <= period.end + _LATER


def _falls(rule: DueRule, period: Period, day: date | None) -> bool:
    return bool(period.months) and rule.due_on(period) == day


def _unless_period_end(rule: DueRule, periods: Sequence[Period]) -> DueRule:
    ends = all(rule.due_on(period) == period.end for period in periods)
    return DueRule(DueKind.PERIOD_END) if ends else rule


def _days(timing: Timing, year: int) -> list[date]:
    times = timing.occurrences(date(year, 1, 1), date(year, 12, 31))
    return sorted({time.due_on for time in times if time.due_on})


def _by_period(days: Sequence[date], periods: Sequence[Period]) -> dict[str, date]:
    """The last day in each period; as many days as periods go in order ("ngày 05 tháng sau")."""
    inside = {p.code: [day for day in days if p.contains(day)] for p in periods}
    last = {code: found[-1] for code, found in inside.items() if found}
    in_order = len(days) == len(periods) and all(map(_near, periods, days))
    if len(last) < len(periods) and in_order:
        return {period.code: day for period, day in zip(periods, days, strict=True)}
    # One date for the whole year says nothing about the due days of its twelve months.
    return last if len(last) > 1 or len(periods) == 1 else {}


def _of_rows(row: AnnexRow, periods: Sequence[Period], year: int) -> Iterator[tuple[Period, date]]:
    """The due days of sub-rows that each name a period: "a. Quý 1 … chậm nhất 20/3/2024"."""
    for sub in row.rows:
        days = _days(parse_timing(sub.time, year), year)
        for period in _meant(sub.title, periods, year):
            if days:
                yield period, days[-1]


def _responsible(
    row: AnnexRow, periods: Sequence[Period], year: int
) -> tuple[dict[str, str], str, str]:
    """Turns, the unit of all periods, and the question when neither is said."""
    turns: dict[str, str] = {}
    for text, leads in _assigned(row):
        for period in _meant(text, periods, year):
            for lead in leads[:1]:
                turns.setdefault(period.code, lead.unit)
    units = list(dict.fromkeys(lead.unit for lead in row.leads))
    if turns:
        holes = [period.short_label for period in periods if period.code not in turns]
        return turns, "", f"Chưa phân công {', '.join(holes)}." if holes else ""
    if len(units) == 1:
        return {}, units[0], ""
    if units:
        return {}, "", f"Có {len(units)} đơn vị chủ trì: hãy chia lượt hoặc chọn một đơn vị."
    return {}, "", "Chưa có đơn vị chịu trách nhiệm."


def _assigned(row: AnnexRow) -> Iterator[tuple[str, tuple[Lead, ...]]]:
    for lead in row.leads:
        if lead.qualifier:
            yield lead.qualifier, (lead,)
    for sub in row.rows:
        yield sub.title, sub.leads


def _meant(text: str, periods: Sequence[Period], year: int) -> list[Period]:
    named = named_periods(text, year)
    return [period for period in periods if any(one.encloses(period) for one in named)]


def _indexes(text: str) -> Iterator[int]:
    for span in _RANGE.finditer(text):
        yield from range(_index(span["first"]), _index(span["last"]) + 1)
    yield from (_index(word) for word in re.findall(_INDEX, text))


def _index(word: str) -> int:
    return _ROMAN.get(word) or int(word)


def spoken_name(text: str) -> str:
    """Folded, without signs, and with what people leave out left out; a space at both ends."""
    plain = _NO_SIGNS.sub(" ", fold(text))
    for pattern, short in _SPOKEN:
        plain = pattern.sub(short, plain)
    return f" {squeeze(plain)} "
