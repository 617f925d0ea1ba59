"""The year of ``bench.truth``, in a database of its own; started by ``manage.py shell``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from io import StringIO

from django.core.management import call_command
from django.db import connection

from outreach.tallies import measure
from plans.models import Obligation
from tests.outreach import independent, year

AGENCIES, ITEMS = 200, 60
AS_OF = [date(2024, month, 28) for month in range(1, 13)] + [date(2025, 3, 1)]


def run() -> None:
    """Print what was found as JSON."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        sys.stdout.write(f"{json.dumps(_measured())}\n")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _measured() -> dict[str, float]:
    province = year.scatter(1, AGENCIES, ITEMS)
    counting = _seconds(lambda: call_command("recount", stdout=StringIO()))
    year.correct(1, province)
    call_command("recount", stdout=StringIO())
    out = StringIO()
    checking = _seconds(lambda: call_command("recount", check=True, stdout=out))
    world = year.export(province)
    parted = [line for day in AS_OF for line in year.differences(world, province, day)]
    rows = list(Obligation.objects.filter(province=province).for_matrix())
    taken = _seconds(
        lambda: measure(rows, AS_OF[-1], row=lambda o: o.agency_id, column=lambda o: o.window_end)
    )
    again = _seconds(lambda: independent.matrix(world, AS_OF[-1], "end"))
    return {
        "agencies": AGENCIES,
        "cells": AGENCIES * 12 * len(AS_OF),
        "parted": len(parted),
        "obligations": len(world.obligations),
        "placements": len(world.placements),
        "measure": taken,
        "independent": again,
        "recount": counting,
        "check": checking,
    }


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
