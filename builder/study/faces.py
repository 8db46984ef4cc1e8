"""The two sides of a card in a terminal: the rows of its sheet as lines.

`order` is that of the options, responses or steps: `Card.order` gives it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from builder.study.sheets import LETTERS
from builder.study.terminal import BOLD, DIM, GREEN, RED, cleaned
from builder.text import cloze, tree
from builder.text.markup import parse
from builder.text.tree import Paragraph, Picture, Quote, Run, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.study.sheets import Row
    from builder.study.terminal import Writer
    from builder.text.tree import Inline, Text

_HIDDEN = "[…]"
_MARKS = {"right": ("✓", (GREEN, BOLD)), "wrong": ("✗", (RED,))}


def lines(rows: Iterable[Row], order: Sequence[int], writer: Writer) -> list[str]:
    """The lines of one side of a card."""
    return [one for row in _arranged(rows, order) for one in _lines(row, order, writer)]


def _arranged(rows: Iterable[Row], order: Sequence[int]) -> Iterator[Row]:
    """The rows, those of options in the order of the options: with the order 1, 0, the rows a, b and c of the options 0, 0 and 1 are c, a and b."""
    for is_option, found in groupby(rows, key=lambda row: row.option is not None):
        some = list(found)
        yield from sorted(some, key=lambda row: order.index(row.option or 0)) if is_option else some


def _lines(row: Row, order: Sequence[int], writer: Writer) -> Iterator[str]:
    lead = cleaned(row.lead)
    if row.mark:
        sign, styles = _MARKS[row.mark]
        lead += f"{writer.styled(sign, *styles)} "
    if row.letter is not None:
        lead += f"{LETTERS[order.index(row.letter) if order else row.letter]}. "
    for one in writer.led(lead, _text(row)):
        yield writer.styled(one, DIM) if row.form == "note" else one


def _text(row: Row) -> Text[Inline]:
    """The text of a row; in a cloze, the blanks of the card are hidden, and the others filled."""
    match row.form:
        case "markup":
            return parse(row.text, math=row.math) if row.text else ()
        case "quote":
            return (Quote(parse(row.text, math=row.math)),)
        case "cloze":
            return tree.mapped(cloze.read(row.text, math=row.math), lambda line: _blanked(line, row.hidden))
        case "picture":
            return (Paragraph((Picture(row.file, row.text),)),)
        case "sound":
            return (Paragraph((Sound(row.file, ""),)),)
        case "words" | "note" | "heading":
            return (Paragraph((Run(row.text, strong=row.form == "heading"),)),)


def _blanked(line: Iterable[cloze.Node], hidden: int) -> tuple[Inline, ...]:
    """The nodes of a line of a cloze, in which the blanks of the number `hidden` are hidden; with 0, none is."""
    made: list[Inline] = []
    for node in line:
        match node:
            case cloze.Gap(blank, content, hint):
                if blank.number != hidden:
                    made += content
                else:
                    said = (Run("["), *hint, Run("]")) if hint else (Run(_HIDDEN),)
                    made += [it._replace(strong=True) if isinstance(it, Run) else it for it in said]
            case cloze.Formula(parts):
                tex = (it if isinstance(it, str) else _HIDDEN if it.number == hidden else it.text for it in parts)
                made.append(Run("".join(tex), math=True))
            case _:
                made.append(node)
    return tuple(made)
