"""A document that is laid out here, in one piece."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cchc.lib.pdf.layout import lay_out, rare_collections


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
    with rare_collections():
        document = lay_out(html)
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
        content = document.write_pdf(pdf_identifier=identifier, pdf_tags=True)
    return Pdf(content=content, pages=len(document.pages))


def write(html: str, path: Path) -> int:
    """Render ``html`` into the file ``path``; return the number of pages."""
    pdf = render(html)
    path.write_bytes(pdf.content)
    return pdf.pages
