"""The life of a period report: drafted, handed in with frozen figures, taken, reopened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from agencies.audit import Verb, record
from agencies.models import AgencyName, User
from cchc.lib import clock
from cchc.lib.decisions import Refused, require
from cchc.lib.tables import display
from cchc.lib.text import nfc
from reporting import period_figures, report_policies, telling
from reporting.drafting import draft
from reporting.models import Closing, PeriodReport, ReportFigure, ReportRound, ReportSection
from reporting.models.period_report import ReportState
from reporting.outline import KEYS
from reporting.period_figures import OUTCOMES, Figures

BEGUN = Verb("report.begin", "Lập báo cáo định kỳ")
WRITTEN = Verb("report.write", "Sửa báo cáo định kỳ")
REDRAFTED = Verb("report.redraft", "Soạn lại báo cáo theo số liệu mới")
SUBMITTED = Verb("report.submit", "Nộp báo cáo định kỳ")
RETURNED = Verb("report.return", "Trả lại báo cáo định kỳ")
ACCEPTED = Verb("report.accept", "Tiếp nhận báo cáo định kỳ")
REOPENED = Verb("report.reopen", "Mở lại kỳ báo cáo đã khóa")

LONGEST = 20_000
# Control and other characters that XML, and so DOCX and XLSX, cannot hold.
_UNPRINTABLE = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")

UNKNOWN_PART = "Báo cáo không có mục này."
CHANGED_MEANWHILE = (
    "Mục này vừa được người khác sửa. Nội dung anh/chị nhập còn ở ô bên dưới; hãy đối chiếu rồi "
    "lưu lại."
)
REASON_NEEDED = "Hãy ghi lý do trả lại, chung hoặc theo từng mục."
CHANGED_SINCE_OFFERED = "Mục này vừa được người khác sửa; hãy xem lại rồi mới thay."
TOO_LONG = "Mỗi mục tối đa 20.000 ký tự; mục này có {count} ký tự."
NOT_BEGUN = "Báo cáo chưa được lập nên chưa nộp được."
TOO_EARLY = "Số liệu của kỳ chốt hết ngày {end}; nộp được từ ngày {day}."
HANDED_IN_ANEW = "Báo cáo vừa được nộp lại; hãy đọc lần nộp mới rồi mới tiếp nhận, trả lại."
UNTIL_NEEDED = "Thời điểm đóng lại phải sau thời điểm hiện tại."
WHY_NEEDED = "Hãy ghi lý do mở lại."


@transaction.atomic
def begin(*, report: PeriodReport, by: User) -> PeriodReport:
    """The words that the figures say, as a first draft; what was written stays."""
    locked = _to_begin(report, by)
    texts = _drafted(locked)
    known = set(locked.report_sections.values_list("key", flat=True))
    ReportSection.objects.bulk_create(
        ReportSection(report=locked, key=key, text=texts[key], drafted=texts[key])
        for key in KEYS
        if key not in known
    )
    if locked.state == ReportState.NOT_STARTED:
        locked.state = ReportState.DRAFT
    locked.on_behalf = not report_policies.writes_own(by, locked)
    locked.save(update_fields=["state", "on_behalf"])
    record(BEGUN, locked, by=by, agency=locked.agency, after={"state": locked.state})
    return locked


@transaction.atomic
def write(*, report: PeriodReport, key: str, text: str, before: str, by: User) -> ReportSection:
    """Keep one section's words; ``before`` are those that the author began with."""
    locked = _to_write(report, by)
    section = locked.report_sections.filter(key=key).first()
    if section is None:
        raise Refused(UNKNOWN_PART)
    text = _tidy(text)
    if len(text) > LONGEST:
        raise Refused(TOO_LONG.format(count=len(text)))
    if section.text == text:
        return section
    if section.text != _tidy(before):
        raise Refused(CHANGED_MEANWHILE)
    told = {"key": key, "text": section.text}
    section.text = text
    section.save(update_fields=["text"])
    if locked.on_behalf and report_policies.writes_own(by, locked):
        locked.on_behalf = False
        locked.save(update_fields=["on_behalf"])
    after = {"key": key, "text": text}
    record(WRITTEN, locked, by=by, agency=locked.agency, before=told, after=after)
    return section


@transaction.atomic
def redraft(
    *, report: PeriodReport, keys: list[str], by: User, before: str | None = None
) -> PeriodReport:
    """Take for these sections what the figures say by now; ``before`` are the words to replace."""
    locked = _to_write(report, by)
    texts = _drafted(locked)
    sections = list(locked.report_sections.filter(key__in=keys))
    if {section.key for section in sections} != set(keys):
        raise Refused(UNKNOWN_PART)
    if before is not None and any(section.text != _tidy(before) for section in sections):
        raise Refused(CHANGED_SINCE_OFFERED)
    for section in sections:
        section.text = section.drafted = texts[section.key]
        section.save(update_fields=["text", "drafted"])
    record(REDRAFTED, locked, by=by, agency=locked.agency, after={"keys": sorted(keys)})
    return locked


@transaction.atomic
def submit(*, report: PeriodReport, by: User) -> PeriodReport:
    """Hand it in: the figures become rows with the names of today, and stay."""
    locked = _to_write(report, by)
    if not locked.report_sections.exists():
        raise Refused(NOT_BEGUN)
    today, end = clock.today(), locked.period.window_end
    if today <= end:
        raise Refused(TOO_EARLY.format(end=display(end), day=display(end + timedelta(1))))
    locked.round += 1
    locked.state = ReportState.SUBMITTED
    locked.submitted_at, locked.submitted_by = clock.now(), by
    locked.first_submitted_on = locked.first_submitted_on or today
    locked.on_behalf = not report_policies.writes_own(by, locked)
    locked.accepted_at = locked.accepted_by = None
    locked.save()
    _freeze(locked, period_figures.of_report(locked), locked.submitted_at, by)
    locked.report_sections.update(returned_reason="")
    after = {"round": locked.round, "on_behalf": locked.on_behalf}
    record(SUBMITTED, locked, by=by, agency=locked.agency, after=after)
    return locked


@transaction.atomic
def return_(
    *,
    report: PeriodReport,
    reason: str,
    sections: Mapping[str, str],
    by: User,
    seen: int | None = None,
) -> PeriodReport:
    """Back to its author, with what to change, as a whole or section by section.

    ``seen`` is the submission that the reviewer read.
    """
    locked = _locked(report)
    require(report_policies.may_review(by, locked))
    _same_round(locked, seen)
    wanted = {key: text.strip() for key, text in sections.items() if text.strip()}
    if not reason.strip() and not wanted:
        raise Refused(REASON_NEEDED)
    if set(wanted) - set(KEYS):
        raise Refused(UNKNOWN_PART)
    for section in locked.report_sections.all():
        section.returned_reason = wanted.get(section.key, "")
        section.save(update_fields=["returned_reason"])
    locked.state = ReportState.RETURNED
    locked.returned_at, locked.returned_by = clock.now(), by
    locked.returned_reason = reason.strip()
    locked.save()
    after = {"round": locked.round, "sections": wanted}
    record(RETURNED, locked, by=by, agency=locked.agency, reason=reason.strip(), after=after)
    return locked


@transaction.atomic
def accept(*, report: PeriodReport, by: User, seen: int | None = None) -> PeriodReport:
    """Take the submission that was read; the period is closed for its reporter from now on."""
    locked = _locked(report)
    require(report_policies.may_review(by, locked))
    _same_round(locked, seen)
    locked.state = ReportState.ACCEPTED
    locked.accepted_at, locked.accepted_by = clock.now(), by
    locked.save()
    _close(locked, by, "Tiếp nhận báo cáo định kỳ")
    record(ACCEPTED, locked, by=by, agency=locked.agency, after={"round": locked.round})
    return locked


@transaction.atomic
def reopen(*, report: PeriodReport, until: datetime, reason: str, by: User) -> Closing:
    """An exception: until then it may be changed and handed in once more."""
    locked = _locked(report)
    now = clock.now()
    closing = _closing(locked)
    require(report_policies.may_reopen(by, locked, closing, now))
    if until <= now:
        raise Refused(UNTIL_NEEDED)
    if not reason.strip():
        raise Refused(WHY_NEEDED)
    if closing is None:
        closing = _close(locked, by, "Quá ngày khóa sổ")
    closing.reopened_until, closing.reopened_by = until, by
    closing.reopened_reason = reason.strip()
    closing.save()
    after = {"until": until.isoformat()}
    record(REOPENED, locked, by=by, agency=locked.agency, reason=reason.strip(), after=after)
    return closing


def _to_begin(report: PeriodReport, by: User) -> PeriodReport:
    locked = _locked(report)
    require(report_policies.may_write(by, locked, _closing(locked), clock.now()))
    return locked


def _to_write(report: PeriodReport, by: User) -> PeriodReport:
    locked = _locked(report)
    require(report_policies.may_change_words(by, locked, _closing(locked), clock.now()))
    return locked


def _same_round(report: PeriodReport, seen: int | None) -> None:
    if seen is not None and seen != report.round:
        raise Refused(HANDED_IN_ANEW)


def _locked(report: PeriodReport) -> PeriodReport:
    return (
        PeriodReport.objects.select_for_update(of=("self",))
        .select_related("agency__province", "unit", "period__regime")
        .get(pk=report.pk)
    )


def _closing(report: PeriodReport) -> Closing | None:
    return Closing.objects.of(report).first()


def _close(report: PeriodReport, by: User, reason: str) -> Closing:
    """Closed anew: an exception ends with the report that it was for."""
    closing, _ = Closing.objects.update_or_create(
        agency=report.agency,
        unit=report.unit,
        period=report.period,
        defaults={
            "closed_at": clock.now(),
            "closed_by": by,
            "reason": reason,
            "reopened_until": None,
            "reopened_by": None,
            "reopened_reason": "",
        },
    )
    return closing


def _freeze(report: PeriodReport, figures: Mapping[str, Figures], at: datetime, by: User) -> None:
    """The submission as it is today: its words, its names, its days and its figures."""
    period, agency = report.period, report.agency
    name = AgencyName.objects.filter(agency=agency).on(localtime(at).date()).first()
    ReportRound.objects.create(
        report=report,
        number=report.round,
        words=dict(report.report_sections.values_list("key", "text")),
        agency_name=name.name if name else agency.name,
        unit_name=report.unit.name if report.unit else "",
        window_start=period.window_start,
        window_end=period.window_end,
        cumulative_start=period.cumulative_start,
        submitted_at=at,
        submitted_by=by,
        on_behalf=report.on_behalf,
    )
    ReportFigure.objects.bulk_create(
        ReportFigure(
            report=report,
            round=report.round,
            scope=scope,
            group=line.group,
            order=order,
            label=line.label,
            pieces=line.pieces,
            explained=line.explained,
            **{name: getattr(line.score, name) for name in OUTCOMES},
        )
        for scope, found in figures.items()
        for order, line in enumerate(found.lines, start=1)
    )


def _drafted(report: PeriodReport) -> dict[str, str]:
    return {key: _tidy(text) for key, text in draft(telling.told_by(report)).items()}


def _tidy(text: str) -> str:
    """NFC, one kind of line end, nothing that no document can hold."""
    lines = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", lines).strip()
