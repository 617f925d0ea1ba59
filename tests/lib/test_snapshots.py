"""What is read inside a snapshot is of one moment, whoever writes meanwhile."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from agencies.models import Province
from cchc.lib.snapshots import snapshot
from tests.factories import make_province

pytestmark = [pytest.mark.core, pytest.mark.django_db(transaction=True)]


def beside(name: str) -> None:
    """Another connection writes, and does not wait for the reader."""

    def write() -> None:
        Province.objects.update(name=name)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


def names() -> list[str]:
    return list(Province.objects.values_list("name", flat=True))


def test_a_write_in_between_is_seen_afterwards() -> None:
    make_province(name="Trước")
    with snapshot():
        before = names()
        beside("Sau")
        assert names() == before == ["Trước"]
    assert names() == ["Sau"]


def test_after_it_one_writes_as_before() -> None:
    province = make_province(name="Trước")
    with snapshot():
        names()
    province.name = "Sau"
    province.save()
    if connection.vendor == "sqlite":
        assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


def test_inside_a_transaction_it_leaves_that_one_alone() -> None:
    with transaction.atomic(), snapshot():
        make_province(name="Trong")
    assert names() == ["Trong"]


def test_a_fault_inside_passes_through() -> None:
    with pytest.raises(DatabaseError), snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert names() == []
