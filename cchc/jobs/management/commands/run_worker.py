"""The embedded worker: claims the same rows as Celery when there is no broker."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, connection

from cchc.jobs import bell, daily, runner

log = logging.getLogger(__name__)

_IDLE = 0.25
_AFTER_ERROR = 2.0
_DAILY = 5.0


class Command(BaseCommand):
    """Runs waiting jobs until it is told to stop; the job at hand is finished first."""

    help = "Runs background jobs from the database until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--once`` for scripts: stop when nothing waits."""
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        """Look for work at each ring of the bell and four times a second."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        current_app.loader.import_default_modules()
        with bell.listening() as wait:
            self._work(stop, wait, once)

    def _work(self, stop: threading.Event, wait: Callable[[float], None], once: bool) -> None:
        looked = -_DAILY
        while not stop.is_set():
            try:
                if not once and time.monotonic() - looked >= _DAILY:
                    looked = time.monotonic()
                    daily.look()
                if runner.run_next():
                    continue
                pause = _IDLE
            except Error as error:
                if once:
                    raise
                log.error("the database does not answer: %s", error)
                connection.close()
                pause = _AFTER_ERROR
            if once:
                return
            wait(pause)
