"""Tỉnh Hòa Giang: thirty invented agencies in the current year, so that no page is empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agencies.models import Agency, User
from agencies.models.agency import AgencyKind
from agencies.roles import Role
from demo import implementing
from demo.people import Person, settle
from demo.telling import Event, Fate, tell
from plans import plan_file
from plans.actions.issue import issue
from plans.actions.record import record
from plans.models import Obligation, Plan
from plans.models.plan import PlanState

PROVINCE = "HG"

PEOPLE = [
    Person("noivu.hg", "Hà Thị Thu Nguyệt", Role.HOME_AFFAIRS, "HG-SNV", "P1"),
    Person("bientap.hg", "Bùi Đức Anh", Role.CHANNEL_EDITOR, "HG-SNV", "P1"),
    Person("vanphong.sotp", "Trịnh Văn Sơn", Role.AGENCY_OFFICE, "HG-STP", "VP"),
    Person("truongphong.sotp", "Mạc Thị Yến", Role.UNIT_HEAD, "HG-STP", "P1"),
    Person("chuyenvien.sotp", "Lý Gia Huy", Role.OFFICER, "HG-STP", "P2"),
    Person("lanhdao.hg", "Nguyễn Trọng Nghĩa", Role.LEADER, "HG-UBND"),
    Person("thanhtra.hg", "Tô Thị Bích", Role.AUDITOR, "HG-UBND"),
    Person("quantri.hg", "Chu Văn Thắng", Role.SYSTEM_ADMIN, "HG-SNV"),
]

_SUBJECTS = (
    "Rút ngắn thời gian giải quyết thủ tục hành chính",
    "Nộp hồ sơ trực tuyến, nhận kết quả tại nhà",
    "Công khai, minh bạch thủ tục hành chính",
    "Nâng cao chất lượng phục vụ tại bộ phận một cửa",
    "Gương điển hình trong cải cách hành chính",
    "Đối thoại, tháo gỡ vướng mắc cho người dân, doanh nghiệp",
    "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
    "Kỷ luật, kỷ cương hành chính và văn hóa công vụ",
)
_KINDS = ("news", "article", "news", "reportage")
_RETURNED = "Bài chưa nêu số liệu kết quả cụ thể; đề nghị bổ sung rồi gửi lại."


@dataclass(frozen=True, slots=True)
class _Cast:
    author: User
    own_editor: User
    far_editor: User


def play(today: date) -> None:
    """Plans of the year; until its first quarter is over the year before is told too."""
    for person in PEOPLE:
        settle(person)
    for year in sorted({(today - timedelta(days=90)).year, today.year}):
        _play_year(year, today)


def _play_year(year: int, today: date) -> None:
    """Plans of the year, then a fate for every obligation that has begun."""
    office = _office("HG-UBND")
    parent = _parent(year, office)
    owing = Agency.objects.filter(province__code=PROVINCE).exclude(kind=AgencyKind.PROVINCE)
    for agency in owing.in_order():
        _play_agency(agency, parent, year, today)
    if year == today.year and not parent.revision:
        implementing.amend(parent, office)


def _parent(year: int, office: User) -> Plan:
    plan = record(facts=plan_file.read(_parent_plan(year), str(year)), by=office)
    if plan.state != PlanState.DRAFT:
        return plan
    implementing.set_term(plan, f"16/01/{year}", office)
    return issue(plan=plan, by=office)


def _play_agency(agency: Agency, parent: Plan, year: int, today: date) -> None:
    office = _office(agency.code)
    plan = _issued(_agency_plan(agency, parent, year), office)
    cast = _Cast(
        office,
        settle(
            Person(
                f"bt.{agency.code.lower()}",
                "Biên tập viên",
                Role.CHANNEL_EDITOR,
                agency.code,
                printed=False,
            )
        ),
        settle(PEOPLE[1]),
    )
    obligations = plan.obligations.select_related("unit__agency", "channel").order_by("id")
    for obligation in obligations:
        event = _event(obligation, today)
        if event is not None:
            editor = cast.far_editor if event.channel.run_by_id else cast.own_editor
            tell(event, cast.author, editor)


def _office(agency_code: str) -> User:
    known = next(
        (p for p in PEOPLE if p.agency == agency_code and p.role is Role.AGENCY_OFFICE), None
    )
    return settle(
        known
        or Person(
            f"vp.{agency_code.lower()}", "Văn phòng", Role.AGENCY_OFFICE, agency_code, printed=False
        )
    )


def _issued(data: Mapping[str, object], by: User) -> Plan:
    plan = record(facts=plan_file.read(data, str(data["key"])), by=by)
    if plan.state != PlanState.DRAFT:
        return plan
    implementing.answer(plan, by)
    return issue(plan=plan, by=by)


def _parent_plan(year: int) -> dict[str, Any]:
    return _header(
        key=f"hg-ubnd-{year}",
        agency="HG-UBND",
        number="12",
        symbol="KH-UBND",
        signed=date(year, 1, 8),
        title=f"Tuyên truyền cải cách hành chính tỉnh Hòa Giang năm {year}",
        year=year,
        authority="TM. ỦY BAN NHÂN DÂN",
        position="CHỦ TỊCH",
        **implementing.parent_text(),
    )


def _agency_plan(agency: Agency, parent: Plan, year: int) -> dict[str, Any]:
    number = agency.order + 20
    data = _header(
        key=f"{agency.code.lower()}-{year}",
        agency=agency.code,
        number=str(number),
        symbol=f"KH-{agency.code.removeprefix('HG-')}",
        signed=date(year, 1, 12) + timedelta(days=agency.order % 7),
        title=f"Tuyên truyền cải cách hành chính năm {year} của {agency.name}",
        year=year,
        authority="",
        position="THỦ TRƯỞNG CƠ QUAN",
    )
    data["parent"] = parent.key
    data["content"] = implementing.own_content(agency)
    data["tasks"] = [{"rows": _tasks(agency, year)}]
    return data


def _header(**facts: Any) -> dict[str, Any]:
    year = facts.pop("year")
    signer = {"authority": facts.pop("authority"), "position": facts.pop("position")}
    return {
        "kind": "outreach",
        "place": "Hòa Giang",
        "starts_on": date(year, 1, 1),
        "ends_on": date(year, 12, 31),
        "signer": signer,
        "recipients": ["UBND tỉnh", "Sở Nội vụ", "Lưu: VT"],
        **facts,
    }


def _tasks(agency: Agency, year: int) -> list[dict[str, Any]]:
    tasks = [
        {
            "code": "1",
            "title": implementing.QUARTERLY,
            "lead": ["VP", "P1", "P2"],
            "time": "Chậm nhất ngày 20 của tháng cuối quý",
            "quotas": [
                {
                    "channel": "chuyen-trang-cchc",
                    "per": "quarter",
                    "due": {"day": 20},
                    "rotation": {
                        "VP": [f"{year}-Q1", f"{year}-Q3"],
                        "P1": [f"{year}-Q4"],
                        "P2": [f"{year}-Q2"],
                    },
                }
            ],
        }
    ]
    if agency.kind != AgencyKind.COMMUNE:
        tasks.append(_monthly_task(year))
    return tasks


def _monthly_task(year: int) -> dict[str, Any]:
    units = ("VP", "P1", "P2")
    return {
        "code": "2",
        "title": implementing.MONTHLY,
        "lead": list(units),
        "time": "Chậm nhất ngày 25 hằng tháng",
        "quotas": [
            {
                "channel": "cong-co-quan",
                "per": "month",
                "due": {"day": 25},
                "rotation": {
                    unit: [f"{year}-M{month:02d}" for month in range(1, 13) if month % 3 == place]
                    for place, unit in enumerate(units)
                },
            }
        ],
    }


def _event(obligation: Obligation, today: date) -> Event | None:
    """The obligation's article, if it has come to one by today; the same on every machine."""
    lot = (obligation.agency.order * 31 + obligation.window_start.month * 17) % 20
    plan = _timetable(obligation, lot, today)
    if plan is None or obligation.unit is None or obligation.channel is None:
        return None
    fate, sent, decided, published = plan
    subject = _SUBJECTS[(lot + obligation.window_start.month) % len(_SUBJECTS)]
    return Event(
        unit=obligation.unit,
        channel=obligation.channel,
        kind=_KINDS[lot % len(_KINDS)],
        title=f"{subject} – {obligation.agency.short_name}, {obligation.period_label}",
        sent_on=sent,
        fate=fate,
        decided_on=decided,
        published_on=published,
        url=f"https://{obligation.channel.code}.example.vn/{obligation.agency.code.lower()}/{obligation.period.lower()}",
        reason=_RETURNED,
    )


_Timetable = tuple[Fate, date, date | None, date | None]


def _timetable(obligation: Obligation, lot: int, today: date) -> _Timetable | None:
    """On time for most lots; then late, missed, waiting, returned."""
    due = obligation.due_on
    if due > today:
        return _begun(obligation, lot, today)
    if lot < 13:
        return _done(due - timedelta(days=lot % 5 + 1))
    if lot < 16:
        late = due + timedelta(days=lot - 12)
        return _done(late) if late <= today else None
    if lot == 18:
        return (Fate.WAITING, due - timedelta(days=2), None, None)
    if lot == 19:
        return (Fate.RETURNED, due - timedelta(days=6), due - timedelta(days=3), None)
    return None


def _begun(obligation: Obligation, lot: int, today: date) -> _Timetable | None:
    begun = max(obligation.window_start, today - timedelta(days=10))
    if obligation.window_start > today - timedelta(days=5):
        return None
    if lot % 4 == 0:
        return _done(begun + timedelta(days=5))
    if lot % 4 == 1:
        return (Fate.WAITING, begun + timedelta(days=2), None, None)
    if lot % 4 == 2:
        return (Fate.APPROVED, begun + timedelta(days=1), begun + timedelta(days=3), None)
    return None


def _done(published: date) -> _Timetable:
    return (
        Fate.PUBLISHED,
        published - timedelta(days=4),
        published - timedelta(days=2),
        published,
    )


def printed() -> Iterator[Person]:
    """The accounts to print."""
    return (person for person in PEOPLE if person.printed)
