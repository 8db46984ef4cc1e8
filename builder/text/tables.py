r"""Tables as GitHub has them, as a rule of markdown-it-py that loses no cell and no time.

Below the head stands a line that says how each column is aligned:

    | n | square |
    |--:|:------:|
    | 3 | 9      |

Two things differ from markdown-it's own rule. If a row has more cells than the
head, GitHub leaves the additional ones out. Here the last cell takes them in,
with their bars, so that no text is lost. And short rows are filled up with
empty cells, but with no more than 10,000 in a table. Else a table could become
a thousand times as large as its text. Where 10,000 are not enough, the table
ends.

Source: GitHub Flavored Markdown Spec 0.29, section 4.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.text.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_block import StateBlock

MOST_EMPTY = 10_000  # cells
_DASHES = late(r"(?!-\s)[-:|][-:|\s]+")
_COLUMN = late(r"(:?)-+(:?)")
_ALIGNS = {("", ""): "", (":", ""): "left", (":", ":"): "center", ("", ":"): "right"}


def cells(line: str) -> list[str]:
    r"""The cells of a row as typed: `| a | b\|c |` has `a` and `b|c`, since a bar behind a backslash is part of a cell."""
    from markdown_it.rules_block.table import escapedSplit  # late: most checks read no Markdown

    found = [cell.strip() for cell in escapedSplit(line.strip())]
    first = 1 if line.strip().startswith("|") else 0
    return found[first : len(found) - (len(found) > first and not found[-1])]


def aligns(line: str) -> list[str]:
    """The alignment of each column by the line below a head: `left`, `center`, `right` or the empty string.

    The list is empty if the line is not of that form.
    """
    if not _DASHES.fullmatch(line.rstrip()):
        return []
    columns = line.strip().removeprefix("|").removesuffix("|").split("|")
    found = [_COLUMN.fullmatch(column.strip()) for column in columns]
    return [_ALIGNS[one[1], one[2]] for one in found if one] if all(found) else []


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls rules so
    """Read the table that begins at the line `start`, if there is one."""
    from markdown_it.rules_block.table import getLine

    if start + 2 > end or state.sCount[start + 1] < state.blkIndent or "|" not in (top := getLine(state, start)):
        return False
    columns = aligns(getLine(state, start + 1))
    head = cells(top)
    if not columns or len(head) != len(columns):
        return False
    if not silent:
        state.push("table_open", "table", 1).meta = {"aligns": columns}
        _push_row(state, head, start)
        state.line = start + 2
        for row in _rows(state, start + 2, end, len(columns)):
            _push_row(state, row, state.line)
            state.line += 1
        state.push("table_close", "table", -1)
    return True


def _rows(state: StateBlock, start: int, end: int, width: int) -> Iterator[list[str]]:
    """The cells of each row below the head, as many as there are columns."""
    from markdown_it.rules_block.table import getLine

    ends = state.md.block.ruler.getRules("blockquote")
    empty = 0
    for line in range(start, end):
        typed = getLine(state, line)
        if (
            not typed.strip()
            or state.sCount[line] < state.blkIndent
            or any(rule(state, line, end, True) for rule in ends)  # noqa: FBT003 - markdown-it defines rules so
        ):
            return
        found = cells(typed)
        empty += max(0, width - len(found))
        if empty > MOST_EMPTY:
            return
        yield [*found[: width - 1], " | ".join(found[width - 1 :]), *[""] * (width - len(found) - 1)][:width]


def _push_row(state: StateBlock, row: list[str], line: int) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for cell in row:
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = cell, [line, line + 1], []
    state.push("tr_close", "tr", -1)
