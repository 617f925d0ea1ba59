"""Deny by default: a view says who may enter, or nobody does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from agencies.roles import Role

if TYPE_CHECKING:
    from agencies.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may enter a page: anybody (``public``), any signed-in user, or holders of a role."""

    public: bool = False
    roles: frozenset[Role] = frozenset()


PUBLIC = Access(public=True)
SIGNED_IN = Access()


def roles(*allowed: Role) -> Access:
    """Only people who hold one of these roles somewhere."""
    return Access(roles=frozenset(allowed))


def page(access: Access, *, form: bool = False) -> Callable[[View[P]], View[P]]:
    """A page that is read; with ``form`` it is also posted to."""
    return _declare(access, ("GET", "HEAD", "POST") if form else ("GET", "HEAD"))


def post(access: Access) -> Callable[[View[P]], View[P]]:
    """A button: POST only."""
    return _declare(access, ("POST",))


def _declare(access: Access, methods: tuple[str, ...]) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return decorate


def declared(view: Callable[..., Any]) -> Access | None:
    """What the view declares, None when it declares nothing."""
    access = getattr(view, "access", None)
    return access if isinstance(access, Access) else None


def signed_in(request: HttpRequest) -> User:
    """The signed-in user; the middleware has let nobody else through."""
    return cast("User", request.user)
