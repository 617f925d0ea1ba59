"""The pages of the editor that are grids: the annex, the targets, what is told and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from agencies.access import SIGNED_IN, page
from agencies.models import Agency, Unit
from cchc.lib import clock
from plans.models import Channel, Plan
from plans.models.target import TargetOperator
from plans.sections import SECTIONS
from plans.views.editor import SectionState, closed, draft_of, edit_page, section_state
from plans.views.grid_rows import ANNEX_COLUMNS, GridColumn, Layout, Option, rows_html

_OF_UNITS = ("lead", "coordinating")
_ANNEX_ROW = {
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
}
_TARGET_ROW = {
    "operator": TargetOperator.EXACTLY.value,
    "value": "",
    "measure": "%",
    "counted": "",
    "place_in_plan": "",
    "data_source": "",
}
_CONTENT_ROW = {"label": "", "title": "", "source": None}
_FORM_ROW: Mapping[str, Any] = {"label": "", "title": "", "channels": []}


@dataclass(frozen=True, slots=True)
class Grid:
    """A section shown as a grid, for ``plans/editor/_grid.html``."""

    section: SectionState
    layout: Layout
    title: str
    noun: str
    blank: Mapping[str, Any]
    hint: str = ""
    optional: str = ""
    notes: Mapping[str, Any] = field(default_factory=dict)
    read_at_once: tuple[str, ...] = ()
    time_url: str = ""

    @property
    def config_id(self) -> str:
        """The id of the JSON that configures the grid."""
        return f"grid-{self.section.name}"

    @property
    def has_numbers(self) -> bool:
        """Whether rows are numbered and stand under each other."""
        return self.layout.columns[0].field == "code"

    @property
    def config(self) -> dict[str, Any]:
        """What ``static/js/editor/grid.js`` reads."""
        return {
            "columns": [column.as_json() for column in self.layout.columns],
            "blank": {"uid": "", **self.blank},
            "groups": self.layout.has_groups,
            "numbers": self.has_numbers,
            "aligned": list(self.layout.aligned),
            "optional": self.optional,
            "notes": self.notes,
            "readAtOnce": list(self.read_at_once),
            "timeUrl": self.time_url,
        }

    @property
    def rows(self) -> SafeString:
        """The rows as they are at first."""
        return rows_html(self.layout, self.section.value)


@page(SIGNED_IN)
def edit_annex(request: HttpRequest, pk: int) -> HttpResponse:
    """The annex: tasks, products, units and times."""
    plan = draft_of(request, pk)
    if (refusal := closed(request, plan)) is not None:
        return refusal
    units = _units(plan)
    columns = [
        replace(column, options=units, many=True) if column.field in _OF_UNITS else column
        for column in ANNEX_COLUMNS
    ]
    section = section_state(request, plan, "annex")
    grid = Grid(
        section=section,
        layout=Layout(columns, has_groups=True, aligned=("products", "time")),
        title=plan.annex_title or "Phụ lục phân công nhiệm vụ",
        noun="nhiệm vụ",
        blank=_ANNEX_ROW,
        optional="explanation",
        notes=SECTIONS["annex"].notes(plan, section.value),
        read_at_once=("time", *_OF_UNITS),
        time_url=f"{reverse('plans:time-reading')}?nam={plan.year}",
    )
    return edit_page(request, plan, "annex", "plans/editor/annex.html", {"grid": grid})


@page(SIGNED_IN)
def edit_targets(request: HttpRequest, pk: int) -> HttpResponse:
    """The targets: figures to reach and where they are read."""
    plan = draft_of(request, pk)
    if (refusal := closed(request, plan)) is not None:
        return refusal
    operators = tuple(Option(one.value, one.label, (one.value,)) for one in TargetOperator)
    columns = (
        GridColumn("operator", "So sánh", kind="select", options=operators),
        GridColumn("value", "Giá trị"),
        GridColumn("measure", "Đơn vị tính", options=_same("%", "điểm", "tin, bài", "hội nghị")),
        GridColumn("counted", "Đối tượng tính"),
        GridColumn("data_source", "Nguồn số liệu"),
        GridColumn("place_in_plan", "Mục", options=_places(plan)),
    )
    grid = Grid(
        section=section_state(request, plan, "targets"),
        layout=Layout(columns),
        title="Mục tiêu, chỉ tiêu",
        noun="chỉ tiêu",
        blank=_TARGET_ROW,
        hint="Giá trị ghi theo kiểu Việt Nam: 97,5. Mục là nơi chỉ tiêu đứng trong văn bản.",
    )
    return edit_page(request, plan, "targets", "plans/editor/targets.html", {"grid": grid})


@page(SIGNED_IN)
def edit_content(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be told, and by which forms and channels."""
    plan = draft_of(request, pk)
    if (refusal := closed(request, plan)) is not None:
        return refusal
    channels = tuple(
        Option(one.code, one.name, (one.short_name, *one.aliases))
        for one in Channel.objects.filter(province=plan.province_id).in_order()
    )
    label, title = GridColumn("label", "Ký hiệu"), GridColumn("title", "Nội dung tuyên truyền")
    content = Grid(
        section=section_state(request, plan, "content"),
        layout=Layout((label, title)),
        title="Nội dung tuyên truyền",
        noun="nội dung",
        blank=_CONTENT_ROW,
    )
    forms = Grid(
        section=section_state(request, plan, "forms"),
        layout=Layout(
            (
                label,
                GridColumn("title", "Hình thức tuyên truyền"),
                GridColumn("channels", "Kênh", kind="chips", options=channels, many=True),
            )
        ),
        title="Hình thức, kênh tuyên truyền",
        noun="hình thức",
        blank=_FORM_ROW,
        hint="Kênh là nơi tin, bài được tính vào định mức: gõ vài chữ rồi chọn, mỗi dòng một kênh.",
    )
    context = {"grids": (content, forms)}
    return edit_page(request, plan, "content", "plans/editor/content.html", context)


def _units(plan: Plan) -> tuple[Option, ...]:
    """The agency's own units, then the agencies of its province, with other spellings."""
    today = clock.today()
    units = Unit.objects.filter(agency=plan.agency_id).active_on(today).in_order()
    agencies = Agency.objects.filter(province=plan.province_id).active_on(today).in_order()
    own = (Option(one.code, one.name, tuple(one.aliases)) for one in units)
    others = (Option(one.code, one.name, (one.short_name,)) for one in agencies)
    return (*own, *others)


def _places(plan: Plan) -> tuple[Option, ...]:
    """The headings of the plan's narrative that have a number."""
    rows = plan.clauses.filter(parent=None).exclude(label="").order_by("order")
    return tuple(
        Option(row.label, row.label.rstrip(". )"), (row.heading,), row.heading) for row in rows
    )


def _same(*wordings: str) -> tuple[Option, ...]:
    return tuple(Option(wording, wording) for wording in wordings)
