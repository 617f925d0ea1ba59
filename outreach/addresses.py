"""When two addresses are one publication. Pure: text in, text out."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from cchc.lib.text import nfc

LONGEST = 500
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Tails that sharing and mailing tools add; they never choose the article.
_TRACKERS = frozenset({"fbclid", "gclid", "zarsrc"})
_NUMERIC = re.compile(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*|.*:.*", re.IGNORECASE)
_PRIVATE_ENDINGS = (".local", ".localhost", ".localdomain", ".internal", ".lan", ".home", ".arpa")

NOT_WEB = (
    "Đường dẫn phải bắt đầu bằng http:// hoặc https://, ví dụ https://soctrang.gov.vn/tin/123."
)
TOO_LONG = f"Đường dẫn dài quá {LONGEST} ký tự; hãy dùng địa chỉ gốc của tin, bài."


def fault(url: str) -> str:
    """The sentence that says why an address is not accepted; empty when it is."""
    if len(url) > LONGEST:
        return TOO_LONG
    parts = _split(url)
    if parts is None or parts.scheme not in _DEFAULT_PORTS or not _is_host(parts.hostname or ""):
        return NOT_WEB
    return NOT_WEB if parts.username is not None or any(c.isspace() for c in url) else ""


def normalise(url: str) -> str:
    """The address without what does not choose the article.

    Gone are the scheme, ``www.``, the scheme's own port, closing slashes, the order of the
    parameters, trackers and the fragment (but not ``#/…``, with which some portals route).
    """
    parts = urlsplit(nfc(url.strip()))
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    if parts.port and parts.port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{parts.port}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._").rstrip("/")
    kept = sorted(
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracker(pair[0])
    )
    query = f"?{urlencode(kept)}" if kept else ""
    route = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!/")) else ""
    return f"{host}{path}{query}{route}"


def fingerprint(url: str) -> str:
    """The SHA-256 of the normalised address; empty for no address."""
    return hashlib.sha256(normalise(url).encode()).hexdigest() if url else ""


def is_private(url: str) -> bool:
    """Whether the address leads into a private network by its looks: nobody may fetch it.

    A public name may still resolve to a private address; that is for whoever fetches to see.
    """
    parts = _split(url)
    host = (parts.hostname or "").rstrip(".") if parts else ""
    if _NUMERIC.fullmatch(host):
        return not _is_public(host)
    return "." not in host or host.endswith(_PRIVATE_ENDINGS)


def _is_public(host: str) -> bool:
    """Only four plain numbers: 127.1 and 0x7f.0.0.1 are other spellings of the same machine."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_host(host: str) -> bool:
    labels = host.rstrip(".").split(".")
    return len(labels) > 1 and all(labels)


def _is_tracker(name: str) -> bool:
    return name.lower().startswith("utm_") or name.lower() in _TRACKERS
