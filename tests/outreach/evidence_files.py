"""Small files of every kind, good and bad, made byte by byte."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from openpyxl import Workbook
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


def picture(kind: str = "JPEG", colour: str = "red", **options: object) -> bytes:
    held = BytesIO()
    Image.new("RGB", (40, 30), colour).save(held, kind, **options)
    return held.getvalue()


def docx() -> bytes:
    held = BytesIO()
    document = Document()
    document.add_paragraph("Biên bản")
    document.save(held)
    return held.getvalue()


def xlsx() -> bytes:
    held = BytesIO()
    book = Workbook()
    book.create_sheet("Số liệu")["A1"] = "Số lượt"
    book.save(held)
    return held.getvalue()


def with_parts(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive written anew with parts added or replaced."""
    held = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return held.getvalue()


def related(kind: str, target: str, part: str = "settings.xml.rels") -> bytes:
    """A document with a relation of its settings to something outside."""
    relation = f'<Relationship Id="a" Type="http://x/{kind}" Target="{target}"/>'
    parts = {f"word/_rels/{part}": f"<Relationships>{relation}</Relationships>".encode()}
    return with_parts(docx(), parts)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return held.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def samsung_notes(*blocks: bytes) -> bytes:
    """What Galaxy telephones write after a photograph."""
    data = b"".join(blocks)
    entries, behind = b"", len(data)
    for block in blocks:
        entries += struct.pack("<HHII", 0, 0x0A01, behind, len(block))
        behind -= len(block)
    directory = b"SEFH" + struct.pack("<II", 106, len(blocks)) + entries
    return data + directory + struct.pack("<I", len(directory)) + b"SEFT"


FILM = struct.pack(">I4s4sI", 16, b"ftyp", b"mp42", 0) + struct.pack(">I4s", 12, b"mdat") + b"film"
