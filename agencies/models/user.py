"""The custom user: name, position, work e-mail and phone, nothing more (Luật 91/2025/QH15)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from agencies.models.membership import Membership
from agencies.standing import Standing
from cchc.lib import clock


class UserManager(BaseUserManager["User"]):
    """Finds users by name without regard to case; names are kept in lower case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user who logs in under this name."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """A person who logs in. What they may do follows from their memberships."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    position = models.CharField("chức vụ", max_length=120, blank=True)
    email = models.EmailField("thư công vụ", blank=True)
    phone = models.CharField("điện thoại công vụ", max_length=20, blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "người dùng"

    def __str__(self) -> str:
        return self.full_name or self.username

    def standing(self) -> Standing:
        """What the memberships of today add up to; asked of the database once per object."""
        cached: Standing | None = getattr(self, "_standing", None)
        if cached is None:
            cached = Membership.objects.standing_of(self.pk, clock.today())
            self._standing = cached
        return cached
