"""Registers the demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The only maker of demo accounts; refuses to run in production."""

    name = "demo"
    verbose_name = "Dữ liệu minh họa"
