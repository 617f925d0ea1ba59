"""The PDF door: our fonts only, our assets only, the same bytes for the same text."""

import http.server
import io
import threading

import pdfplumber
import pikepdf
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from cchc.lib import pdf
from cchc.lib.text import nfc

TONES = "\u0300\u0309\u0303\u0301\u0323"
VOWELS = "aăâeêioôơuưy"
LETTERS = {nfc(case + tone) for v in VOWELS for case in (v, v.upper()) for tone in ("", *TONES)}
FONTS = settings.BASE_DIR / "static" / "fonts"


def page(body: str) -> str:
    return f'<html lang="vi"><head><title>Thử</title></head><body>{body}</body></html>'


@pytest.fixture
def listener():
    """A server inside the network, and the list of what was asked of it."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_of_the_machine_or_the_network_is_fetched(listener, tmp_path):
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("BÍ MẬT")
    body = "".join(
        f"""<img src="{u}"><object data="{u}"></object><embed src="{u}">
        <link rel="stylesheet" href="{u}"><link rel="attachment" href="{u}">
        <a rel="attachment" href="{u}">a</a><style>@import "{u}"; p {{ background: url({u}) }}
        @font-face {{ font-family: X; src: url({u}) }}</style>
        <svg xmlns="http://www.w3.org/2000/svg"><image href="{u}"/><use href="{u}#a"/></svg>
        <p style="list-style-image: url({u}); font-family: X">x</p>"""
        for u in (secret.as_uri(), "file:///etc/passwd", f"{address}/x", "/etc/passwd",
                  "data:text/plain,BAD", "asset:../settings.py", "asset:/etc/passwd")
    )  # fmt: skip
    content = pdf.render(page(body)).content
    assert asked == []
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert not opened.attachments
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", {})
    with pdfplumber.open(io.BytesIO(content)) as opened:
        text = "".join(p.extract_text() for p in opened.pages)
        assert "BÍ MẬT" not in text
        assert "root:" not in text
        assert not any(p.images for p in opened.pages)


def test_the_same_text_gives_the_same_bytes():
    one, two, other = (pdf.render(page(t)).content for t in ("Sở", "Sở", "Bộ"))
    assert one == two != other


def test_only_our_fonts_whatever_is_asked_for():
    families = ("Times New Roman", "Arial", "DejaVu Sans", "monospace", "sans-serif")
    body = "".join(
        f'<p style="font-family: {f!r}">Ủy ban <b>đã</b> <i>duyệt</i></p>' for f in families
    )
    with pdfplumber.open(io.BytesIO(pdf.render(page(body)).content)) as opened:
        names = {char["fontname"] for char in opened.pages[0].chars}
    assert names
    assert all(name[7:].startswith("Tinos") for name in names)


def test_every_vietnamese_letter_prints_and_reads_back():
    assert len(LETTERS | set("đĐ")) == 146
    text = "".join(sorted(LETTERS | set("đĐ")))
    with pdfplumber.open(io.BytesIO(pdf.render(page(f"<p>{text}</p>")).content)) as opened:
        assert opened.pages[0].extract_text().replace("\n", "") == text


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_each_font_file_is_whole(style):
    with TTFont(FONTS / f"Tinos-{style}.ttf") as font:
        known = font.getBestCmap()
    wanted = LETTERS | set("đĐ“”‘’–—…•№½≥≤₫\u00a0")
    assert [letter for letter in wanted if ord(letter) not in known] == []


def test_title_language_pages_and_file(tmp_path):
    path = tmp_path / "a.pdf"
    pages = pdf.write(page('<p>1</p><p style="break-before: page">2</p>'), path)
    with pikepdf.open(path) as opened:
        assert pages == len(opened.pages) == 2
        assert str(opened.docinfo["/Title"]) == "Thử"
        assert str(opened.Root["/Lang"]) == "vi"
