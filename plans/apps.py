"""Registers the floor of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, tasks, quotas and the obligations that follow from them."""

    name = "plans"
    verbose_name = "Kế hoạch"
