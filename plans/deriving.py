"""What an agency's plan takes from the parent that it implements, before its author writes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agencies.models import Agency
from plans import uptake
from plans.citation_text import short_date
from plans.clone_map import Purpose
from plans.cloning import Values, copied
from plans.implementing import assigned_to, body_of, is_led_by
from plans.models import LegalDocument, Plan, Task
from plans.models.legal_basis import BasisRole
from plans.models.plan import PlanKind
from plans.models.task import AssigneeDuty
from plans.models.uid import new_uid
from plans.uptake import Assigned, Body

_SUBJECTS = {
    PlanKind.OUTREACH.value: "Tuyên truyền cải cách hành chính",
    PlanKind.REFORM.value: "Cải cách hành chính",
    PlanKind.MULTI_YEAR.value: "Cải cách hành chính",
}
_FROM_LAST = ("symbol", "signer_authority", "signer_position", "signer_name", "recipients")
_FROM_LAST_OR_PARENT = ("audiences", "scopes")
_SKELETON = (
    (0, "I", "MỤC TIÊU, YÊU CẦU"),
    (1, "1", "Mục tiêu"),
    (1, "2", "Yêu cầu"),
    (0, "II", "ĐỐI TƯỢNG, PHẠM VI"),
    (1, "1", "Đối tượng"),
    (1, "2", "Phạm vi"),
    (0, "III", "NỘI DUNG VÀ HÌNH THỨC"),
    (1, "1", "Nội dung"),
    (1, "2", "Hình thức"),
    (0, "IV", "TỔ CHỨC THỰC HIỆN"),
)
_ADDRESSEES = "tổ chức thực hiện"


@dataclass(frozen=True, slots=True)
class Derivation:
    """The sections of the plan to come, and what of the parent's annex is not the agency's."""

    values: Values
    last: Plan | None
    others: tuple[Task, ...]


def derivation(parent: Plan, agency: Agency) -> Derivation:
    """Everything read and chosen, nothing written."""
    values = copied(parent, Purpose.DERIVE)
    last = (
        Plan.objects.filter(agency=agency, known_by_citation=False, amends=None)
        .exclude(pk=parent.pk)
        .order_by("-starts_on", "-pk")
        .first()
    )
    chosen = _Chosen.of(parent, agency)
    values["header"] |= _header(parent, agency, last, has_annex=bool(chosen.depths))
    values["bases"] = [_parent_basis(parent), *_cited(values["bases"])]
    values["clauses"] = list(_skeleton(values["clauses"]))
    values["annex"] = list(_annex(values["annex"], chosen))
    kept = {row["uid"] for row in values["annex"] if row["source"] in chosen.led}
    values["quotas"] = [row for row in values["quotas"] if row["task"] in kept]
    return Derivation(values, last, chosen.others)


def title_of(kind: str, parent: Plan, agency: Agency) -> str:
    """``Tuyên truyền cải cách hành chính năm 2024 của Sở …``."""
    return f"{_SUBJECTS[kind]} {_years(parent)} của {agency.name}"


def _years(plan: Plan) -> str:
    first, last = plan.starts_on.year, plan.ends_on.year
    return f"năm {first}" if first == last else f"giai đoạn {first} – {last}"


def _header(parent: Plan, agency: Agency, last: Plan | None, *, has_annex: bool) -> dict[str, Any]:
    title = title_of(parent.kind, parent, agency)
    header: dict[str, Any] = {
        "title": title,
        "place": agency.place,
        "opening": f"{agency.name} xây dựng Kế hoạch {title[:1].lower()}{title[1:]} như sau:",
        "annex_title": f"NỘI DUNG {title.upper()}" if has_annex else "",
    }
    if last is not None:
        lines = {name: getattr(last, name) for name in (*_FROM_LAST, *_FROM_LAST_OR_PARENT)}
        header |= {name: lines[name] for name in _FROM_LAST if name != "recipients"}
        header["recipients"] = lines["recipients"].splitlines()
        header |= {name: lines[name].splitlines() for name in _FROM_LAST_OR_PARENT if lines[name]}
    return header


def _parent_basis(parent: Plan) -> dict[str, Any]:
    """The parent as the document that is implemented."""
    registered = LegalDocument.objects.filter(plan=parent).order_by("pk").first()
    return {
        "uid": new_uid(),
        "role": BasisRole.IMPLEMENTS.value,
        "place_in_plan": "",
        "document_type": "Kế hoạch",
        "reference": parent.reference if parent.number else "",
        "dated": short_date(parent.signed_on, parent.signed_precision),
        "issuer": parent.agency.name,
        "abstract": parent.title,
        "document": parent.pk,
        "registered": registered.pk if registered else None,
    }


def _cited(bases: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """An agency stands on the same law; what its parent implements, it implements through it."""
    return (row for row in bases if row["role"] != BasisRole.IMPLEMENTS)


def _skeleton(clauses: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The parent's headings; below the last come other people's duties, not the agency's."""
    headings = [row for row in clauses if row["heading"] and row["depth"] < 2]
    if not headings:
        yield from (
            {"uid": new_uid(), "depth": depth, "label": label, "heading": heading, "text": ""}
            for depth, label, heading in _SKELETON
        )
        return
    is_own = True
    for row in headings:
        if row["depth"] == 0:
            is_own = _ADDRESSEES not in row["heading"].casefold()
        if is_own or row["depth"] == 0:
            yield row


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The parent's tasks that the derived annex has: depth and companions of each by its key."""

    depths: dict[int, int]
    companions: dict[int, str]
    led: frozenset[int]
    others: tuple[Task, ...]

    @classmethod
    def of(cls, parent: Plan, agency: Agency) -> _Chosen:
        """Tasks that concern the agency, and the rows that head them; two queries."""
        rows = list(parent.tasks.order_by("order").prefetch_related("assignees__agency"))
        named = assigned_to(rows)
        above = {row.pk: row.parent_id for row in rows}
        heads = set(above.values())
        body = body_of(agency)
        kept = {
            pk
            for row in rows
            if row.pk not in heads and uptake.concerns(named[row.pk], body)
            for pk in _upwards(row.pk, above)
        }
        return cls(
            depths={pk: len(list(_upwards(pk, above))) - 1 for pk in kept},
            companions={
                row.pk: _companions(row, named[row.pk], body) for row in rows if row.pk in kept
            },
            led=frozenset(pk for pk in kept if is_led_by(named[pk], body)),
            others=tuple(row for row in rows if row.pk not in kept and row.pk not in heads),
        )


def _upwards(pk: int, above: dict[int, int | None]) -> Iterator[int]:
    at: int | None = pk
    while at is not None:
        yield at
        at = above.get(at)


def _companions(task: Task, named: Sequence[Assigned], body: Body) -> str:
    """Whom the agency works with: those who help it, or whoever leads when it only helps."""
    duty = AssigneeDuty.COORDINATING if is_led_by(named, body) else AssigneeDuty.LEAD
    others = (
        one.agency.name if one.agency else one.group
        for one in sorted(task.assignees.all(), key=lambda one: one.order)
        if one.duty == duty and one.unit_id is None and one.agency_id != body.pk
    )
    return "\n".join(others)


def _annex(rows: Sequence[dict[str, Any]], chosen: _Chosen) -> Iterator[dict[str, Any]]:
    """The chosen rows, numbered anew; who leads is left open."""
    counts: list[int] = []
    for row in rows:
        if row["source"] not in chosen.depths:
            continue
        depth = chosen.depths[row["source"]]
        counts = [*counts[: depth + 1], *([0] * (depth + 1 - len(counts)))]
        counts[depth] += 1
        yield row | {
            "code": ".".join(map(str, counts)),
            "lead": "",
            "coordinating": chosen.companions[row["source"]],
        }
