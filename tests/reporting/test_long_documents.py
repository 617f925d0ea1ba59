"""A document laid out in parts is the document laid out in one piece, as far as anybody can see."""

import hashlib
import os
import signal
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace

import pdfplumber
import pikepdf
import pytest

from bench import long_annex
from cchc.lib import pdf
from cchc.lib.decisions import Refused
from reporting import rendering
from tests.lib import pdf_structure
from tests.reporting.pages import MM, numbers

ROWS, ROOM = 60, 24


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The same document in one piece, in parts, and what the parts said on their way."""
    folder = tmp_path_factory.mktemp("long")
    document = long_annex.document(ROWS, group=10)
    whole, parted = folder / "whole.pdf", folder / "parted.pdf"
    pages = pdf.write(rendering.render(document), whole)
    told = []
    parts = rendering.parts(document, ROOM)
    count = pdf.write_parts(parts, parted, lambda done, total: told.append((done, total)))
    with pdfplumber.open(whole) as one, pdfplumber.open(parted) as other:
        yield SimpleNamespace(
            document=document, parts=parts, told=told, pages=pages, count=count,
            whole=one.pages, parted=other.pages, whole_path=whole, path=parted,
        )  # fmt: skip


def words(pages) -> list[str]:
    heads = {"TT", "Tiêu", "đề", "Kênh", "Đơn", "vị", "Ngày", "gửi", "duyệt", "đăng", "Lượt", "xem"}
    heads |= {"Đường", "dẫn", "Tính", "cho"}
    said = [
        w["text"]
        for page in pages
        for w in page.crop((0, 20 * MM, page.width, page.height)).extract_words()
    ]
    return [word for word in said if word not in heads]


def margin(page):
    return page.crop((0, 0, page.width, 20 * MM))


def bookmarks(path: Path) -> list[tuple[int, str]]:
    with pikepdf.open(path) as opened, opened.open_outline() as outline:
        found = []

        def walk(items, depth):
            for item in items:
                found.append((depth, item.title))
                walk(item.children, depth + 1)

        walk(outline.root, 1)
        return found


def test_every_word_is_there_once_and_in_order(made):
    assert words(made.parted) == words(made.whole)


def test_pages_are_numbered_on_through_an_annex_at_the_same_place(made):
    shown = numbers(made.parted)
    starts = [at for at, page in enumerate(made.parted) if "Phụ lục" in page.extract_text()[:40]]
    expected = []
    for at in range(len(made.parted)):
        first = max((start for start in starts if start <= at), default=0)
        expected.append("" if at == first else str(at - first + 1))
    assert shown == expected
    chars = [char for page in made.parted if page.width > 800 for char in margin(page).chars]
    assert {char["fontname"].startswith("DIGITS+") for char in chars} == {True, False}
    assert len({(round(char["top"], 1), round(char["size"], 1)) for char in chars}) == 1


def test_numbers_stand_in_the_middle_of_the_text(made):
    for page in made.parted:
        chars = margin(page).chars
        if chars:
            middle = (chars[0]["x0"] + chars[-1]["x1"]) / 2
            assert middle == pytest.approx((page.width + (30 - 18) * MM) / 2, abs=0.1)


def test_bookmarks_lead_through_annexes_to_agencies(made):
    found = bookmarks(made.path)
    assert found == bookmarks(made.whole_path)
    assert found[:4] == [
        (1, "Báo cáo Kết quả tuyên truyền CCHC năm 2024"),
        (2, "I. KẾT QUẢ"),
        (2, "II. PHƯƠNG HƯỚNG"),
        (1, "Phụ lục I. Theo kênh"),
    ]
    assert [title for level, title in found if level == 2][-6:-1] == [
        f"Ủy ban nhân dân xã số {number}" for number in range(2, 7)
    ]


def test_bookmarks_lead_to_the_page_that_says_so(made):
    with pikepdf.open(made.path) as opened, opened.open_outline() as outline:
        [annex] = [item for item in outline.root if item.title.startswith("Phụ lục II.")]
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}
        for item in annex.children:
            page, _, _, top, _ = item.destination
            number = pages[page.objgen]
            place = made.parted[number].search(item.title, regex=False)[0]
            assert float(top) == pytest.approx(made.parted[number].height - place["top"], abs=6)


@pytest.mark.parametrize("which", ["whole_path", "path"])
def test_the_structure_is_one_document(made, which):
    with pikepdf.open(getattr(made, which)) as opened:
        assert opened.check_pdf_syntax() == []
        assert pdf_structure.faults(opened) == []
        kinds = pdf_structure.tree(opened)
        assert kinds[0] == "Document"
        annexes = [kid for kid in kinds[1:] if kid[0] == "Sect"]
        assert [[kid[0] for kid in annex[1:]] for annex in annexes] == [
            ["H1", "P", "P", "P", "Table"],
            ["H1", "P", "P", "P", "Table"],
            ["H1", "P", "P", "P", "Table", "P"],
        ]
        long = annexes[1][-1]
        assert [kid[0] for kid in long[1:]] == ["THead", *["TBody"] * 6]
        assert [len(body) - 1 for body in long[2:]] == [11] * 6
        [scopes] = {
            tuple(str(kid.A.Scope) if "/A" in kid else "" for kid in pdf_structure.kids(row))
            for row in pdf_structure.elements(opened, "TR")
            if len(pdf_structure.kids(row)) == 10 and "/A" not in pdf_structure.kids(row)[0]
        }
        assert scopes == ("", "/Row", *[""] * 8)
        assert str(opened.Root.Lang) == "vi"
        assert opened.Root.MarkInfo.Marked
        assert str(opened.docinfo.Title) == made.document.title


def test_the_structure_is_the_same_in_one_piece_and_in_parts(made):
    with pikepdf.open(made.whole_path) as whole, pikepdf.open(made.path) as parted:
        assert pdf_structure.tree(whole) == pdf_structure.tree(parted)


def test_the_same_facts_give_the_same_bytes(made, tmp_path):
    again = tmp_path / "again.pdf"
    pdf.write_parts(rendering.parts(made.document, ROOM), again, lambda *_: None)
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (made.path, again)}
    assert len(digests) == 1


def test_progress_is_told_part_by_part(made):
    assert made.count == len(made.parted)
    assert list(dict.fromkeys(made.told)) == [(done, 5) for done in range(6)]
    assert len(made.parts) == 5


def children() -> set[int]:
    said = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True
    )
    found = {int(line) for line in said.stdout.split()}
    return {pid for pid in found if b"cchc.lib.pdf.process" in command(pid)}


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


class Stopped(Exception):
    pass


def test_whoever_stops_it_leaves_no_process(made, tmp_path):
    def stop(done: int, total: int) -> None:
        if children():
            raise Stopped

    with pytest.raises(Stopped):
        pdf.write_parts(made.parts, tmp_path / "stopped.pdf", stop)
    assert children() == set()


def test_a_killed_process_is_a_sentence(made, tmp_path):
    def kill(done: int, total: int) -> None:
        for pid in children():
            os.kill(pid, signal.SIGKILL)

    begun = time.monotonic()
    with pytest.raises(Refused, match=r"^Tiến trình dàn trang phần 1/5 của tài liệu bị dừng"):
        pdf.write_parts(made.parts, tmp_path / "killed.pdf", kill)
    assert time.monotonic() - begun < 20
    assert children() == set()


def test_a_short_document_is_one_part_laid_out_here(tmp_path):
    document = long_annex.document(5)
    [part] = rendering.parts(document)
    assert part.html() == rendering.render(document)
    told = []
    pdf.write_parts([part], tmp_path / "a.pdf", lambda *so_far: told.append(so_far))
    assert told == []
    assert (tmp_path / "a.pdf").read_bytes() == pdf.render(rendering.render(document)).content
