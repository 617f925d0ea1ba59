"""The one door to python-docx: plain paragraphs and tables in, a DOCX that people go on editing.

The text is built of named paragraph styles, so that a clerk changes a style and not fifty
paragraphs. Nothing here knows what the text says or which decree asks for which measure.
"""

from cchc.lib.word.document import write
from cchc.lib.word.values import (
    FONT,
    Align,
    Block,
    Columns,
    Figures,
    Line,
    Look,
    Margins,
    Part,
    Text,
)

__all__ = [
    "FONT",
    "Align",
    "Block",
    "Columns",
    "Figures",
    "Line",
    "Look",
    "Margins",
    "Part",
    "Text",
    "write",
]
