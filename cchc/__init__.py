"""The roof: settings, URLs, Celery and system checks wire the floors together."""

from cchc.celery import app as celery_app

__all__ = ["celery_app"]
