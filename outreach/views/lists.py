"""The lists of activities and of placements: filtered by the address, page by page, as files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.db.models import Min, Prefetch, prefetch_related_objects
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import render

from agencies.access import page, roles, signed_in
from agencies.models import User
from agencies.roles import AGENCY_READERS, WRITERS
from cchc.lib import clock
from cchc.lib.csv_lines import csv_lines
from cchc.lib.decisions import Refused
from cchc.lib.keyset import Order, every, turn
from cchc.lib.spreadsheets import write_list
from cchc.lib.tables import Column, Value, display
from cchc.lib.text import words
from outreach import activity_sheet, finding
from outreach.forms.filters import FilterForm
from outreach.models import Activity, Placement, SavedView
from outreach.models.activity import ActivityQuerySet
from outreach.models.placement import PlacementQuerySet
from outreach.models.saved_view import ListPage
from outreach.results_sheet import columns as results
from outreach.title_search import Fetch, newest
from outreach.views.cards import badge
from plans.models import Plan

PAGE_SIZE = 50
# Counted exactly up to here: nobody reads further, and counting a million takes its time.
COUNTED = 1000
# What a file may hold: an Excel sheet of more is for nobody's eyes, a CSV is for programs.
MOST_ROWS = {"xlsx": 50_000, "csv": 200_000}
TOO_MANY = (
    "Bộ lọc này có hơn {most} dòng, quá mức một tệp {kind}; hãy lọc theo kỳ hoặc theo cơ quan"
    "{other} rồi tải lại."
)
NEWEST = Order("moi", "Mới nhập trước", ("id",))
ACTIVITY_ORDERS = (
    NEWEST,
    Order("tieu_de", "Tiêu đề A–Y", ("title_order", "id"), is_descending=False),
)
PLACEMENT_ORDERS = (
    NEWEST,
    Order("ngay_dang", "Ngày đăng (chỉ lượt đã đăng)", ("published_on", "id")),
    Order("ngay_gui", "Ngày gửi (chỉ lượt đã gửi)", ("sent_on", "id")),
    Order("tieu_de", "Tiêu đề A–Y", ("activity__title_order", "id"), is_descending=False),
)
ORDERS = {ListPage.ACTIVITIES: ACTIVITY_ORDERS, ListPage.PLACEMENTS: PLACEMENT_ORDERS}
_DATED = {"published_on", "sent_on"}


@dataclass(frozen=True, slots=True)
class _Listing:
    """One of the two lists, as its page and its files need it."""

    page: ListPage
    form: FilterForm
    rows: Any  # a queryset of activities or of placements
    fetch: Fetch | None = None


@page(roles(*AGENCY_READERS))
def activity_list(request: HttpRequest) -> HttpResponse:
    """Activities that the person may see, filtered by the address."""
    user = signed_in(request)
    listing = _activities(request, user)
    seen = Placement.objects.visible_to(user).select_related("channel").order_by("channel__order")
    context = _context(request, user, listing, listing.rows)
    shown: list[Activity] = context["slice"].rows
    prefetch_related_objects(shown, "agency", "unit", Prefetch("placements", seen))
    context["rows"] = [
        (activity, [(p, badge(p)) for p in activity.placements.all()]) for activity in shown
    ]
    return render(request, "outreach/activity_list.html", context)


@page(roles(*AGENCY_READERS))
def placement_list(request: HttpRequest) -> HttpResponse:
    """Placements that the person may see, filtered by the address."""
    user = signed_in(request)
    listing = _placements(request, user)
    context = _context(request, user, listing, listing.rows.for_list())
    context["rows"] = [
        (placement, badge(placement), results.code_of(placement.pk))
        for placement in context["slice"].rows
    ]
    context["dead_links"] = Placement.objects.visible_to(user).with_dead_link().count()
    return render(request, "outreach/placement_list.html", context)


@page(roles(*AGENCY_READERS))
def activity_export(request: HttpRequest) -> HttpResponseBase:
    """The activities of this view, all pages, as one file."""
    listing = _activities(request, signed_in(request))
    rows = listing.rows.select_related("agency", "unit").prefetch_related("joint_units")
    told = (activity_sheet.row(one) for one in every(rows, listing.form.order))
    return _file(request, listing, activity_sheet.COLUMNS, told, "Tin, bài, hoạt động")


@page(roles(*AGENCY_READERS))
def placement_export(request: HttpRequest) -> HttpResponseBase:
    """The placements of this view, all pages, in the columns that the import reads."""
    listing = _placements(request, signed_in(request))
    told = (results.row(one) for one in every(listing.rows.for_list(), listing.form.order))
    return _file(request, listing, results.COLUMNS, told, "Kết quả tuyên truyền")


def _activities(request: HttpRequest, user: User) -> _Listing:
    form = filters_of(ListPage.ACTIVITIES, request.GET, user)
    rows: ActivityQuerySet = finding.activities(user, form.wanted())
    fetch = quick_way(user, form.wanted()) if form.order is NEWEST else None
    return _Listing(ListPage.ACTIVITIES, form, rows, fetch)


def quick_way(user: User, wanted: finding.Wanted) -> Fetch | None:
    """How the newest of many titles with some words are found on PostgreSQL."""
    asked = words(wanted.text) if finding.is_title(wanted.text) else []
    standing = user.standing()
    if not asked or connection.vendor != "postgresql":
        return None
    elsewhere = standing.overseen_province_ids | standing.edited_agency_ids
    agencies = {wanted.agency} if wanted.agency else standing.readable_agency_ids
    if wanted.agency or not elsewhere:
        scope = Activity.objects.filter(agency__in=agencies)
    else:
        scope = Activity.objects.filter(province__in=standing.province_ids)
    return newest(scope, asked, in_agency=bool(wanted.agency or not elsewhere))


def _placements(request: HttpRequest, user: User) -> _Listing:
    form = filters_of(ListPage.PLACEMENTS, request.GET, user)
    rows: PlacementQuerySet = finding.placements(user, form.wanted())
    if (day := form.order.fields[0]) in _DATED:
        rows = rows.filter(**{f"{day}__isnull": False})
    return _Listing(ListPage.PLACEMENTS, form, rows)


def filters_of(listed: ListPage, asked: QueryDict, user: User) -> FilterForm:
    """The filters of a list, checked."""
    form = FilterForm(asked, user=user, first_year=_first_year(user), orders=ORDERS[listed])
    form.is_valid()
    return form


def _context(request: HttpRequest, user: User, listing: _Listing, rows: Any) -> dict[str, Any]:
    form = listing.form
    views = SavedView.objects.visible_to(user).filter(page=listing.page).select_related("owner")
    shown = turn(rows, form.order, request.GET.get("vi_tri", ""), PAGE_SIZE, listing.fetch)
    query = form.query()
    return {
        "filters": form,
        "faults": [(form.fields[name].label, said) for name, said in form.errors.items()],
        "chips": form.chips(),
        "query": query,
        "slice": shown,
        "count": _count(listing.rows),
        "views": [(view, view.query == query) for view in views.order_by("name", "id")],
        "list_page": listing.page,
        "user": user,
        "may_enter": user.standing().holds(WRITERS),
    }


def _count(rows: Any) -> str:
    """How many there are in words; over a thousand nobody counts."""
    number = rows.order_by()[: COUNTED + 1].count()
    return f"hơn {display(COUNTED)}" if number > COUNTED else display(number)


def _file(
    request: HttpRequest,
    listing: _Listing,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    name: str,
) -> HttpResponseBase:
    """The rows as the kind of file that was asked for; what is too long is said instead."""
    kind = "csv" if request.GET.get("dang") == "csv" else "xlsx"
    most = MOST_ROWS[kind]
    if listing.rows.order_by()[most : most + 1].exists():
        other = ", hoặc tải CSV," if kind == "xlsx" else ""
        raise Refused(TOO_MANY.format(most=display(most), kind=kind.upper(), other=other))
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(
            csv_lines(columns, rows), content_type="text/csv; charset=utf-8"
        )
    else:
        response = FileResponse(
            _workbook(columns, rows, name),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    stamp = f"{clock.today():%Y-%m-%d}"
    plain = "tin-bai" if listing.page == ListPage.ACTIVITIES else "ket-qua"
    full = quote(f"{name} {stamp}.{kind}")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}-{stamp}.{kind}\"; filename*=UTF-8''{full}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _workbook(columns: Sequence[Column], rows: Iterable[Sequence[Value]], name: str) -> Any:
    """An open temporary file; its folder is gone before the answer is."""
    with tempfile.TemporaryDirectory(prefix="cchc-list-") as folder:
        path = Path(folder) / "list.xlsx"
        write_list(path, columns, rows, name=name, created=clock.now())
        return path.open("rb")


def _first_year(user: User) -> int:
    """The year that the choice of periods goes back to, at most ten."""
    this = clock.today().year
    first = Plan.objects.visible_to(user).aggregate(day=Min("starts_on"))["day"]
    return max(min(this - 1, first.year if first else this), this - 10)
