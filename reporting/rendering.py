"""An official document as HTML for the PDF; the layout is ``templates/print/document.html``."""

from __future__ import annotations

import re
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from cchc.lib.word.widths import balanced
from reporting.letterhead import MOTTO, NATION, Annex, Document, Letterhead, Paragraph

# 05/CT-UBND and 21/02/2024 stay on one line; the layout would break them after the stroke.
_REFERENCE = re.compile(r"\d+[a-z]?/[\w/-]{1,24}")
# Size in points and room in millimetres of what may need several lines in the middle.
_ISSUER = (13, 62)
_SUBJECT = (14, 136)
_ANNEX_WIDE = (14, 226)
_ANNEX_TALL = (14, 139)


def render(document: Document) -> str:
    """The document as one self-contained HTML page for :func:`cchc.lib.pdf.render`."""
    letterhead = lettered(document.letterhead)
    return render_to_string(
        "print/document.html",
        {
            "nation": NATION,
            "motto": MOTTO,
            "title": document.title,
            "created": document.created,
            "letterhead": letterhead,
            "agency": document.letterhead.agency,
            "blocks": [
                {"style": block.style, "html": _whole(block.text)}
                if isinstance(block, Paragraph)
                else {"table": block.table}
                for block in document.blocks
            ],
            "signature": document.signature,
            "recipients": document.recipients,
            "annexes": [titled(annex) for annex in document.annexes],
            "provenance": document.provenance,
        },
    )


def _whole(text: str) -> SafeString:
    """The text as HTML whose references do not break."""
    return SafeString(
        _REFERENCE.sub(r'<span class="whole">\g<0></span>', escape(text)).replace("\n", "<br>")
    )


def lettered(head: Letterhead) -> Letterhead:
    """The head as it stands on paper: long names in capitals, in lines of about one length."""
    return replace(
        head,
        parent_agency=balanced(head.parent_agency.upper(), *_ISSUER),
        agency=balanced(head.agency.upper(), *_ISSUER),
        subject=balanced(head.subject, *_SUBJECT),
    )


def titled(annex: Annex) -> Annex:
    """The annex with its title as it stands on paper."""
    room = _ANNEX_WIDE if annex.landscape else _ANNEX_TALL
    return replace(annex, title=balanced(annex.title.upper(), *room))
