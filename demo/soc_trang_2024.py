"""What Sở TTTT Sóc Trăng might have done under plan 001 in 2024. The articles are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from django.conf import settings

from agencies.models import Unit
from agencies.roles import Role
from demo.people import Person, settle
from demo.telling import Event, Fate, tell
from plans.models import Channel

AGENCY = "ST-STTTT"
_STORY: Path = settings.BASE_DIR / "fixtures" / "demo" / "so_tttt_2024.yaml"

PEOPLE = [
    Person("noivu.st", "Lâm Thị Mai", Role.HOME_AFFAIRS, "ST-SNV"),
    Person("bientap.cchc", "Trần Quốc Việt", Role.CHANNEL_EDITOR, "ST-SNV"),
    Person("bientap.sotttt", "Ngô Thanh Hà", Role.CHANNEL_EDITOR, AGENCY, "BBT"),
    Person("vanphong.sotttt", "Lê Văn Phúc", Role.AGENCY_OFFICE, AGENCY, "VP"),
    Person("truong.vp", "Huỳnh Tấn Lộc", Role.UNIT_HEAD, AGENCY, "VP"),
    Person("truong.ttbcxb", "Phạm Thị Lan", Role.UNIT_HEAD, AGENCY, "TTBCXB"),
    Person("truong.cds", "Lý Thanh Bình", Role.UNIT_HEAD, AGENCY, "CDS"),
    Person("chanh.thanhtra", "Trần Thị Kim Ngân", Role.UNIT_HEAD, AGENCY, "TTRA"),
    Person("chuyenvien.cds", "Thạch Minh Tuấn", Role.OFFICER, AGENCY, "CDS"),
    Person("lanhdao.sotttt", "Đỗ Hoàng Nam", Role.LEADER, AGENCY),
    Person("thanhtra.st", "Sơn Thị Hồng", Role.AUDITOR, "ST-UBND"),
    Person("quantri.st", "Quách Văn Bình", Role.SYSTEM_ADMIN, "ST-SNV"),
    Person("vanphong.kcnhy", "Vũ Thị Thảo", Role.AGENCY_OFFICE, "HY-BQLKCN", "VP"),
    Person("noivu.hy", "Đặng Văn Long", Role.HOME_AFFAIRS, "HY-SNV"),
]

_FAR_EDITOR = "bientap.cchc"
_OWN_EDITOR = "bientap.sotttt"
_ADDRESSES = {
    "chuyen-trang-cchc": "https://cchc.example.vn/tin-bai/2024",
    "cong-tinh": "https://congtinh.example.vn/tin/2024",
    "cong-co-quan": "https://sotttt.example.vn/bai-viet/2024",
}


def play() -> None:
    """The year of plan 001: on time, late, missed and left waiting."""
    people = {person.username: settle(person) for person in PEOPLE}
    editors = {"chuyen-trang-cchc": people[_FAR_EDITOR]}
    author = people["vanphong.sotttt"]
    heads = {p.unit: people[p.username] for p in PEOPLE if p.role is Role.UNIT_HEAD}
    for event in _events():
        editor = editors.get(event.channel.code, people[_OWN_EDITOR])
        tell(event, author, editor, heads.get(event.unit.code))


def _events() -> Iterator[Event]:
    units = {u.code: u for u in Unit.objects.filter(agency__code=AGENCY).select_related("agency")}
    channels = {c.code: c for c in Channel.objects.filter(province__code="ST")}
    rows = yaml.safe_load(_STORY.read_text(encoding="utf-8"))["events"]
    for number, row in enumerate(rows, 1):
        yield Event(
            unit=units[row["unit"]],
            channel=channels[row["channel"]],
            kind=row["kind"],
            title=row["title"],
            sent_on=row["sent"],
            fate=Fate.PUBLISHED if "published" in row else Fate.WAITING,
            decided_on=row.get("decided"),
            published_on=row.get("published"),
            url=f"{_ADDRESSES[row['channel']]}/{number:03d}",
        )
