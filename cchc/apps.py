"""Registers the roof: its system checks."""

from django.apps import AppConfig
from django.core.checks import register

from cchc.checks import every_view_declares_access


class RoofConfig(AppConfig):
    """Wiring only; no models."""

    name = "cchc"
    verbose_name = "CCHC"

    def ready(self) -> None:
        """Refuse to start when a view declares no access."""
        register(every_view_declares_access)
