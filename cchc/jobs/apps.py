"""Registers the job queue."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs: rows that are the queue."""

    name = "cchc.jobs"
    label = "jobs"
    verbose_name = "Công việc nền"
