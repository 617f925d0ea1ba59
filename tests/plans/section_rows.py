"""Rows of sections as a browser sends them."""

from __future__ import annotations

from typing import Any


def item(uid: int, title: str) -> dict[str, Any]:
    return {"uid": f"{uid:016x}", "label": "", "title": title, "source": None}


def annex_row(uid: int, **facts: Any) -> dict[str, Any]:
    return {
        "uid": f"{uid:016x}",
        "area": "",
        "code": "",
        "title": "",
        "products": "",
        "lead": "",
        "coordinating": "",
        "time": "",
        "meant": "",
        "explanation": "",
        "conditional": False,
        "without_quota": False,
        "source": None,
        **facts,
    }


def quota_row(uid: int, task: int, **facts: Any) -> dict[str, Any]:
    return {
        "uid": f"{uid:016x}",
        "task": f"{task:016x}",
        "channel": "cong",
        "counts_when": "approved_published",
        "minimum": 1,
        "maximum": None,
        "per": "quarter",
        "due_kind": "period_end",
        "due_day": None,
        "due_month_offset": 0,
        "due_dates": {},
        "default_unit": "",
        "turns": {},
        **facts,
    }


def clause_row(uid: int, depth: int, heading: str) -> dict[str, Any]:
    return {"uid": f"{uid:016x}", "depth": depth, "label": "", "heading": heading, "text": ""}


def basis(**facts: Any) -> dict[str, Any]:
    return {
        "uid": f"{1:016x}",
        "role": "basis",
        "place_in_plan": "",
        "document_type": "Nghị định",
        "reference": "",
        "dated": "",
        "issuer": "",
        "abstract": "",
        "document": None,
        "registered": None,
        **facts,
    }


def target(**facts: Any) -> dict[str, Any]:
    return {
        "uid": f"{1:016x}",
        "operator": ">=",
        "value": "80",
        "measure": "%",
        "counted": "",
        "place_in_plan": "",
        "data_source": "",
        **facts,
    }
