"""A unit that an imported annex names and nobody knows is added beside, and the annex goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.roles import Role
from cchc.jobs import runner
from plans import tasks
from plans.models import AnnexImport
from tests.factories import make_agency, make_plan, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.core]

PASTED = (
    "STT\tNhiệm vụ\tSản phẩm\tChủ trì\tPhối hợp\tThời gian\n1\tViết tin\tTin\tTổ Một cửa\t\tQuý I\n"
)


def test_a_unit_added_from_the_questions_of_an_import_is_known_at_the_next_check(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    agency = make_agency()
    plan = make_plan(agency, state="draft")
    clerk = make_user(Role.AGENCY_OFFICE, agency)
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("plans:edit-import", args=[plan.pk]), {"pasted": PASTED})
    found = AnnexImport.objects.get()
    assert found.job.task == tasks.check_annex.name
    assert runner.run_next()
    page = reverse("plans:import-detail", args=[found.pk])
    asked = client.get(page)
    assert [one["name"] for one in asked.context["questions"]] == ["Tổ Một cửa"]
    add = reverse("agencies:unit-add")
    assert f'href="{add}" target="_blank"' in asked.content.decode()
    assert client.post(add, {"name": "Tổ Một cửa"}).status_code == 302
    answers = {"name": "Tổ Một cửa", "code": ""}
    client.post(reverse("plans:import-answer", args=[found.pk]), answers)
    assert runner.run_next()
    assert client.get(page).context["questions"] == []
    client.post(reverse("plans:import-apply", args=[found.pk]), {"mode": ""})
    assert plan.tasks.get().assignees.get().unit == agency.units.get(code="TMC")
