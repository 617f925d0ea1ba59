"""The process that lays out parts: HTML on stdin, laid parts on stdout, until stdin ends.

Run by ``parts`` and by nobody else; it starts without Django.
"""

from __future__ import annotations

import gc
import json
import resource
import sys

from cchc.lib.pdf.laid import laid, send

# Of its own data; a part of 500 rows takes half of it.
MEMORY = 450 * 2**20


def main() -> None:
    """Lay out what comes."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        length, numbered = json.loads(line)
        send(laid(source.read(length).decode(), numbered=numbered), target)
        target.flush()
        gc.collect()  # boxes know each other: without it each part would stay beside the next


if __name__ == "__main__":
    main()
