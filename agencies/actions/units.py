"""Units of an agency: added, put right, ended; nothing that somebody points to goes away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.db.models.deletion import ProtectedError

from agencies import audit
from agencies.models import Agency, Unit, User
from agencies.policies import may_end_unit, may_keep_units
from agencies.unit_names import bare, spoken_name
from cchc.lib import names
from cchc.lib.decisions import Refused, require

ADDED = audit.Verb("unit.add", "Thêm đơn vị")
CORRECTED = audit.Verb("unit.correct", "Sửa đơn vị")
ENDED = audit.Verb("unit.end", "Kết thúc đơn vị")
REMOVED = audit.Verb("unit.remove", "Xóa đơn vị")

_MOST_CODE = 20


@dataclass(frozen=True, slots=True)
class UnitTerms:
    """What the office says of a unit; without ``order`` it stands last."""

    name: str
    aliases: Sequence[str] = ()
    order: int | None = None
    since: date | None = None
    until: date | None = None


@transaction.atomic
def add(*, agency: Agency, terms: UnitTerms, by: User) -> Unit:
    """A unit that the agency did not have; its code is made from the name and stays."""
    locked = _hold(agency)
    require(may_keep_units(by, locked))
    unit = Unit(agency=locked)
    _fill(unit, terms)
    unit.code = _new_code(unit)
    unit.save()
    audit.record(ADDED, unit, by=by, agency=locked, after=_facts(unit))
    return unit


@transaction.atomic
def correct(*, unit: Unit, terms: UnitTerms, by: User) -> Unit:
    """Put right what is said of a unit; a former name stays as another name."""
    locked = _locked(unit)
    require(may_keep_units(by, locked.agency))
    before = _facts(locked)
    former = locked.name
    _fill(locked, terms, former)
    locked.save()
    after = _facts(locked)
    audit.record(CORRECTED, locked, by=by, agency=locked.agency, before=before, after=after)
    return locked


@transaction.atomic
def end(*, unit: Unit, until: date, by: User) -> Unit:
    """The unit's last day; its past work and its names stay."""
    locked = _locked(unit)
    require(may_end_unit(by, locked))
    locked.until = until
    _check_days(locked)
    locked.save(update_fields=["until"])
    after = {"until": f"{until:%d/%m/%Y}"}
    audit.record(ENDED, locked, by=by, agency=locked.agency, after=after)
    return locked


@transaction.atomic
def remove(*, unit: Unit, by: User) -> None:
    """Take out a unit that was added by mistake and that nothing points to."""
    locked = _locked(unit)
    require(may_keep_units(by, locked.agency))
    key, before = locked.pk, _facts(locked)
    try:
        locked.delete()
    except ProtectedError as error:
        raise Refused(
            f"{locked.name} đã có người, công việc hoặc tin, bài nên không xóa được; "
            "nếu không còn hoạt động thì ghi ngày kết thúc."
        ) from error
    locked.pk = key
    audit.record(REMOVED, locked, by=by, agency=locked.agency, before=before)


def _hold(agency: Agency) -> Agency:
    """Nobody else gives a name of this agency's units meanwhile."""
    return (
        Agency.objects.select_for_update(of=("self",)).select_related("province").get(pk=agency.pk)
    )


def _locked(unit: Unit) -> Unit:
    agency = _hold(unit.agency)
    locked = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    locked.agency = agency
    return locked


def _fill(unit: Unit, terms: UnitTerms, *former: str) -> None:
    unit.name = terms.name
    unit.aliases = names.aliases([*terms.aliases, *former], terms.name)
    unit.since, unit.until = terms.since, terms.until
    if terms.order is not None:
        unit.order = terms.order
    elif unit.pk is None:
        last = Unit.objects.filter(agency=unit.agency).aggregate(last=Max("order"))["last"]
        unit.order = (last or 0) + 1
    _check_days(unit)
    _refuse_taken_names(unit)


def _check_days(unit: Unit) -> None:
    if unit.since and unit.until and unit.until < unit.since:
        raise Refused(
            f"{unit.name} hoạt động từ ngày {unit.since:%d/%m/%Y}; "
            "ngày kết thúc không được trước ngày đó."
        )


def _refuse_taken_names(unit: Unit) -> None:
    others = Unit.objects.filter(agency=unit.agency).exclude(pk=unit.pk).in_order()
    borne = ((name, one.name) for one in others for name in (one.name, *one.aliases))
    taken = names.clash((unit.name, *unit.aliases), borne, spoken_name)
    if taken is not None:
        name, owner = taken
        called = "" if name == owner else f", được hiểu cùng tên với “{name}”"
        raise Refused(
            f"Cơ quan đã có {owner}{called}; mỗi tên chỉ dùng cho một đơn vị, "
            "để phụ lục không bị hiểu nhầm."
        )


def _new_code(unit: Unit) -> str:
    """Also no agency's of the province: an annex may name both."""
    units = Unit.objects.filter(agency=unit.agency).values_list("code", flat=True)
    agencies = Agency.objects.filter(province=unit.agency.province_id)
    taken = {*units, *agencies.values_list("code", flat=True)}
    code = names.initials(bare(unit.name), _MOST_CODE) or "DV"
    return names.free(code, taken, _MOST_CODE)


def _facts(unit: Unit) -> dict[str, object]:
    return {
        "code": unit.code,
        "name": unit.name,
        "aliases": list(unit.aliases),
        "order": unit.order,
        "since": f"{unit.since:%d/%m/%Y}" if unit.since else "",
        "until": f"{unit.until:%d/%m/%Y}" if unit.until else "",
    }
