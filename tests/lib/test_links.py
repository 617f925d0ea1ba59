"""The door to HTTP out, against a real server on this machine: what it refuses, reads and bears.

No other traffic than loopback: public names are answered by the tests, never by the network.
"""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from cchc.lib.links import STRICT, Fault, Pace, Rules, Seen, is_public, look
from cchc.lib.page_titles import title_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = b"<!doctype html><html><head><title>C\xe1\xba\xaft gi\xe1\xba\xa3m</title></head></html>"

Answer = Callable[[socket.socket, str], None]


def html(
    body: bytes = PAGE, status: str = "200 OK", more: str = "", kind: str = "text/html"
) -> Answer:
    def answer(wire: socket.socket, request: str) -> None:
        told = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}"
        wire.sendall(f"HTTP/1.1 {status}\r\n{told}\r\n".encode("latin-1") + body)

    return answer


def led_to(target: str, status: str = "302 Found") -> Answer:
    return html(b"", status, f"Location: {target}\r\n")


class Server:
    """Answers each connection as told; keeps what it was asked."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.together = self.most_together = 0
        self.context = context
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str = "/", host: str = "tin.example.vn") -> str:
        scheme = "https" if self.context else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    def rules(self, **facts: object) -> Rules:
        """Every name is this machine, which is let in."""
        usual = {
            "judge": lambda address: address == "127.0.0.1",
            "resolve": lambda host, port: ["127.0.0.1"],
            "ports": frozenset({self.port}),
            "seconds": 3.0,
        }
        return replace(STRICT, **(usual | facts))  # type: ignore[arg-type]

    def see(self, answer: Answer, **facts: object) -> Seen:
        """What is seen when every path is answered so."""
        self.answers = {"": answer}
        return look(self.url(), self.rules(**facts))

    def _serve(self) -> None:
        while True:
            try:
                wire, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(wire,), daemon=True).start()

    def _answer(self, wire: socket.socket) -> None:
        try:
            with self.context.wrap_socket(wire, server_side=True) if self.context else wire as safe:
                safe.settimeout(20)
                request = safe.recv(65536).decode("latin-1")
                self.asked.append(request)
                path = request.split(" ")[1]
                self.answers.get(path, self.answers.get("", html()))(safe, request)
        except (OSError, IndexError):
            pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.listening.close()


# Which addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:103.28.36.1",
        "::10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::10.0.0.1",
        "2002:0a00:0001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "tin.example.vn",
        "",
    ],
)
def test_no_address_leads_inside(address: str) -> None:
    assert is_public(address) is False


@pytest.mark.parametrize("address", ["103.28.36.1", "8.8.8.8", "2405:4800::1", "2001:4860::8888"])
def test_public_addresses_are_asked(address: str) -> None:
    assert is_public(address) is True


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "017700000001",
        "2130706433",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "10.0.0.1",
    ],
)
def test_the_strict_rules_refuse_this_machine_in_every_spelling(server: Server, host: str) -> None:
    url = f"http://{host}:{server.port}/"
    assert look(url, replace(STRICT, ports=frozenset({server.port}))) == Seen(Fault.PRIVATE)
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://tin.example.vn:22/",
        "http://tin.example.vn:8080/",
        "ftp://tin.example.vn/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/_",
        "javascript:alert(1)",
        "http://a@tin.example.vn/",
        "http://tin.example.vn:99999/",
        "http://[::1/",
        "http:///a",
        "http://a..b/",
        "",
    ],
)
def test_only_the_web_on_its_two_ports(url: str) -> None:
    asked: list[str] = []
    rules = replace(STRICT, resolve=lambda host, port: asked.append(host) or [])  # type: ignore[func-returns-value]
    assert look(url, rules) == Seen(Fault.NOT_WEB)
    assert asked == []


def test_a_name_with_one_private_address_among_public_ones_is_not_asked(server: Server) -> None:
    rules = server.rules(judge=is_public, resolve=lambda host, port: ["103.28.36.1", "10.0.0.1"])
    assert look(server.url(), rules) == Seen(Fault.PRIVATE)
    assert look(server.url(), replace(rules, resolve=lambda h, p: [])) == Seen(Fault.PRIVATE)


def test_a_name_is_resolved_once_and_that_address_is_dialled(server: Server) -> None:
    """The second answer of a rebinding name would be refused, and is never asked for."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    seen = look(server.url(), server.rules(resolve=lambda host, port: next(answers)))
    assert seen == Seen(title="Cắt giảm")
    assert next(answers) == ["10.0.0.1"]


def test_a_name_that_turns_private_on_the_redirect_is_not_followed(server: Server) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    server.answers = {"/": led_to("/a")}
    seen = look(server.url(), server.rules(resolve=lambda host, port: next(answers)))
    assert seen == Seen(Fault.PRIVATE)
    assert len(server.asked) == 1


# Redirects


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("http://10.0.0.1/", Fault.PRIVATE),
        ("http://169.254.169.254/latest/meta-data/", Fault.PRIVATE),
        ("http://[::ffff:10.0.0.1]/", Fault.PRIVATE),
        ("//0x7f.1/", Fault.PRIVATE),
        ("file:///etc/passwd", Fault.NOT_WEB),
        ("http://tin.example.vn:22/", Fault.NOT_WEB),
        ("http://a:b@tin.example.vn/", Fault.NOT_WEB),
    ],
)
def test_redirects_are_judged_anew(server: Server, target: str, fault: Fault) -> None:
    names = {"tin.example.vn": ["127.0.0.1"]}
    server.answers = {"/": led_to(target)}
    rules = server.rules(
        judge=lambda address: address == "127.0.0.1" and server.asked == [],
        resolve=lambda host, port: names.get(host, ["10.0.0.1"]),
        ports=frozenset({server.port, 80}),
    )
    assert look(server.url(), rules) == Seen(fault)
    assert len(server.asked) == 1


def test_three_redirects_are_followed_and_a_fourth_is_not(server: Server) -> None:
    ways = {f"/{n}": led_to(f"/{n + 1}") for n in range(9)}
    server.answers = ways | {"/3": html()}
    assert look(server.url("/0"), server.rules()) == Seen(title="Cắt giảm")
    server.answers = ways
    assert look(server.url("/0"), server.rules()) == Seen(Fault.LOOP)
    assert len(server.asked) == 8
    assert server.see(led_to("/")) == Seen(Fault.LOOP)
    assert server.see(html(b"", "302 Found")) == Seen(Fault.BROKEN)


# What is asked, and answered


def test_the_request_says_who_asks_and_nothing_can_be_slipped_into_it(server: Server) -> None:
    url = server.url("/tin bài/1?a=ế\r\nX: y#phần")
    assert look(url, server.rules(agent="cchc-link-check/0.1 (+https://cchc.vn/)")).fault is None
    [request] = server.asked
    assert request.split("\r\n") == [
        "GET /tin%20b%C3%A0i/1?a=%E1%BA%BFX:%20y HTTP/1.1",
        f"Host: tin.example.vn:{server.port}",
        "User-Agent: cchc-link-check/0.1 (+https://cchc.vn/)",
        "Accept: text/html,*/*;q=0.1",
        "Accept-Encoding: identity",
        "Connection: close",
        "",
        "",
    ]


def test_a_vietnamese_name_is_asked_by_its_ascii_form(server: Server) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    assert look(server.url(host="sóctrăng.vn"), server.rules(resolve=resolve)).fault is None
    assert asked == ["xn--sctrng-bxa5k.vn"]
    assert "Host: xn--sctrng-bxa5k.vn:" in server.asked[0]


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        ("404 Not Found", Fault.GONE),
        ("410 Gone", Fault.GONE),
        ("403 Forbidden", Fault.BLOCKED),
        ("401 Unauthorized", Fault.BLOCKED),
        ("429 Too Many Requests", Fault.BLOCKED),
        ("405 Method Not Allowed", Fault.BLOCKED),
        ("500 Internal Server Error", Fault.SERVER),
        ("503 Service Unavailable", Fault.SERVER),
        ("204 No Content", None),
    ],
)
def test_what_a_status_means(server: Server, status: str, fault: Fault | None) -> None:
    assert server.see(html(b"", status)).fault is fault


def test_only_pages_are_read(server: Server) -> None:
    assert server.see(html(kind="application/pdf")) == Seen()
    assert server.see(html(kind="text/plain")) == Seen()
    assert server.see(html(kind="application/xhtml+xml; charset=utf-8")) == Seen(title="Cắt giảm")


def test_what_is_not_there(server: Server) -> None:
    def gone(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no")

    def later(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    assert look(server.url(), server.rules(resolve=gone)) == Seen(Fault.NO_NAME)
    assert look(server.url(), server.rules(resolve=later)) == Seen(Fault.UNREACHABLE)
    assert server.see(lambda wire, request: wire.close()) == Seen(Fault.BROKEN)
    assert server.see(lambda wire, request: wire.sendall(b"SSH-2.0-x\r\n")) == Seen(Fault.BROKEN)
    url, rules = server.url(), server.rules()
    server.listening.close()
    free = socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    url = f"http://tin.example.vn:{port}/"
    assert look(url, replace(rules, ports=frozenset({port}))) == Seen(Fault.REFUSED)


# Hostile servers


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def drip(head: bytes, drop: bytes) -> Answer:
    def answer(wire: socket.socket, request: str) -> None:
        wire.sendall(head)
        while True:
            wire.sendall(drop)
            time.sleep(0.05)

    return answer


def test_a_slow_head_ends_in_time(server: Server) -> None:
    seen: list[Seen] = []
    slow = drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")
    took = seconds_of(lambda: seen.append(server.see(slow, seconds=0.6)))
    assert seen == [Seen(Fault.TIMEOUT)]
    assert took < 3


def test_a_slow_body_is_read_as_far_as_it_came(server: Server) -> None:
    seen: list[Seen] = []
    slow = drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, b".")
    took = seconds_of(lambda: seen.append(server.see(slow, seconds=0.6)))
    assert seen == [Seen(title="Cắt giảm")]
    assert took < 3


def test_silence_ends_in_time(server: Server) -> None:
    assert server.see(lambda wire, request: time.sleep(2), seconds=0.4) == Seen(Fault.TIMEOUT)


def test_a_resolver_that_hangs_is_left_behind(server: Server) -> None:
    def hang(host: str, port: int) -> list[str]:
        time.sleep(3)
        return ["127.0.0.1"]

    assert seconds_of(lambda: look(server.url(), server.rules(resolve=hang, seconds=0.3))) < 2


@pytest.mark.parametrize("chunked", [False, True])
def test_an_endless_body_is_left_after_a_quarter_of_a_megabyte(
    server: Server, chunked: bool
) -> None:
    sent = 0
    done = threading.Event()

    def endless(wire: socket.socket, request: str) -> None:
        nonlocal sent
        coding = b"Transfer-Encoding: chunked\r\n" if chunked else b""
        wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + coding + b"\r\n")
        piece = b"x" * 65536
        piece = b"10000\r\n" + piece + b"\r\n" if chunked else piece
        try:
            while sent < 200_000_000:
                wire.sendall(piece)
                sent += len(piece)
        finally:
            done.set()

    assert server.see(endless) == Seen()
    assert done.wait(3)
    assert sent < 20_000_000  # what the system's buffers took


def test_an_endless_head_is_left(server: Server) -> None:
    assert server.see(drip(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536)) == Seen(Fault.BROKEN)
    endless = b"HTTP/1.1 100 Continue\r\n\r\n" * 2000
    assert server.see(drip(endless, endless)).fault is Fault.BROKEN


def test_a_bomb_is_unpacked_no_further_than_the_limit(server: Server) -> None:
    bomb = gzip.compress(PAGE + b"\0" * 300_000_000, 9)
    assert len(bomb) < 400_000
    packed = html(bomb, more="Content-Encoding: gzip\r\n")
    begun = time.process_time()
    assert server.see(packed) == Seen(title="Cắt giảm")
    assert time.process_time() - begun < 1
    assert server.see(html(b"\x1f\x8b\x08", more="Content-Encoding: gzip\r\n")) == Seen()
    assert server.see(html(PAGE, more="Content-Encoding: br\r\n")) == Seen()


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650"
        " -subj /CN=tin.example.vn -addext subjectAltName=DNS:tin.example.vn"
        f" -keyout {key} -out {cert}".split(),
        check=True,
        capture_output=True,
    )
    return key, cert


def test_the_certificate_is_that_of_the_name_though_an_address_is_dialled(
    certificate: tuple[Path, Path],
) -> None:
    key, cert = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    names: list[str | None] = []
    context.sni_callback = lambda wire, name, seen: names.append(name)
    server = Server(context)

    def known() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(cert))

    assert look(server.url(), server.rules(tls=known)) == Seen(title="Cắt giảm")
    assert names == ["tin.example.vn"]
    assert look(server.url(host="khac.vn"), server.rules(tls=known)) == Seen(Fault.TLS)
    assert look(server.url(), server.rules()) == Seen(Fault.TLS)
    plain = Server()
    url = f"https://tin.example.vn:{plain.port}/"
    assert look(url, plain.rules()).fault in {Fault.TLS, Fault.BROKEN}
    server.listening.close()
    plain.listening.close()


# Titles


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<title>Cải cách &amp; hành chính &#7843;</title>".encode(), "Cải cách & hành chính ả"),
        ("<TITLE lang='vi'>\n  Hai\n dòng \t</TITLE>".encode(), "Hai dòng"),
        (normalize("NFD", "<title>Cải cách</title>").encode(), "Cải cách"),
        ("<title>Bỏ\u202e dấu\u200b ngầm\x07</title>".encode(), "Bỏ dấu ngầm"),
        (b"<!-- <title>sai</title> --><title>Dung</title>", "Dung"),
        (b"<title>Khong dong", "Khong dong"),
        (b"<title>a<b>c", "a"),
        (b"<titles>x</titles><p>khong co", ""),
        (b"<title></title>", ""),
        (b"\xef\xbb\xbf<title>BOM</title>", "BOM"),
        ("<title>Mười sáu</title>".encode("utf-16"), "Mười sáu"),
        ("<title>é</title>".encode("latin-1"), "é"),
        ("<meta charset=windows-1258><title>dang \xfe</title>".encode("latin-1"), "dang ₫"),
        ("<title>Cắ".encode()[:-1], "C"),
        (b"<title>" + b"&amp;" * 2000 + b"</title>", "&" * 300),
        (b"<title>&#0;&#xd800;&#x110000;x</title>", "\ufffd\ufffd\ufffdx"),
        (b"", ""),
    ],
)
def test_a_title_is_plain_words(body: bytes, title: str) -> None:
    assert title_of(body) == title


def test_good_utf_8_is_read_as_that_whatever_it_is_called() -> None:
    page = "<title>Sở Nội vụ</title>".encode()
    for called in ("iso-8859-1", "zip_codec", "unicode_escape", "x" * 300, "utf-16"):
        assert title_of(page, charset=called) == "Sở Nội vụ"
    for called in ("zip_codec", "rot13", "iso-8859-99", "idna", "windows-1252"):
        assert title_of(b"<title>caf\xe9</title>", charset=called) == "café"


@pytest.mark.parametrize(
    "piece", [b"<!--", b"<title ", b"<title", b"<meta ", b"<title>&", b"<", b"&#", b"\xff"]
)
def test_broken_pages_take_no_time(piece: bytes) -> None:
    body = piece * (256 * 1024 // len(piece))
    begun = time.process_time()
    title_of(body)
    assert time.process_time() - begun < 0.5


# Manners


def test_a_host_is_asked_again_only_after_a_pause() -> None:
    pace = Pace(seconds=0.2)
    assert seconds_of(lambda: pace.wait("http://a.vn/1")) > 0.1  # asked by the run before, maybe
    pace.done("http://a.vn/1")
    assert seconds_of(lambda: pace.wait("http://b.vn/1")) < 0.1
    assert seconds_of(lambda: pace.wait("https://a.vn/2")) > 0.1


def test_nothing_else_goes_out() -> None:
    """One door: no other file knows a library that opens connections to names it is given."""
    library = re.compile(
        r"^\s*(?:import|from)\s+(?:http\.client|urllib\.request|urllib3|requests|httpx|aiohttp"
        r"|socket|ssl|ftplib)\b",
        re.MULTILINE,
    )
    using = {
        str(path.relative_to(ROOT))
        for floor in ("cchc", "agencies", "plans", "outreach", "reporting", "demo")
        for path in (ROOT / floor).rglob("*.py")
        if library.search(path.read_text())
    }
    assert using == {
        "cchc/lib/links.py",
        "cchc/jobs/bell.py",  # between processes of this machine
        "cchc/jobs/runner.py",  # asks the machine's name
    }
