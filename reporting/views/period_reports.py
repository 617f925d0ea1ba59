"""Pages of period reports: what is owed, one report, its way to whoever takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from agencies.access import SIGNED_IN, page, post, signed_in
from agencies.models import User
from cchc.lib import clock
from cchc.lib.decisions import Decision, Refused, require
from cchc.lib.tables import display
from cchc.lib.text import nfc
from plans.comparing import Difference
from reporting import period_figures, report_policies, rounds, telling
from reporting.actions import period_reports as actions
from reporting.actions import runs
from reporting.drafting import draft
from reporting.models import Closing, PeriodReport, ReportSection
from reporting.models.period_report import HANDED_IN, ReportState
from reporting.models.run import PAPERS, FileFormat
from reporting.outline import OUTLINE, Part
from reporting.period_figures import Figures
from reporting.period_tables import table
from reporting.policies import may_read_some_agency
from reporting.report_forms import ReopenForm, ReturnForm
from reporting.rounds import Kept, Since
from reporting.views.report_lines import by_regime, line


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the outline with its words.

    ``kept`` is its row where it may be written, ``offered`` what the figures say by now,
    ``typed`` what could not be kept, ``change`` how it differs from the submission before.
    """

    part: Part
    heads: str
    text: str
    kept: ReportSection | None = None
    offered: str = ""
    typed: str | None = None
    change: Difference | None = None
    returned_reason: str = ""


@page(SIGNED_IN)
def report_list(request: HttpRequest) -> HttpResponse:
    """Reports that the person writes, and those that come to them."""
    user = signed_in(request)
    require(may_read_some_agency(user))
    today = clock.today()
    year = _year(request, today)
    visible = PeriodReport.objects.visible_to(user).filter(period__regime__year=year)
    own = PeriodReport.objects.to_write(user).values("pk")
    mine = [line(report, today) for report in visible.filter(pk__in=own).for_list()]
    accepted = ReportState.ACCEPTED
    years = PeriodReport.objects.visible_to(user).values_list("period__regime__year", flat=True)
    return render(
        request,
        "reporting/report_list.html",
        {
            "year": year,
            "years": sorted(set(years.order_by()) | {today.year}),
            "mine": [each for each in mine if each.report.state != accepted],
            "several": len({each.report.unit_id or each.report.agency_id for each in mine}) > 1,
            "mine_done": [each for each in mine if each.report.state == accepted],
            "regimes": by_regime(visible.exclude(pk__in=own).for_list(), today),
            "may_set": user.standing().holds(report_policies.SETTERS),
        },
    )


@page(SIGNED_IN)
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its figures, its words, and what may be done with it."""
    return _show(request, _load(signed_in(request), pk))


@post(SIGNED_IN)
def report_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A first draft from the figures."""
    report = _load(signed_in(request), pk)
    actions.begin(report=report, by=signed_in(request))
    messages.success(request, "Đã soạn dự thảo theo số liệu; anh/chị sửa từng mục rồi nộp.")
    return redirect("reporting:report-detail", pk=pk)


@post(SIGNED_IN)
def report_write(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Keep the words of one section; those that could not be kept stay in their field."""
    report = _load(signed_in(request), pk)
    text = request.POST.get("text", "")
    try:
        actions.write(
            report=report,
            key=key,
            text=text,
            before=request.POST.get("before", ""),
            by=signed_in(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _show(request, report, typed={key: text})
    messages.success(request, "Đã lưu.")
    return redirect(f"{_address(report)}#{key}")


@post(SIGNED_IN)
def report_redraft(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take for a section what the figures say by now."""
    report = _load(signed_in(request), pk)
    try:
        actions.redraft(
            report=report, keys=[key], before=request.POST.get("before"), by=signed_in(request)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã thay bằng bản soạn theo số liệu hiện nay.")
    return redirect(f"{_address(report)}#{key}")


@post(SIGNED_IN)
def report_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    report = _load(signed_in(request), pk)
    try:
        actions.submit(report=report, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã nộp báo cáo; số liệu được chốt tại thời điểm nộp.")
    return redirect(_address(report))


@post(SIGNED_IN)
def report_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it; the period is locked."""
    report = _load(signed_in(request), pk)
    seen = request.POST.get("seen", "")
    actions.accept(
        report=report,
        seen=int(seen) if seen.isascii() and seen.isdigit() else None,
        by=signed_in(request),
    )
    messages.success(request, "Đã tiếp nhận báo cáo và khóa sổ kỳ này.")
    return redirect(_address(report))


@post(SIGNED_IN)
def report_print(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """Order it as a file; its run's page leads there."""
    report = _load(signed_in(request), pk)
    if file_format not in PAPERS:
        raise Http404
    run = runs.order_report(
        report=report, file_format=FileFormat(file_format), by=signed_in(request)
    )
    return redirect("reporting:run-detail", run.pk)


@page(SIGNED_IN, form=True)
def report_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back, with reasons as a whole or section by section."""
    user = signed_in(request)
    report = _load(user, pk)
    require(report_policies.may_review(user, report))
    form = ReturnForm(request.POST or None, initial={"seen": report.round})
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_(
                report=report,
                reason=form.cleaned_data["reason"],
                sections=form.sections(),
                seen=form.cleaned_data["seen"],
                by=user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã trả lại báo cáo.")
            return redirect(_address(report))
    context = {
        "report": report,
        "form": form,
        "past_closing": report_policies.is_past_closing(report, clock.now()),
    }
    return render(request, "reporting/report_form.html", context)


@page(SIGNED_IN, form=True)
def report_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """An exception to the lock: until when, and why."""
    user = signed_in(request)
    report = _load(user, pk)
    closing = Closing.objects.of(report).first()
    require(report_policies.may_reopen(user, report, closing, clock.now()))
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(
                report=report, until=form.until(), reason=form.cleaned_data["reason"], by=user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã mở lại kỳ báo cáo.")
            return redirect(_address(report))
    context = {"report": report, "form": form, "reopens": True}
    return render(request, "reporting/report_form.html", context)


def _show(
    request: HttpRequest, report: PeriodReport, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    user, now = signed_in(request), clock.now()
    closing = Closing.objects.of(report).first()
    change = report_policies.may_change_words(user, report, closing, now)
    write = report_policies.may_write(user, report, closing, now)
    handed_in = report.state in HANDED_IN
    inside = report.agency_id in user.standing().readable_agency_ids
    reviews = report_policies.reviews(user, report)
    drafts = report_policies.reads_drafts(user, report)
    last = rounds.last(report)
    shown = last if last and (handed_in or not drafts) else None
    since = rounds.since_last(report) if shown else None
    figures, as_of = _figures(report, shown, reads=drafts)
    if drafts and (change or not handed_in):
        sections = _working(report, change, typed or {})
    else:
        sections = _frozen(report, shown, since, typed or {}) if shown else []
    return render(
        request,
        "reporting/report_detail.html",
        {
            "report": report,
            "period": telling.in_words(report.period.period),
            "line": line(report, clock.today()),
            "closing": closing,
            "last": last,
            "since": since,
            "table": table(report.period, figures, as_of) if figures else None,
            "changes": _changes(report, figures) if handed_in and (inside or reviews) else [],
            "sections": sections,
            "begin": write and not (change and report.state != ReportState.NOT_STARTED),
            "write": write,
            "change": change,
            "review": report_policies.may_review(user, report),
            "reviews": reviews,
            "reopen": report_policies.may_reopen(user, report, closing, now),
            "reviewer": report_policies.reviewer_of(report),
            "own": report_policies.writes_own(user, report),
            "print": report_policies.may_print(user, report),
            "formats": [(paper.value, paper.label) for paper in PAPERS],
        },
    )


def _figures(
    report: PeriodReport, shown: Kept | None, *, reads: bool
) -> tuple[Mapping[str, Figures], str]:
    """Frozen where it is handed in, else those of the records, to whom they may be shown."""
    if shown is not None:
        day = localtime(shown.row.submitted_at)
        number = shown.row.number
        return (
            shown.figures,
            f"Số liệu chốt lúc {day:%H:%M} ngày {day:%d/%m/%Y}, lần nộp thứ {number}.",
        )
    if not reads:
        return {}, ""
    today = display(clock.today())
    return period_figures.of_report(report), f"Số liệu hiện nay, ngày {today}, chưa chốt."


def _changes(report: PeriodReport, then: Mapping[str, Figures]) -> list[period_figures.Change]:
    return period_figures.changes(then, period_figures.of_report(report))


def _working(report: PeriodReport, change: Decision, typed: Mapping[str, str]) -> list[Section]:
    """The words as they stand with their author."""
    kept = {section.key: section for section in report.report_sections.all()}
    if not kept:
        return []
    now = draft(telling.told_by(report)) if change else {}
    found = []
    for part, heads in _parts():
        section = kept.get(part.key)
        new = nfc(now.get(part.key, ""))
        offered = new if section is not None and change and new != section.drafted else ""
        found.append(
            Section(
                part,
                heads,
                section.text if section else "",
                kept=section if change else None,
                offered=offered,
                typed=typed.get(part.key),
                returned_reason=section.returned_reason if section else "",
            )
        )
    return found


def _frozen(
    report: PeriodReport, shown: Kept, since: Since | None, typed: Mapping[str, str]
) -> list[Section]:
    """The words of the last submission, marked where they differ from the one before."""
    changed = since.words if since else {}
    reasons = dict(report.report_sections.values_list("key", "returned_reason"))
    return [
        Section(
            part,
            heads,
            shown.row.words.get(part.key, ""),
            typed=typed.get(part.key),
            change=changed.get(part.key),
            returned_reason=reasons.get(part.key, ""),
        )
        for part, heads in _parts()
    ]


def _parts() -> Iterator[tuple[Part, str]]:
    """Each part of the outline with the heading that begins above it."""
    under = ""
    for part in OUTLINE:
        yield part, part.under if part.under != under else ""
        under = part.under


def _year(request: HttpRequest, today: date) -> int:
    text = request.GET.get("nam", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year


def _load(user: User, pk: int) -> PeriodReport:
    rows = PeriodReport.objects.visible_to(user).select_related(
        "agency__province", "unit", "period__regime", "submitted_by", "accepted_by", "returned_by"
    )
    return get_object_or_404(rows, pk=pk)


def _address(report: PeriodReport) -> str:
    return reverse("reporting:report-detail", args=[report.pk])
