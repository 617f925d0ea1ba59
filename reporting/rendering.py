"""An official document as HTML for the PDF; the layout is ``templates/print/document.html``."""

from __future__ import annotations

from django.template.loader import render_to_string

from reporting.letterhead import MOTTO, NATION, Document


def render(document: Document) -> str:
    """The document as one self-contained HTML page for :func:`cchc.lib.pdf.render`."""
    return render_to_string(
        "print/document.html",
        {
            "nation": NATION,
            "motto": MOTTO,
            "title": document.title,
            "created": document.created,
            "letterhead": document.letterhead,
            "blocks": document.blocks,
            "signature": document.signature,
            "recipients": document.recipients,
            "annexes": document.annexes,
            "provenance": document.provenance,
        },
    )
