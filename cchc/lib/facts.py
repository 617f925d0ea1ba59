"""Reading facts from a data file: every key is asked for once, and what is left over is a fault.

A fault says in Vietnamese what is wrong and where, because the person who writes such a
file is the one who reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeVar

from cchc.lib.text import nfc

T = TypeVar("T")


class FactsError(ValueError):
    """A data file says too little, too much or something unreadable; the text is a sentence."""


class Section:
    """One mapping of the file, and where it stands there (``tasks[2] › rows[0]``)."""

    def __init__(self, data: object, where: str) -> None:
        self.where = where
        if not isinstance(data, Mapping):
            raise self.fault("cần các cặp “khóa: giá trị”")
        self._left: dict[str, object] = {str(key): value for key, value in data.items()}

    def fault(self, what: str) -> FactsError:
        """An error that names this place."""
        return FactsError(f"{self.where}: {what}.")

    def has(self, key: str) -> bool:
        """Whether the key is still there to be asked for."""
        return key in self._left

    def raw(self, key: str) -> object:
        """The value as the file gives it; it must be there."""
        if key not in self._left:
            raise self.fault(f"thiếu “{key}”")
        return self._left.pop(key)

    def text(self, key: str) -> str:
        """A text that must be there and not be blank."""
        value = self._text(key, self.raw(key))
        if not value:
            raise self.fault(f"“{key}” không được để trống")
        return value

    def text_or_blank(self, key: str) -> str:
        """A text; blank when the key is left out."""
        return self._text(key, self._left.pop(key, ""))

    def choice(self, key: str, allowed: Collection[str], default: str = "") -> str:
        """One of the allowed words."""
        value = self.text_or_blank(key) or default
        if value not in allowed:
            raise self.fault(f"“{key}” phải là một trong: {', '.join(sorted(allowed))}")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; it must be there unless there is a default."""
        value = self.raw(key) if default is None else self._left.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(f"“{key}” phải là số nguyên")
        return value

    def flag(self, key: str) -> bool:
        """Yes or no; no when the key is left out."""
        value = self._left.pop(key, False)
        if not isinstance(value, bool):
            raise self.fault(f"“{key}” phải là true hoặc false")
        return value

    def day(self, key: str) -> date:
        """A whole date that must be there."""
        value = self.day_or_none(key)
        if value is None:
            raise self.fault(f"thiếu “{key}”")
        return value

    def day_or_none(self, key: str) -> date | None:
        """A whole date, or None when the key is left out."""
        value = self._left.pop(key, None)
        if value is not None and type(value) is not date:
            raise self.fault(f"“{key}” phải là ngày dạng 2024-02-21")
        return value

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of texts; none when the key is left out."""
        return tuple(self._text(key, value) for value in self._list(key))

    def section(self, key: str) -> Section:
        """A mapping inside this one; empty when the key is left out."""
        return Section(self._left.pop(key, {}), f"{self.where} › {key}")

    def each(self, key: str, build: Callable[[Section], T], bare: str = "") -> tuple[T, ...]:
        """What ``build`` makes of each mapping in a list; none when the key is left out.

        With ``bare`` a text alone stands for a mapping with that one key.
        """
        built: list[T] = []
        for index, value in enumerate(self._list(key)):
            whole = {bare: value} if bare and isinstance(value, str) else value
            part = Section(whole, f"{self.where} › {key}[{index}]")
            built.append(build(part))
            part.close()
        return tuple(built)

    def names(self) -> tuple[str, ...]:
        """The keys that nobody has asked for yet, in the order of the file."""
        return tuple(self._left)

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        if self._left:
            raise self.fault(f"không có khóa nào tên là {', '.join(sorted(self._left))}")

    def _list(self, key: str) -> list[object]:
        value = self._left.pop(key, [])
        if not isinstance(value, list):
            raise self.fault(f"“{key}” phải là danh sách")
        return value

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.fault(f"“{key}” phải là chữ; số và ngày viết trong ngoặc kép")
        return nfc(value).strip()
