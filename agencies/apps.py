"""Registers the floor of agencies."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Provinces, agencies, units, users, memberships and the audit trail."""

    name = "agencies"
    verbose_name = "Cơ quan, người dùng"
