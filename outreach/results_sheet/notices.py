"""Notices said once for all the rows that they are about. Pure."""

from __future__ import annotations

from outreach.results_sheet.facts import Fault

_ROWS_NAMED = 6


class Notices:
    """Collects rows by what is to be said of them."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, str], list[tuple[int, str]]] = {}

    def add(self, row: int, sheet: str, column: str, value: str, problem: str) -> None:
        """One more row of which that is said."""
        self.found.setdefault((sheet, column, problem), []).append((row, value))

    def told(self) -> list[Fault]:
        """Each notice with its first row and value, and how many rows it is about."""
        return [
            Fault(rows[0][0], column, rows[0][1], f"{problem}{_rows(rows)}", "", sheet)
            for (sheet, column, problem), rows in self.found.items()
        ]


def _rows(rows: list[tuple[int, str]]) -> str:
    if len(rows) == 1:
        return ""
    named = ", ".join(str(row) for row, _ in rows[:_ROWS_NAMED])
    more = " …" if len(rows) > _ROWS_NAMED else ""
    return f" ({len(rows)} dòng: {named}{more})"
