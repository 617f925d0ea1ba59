"""What is known of an address that was written down."""

from __future__ import annotations

from django.db import models


class LinkState(models.TextChoices):
    """What the machine saw when it last looked."""

    UNCHECKED = "unchecked", "Chưa kiểm tra"
    PRIVATE = "private", "Địa chỉ nội bộ, chỉ lưu chữ"
    ALIVE = "alive", "Còn mở được"
    DEAD = "dead", "Không còn mở được"
