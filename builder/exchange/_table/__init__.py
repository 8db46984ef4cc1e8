"""Tables of questions, whatever file they come in: her-study's own layout, and those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.exchange._table import foreign, own
from builder.model import readings
from builder.text.cells import unguarded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.exchange._frame import Losses, Read
    from builder.exchange._table.columns import Asked
    from builder.model import Item


def made(items: Sequence[Item], losses: Losses) -> tuple[list[str], list[list[str]]]:
    """The heads of the columns, and for each item the cells below them."""
    for item in items:
        for keys, file in readings.files(item):
            losses.add(
                item, keys, f"the table names {file}, and does not carry it: it stays in the folder of the course"
            )
    rows = [own.row(item) for item in items]
    columns = own.columns(rows)
    return columns, [[row.get(column, "") for column in columns] for row in rows]


def is_own(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether the first row has the heads of her-study's own layout."""
    return {"kind", "prompt"} <= {cell.strip().lower() for cell in rows[0][1]}


def take(name: str, rows: Sequence[tuple[int, list[str]]], asked: Asked) -> Read:
    """The items of a table with at least one row; `asked` names columns, and then no layout is our own.

    Raises:
        BuilderError: `asked` names a column that the table has not.
    """
    return own.take(name, rows) if is_own(rows) and not asked else foreign.take(name, rows, asked)


def cleaned(cells: Sequence[str]) -> list[str]:
    """The cells of a row up to the last that holds anything, without the apostrophes that keep them from being formulas."""
    row = [unguarded(cell) for cell in cells]
    while row and not row[-1].strip():
        row.pop()
    return row
