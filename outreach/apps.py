"""Registers the floor of outreach."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Activities, their placements on channels and what they fulfil."""

    name = "outreach"
    verbose_name = "Tuyên truyền"
