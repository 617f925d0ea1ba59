"""A comparison for each place where figures are shown; it answers with cells and differences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, Province, Unit, User
from outreach.models import Placement
from plans.periods import DateSpan, Period
from reporting import period_figures
from reporting.actions import score_terms
from reporting.actions import scores as scoring
from reporting.actions.summaries import summarise
from reporting.models import PeriodReport, ProvinceSummary
from reporting.models.run import FileFormat
from reporting.reports import consolidated, evidence, files
from reporting.reports import period as period_report
from tests.outreach.independent import Row
from tests.reporting import same_figures as same
from tests.reporting import same_readers as read
from tests.reporting import same_tables as tables
from tests.reporting.same_export import reported
from tests.reporting.same_figures import Facts, Reported, Result, Score, Span, Told, compare


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def _same(where: str, told: Told, got: read.Read) -> Result:
    """An empty table says so in one cell."""
    if not told.rows and [len(row) for row in got.rows] == [1]:
        return Result(1)
    return compare(where, told, got.rows, got.columns)


def _words(where: str, expected: Sequence[str], text: str) -> Result:
    """Sentences of which a paper must have every one."""
    found = read.tight(text)
    missing = [f"{where}: no {each!r}" for each in expected if read.tight(each) not in found]
    return Result(len(expected), missing)


def asked(province: Province, code: str) -> dict[int, Reported]:
    """The reports of the regime that was set first; without figures."""
    rows = PeriodReport.objects.filter(
        agency__province=province, unit=None, period__code=code
    ).select_related("period")
    first = min((row.period.regime_id for row in rows), default=None)
    return {row.agency_id: reported(row) for row in rows if row.period.regime_id == first}


def with_frozen(facts: Facts, province: Province, code: str) -> dict[int, Reported]:
    """The same with the figures that each ought to have frozen."""
    rows = PeriodReport.objects.filter(
        agency__province=province, unit=None, period__code=code
    ).select_related("period")
    windows = {row.agency_id: row.period for row in rows.order_by("-period__regime_id")}
    return {
        pk: replace(
            report,
            frozen=tables.frozen(facts, pk, windows[pk].window_start, windows[pk].window_end)[
                "total", "Tổng cộng"
            ],
        )
        for pk, report in asked(province, code).items()
    }


def province_page(
    facts: Facts, client: Client, province: Province, code: str, as_of: date
) -> Result:
    """The screen of Home Affairs and its workbook, in both orders and under every condition."""
    result = Result()
    for order, only in (
        *(("thu-tu", ""), ("xau-nhat", ""), ("xau-nhat", "chua-dat"), ("thu-tu", "chua-nop")),
        *(("xau-nhat", "chua-giai-trinh"), ("thu-tu", "chua-ban-hanh")),
    ):
        result += _overseen(facts, client, province, code, as_of, order, only)
    return result


def _overseen(
    facts: Facts, client: Client, province: Province, code: str, as_of: date, order: str, only: str
) -> Result:
    period, reports = same.span(code), with_frozen(facts, province, code)
    every = same.overseen(facts, period, as_of, reports, worst=order == "xau-nhat")
    lines = same.kept(every, only, as_of)
    told = same.overview(lines, len(every), facts, period, as_of, asked=bool(reports))
    heads = [(line[0]["id"], same.name_on(line[0], facts, period.last)) for line in lines]
    ids = {pk for pk, _ in heads}
    rows = [owed for owed in same.owed_in(facts, period) if owed["agency"] in ids]
    matrix = same.quotas(facts, period, rows, as_of, heads, "agency", "Cơ quan")
    query = {"tinh": province.code, "ky": code, "den-ngay": same.day(as_of), "xep": order}
    query |= {"loc": only} if only else {}
    html = client.get(reverse("reporting:province-matrix"), query).content.decode()
    found = read.page_tables(html)
    where = f"{code} {as_of} {order} {only}"
    result = _four(facts, where, html, period, as_of, reports)
    answer = client.get(reverse("reporting:province-export"), query)
    book = read.workbook_tables(BytesIO(b"".join(answer)))
    for name, table, key, sheet in (
        ("overview", told, "oversight", "Theo cơ quan"),
        ("quotas", matrix, "province", "Theo định mức"),
    ):
        if not lines:
            assert len(found[key].rows) == 1, where
            continue
        result += _same(f"screen {name} {where}", table, found[key])
        result += _same(f"xlsx {name} {where}", table, book[sheet])
    return result


def _four(
    facts: Facts, where: str, html: str, period: Span, as_of: date, reports: Mapping[int, Reported]
) -> Result:
    whole = same.score(same.owed_in(facts, period), facts.on(as_of))
    taken = [report for report in reports.values() if report.on(as_of) == "accepted"]
    total = same.accepted(reports.values(), as_of)
    third = [same.NONE, "kỳ này không yêu cầu báo cáo"]
    if reports:
        figure = same.of(total["done"], total["expected"]) if total is not None else same.NOTHING
        third = [figure, f"{len(taken)}/{len(reports)} báo cáo đã tiếp nhận"]
    told = Told(tables.plain("Số", "Trị", "Bên cạnh"), same.four(whole, third))
    return compare(f"four numbers {where}", told, read.four_numbers(html), None)


def agency_pages(facts: Facts, client: Client, code: str, as_of: date) -> Result:
    """Each agency's page: units, quotas, obligations with their articles."""
    period, result = same.span(code), Result()
    for agency in facts.agencies:
        rows = [o for o in same.owed_in(facts, period) if o["agency"] == agency["id"]]
        query = {
            "co-quan": agency["code"],
            "ky": code,
            "den-ngay": same.day(as_of),
            "xep": "thu-tu",
        }
        html = client.get(reverse("reporting:agency-matrix"), query).content.decode()
        found = read.page_tables(html)
        where = f"{agency['code']} {code} {as_of}"
        result += _words(where, _answer(same.score(rows, facts.on(as_of))), read.answer(html))
        heads = tables.unit_heads(facts, agency["id"], rows, period.last)
        units = found["units"]
        if heads:
            units.rows = [[*row[:10], row[10][:10]] for row in units.rows]
            units.columns.pop()
            told = tables.unit_lines(facts, agency["id"], period, as_of)
            result += _same(f"units {where}", told, units)
            matrix = same.quotas(facts, period, rows, as_of, heads, "unit", "Đơn vị")
            result += _same(f"agency quotas {where}", matrix, found["agency"])
        if rows:
            lines = found["obligations"]
            for row in lines.rows:
                row[8] = "; ".join(sorted(row[8].split("; ")))
            told = tables.obligation_lines(facts, agency["id"], period, as_of)
            result += _same(f"obligations {where}", told, lines)
    return result


def _answer(whole: Score) -> list[str]:
    """The one sentence over an agency's page."""
    expected, done, missed = whole["expected"], whole["done"], whole["missed"]
    if not expected:
        return ["Cơ quan không có đầu việc nào đến kỳ này."]
    told = [f"Chưa đạt {missed} đầu việc: "] if missed else []
    if not missed and done == expected:
        told = [f"Các đơn vị đã hoàn thành {done}/{expected} đầu việc."]
    elif not missed:
        told = [f"Không còn đầu việc nào quá hạn; hoàn thành {done}/{expected} đầu việc."]
    told += [f"Chờ duyệt: {whole['pending']}."] if whole["pending"] else []
    return [*told, *([f"Chưa đến hạn: {whole['not_due']}"] if whole["not_due"] else [])]


def _as_multiset(told: Told, got: read.Read) -> tuple[Told, read.Read]:
    """Without ordinals and in one order, where the order is nobody's promise."""
    return (
        Told(told.columns[1:], sorted(row[1:] for row in told.rows)),
        read.Read("", got.columns[1:], sorted(row[1:] for row in got.rows if len(row) > 1)),
    )


def annexes(facts: Facts, code: str, as_of: date) -> dict[str, Told]:
    """The tables of the consolidated report by the names of its sheets; reports apart."""
    period = same.span(code)
    return {
        "Theo kênh": tables.by_channel(facts, period, as_of),
        "Theo cơ quan": tables.by_agency(facts, period, as_of),
        "Theo định mức": tables.by_quota(facts, period, as_of),
        "Chưa đạt, trễ hạn": tables.lapses(facts, period, as_of),
        "Tin, bài được tính": tables.pieces(facts, period, as_of)[0],
        "Ban hành kế hoạch": tables.plans_issued(facts, period, as_of),
    }


_LISTS = ("Chưa đạt, trễ hạn", "Tin, bài được tính")
_EMPTY = {
    _LISTS[0]: "Không có đầu việc nào chưa đạt hoặc trễ hạn.",
    _LISTS[1]: "Chưa có tin, bài, hoạt động nào được tính.",
}


def consolidated_files(
    facts: Facts, province: Province, code: str, as_of: date, folder: Path, formats: Sequence[str]
) -> Result:
    """The report of the province in each format."""
    made = files.of_province(consolidated.gather(province, Period.parse(code), as_of))
    told, result = annexes(facts, code, as_of), Result()
    told["Nộp báo cáo"] = who_reported(facts, province, code, as_of)
    if not told["Nộp báo cáo"].rows:
        del told["Nộp báo cáo"]
    words = [*sentences(facts, code, as_of), *on_reports(facts, province, code, as_of)]
    for file_format in formats:
        path = folder / f"{code}-{as_of}.{file_format}"
        files.write(made, FileFormat(file_format), path)
        where = f"{file_format} {code} {as_of}"
        if file_format == "xlsx":
            book = read.workbook_tables(path)
            result += _by_sheet(where, facts, code, as_of, told, book)
        elif file_format == "docx":
            papers = read.word_tables(path)
            book = dict(zip(told, papers, strict=False))
            result += _by_sheet(where, facts, code, as_of, told, book)
            result += _words(where, words, read.word_text(path))
        else:
            result += _on_paper(where, facts, code, as_of, told, path)
            result += _words(where, words, read.paper_text(path))
    return result


def _by_sheet(
    where: str,
    facts: Facts,
    code: str,
    as_of: date,
    told: Mapping[str, Told],
    book: Mapping[str, read.Read],
) -> Result:
    result = Result()
    for name, expected in told.items():
        got = book[name]
        if name in _LISTS:
            ordinals = [row[0] for row in got.rows if len(row) > 1]
            wanted = [row[0] for row in expected.rows]
            if ordinals != wanted:
                result.wrong.append(f"{where} {name}: ordinals {len(wanted)} but {len(ordinals)}")
            if not expected.rows:
                continue
            groups = [row[0] for row in got.rows if len(row) == 1]
            owners = tables.pieces(facts, same.span(code), as_of)[1]
            if name == _LISTS[1] and groups != owners:
                result.wrong.append(f"{where} {name}: groups {owners} but {groups}")
            result += _same(f"{where} {name}", *_as_multiset(expected, got))
        else:
            result += _same(f"{where} {name}", expected, got)
    return result


def _on_paper(
    where: str, facts: Facts, code: str, as_of: date, told: Mapping[str, Told], path: Path
) -> Result:
    """Rows are counted: each stands as often as it ought to, and no row of figures is left over."""
    found = Counter(tuple(row) for row in read.paper_rows(path))
    result = Result()
    for name, expected in told.items():
        for row in expected.rows:
            result.cells += len(row)
            key = tuple(read.tight(text) for text in row)
            if name in _LISTS:
                fits = [one for one in found if one[1:] == key[1:] and found[one]]
                key = fits[0] if fits else key
            if not found[key]:
                result.wrong.append(f"{where} {name}: no row {row}")
            found[key] -= 1
    heads = {
        read.tight(text)
        for expected in told.values()
        for column in expected.columns
        for text in column
    }
    owners = {read.tight(name) for name in tables.pieces(facts, same.span(code), as_of)[1]}
    owners |= {read.tight(words) for name, words in _EMPTY.items() if not told[name].rows}
    for row, times in found.items():
        words = {text for text in row if text}
        if times > 0 and words and not words <= heads | owners:
            result.wrong.append(f"{where}: a row too many, {row}")
    return result


def sentences(facts: Facts, code: str, as_of: date) -> list[str]:
    """What the text says in figures."""
    period = same.span(code)
    rows, found = same.owed_in(facts, period), facts.on(as_of)
    whole = same.score(rows, found)
    if not whole["expected"]:
        return ["tỷ lệ hoàn thành không áp dụng"]
    expected = whole["expected"]

    def part(key: str) -> str:
        return f"{whole[key]}/{expected} đầu việc ({same.share(whole[key], expected)})"

    lines = same.listed(facts, period, rows)
    scores = [same.score([o for o in rows if o["agency"] == a["id"]], found) for a in lines]
    owing = [each for each in scores if each["expected"]]
    channels = len({owed["channel"] for owed in rows})
    placements = {each["id"]: each["activity"] for each in facts.world.placements}
    articles = {placements[pk] for owed in rows for pk in found[owed["id"]].placements}
    told = [
        f"có {len(owing)}/{len(lines)} cơ quan, đơn vị có nhiệm vụ",
        f"với tổng số {expected} đầu việc phải thực hiện trên {channels} kênh tuyên truyền",
        f"đã hoàn thành {part('done')}; trong đó đúng hạn {part('met')}, "
        f"trễ hạn {part('met_late')}.",
        f"Có {len(articles)} tin, bài, hoạt động được tính kết quả trong kỳ",
    ]
    best = sum(each["met"] == each["expected"] for each in owing)
    if best:
        told.append(f"Có {best}/{len(owing)} cơ quan, đơn vị hoàn thành đúng hạn toàn bộ")
    without = sum(not same.plans_in(facts, a["id"], period, as_of) for a in lines)
    if without:
        told.append(f"còn {without}/{len(lines)} cơ quan, đơn vị chưa có kế hoạch tuyên truyền")
    to_come = [owed for owed in same.owed_in(facts, same.after(period)) if not owed["waived"]]
    if to_come:
        told.append(f"({len(to_come)} đầu việc đã giao)")
    for key, words in (("missed", "chưa đạt"), ("met_late", "hoàn thành nhưng trễ hạn")):
        behind = sum(each[key] > 0 for each in scores)
        if behind:
            told.append(f"{part(key)} {words}, thuộc {behind} cơ quan, đơn vị")
    return told + _unfinished(facts, rows, whole, as_of)


def _unfinished(facts: Facts, rows: Sequence[Row], whole: Score, as_of: date) -> list[str]:
    """What the text says of what is not done, and of what is in no denominator."""
    told, found, expected = [], facts.on(as_of), whole["expected"]

    def part(key: str) -> str:
        return f"{whole[key]}/{expected} đầu việc ({same.share(whole[key], expected)})"

    if whole["missed"]:
        explained = same.score([o for o in rows if o["id"] in facts.explanations], found)["missed"]
        if explained:
            told.append(f"Trong số này, {explained}/{whole['missed']} đầu việc đã có giải trình")
    if whole["pending"]:
        told.append(f"Còn {part('pending')} đã gửi tin, bài nhưng đang chờ")
    if whole["not_due"]:
        told.append(f"Còn {part('not_due')} chưa đến hạn.")
    if whole["waived"]:
        told.append(f"Có {whole['waived']} đầu việc được miễn")
    if whole["outside"]:
        told.append(f"Có {whole['outside']} đầu việc đến hạn trước khi kế hoạch ban hành")
    return told


def on_reports(facts: Facts, province: Province, code: str, as_of: date) -> list[str]:
    """What the text says of who reported."""
    reports = with_frozen(facts, province, code).values()
    if not reports:
        return []
    states = Counter(report.on(as_of) for report in reports)
    whole, missing = len(reports), states["missing"]
    late = sum(
        report.on(as_of) != "missing"
        and report.handed_in is not None
        and report.handed_in > report.due
        for report in reports
    )
    told = [f"có {whole - missing}/{whole} cơ quan, đơn vị đã gửi báo cáo kỳ này"]
    told += [f"trong đó {late} cơ quan, đơn vị gửi trễ"] if late else []
    told += [f"còn {missing} cơ quan, đơn vị chưa gửi"] if missing else []
    total = same.accepted(reports, as_of)
    if total is not None:
        done, expected = total["done"], total["expected"]
        words = f"{done}/{expected} đầu việc ({same.share(done, expected)})"
        told.append(f"Cộng {states['accepted']} báo cáo đã tiếp nhận, kỳ số liệu ")
        told.append(f"các cơ quan, đơn vị hoàn thành {words if expected else same.NONE}")
    return told


def who_reported(facts: Facts, province: Province, code: str, as_of: date) -> Told:
    """Each report with what it froze and what the rows say now of its days."""
    reports = with_frozen(facts, province, code)
    keys = ("expected", "done", "met_late", "missed")
    body: list[list[str]] = []
    sums: Score = Counter()
    agencies = sorted(facts.agencies, key=lambda each: (each["order"], each["code"]))
    for agency in (each for each in agencies if each["id"] in reports):
        report = reports[agency["id"]]
        state = report.on(as_of)
        came = report.handed_in if state != "missing" else None
        words = {"missing": "Chưa nộp", "submitted": "Đã nộp", "returned": "Bị trả lại"}
        late = came is not None and came > report.due
        taken = report.frozen if state == "accepted" and report.frozen is not None else None
        figures = [same.number(taken[key]) for key in keys] if taken is not None else [""] * 4
        sums += taken if taken is not None else Counter()
        body.append(
            [
                str(len(body) + 1),
                same.name_on(agency, facts, same.span(code).last),
                same.day(came),
                words.get(state, "Đã tiếp nhận") + (", trễ hạn" if late else ""),
                *figures,
                *figures,
                "khớp" if taken is not None else "",
            ]
        )
    names = ("Đến hạn", "Hoàn thành", "Trễ hạn", "Chưa đạt")
    columns = tables.plain("TT", "Cơ quan", "Ngày nộp", "Tình trạng")
    columns += [("Số đã chốt", name) for name in names] + [("Số hiện nay", name) for name in names]
    if body:
        totals = [same.number(sums[key]) for key in keys]
        name = "Tổng cộng các báo cáo đã tiếp nhận"
        body.append(["", name, "", "", *totals, *totals, ""])
    return Told(columns + tables.plain("Đối chiếu"), body)


def charts_page(
    facts: Facts,
    client: Client,
    province: Province,
    code: str,
    as_of: date,
    agency: Row | None = None,
) -> Result:
    """The numbers under the charts of the province or of one agency, and in their workbook."""
    only = agency["id"] if agency else None
    period = same.span(code)
    trend, rates = tables.trend(facts, int(code[:4]), as_of, only)
    query = {"tinh": province.code, "ky": code, "den-ngay": same.day(as_of)}
    query |= {"co-quan": agency["code"]} if agency else {}
    html = client.get(reverse("reporting:charts"), query).content.decode()
    answer = client.get(reverse("reporting:charts-export"), query)
    book = read.workbook_tables(BytesIO(b"".join(answer)))
    keys = {"trend": "Theo kỳ", "rates": "Tỷ lệ đúng hạn", "postings": "Theo kênh"}
    keys["ranking"] = "Xếp hạng"
    told = {
        "trend": trend,
        "rates": rates,
        "postings": tables.postings(facts, period, as_of, only),
        "ranking": tables.ranking(facts, period, as_of, only),
    }
    result = Result()
    for key, sheet in keys.items():
        for kind, got in (("screen", read.page_tables(html)[key]), ("xlsx", book[sheet])):
            if key == "rates":
                assert got.columns.pop() == ("", "Ghi chú")
                got.rows = [row[:3] for row in got.rows]
            result += _same(f"charts {kind} {key} {code} {as_of}", told[key], got)
    return result


def command(facts: Facts, code: str, as_of: date) -> Result:
    """``manage.py compliance`` for every agency."""
    period, result = same.span(code), Result()
    found = facts.on(as_of)
    titles = {
        each["id"]: facts.activities[each["activity"]]["title"] for each in facts.world.placements
    }
    names = ("obligation", "period", "due_on", "required", "counted", "state", "titles")
    for agency in facts.agencies:
        out = StringIO()
        day = as_of.isoformat()
        call_command("compliance", agency=agency["code"], period=code, as_of=day, stdout=out)
        got = [
            [str(line[name]) for name in names[:-1]]
            + ["; ".join(sorted(each["title"] for each in line["placements"]))]
            for line in sorted(json.loads(out.getvalue()), key=lambda line: line["obligation"])
        ]
        rows = [o for o in same.owed_in(facts, period) if o["agency"] == agency["id"]]
        told = [
            [
                *(str(owed["id"]), owed["period"], owed["due"].isoformat(), str(owed["required"])),
                *(str(len(found[owed["id"]].days)), found[owed["id"]].state),
                "; ".join(sorted(titles[pk] for pk in found[owed["id"]].placements)),
            ]
            for owed in sorted(rows, key=lambda owed: owed["id"])
        ]
        where = f"compliance {agency['code']} {code} {as_of}"
        result += compare(where, Told(tables.plain(*names), told), got, None)
    return result


def summary(facts: Facts, province: Province, by: User, year: int, as_of: date) -> Result:
    """The nightly summary, period by period."""
    summarise(province=province, year=year, as_of=as_of, by=by)
    rows = same.owed_in(facts, same.span(str(year)))
    found = facts.on(as_of)
    codes = sorted({owed["period"] for owed in rows})
    told = []
    for code in codes:
        scores = same.score([owed for owed in rows if owed["period"] == code], found)
        told.append([code, *(str(scores[name]) for name in same.OUTCOMES)])
    kept = ProvinceSummary.objects.filter(province=province, year=year).order_by("period")
    got = [[row.period, *(str(getattr(row, name)) for name in same.OUTCOMES)] for row in kept]
    columns = tables.plain("Kỳ", *same.OUTCOMES)
    return compare(f"summary {year} {as_of}", Told(columns, told), got, None)


def period_reports(facts: Facts, done: Sequence[PeriodReport]) -> Result:
    """The frozen rows of reports, theirs and since the year began."""
    result = Result()
    for report in done:
        period = report.period
        spans = {"period": period.window_start, "year": period.cumulative_start}
        rows = report.figures.filter(round=report.round)
        for scope, first in spans.items():
            lines = tables.frozen(facts, report.agency_id, first, period.window_end)
            told = [
                [group, label, *(str(figures[name]) for name in tables.FROZEN)]
                for (group, label), figures in sorted(lines.items())
            ]
            got = sorted(
                [row.group, row.label, *(str(getattr(row, name)) for name in tables.FROZEN)]
                for row in rows.filter(scope=scope)
            )
            where = f"frozen {report.agency.code} {period} {scope}"
            columns = tables.plain("Nhóm", "Tên", *tables.FROZEN)
            result += compare(where, Told(columns, told), got, None)
    return result


def scores(facts: Facts, client: Client, province: Province, by: User, year: int) -> Result:
    """The points that agencies give themselves, on screen and in the workbook."""
    as_of = date(year, 12, 20)
    score_terms.adopt(province=province, year=year, source=None, letter="01/QĐ-UBND", by=by)
    scoring.score_missing(province=province, year=year, as_of=as_of, by=by)
    told = tables.scores(facts, year, as_of)
    query = {"tinh": province.code, "nam": str(year)}
    html = client.get(reverse("reporting:score-list"), query).content.decode()
    answer = client.get(reverse("reporting:score-export"), query)
    [sheet] = read.workbook_tables(BytesIO(b"".join(answer))).values()
    result = _same(f"scores screen {year}", told, read.page_tables(html)["scores"])
    return result + _same(f"scores xlsx {year}", told, sheet)


def evidence_packs(facts: Facts, by: User, year: int) -> Result:
    """What the index of each agency's evidence names: duties, articles, forms."""
    result, as_of = Result(), date(year, 12, 20)
    columns = tables.plain("Đầu việc", "Trạng thái", "Lượt đăng")
    for agency in Agency.objects.filter(pk__in=[each["id"] for each in facts.agencies]):
        found = evidence.gather(agency, year, as_of, by)
        completion, *forms = found.proven
        got = [
            [str(d.obligation.pk), d.state.value, _pks(p.placement for p in d.pieces)]
            for d in completion.duties
        ]
        rows = [o for o in same.owed_in(facts, same.span(str(year))) if o["agency"] == agency.pk]
        verdicts = {owed["id"]: facts.on(as_of)[owed["id"]] for owed in rows}
        told = [
            [str(pk), each.state, " ".join(map(str, sorted(each.placements)))]
            for pk, each in verdicts.items()
        ]
        where = f"evidence {agency.code}"
        result += compare(where, Told(columns, sorted(told)), sorted(got), None)
        for form, kind in zip(forms, ("online", "traditional"), strict=True):
            wanted = tables.results(facts, agency.pk, kind, year, as_of)
            told = [["", kind, " ".join(map(str, sorted(wanted)))]]
            got = [["", kind, _pks(piece.placement for piece in form.pieces)]]
            result += compare(where, Told(columns, told), got, None)
    return result


def _pks(placements: Iterable[Placement | None]) -> str:
    return " ".join(map(str, sorted(each.pk for each in placements if each is not None)))


def country(facts: Facts, client: Client, province: Province, code: str, as_of: date) -> Result:
    """The page of a country, from the summary."""
    period = same.span(code)
    html = client.get(reverse("reporting:nation"), {"ky": code}).content.decode()
    got = read.page_tables(html)["country"]
    got.rows = [row for row in got.rows if row[0] == province.name]
    whole = same.score(same.owed_in(facts, period), facts.on(as_of))
    expected = whole["expected"]
    told = [province.name, same.number(expected)]
    for key in ("done", "met"):
        told += [same.of(whole[key], expected), same.share(whole[key], expected)]
    told += [same.number(whole[key]) for key in ("met_late", "missed", "pending", "not_due")]
    told += [same.number(whole["waived"]), same.day(as_of)]
    result = compare(f"country {code} {as_of}", Told(got.columns, [told]), got.rows, None)
    return result + _parts(facts, html, province, period, as_of)


def _parts(facts: Facts, html: str, province: Province, period: Span, as_of: date) -> Result:
    """The same by shorter periods, and what lies in none of them."""
    got = read.page_tables(html).get("parts")
    if got is None:
        return Result()
    first, last = period.first.month, period.last.month
    codes = [f"2024-Q{n}" for n in range(first // 3 + 1, last // 3 + 1)]
    if period.code[5:6] == "Q":
        codes = [f"2024-M{n:02}" for n in range(first, last + 1)]
    every = same.owed_in(facts, period)
    inside = [same.owed_in(facts, same.span(code)) for code in codes]
    known = {owed["id"] for rows in inside for owed in rows}
    told = [province.name]
    for rows in (*inside, [owed for owed in every if owed["id"] not in known]):
        whole = same.score(rows, facts.on(as_of))
        told.append(same.of(whole["done"], whole["expected"]))
    rows_got = [row for row in got.rows if row[0] == province.name]
    where = f"country parts {period.code} {as_of}"
    return compare(where, Told(got.columns, [told]), rows_got, None)


def unit_reports(facts: Facts, province: Province, first: date, last: date) -> Result:
    """What a report of each unit would freeze: joint work is that of every unit that made it."""
    result = Result()
    days = DateSpan(first, last)
    for unit in Unit.objects.filter(agency__province=province).select_related("agency"):
        found = period_figures.gather(unit.agency, unit, days)
        lines = tables.frozen(facts, unit.agency_id, first, last, unit.pk)
        told = [
            [group, label, *(str(figures[name]) for name in tables.FROZEN)]
            for (group, label), figures in sorted(lines.items())
        ]
        got = sorted(
            [
                *(line.group, line.label),
                *(str(getattr(line.score, name)) for name in same.OUTCOMES),
                *(str(line.pieces), str(line.explained)),
            ]
            for line in found.lines
        )
        columns = tables.plain("Nhóm", "Tên", *tables.FROZEN)
        result += compare(f"unit report {unit.pk} {first}", Told(columns, told), got, None)
    return result


def unit_page(
    facts: Facts, client: Client, province: Province, units: Sequence[int], code: str, as_of: date
) -> Result:
    """The cards of what units owe, and what accepted reports say of them."""
    query = {"ky": code, "den-ngay": same.day(as_of)}
    html = client.get(reverse("reporting:unit-owes"), query).content.decode()
    coming = same.after(same.span(code))
    days = [o["due"] for o in same.owed_in(facts, coming) if o["unit"] in units and not o["waived"]]
    words = (
        f"{len(days)} đầu việc, hạn sớm nhất {same.day(min(days))}." if days else "chưa có đầu việc"
    )
    result = _words(f"unit page {code}", [f"{coming.label}: {words}"], html)
    names = ("Phải thực hiện", "Hoàn thành", "Đúng hạn", "Được công nhận")
    for label, words in read.cards(html).items():
        [period] = (each for each in map(same.span, _CODES) if each.label == label)
        rows = [owed for owed in same.owed_in(facts, period) if owed["unit"] in units]
        whole = same.score(rows, facts.on(as_of))
        expected, done = whole["expected"], whole["done"]
        told = [str(expected), f"{same.of(done, expected)} ({same.share(done, expected)})"]
        told.append(same.of(whole["met"], expected))
        told.append(_recognised(facts, province, units, period.code, as_of))
        where = f"unit card {code} {as_of} {label}"
        got = [words.get(name, "") for name in names]
        rows_told = [told if expected else [""] * 4]
        result += compare(where, Told(tables.plain(*names), rows_told), [got], None)
    return result


def _recognised(
    facts: Facts, province: Province, units: Sequence[int], code: str, as_of: date
) -> str:
    """Done of expected of these units in the accepted reports of their agencies."""
    own = [unit for unit in facts.units if unit["id"] in units]
    whose = {unit["agency"] for unit in own}
    reports = {pk: each for pk, each in asked(province, code).items() if pk in whose}
    if not reports:
        return same.NONE
    taken = [pk for pk, report in reports.items() if report.on(as_of) == "accepted"]
    if not taken:
        return same.NOTHING
    sums: Score = Counter()
    rows = PeriodReport.objects.filter(unit=None, agency__in=taken, period__code=code)
    windows = {row.agency_id: row.period for row in rows.order_by("-period__regime_id")}
    for unit in (unit for unit in own if unit["agency"] in taken):
        days = windows[unit["agency"]]
        lines = tables.frozen(facts, unit["agency"], days.window_start, days.window_end)
        sums += lines.get(("unit", unit["name"]), Counter())
    return same.of(sums["done"], sums["expected"])


def report_tables(
    facts: Facts, client: Client, done: Sequence[PeriodReport], folder: Path
) -> Result:
    """The figures of reports as their pages and files show them."""
    result = Result()
    for report in done:
        told = tables.report_table(facts, report.agency_id, report.period)
        address = reverse("reporting:report-detail", args=[report.pk])
        html = client.get(address).content.decode()
        where = f"report {report.agency.code} {report.period.code}"
        result += _grouped(f"screen {where}", told, read.page_tables(html)["figures"])
        gathered = period_report.gather(report, report.period.due_on)
        made = files.Report(period_report.document(gathered), (gathered.figures,))
        for file_format in ("xlsx", "docx"):
            path = folder / f"{report.pk}.{file_format}"
            files.write(made, FileFormat(file_format), path)
            books = {
                "xlsx": lambda path=path: list(read.workbook_tables(path).values()),
                "docx": lambda path=path: read.word_tables(path),
            }
            result += _grouped(f"{file_format} {where}", told, books[file_format]()[0])
    return result


def _grouped(where: str, told: Told, got: read.Read) -> Result:
    """Lines under their group, in one order."""
    rows, group = [], ""
    for row in got.rows:
        group = row[0] if len(row) == 1 else "" if row[0] == "Tổng cộng" else group
        if len(row) > 1:
            rows.append([f"{group} {row[0]}".strip(), *row[1:]])
    return compare(where, Told(told.columns, sorted(told.rows)), sorted(rows), got.columns)


_CODES = [code for _, codes in tables.period_groups(2024) for code in codes]


def drafted(facts: Facts, done: Sequence[PeriodReport]) -> Result:
    """What the paragraphs of reports say in figures; nobody changed a word of the drafts."""
    result = Result()
    for report in done:
        period, agency = report.period, report.agency_id
        own, year = (
            tables.frozen(facts, agency, first, period.window_end)
            for first in (period.window_start, period.cumulative_start)
        )
        told = _paragraphs(own, year)
        text = " ".join(report.report_sections.values_list("text", flat=True))
        result += _words(f"draft {report.agency.code} {period}", told, text)
        if f"toàn bộ đầu việc được giao: {same.NOBODY}" in text or f", {same.NOBODY}." in text:
            result.wrong.append(f"draft {report.agency.code} {period}: nobody praised as a unit")
    return result


def _paragraphs(
    own: Mapping[tuple[str, str], Score], year: Mapping[tuple[str, str], Score]
) -> list[str]:
    total, since = own["total", "Tổng cộng"], year["total", "Tổng cộng"]
    told = []
    if total["expected"]:
        told.append(
            f"có {total['expected']} đầu việc đến hạn; đã hoàn thành {_share(total, 'done')}, "
            f"trong đó đúng hạn {_share(total, 'met')}, trễ hạn {_share(total, 'met_late')}."
        )
        told.append(f": hoàn thành {_share(since, 'done')}.")
    if total["pieces"]:
        told.append(f"có {total['pieces']} lượt tin, bài, hoạt động được duyệt và đăng")
        told.append(f"có {since['pieces']} lượt.")
    for (group, label), line in own.items():
        if group == "task" and line["expected"]:
            late = f", trong đó trễ hạn {line['met_late']}" if line["met_late"] else ""
            missed = f"; chưa đạt {line['missed']}" if line["missed"] else ""
            told.append(f"- Nhiệm vụ {label}: {_share(line, 'done')}{late}{missed}.")
        if group == "channel":
            owed = f"; định mức {_share(line, 'done')}" if line["expected"] else ""
            told.append(f"- {label}: {line['pieces']} lượt{owed}.")
        if group == "unit" and line["missed"]:
            told.append(f"{label} ({line['missed']})")
    return told + _closing(own)


def _closing(own: Mapping[tuple[str, str], Score]) -> list[str]:
    """Units that did everything in time, and how much of what lapsed was explained."""
    total, told = own["total", "Tổng cộng"], []
    full = [
        line
        for (group, label), line in own.items()
        if group == "unit" and label != same.NOBODY and line["expected"] == line["met"] > 0
    ]
    if full and 0 < total["met"] < total["expected"]:
        told.append(f"Có {len(full)} đơn vị hoàn thành đúng hạn toàn bộ đầu việc được giao: ")
    lapsed = total["missed"] + total["met_late"]
    if lapsed and total["explained"]:
        told.append(f"Có {total['explained']}/{lapsed} đầu việc chưa đạt, trễ hạn đã có giải trình")
    return told


def _share(line: Score, key: str) -> str:
    done, whole = line[key], line["expected"]
    return f"{done}/{whole} đầu việc ({same.share(done, whole)})" if whole else same.NONE
