"""What the editor's scripts ask of the server: save a section, read one time cell."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime

from agencies.access import SIGNED_IN, page, post, signed_in
from cchc.lib.decisions import Refused
from plans.actions.drafts import SavedSection, Stale, save_section
from plans.models import Plan
from plans.sections import SECTIONS, SectionFaults
from plans.sections.fields import cleaned
from plans.sections.timings import LONGEST_TIME, time_note

_MOST_BYTES = 2 * 1024 * 1024
_TOO_LARGE = "Phần này quá lớn để lưu (hơn 2 MB); hãy chia bớt nội dung hoặc nhập từ tệp."
_UNREADABLE = "Dữ liệu gửi lên không đọc được; hãy tải lại trang rồi thử lại."
_YEAR = re.compile(r"\d{4}", re.ASCII)
_YEARS = range(1945, 2200)


@post(SIGNED_IN)
def section_save(request: HttpRequest, pk: int, name: str) -> JsonResponse:
    """Save one section: 200 saved, 400 not as it should be, 403 not allowed, 409 overtaken."""
    user = signed_in(request)
    plans = Plan.objects.visible_to(user).select_related("agency__province", "parent")
    plan = get_object_or_404(plans, pk=pk)
    if name not in SECTIONS:
        raise Http404
    if int(request.headers.get("content-length") or 0) > _MOST_BYTES:
        return _refused(_TOO_LARGE)
    sent = _sent(request)
    if sent is None:
        return _refused(_UNREADABLE)
    version, value = sent
    try:
        saved = save_section(plan=plan, name=name, version=version, data=value, by=user)
    except SectionFaults as found:
        return JsonResponse({"faults": [asdict(fault) for fault in found.faults]}, status=400)
    except Refused as refusal:
        return JsonResponse({"reason": str(refusal)}, status=403)
    except Stale as stale:
        answer = _answer(plan, stale.current) | {"value": stale.current.value}
        return JsonResponse(answer, status=409)
    return JsonResponse(_answer(plan, saved))


@page(SIGNED_IN)
def time_reading(request: HttpRequest) -> JsonResponse:
    """How a time cell is read in a year, while it is being typed; nothing for a blank one."""
    year, text = request.GET.get("nam", ""), cleaned(request.GET.get("text", ""))
    if not _YEAR.fullmatch(year) or int(year) not in _YEARS:
        return JsonResponse({"reason": "Năm không đúng."}, status=400)
    if len(text) > LONGEST_TIME:
        return JsonResponse({"reason": "Ô thời gian quá dài."}, status=400)
    return JsonResponse(time_note(text, "", int(year)) or {})


def _sent(request: HttpRequest) -> tuple[int, object] | None:
    """The version and the value; None when the body has another shape."""
    try:
        data: Any = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or "value" not in data:
        return None
    version = data.get("version")
    return (version, data["value"]) if type(version) is int else None


def _refused(problem: str) -> JsonResponse:
    fault = {"row": 0, "uid": "", "field": "", "label": "", "value": "", "accepted": ""}
    return JsonResponse({"faults": [fault | {"problem": problem}]}, status=400)


def _answer(plan: Plan, saved: SavedSection) -> dict[str, Any]:
    section = SECTIONS[saved.name]
    return {
        "version": saved.version,
        "saved_at": f"{localtime(saved.saved_at):%H:%M %d/%m/%Y}" if saved.saved_at else "",
        "saved_by": str(saved.saved_by) if saved.saved_by else "",
        "notes": section.notes(plan, saved.value),
        "labels": section.labels(saved.value),
    }
