"""WeasyPrint as we use it: our fonts, our assets, our tags.

A document is laid out with our own fonts (``static/fonts/fonts.conf``, so no system font leaks
in and two machines give the same bytes) and may fetch only the assets named in :data:`ASSETS`, as
``asset:NAME``. Every other address — file, network, data, attachment — is refused, so text from
users can never reach one.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import weasyprint.pdf
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from cchc.lib.pdf import tags

# No settings here: the processes that lay out parts start without Django.
_STATIC = Path(__file__).parents[3] / "static"
ASSETS = {"print.css": (_STATIC / "css" / "print.css", "text/css")}

# Fontconfig reads this at its first use, not at import: WeasyPrint above has not asked yet.
os.environ["FONTCONFIG_FILE"] = str(_STATIC / "fonts" / "fonts.conf")

# WeasyPrint tags every page by itself: a table of twenty pages is twenty tables. Ours go on.
weasyprint.pdf.add_tags = tags.add


class RefusedAddressError(ValueError):
    """A document asked for an address that is not one of our assets."""


def lay_out(html: str) -> Any:
    """WeasyPrint's document of a whole HTML text, its pages laid out."""
    return HTML(string=html, url_fetcher=_AssetFetcher()).render()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collect garbage rarely while laying out: a large table takes a quarter less time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


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
