"""One function per page, each under ``@page`` or ``@post``."""
