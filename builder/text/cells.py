"""Cells of tables that a spreadsheet must not take for formulas."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# What a spreadsheet would run: at the start of a cell, or after a sign that some take for the start of another.
_ANYWHERE = re.compile(r"(?:^|(?<=[;\t\r|]))(?=\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: `=1+1` is `'=1+1`, and the number `-3` stays."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe of `guarded`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


@lru_cache(maxsize=1 << 16)  # a table of answers says the same many times
def _harmless(cell: str) -> str:
    return cell if cell.isalnum() or _NUMBER.fullmatch(cell) else _ANYWHERE.sub("'", cell)


def table(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV in UTF-8 with a byte order mark, by which spreadsheets know it. A text `=1+1` becomes `'=1+1`.

    What only some spreadsheets would run has its apostrophe too. Numbers stay, so that a penalty of `-0.25` adds up.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
