"""What is known of an address that was written down."""

from __future__ import annotations

from django.db import models

from cchc.lib.links import Fault


class LinkState(models.TextChoices):
    """What the machine saw when it last looked."""

    UNCHECKED = "unchecked", "Chưa kiểm tra"
    PRIVATE = "private", "Địa chỉ nội bộ, chỉ lưu chữ"
    ALIVE = "alive", "Còn mở được"
    UNKNOWN = "unknown", "Chưa kiểm tra được"
    DEAD = "dead", "Không còn mở được"


class Linked(models.Model):
    """A row with an address, and what ``outreach.actions.links`` saw there.

    All of it is the machine's: no person claims that an address is alive, and nothing that
    counts is read from here. ``failing_since`` is the day of the first of ``failures`` in a row;
    ``link_fault`` says what went wrong the last time, in the words of ``cchc.lib.links``.
    """

    link_state = models.CharField(
        "tình trạng đường dẫn", max_length=10, choices=LinkState, blank=True
    )
    link_title = models.CharField("tiêu đề trên trang", max_length=300, blank=True)
    link_fault = models.CharField("vì sao không mở được", max_length=12, blank=True)
    checked_at = models.DateTimeField("kiểm tra đường dẫn lúc", null=True, blank=True)
    failing_since = models.DateField("không mở được từ", null=True, blank=True)
    failures = models.PositiveSmallIntegerField("số lần liền không mở được", default=0)

    class Meta:
        abstract = True

    @property
    def fault_label(self) -> str:
        """Why it did not open the last time, in a few words; empty when it did."""
        return Fault(self.link_fault).label if self.link_fault else ""
