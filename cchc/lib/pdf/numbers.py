"""Page numbers of a long annex, printed where ``print.css`` prints those of a short one."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pydyf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from cchc.lib.pdf.laid import NUMBER_FONT
from cchc.lib.pdf.objects import ObjectFile

_FONT = Path(__file__).parents[3] / "static" / "fonts" / "Tinos-Regular.ttf"
_SIZE = 13
_DIGIT = _SIZE / 2  # every digit is half its size wide
_BASELINE = 32.73  # from the top edge; the middle of a margin of 20 mm
_LEFT, _RIGHT = 30, 18  # margins of the page, mm
_POINTS = 72 / 25.4


def stamp(number: int, width: float) -> bytes:
    """The content that prints a number in the middle of the text of a page that wide.

    WeasyPrint leaves the page's axis pointing down.
    """
    digits = str(number)
    middle = (width + (_LEFT - _RIGHT) * _POINTS) / 2
    left = middle - len(digits) * _DIGIT / 2
    return b"/Artifact<</Type/Pagination>>BDC BT/%s %d Tf 1 0 0 -1 %.3f %.3f Tm(%s)Tj ET EMC" % (
        NUMBER_FONT.encode(),
        _SIZE,
        left,
        _BASELINE,
        digits.encode(),
    )


def put_font(file: ObjectFile, number: int) -> None:
    """Write the font of the ten digits as that object."""
    content, box, widths = _digits()
    program, descriptor = file.new(), file.new()
    file.put_text(program, b"/Length1 %d" % len(content), content)
    name = b"/DIGITS+Tinos"
    file.put(
        descriptor,
        b"<</Type/FontDescriptor/FontName%s/Flags 32/ItalicAngle 0/Ascent 891/Descent -216"
        b"/CapHeight 662/StemV 80/FontBBox%s/FontFile2 %d 0 R>>"
        % (name, pydyf.Array(box).data, program),
    )
    file.put(
        number,
        b"<</Type/Font/Subtype/TrueType/BaseFont%s/FirstChar 48/LastChar 57/Widths%s"
        b"/Encoding/WinAnsiEncoding/FontDescriptor %d 0 R>>"
        % (name, pydyf.Array(widths).data, descriptor),
    )


@cache
def _digits() -> tuple[bytes, tuple[int, ...], tuple[int, ...]]:
    """The font program with nothing but digits, its box and their widths, in thousandths."""
    options = Options(notdef_outline=True, hinting=False, layout_features=[])
    with TTFont(_FONT, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text="0123456789")
        subsetter.subset(font)
        names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
        unit = 1000 / font["head"].unitsPerEm
        widths = tuple(round(font["hmtx"][name][0] * unit) for name in names)
        head = font["head"]
        box = tuple(round(side * unit) for side in (head.xMin, head.yMin, head.xMax, head.yMax))
        made = io.BytesIO()
        font.save(made)
    return made.getvalue(), box, widths
