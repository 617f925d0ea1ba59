"""How the tests of annexes read rows, and what they compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from django.conf import settings

from cchc.lib.cells import filled
from plans import plan_file
from plans.annex_sheet import KnownName, Reading, read
from plans.plan_file import AssigneeFacts, TaskFacts

DIRECTORY = yaml.safe_load((settings.BASE_DIR / "fixtures/directory/soc_trang.yaml").read_text())


HEAD = ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"]


WRONG_TIME = "trước ngày 31/02/2024"


def known(code: str = "ST-STTTT") -> list[KnownName]:
    agencies = DIRECTORY["agencies"]
    own = next(agency for agency in agencies if agency["code"] == code)
    return [
        *(KnownName(u["code"], (u["name"], *u.get("aliases", []))) for u in own["units"]),
        *(
            KnownName(a["code"], (a["names"][0]["name"], a["names"][0]["short_name"]), True)
            for a in agencies
        ),
    ]


def fixture(name: str) -> tuple[TaskFacts, ...]:
    text = (settings.BASE_DIR / f"fixtures/plans/{name}.yaml").read_text()
    return plan_file.read(yaml.safe_load(text)).tasks


def flat(tasks: Iterable[TaskFacts]) -> Iterator[TaskFacts]:
    for task in tasks:
        yield task
        yield from flat(task.rows)


def compared(tasks: Iterable[TaskFacts]) -> list[tuple[Any, ...]]:
    """Everything but the titles, which the fixtures shorten, and the confirmed quotas."""
    return [
        (t.area, t.code, t.conditional, t.products, t.time, t.lead, t.coordinating, len(t.rows))
        for t in flat(tasks)
    ]


def rows(*lines: list[Any], head: list[Any] | None = None) -> Reading:
    grid = filled("Trang 1", [head or HEAD, *lines], [])
    return read([grid], year=2024, units=known())


def codes(reading: Reading) -> list[tuple[str, str, str]]:
    return [(task.area, task.code, task.title) for task in flat(reading.drafts)]


def unit(code: str, qualifier: str = "") -> AssigneeFacts:
    return AssigneeFacts(code, "", "", qualifier)


def group(name: str) -> AssigneeFacts:
    return AssigneeFacts("", "", name, "")
