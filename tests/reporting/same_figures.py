"""Every figure of screens and papers computed a second time, from exported rows.

The numbers come from ``tests.outreach.independent`` and from this file alone; nothing of
``outreach`` or ``reporting`` is imported, neither arithmetic nor words. Tables are texts, as a
person reads them.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.outreach.independent import Cell, Row, Verdict, World, cell, verdicts

STATES = {
    "met": "Đạt",
    "met_late": "Đạt trễ hạn",
    "missed": "Chưa đạt",
    "pending": "Chờ duyệt",
    "not_due": "Chưa đến hạn",
    "waived": "Được miễn",
}
OUTCOMES = ("expected", "met", "met_late", "missed", "pending", "not_due", "waived", "outside")
NOTHING, NONE = "–", "không áp dụng"
OTHER = "Nhiệm vụ khác"
NOBODY = "Chưa giao đơn vị"
ROMAN = ("", "I", "II", "III", "IV")
_EACH = {
    "W": "Mỗi tuần",
    "M": "Mỗi tháng",
    "Q": "Mỗi quý",
    "H": "6 tháng",
    "9": "9 tháng",
    "": "Năm",
}
HELD = {"meeting", "dialogue", "contest"}
Score = Counter[str]


@dataclass(frozen=True)
class Facts:
    """The exported rows: the world of the computation, and the names of what is in it."""

    world: World
    province: str
    agencies: Sequence[Row]
    units: Sequence[Row]
    channels: Sequence[Row]
    tasks: Mapping[int, Row]
    plans: Sequence[Row]
    activities: Mapping[int, Row]
    explanations: Mapping[int, Row]
    known: dict[date, dict[int, Verdict]] = field(default_factory=dict)

    def on(self, day: date) -> dict[int, Verdict]:
        """The verdicts at the end of a day, computed once."""
        if day not in self.known:
            self.known[day] = verdicts(self.world, day)
        return self.known[day]


@dataclass(frozen=True)
class Span:
    """A calendar period."""

    code: str
    label: str
    first: date
    last: date

    @property
    def is_long(self) -> bool:
        """Longer than a quarter."""
        return (self.last - self.first).days > 100


def span(code: str) -> Span:
    """``2024-M02``, ``2024-Q1``, ``2024-H1``, ``2024-9M``, ``2024``."""
    year, letter, number = int(code[:4]), code[5:6], code[6:]
    if letter == "W":
        monday = date.fromisocalendar(year, int(number), 1)
        return Span(code, f"Tuần {int(number)}/{year}", monday, monday + timedelta(6))
    first, last, label = {
        "M": lambda n: (n, n, f"Tháng {n}/{year}"),
        "Q": lambda n: (3 * n - 2, 3 * n, f"Quý {ROMAN[n]}/{year}"),
        "H": lambda n: (6 * n - 5, 6 * n, f"6 tháng {'đầu' if n == 1 else 'cuối'} năm {year}"),
        "9": lambda n: (1, 9, f"9 tháng đầu năm {year}"),
        "": lambda n: (1, 12, f"Năm {year}"),
    }[letter](int(number) if number.isdigit() else 0)
    return Span(code, label, date(year, first, 1), _end(year, last))


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def after(period: Span) -> Span:
    """The period of the same length that follows; quarter IV after nine months."""
    year, letter, number = int(period.code[:4]), period.code[5:6], period.code[6:]
    if letter in {"", "9"}:
        return span(f"{year + 1}" if not letter else f"{year}-Q4")
    last = {"M": 12, "Q": 4, "H": 2}[letter]
    following = int(number) % last + 1
    return span(f"{year + (following == 1)}-{letter}{following:0{len(number)}}")


def day(value: date | None) -> str:
    """``05/04/2024``."""
    return value.strftime("%d/%m/%Y") if value else ""


def number(value: int) -> str:
    """``1.234``."""
    return f"{value:,}".replace(",", ".")


def of(done: int, whole: int) -> str:
    """``3/4``; nothing of nothing is no share."""
    return f"{number(done)}/{number(whole)}" if whole else NONE


def share(done: int, whole: int) -> str:
    """``66,7%``."""
    if not whole:
        return NONE
    exact = Decimal(done * 100) / Decimal(whole)
    text = str(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
    return text.removesuffix(".0").replace(".", ",") + "%"


def inside(facts: Facts, owed: Row, period: Span) -> bool:
    """REGULATIONS §2 (a): its window lies in the period; §5: its agency was there meanwhile."""
    agency = next(one for one in facts.agencies if one["id"] == owed["agency"])
    return (
        period.first <= owed["end"] <= period.last
        and owed["start"] > period.first - timedelta(7)
        and was_there(agency, owed)
    )


def was_there(agency: Row, owed: Row) -> bool:
    """Whether the agency existed on some day of the window."""
    ended, begun = agency["dissolved"], agency["established"]
    return not (ended and ended <= owed["start"]) and not (begun and begun > owed["end"])


def owed_in(facts: Facts, period: Span) -> list[Row]:
    """What the period owes."""
    return [owed for owed in facts.world.obligations if inside(facts, owed, period)]


def score(rows: Iterable[Row], found: Mapping[int, Verdict]) -> Score:
    """Obligations by outcome; waived ones and those due before issue are in no denominator."""
    told: Score = Counter()
    for owed in rows:
        if owed["waived"]:
            told["waived"] += 1
        elif owed["outside"]:
            told["outside"] += 1
        else:
            state = found[owed["id"]].state
            told["expected"] += 1
            told[state] += 1
            told["done"] += state in {"met", "met_late"}
    return told


def name_on(agency: Row, facts: Facts, on: date) -> str:
    """What it was called that day, without the province's own name."""
    names = [
        name
        for since, until, name in agency["names"]
        if (since is None or since <= on) and (until is None or until >= on)
    ]
    name = names[0] if names else agency["name"]
    short = str(name).removesuffix(f" tỉnh {facts.province}")
    return f"{short} tỉnh" if short != name and short.endswith("nhân dân") else short


def listed(facts: Facts, period: Span, rows: Sequence[Row]) -> list[Row]:
    """Who owes something or was there at the period's end, in protocol order."""
    owing = {owed["agency"] for owed in rows}
    end = period.last
    found = [
        agency
        for agency in facts.agencies
        if agency["id"] in owing
        or (
            agency["kind"] != "province"
            and not (agency["established"] and agency["established"] > end)
            and not (agency["dissolved"] and agency["dissolved"] <= end)
        )
    ]
    return sorted(found, key=lambda agency: (agency["order"], agency["code"]))


@dataclass
class Result:
    """How many cells were compared, and every one that differs."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: Result) -> Result:
        return Result(self.cells + other.cells, [*self.wrong, *other.wrong])


@dataclass
class Told:
    """A table as it ought to be: (group, title) of each column, rows of texts."""

    columns: list[tuple[str, str]]
    rows: list[list[str]]


_DUTIES = "Đầu việc theo kỳ"
_ORDER = {"W": 0, "M": 1, "Q": 2, "H": 3, "9": 4, "": 5}


def place(owed: Row, period: Span) -> tuple[int, str]:
    """Its column: the channel, and its own period or the length of it."""
    code = owed["period"]
    if period.is_long:
        return owed["channel"] or 0, code[5:6]
    gathers = code[5:6] == "W" and period.code[5:6] == "Q"
    return owed["channel"] or 0, "W" if gathers else code


def _heading(code: str) -> str:
    if code in _EACH:
        return _EACH[code]
    letter, rest = code[5:6], code[6:]
    return {"W": f"Tuần {rest.lstrip('0')}", "M": f"T{rest.lstrip('0')}"}.get(
        letter, f"Quý {ROMAN[int(rest)]}" if letter == "Q" else code
    )


def _rank(facts: Facts, at: tuple[int, str]) -> tuple[Any, ...]:
    channels = [each["id"] for each in facts.channels]
    where = channels.index(at[0]) if at[0] else len(channels)
    if at[1] in _EACH:
        return where, 1, _ORDER[at[1]]
    own = span(at[1])
    return where, 0, own.last, (own.last - own.first).days


def channel_name(facts: Facts, pk: int | None, key: str = "short") -> str:
    """The channel's short or whole name."""
    return next((str(each[key]) for each in facts.channels if each["id"] == pk), OTHER)


def quotas(
    facts: Facts,
    period: Span,
    rows: Sequence[Row],
    as_of: date,
    heads: Sequence[tuple[int, str]],
    by: str,
    title: str,
) -> Told:
    """The matrix: ``heads`` × quotas, with the last row and the last three columns."""
    found = facts.on(as_of)
    places = sorted({place(owed, period) for owed in rows}, key=lambda at: _rank(facts, at))
    columns = [("", title)]
    columns += [(channel_name(facts, at[0]), _heading(at[1])) for at in places]
    columns += [(_DUTIES, name) for name in ("Hoàn thành", "Đúng hạn", "Tỷ lệ")]
    body = []
    for pk, name in heads:
        own = [owed for owed in rows if (owed[by] or 0) == pk]
        cells = [_shown([o for o in own if place(o, period) == at], found) for at in places]
        body.append([name, *cells, *_three(score(own, found))])
    if body:
        known = {pk for pk, _ in heads}
        shown = [owed for owed in rows if (owed[by] or 0) in known]
        sums = [score([o for o in shown if place(o, period) == at], found) for at in places]
        told = [of(each["done"], each["expected"]) for each in sums]
        body.append(["Tổng cộng (đầu việc hoàn thành)", *told, *_three(score(shown, found))])
    return Told(columns, body)


def _shown(rows: Sequence[Row], found: Mapping[int, Verdict]) -> str:
    if not rows:
        return NOTHING
    one: Cell = cell(rows, found)
    return f"{of(one.done, one.required)} {STATES[one.state]}{'*' if one.outside else ''}"


def _three(told: Score) -> list[str]:
    if not told["expected"]:
        return [NOTHING, NOTHING, NONE]
    done, whole = told["done"], told["expected"]
    return [of(done, whole), of(told["met"], whole), share(done, whole)]


@dataclass(frozen=True)
class Reported:
    """One agency's report of a period as the rows have it; ``frozen`` was computed elsewhere."""

    agency: int
    due: date
    handed_in: date | None
    state: str
    moment: date | None
    frozen: Score | None

    def on(self, as_of: date) -> str:
        """``missing``, ``submitted``, ``returned``, ``accepted``."""
        if self.handed_in is None or self.handed_in > as_of:
            return "missing"
        decided = self.moment is not None and self.moment <= as_of
        return self.state if decided and self.state in {"returned", "accepted"} else "submitted"


Line = tuple[Row, Score, int, str | None, "Reported | None"]


def overseen(
    facts: Facts, period: Span, as_of: date, reports: Mapping[int, Reported], *, worst: bool
) -> list[Line]:
    """Each agency with its score, explained misses, plan and report, in the order asked for."""
    rows, found = owed_in(facts, period), facts.on(as_of)
    lines: list[Line] = []
    for agency in listed(facts, period, rows):
        own = [owed for owed in rows if owed["agency"] == agency["id"]]
        told = score(own, found)
        explained = score([o for o in own if o["id"] in facts.explanations], found)["missed"]
        lines.append(
            (
                agency,
                told,
                explained,
                plan_of(facts, agency["id"], period, as_of),
                reports.get(agency["id"]),
            )
        )
    if worst:
        lines.sort(
            key=lambda line: (
                -line[1]["missed"],
                -line[1]["met_late"],
                line[3] is not None,
                not (line[4] is not None and line[4].on(as_of) == "missing"),
            )
        )
    return lines


def kept(lines: Sequence[Line], only: str, as_of: date) -> list[Line]:
    """The lines that a condition of the address leaves."""
    conditions: dict[str, Callable[[Line], bool]] = {
        "": lambda line: True,
        "chua-ban-hanh": lambda line: line[3] is None,
        "chua-nop": lambda line: line[4] is not None and line[4].on(as_of) == "missing",
        "chua-dat": lambda line: line[1]["missed"] > 0,
        "chua-giai-trinh": lambda line: line[1]["missed"] > line[2],
    }
    return [line for line in lines if conditions[only](line)]


def overview(
    lines: Sequence[Line], whole: int, facts: Facts, period: Span, as_of: date, *, asked: bool
) -> Told:
    """Agencies with plan, duties and report; ``asked`` whether any regime asks for one."""
    reports = asked
    body = [
        [
            number(at),
            name_on(agency, facts, period.last),
            plan or "Chưa ban hành",
            *_duties(told, explained),
            *(_report(report, as_of) if reports else [NONE]),
        ]
        for at, (agency, told, explained, plan, report) in enumerate(lines, start=1)
    ]
    total = sum((line[1] for line in lines), Counter())
    issued = sum(line[3] is not None for line in lines)
    body.append(
        [
            "",
            f"Tổng cộng {len(lines) if len(lines) == whole else f'{len(lines)}/{whole}'} cơ quan",
            of(issued, len(lines)),
            *_duties(total, sum(line[2] for line in lines)),
            *(_report_sum([line[4] for line in lines if line[4]], as_of) if reports else [NONE]),
        ]
    )
    columns = [("", "TT"), ("", "Cơ quan"), ("", "Kế hoạch đã ban hành")]
    columns += [(_DUTIES, name) for name in _DUTY_NAMES]
    names = ("Ngày nộp", "Tình trạng", "Được công nhận") if reports else ("Được công nhận",)
    return Told(columns + [("Báo cáo của kỳ", name) for name in names], body)


_DUTY_NAMES = (
    *("Phải thực hiện", "Hoàn thành", "Đúng hạn", "Trễ hạn", "Chưa đạt", "Đã giải trình"),
    *("Chờ duyệt", "Chưa đến hạn", "Tỷ lệ hoàn thành"),
)


def _duties(told: Score, explained: int) -> list[str]:
    if not told["expected"]:
        return ["0", *[NOTHING] * 7, NONE]
    return [
        *(number(told[key]) for key in ("expected", "done", "met", "met_late", "missed")),
        number(explained) if told["missed"] else NOTHING,
        number(told["pending"]),
        number(told["not_due"]),
        share(told["done"], told["expected"]),
    ]


def _report(report: Reported | None, as_of: date) -> list[str]:
    if report is None:
        return ["", NONE, NONE]
    state = report.on(as_of)
    came = report.handed_in if state != "missing" else None
    late = max(((came or as_of) - report.due).days, 0)
    words = {
        "missing": "Chưa nộp" + (f", quá hạn {late} ngày" if late else ""),
        "submitted": "Đã nộp" + (f", trễ {late} ngày" if late else ""),
        "returned": "Bị trả lại" + (f", nộp trễ {late} ngày" if late else ""),
        "accepted": "Đã tiếp nhận" + (f", nộp trễ {late} ngày" if late else ""),
    }[state]
    frozen = report.frozen if state == "accepted" else None
    return [
        day(came),
        words,
        of(frozen["done"], frozen["expected"]) if frozen is not None else NOTHING,
    ]


def accepted(reports: Iterable[Reported], as_of: date) -> Score | None:
    """The sum of what was taken."""
    taken = [r.frozen for r in reports if r.on(as_of) == "accepted" and r.frozen is not None]
    return sum(taken, Counter()) if taken else None


def _report_sum(reports: Sequence[Reported], as_of: date) -> list[str]:
    if not reports:
        return ["", NONE, NONE]
    came = sum(report.on(as_of) != "missing" for report in reports)
    whole = accepted(reports, as_of)
    sums = of(whole["done"], whole["expected"]) if whole is not None else NOTHING
    return ["", f"{of(came, len(reports))} đã nộp", sums]


def plans_in(facts: Facts, agency: int, period: Span, as_of: date) -> list[Row]:
    """The agency's plans in force in the period, as far as they were signed by that day."""
    return [
        plan
        for plan in facts.plans
        if plan["agency"] == agency
        and plan["starts"] <= period.last
        and plan["ends"] >= period.first
        and (plan["signed"] is None or plan["signed"] <= as_of)
    ]


def plan_of(facts: Facts, agency: int, period: Span, as_of: date) -> str | None:
    """``05/KH-TN, 05/02/2024``."""
    for plan in plans_in(facts, agency, period, as_of):
        number_text = plan_number(plan)
        return f"{number_text}, {day(plan['signed'])}" if plan["signed"] else number_text
    return None


def plan_number(plan: Row) -> str:
    """A number below ten has a zero; one that is not written yet says so."""
    return f"{int(plan['number']):02}/{plan['symbol']}" if plan["number"] else "Chưa ghi số"


def four(told: Score, third: Sequence[str]) -> list[list[str]]:
    """The four numbers over a page; ``third`` is what was accepted and what stands beside it."""
    beside = [
        f"{number(told[key])} {words}"
        for key, words in (
            ("missed", "chưa đạt"),
            ("pending", "chờ duyệt"),
            ("not_due", "chưa đến hạn"),
            ("waived", "được miễn (ngoài số này)"),
        )
        if told[key]
    ]
    whole = told["expected"]
    found = [["Phải thực hiện", number(whole), ", ".join(beside) or "đầu việc"]]
    for name, key in (("Hoàn thành", "done"), ("Đúng hạn", "met")):
        shares = [of(told[key], whole), share(told[key], whole)] if whole else [NOTHING, NONE]
        found.append([name, *shares])
    return [*found, ["Được công nhận", *third]]


def told_day(placement: Row, activity: Row) -> date | None:
    """When it was held, else when it stood approved on its channel."""
    if activity["kind"] in HELD:
        return activity["held"]
    if placement["decided"] is None or placement["published"] is None:
        return None
    return max(placement["decided"], placement["published"])


def points(done: int, whole: int) -> Decimal | None:
    """The communes' rule of 2022: all is 1 point, from 90 % on its share, below that none."""
    if not whole:
        return None
    part = Fraction(done, whole)
    worth = part if part >= Fraction(9, 10) else Fraction(0)
    hundredths = (worth * 200 + 1) // 2
    return Decimal(int(hundredths)) / 100


def compare(where: str, told: Told, rows: Sequence[Sequence[str]], columns: object) -> Result:
    """Cell by cell: row, column, expected, got."""
    result = Result()
    if columns is not None and list(columns) != told.columns:
        result.wrong.append(f"{where}: columns {told.columns} but {columns}")
        return result
    if len(rows) != len(told.rows):
        result.wrong.append(f"{where}: {len(told.rows)} rows expected, {len(rows)} found")
    for expected, got in zip(told.rows, rows, strict=False):
        if len(expected) != len(got):
            result.wrong.append(f"{where}: {expected} but {list(got)}")
        for (group, title), one, other in zip(told.columns, expected, got, strict=False):
            result.cells += 1
            if " ".join(one.split()) != other:
                who = " ".join(expected[:2])
                result.wrong.append(f"{where} | {who} | {group} {title} | {one!r} | {other!r}")
    return result
