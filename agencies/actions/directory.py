"""The directory: a province, its agencies and their units come into being."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.directory_file import AgencyFacts, DirectoryFacts
from agencies.models import Agency, AgencyName, Province, Unit, User
from agencies.policies import may_install
from cchc.lib.decisions import require

INSTALLED = audit.Verb("directory.install", "Cài danh bạ cơ quan")


@transaction.atomic
def install(*, facts: DirectoryFacts, by: User | None) -> Province:
    """Create what the facts name and the directory lacks; what is there stays as it is.

    Codes are the natural keys. ``by`` None is the administrator at the command line.
    """
    if by is not None:
        require(may_install(by))
    province, _ = Province.objects.get_or_create(code=facts.code, defaults={"name": facts.name})
    known = {agency.code: agency for agency in Agency.objects.filter(province=province)}
    made = 0
    for order, agency in enumerate(facts.agencies, start=1):
        if agency.code not in known:
            known[agency.code] = _create(province, agency, known.get(agency.parent), order)
            made += 1
        made += _create_units(known[agency.code], agency)
    if made:
        audit.record(INSTALLED, province, by=by, after={"code": facts.code, "created": made})
    return province


def _create(province: Province, facts: AgencyFacts, parent: Agency | None, order: int) -> Agency:
    agency = Agency.objects.create(
        province=province,
        code=facts.code,
        kind=facts.kind,
        parent=parent,
        name=facts.names[-1].name,
        short_name=facts.names[-1].short_name,
        place=facts.place,
        order=order,
        established_on=facts.established_on,
        dissolved_on=facts.dissolved_on,
        clears_internally=facts.clears_internally,
    )
    AgencyName.objects.bulk_create(
        AgencyName(
            agency=agency,
            name=name.name,
            short_name=name.short_name,
            since=name.since,
            until=name.until,
        )
        for name in facts.names
    )
    return agency


def _create_units(agency: Agency, facts: AgencyFacts) -> int:
    known = set(agency.units.values_list("code", flat=True))
    missing = [
        Unit(
            agency=agency,
            code=unit.code,
            name=unit.name,
            aliases=list(unit.aliases),
            order=order,
        )
        for order, unit in enumerate(facts.units, start=1)
        if unit.code not in known
    ]
    return len(Unit.objects.bulk_create(missing))
