"""The channels of a province: everybody reads them, Home Affairs keeps them."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, AuditEntry, User
from agencies.roles import Role
from cchc.lib.decisions import Refused
from cchc.lib.names import key
from demo import real_plans
from outreach.actions import placements
from outreach.models import Placement
from outreach.moves import Dispatch
from outreach.workflow import State
from plans.actions import channel_book
from plans.actions.channel_book import ChannelTerms
from plans.models import Channel, PlanChannel
from plans.models.channel import WAITING
from plans.quota_proposals import ChannelNames
from tests.factories import (
    make_activity,
    make_agency,
    make_channel,
    make_placement,
    make_plan,
    make_quota,
    make_task,
    make_user,
)

pytestmark = [pytest.mark.core, pytest.mark.django_db]

LIST = "/ke-hoach/kenh/"
TYPED = {
    "name": "Trang Facebook Cải cách hành chính tỉnh",
    "short_name": "Facebook CCHC",
    "aliases": "Fanpage CCHC",
    "kind": "online",
    "run_by": "",
    "needs_approval": "on",
}


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def keeper(agency: Agency) -> User:
    return make_user(Role.HOME_AFFAIRS, agency)


@pytest.fixture
def at(client: Client, keeper: User) -> Client:
    return entered(client, keeper)


def entered(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(at: Client, page: str, /, *args: int, **typed: str) -> HttpResponse:
    return at.post(reverse(f"plans:{page}", args=args), {**TYPED, **typed})


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def form_says(response: HttpResponse) -> list[str]:
    form = response.context["form"]
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]


def terms(channel: Channel, **other: object) -> ChannelTerms:
    facts = {
        "name": channel.name,
        "short_name": channel.short_name,
        "aliases": channel.aliases,
        "kind": channel.kind,
        "run_by": channel.run_by,
        "needs_approval": channel.needs_approval,
        "without_addresses": channel.without_addresses,
    }
    return ChannelTerms(**{**facts, **other})


def test_an_added_channel_is_found_in_plans_by_all_its_names(
    at: Client, agency: Agency, keeper: User
) -> None:
    make_channel(agency.province, order=4)
    runner = make_agency(agency.province)
    answer = post(at, "channel-add", run_by=str(runner.pk), aliases="Fanpage CCHC\r\nFACEBOOK CCHC")
    assert answer.headers["Location"] == LIST
    channel = Channel.objects.get(code="facebook-cchc")
    assert (channel.name, channel.short_name) == (TYPED["name"], "Facebook CCHC")
    assert channel.aliases == ["Fanpage CCHC"]
    assert (channel.kind, channel.run_by, channel.needs_approval) == ("online", runner, True)
    assert (channel.order, channel.province) == (5, agency.province)
    found = ChannelNames({channel.code: channel.names}).found("02 tin trên fanpage CCHC")
    assert found == ("facebook-cchc",)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.province, entry.by) == ("channel.add", agency.province, keeper)


def test_the_code_is_short_and_nobody_elses(at: Client, agency: Agency) -> None:
    make_channel(agency.province, "zalo-chinh-quyen-so-cua")
    names = ["Zalo chính quyền số của xã", "Zalo chính quyền số của huyện", "Đài phát thanh"]
    names += ["Đài Phát Thanh 2", "a" * 60, "新闻频道"]
    for name in names:
        typed = {"name": name, "short_name": "", "aliases": ""}
        assert post(at, "channel-add", **typed).status_code == 302
    codes = Channel.objects.order_by("id").values_list("code", flat=True)[1:]
    assert list(codes) == [
        "zalo-chinh-quyen-so-cua2",
        "zalo-chinh-quyen-so-cua3",
        "dai-phat-thanh",
        "dai-phat-thanh-2",
        "a" * 24,
        "kenh",
    ]


def test_a_corrected_channel_keeps_its_code_and_its_former_names(
    at: Client, agency: Agency
) -> None:
    channel = make_channel(agency.province, "zalo", name="Zalo của tỉnh", short_name="Zalo tỉnh")
    answer = post(at, "channel-edit", channel.pk, needs_approval="", kind="traditional")
    assert answer.status_code == 302
    channel.refresh_from_db()
    assert (channel.code, channel.name) == ("zalo", TYPED["name"])
    assert channel.aliases == ["Fanpage CCHC", "Zalo của tỉnh", "Zalo tỉnh"]
    assert channel.kind == "traditional"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before["name"]) == ("channel.correct", "Zalo của tỉnh")


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "CONG TTDT TINH"},
        {"name": "Cổng thông tin điện tử tỉnh"},
        {"short_name": "Zalo Sóc Trăng"},
        {"aliases": "Trang mới\nzalo - soc trang"},
    ],
)
def test_a_name_never_means_two_channels(at: Client, agency: Agency, typed: dict[str, str]) -> None:
    make_channel(agency.province, name="Cổng TTĐT tỉnh", aliases=["Zalo Sóc Trăng"])
    other = make_channel(agency.province)
    for name, args in (("channel-add", ()), ("channel-edit", (other.pk,))):
        (sentence,) = form_says(post(at, name, *args, **typed))
        assert sentence.startswith("Tỉnh đã có kênh Cổng TTĐT tỉnh, được hiểu cùng tên với “")
    assert Channel.objects.count() == 2
    # Another province has its own.
    far = make_agency()
    by = make_user(Role.HOME_AFFAIRS, far)
    channel_book.add(province=far.province, terms=terms(other, name="Cổng TTĐT tỉnh"), by=by)


def test_the_channels_of_real_provinces_can_be_corrected(db: None) -> None:
    for file in sorted((real_plans.FIXTURES / "directory").glob("*.yaml")):
        real_plans.install_directory(file)
    for channel in Channel.objects.select_related("province", "run_by"):
        by = make_user(Role.HOME_AFFAIRS, Agency.objects.filter(province=channel.province)[0])
        before = {key(name) for name in channel.names}
        changed = channel_book.correct(channel=channel, terms=terms(channel), by=by)
        assert {key(name) for name in changed.names} == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Hãy ghi mục này."),
        ({"name": "TV"}, "Hãy ghi tên bắt đầu bằng chữ hoặc số, ít nhất 3 ký tự."),
        ({"name": "!!!!"}, "Hãy ghi tên bắt đầu bằng chữ hoặc số, ít nhất 3 ký tự."),
        (
            {"aliases": "ab"},
            "“ab” không phải là một tên; mỗi dòng ghi một tên, ít nhất 3 ký tự.",
        ),
        (
            {"name": "K" + "ê" * 60, "short_name": ""},
            "Tên kênh dài quá 60 ký tự: hãy ghi tên ngắn.",
        ),
    ],
)
def test_what_is_no_name_is_sent_back(at: Client, typed: dict[str, str], sentence: str) -> None:
    assert form_says(post(at, "channel-add", **typed)) == [sentence]
    assert Channel.objects.count() == 0


def test_hostile_input_is_refused_or_shown_as_text(at: Client, agency: Agency) -> None:
    far = make_agency()
    for typed in (
        {"kind": "x"},
        {"run_by": str(far.pk)},
        {"run_by": "' or 1=1"},
        {"name": "A" * 201},
        {"short_name": "A" * 61},
    ):
        assert post(at, "channel-add", **typed).status_code == 200
    assert Channel.objects.count() == 0
    evil = "Trang <script>alert(1)</script>"
    assert post(at, "channel-add", name=evil, short_name="\x00Trang\u202e xấu").status_code == 302
    assert "<script>alert" not in at.get(LIST).content.decode()
    assert Channel.objects.get().short_name == "Trang xấu"


def test_another_agency_takes_a_channel_over_when_nothing_waits_on_it(
    at: Client, agency: Agency, keeper: User
) -> None:
    former, new = make_agency(agency.province), make_agency(agency.province)
    channel = make_channel(agency.province, run_by=former)
    author = make_user(Role.OFFICER, agency)
    draft = make_placement(make_activity(author, agency), channel)
    waiting = make_placement(
        make_activity(author, agency), channel, state="sent", sent_on=date(2024, 1, 5)
    )
    reason = (
        f"Còn tin, bài đang chờ duyệt hoặc chờ đăng trên {channel}; "
        "giải quyết xong mới đổi cơ quan quản lý kênh."
    )
    with pytest.raises(Refused, match=reason):
        channel_book.correct(channel=channel, terms=terms(channel, run_by=new), by=keeper)
    page = at.get(reverse("plans:channel-edit", args=[channel.pk]))
    assert page.context["form"].fields["run_by"].help_text == reason
    # The rest of it can be corrected meanwhile; the agency in the post is not listened to.
    assert post(at, "channel-edit", channel.pk, run_by=str(new.pk)).status_code == 302
    channel.refresh_from_db()
    assert (channel.name, channel.run_by) == (TYPED["name"], former)
    Placement.objects.filter(pk=waiting.pk).update(
        state="returned", decided_on=date(2024, 1, 6), decided_by=keeper
    )
    assert post(at, "channel-edit", channel.pk, run_by=str(new.pk)).status_code == 302
    channel.refresh_from_db()
    assert channel.run_by == new
    # What is sent from now on lies on the desk of the new editors, also what was begun before.
    for placement in (draft, waiting):
        to = Dispatch([channel], date(2024, 1, 8))
        placements.send(by=author, activity=placement.activity, to=to)
        placement.refresh_from_db()
        assert (placement.state, placement.editing_agency) == ("sent", new)


def test_what_waits_is_what_lies_on_the_editors_desk() -> None:
    assert (State.SENT.value, State.APPROVED.value) == WAITING


def test_only_a_channel_that_nothing_points_to_goes_away(at: Client, agency: Agency) -> None:
    wrong, told, owed = (make_channel(agency.province) for _ in range(3))
    plan = make_plan(agency)
    PlanChannel.objects.create(plan=plan, order=1, title="Trang").channels.add(told)
    make_quota(make_task(plan), owed)
    for channel in (told, owed):
        answer = at.post(reverse("plans:channel-remove", args=[channel.pk]))
        assert said(answer)[-1] == (
            f"{channel} đang được dùng trong kế hoạch hoặc tin, bài nên không xóa được."
        )
    assert at.post(reverse("plans:channel-remove", args=[wrong.pk])).headers["Location"] == LIST
    assert set(Channel.objects.all()) == {told, owed}
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_id) == ("channel.remove", str(wrong.pk))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HOME_AFFAIRS])
def test_everybody_reads_and_nobody_but_home_affairs_keeps(
    client: Client, agency: Agency, role: Role
) -> None:
    channel = make_channel(agency.province, name="Cổng tỉnh")
    user = make_user(role, agency, agency.units.create(code="VP", name="Văn phòng"))
    at = entered(client, user)
    refused = f"Chỉ Sở Nội vụ của {agency.province} được ghi danh mục kênh tuyên truyền."
    for act in (
        lambda: channel_book.add(province=agency.province, terms=terms(channel), by=user),
        lambda: channel_book.correct(channel=channel, terms=terms(channel), by=user),
        lambda: channel_book.remove(channel=channel, by=user),
    ):
        with pytest.raises(Refused, match=refused):
            act()
    page = at.get(LIST).content.decode()
    assert "Cổng tỉnh" in page
    assert reverse("plans:channel-add") not in page
    assert reverse("plans:channel-edit", args=[channel.pk]) not in page
    assert post(at, "channel-add").status_code == 403
    assert post(at, "channel-edit", channel.pk).status_code == 403
    assert at.post(reverse("plans:channel-remove", args=[channel.pk])).status_code == 403
    assert Channel.objects.get().name == "Cổng tỉnh"


def test_another_provinces_channels_are_not_ours(at: Client) -> None:
    far = make_channel(make_agency().province, name="Kênh tỉnh bạn")
    assert "Kênh tỉnh bạn" not in at.get(LIST).content.decode()
    assert post(at, "channel-edit", far.pk).status_code == 404
    assert at.post(reverse("plans:channel-remove", args=[far.pk])).status_code == 404


def test_the_list_counts_the_plans_and_quotas_that_the_reader_may_see(
    at: Client, agency: Agency
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            at.get(LIST)
        return len(queries)

    channel = make_channel(agency.province)
    plan = make_plan(agency)
    PlanChannel.objects.create(plan=plan, order=1, title="Trang").channels.add(channel)
    once = asked()
    for per in ("month", "quarter"):
        make_quota(make_task(plan), channel, per=per)
    make_quota(make_task(plan), channel, removed_in=1)
    make_quota(make_task(make_plan(agency)), channel)
    other = make_agency(agency.province)
    make_quota(make_task(make_plan(other, state="draft")), channel)
    make_channel(agency.province)
    rows = at.get(LIST).context["rows"]
    assert [(row.plans, row.quotas) for row in rows] == [(2, 3), (0, 0)]
    page = at.get(LIST).content.decode()
    assert "2 kế hoạch, 3 định mức" in page
    assert "Chưa dùng" in page
    assert asked() == once


def test_home_affairs_finds_the_channels_in_the_navigation(at: Client) -> None:
    groups = at.get(LIST).context["nav"]
    active = [item.label for group in groups for item in group.items if item.active]
    assert active == ["Kênh tuyên truyền"]
