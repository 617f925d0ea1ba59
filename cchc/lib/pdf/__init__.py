"""The one door to WeasyPrint: HTML of our own templates in, a tagged PDF out.

A short document is laid out here (:func:`write`); a long one comes in parts that processes beside
us lay out and that are put together in flat memory (:func:`write_parts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cchc.lib.pdf.joining import OnChunk, Part, join
from cchc.lib.pdf.layout import ASSETS
from cchc.lib.pdf.whole import Pdf, render, write

__all__ = ["ASSETS", "OnChunk", "Part", "Pdf", "render", "write", "write_parts"]


def write_parts(parts: Sequence[Part], path: Path, on_chunk: OnChunk) -> int:
    """Write a document given in parts; return the number of pages.

    The same parts give the same bytes. A single part is laid out here and now, without a word.
    Of several ``on_chunk`` is told how many of how many are done, and every second the same again:
    it may raise to stop the work, and then no process is left.
    """
    if len(parts) == 1:
        return write(parts[0].html(), path)
    return join(parts, path, on_chunk)
