"""One database of ``bench.nation``: written, then asked in a process of its own.

The first line of the answer says that the world is there; then each line of the input is one
question, and its answer one line of JSON. Times are milliseconds.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from agencies.models import Province, User
from bench.nation_rows import Size, write
from cchc.lib.keyset import straight
from cchc.wsgi import settle
from outreach import finding
from outreach.models import Activity, Placement
from outreach.sums import LENGTH, summed
from outreach.views.lists import NEWEST, PAGE_SIZE, PLACEMENT_ORDERS
from plans.models import Obligation
from plans.periods import Period, PeriodKind
from reporting import summaries

PROVINCE, OVERSEER, OF_ALL, OFFICE = "T1", "noivu1", "noivu", "nguoi7"
MATRIX, COUNTRY = "/bao-cao/toan-tinh/", "/bao-cao/toan-quoc/"
DEPTHS = (0.0, 0.001, 0.5, 0.999)
_REPETITIONS = 5

Answer = dict[str, Any]


@dataclass(slots=True)
class Spent:
    """What the statements of a piece of work took: by the clock, on the database's processor."""

    wall: float = 0.0
    processor: float = 0.0
    each: list[float] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Around each statement."""
        begun, busy = time.perf_counter(), _busy()
        try:
            return execute(sql, params, many, context)
        finally:
            self.wall += (time.perf_counter() - begun) * 1000
            self.each.append(_busy() - busy)
            self.processor += self.each[-1]


def main() -> None:
    """Write the world and answer until there are no more questions."""
    provinces, years, last = map(int, sys.argv[1:4])
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        write(cursor, Size(provinces, years, last))
    settle()  # as every process of the server does
    _say({"written": time.perf_counter() - begun})
    answers: dict[str, Callable[[int], Answer]] = {
        "matrix": matrix,
        "waiting": waiting,
        "page": page,
        "lists": lists,
        "summarise": summarise,
        "country": country,
    }
    for line in sys.stdin:
        _say(answers[line.strip()](last))


def matrix(year: int) -> Answer:
    """The sums of a province's year when it is over."""
    return _matrix(year, date(year + 1, 3, 1))


def waiting(year: int) -> Answer:
    """The same on a day of its last month, when much is open and waits for editors."""
    return _matrix(year, date(year, 12, 5))


def page(year: int) -> Answer:
    """The province's page of that year through Django."""
    return _visit(OVERSEER, MATRIX, {"ky": str(year), "den-ngay": f"01/03/{year + 1}"})


def lists(_: int) -> Answer:
    """Fifty rows of the lists at several depths: the statement that finds them, and all."""
    return {
        f"{label}, {user}": _depths(user, model, order)
        for user in (OVERSEER, OFFICE)
        for label, model, order in (
            ("activities, newest", Activity, NEWEST),
            *((f"placements, {o.fields[0]}", Placement, o) for o in PLACEMENT_ORDERS[:3]),
        )
    }


def summarise(_: int) -> Answer:
    """Count the summaries of all provinces and hold them against the live count."""
    begun = time.perf_counter()
    call_command("summarise", stdout=StringIO())
    counted = time.perf_counter()
    told = StringIO()
    call_command("summarise", "--check", stdout=told)  # an error when anything differs
    return {
        "count": counted - begun,
        "check": time.perf_counter() - counted,
        "told": told.getvalue().strip(),
    }


def country(year: int) -> Answer:
    """The country's year from the summary, its page, and the same counted from the obligations."""
    provinces = list(Province.objects.all())
    begun = time.perf_counter()
    summaries.country(provinces, Period(PeriodKind.YEAR, year))
    taken = (time.perf_counter() - begun) * 1000
    spent = Spent()
    with _watched(spent):
        whole = Period(PeriodKind.YEAR, year)
        summed(Obligation.objects.all().within(whole), date(year + 1, 3, 1), "province_id")
    return _visit(OF_ALL, COUNTRY, {"ky": str(year)}) | {"live": spent.wall, "summary": taken}


def _matrix(year: int, day: date) -> Answer:
    province = Province.objects.get(code=PROVINCE)
    owed = Obligation.objects.filter(province=province).within(Period(PeriodKind.YEAR, year))
    spent = Spent()
    with _watched(spent):
        found = summed(owed.annotate(length=LENGTH), day, "agency_id", "channel_id", "length")
    obligations = sum(each.size for each in found.values())
    return {
        "wall": spent.wall,
        "processor": spent.processor,
        "queries": len(spent.each),
        "cells": len(found),
        "obligations": obligations,
    }


def _visit(name: str, address: str, asked: dict[str, str]) -> Answer:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=name))
    client.get(address, asked)
    spent, begun, own = Spent(), time.perf_counter(), time.process_time()
    with _watched(spent):
        answer = client.get(address, asked)
    wall, own = (time.perf_counter() - begun) * 1000, (time.process_time() - own) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return {
        "wall": wall,
        "sql": spent.wall,
        "queries": len(spent.each),
        "processor": own + spent.processor,
        "sql_processor": spent.processor,
        "bytes": len(answer.content),
    }


def _depths(name: str, model: Any, order: Any) -> dict[str, tuple[float, float]]:
    """By depth: the statement of the rows, and with what the rows name; on the processor."""
    user = User.objects.get(username=name)
    user.standing()
    wanted = finding.Wanted()
    is_activity = model is Activity
    found_rows: Any = (finding.activities if is_activity else finding.placements)(user, wanted)
    rows = found_rows.filter(**{f"{order.fields[0]}__isnull": False})
    # The list of activities names its agency and unit by further statements.
    rows = rows.prefetch_related("agency", "unit") if is_activity else rows.for_list()
    number = model.objects.count()
    found = {}
    for depth in DEPTHS:
        values = _values(model, order, int(number * (1 - depth)) or 1) if depth else None
        taken = [_fifty(rows, order, values) for _ in range(_REPETITIONS)]
        found[f"{depth:.1%}"] = (
            statistics.median(first for first, _ in taken),
            statistics.median(whole for _, whole in taken),
        )
    return found


def _values(model: Any, order: Any, number: int) -> list[Any]:
    """The place of a row so far down; ids and days go together."""
    known = model.objects.filter(**{f"{order.fields[0]}__isnull": False}, pk__lte=number)
    row = known.order_by("-pk").first()
    return list(order.values(row))


def _fifty(rows: Any, order: Any, values: list[Any] | None) -> tuple[float, float]:
    spent = Spent()
    with _watched(spent):
        straight(rows, order, values, False, PAGE_SIZE + 1)
    return spent.each[0], spent.processor


@contextmanager
def _watched(spent: Spent) -> Iterator[None]:
    with connection.execute_wrapper(spent):
        yield


def _busy() -> float:
    """Milliseconds for which this connection's process of the database was on a processor."""
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e6


def _say(answer: Answer) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()
