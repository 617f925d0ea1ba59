"""Registers the floor of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Regimes, periods, period reports and the files made from them."""

    name = "reporting"
    verbose_name = "Báo cáo"
