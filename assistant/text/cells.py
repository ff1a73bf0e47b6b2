"""Cells of tables that spreadsheets open. Pure; imports nothing of ours."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def disarmed(cell: str) -> str:
    """Return ``cell``, with an apostrophe before what a spreadsheet would run as a formula.

    OWASP, "CSV Injection": a tab or a line end at the beginning is skipped by spreadsheets.
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
