"""A province's own days off and days worked in exchange: added, put right, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from agencies import audit, workdays
from agencies.models import CalendarDay, Province, User
from agencies.policies import may_keep_calendar
from cchc.lib.decisions import Refused, require

ADDED = audit.Verb("calendar.add", "Ghi ngày nghỉ, ngày làm bù")
CORRECTED = audit.Verb("calendar.correct", "Sửa ngày nghỉ, ngày làm bù")
REMOVED = audit.Verb("calendar.remove", "Bỏ ngày nghỉ, ngày làm bù")


@dataclass(frozen=True, slots=True)
class DayTerms:
    """What is said of one day."""

    day: date
    is_working: bool
    note: str


@transaction.atomic
def add(
    *, province: Province, off: Mapping[date, str], worked: Mapping[date, str], by: User
) -> list[CalendarDay]:
    """Days off and days worked, with what is said of each; all of them or none."""
    locked = _hold(province)
    require(may_keep_calendar(by, locked))
    told = [DayTerms(day, False, note) for day, note in off.items()]
    told += [DayTerms(day, True, note) for day, note in worked.items()]
    if not told:
        raise Refused("Chưa có ngày nào để ghi: các ngày này vốn đã là ngày nghỉ cuối tuần.")
    for terms in told:
        _check(locked, terms)
    rows = [
        CalendarDay(province=locked, day=t.day, is_working=t.is_working, note=t.note)
        for t in sorted(told, key=lambda t: t.day)
    ]
    made = CalendarDay.objects.bulk_create(rows)
    after = {f"{row.day:%d/%m/%Y}": _said(row) for row in made}
    audit.record(ADDED, made[0], by=by, province=locked, after=after)
    return made


@transaction.atomic
def correct(*, calendar_day: CalendarDay, terms: DayTerms, by: User) -> CalendarDay:
    """Put right the day, whether it is worked, and what is said of it."""
    locked = _locked(calendar_day)
    require(may_keep_calendar(by, locked.province))
    _check(locked.province, terms, locked)
    before = {f"{locked.day:%d/%m/%Y}": _said(locked)}
    locked.day, locked.is_working, locked.note = terms.day, terms.is_working, terms.note
    locked.save()
    after = {f"{locked.day:%d/%m/%Y}": _said(locked)}
    audit.record(CORRECTED, locked, by=by, province=locked.province, before=before, after=after)
    return locked


@transaction.atomic
def remove(*, calendar_day: CalendarDay, by: User) -> None:
    """What the law says of the day holds again."""
    locked = _locked(calendar_day)
    require(may_keep_calendar(by, locked.province))
    before = {f"{locked.day:%d/%m/%Y}": _said(locked)}
    key = locked.pk
    locked.delete()
    locked.pk = key
    audit.record(REMOVED, locked, by=by, province=locked.province, before=before)


def _hold(province: Province) -> Province:
    """Nobody else changes this province's calendar meanwhile."""
    return Province.objects.select_for_update().get(pk=province.pk)


def _locked(calendar_day: CalendarDay) -> CalendarDay:
    province = _hold(calendar_day.province)
    locked = CalendarDay.objects.select_for_update(of=("self",)).filter(pk=calendar_day.pk).first()
    if locked is None:
        raise Refused("Ngày này vừa được người khác bỏ khỏi lịch.")
    locked.province = province
    return locked


def _check(province: Province, terms: DayTerms, itself: CalendarDay | None = None) -> None:
    """Once per day, and only where it changes or renames something."""
    others = CalendarDay.objects.filter(province=province, day=terms.day)
    taken = others.exclude(pk=itself.pk).first() if itself else others.first()
    if taken is not None:
        raise Refused(f"Ngày {taken} đã có trong lịch; hãy sửa dòng đó.")
    by_law = CalendarDay.objects.none().changes(province.pk, terms.day, terms.day)
    if not by_law and workdays.is_working(terms.day, {}) == terms.is_working:
        what = "ngày làm việc" if terms.is_working else "ngày nghỉ cuối tuần"
        raise Refused(
            f"{workdays.weekday(terms.day)} {terms.day:%d/%m/%Y} vốn là {what}, không cần ghi."
        )


def _said(row: CalendarDay) -> str:
    return f"{'Làm việc' if row.is_working else 'Nghỉ'}: {row.note}"
