"""The middleware that enforces what views declare, and turns refusals into sentences."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from agencies.access import declared
from agencies.audit import request_id
from agencies.models import User
from agencies.roles import Role
from cchc.lib.decisions import Refused

NOT_DECLARED = "Trang này chưa khai báo quyền truy cập nên không mở được."
NOT_YOUR_ROLE = "Trang này dành cho: {roles}. Tài khoản của anh/chị không có vai trò đó."


class AccessMiddleware:
    """Asks every view for its declaration before it runs, and shows refusals as sentences."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request an id that all its audit entries share."""
        token = request_id.set(uuid.uuid4().hex)
        try:
            return self.get_response(request)
        finally:
            request_id.reset(token)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request pass, send it to the log-in page, or refuse it."""
        access = declared(view)
        if access is None:
            return _refuse(request, NOT_DECLARED)
        if access.public:
            return None
        if not isinstance(request.user, User):
            return _to_login(request)
        if access.roles and not access.roles & request.user.standing().roles:
            labels = ", ".join(role.label for role in Role if role in access.roles)
            return _refuse(request, NOT_YOUR_ROLE.format(roles=labels))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refused action becomes a 403 page with its sentence."""
        return _refuse(request, str(error)) if isinstance(error, Refused) else None


def _refuse(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "403.html", {"reason": reason}, status=403)


def _to_login(request: HttpRequest) -> HttpResponseBase:
    is_part = bool(request.headers.get("HX-Request"))
    is_page = request.method in {"GET", "HEAD"} and not is_part
    response = redirect_to_login(request.get_full_path() if is_page else _page_around(request))
    return HttpResponseClientRedirect(response.url) if is_part else response


def _page_around(request: HttpRequest) -> str:
    """The page of the button that was pressed, or of the part that was asked for."""
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    return urlsplit(shown)._replace(scheme="", netloc="").geturl() or reverse("home")
