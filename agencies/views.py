"""Pages of the agencies floor: sign-in, password, accounts and the audit trail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from agencies.access import PUBLIC, SIGNED_IN, page, post, roles, signed_in
from agencies.actions import accounts
from agencies.forms import AccountForm, LoginForm, NewPasswordForm
from agencies.models import AuditEntry, User
from agencies.roles import TRAIL_READERS, Role
from cchc.lib import clock

_ADMIN = roles(Role.SYSTEM_ADMIN)
_AUDITED = roles(*TRAIL_READERS)


@page(PUBLIC, form=True)
def log_in(request: HttpRequest) -> HttpResponse:
    """Sign in and go where the person wanted to go."""
    if request.user.is_authenticated:
        return redirect("home")
    form = LoginForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        login(request, user)
        accounts.logged_in(by=user)
        return redirect(_safe_next(request))
    return render(request, "agencies/login.html", {"form": form})


@post(SIGNED_IN)
def log_out(request: HttpRequest) -> HttpResponse:
    """Sign out; by button only, so that no link can do it."""
    accounts.logged_out(by=signed_in(request))
    logout(request)
    return redirect("agencies:login")


@page(SIGNED_IN, form=True)
def password_change(request: HttpRequest) -> HttpResponse:
    """Give oneself a new password and stay signed in."""
    user = signed_in(request)
    form = NewPasswordForm(user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts.change_password(password=form.cleaned_data["new_password1"], by=user)
        user.refresh_from_db()
        update_session_auth_hash(request, user)
        messages.success(request, "Đã đổi mật khẩu.")
        return redirect("home")
    return render(request, "agencies/password_change.html", {"form": form})


@page(_ADMIN)
def user_list(request: HttpRequest) -> HttpResponse:
    """Accounts of the administrator's provinces with their roles."""
    people = (
        User.objects.filter(
            memberships__agency__province__in=signed_in(request).standing().province_ids
        )
        .distinct()
        .order_by("username")
        .prefetch_related("memberships__agency", "memberships__unit")
    )
    people_page = Paginator(people, 50).get_page(request.GET.get("page"))
    return render(request, "agencies/user_list.html", {"people": people_page})


@page(_ADMIN, form=True)
@transaction.atomic
def user_add(request: HttpRequest) -> HttpResponse:
    """A new account with its first role."""
    by = signed_in(request)
    form = AccountForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = accounts.create(
            username=data["username"],
            full_name=data["full_name"],
            position=data["position"],
            email=data["email"],
            password=data["password"],
            by=by,
        )
        accounts.assign(
            user=person,
            agency=data["agency"],
            unit=data["unit"],
            role=Role(data["role"]),
            since=clock.today(),
            by=by,
        )
        messages.success(request, f"Đã tạo tài khoản {person.username}.")
        return redirect("agencies:user-list")
    return render(request, "agencies/user_form.html", {"form": form})


@post(_ADMIN)
def user_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock or unlock an account."""
    by = signed_in(request)
    people = User.objects.filter(
        memberships__agency__province__in=by.standing().province_ids
    ).distinct()
    person = get_object_or_404(people, pk=pk)
    accounts.switch(user=person, active=not person.is_active, by=by)
    return redirect("agencies:user-list")


@page(_AUDITED)
def audit_list(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    entries = (
        AuditEntry.objects.visible_to(signed_in(request))
        .select_related("agency")
        .order_by("-at", "-id")
    )
    entries_page = Paginator(entries, 50).get_page(request.GET.get("page"))
    return render(request, "agencies/audit_list.html", {"entries": entries_page})


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return resolve_url("home")
