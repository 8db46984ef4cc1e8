"""A text as lines of a terminal: emphasis by its colours and styles, pictures and sounds by their words and files.

What an author wrote can't steer the terminal: every piece of it goes through `printable`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from builder.report import printable
from builder.text.tree import Code, Listing, Paragraph, Picture, Quote, Run, Sound, Table, Verse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from builder.text.tree import Block, Inline, Text

_STYLE = re.compile("\x1b\\[[0-9;]*m")
_JOINERS = re.compile("([\u200c\u200d\xa0]+)")  # they shape letters, or keep words together, and steer nothing
_SPACES = {0x202F: "\xa0", 0x2009: "\xa0", 0xAD: None}  # the last is a hyphen that shows only at a line's end
_RAISED = str.maketrans(
    "0123456789+-−abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)  # as in 2ⁿᵈ, XIXᵉ
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_LEAST = 20  # columns, however narrow a terminal says it is
_BREAK = "\n"
BOLD, DIM, ITALIC, LINE, STRUCK, GREEN, RED, BLUE = "1", "2", "3", "4", "9", "32", "31", "36"


def cleaned(text: str) -> str:
    """A piece of text without what could steer a terminal; what is joined stays joined."""
    pieces = _JOINERS.split(text.translate(_SPACES))
    return "".join(piece if place % 2 else printable(piece) for place, piece in enumerate(pieces))


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: letters of East Asia take two, marks above letters and styles none."""
    text = _STYLE.sub("", text)
    if text.isascii():
        return len(text)
    return sum(_wide(sign) for sign in text)


def _wide(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


@dataclass(frozen=True)
class Writer:
    """What turns texts into lines of at most `width` columns; without `has_styles` they are plain.

    `file` gives the place of a picture or sound on this machine.
    """

    width: int
    has_styles: bool = True
    file: Callable[[str], str] = str

    def styled(self, text: str, *styles: str) -> str:
        """The text in these styles, word by word, so that a line can break between any two."""
        if not self.has_styles or not styles:
            return text
        return re.sub("[^ \n]+", lambda word: f"\x1b[{';'.join(styles)}m{word[0]}\x1b[0m", text)

    def lines(self, text: Text[Inline]) -> list[str]:
        """The lines of a text, with an empty one between two blocks."""
        made: list[str] = []
        for block in text:
            made += [*([""] if made else []), *self._block(block)]
        return made

    def narrowed(self, by: int) -> Writer:
        """A writer of lines that are shorter by so many columns."""
        return Writer(max(_LEAST, self.width - by), self.has_styles, self.file)

    def _block(self, block: Block[Inline]) -> Iterator[str]:
        match block:
            case Paragraph(runs):
                yield from self.wrapped(self.line(runs))
            case Code(runs):
                yield from (f"    {line}" for line in self.line(runs).rstrip("\n").split("\n"))
            case Listing(items, start):
                for number, item in enumerate(items, start or 0):
                    lead = "• " if start is None else f"{number}. "
                    yield from self.led(lead, item)
            case Table():
                yield from self._table(block)
            case Quote(blocks):
                yield from (f"│ {line}" for line in self.narrowed(2).lines(blocks))
            case Verse(verses):
                for verse in verses:
                    yield from self.narrowed(2).wrapped(self.line(verse), "  ")

    def led(self, lead: str, text: Text[Inline]) -> Iterator[str]:
        """The lines of a text behind `lead`, those after the first indented as far."""
        indent = columns(lead)
        for place, line in enumerate(self.narrowed(indent).lines(text) or [""]):
            yield f"{' ' * indent if place else lead}{line}".rstrip()

    def _table(self, table: Table[Inline]) -> Iterator[str]:
        """A table with its columns side by side; where they are too wide, each cell on a line of its own."""
        rows = [[self.line(cell).replace("\n", " ") for cell in row] for row in (table.head, *table.rows)]
        widths = [max(map(columns, column)) for column in zip_longest(*rows, fillvalue="")]
        if sum(widths) + 2 * len(widths) <= self.width:
            for place, row in enumerate(rows):
                cells = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=False))
                yield "  ".join(cells).rstrip()
                if not place:
                    yield "  ".join("─" * width for width in widths)
            return
        head, *body = rows
        for row in body:
            for name, cell in zip(head, row, strict=False):
                yield from self.wrapped(f"{name}: {cell}" if name else cell, "  ")
            yield ""

    def line(self, nodes: Sequence[Inline]) -> str:
        """A line of nodes as text, with line ends where the author set them."""
        return "".join(map(self._node, nodes))

    def _node(self, node: Inline) -> str:
        match node:
            case Run(break_=True):
                return _BREAK
            case Run():
                return self.styled(_text(node), *_styles(node))
            case Picture(file, alt):
                return self.styled(f"[picture: {cleaned(alt)}: {cleaned(self.file(file))}]", DIM)
            case Sound(file):
                return self.styled(f"[sound: {cleaned(self.file(file))}]", DIM)

    def wrapped(self, text: str, indent: str = "") -> Iterator[str]:
        """A line of text broken between words; a word that is longer than a line stands on lines of its own."""
        for row in text.split(_BREAK):
            made, room = "", self.width - len(indent)
            for word in row.split(" "):
                if made and columns(made) + 1 + columns(word) > room:
                    yield indent + made
                    made = word
                else:
                    made = f"{made} {word}" if made else word
            yield indent + made


def _text(run: Run) -> str:
    """The text of a run. Programs keep their line ends; in other texts an end of a line is a space."""
    lines = run.text.split("\n") if run.code else [run.text.replace("\n", " ")]
    text = "\n".join(cleaned(line.expandtabs(4)) for line in lines)
    for is_set, table, sign in ((run.sup, _RAISED, "^"), (run.sub, _LOWERED, "_")):
        if is_set:
            moved = text.translate(table)
            text = moved if not any(mine == old for mine, old in zip(moved, text, strict=True)) else f"{sign}{text}"
    return text


def _styles(run: Run) -> Iterable[str]:
    marks = (
        (run.strong, BOLD),
        (run.em, ITALIC),
        (run.strike, STRUCK),
        (bool(run.href), LINE),
        (run.code or run.math, BLUE),
    )
    return [style for is_set, style in marks if is_set]
