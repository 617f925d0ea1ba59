"""Letters: sent once, tried again a few times when the server says so, never twice."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from agencies.models import AuditEntry, User
from agencies.roles import Role
from cchc.jobs import runner
from cchc.jobs.models import Job
from cchc.lib import clock
from outreach import tasks
from outreach.actions import digests
from outreach.models import Digest
from outreach.models.digest import MailState
from tests import factories as make
from tests.outreach.conftest import House

pytestmark = [pytest.mark.core, pytest.mark.django_db]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2024, 3, 13)
MORNING = datetime(2024, 3, 13, 7, 0, tzinfo=HANOI)


def at(address: str, house: House) -> User:
    return make.make_user(
        Role.OFFICER, house.agency, house.unit, email=address, full_name=f"Người {address[:1]}"
    )


def send(house: House) -> dict[str, int]:
    return dict(digests.mail(province=house.province, by=None, step=lambda: None))


def states() -> list[tuple[str, str, str]]:
    rows = Digest.objects.exclude(mail_state=MailState.NOT_WANTED).order_by("email")
    return [(row.email, row.mail_state, row.mail_error) for row in rows]


class Server(socketserver.ThreadingTCPServer):
    """A mail server that answers each recipient as its name says: ``450@``, ``550@``, ``cut@``."""

    allow_reuse_address = True
    daemon_threads = True
    taken: list[str]


class Talk(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 thử")
        to = ""
        for line in self.rfile:
            word = line.decode().strip()
            if word.upper().startswith("RCPT"):
                to = word.split("<")[1].split("@")[0]
                self.say({"450": "450 Later", "550": "550 Unknown"}.get(to, "250 OK"))
            elif word.upper() == "DATA":
                self.say("354 Go")
                while self.rfile.readline().strip() != b".":
                    pass
                if to == "cut":
                    return
                self.server.taken.append(to)  # type: ignore[attr-defined]
                self.say("250 OK")
            elif word.upper() == "QUIT":
                self.say("221 Bye")
                return
            else:
                self.say("250 OK")


@pytest.fixture
def server(settings: object) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Talk) as running:
        running.taken = []
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address  # type: ignore[attr-defined]
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def test_the_letter_says_all_in_text_and_html(house: House, settings: object) -> None:
    settings.SITE_URL = "https://cchc.soctrang.gov.vn"  # type: ignore[attr-defined]
    person = at("a@soctrang.gov.vn", house)
    person.full_name = "Chị <An>"
    person.save()
    digests.tell(day=DAY, by=None)
    assert send(house) == {"sent": 1}
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (
        ["a@soctrang.gov.vn"],
        "Nhắc việc tuyên truyền CCHC ngày 13/03/2024: 1 việc",
    )
    owed = house.obligations["Q1"]
    assert str(letter.body) == (
        "Kính gửi Chị <An>,\n"
        "\n"
        "Nhắc việc tuyên truyền cải cách hành chính ngày 13/03/2024 (1 việc):\n"
        "\n"
        f"1. Nhiệm vụ 4.1 – {owed.task.title} (Chuyên trang CCHC, Quý I/2024, Văn phòng): còn "
        "thiếu 1 kết quả, hạn 20/03/2024, còn 7 ngày.\n"
        f"   https://cchc.soctrang.gov.vn/tuyen-truyen/dau-viec/{owed.pk}/\n"
        "\n"
        "Xem tất cả: https://cchc.soctrang.gov.vn/tuyen-truyen/nhac-viec/\n"
        "Đổi cách nhắc việc: https://cchc.soctrang.gov.vn/tuyen-truyen/nhac-viec/cai-dat/\n"
        "\n"
        "Thư này do phần mềm Tuyên truyền CCHC tự động gửi, không cần trả lời.\n"
    )
    [html] = letter.alternatives  # type: ignore[attr-defined]
    assert "Chị &lt;An&gt;" in html.content
    assert f'href="https://cchc.soctrang.gov.vn/tuyen-truyen/dau-viec/{owed.pk}/"' in html.content


def test_without_a_site_address_there_are_no_links(house: House, settings: object) -> None:
    settings.SITE_URL = ""  # type: ignore[attr-defined]
    at("a@a.vn", house)
    digests.tell(day=DAY, by=None)
    send(house)
    [letter] = mail.outbox
    assert "/dau-viec/" not in str(letter.body)
    assert "href" not in letter.alternatives[0].content  # type: ignore[attr-defined]


def test_it_is_sent_once_however_often_it_is_asked(house: House) -> None:
    at("a@a.vn", house)
    digests.tell(day=DAY, by=None)
    assert (send(house), send(house)) == ({"sent": 1}, {})
    assert len(mail.outbox) == 1
    entry = AuditEntry.objects.get(verb="digest.mail")
    assert entry.after == {"sent": 1}


def test_without_an_address_there_is_only_the_bell(house: House) -> None:
    digests.tell(day=DAY, by=None)
    assert send(house) == {}
    assert Digest.objects.get().mail_state == MailState.NOT_WANTED
    assert Job.objects.count() == 0
    assert Digest.objects.visible_to(house.officer).unread().count() == 1


def test_an_account_locked_since_gets_no_letter(house: House) -> None:
    person = at("a@a.vn", house)
    digests.tell(day=DAY, by=None)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert send(house) == {"not_wanted": 1}
    assert mail.outbox == []


def test_the_server_decides_who_is_tried_again(house: House, server: Server) -> None:
    for name in ("450", "550", "good", "cut", "zoe"):
        at(f"{name}@a.vn", house)
    digests.tell(day=DAY, by=None)
    assert send(house) == {"waiting": 1, "failed": 2, "sent": 2}
    assert server.taken == ["good", "zoe"]
    unknown = "Không rõ thư đã đi hay chưa, không gửi lại: Connection unexpectedly closed"
    assert states() == [
        ("450@a.vn", "waiting", "450 Later"),
        ("550@a.vn", "failed", "550 Unknown"),
        ("cut@a.vn", "failed", unknown),
        ("good@a.vn", "sent", ""),
        ("zoe@a.vn", "sent", ""),
    ]
    assert send(house) == {"waiting": 1}
    assert send(house) == {"failed": 1}
    assert send(house) == {}
    assert server.taken == ["good", "zoe"]
    assert Digest.objects.get(email="450@a.vn").mail_tries == 3


def test_a_server_that_is_away_is_tried_after_ten_minutes_and_after_an_hour(
    house: House, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    assert tasks.mail_digests.name == digests.MAIL_TASK
    at("a@a.vn", house)
    tried = []
    with time_machine.travel(MORNING, tick=False) as now:
        digests.tell(day=DAY, by=None)
        for _ in range(200):
            before = Digest.objects.get(email="a@a.vn").mail_tries
            while runner.run_next():
                pass
            if Digest.objects.get(email="a@a.vn").mail_tries > before:
                tried.append(f"{clock.now().astimezone(HANOI):%H:%M}")
            now.shift(timedelta(minutes=1))
    assert tried == ["07:00", "07:10", "08:10"]
    [(_, state, error)] = states()
    assert state == "failed"
    assert error.startswith("Không kết nối được máy chủ thư: ")


def test_a_letter_in_the_hand_of_a_dead_worker_is_not_sent_again(house: House) -> None:
    at("a@a.vn", house)
    digests.tell(day=DAY, by=None)
    digest = Digest.objects.get(email="a@a.vn")
    with time_machine.travel(MORNING, tick=False) as now:
        assert Digest.objects.claim_mail(digest.pk, clock.now()) is True
        assert Digest.objects.claim_mail(digest.pk, clock.now()) is False
        assert send(house) == {}
        now.shift(timedelta(minutes=16))
        assert send(house) == {}
    assert states() == [("a@a.vn", "failed", digests.ABANDONED)]
    assert mail.outbox == []


def test_a_cancelled_job_stops_between_two_letters(house: House) -> None:
    for name in "abc":
        at(f"{name}@a.vn", house)
    digests.tell(day=DAY, by=None)
    left = iter([None, None])
    with contextlib.suppress(StopIteration):
        digests.mail(province=house.province, by=None, step=lambda: next(left))
    assert [state for _, state, _ in states()] == ["sent", "sent", "waiting"]
