"""The one door to HTTP out: a short and polite look at one public address.

The name is resolved once, every address of it is judged, and the connection goes to an address
that was judged, so that a name which answers differently the second time gains nothing. Each
redirect is judged anew. Nothing is sent but a GET that says who asks; nothing is kept but whether
the page is there and what it calls itself.
"""

from __future__ import annotations

import errno
import io
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPException, HTTPResponse
from typing import Any, cast
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from cchc.lib.page_titles import title_of

AGENT = "cchc-link-check/0.1"
MAX_BODY = 256 * 1024
_MAX_HEAD = 64 * 1024
_MAX_HOPS = 3
_MOST_ADDRESSES = 3
_CONNECT_SECONDS = 4.0
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_HTML = ("text/html", "application/xhtml+xml")
_SAFE = "/%:@!$&'()*+,;=~-._"
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})
_V6_PUBLIC = ipaddress.IPv6Network("2000::/3")


class Fault(StrEnum):
    """Why a page was not seen."""

    GONE = "gone"
    NO_NAME = "no_name"
    REFUSED = "refused"
    TLS = "tls"
    TIMEOUT = "timeout"
    SERVER = "server"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    LOOP = "loop"
    PRIVATE = "private"
    NOT_WEB = "not_web"

    @property
    def label(self) -> str:
        """In a few words, on screen."""
        return _LABELS[self]


_LABELS = {
    Fault.GONE: "trang báo không còn bài này",
    Fault.NO_NAME: "không còn tên miền",
    Fault.REFUSED: "máy chủ không nhận kết nối",
    Fault.TLS: "chứng thư bảo mật không hợp lệ",
    Fault.TIMEOUT: "quá 10 giây không trả lời",
    Fault.SERVER: "máy chủ báo lỗi",
    Fault.BROKEN: "máy chủ ngắt kết nối",
    Fault.UNREACHABLE: "mạng không tới được máy chủ",
    Fault.BLOCKED: "trang không cho phần mềm kiểm tra",
    Fault.LOOP: "trang chuyển hướng vòng quanh",
    Fault.PRIVATE: "dẫn vào mạng nội bộ nên không kiểm tra",
    Fault.NOT_WEB: "không ở cổng web thông thường nên không kiểm tra",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was there: no fault and what the page calls itself, or the fault."""

    fault: Fault | None = None
    title: str = ""


def is_public(address: str) -> bool:
    """Whether a resolved address lies on the public internet, and is no way round to another."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    # Of the sixth version only what is given out, and nothing that carries another address:
    # 64:ff9b::/96 (NAT64) and ::ffff:0:0/96 lie outside 2000::/3, Teredo is not global.
    return isinstance(ip, ipaddress.IPv4Address) or (ip in _V6_PUBLIC and ip.sixtofour is None)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system finds them."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


@dataclass(frozen=True, slots=True)
class Rules:
    """What a look may do; the defaults are the strict ones, others are for tests."""

    agent: str = AGENT
    judge: Callable[[str], bool] = is_public
    resolve: Callable[[str, int], list[str]] = resolve
    ports: frozenset[int] = frozenset(_PORTS.values())
    seconds: float = 10.0
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context


STRICT = Rules()


@dataclass(slots=True)
class Pace:
    """Between two requests to one host a pause; a host not seen before counts as just asked."""

    seconds: float = 2.0
    began: float = field(default_factory=time.monotonic)
    last: dict[str, float] = field(default_factory=dict)

    def wait(self, url: str) -> None:
        """Until the host may be asked again."""
        host = urlsplit(url).hostname or ""
        left = self.last.get(host, self.began) + self.seconds - time.monotonic()
        time.sleep(max(left, 0))

    def done(self, url: str) -> None:
        """The host has just been asked."""
        self.last[urlsplit(url).hostname or ""] = time.monotonic()


class _Stopped(Exception):
    """The look ends here."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def look(url: str, rules: Rules = STRICT) -> Seen:
    """What is at the address, after three redirects at most and within the time of the rules."""
    deadline = time.monotonic() + rules.seconds
    try:
        for _ in range(_MAX_HOPS + 1):
            seen, url = _hop(url, rules, deadline)
            if seen is not None:
                return seen
    except _Stopped as stopped:
        return Seen(stopped.fault)
    except (OSError, HTTPException, ValueError) as error:
        return Seen(_fault_of(error))
    return Seen(Fault.LOOP)


def _hop(url: str, rules: Rules, deadline: float) -> tuple[Seen | None, str]:
    """What is at one address, or where it leads on to."""
    parts, host, port = _target(url, rules.ports)
    addresses = _judged(host, port, rules, deadline)
    with _connected(addresses, port, deadline) as plain:
        wire = _dressed(plain, parts.scheme, host, rules, deadline)
        return _asked(wire, parts, host, rules.agent, deadline, url)


def _target(url: str, ports: frozenset[int]) -> tuple[SplitResult, str, int]:
    """The parts of an address that may be asked: the web's two schemes and their ports."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
    except ValueError as error:  # a port that is no number, a name that no domain can have
        raise _Stopped(Fault.NOT_WEB) from error
    is_web = parts.scheme in _PORTS and port in ports and parts.username is None
    if not is_web or not host or not host.isprintable():
        raise _Stopped(Fault.NOT_WEB)
    return parts, host, port


def _judged(host: str, port: int, rules: Rules, deadline: float) -> list[str]:
    """The addresses of the name; all of them public, or none is asked."""
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(rules.resolve(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    # The system's resolver knows no deadline: it is left behind, not waited for.
    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=_left(deadline))
    except queue.Empty as error:
        raise TimeoutError from error
    if isinstance(found, Exception):
        raise found
    if not found or not all(map(rules.judge, found)):
        raise _Stopped(Fault.PRIVATE)
    return found[:_MOST_ADDRESSES]


def _connected(addresses: list[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first address that takes one; no name is looked up again."""
    fault: OSError = TimeoutError()
    for address in addresses:
        try:
            wait = min(_CONNECT_SECONDS, _left(deadline))
            return socket.create_connection((address, port), timeout=wait)
        except OSError as error:
            fault = error
    raise fault


def _dressed(
    plain: socket.socket, scheme: str, host: str, rules: Rules, deadline: float
) -> socket.socket:
    """Under TLS the certificate must be the name's, though an address was dialled."""
    plain.settimeout(_left(deadline))
    return rules.tls().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain


def _asked(
    wire: socket.socket, parts: SplitResult, host: str, agent: str, deadline: float, url: str
) -> tuple[Seen | None, str]:
    query = f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
    target = f"{quote(parts.path, safe=_SAFE) or '/'}{query}"
    authority = f"[{host}]" if ":" in host else host
    if parts.port and parts.port != _PORTS[parts.scheme]:
        authority = f"{authority}:{parts.port}"
    lines = (
        f"GET {target} HTTP/1.1",
        f"Host: {authority}",
        f"User-Agent: {agent}",
        "Accept: text/html,*/*;q=0.1",
        "Accept-Encoding: identity",
        "Connection: close",
        "\r\n",
    )
    with wire:
        wire.settimeout(_left(deadline))
        wire.sendall("\r\n".join(lines).encode("ascii"))
        response = HTTPResponse(cast(socket.socket, _Wire(wire, deadline)), method="GET")
        response.begin()
        return _read(response, url)


def _read(response: HTTPResponse, url: str) -> tuple[Seen | None, str]:
    """HEAD is not trusted, and of the page only its beginning is read, if it is one."""
    if response.status in _REDIRECTS:
        return _led_on(response, url)
    if response.status in _GONE:
        return Seen(Fault.GONE), url
    if response.status >= 500:
        return Seen(Fault.SERVER), url
    if not 200 <= response.status < 300:
        return Seen(Fault.BLOCKED), url
    media = response.headers.get_content_type()
    if media not in _HTML:
        return Seen(), url
    told = response.headers.get_content_charset() or ""
    coding = (response.getheader("Content-Encoding") or "").strip().lower()
    return Seen(title=title_of(_beginning(response), charset=told, coding=coding)), url


def _led_on(response: HTTPResponse, url: str) -> tuple[Seen | None, str]:
    location = response.getheader("Location")
    if not location:
        return Seen(Fault.BROKEN), url
    return None, urljoin(url, location.encode("latin-1", "replace").decode("utf-8", "replace"))


def _beginning(response: HTTPResponse) -> bytes:
    """As much of the body as came in time, up to the limit."""
    pieces, size = [], 0
    try:
        while size < MAX_BODY and (piece := response.read1(MAX_BODY - size)):
            pieces.append(piece)
            size += len(piece)
    except (OSError, HTTPException, ValueError):
        pass  # the page opened; what came of it is enough
    return b"".join(pieces)


class _Wire(io.RawIOBase):
    """What comes over a connection: not after the deadline, and not more than is read of a page."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        super().__init__()
        self.connection, self.deadline = connection, deadline
        self.room = _MAX_HEAD + MAX_BODY

    def makefile(self, mode: str) -> io.BufferedReader:
        """As ``HTTPResponse`` asks a socket for its file."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is read only."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """What came next; nothing once the room is full."""
        view = memoryview(buffer)[: self.room]
        if not view:
            return 0
        self.connection.settimeout(_left(self.deadline))
        size = self.connection.recv_into(view)
        self.room -= size
        return size


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


_FAULTS: tuple[tuple[type[BaseException], Fault], ...] = (
    (TimeoutError, Fault.TIMEOUT),
    (ssl.SSLEOFError, Fault.BROKEN),
    (ssl.SSLError, Fault.TLS),
    (ConnectionRefusedError, Fault.REFUSED),
    (UnicodeError, Fault.NO_NAME),
)
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EACCES})


def _fault_of(error: BaseException) -> Fault:
    for kind, fault in _FAULTS:
        if isinstance(error, kind):
            return fault
    if isinstance(error, socket.gaierror):
        return Fault.NO_NAME if error.errno in _NO_SUCH_NAME else Fault.UNREACHABLE
    if isinstance(error, OSError) and error.errno in _NO_WAY:
        return Fault.UNREACHABLE
    return Fault.BROKEN
