"""Where a task stands: a row of the annex, or a duty that the narrative numbers itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from plans.lint.facts import PlanFacts, Task
from plans.lint.warning import ANNEX

_DUTY = re.compile(r"[IVX]+\.\d")


def is_duty(task: Task) -> bool:
    """Whether its code leads with a heading (``IV.1.2``): the narrative has no columns."""
    return _DUTY.match(task.code) is not None


def places(facts: PlanFacts) -> Callable[[Task], str]:
    """Names the place of a row; the area is named where its code stands in several."""
    times = Counter(task.code for task in facts.all_tasks())

    def place(task: Task) -> str:
        if is_duty(task):
            return f"Mục {task.code}"
        row = f"{ANNEX}, nhiệm vụ {task.code}"
        return f"{row} ({task.area})" if task.area and times[task.code] > 1 else row

    return place
