"""A post of a gigabyte: read past, kept nowhere, and still answered."""

from __future__ import annotations

import tracemalloc
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest

from cchc.lib.upload_limits import NotKept

MEGABYTE = 1024 * 1024
_HEAD = '--x\r\nContent-Disposition: form-data; name="files"; filename="{}"\r\n\r\n'


class Endless(RawIOBase):
    """A body that is made while it is read."""

    def __init__(self, *files: tuple[str, int]) -> None:
        self.parts: list[tuple[bytes, int]] = []
        for name, size in files:
            self.parts += [(_HEAD.format(name).encode(), 1), (b"\x00", size), (b"\r\n", 1)]
        self.parts.append((b"--x--\r\n", 1))
        self.length = sum(len(piece) * times for piece, times in self.parts)

    def read(self, size: int = -1) -> bytes:
        """At most so much."""
        while self.parts:
            piece, left = self.parts[0]
            if len(piece) > 1 or left == 1:
                del self.parts[0]
                return piece
            given = min(size, left) if size > 0 else left
            self.parts[0] = (piece, left - given)
            if left == given:
                del self.parts[0]
            return piece * given
        return b""


def request(body: Endless) -> WSGIRequest:
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(body.length),
            "wsgi.input": body,
            "wsgi.errors": BytesIO(),
        }
    )


def test_what_is_too_large_is_counted_and_not_kept(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    tracemalloc.start()
    files = request(
        Endless(("a.pdf", MEGABYTE), ("phim.mp4", 300 * MEGABYTE), ("b.pdf", 4 * MEGABYTE))
    ).FILES.getlist("files")
    assert tracemalloc.get_traced_memory()[1] < 4 * MEGABYTE
    tracemalloc.stop()
    assert [(file.name, file.size, isinstance(file, NotKept)) for file in files] == [
        ("a.pdf", MEGABYTE, False),
        ("phim.mp4", 300 * MEGABYTE, True),
        ("b.pdf", 4 * MEGABYTE, False),
    ]
    assert files[1].read() == b""
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 5 * MEGABYTE


@pytest.mark.parametrize("size", [19, 20])
def test_the_files_of_one_post_together_stay_within_a_limit(size: int) -> None:
    sent = [(f"{n}.pdf", size * MEGABYTE) for n in range(7)]
    files = request(Endless(*sent)).FILES.getlist("files")
    assert [isinstance(file, NotKept) for file in files] == [False] * 5 + [True] * 2
