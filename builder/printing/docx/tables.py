"""Tables of DOCX papers: how wide their columns are, and what Word has to be told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.shared import Mm

from builder.printing.docx.elements import element, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.table import Table, _Row

PADDING = 1.9  # millimetres on each side of a cell, Word's own
# About how many millimetres wide a letter is, to the point of its size: those of the faces that stand in where a
# machine lacks ours are wide, and a word is never cut.
LETTER = 0.64 * 25.4 / 72
BOLD = 1.1  # times as wide
_LEAST = 8.0


def shape(table: Table, widths: Sequence[float], *, indent: float, is_leftward: bool) -> None:
    """Give a table its place and the widths of its columns, all in millimetres."""
    properties: Any = table._tbl.tblPr  # noqa: SLF001 - python-docx has no words for this and what follows
    table.autofit = False
    if is_leftward:
        put(properties, OxmlElement("w:bidiVisual"))
    for name, value in (("tblW", sum(widths)), ("tblInd", indent)):
        put(properties, element(f"w:{name}", w=int(Mm(value).twips), type="dxa"))
    for column, width in zip(table._tbl.tblGrid, widths, strict=True):  # noqa: SLF001 - as above
        column.w = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def keep_whole(row: _Row, *, is_head: bool = False) -> None:
    """Keep a row on one page; a head is printed again at the top of each page that the table goes on to."""
    properties: Any = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no words for this
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def fitted(needs: Sequence[tuple[float, float]], room: float) -> list[float]:
    """The widths of columns in `room` millimetres, from what each needs: for its longest word, and for its longest cell.

    Where all fit on one line each gets what it needs. Else what is left after the
    longest words is shared out by how much more each could use: needs of
    (20, 100) and (20, 40) in a room of 90 make 20 + 40 and 20 + 10.
    """
    words = [max(word + 2 * PADDING, _LEAST) for word, _ in needs]
    cells = [max(cell + 2 * PADDING, word) for (_, cell), word in zip(needs, words, strict=True)]
    if sum(cells) <= room:
        return cells
    if sum(words) >= room:
        return [word * room / sum(words) for word in words]
    more = [cell - word for cell, word in zip(cells, words, strict=True)]
    left = room - sum(words)
    return [word + left * extra / sum(more) for word, extra in zip(words, more, strict=True)]
