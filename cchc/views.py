"""The pages of the roof: the way home, the health page and the error pages."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agencies.access import PUBLIC, SIGNED_IN, page, signed_in
from agencies.roles import Role

# Who oversees provinces starts there; else the first role held in this order decides.
_HOMES = (
    (Role.AGENCY_OFFICE, "reporting:agency-matrix"),
    (Role.UNIT_HEAD, "reporting:unit-owes"),
    (Role.CHANNEL_EDITOR, "outreach:review-queue"),
    (Role.OFFICER, "outreach:todo"),
    (Role.SYSTEM_ADMIN, "agencies:user-list"),
)


@page(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the page that the person's first role works on."""
    standing = signed_in(request).standing()
    if overseen := len(standing.overseen_province_ids):
        return redirect("reporting:province-matrix" if overseen == 1 else "reporting:nation")
    for role, name in _HOMES:
        if role in standing.roles:
            return redirect(name)
    return redirect("reporting:agency-matrix" if standing.posts else "plans:plan-list")


@page(PUBLIC)
def health(request: HttpRequest) -> HttpResponse:
    """``ok`` when the database answers."""
    connection.ensure_connection()
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in the program's own words."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 in the program's own words."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the program's own words."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500 in the program's own words, without asking the database for anything."""
    return render(None, "500.html", status=500)
