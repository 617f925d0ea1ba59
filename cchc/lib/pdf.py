"""The one door to WeasyPrint: HTML of our own templates in, PDF bytes out.

A document is rendered with our own fonts (``static/fonts/fonts.conf``, so no system
font leaks in and two machines give the same bytes) and may fetch only the assets
named in :data:`ASSETS`, as ``asset:NAME``. Every other address — file, network,
data, attachment — is refused, so text from users can never reach one.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

_STATIC: Path = settings.BASE_DIR / "static"
ASSETS = {"print.css": (_STATIC / "css" / "print.css", "text/css")}

# Fontconfig reads this at its first use, not at import: WeasyPrint above has not asked yet.
os.environ["FONTCONFIG_FILE"] = str(_STATIC / "fonts" / "fonts.conf")


class RefusedAddressError(ValueError):
    """A document asked for an address that is not one of our assets."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A rendered document and its number of pages."""

    content: bytes
    pages: int


def render(html: str) -> Pdf:
    """Render a whole HTML document; the same text gives the same bytes.

    Title, language and dates come from the document's own ``<title>``, ``lang`` and
    ``<meta name="dcterms.created">``; the file's identifier is the hash of the text.
    """
    with _rare_collections():
        document = HTML(string=html, url_fetcher=_AssetFetcher()).render()
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
        content = document.write_pdf(pdf_identifier=identifier)
    return Pdf(content=content, pages=len(document.pages))


def write(html: str, path: Path) -> int:
    """Render ``html`` into the file ``path``; return the number of pages."""
    pdf = render(html)
    path.write_bytes(pdf.content)
    return pdf.pages


class _AssetFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Answers ``asset:NAME`` of :data:`ASSETS` from disk and refuses everything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=[], allow_redirects=False)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a named asset; raise for any other address (WeasyPrint leaves it out)."""
        scheme, _, name = url.partition(":")
        if scheme != "asset" or name not in ASSETS:
            raise RefusedAddressError(f"Not one of our assets: {url[:200]}")
        path, content_type = ASSETS[name]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Collect garbage rarely while laying out: a large table takes a quarter less time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
