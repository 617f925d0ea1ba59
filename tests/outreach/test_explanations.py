"""Who explains a miss, who accepts it, and that no figure ever moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from outreach.actions.explanations import accept, explain, refuse
from outreach.models import Explanation, Fulfilment
from plans.actions.waivers import waive
from plans.models import Obligation
from tests import factories as make

pytestmark = [pytest.mark.core, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def after_the_quarter() -> Iterator[None]:
    with time_machine.travel("2024-04-10 09:00:00+07:00", tick=False):
        yield


class Scene:
    """A quarter that a unit has missed; its people, its office, Home Affairs."""

    def __init__(self) -> None:
        self.agency = make.make_agency()
        self.unit = make.make_unit(self.agency, "Phòng Bưu chính")
        self.head = make.make_user(Role.UNIT_HEAD, self.agency, self.unit)
        self.officer = make.make_user(Role.OFFICER, self.agency, self.unit)
        self.office = make.make_user(Role.AGENCY_OFFICE, self.agency)
        home = make.make_agency(self.agency.province)
        self.home = make.make_user(Role.HOME_AFFAIRS, home)
        self.plan = make.make_plan(self.agency)
        self.channel = make.make_channel(self.agency.province)
        self.quota = make.make_quota(make.make_task(self.plan), self.channel)
        self.missed = make.make_obligation(self.quota, "2024-Q1", unit=self.unit)

    def say(self, by: User, text: str = "Hai cán bộ nghỉ thai sản.") -> Explanation:
        return explain(obligation=self.missed, reason="staff", text=text, by=by)


def refusal(act: object, **given: object) -> str:
    with pytest.raises(Refused) as refused:
        act(**given)  # type: ignore[operator]
    return str(refused.value)


def test_the_unit_explains_and_the_office_accepts() -> None:
    scene = Scene()
    said = scene.say(scene.officer)
    assert (said.unit, said.by_office, said.state) == (scene.unit, False, "open")
    assert said.sentence == "Thiếu nhân sự (chờ xem xét): Hai cán bộ nghỉ thai sản."
    accepted = accept(explanation=said, by=scene.office)
    assert (accepted.state, accepted.accepted_by) == ("accepted", scene.office)
    assert accepted.sentence == "Thiếu nhân sự (được chấp nhận): Hai cán bộ nghỉ thai sản."
    assert refusal(scene.say, by=scene.head) == (
        "Giải trình đã được chấp nhận nên không thay bằng giải trình khác."
    )
    entries = AuditEntry.objects.filter(verb__startswith="explanation.").order_by("id")
    assert [(e.verb, e.by, e.agency, e.after["state"]) for e in entries] == [
        ("explanation.give", scene.officer, scene.agency, "missed"),
        ("explanation.accept", scene.office, scene.agency, "accepted"),
    ]


def test_a_newer_one_replaces_what_was_not_accepted_and_both_are_kept() -> None:
    scene = Scene()
    first = scene.say(scene.officer)
    refused = refuse(explanation=first, reason=" Chung chung ", by=scene.office)
    assert refused.sentence == (
        "Thiếu nhân sự (không được chấp nhận): Hai cán bộ nghỉ thai sản. "
        "Lý do không chấp nhận: Chung chung"
    )
    second = scene.say(scene.head, "Từ 02/01 đến 31/3, có quyết định kèm theo.")
    assert list(Explanation.objects.order_by("id")) == [first, second]
    assert list(Explanation.objects.current()) == [second]
    assert refusal(accept, explanation=first, by=scene.home) == (
        "Đã có giải trình mới hơn; hãy xem xét giải trình đó."
    )
    assert AuditEntry.objects.get(verb="explanation.refuse").reason == "Chung chung"


def test_what_the_office_says_is_for_home_affairs() -> None:
    scene = Scene()
    said = scene.say(scene.office)
    colleague = make.make_user(Role.AGENCY_OFFICE, scene.agency)
    assert said.by_office is True
    assert refusal(accept, explanation=said, by=colleague) == (
        "Giải trình do Văn phòng cơ quan ghi thì Sở Nội vụ xem xét."
    )
    assert list(Explanation.objects.awaiting(scene.office)) == []
    assert list(Explanation.objects.awaiting(scene.home)) == [said]
    assert accept(explanation=said, by=scene.home).accepted_by == scene.home
    assert list(Explanation.objects.awaiting(scene.home)) == []


def test_what_waits_for_the_office_is_what_its_units_say() -> None:
    scene = Scene()
    said = scene.say(scene.head)
    assert list(Explanation.objects.awaiting(scene.office)) == [said]
    assert list(Explanation.objects.awaiting(scene.home)) == []
    assert list(Explanation.objects.awaiting(scene.head)) == []


def test_home_affairs_turns_a_decision_round_once() -> None:
    scene = Scene()
    said = accept(explanation=scene.say(scene.head), by=scene.office)
    turned = refuse(explanation=said, reason="Không có căn cứ", by=scene.home)
    assert (turned.state, turned.accepted_by, turned.refused_by) == (
        "refused",
        scene.office,
        scene.home,
    )
    assert refusal(accept, explanation=said, by=scene.office) == (
        "Giải trình này đã được xem xét; chỉ Sở Nội vụ mới được thay đổi."
    )
    assert refusal(accept, explanation=said, by=scene.home) == (
        "Quyết định về giải trình này đã được thay đổi một lần và là quyết định cuối."
    )
    assert refusal(refuse, explanation=said, reason="Nữa", by=scene.home) == (
        "Giải trình này đã không được chấp nhận trước đó."
    )


def test_nobody_accepts_his_own() -> None:
    scene = Scene()
    make.make_membership(scene.office, Role.OFFICER, scene.agency, scene.unit)
    make.make_membership(scene.head, Role.HOME_AFFAIRS, scene.agency)
    own = "Giải trình do chính anh/chị ghi phải do người khác xem xét."
    assert refusal(accept, explanation=scene.say(scene.head), by=scene.head) == own
    said = scene.say(scene.office)
    assert said.by_office is False
    assert refusal(accept, explanation=said, by=scene.office) == own


@pytest.mark.parametrize(
    "role", [Role.UNIT_HEAD, Role.OFFICER, Role.LEADER, Role.AUDITOR, Role.CHANNEL_EDITOR]
)
def test_others_neither_explain_for_the_unit_nor_decide(role: Role) -> None:
    scene = Scene()
    outsider = make.make_user(role, scene.agency, make.make_unit(scene.agency))
    assert refusal(scene.say, by=outsider) == (
        "Chỉ trưởng đơn vị, chuyên viên của Phòng Bưu chính hoặc Văn phòng cơ quan mới được giải "
        "trình đầu việc này."
    )
    said = scene.say(scene.head)
    assert refusal(accept, explanation=said, by=outsider) == (
        f"Chỉ Văn phòng của {scene.agency} hoặc Sở Nội vụ mới được xem xét giải trình này."
    )


def test_home_affairs_of_another_province_does_not_decide() -> None:
    scene = Scene()
    stranger = make.make_user(Role.HOME_AFFAIRS, make.make_agency())
    assert refusal(accept, explanation=scene.say(scene.head), by=stranger).startswith(
        "Chỉ Văn phòng của"
    )


def test_it_says_which_reason_and_why() -> None:
    scene = Scene()
    given = {"obligation": scene.missed, "by": scene.head}
    assert refusal(explain, **given, reason="mệt", text="x") == (
        "Hãy chọn nguyên nhân trong danh sách."
    )
    assert refusal(explain, **given, reason="staff", text=" ") == "Hãy ghi nội dung giải trình."
    said = scene.say(scene.head)
    assert refusal(refuse, explanation=said, reason=" ", by=scene.office) == (
        "Hãy ghi lý do không chấp nhận."
    )


def test_only_a_miss_or_a_late_result_is_explained() -> None:
    scene = Scene()
    with time_machine.travel("2024-03-31 12:00:00+07:00", tick=False):
        nothing = refusal(scene.say, by=scene.head)
    assert nothing == "Chỉ giải trình đầu việc đã quá hạn mà chưa đạt, hoặc đạt trễ hạn."
    Obligation.objects.update(due_on="2024-03-20")
    activity = make.make_activity(scene.head, scene.agency, scene.unit)
    result = Fulfilment.objects.create(
        placement=make.make_placement(activity, scene.channel),
        obligation=scene.missed,
        counted_on=scene.missed.window_start,
        why="Thử",
    )
    assert refusal(scene.say, by=scene.head) == nothing
    Fulfilment.objects.filter(pk=result.pk).update(counted_on="2024-03-25")
    assert scene.say(scene.head).state == "open"


def test_a_waived_period_is_not_explained_any_more() -> None:
    scene = Scene()
    said = scene.say(scene.head)
    waive(obligation=scene.missed, reason="Chuyên trang bảo trì", by=scene.office)
    waived = "Đầu việc này đã được miễn nên không cần giải trình."
    assert refusal(scene.say, by=scene.head) == waived
    assert refusal(accept, explanation=said, by=scene.office) == waived
    assert list(Explanation.objects.awaiting(scene.office)) == []
