"""An invented province whose first quarter of 2024 has every outcome; plain rows, no clicks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from agencies.models import Agency, AgencyName, Membership, Province, Unit, User
from agencies.roles import Role
from outreach.models import Activity, Explanation, Fulfilment, Placement
from plans.models import Channel, Obligation, Plan, Quota, Task
from plans.periods import Period

QUARTER = Period.parse("2024-Q1")
MARCH = Period.parse("2024-M03")
AS_OF = date(2024, 4, 5)
WRITTEN = datetime(2024, 1, 2, 8, tzinfo=UTC)

NAMES = (
    ("Sở Thông tin và Truyền thông", "Sở TTTT"),
    ("Sở Tài chính", "Sở Tài chính"),
    ("Sở Kế hoạch và Đầu tư", "Sở KHĐT"),
    ("Sở Giáo dục và Đào tạo", "Sở GDĐT"),
    ("Sở Y tế", "Sở Y tế"),
    ("Sở Tư pháp", "Sở Tư pháp"),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Sở NNPTNT"),
    ("Sở Tài nguyên và Môi trường", "Sở TNMT"),
    ("Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH"),
    ("Ban Quản lý các khu công nghiệp", "BQL các KCN"),
    ("Ủy ban nhân dân thị xã Ngã Bảy", "UBND thị xã Ngã Bảy"),
    ("Ủy ban nhân dân huyện Kế Sách", "UBND huyện Kế Sách"),
)
TITLES = (
    "Đẩy mạnh thanh toán trực tuyến phí, lệ phí dịch vụ công",
    "Công bố thủ tục hành chính được bãi bỏ, thay thế trong lĩnh vực quản lý",
    "Hướng dẫn nộp hồ sơ trực tuyến trên Cổng dịch vụ công quốc gia",
    "Kết quả khảo sát sự hài lòng của người dân đối với sự phục vụ hành chính",
)


@dataclass
class World:
    """What the tests reach for."""

    province: Province
    government: Agency
    home: Agency
    agencies: list[Agency]
    page: Channel
    portal: Channel
    users: dict[str, User]
    obligations: dict[tuple[str, str, str], Obligation] = field(default_factory=dict)

    def obligation(self, agency: Agency, channel: Channel, period: str) -> Obligation:
        """The obligation of that agency on that channel in that period."""
        return self.obligations[agency.code, channel.code, period]


def make_world(count: int = 4, code: str = "QT") -> World:
    """A province with ``count`` agencies that owe, one that owes nothing, and Home Affairs."""
    province = Province.objects.create(code=code, name=f"Quảng Thử {code}")
    government = _agency(province, "UBND", "province", "Ủy ban nhân dân", "UBND tỉnh", 0)
    home = _agency(province, "SNV", "department", "Sở Nội vụ", "Sở Nội vụ", 1)
    agencies = [
        _agency(province, f"CQ{i + 1}", "department", *_name(i), 10 + i) for i in range(count)
    ]
    users = _users(code, government, home, agencies)
    page = Channel.objects.create(
        province=province,
        code="CCHC",
        name="Chuyên trang CCHC của tỉnh",
        short_name="Chuyên trang CCHC",
        kind="online",
        run_by=home,
        order=1,
    )
    portal = Channel.objects.create(
        province=province,
        code="CTTDT",
        name="Cổng thông tin điện tử của cơ quan",
        short_name="Cổng TTĐT cơ quan",
        kind="online",
        order=2,
    )
    world = World(province, government, home, agencies, page, portal, users)
    _plan(
        government,
        users["home"],
        "30",
        "KH-UBND",
        f"Tuyên truyền cải cách hành chính tỉnh {province.name} năm 2024",
    )
    for index, agency in enumerate(agencies):
        _owe(world, agency, index)
    return world


def publish(obligation: Obligation, on: date, title: str = "", url: str = "") -> Placement:
    """An article of the obligation's unit, published on its channel that day and counted."""
    placement = send(obligation, on, title)
    placement.state = "published"
    placement.decided_on = placement.published_on = on
    placement.decided_by = placement.published_by = placement.sent_by
    placement.url = url or f"https://cchc.example.gov.vn/tin/{placement.pk}"
    placement.fingerprint = f"{placement.pk:064d}"
    placement.save()
    Fulfilment.objects.create(
        placement=placement, obligation=obligation, counted_on=on, why="đăng trong kỳ"
    )
    return placement


def send(obligation: Obligation, on: date, title: str = "") -> Placement:
    """An article that was sent to the channel and waits."""
    author = User.objects.get(username=f"{obligation.province.code.lower()}-home")
    activity = Activity(
        province=obligation.province,
        agency=obligation.agency,
        unit=obligation.unit,
        kind="news",
        title=title or TITLES[obligation.pk % len(TITLES)],
        author=author,
        entered_at=WRITTEN,
    )
    activity.clean()
    activity.save()
    return Placement.objects.create(
        province=obligation.province,
        agency=obligation.agency,
        editing_agency_id=obligation.channel.editing_agency_id(obligation.agency_id),
        activity=activity,
        channel=obligation.channel,
        state="sent",
        sent_on=on,
        sent_by=author,
    )


def _name(index: int) -> tuple[str, str]:
    if index < len(NAMES):
        return NAMES[index]
    return f"Ủy ban nhân dân xã số {index}", f"UBND xã số {index}"


def _agency(province: Province, code: str, kind: str, name: str, short: str, order: int) -> Agency:
    full = f"{name} tỉnh {province.name}"
    agency = Agency.objects.create(
        province=province,
        code=f"{province.code}-{code}",
        kind=kind,
        name=full,
        short_name=short,
        place=province.name,
        order=order,
    )
    AgencyName.objects.create(agency=agency, name=full, short_name=short)
    Unit.objects.create(agency=agency, code="VP", name="Văn phòng", order=1)
    Unit.objects.create(agency=agency, code="NV", name="Phòng Nghiệp vụ", order=2)
    return agency


def _users(code: str, government: Agency, home: Agency, agencies: list[Agency]) -> dict[str, User]:
    first = agencies[0]
    office, unit = first.units.get(code="VP"), first.units.get(code="NV")
    posts = {
        "home": (home, Role.HOME_AFFAIRS, None),
        "leader": (government, Role.LEADER, None),
        "office": (first, Role.AGENCY_OFFICE, office),
        "head": (first, Role.UNIT_HEAD, unit),
        "officer": (first, Role.OFFICER, unit),
        "editor": (home, Role.CHANNEL_EDITOR, None),
        "admin": (home, Role.SYSTEM_ADMIN, None),
        "auditor": (first, Role.AUDITOR, None),
    }
    users = {}
    for name, (agency, role, place) in posts.items():
        user = User.objects.create(
            username=f"{code.lower()}-{name}", full_name=f"Người thử {name}", password="!"
        )
        Membership.objects.create(
            user=user, agency=agency, unit=place, role=role.value, since=date(2024, 1, 1)
        )
        users[name] = user
    return users


def _plan(agency: Agency, by: User, number: str, symbol: str, title: str) -> Plan:
    return Plan.objects.create(
        key=f"{agency.code}-2024".lower(),
        province=agency.province,
        agency=agency,
        kind="outreach",
        number=number,
        symbol=symbol,
        signed_on=date(2024, 1, 31),
        signed_precision="day",
        title=title,
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        state="issued",
        issued_at=WRITTEN,
        issued_by=by,
    )


def _owe(world: World, agency: Agency, index: int) -> None:
    """Quarterly on the province's page, monthly on the own portal; four stories in turn."""
    plan = _plan(
        agency,
        world.users["home"],
        f"{index + 1}",
        "KH-CQ",
        "Tuyên truyền cải cách hành chính năm 2024",
    )
    units = list(agency.units.order_by("order"))
    quarterly = _quota(plan, 1, world.page, "quarter", "Tin, bài đăng trên Chuyên trang CCHC")
    monthly = _quota(plan, 2, world.portal, "month", "Tin, bài đăng trên Cổng TTĐT của cơ quan")
    for quarter in (1, 2):
        _obligation(world, quarterly, f"2024-Q{quarter}", date(2024, 3 * quarter, 20), units[1])
    for month in (1, 2, 3, 4):
        _obligation(world, monthly, f"2024-M{month:02d}", date(2024, month, 25), units[month % 2])
    _STORIES[index % len(_STORIES)](world, agency)


def _quota(plan: Plan, order: int, channel: Channel, per: str, title: str) -> Quota:
    task = Task.objects.create(plan=plan, order=order, code=f"4.{order}", title=title)
    return Quota.objects.create(task=task, channel=channel, per=per, due_kind="period_end")


def _obligation(world: World, quota: Quota, code: str, due_on: date, unit: Unit) -> None:
    period = Period.parse(code)
    plan = quota.task.plan
    world.obligations[plan.agency.code, quota.channel.code, code] = Obligation.objects.create(
        province=plan.province,
        agency=plan.agency,
        plan=plan,
        task=quota.task,
        quota=quota,
        unit=unit,
        channel=quota.channel,
        counts_when=quota.counts_when,
        period=code,
        window_start=period.start,
        window_end=period.end,
        due_on=due_on,
        before_issue=due_on < date(2024, 1, 31),
    )


def _diligent(world: World, agency: Agency) -> None:
    publish(world.obligation(agency, world.page, "2024-Q1"), date(2024, 3, 18))
    for month in (1, 2, 3):
        publish(world.obligation(agency, world.portal, f"2024-M{month:02d}"), date(2024, month, 20))


def _late(world: World, agency: Agency) -> None:
    publish(world.obligation(agency, world.page, "2024-Q1"), date(2024, 3, 28))
    publish(world.obligation(agency, world.portal, "2024-M02"), date(2024, 2, 10))
    late = world.obligation(agency, world.portal, "2024-M03")
    publish(late, date(2024, 3, 29))
    publish(late, date(2024, 3, 30), "Bài thứ hai trong tháng")


def _missing(world: World, agency: Agency) -> None:
    publish(world.obligation(agency, world.portal, "2024-M02"), date(2024, 2, 24))
    missed = world.obligation(agency, world.page, "2024-Q1")
    Explanation.objects.create(
        obligation=missed,
        reason="staff",
        text="Cán bộ phụ trách nghỉ thai sản, chưa kịp bàn giao.",
        given_by=world.users["home"],
    )
    waived = world.obligation(agency, world.portal, "2024-M03")
    waived.waived_at, waived.waived_by = WRITTEN, world.users["home"]
    waived.waived_reason = "Cổng TTĐT của cơ quan bảo trì cả tháng."
    waived.save()


def _waiting(world: World, agency: Agency) -> None:
    send(world.obligation(agency, world.page, "2024-Q1"), date(2024, 3, 12))
    publish(world.obligation(agency, world.portal, "2024-M02"), date(2024, 2, 25))


_STORIES = (_diligent, _late, _missing, _waiting)
