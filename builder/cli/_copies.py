"""The numbers of copies that `--copies` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    import click

_MOST_COPIES = 20_000  # the limit of builder.paper.sheet.stamp


def numbers(_ctx: click.Context, _param: click.Parameter, given: str | None) -> range:
    """The numbers of copies: `40` is 1 to 40, and `41-60` those that follow.

    Raises:
        BuilderError: they are no numbers, or too many.
    """
    if given is None:
        return range(0)
    first, dash, last = given.partition("-")
    if not (first.isdecimal() and (last.isdecimal() or not dash)):
        message = f"--copies {given}: give how many sheets to number, such as 40, or which ones, such as 41-60"
        raise BuilderError(message)
    start, stop = (int(first), int(last)) if dash else (1, int(first))
    if not 1 <= start <= stop <= _MOST_COPIES:
        message = f"--copies {given}: the numbers of sheets are 1 to {_MOST_COPIES}, the lower one first"
        raise BuilderError(message)
    return range(start, stop + 1)
