"""Rows brought to what is wanted by their uids: few statements, and only for what differs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db import models
from django.db.models import F

M = TypeVar("M", bound=models.Model)
Values = Mapping[str, Any]

# Beyond every place that a row can have: there it waits while another takes its own.
_AWAY = 1_000_000
_WAITING = 0


def rewrite(
    model: type[M],
    present: Mapping[str, M],
    wanted: Mapping[str, Values],
    *,
    base: Values,
    parents: Mapping[str, str] | None = None,
    staying: Collection[int] = (),
    revision: int = 0,
    unique: Collection[str] = ("order",),
) -> dict[str, M]:
    """Create, change and remove rows; the rows that are wanted, by their uids.

    ``base`` are the values of every new row. ``parents`` maps a row's uid to its parent's, "" for
    none. Rows that nobody wants are deleted, except those ``staying``, which are marked as
    removed in that revision. ``unique`` are the fields no two rows may share even for a moment.
    """
    rows = model._base_manager
    gone = [row for uid, row in present.items() if uid not in wanted and not _is_removed(row)]
    marked = [row.pk for row in gone if row.pk in staying]
    dropped = [row.pk for row in gone if row.pk not in staying]
    changed = {
        uid: names for uid, row in present.items() if (names := _assign(row, wanted.get(uid, {})))
    }
    moved = [uid for uid, names in changed.items() if not names.isdisjoint(unique)]
    if marked:
        rows.filter(pk__in=marked).update(removed_in=revision)
    _put_away(rows, dropped + [present[uid].pk for uid in moved])
    for uid in moved:
        changed[uid] |= _waiting_fields(model)
    new = {
        uid: model(uid=uid, **base, **values)
        for uid, values in wanted.items()
        if uid not in present
    }
    rows.bulk_create(new.values())
    found = {uid: new[uid] if uid in new else present[uid] for uid in wanted}
    for uid, parent in (parents or {}).items():
        key = found[parent].pk if parent else None
        if _assign(found[uid], {"parent_id": key}):
            changed.setdefault(uid, set()).add("parent_id")
    fields = set().union(*changed.values())
    if fields:
        rows.bulk_update([found[uid] for uid in changed], sorted(fields))
    if dropped:
        if parents is not None:  # those that stay, now or since an earlier amendment
            rows.filter(parent__in=dropped).exclude(pk__in=dropped).update(parent=None)
        rows.filter(pk__in=dropped).delete()
    return found


def by_uid(rows: models.QuerySet[M]) -> dict[str, M]:
    """The rows by their uids."""
    return {str(getattr(row, "uid")): row for row in rows}  # noqa: B009 - not every model has it


def _assign(row: models.Model, values: Values) -> set[str]:
    """Set what differs; the names of those fields."""
    differing = {name for name, value in values.items() if getattr(row, name) != value}
    for name in differing:
        setattr(row, name, values[name])
    return differing


def _is_removed(row: models.Model) -> bool:
    return getattr(row, "removed_in", None) is not None


def _has_removal(model: type[models.Model]) -> bool:
    return any(field.name == "removed_in" for field in model._meta.fields)


def _waiting_fields(model: type[models.Model]) -> set[str]:
    return {"removed_in"} if _has_removal(model) else set()


def _put_away(rows: models.Manager[M], keys: Collection[int]) -> None:
    """Out of the reach of the unique constraints; those of removable rows ask for no removal."""
    if not keys:
        return
    if _has_removal(rows.model):
        rows.filter(pk__in=keys).update(removed_in=_WAITING)
    else:
        rows.filter(pk__in=keys).update(order=F("order") + _AWAY)
