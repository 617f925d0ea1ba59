"""The tables of papers, lists and charts as they ought to be: texts from ``same_figures``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.outreach.independent import Row
from tests.reporting.same_figures import (
    NOBODY,
    NONE,
    NOTHING,
    OUTCOMES,
    STATES,
    Facts,
    Score,
    Span,
    Told,
    channel_name,
    day,
    listed,
    name_on,
    number,
    of,
    owed_in,
    plan_number,
    plans_in,
    points,
    quotas,
    score,
    share,
    span,
    told_day,
    was_there,
)

_REASONS = {
    "staff": "Thiếu nhân sự",
    "content": "Thiếu nội dung, đề tài",
    "approval": "Chờ duyệt quá lâu",
}
_OUTSIDE = "Đến hạn trước khi kế hoạch ban hành, không tính vào mẫu số"
_COUNTS = ("expected", "done", "met", "met_late", "missed", "pending", "not_due")
_COUNT_NAMES = (
    *("Phải thực hiện", "Hoàn thành", "Đúng hạn", "Trễ hạn", "Chưa đạt", "Chờ duyệt"),
    "Chưa đến hạn",
)


def plain(*titles: str) -> list[tuple[str, str]]:
    """Columns without a group."""
    return [("", title) for title in titles]


def explanation(facts: Facts, owed: Row) -> str:
    """The newest explanation as it is printed."""
    given = facts.explanations.get(owed["id"])
    return f"{_REASONS[given['reason']]} (chờ xem xét): {given['text']}" if given else ""


def task_name(facts: Facts, owed: Row) -> str:
    """``4.1 Viết tin, bài``."""
    task = facts.tasks[owed["task"]]
    return f"{task['code']} {task['title']}"


def unit_name(facts: Facts, pk: int | None) -> str:
    """The unit's name."""
    return next((str(unit["name"]) for unit in facts.units if unit["id"] == pk), NOBODY)


# The annexes of the consolidated report.


def by_agency(facts: Facts, period: Span, as_of: date) -> Told:
    """Each agency's outcomes."""
    rows, found = owed_in(facts, period), facts.on(as_of)
    keys = (*_COUNTS, "waived")
    body = []
    for agency in listed(facts, period, rows):
        told = score([owed for owed in rows if owed["agency"] == agency["id"]], found)
        body.append([name_on(agency, facts, period.last), *_counted(told, keys)])
    columns = plain("TT", "Cơ quan", *_COUNT_NAMES, "Được miễn", "Tỷ lệ hoàn thành")
    return Told(columns, _numbered(body, ["Tổng cộng", *_counted(score(rows, found), keys)]))


def by_channel(facts: Facts, period: Span, as_of: date) -> Told:
    """Each channel's outcomes."""
    rows, found = owed_in(facts, period), facts.on(as_of)
    known = {owed["channel"] for owed in rows}
    ids = [each["id"] for each in facts.channels if each["id"] in known]
    body = []
    for pk in [*ids, *([None] if None in known else [])]:
        told = score([owed for owed in rows if owed["channel"] == pk], found)
        body.append([channel_name(facts, pk, "name"), *_counted(told, _COUNTS)])
    columns = plain("TT", "Kênh", *_COUNT_NAMES, "Tỷ lệ hoàn thành")
    return Told(columns, _numbered(body, ["Tổng cộng", *_counted(score(rows, found), _COUNTS)]))


def by_quota(facts: Facts, period: Span, as_of: date) -> Told:
    """The matrix of the province."""
    rows = owed_in(facts, period)
    heads = [(a["id"], name_on(a, facts, period.last)) for a in listed(facts, period, rows)]
    return quotas(facts, period, rows, as_of, heads, "agency", "Cơ quan")


def _counted(told: Score, keys: Iterable[str]) -> list[str]:
    return [*(number(told[key]) for key in keys), share(told["done"], told["expected"])]


def _numbered(body: Sequence[Sequence[str]], last: Sequence[str] | None = None) -> list[list[str]]:
    rows = [[number(at), *row] for at, row in enumerate(body, start=1)]
    return [*rows, ["", *last]] if last is not None and rows else rows


def lapses(facts: Facts, period: Span, as_of: date) -> Told:
    """What was missed, then what was late; of each state in no particular order."""
    rows, found = owed_in(facts, period), facts.on(as_of)
    names = {a["id"]: name_on(a, facts, period.last) for a in facts.agencies}
    body = []
    for state in ("missed", "met_late"):
        for owed in rows:
            if owed["waived"] or owed["outside"] or found[owed["id"]].state != state:
                continue
            done = min(len(found[owed["id"]].days), owed["required"])
            body.append(
                [
                    names[owed["agency"]],
                    unit_name(facts, owed["unit"]),
                    task_name(facts, owed),
                    channel_name(facts, owed["channel"], "name"),
                    span(owed["period"]).label,
                    day(owed["due"]),
                    f"{of(done, owed['required'])} {STATES[state]}",
                    explanation(facts, owed),
                ]
            )
    columns = plain("TT", "Cơ quan", "Đơn vị", "Nhiệm vụ", "Kênh", "Kỳ", "Hạn", "Kết quả")
    columns += plain("Giải trình")
    return Told(columns, _numbered(body))


def pieces(facts: Facts, period: Span, as_of: date) -> tuple[Told, list[str]]:
    """Each article once for each obligation that it counts for; and whose they are, in order."""
    rows, found = owed_in(facts, period), facts.on(as_of)
    placements = {each["id"]: each for each in facts.world.placements}
    body, groups = [], []
    for agency in listed(facts, period, rows):
        own = [owed for owed in rows if owed["agency"] == agency["id"]]
        if any(found[owed["id"]].placements for owed in own):
            groups.append(name_on(agency, facts, period.last))
        for owed in own:
            for pk in found[owed["id"]].placements:
                placement = placements[pk]
                body.append(
                    [
                        facts.activities[placement["activity"]]["title"],
                        channel_name(facts, owed["channel"], "name"),
                        *(day(placement[key]) for key in ("sent", "decided", "published")),
                        placement["url"],
                        f"{facts.tasks[owed['task']]['code']} · {span(owed['period']).label}",
                    ]
                )
    columns = plain("TT", "Tiêu đề", "Kênh", "Ngày gửi", "Ngày duyệt", "Ngày đăng")
    return Told(columns + plain("Đường dẫn", "Tính cho"), _numbered(body)), groups


def plans_issued(facts: Facts, period: Span, as_of: date) -> Told:
    """Which agencies have a plan in force."""
    rows = owed_in(facts, period)
    body, issuers = [], 0
    agencies = listed(facts, period, rows)
    for agency in agencies:
        plans = plans_in(facts, agency["id"], period, as_of)
        issuers += bool(plans)
        name = name_on(agency, facts, period.last)
        body += [
            [name, plan_number(plan), day(plan["signed"]), plan["title"]] for plan in plans
        ] or [[name, "Chưa ban hành", "", ""]]
    columns = plain("TT", "Cơ quan", "Số, ký hiệu", "Ngày ký", "Trích yếu")
    last = [f"Đã ban hành: {of(issuers, len(agencies))} cơ quan", "", "", ""]
    return Told(columns, _numbered(body, last))


# The page of an agency.


def unit_heads(facts: Facts, agency: int, rows: Sequence[Row], end: date) -> list[tuple[int, str]]:
    """Who owes something or is there at the end; nobody where something is given to nobody."""
    owing = {owed["unit"] for owed in rows}
    heads = [
        (unit["id"], unit["name"])
        for unit in facts.units
        if unit["agency"] == agency
        and (unit["id"] in owing or unit["until"] is None or unit["until"] >= end)
    ]
    return [*heads, *([(0, NOBODY)] if None in owing else [])]


def unit_lines(facts: Facts, agency: int, period: Span, as_of: date) -> Told:
    """Each unit's outcomes in the units' order; without the last two columns."""
    rows = [owed for owed in owed_in(facts, period) if owed["agency"] == agency]
    found = facts.on(as_of)
    body = []
    for pk, name in unit_heads(facts, agency, rows, period.last):
        own = [owed for owed in rows if (owed["unit"] or 0) == pk]
        body.append([name, *_unit_figures(facts, own, as_of), _next_due(own, found, as_of)])
    if body:
        days = [row[-1] for row in body if row[-1]]
        first = min(days, key=lambda text: text.split("/")[::-1], default="")
        body.append(["Tổng cộng", *_unit_figures(facts, rows, as_of), first])
    names = ("Phải thực hiện", "Hoàn thành", "Đúng hạn", "Trễ hạn", "Chưa đạt", "Đã giải trình")
    names += ("Chờ duyệt", "Chưa đến hạn", "Tỷ lệ hoàn thành")
    columns = plain("Đơn vị") + [("Đầu việc theo kỳ", name) for name in names]
    return Told(columns + plain("Hạn gần nhất"), body)


def _unit_figures(facts: Facts, rows: Sequence[Row], as_of: date) -> list[str]:
    found = facts.on(as_of)
    told = score(rows, found)
    if not told["expected"]:
        return [*[NOTHING] * 8, NONE]
    explained = score([o for o in rows if o["id"] in facts.explanations], found)["missed"]
    return [
        number(told["expected"]),
        of(told["done"], told["expected"]),
        of(told["met"], told["expected"]),
        number(told["met_late"]),
        number(told["missed"]),
        of(explained, told["missed"]) if told["missed"] else NOTHING,
        number(told["pending"]),
        number(told["not_due"]),
        share(told["done"], told["expected"]),
    ]


def _next_due(rows: Sequence[Row], found: dict, as_of: date) -> str:
    """The first day of what is not done and can still be done and is in the denominator."""
    days = [
        owed["due"]
        for owed in rows
        if not owed["waived"] and not owed["outside"]
        for state in [found[owed["id"]].state]
        if state == "not_due" or (state == "missed" and owed["end"] >= as_of)
    ]
    return day(min(days)) if days else ""


def obligation_lines(facts: Facts, agency: int, period: Span, as_of: date) -> Told:
    """Every obligation with its articles, titles of an obligation in the alphabet's order."""
    found = facts.on(as_of)
    titles = {
        each["id"]: facts.activities[each["activity"]]["title"] for each in facts.world.placements
    }
    rows = [owed for owed in owed_in(facts, period) if owed["agency"] == agency]
    rows.sort(key=lambda owed: (owed["due"], facts.tasks[owed["task"]]["order"], owed["id"]))
    body = [
        [
            unit_name(facts, owed["unit"]),
            task_name(facts, owed),
            channel_name(facts, owed["channel"]),
            span(owed["period"]).label,
            day(owed["due"]),
            number(owed["required"]),
            number(len(found[owed["id"]].days)),
            STATES[found[owed["id"]].state],
            "; ".join(sorted(titles[pk] for pk in found[owed["id"]].placements)),
            _note(facts, owed),
        ]
        for owed in rows
    ]
    columns = plain("Đơn vị", "Nhiệm vụ", "Kênh", "Kỳ", "Hạn", "Phải thực hiện", "Đã thực hiện")
    return Told(columns + plain("Trạng thái", "Tin, bài", "Ghi chú"), body)


def _note(facts: Facts, owed: Row) -> str:
    given = explanation(facts, owed)
    return " ".join(
        filter(
            None,
            (
                f"{_OUTSIDE}." if owed["outside"] else "",
                "Được miễn: Được miễn." if owed["waived"] else "",
                f"Giải trình: {given}" if given else "",
            ),
        )
    )


# The charts.


def period_groups(year: int) -> list[tuple[str, list[str]]]:
    """The periods of a year by their length."""
    return [
        ("Theo tháng", [f"{year}-M{month:02}" for month in range(1, 13)]),
        ("Theo quý", [f"{year}-Q{quarter}" for quarter in range(1, 5)]),
        ("Kỳ dài hơn", [f"{year}-H1", f"{year}-H2", f"{year}-9M", f"{year}"]),
    ]


def trend(facts: Facts, year: int, as_of: date, agency: int | None = None) -> tuple[Told, Told]:
    """Figures and on-time rates of every period of the year, under their lengths."""
    found = facts.on(as_of)
    figures, rates = [], []
    for name, codes in period_groups(year):
        figures.append([name])
        rates.append([name])
        for code in codes:
            period = span(code)
            rows = [o for o in owed_in(facts, period) if agency in (None, o["agency"])]
            told = score(rows, found)
            whole, done, met = told["expected"], told["done"], told["met"]
            others = (number(told[key]) for key in ("met_late", "missed", "pending", "not_due"))
            shares = (of(done, whole), share(done, whole), of(met, whole))
            figures.append([period.label, number(whole), *shares, *others])
            rates.append([period.label, of(met, whole), share(met, whole)])
    names = ("Kỳ", "Phải thực hiện", "Hoàn thành", "Tỷ lệ hoàn thành", "Đúng hạn", "Trễ hạn")
    columns = plain(*names, "Chưa đạt", "Chờ duyệt", "Chưa đến hạn")
    return Told(columns, figures), Told(plain("Kỳ", "Đúng hạn", "Tỷ lệ đúng hạn"), rates)


def postings(facts: Facts, period: Span, as_of: date, agency: int | None = None) -> Told:
    """How often each channel was published on in the period and still stands."""
    last = min(period.last, as_of)
    standing = Counter(
        each["channel"]
        for each in facts.world.placements
        if each["state"] in {"published", "withdrawn"}
        and period.first <= each["published"] <= last
        and (each["state"] == "published" or each["withdrawn"] > as_of)
        and agency in (None, each["agency"])
    )
    whole = sum(standing.values())
    body: list[list[str]] = []
    for kind, name in (("online", "trực tuyến"), ("traditional", "truyền thống")):
        members = [each for each in facts.channels if each["kind"] == kind]
        members.sort(key=lambda each: -standing[each["id"]])
        body.append([name[:1].upper() + name[1:]])
        body += [_posted(each["name"], standing[each["id"]], whole) for each in members]
        body.append(
            _posted(f"Cộng kênh {name}", sum(standing[each["id"]] for each in members), whole)
        )
    body.append(_posted("Tổng cộng", whole, whole))
    return Told(plain("Kênh", "Lượt đăng", "Trên tổng số", "Tỷ lệ"), body)


def _posted(name: str, count: int, whole: int) -> list[str]:
    return [name, number(count), of(count, whole), share(count, whole)]


def ranking(facts: Facts, period: Span, as_of: date, agency: int | None = None) -> Told:
    """Agencies, or units of one, by the share done, then by the share on time.

    Equal ones share a place; what was given to nobody has none.
    """
    rows = [o for o in owed_in(facts, period) if agency in (None, o["agency"])]
    if agency is None:
        by, title = "agency", "Cơ quan"
        heads = [(a["id"], name_on(a, facts, period.last)) for a in listed(facts, period, rows)]
    else:
        by, title = "unit", "Đơn vị"
        heads = unit_heads(facts, agency, rows, period.last)
    lines = []
    for pk, name in heads:
        told = score([owed for owed in rows if (owed[by] or 0) == pk], facts.on(as_of))
        whole = told["expected"] if pk else 0
        merit = (Fraction(told["done"], whole), Fraction(told["met"], whole)) if whole else None
        lines.append((name, told, merit))
    placed = sorted(
        (line for line in lines if line[2] is not None), key=lambda line: line[2], reverse=True
    )
    body = []
    for name, told, merit in [*placed, *(line for line in lines if line[2] is None)]:
        better = sum(other[2] > merit for other in placed) if merit else 0
        whole = told["expected"]
        body.append(
            [
                number(better + 1) if merit else NOTHING,
                name,
                number(whole),
                of(told["done"], whole),
                share(told["done"], whole),
                of(told["met"], whole),
                share(told["met"], whole),
                number(told["missed"]),
                number(told["pending"] + told["not_due"]),
            ]
        )
    names = ("Hạng", title, "Phải thực hiện", "Hoàn thành", "Tỷ lệ hoàn thành", "Đúng hạn")
    return Told(plain(*names, "Tỷ lệ đúng hạn", "Chưa đạt", "Chưa đến hạn, chờ duyệt"), body)


# Period reports: clock (c) of REGULATIONS §2.


def frozen(
    facts: Facts, agency: int, first: date, last: date, unit: int | None = None
) -> dict[tuple[str, str], Score]:
    """What a report over these days ought to say, by group and label; one unit's own if given."""
    [whose] = (one for one in facts.agencies if one["id"] == agency)
    rows = [
        owed
        for owed in facts.world.obligations
        if owed["agency"] == agency
        and first <= owed["due"] <= last
        and was_there(whose, owed)
        and unit in (None, owed["unit"])
    ]
    found = facts.on(last)
    lines: dict[tuple[str, str], Score] = {("total", "Tổng cộng"): Counter()}
    for owed in rows:
        task = facts.tasks[owed["task"]]
        told = score([owed], found)
        told["explained"] = int(
            bool(told["missed"] or told["met_late"]) and owed["id"] in facts.explanations
        )
        keys = (
            ("total", "Tổng cộng"),
            ("unit", unit_name(facts, owed["unit"])),
            ("channel", channel_name(facts, owed["channel"])),
            ("task", f"{task['code'].rstrip('. ')}. {task['title']}"),
        )
        for key in keys:
            lines.setdefault(key, Counter()).update(told)
    for placement in facts.world.placements:
        if placement["agency"] != agency or placement["state"] != "published":
            continue
        activity = facts.activities[placement["activity"]]
        told_on = told_day(placement, activity)
        if told_on is None or not first <= told_on <= last:
            continue
        if unit is not None and unit not in {activity["unit"], *activity["joint"]}:
            continue
        keys = (
            ("total", "Tổng cộng"),
            ("unit", unit_name(facts, activity["unit"])),
            ("channel", channel_name(facts, placement["channel"])),
        )
        for key in keys:
            lines.setdefault(key, Counter())["pieces"] += 1
    return {key: each for key, each in lines.items() if unit is None or key[0] != "unit"}


FROZEN = (*OUTCOMES, "pieces", "explained")


def report_table(facts: Facts, agency: int, period: Any) -> Told:
    """The table of a report: its days beside those since the year began."""
    both = [
        frozen(facts, agency, first, period.window_end)
        for first in (period.window_start, period.cumulative_start)
    ]
    groups = {"unit": "Theo đơn vị", "channel": "Theo kênh tuyên truyền", "task": "Theo nhiệm vụ"}
    body = []
    for group, label in dict.fromkeys(key for lines in both for key in lines):
        row = [f"{groups.get(group, '')} {label}".strip()]
        for lines in both:
            told = lines.get((group, label), Counter())
            row.append("" if group == "task" else number(told["pieces"]))
            row += [number(told[k]) for k in ("expected", "done", "met", "met_late", "missed")]
            row.append(share(told["done"], told["expected"]))
        body.append(row)
    names = ("Tin, bài, hoạt động", "Đầu việc đến hạn", "Hoàn thành", "Đúng hạn", "Trễ hạn")
    columns = plain("Nội dung")
    for group in ("Trong kỳ", "Lũy kế từ đầu năm"):
        columns += [(group, name) for name in (*names, "Chưa đạt", "Tỷ lệ")]
    return Told(columns, body)


# The PAR Index.

_CRITERIA = (
    ("Mức độ hoàn thành kế hoạch tuyên truyền cải cách hành chính", "1,00", "Hoàn thành"),
    ("Tuyên truyền bằng hình thức trực tuyến", "0,50", "Số kết quả"),
    ("Tuyên truyền bằng hình thức truyền thống", "0,50", "Số kết quả"),
)


def scores(facts: Facts, year: int, as_of: date) -> Told:
    """What each agency gives itself by the communes' rule of 2022; nobody has appraised."""
    period = span(str(year))
    rows = owed_in(facts, period)
    lines = []
    for agency in listed(facts, period, rows):
        if agency["kind"] == "province":
            continue
        told = score([o for o in rows if o["agency"] == agency["id"]], facts.on(as_of))
        completion = points(told["done"], told["expected"])
        kinds = ("online", "traditional")
        forms = [len(results(facts, agency["id"], kind, year, as_of)) for kind in kinds]
        given = [Decimal("0.5") if count else Decimal(0) for count in forms]
        most = Decimal(1) + (Decimal(1) if completion is not None else Decimal(0))
        whole = sum(given, completion or Decimal(0))
        cells = [of(told["done"], told["expected"]), _points(completion), NOTHING]
        for count, one in zip(forms, given, strict=True):
            cells += [number(count), _points(one), NOTHING]
        lines.append((name_on(agency, facts, period.last), whole, most, cells))
    body = []
    for name, whole, most, cells in lines:
        better = sum(other / top > whole / most for _, other, top, _ in lines)
        sums = [
            _points(whole),
            _points(whole),
            _points(most),
            share(int(whole * 100), int(most * 100)),
        ]
        body.append([name, f"{better + 1} tạm", *sums, *cells])
    columns = plain("STT", "Cơ quan", "Xếp hạng")
    columns += [("Tổng điểm", name) for name in ("Kết quả", "Tự chấm", "Tối đa", "Tỷ lệ")]
    for title, most_text, found in _CRITERIA:
        group = f"{title} (tối đa {most_text})"
        columns += [(group, name) for name in (found, "Tự chấm", "Thẩm định")]
    return Told(columns, _numbered(body))


def _points(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:.2f}".replace(".", ",")


def results(facts: Facts, agency: int, kind: str, year: int, as_of: date) -> list[int]:
    """What was published or held on that kind of channel in the year and still stands."""
    kinds = {each["id"]: each["kind"] for each in facts.channels}
    found: list[int] = []
    for placement in facts.world.placements:
        if placement["agency"] != agency or kinds[placement["channel"]] != kind:
            continue
        if placement["state"] not in {"published", "withdrawn"}:
            continue
        if placement["state"] == "withdrawn" and placement["withdrawn"] <= as_of:
            continue
        told_on = told_day(placement, facts.activities[placement["activity"]])
        if told_on is not None and told_on.year == year and told_on <= as_of:
            found.append(placement["id"])
    return found
