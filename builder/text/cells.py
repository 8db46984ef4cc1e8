"""Cells of tables that a spreadsheet must not take for formulas."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: `=1+1` is `'=1+1`, and the number `-3` stays."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe of `guarded`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell
