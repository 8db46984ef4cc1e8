"""The blocks of a text as Markdown that reads back as these blocks (CommonMark 0.31.2, sections 4 and 5; GitHub's tables)."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from builder.text.tree import Code, Listing, Paragraph, Quote, Table, Verse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.text.tree import Align, Block, Text

N = TypeVar("N")
_RULES: dict[Align, str] = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}
_MOST = 999_999_999  # the highest number that a list may have


class Blocks(ABC, Generic[N]):
    """A writer of blocks as Markdown. A dialect, as a subclass, says how the lines inside the blocks are written."""

    @abstractmethod
    def paragraph(self, nodes: tuple[N, ...]) -> str:
        """A paragraph, of which no line may look like the start of another block."""

    @abstractmethod
    def cell(self, nodes: tuple[N, ...]) -> str:
        """The cell of a table, on one line. Bars in it stay as they are, and are escaped afterwards."""

    @abstractmethod
    def verse(self, lines: tuple[tuple[N, ...], ...]) -> str:
        """A verse: lines that are not joined to fill the width."""

    @abstractmethod
    def program(self, nodes: tuple[N, ...]) -> str:
        """A program, with all its signs and line ends."""

    def text(self, text: Text[N]) -> str:
        """All blocks, with an empty line between each two."""
        return "\n\n".join(self._blocks(text))

    def _blocks(self, text: Text[N]) -> Iterator[str]:
        is_other = False
        for place, block in enumerate(text):
            before = text[place - 1] if place else None
            # Two lists of one kind after each other would be read as one list. So the second gets other marks.
            is_other = not is_other and _are_alike(before, block)
            yield self._block(block, is_other=is_other)

    def _block(self, block: Block[N], *, is_other: bool) -> str:
        match block:
            case Paragraph(runs):
                return self.paragraph(runs)
            case Code(runs, language):
                return _fenced(self.program(runs), language)
            case Listing(items, start):
                return "\n".join(
                    hung(_mark(start, place, is_other=is_other), self.text(item)) for place, item in enumerate(items)
                )
            case Table(head, rows, aligns):
                made = [self._row(head), f"|{'|'.join(_RULES[align] for align in aligns)}|", *map(self._row, rows)]
                return "\n".join(made)
            case Quote(blocks):
                return quoted(self.text(blocks))
            case Verse(lines):
                return self.verse(lines)

    def _row(self, cells: Iterable[tuple[N, ...]]) -> str:
        # A reader of tables takes away the backslash before a bar, even if another backslash stands before that.
        return "|" + "".join(f" {self.cell(cell)} ".replace("|", "\\|") + "|" for cell in cells)


def hung(mark: str, text: str) -> str:
    """A text as an item of a list: its first line behind the mark, its other lines indented as far."""
    first, *rest = text.split("\n")
    indent = " " * (len(mark) + 1)
    return "\n".join([f"{mark} {first}" if first else mark, *(f"{indent}{line}" if line else "" for line in rest)])


def quoted(text: str) -> str:
    """A text as a quote of Markdown: each line behind `> `."""
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _are_alike(one: Block[N] | None, other: Block[N]) -> bool:
    return isinstance(one, Listing) and isinstance(other, Listing) and (one.start is None) == (other.start is None)


def _mark(start: int | None, place: int, *, is_other: bool) -> str:
    if start is None:
        return "*" if is_other else "-"
    number = start + place if start + place <= _MOST else start
    return f"{number}{')' if is_other else '.'}"


def _fenced(program: str, language: str) -> str:
    """A program between fences. They are longer than any row of backquotes (or tildes) inside the program."""
    sign = "~" if "`" in language else "`"
    fence = sign * max(3, *(len(row) + 1 for row in re.findall(f"{sign}+", program)), 3)
    return f"{fence}{language}\n{program}\n{fence}" if program else f"{fence}{language}\n{fence}"
