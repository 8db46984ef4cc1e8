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
    """A dialect of blocks: how it writes what stands in their lines."""

    @abstractmethod
    def paragraph(self, nodes: tuple[N, ...]) -> str:
        """A paragraph, whose lines begin no other block."""

    @abstractmethod
    def cell(self, nodes: tuple[N, ...]) -> str:
        """The cell of a table, on one line; a bar in it is not yet escaped."""

    @abstractmethod
    def verse(self, lines: tuple[tuple[N, ...], ...]) -> str:
        """Lines that end where they end."""

    @abstractmethod
    def program(self, nodes: tuple[N, ...]) -> str:
        """A program as it is."""

    def text(self, text: Text[N]) -> str:
        """All blocks, an empty line between two."""
        return "\n\n".join(self._blocks(text))

    def _blocks(self, text: Text[N]) -> Iterator[str]:
        is_other = False
        for place, block in enumerate(text):
            before = text[place - 1] if place else None
            # Two lists of one kind would be one, unless their items have other marks.
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
        # Of a bar with a backslash before it, whatever stands before that, a reader of tables takes the backslash away.
        return "|" + "".join(f" {self.cell(cell)} ".replace("|", "\\|") + "|" for cell in cells)


def hung(mark: str, text: str) -> str:
    """A text whose first line stands behind a mark, and whose other lines stand as far in: an item of a list."""
    first, *rest = text.split("\n")
    indent = " " * (len(mark) + 1)
    return "\n".join([f"{mark} {first}" if first else mark, *(f"{indent}{line}" if line else "" for line in rest)])


def quoted(text: str) -> str:
    """A text as a quote."""
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _are_alike(one: Block[N] | None, other: Block[N]) -> bool:
    return isinstance(one, Listing) and isinstance(other, Listing) and (one.start is None) == (other.start is None)


def _mark(start: int | None, place: int, *, is_other: bool) -> str:
    if start is None:
        return "*" if is_other else "-"
    number = start + place if start + place <= _MOST else start
    return f"{number}{')' if is_other else '.'}"


def _fenced(program: str, language: str) -> str:
    """A program between fences that are longer than any row of their sign in it."""
    sign = "~" if "`" in language else "`"
    fence = sign * max(3, *(len(row) + 1 for row in re.findall(f"{sign}+", program)), 3)
    return f"{fence}{language}\n{program}\n{fence}" if program else f"{fence}{language}\n{fence}"
