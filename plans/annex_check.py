"""An annex checked against the plan that it is for; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agencies.models import Agency, AgencyName, Unit
from cchc.lib.cells import Grid
from cchc.lib.facts import FactsError
from plans import annex_sheet
from plans.annex_sheet import KnownName, Limits, Reading
from plans.models import Assignee, Plan, Task


def check(plan: Plan, grids: Sequence[Grid], answers: Mapping[str, str]) -> Reading:
    """What the annex says, read with the names of the plan's agency and the plan's year.

    ``answers`` says of names that nobody knows which code they mean; "" is a group.
    """
    known = list(known_names(plan))
    by_code = {one.code: one for one in reversed(known)}
    wrong = [code for code in answers.values() if code and code not in by_code]
    if wrong:
        raise FactsError(f"Không có đơn vị hay cơ quan nào mang mã “{wrong[0]}”.")
    answered = [
        KnownName(code, (name,), is_agency=bool(code) and by_code[code].is_agency)
        for name, code in answers.items()
    ]
    return annex_sheet.read(grids, year=plan.year, units=known + answered, limits=_limits())


def known_names(plan: Plan) -> Iterator[KnownName]:
    """The agency's own units, then the agencies of its province under all their dated names."""
    for unit in Unit.objects.filter(agency=plan.agency_id).in_order():
        yield KnownName(unit.code, (unit.name, *unit.aliases))
    older: dict[int, list[str]] = {}
    for name in AgencyName.objects.filter(agency__province=plan.province_id).order_by("id"):
        older.setdefault(name.agency_id, []).extend((name.name, name.short_name))
    for agency in Agency.objects.filter(province=plan.province_id).in_order():
        names = dict.fromkeys([agency.name, agency.short_name, *older.get(agency.pk, [])])
        yield KnownName(agency.code, tuple(names), is_agency=True)


def _limits() -> Limits:
    """As much as the tables hold."""
    task, assignee = Task._meta, Assignee._meta
    return Limits(
        code=task.get_field("code").max_length,
        area=task.get_field("area").max_length,
        title=task.get_field("title").max_length,
        group=assignee.get_field("group").max_length,
        qualifier=assignee.get_field("qualifier").max_length,
    )
