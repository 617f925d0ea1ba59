"""An official document as HTML for the PDF; the layout is ``templates/print/document.html``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from cchc.lib import pdf, table_parts
from cchc.lib.tables import Table
from cchc.lib.word.widths import balanced
from reporting.letterhead import MOTTO, NATION, Annex, Document, Letterhead, Paragraph

# 05/CT-UBND and 21/02/2024 stay on one line; the layout would break them after the stroke.
_REFERENCE = re.compile(r"\d+[a-z]?/[\w/-]{1,24}")
# Size in points and room in millimetres of what may need several lines in the middle.
_ISSUER = (13, 62)
_SUBJECT = (14, 136)
_ANNEX_WIDE = (14, 226)
_ANNEX_TALL = (14, 139)


# Rows that one process lays out; an annex is cut when it is longer by a fifth.
ROOM = 500


@dataclass(frozen=True, slots=True)
class PrintedAnnex:
    """An annex as it stands on paper, or a part of it.

    Parts ``share`` a name; a ``continued`` one has no heading of its own.
    """

    label: str
    title: str
    bookmark: str
    attached: str
    landscape: bool
    table: Table
    share: str = ""
    continued: bool = False


def render(document: Document) -> str:
    """The document as one self-contained HTML page for :func:`cchc.lib.pdf.render`."""
    return _page(document, [_printed(annex) for annex in document.annexes], True, True)


def parts(document: Document, room: int = ROOM) -> list[pdf.Part]:
    """The document for :func:`cchc.lib.pdf.write_parts`, in parts of about ``room`` rows.

    A short one is its only part.
    """
    found: list[list[PrintedAnnex]] = [[]]
    filled, most = 0, _most(room)
    for piece in (piece for annex in document.annexes for piece in _pieces(annex, room)):
        weighs = table_parts.weight(piece.table.rows)
        # The pages of a long annex are counted over its parts, so that nothing else is in them.
        if piece.share or filled + weighs > most:
            found.append([])
            filled = 0
        found[-1].append(piece)
        filled += most if piece.share else weighs
    last = len(found) - 1
    return [
        pdf.Part(
            partial(_page, document, annexes, at == 0, at == last),
            continued=bool(annexes) and annexes[0].continued,
        )
        for at, annexes in enumerate(found)
    ]


def _page(
    document: Document, annexes: Sequence[PrintedAnnex], is_first: bool, is_last: bool
) -> str:
    """The text with annexes, or annexes alone; the last part says where its figures come from."""
    return render_to_string(
        "print/document.html",
        {
            "nation": NATION,
            "motto": MOTTO,
            "title": document.title,
            "created": document.created,
            "letterhead": lettered(document.letterhead) if is_first else None,
            "agency": document.letterhead.agency,
            "blocks": [
                {"style": block.style, "html": _whole(block.text)}
                if isinstance(block, Paragraph)
                else {"table": block.table}
                for block in document.blocks
            ],
            "signature": document.signature,
            "recipients": document.recipients,
            "annexes": annexes,
            "provenance": document.provenance if is_last else "",
        },
    )


def _pieces(annex: Annex, room: int) -> list[PrintedAnnex]:
    """The annex as it is, or in parts when it is long."""
    whole = _printed(annex)
    if table_parts.weight(annex.table.rows) <= _most(room):
        return [whole]
    return [
        replace(whole, table=table, share=annex.label, continued=at > 0)
        for at, table in enumerate(table_parts.cut(annex.table, room))
    ]


def _most(room: int) -> int:
    return room + room // 5


def _printed(annex: Annex) -> PrintedAnnex:
    return PrintedAnnex(
        label=annex.label,
        title=titled(annex).title,
        bookmark=f"{annex.label}. {annex.title}",
        attached=annex.attached,
        landscape=annex.landscape,
        table=annex.table,
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
