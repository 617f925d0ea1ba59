"""A long document in parts, laid out beside each other by processes and written as one file."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Self

from cchc.lib.decisions import Refused
from cchc.lib.pdf.book import Book
from cchc.lib.pdf.laid import Laid, receive

BROKEN = (
    "Tiến trình dàn trang phần {number}/{total} của tài liệu bị dừng giữa chừng, thường do máy chủ "
    "thiếu bộ nhớ. Hãy yêu cầu lập lại; nếu vẫn không được, chọn định dạng Excel hoặc kỳ ngắn hơn."
)
_LOOK = 1.0  # seconds between two looks whether the work is still wanted
_MOST = 4
_AHEAD = 2  # parts that may wait for an earlier one, beside those at work
_ROOT = Path(__file__).parents[3]
_COMMAND = [sys.executable, "-m", "cchc.lib.pdf.process"]
# None of our secrets; fontconfig keeps what it learned of the fonts at home.
_HOME = ("HOME", "XDG_CACHE_HOME", "TMPDIR")
_ENVIRONMENT = {name: os.environ[name] for name in _HOME if name in os.environ}

OnChunk = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its whole HTML when it is asked for, and whether its pages are numbered on.

    Elements that several parts share bear the same ``data-shared``; a ``continued`` part's style
    prints no page numbers.
    """

    html: Callable[[], str]
    continued: bool = False


def join(parts: Sequence[Part], path: Path, on_chunk: OnChunk) -> int:
    """Write the parts as one PDF; see :func:`cchc.lib.pdf.write_parts`."""
    total = len(parts)
    identifier = hashlib.sha256()
    waiting: deque[Future[Laid]] = deque()
    with path.open("wb") as target, _Workshop(min(_cores(), total)) as workshop:
        book, ordered = Book(target), iter(parts)
        on_chunk(0, total)
        for done, part in enumerate(parts):
            for following in islice(ordered, workshop.room - len(waiting)):
                html = following.html().encode()
                identifier.update(html)
                waiting.append(workshop.order(html, following.continued))
            while wait((waiting[0],), _LOOK).not_done:
                on_chunk(done, total)
            try:
                laid = waiting.popleft().result()
            except (EOFError, OSError) as error:
                raise Refused(BROKEN.format(number=done + 1, total=total)) from error
            book.add(laid, continued=part.continued)
            on_chunk(done + 1, total)
        return book.close(identifier.hexdigest()[:32].encode())


class _Workshop:
    """Processes that lay out parts; none outlives the block."""

    def __init__(self, size: int) -> None:
        self.room = size + _AHEAD
        self._hands: list[subprocess.Popen[bytes]] = []
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._threads = ThreadPoolExecutor(size)
        self._size = size

    def __enter__(self) -> Self:
        pipe = subprocess.PIPE
        for _ in range(self._size):
            hand = subprocess.Popen(_COMMAND, stdin=pipe, stdout=pipe, cwd=_ROOT, env=_ENVIRONMENT)
            self._hands.append(hand)
            self._idle.put(hand)
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.kill()
        self._threads.shutdown(cancel_futures=True)
        for hand in self._hands:
            with suppress(BrokenPipeError):
                hand.communicate()

    def order(self, html: bytes, continued: bool) -> Future[Laid]:
        """Have a part laid out by whoever is free next."""
        return self._threads.submit(self._lay, html, continued)

    def _lay(self, html: bytes, continued: bool) -> Laid:
        hand = self._idle.get()
        try:
            assert hand.stdin
            assert hand.stdout
            hand.stdin.write(json.dumps([len(html), continued]).encode() + b"\n" + html)
            hand.stdin.flush()
            return receive(hand.stdout)
        finally:
            self._idle.put(hand)


def _cores() -> int:
    return min(len(os.sched_getaffinity(0)), _MOST)
