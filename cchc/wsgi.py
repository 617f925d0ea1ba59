"""The WSGI door."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc.settings")
application = get_wsgi_application()


def settle() -> None:
    """Load every view now, and never look for garbage among what stays as long as the process.

    A full collection walks a million objects of the program otherwise: 80 ms of every other page
    that builds a large table (docs/performance.md).
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


settle()
