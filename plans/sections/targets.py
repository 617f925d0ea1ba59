"""Mục tiêu, chỉ tiêu: the figures to reach."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from plans.models import Plan, Target
from plans.models.target import TargetOperator
from plans.sections.fields import Fields, Row, accept_rows
from plans.sections.rows import by_uid, rewrite
from plans.sections.section import Section

LABELS = {
    "operator": "So sánh",
    "value": "Giá trị",
    "measure": "Đơn vị tính",
    "counted": "Đối tượng tính",
    "place_in_plan": "Vị trí trong kế hoạch",
    "data_source": "Nguồn số liệu",
}
_OPERATORS = {value: str(label) for value, label in TargetOperator.choices}
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:[.,](\d{1,2}))?", re.ASCII)
_MOST = Decimal(10) ** 10


def read(plan: Plan) -> list[Row]:
    """The targets in their order."""
    return [
        {
            "uid": row.uid,
            "operator": row.operator,
            "value": _shown(row.value),
            "measure": row.measure,
            "counted": row.counted,
            "place_in_plan": row.place_in_plan,
            "data_source": row.data_source,
        }
        for row in plan.targets.order_by("order")
    ]


def accept(data: object, plan: Plan) -> list[Row]:
    """The typed targets."""
    return accept_rows(data, LABELS, _accepted)


def _accepted(fields: Fields) -> Row:
    return {
        "operator": fields.choice("operator", _OPERATORS),
        "value": _value(fields),
        "measure": fields.line("measure", 20),
        "counted": fields.line("counted", 300),
        "place_in_plan": fields.line("place_in_plan", 40),
        "data_source": fields.line("data_source", 200),
    }


def _value(fields: Fields) -> str:
    """The number, or blank while the draft leaves it open."""
    text = fields.line("value", 40)
    number = _number(text)
    if text and (number is None or number >= _MOST):
        fields.fault("value", "Không phải là số ghi được.", "số không âm như 80 hoặc 97,5")
        return ""
    return _shown(number)


def _number(text: str) -> Decimal | None:
    """``1.200`` is a thousand and two hundred; ``97.5`` is ``97,5``."""
    match = _NUMBER.fullmatch(text)
    return Decimal(f"{match[1].replace('.', '')}.{match[2] or 0}") if match else None


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def write(plan: Plan, value: Any) -> None:
    """Bring the rows to the value."""
    wanted = {
        row["uid"]: {name: row[name] for name in LABELS}
        | {"value": _number(row["value"]), "order": order}
        for order, row in enumerate(value, start=1)
    }
    rewrite(Target, by_uid(plan.targets.all()), wanted, base={"plan": plan})


SECTION = Section("targets", "Mục tiêu, chỉ tiêu", read, accept, write)
