"""Keeping the filters of a list under a name."""

from __future__ import annotations

from django.db import transaction

from agencies.audit import Verb, record
from agencies.models import Agency, User
from cchc.lib.decisions import Refused, require
from cchc.lib.text import squeeze
from outreach.models import SavedView
from outreach.models.saved_view import ListPage
from outreach.view_policies import may_change, may_save

SAVED = Verb("saved_view.save", "Lưu bộ lọc")
CHANGED = Verb("saved_view.change", "Đổi tên, chia sẻ bộ lọc")
REMOVED = Verb("saved_view.remove", "Xóa bộ lọc đã lưu")
NAMED_ALREADY = "Anh/chị đã có bộ lọc tên “{name}”; hãy đặt tên khác."


@transaction.atomic
def save(
    *, page: ListPage, name: str, query: str, share_with: Agency | None, by: User
) -> SavedView:
    """Keep a query of a list; shared when an agency is given."""
    require(may_save(by, share_with))
    # The owner's row is the turnstile: two of one name cannot come at once.
    User.objects.select_for_update().get(pk=by.pk)
    view = SavedView(owner=by, page=page)
    _write(view, name, share_with)
    view.query = query
    view.save()
    record(SAVED, view, by=by, agency=share_with or _own(by), after=_told(view))
    return view


@transaction.atomic
def change(*, view: SavedView, name: str, share_with: Agency | None, by: User) -> SavedView:
    """Give it another name, share it, or keep it for oneself again."""
    User.objects.select_for_update().get(pk=by.pk)
    view = SavedView.objects.select_for_update(of=("self",)).get(pk=view.pk)
    require(may_change(by, view))
    require(may_save(by, share_with))
    before = _told(view)
    _write(view, name, share_with)
    view.save(update_fields=["name", "is_shared", "agency"])
    record(CHANGED, view, by=by, agency=_own(by), before=before, after=_told(view))
    return view


@transaction.atomic
def remove(*, view: SavedView, by: User) -> None:
    """Forget it."""
    view = SavedView.objects.select_for_update(of=("self",)).get(pk=view.pk)
    require(may_change(by, view))
    gone = SavedView(pk=view.pk, name=view.name)
    view.delete()
    record(REMOVED, gone, by=by, agency=_own(by))


def _write(view: SavedView, name: str, share_with: Agency | None) -> None:
    view.name = squeeze(name)[:80]
    view.agency, view.is_shared = share_with, share_with is not None
    same = SavedView.objects.filter(owner=view.owner, page=view.page, name=view.name)
    if same.exclude(pk=view.pk).exists():
        raise Refused(NAMED_ALREADY.format(name=view.name))


def _told(view: SavedView) -> dict[str, str | bool]:
    return {"name": view.name, "page": view.page, "query": view.query, "shared": view.is_shared}


def _own(user: User) -> Agency | None:
    """The agency in whose trail it is told."""
    return Agency.objects.filter(pk__in=user.standing().readable_agency_ids).order_by("pk").first()
