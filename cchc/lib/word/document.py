"""The whole file: its styles, its pages and what the file says about itself."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle

from cchc.lib.word.blocks import clean, element, elements, paragraph, style_id
from cchc.lib.word.values import FONT, RULE, Align, Line, Look, Part, Text

_A4 = (210, 297)
_KEPT_STYLES = frozenset({"Normal", "Header", "Default Paragraph Font", "Normal Table", "No List"})
_ALIGNMENT = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def write(text: Text, path: Path) -> None:
    """Write the DOCX; the same text gives the same bytes. ``created`` is kept as UTC says it."""
    document = docx.Document()
    _defaults(document)
    _modern(document)
    for look in (*text.looks, text.number, RULE):
        _add_style(document, look)
    for index, part in enumerate(text.parts):
        _section(document, text, part, first=index == 0)
        sides = text.margins.left + text.margins.right
        width = _A4[1 if part.landscape else 0] - sides
        for made in elements(part.blocks, width):
            document.element.body[-1].addprevious(made)
    if not isinstance(text.parts[-1].blocks[-1], Line):
        document.element.body[-1].addprevious(paragraph("", RULE))
    _properties(document, text)
    whole = io.BytesIO()
    document.save(whole)
    path.write_bytes(_undated(whole))


def _section(document: Document, text: Text, part: Part, *, first: bool) -> Section:
    """A4 in the part's orientation; its pages are numbered from 1, the first one silently."""
    if not first:
        document.add_section()
        document.paragraphs[-1].style = RULE.name
    section = document.sections[-1]
    short, long = (Mm(side) for side in _A4)
    section.orientation = WD_ORIENT.LANDSCAPE if part.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if part.landscape else (short, long)
    margins = text.margins
    section.top_margin, section.bottom_margin = _mm(margins.top), _mm(margins.bottom)
    section.left_margin, section.right_margin = _mm(margins.left), _mm(margins.right)
    section.header_distance = section.footer_distance = _mm(margins.top / 2 - 2)
    section.different_first_page_header_footer = True
    columns = section._sectPr.find(qn("w:cols"))
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    columns.addprevious(element("pgNumType", start="1"))
    if first:
        paragraph = section.header.paragraphs[0]
        paragraph.style = text.number.name
        field_ = element("fldSimple", element("r", element("t")), instr="PAGE")
        paragraph._p.append(field_)
    return section


def _defaults(document: Document) -> None:
    """Our font and language for everything; only the styles that the text uses are offered."""
    for style in list(document.styles):
        if style.name not in _KEPT_STYLES:
            style.delete()
    defaults = document.styles.element.find(qn("w:docDefaults"))
    fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT)
    run = element(
        "rPr",
        element("rFonts", **fonts),
        element("sz", val="28"),
        element("szCs", val="28"),
        element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"),
    )
    spacing = element("spacing", before="0", after="0", line="240", lineRule="auto")
    defaults.clear()
    defaults.append(element("rPrDefault", run))
    defaults.append(element("pPrDefault", element("pPr", spacing)))


def _modern(document: Document) -> None:
    """Today's Word lays the text out by today's rules, with no old template's picture of it."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    relations = document.part.package.rels
    for name in [name for name, to in relations.items() if to.reltype.endswith("/thumbnail")]:
        del relations[name]


def _add_style(document: Document, look: Look) -> None:
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.element.set(qn("w:styleId"), style_id(look))
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.name, style.font.size = FONT, Pt(look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    layout = style.paragraph_format
    layout.alignment = _ALIGNMENT[look.align]
    layout.first_line_indent = _mm(look.first_line)
    layout.left_indent = layout.right_indent = _mm(look.sides)
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = 1.0
    layout.keep_with_next, layout.widow_control = look.keep_next, True
    if look.level:
        style.element.get_or_add_pPr().append(element("outlineLvl", val=str(look.level - 1)))


def _properties(document: Document, text: Text) -> None:
    properties = document.core_properties
    properties.title, properties.author = clean(text.title)[:255], clean(text.author)[:255]
    properties.last_modified_by, properties.comments = "", ""
    properties.language = "vi-VN"
    properties.created = properties.modified = text.created


def _undated(whole: io.BytesIO) -> bytes:
    """The same package with the same date on all its members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return packed.getvalue()


def _mm(length: float) -> Length:
    return Mm(length)
