"""How far all agencies are with a plan that they implement, for those who oversee them."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from agencies.access import SIGNED_IN, page, signed_in
from cchc.lib import clock
from cchc.lib.decisions import require
from cchc.lib.spreadsheets import Sheet
from cchc.lib.tables import Table
from plans.implementing import Survey, survey
from plans.models import Plan
from plans.policies.uptake import may_oversee
from plans.uptake_tables import Only, agency_table, item_table
from plans.views.workbooks import workbook

_BY_ITEM = "noi-dung"


@page(SIGNED_IN)
def province_uptake(request: HttpRequest, pk: int) -> HttpResponse:
    """Agencies worst first, or item by item."""
    plan = _overseen(request, pk)
    found = survey(plan, clock.today())
    only = _only(request)
    context = {
        "plan": plan,
        "table": _table(request, found),
        "by_item": _is_by_item(request),
        "only": only,
        "filters": [(one, sum(map(one.keeps, found.rows))) for one in Only],
        "issued": sum(row.progress.is_issued for row in found.rows),
        "late": sum(Only.LATE.keeps(row) for row in found.rows),
        "whole": sum(
            row.progress.is_issued and not row.progress.tally.missing for row in found.rows
        ),
        "expected": len(found.rows),
        "has_items": bool(found.parent.items),
    }
    return render(request, "plans/province_uptake.html", context)


@page(SIGNED_IN)
def province_uptake_xlsx(request: HttpRequest, pk: int) -> FileResponse:
    """The same table as a workbook, filtered the same."""
    plan = _overseen(request, pk)
    table = _table(request, survey(plan, clock.today()))
    sheet = Sheet("Tình hình triển khai", table, (plan.agency.name.upper(),))
    title = f"Tình hình triển khai {plan.citation}"
    return workbook([sheet], title=title, plain=f"Trien-khai-{plan.pk}")


def _overseen(request: HttpRequest, pk: int) -> Plan:
    user = signed_in(request)
    plans = Plan.objects.visible_to(user).in_force().filter(amends=None)
    plan = get_object_or_404(plans.select_related("agency"), pk=pk)
    require(may_oversee(user, plan))
    return plan


def _table(request: HttpRequest, found: Survey) -> Table:
    today = clock.today()
    if _is_by_item(request):
        return item_table(found, today)
    return agency_table(found, [row for row in found.rows if _only(request).keeps(row)], today)


def _is_by_item(request: HttpRequest) -> bool:
    return request.GET.get("xem") == _BY_ITEM


def _only(request: HttpRequest) -> Only:
    chosen = request.GET.get("loc", "")
    return next((one for one in Only if one.value == chosen), Only.ALL)
