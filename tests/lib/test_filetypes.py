"""What is kept as evidence, and the sentence for everything that is not."""

from __future__ import annotations

import struct
import time
import tracemalloc
from contextlib import suppress

import pytest

from cchc.lib import filetypes
from cchc.lib.filetypes import ACCEPTED, FileRefused, FileType, checked_type, clean_name
from tests.outreach import evidence_files as made

PNG, JPEG, WEBP = made.picture("PNG"), made.picture(), made.picture("WEBP")
DOCX, XLSX = made.docx(), made.xlsx()
ZIP = made.zipped({"a.txt": b"a"})
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", made.PDF, FileType.PDF),
        ("A.PDF", made.PDF + b"\r\n\x00", FileType.PDF),
        ("a.jpg", JPEG, FileType.JPEG),
        ("a.JPEG", made.picture(progressive=True), FileType.JPEG),
        ("a.jfif", made.picture(restart_marker_blocks=1), FileType.JPEG),
        ("hai-anh.jpg", JPEG + b"\x00" * 9 + made.picture(colour="blue"), FileType.JPEG),
        ("anh-dong.jpg", JPEG + made.FILM, FileType.JPEG),
        ("galaxy.jpg", JPEG + made.samsung_notes(b"Image_UTC_Data1711", b"x"), FileType.JPEG),
        ("galaxy-dong.jpg", JPEG + made.samsung_notes(made.FILM), FileType.JPEG),
        ("a.png", PNG, FileType.PNG),
        ("a.webp", WEBP, FileType.WEBP),
        ("b.webp", made.picture("WEBP", lossless=True), FileType.WEBP),
        ("a.docx", DOCX, FileType.DOCX),
        ("a.xlsx", XLSX, FileType.XLSX),
        ("image", JPEG, FileType.JPEG),
    ],
)
def test_what_is_kept(name: str, content: bytes, kind: FileType) -> None:
    assert checked_type(content, name) is kind


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.svg", SVG, f"Đây là ảnh SVG. {ACCEPTED}"),
        ("a.svg", b"\xef\xbb\xbf<svg/>", f"Đây là ảnh SVG. {ACCEPTED}"),
        ("a.html", HTML, f"Đây là trang HTML. {ACCEPTED}"),
        ("a.pdf", HTML, f"Tên tệp có đuôi .pdf nhưng nội dung là trang HTML. {ACCEPTED}"),
        ("a.png", SVG, f"Tên tệp có đuôi .png nhưng nội dung là ảnh SVG. {ACCEPTED}"),
        ("a.php", b"<?php system('id');", f"Đây là mã lệnh PHP. {ACCEPTED}"),
        ("a.xml", b"<?xml version='1.0'?><a/>", f"Đây là tệp XML hoặc trang HTML. {ACCEPTED}"),
        ("a.gif", b"GIF89a<script>", f"Đây là ảnh GIF. {ACCEPTED}"),
        ("a.exe", b"MZ\x90\x00", f"Đây là chương trình hoặc mã lệnh. {ACCEPTED}"),
        ("a.sh", b"#!/bin/sh", f"Đây là chương trình hoặc mã lệnh. {ACCEPTED}"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", f"Đây là tệp nén. {ACCEPTED}"),
        ("a.rtf", b"{\\rtf1", f"Đây là văn bản RTF. {ACCEPTED}"),
        ("a.txt", b"Xin chao", f"Đây là tệp chữ hoặc tệp lạ. {ACCEPTED}"),
        ("a.bin", b"\x01\x00\x02", f"Đây là tệp không rõ loại. {ACCEPTED}"),
        (
            "a.heic",
            b"\x00\x00\x00\x18ftypheic",
            "Đây là ảnh HEIC (trên iPhone: Cài đặt › Camera › Định dạng › Tương thích nhất). "
            f"{ACCEPTED}",
        ),
        (
            "a.mov",
            b"\x00\x00\x00\x14ftypqt  ",
            f"Đây là video (hãy đăng video lên kênh rồi ghi đường dẫn). {ACCEPTED}",
        ),
        ("a.pdf", b"", "Tệp trống (0 byte): hãy chọn lại tệp gốc."),
        (
            "a.pdf",
            PNG,
            "Tên tệp có đuôi .pdf nhưng nội dung là ảnh PNG: hãy gửi đúng tệp gốc, hoặc đổi đuôi "
            "thành .png nếu đúng là tệp này.",
        ),
        (
            "a.pdf.exe",
            made.PDF,
            "Tên tệp có đuôi .exe nhưng nội dung là tệp PDF: hãy gửi đúng tệp gốc, hoặc đổi đuôi "
            "thành .pdf nếu đúng là tệp này.",
        ),
        (
            "a.docx",
            XLSX,
            "Tên tệp có đuôi .docx nhưng nội dung là bảng tính Excel: hãy gửi đúng tệp gốc, hoặc "
            "đổi đuôi thành .xlsx nếu đúng là tệp này.",
        ),
        (
            "a.docx",
            ZIP,
            "Tệp nén này không phải là tệp Excel hay Word: hãy chọn tệp Excel (.xlsx) hoặc Word "
            "(.docx); tệp .csv, .ods thì mở bằng Excel rồi lưu lại thành .xlsx.",
        ),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
            "Đây là tệp Excel hoặc Word đời cũ (.xls, .doc): hãy mở ra và lưu lại thành .xlsx "
            "hoặc .docx.",
        ),
    ],
)
def test_what_is_refused_is_called_by_its_name(name: str, content: bytes, sentence: str) -> None:
    assert refusal(content, name) == sentence


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(FileRefused) as refused:
        checked_type(content, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", made.PDF[:-7]),
        ("a.pdf", b"%PDF-1.7\nstartxref"),
        ("a.pdf", b"%PDF-x\nstartxref\n%%EOF"),
        ("a.jpg", JPEG[:-2]),
        ("a.jpg", JPEG[: len(JPEG) // 2]),
        ("a.jpg", b"\xff\xd8\xff\xd9"),
        ("a.png", PNG[:-3]),
        ("a.png", PNG.replace(b"IDAT", b"IDAX")),
        ("a.png", PNG[:8] + made.chunk(b"IEND", b"")),
        ("a.webp", WEBP[:-4]),
        ("a.webp", b"RIFF" + struct.pack("<I", 4) + b"WEBP"),
    ],
)
def test_what_is_cut_short_is_broken(name: str, content: bytes) -> None:
    assert "bị hỏng hoặc bị cụt" in refusal(content, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gifar.jpg", JPEG + ZIP),
        ("a.jpg", JPEG + HTML),
        ("a.jpg", JPEG + b"<?php echo 1;"),
        ("a.jpg", JPEG + b"\x00\x00\x00\x10ftypmp42\x00\x00\x00\x00" + b"MZ junk"),
        ("a.jpg", JPEG + b"junk" + made.samsung_notes(b"x")),
        ("a.png", PNG + ZIP),
        ("a.webp", WEBP + HTML),
        ("a.pdf", made.PDF + ZIP),
        ("a.pdf", made.PDF + HTML),
        # The archive or the page inside, the right end after it.
        ("a.jpg", JPEG[:2] + b"\xff\xfe" + struct.pack(">H", len(ZIP) + 2) + ZIP + JPEG[2:]),
        ("a.jpg", JPEG[:2] + b"\xff\xfe\x00\x1c<?php system($_GET['c']);?>" + JPEG[2:]),
        ("a.png", PNG[:33] + made.chunk(b"tEXt", b"x\x00<script>alert(1)</script>") + PNG[33:]),
        ("a.pdf", b"%PDF-1.7\n%" + HTML + made.PDF[8:]),
        ("a.pdf", b"%PDF-1.7\n%" + ZIP + made.PDF[8:]),
        ("a.pdf", b"%PDF-1.7\n%Rar!\x1a\x07\x00" + made.PDF[8:]),
        ("a.docx", DOCX + made.PDF),
        ("a.docx", DOCX[:-2] + struct.pack("<H", len(HTML)) + HTML),
        ("a.docx", made.with_parts(DOCX, {"word/a.xml": b"<a/>"})[:-22] + HTML),
    ],
)
def test_two_files_in_one_are_refused(name: str, content: bytes) -> None:
    told = refusal(content, name)
    assert any(word in told for word in ("giả dạng", "trang HTML hoặc mã lệnh", "bị hỏng")), told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", made.with_parts(DOCX, {"word/vbaProject.bin": b"x"})),
        (
            "a.docx",
            made.with_parts(
                DOCX,
                {"[Content_Types].xml": b"<Types>application/vnd.ms-word.macroEnabled</Types>"},
            ),
        ),
        ("a.xlsx", made.with_parts(XLSX, {"xl/macrosheets/sheet1.xml": b"<a/>"})),
        ("a.xlsx", made.with_parts(XLSX, {"xl/embeddings/oleObject1.bin": b"x"})),
        ("a.docx", made.with_parts(DOCX, {"word/activeX/activeX1.xml": b"<a/>"})),
        ("a.docx", made.with_parts(DOCX, {"word/media/a.exe": b"MZ"})),
        (
            "a.docx",
            made.with_parts(
                DOCX,
                {
                    "word/_rels/settings.xml.rels": b'<Relationships><Relationship Id="a" '
                    b'Type="http://x/attachedTemplate" Target="https://x.vn/a.dotm"/>'
                    b"</Relationships>"
                },
            ),
        ),
        # Other spellings, other names and other ways to the same.
        ("a.docx", made.with_parts(DOCX, {"word\\VbaProject.bin ": b"x"})),
        ("a.docx", made.with_parts(DOCX, {"[CONTENT_types].xml": b"<T>macroEnabled</T>"})),
        ("a.docx", made.with_parts(DOCX, {"[Content_Types].xml": b"<T>vba&#80;ro&#x6a;ect</T>"})),
        ("a.docx", made.with_parts(DOCX, {"word/media/image1.png": b"MZ\x90\x00"})),
        ("a.docx", made.with_parts(DOCX, {"word/embeddings/Microsoft_Word.docm": b"PK"})),
        ("a.xlsx", made.with_parts(XLSX, {"xl/x.dat": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"})),
        ("a.docx", made.related("attachedTemplate", "https://x.vn/a.dotm", "settings.xml.RELS")),
        ("a.docx", made.related("attached&#84;emplate", "http&#115;://x.vn/a.dotm")),
        ("a.docx", made.related("oleObject", "mhtml:http://x.vn/a!x-usc:http://x.vn/a")),
        ("a.docx", made.related("oleObject", "http://x.vn/a.html!")),
        ("a.docx", made.related("frame", "\\\\x.vn\\a")),
        (
            "a.docx",
            made.with_parts(
                DOCX,
                {"word/header1.xml": b'<w:instrText a="b"> DDEAUTO cmd</w:instrText>'},
            ),
        ),
        (
            "a.xlsx",
            made.with_parts(XLSX, {"xl/externalLinks/externalLink1.xml": b"<ddeLink/>"}),
        ),
        ("a.pdf", made.PDF.replace(b"<<>>", b"<</S /JavaScript /JS (app.alert(1))>>")),
        ("a.pdf", made.PDF.replace(b"<<>>", b"<</S /J#61vaScrip#74>>")),
        ("a.pdf", made.PDF.replace(b"<<>>", b"<</S /Launch /F (a.exe)>>")),
    ],
)
def test_what_starts_programs_is_refused(name: str, content: bytes) -> None:
    assert "macro" in refusal(content, name)


def test_a_document_made_from_a_template_on_its_own_machine_is_kept() -> None:
    relations = (
        b'<Relationships><Relationship Id="a" Type="http://x/attachedTemplate" '
        b'Target="file:///C:\\Users\\a\\Normal.dotm" TargetMode="External"/></Relationships>'
    )
    content = made.with_parts(DOCX, {"word/_rels/settings.xml.rels": relations})
    assert checked_type(content, "a.docx") is FileType.DOCX


def test_ordinary_links_and_fields_are_kept() -> None:
    for content in (
        made.related("hyperlink", "https://soctrang.gov.vn/"),
        made.related("image", "https://soctrang.gov.vn/a.png"),
        made.related("oleObject", "file:///C:\\so-lieu.xlsx"),
        made.with_parts(DOCX, {"word/header1.xml": b"<w:instrText> PAGE </w:instrText>"}),
        made.with_parts(DOCX, {"word/media/image1.png": PNG}),
    ):
        assert checked_type(content, "a.docx") is FileType.DOCX


def test_a_bomb_in_an_archive_is_refused_before_it_goes_off() -> None:
    bomb = made.with_parts(DOCX, {"word/a.xml": b" " * 60_000_000})
    assert "giải nén ra lớn hơn 50 MB" in refusal(bomb, "a.docx")


def test_20_megabytes_and_no_more() -> None:
    full = made.PDF[:9] + b"%" * (filetypes.MAX_BYTES - len(made.PDF)) + made.PDF[9:]
    assert checked_type(full, "a.pdf") is FileType.PDF
    assert refusal(full + b"\n", "a.pdf").startswith("Tệp nặng 20 MB; mỗi tệp không quá 20 MB.")
    assert refusal(full * 2, "a.pdf").startswith("Tệp nặng 40 MB; mỗi tệp không quá 20 MB.")


@pytest.mark.parametrize(
    "content",
    [
        JPEG[:2] + b"\xff" * 19_000_000,
        JPEG[:2] + b"\xff\xfe\x00\x02" * 4_900_000,
        JPEG * (19_000_000 // len(JPEG)),
        PNG[:33] + made.chunk(b"tEXt", b"") * 1_500_000,
        b"RIFF" + struct.pack("<I", 19_000_004) + b"WEBP" + b"VP8 \0\0\0\0" * 2_375_000,
        made.PDF[:9] + b"/J#61" * 3_900_000 + made.PDF[9:],
        b"<" * 19_000_000,
    ],
    ids=["fill", "segments", "pictures", "chunks", "webp", "names", "tags"],
)
def test_a_file_made_of_millions_of_parts_takes_little_time_and_memory(content: bytes) -> None:
    tracemalloc.start()
    began = time.process_time()
    with suppress(FileRefused):
        checked_type(content, "a")
    assert time.process_time() - began < 4
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Ảnh hội nghị.JPG", "Ảnh hội nghị.jpg"),
        ("a\u202egpj.exe.jpg", "agpj.exe.jpg"),
        ("../../etc/a.jpg", "a.jpg"),
        ("C:\\anh\\b.jpg", "b.jpg"),
        ("image", "image.jpg"),
        ("bien.ban.lan.2", "bien.ban.lan.2.jpg"),
        (".jpg", "jpg.jpg"),
        ("\x00\r\n", "minh-chung.jpg"),
        ("a" * 300 + ".jpeg", "a" * 195 + ".jpeg"),
    ],
)
def test_names_lose_what_misleads_and_keep_their_kind(given: str, kept: str) -> None:
    assert clean_name(given, FileType.JPEG) == kept
