"""The objects of a PDF file, written as they come; only their places stay in memory."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from typing import BinaryIO

_TOGETHER = 200_000  # letters of small objects that share one compressed stream
_AT, _IN = 1, 2  # what a place says: a position in the file, or a stream and a position in it


class ObjectFile:
    """Numbers for objects, the objects, and at the end where each of them stands."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._position = 0
        # Three numbers for each object: kind, place, place in it.
        self._places = array("Q", (0, 0, 65_535))
        self._waiting: list[tuple[int, bytes]] = []
        self._letters = 0
        self._digest = hashlib.sha256()
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def new(self) -> int:
        """The next free number."""
        self._places.extend((_AT, 0, 0))
        return len(self._places) // 3 - 1

    def put(self, number: int, said: bytes) -> None:
        """Write an object without a stream, together with its neighbours."""
        self._waiting.append((number, said))
        self._letters += len(said)
        if self._letters > _TOGETHER:
            self._pack()

    def put_stream(self, number: int, said: bytes) -> None:
        """Write an object with a stream, as it stands."""
        self._places[3 * number + 1] = self._position
        self._write(b"%d 0 obj\n" % number + said + b"\nendobj\n")

    def put_text(self, number: int, extra: bytes, text: bytes) -> None:
        """Write a stream of our own, compressed."""
        packed = zlib.compress(text, 6)
        head = b"<<%s/Filter/FlateDecode/Length %d>>" % (extra, len(packed))
        self.put_stream(number, head + b"\nstream\n" + packed + b"\nendstream")

    def close(self, catalogue: int, info: int, identifier: bytes) -> None:
        """Write where everything stands."""
        self._pack()
        number, position = self.new(), self._position
        self._places[3 * number + 1] = position
        count = len(self._places) // 3
        rows = zip(self._places[::3], self._places[1::3], self._places[2::3], strict=True)
        places = b"".join(
            kind.to_bytes(1, "big") + at.to_bytes(6, "big") + within.to_bytes(2, "big")
            for kind, at, within in rows
        )
        told = self._digest.hexdigest()[:32].encode()
        extra = b"/Type/XRef/W[1 6 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[(%s)(%s)]" % (
            count,
            catalogue,
            info,
            identifier,
            told,
        )
        self.put_text(number, extra, places)
        self._write(b"startxref\n%d\n%%%%EOF\n" % position)

    def _pack(self) -> None:
        if not self._waiting:
            return
        number = self.new()
        heads, at = [], 0
        for within, (inner, said) in enumerate(self._waiting):
            self._places[3 * inner : 3 * inner + 3] = array("Q", (_IN, number, within))
            heads.append(b"%d %d" % (inner, at))
            at += len(said) + 1
        head = b" ".join(heads) + b"\n"
        text = head + b"\n".join(said for _, said in self._waiting)
        extra = b"/Type/ObjStm/N %d/First %d" % (len(heads), len(head))
        self._waiting, self._letters = [], 0
        self.put_text(number, extra, text)

    def _write(self, content: bytes) -> None:
        self._target.write(content)
        self._digest.update(content)
        self._position += len(content)
