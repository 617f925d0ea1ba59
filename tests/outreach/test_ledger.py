"""The ledger of results: recounted, corrected by people, repaired by a job."""

from __future__ import annotations

from datetime import date

import pytest

from agencies.models import AuditEntry
from cchc.jobs import queue, runner
from cchc.jobs.models import Job, JobState
from cchc.lib import clock
from cchc.lib.decisions import Refused
from outreach import ledger, tasks
from outreach.actions import fulfilment
from outreach.models import Fulfilment
from plans.models import Obligation
from tests import factories as make
from tests.outreach.conftest import MARCH, House, counted, published

pytestmark = pytest.mark.core


def test_recounting_a_right_ledger_changes_nothing(house: House) -> None:
    published(house)
    assert not fulfilment.recount(by=None, agency=house.agency)
    assert Fulfilment.objects.count() == 1
    assert AuditEntry.objects.latest("id").after == {"added": 0, "voided": 0}


def test_a_recount_adds_what_is_missing_and_voids_what_is_wrong(house: House) -> None:
    placement = published(house)
    right = Fulfilment.objects.get()
    Fulfilment.objects.filter(pk=right.pk).update(obligation=house.obligations["Q2"])
    found = fulfilment.recount(by=None, agency=house.agency)
    assert found.lines() == [
        f"Thừa: lượt đăng {placement.pk} đang tính cho đầu việc {house.obligations['Q2'].pk} vào "
        "ngày 18/03/2024.",
        f"Thiếu: lượt đăng {placement.pk} tính cho đầu việc {house.obligations['Q1'].pk}. "
        "Đăng ngày 18/03/2024 trên Chuyên trang CCHC, trong kỳ Quý I/2024, trước hạn 20/03/2024.",
    ]
    assert counted(placement) == [(house.obligations["Q1"].pk, MARCH)]
    right.refresh_from_db()
    assert right.voided_reason.startswith("Tính lại ngày ")
    assert not ledger.of_agency(house.agency)


def test_a_wrong_day_is_counted_anew(house: House) -> None:
    placement = published(house)
    Fulfilment.objects.update(counted_on=date(2024, 3, 17))
    found = fulfilment.recount(by=None, agency=house.agency)
    assert (len(found.wrong), len(found.missing)) == (1, 1)
    assert counted(placement) == [(house.obligations["Q1"].pk, MARCH)]


def test_what_a_person_took_out_stays_out(house: House) -> None:
    placement = published(house)
    row = Fulfilment.objects.select_related("placement", "obligation").get()
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        fulfilment.void(by=house.editor, fulfilment=row, reason=" ")
    fulfilment.void(by=house.editor, fulfilment=row, reason="Không đúng chủ đề.")
    assert not fulfilment.recount(by=None, agency=house.agency)
    assert counted(placement) == []
    with pytest.raises(Refused, match="đã bị hủy trước đó"):
        fulfilment.void(by=house.editor, fulfilment=row, reason="Lần nữa.")


def test_waiving_an_obligation_takes_its_results_out_and_back(house: House) -> None:
    placement = published(house)
    Obligation.objects.filter(pk=house.obligations["Q1"].pk).update(
        waived_at=clock.now(), waived_by=house.editor, waived_reason="Sáp nhập."
    )
    fulfilment.recount(by=None, agency=house.agency)
    assert counted(placement) == []
    Obligation.objects.update(waived_at=None, waived_by=None, waived_reason="")
    fulfilment.recount(by=None, agency=house.agency)
    assert counted(placement) == [(house.obligations["Q1"].pk, MARCH)]


@pytest.mark.django_db(transaction=True)
def test_a_job_counts_what_was_published_before_the_plan_was_issued(house: House) -> None:
    placement = published(house)
    plan = make.make_plan(house.agency)
    other = make.make_obligation(make.make_quota(make.make_task(plan), house.page), "2024-Q1")
    job = queue.enqueue(tasks.recount_plan.name, plan_id=plan.pk)
    assert runner.run_named(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert counted(placement) == [(house.obligations["Q1"].pk, MARCH), (other.pk, MARCH)]
