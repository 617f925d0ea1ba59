"""A bell between the processes of one machine: whoever queues a job rings, the worker wakes.

Only a hint, like a broker's message: whoever does not hear it looks four times a second. A name
in Linux' abstract space, so that no file is left behind; one installation, one name.
"""

from __future__ import annotations

import hashlib
import logging
import select
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

log = logging.getLogger(__name__)


def ring() -> None:
    """Wake the worker of this installation, if there is one."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as caller:
        try:
            caller.sendto(b"!", _address())
        except OSError:
            log.debug("nobody hears the bell")


@contextmanager
def listening() -> Iterator[Callable[[float], None]]:
    """Gives the function that waits so many seconds for the bell, or less."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as bell:
        try:
            bell.bind(_address())
        except OSError:
            log.info("another worker has the bell; this one looks by itself")
        yield lambda seconds: _wait(bell, seconds)


def _wait(bell: socket.socket, seconds: float) -> None:
    if select.select([bell], [], [], seconds)[0]:
        # One ring is as good as many: whoever wakes takes all that waits.
        while select.select([bell], [], [], 0)[0]:
            bell.recv(16)


def _address() -> bytes:
    folder = str(settings.DATA_DIR.resolve()).encode()
    return b"\0cchc-" + hashlib.sha256(folder).hexdigest()[:32].encode()
