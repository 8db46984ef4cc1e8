"""An author's text in DOCX: each block as what Word has for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from builder.printing.docx import tables
from builder.printing.formula import Formula
from builder.text.highlight import coloured
from builder.text.tree import Code, Listing, Paragraph, Picture, Quote, Run, Sound, Table, Verse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docx.text import paragraph

    from builder.printing.docx.document import Desk
    from builder.printing.docx.runs import Sign
    from builder.printing.text import Line, Node, Text
    from builder.text.tree import Align, Block

    Words = Sequence[Node | Sign]
    Word = paragraph.Paragraph

_LONG = 25  # lines of a program that may part
_SMALL = 12  # rows of a table that is kept on one page
_EM = 2  # letters
_CAPITAL, _WIDE = 1.3, 1.6  # letters
BREAK = Run("", break_=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: the style of its first paragraph, and millimetres from the left of what follows it, and across.

    `others` is the style of further paragraphs; `depth` says in how many lists this is; `is_own` that the
    first paragraph has the place of the others, not one that its style knows.
    """

    style: str
    indent: float
    width: float
    others: str = "Text"
    depth: int = 0
    is_own: bool = False


def write(
    desk: Desk,
    text: Text,
    place: Place,
    *,
    before: Words = (),
    after: Words = (),
    number: Callable[[Word], None] = lambda _: None,
) -> list[Word]:
    """Write a text, and return its paragraphs but those in tables.

    The first one gets a number, if there is one, and what comes `before` the
    text: it is there even where the text begins with a table. What comes
    `after` the text stands at the end of its last paragraph; or of the first,
    where the text ends in another block.
    """
    blocks: Text = text or (Paragraph(()),)
    is_last_flowing = isinstance(blocks[-1], Paragraph)
    opening = _opening(blocks[0], is_alone=not after or is_last_flowing)
    rest = blocks if opening is None else blocks[1:]
    made = _first(desk, opening or ("flowing", ()), place, before, () if rest and is_last_flowing else after)
    number(made[0])
    for count, block in enumerate(rest, 1):
        made += _block(desk, block, place, after if count == len(rest) and is_last_flowing else ())
    return made


def _opening(block: Block[Node], *, is_alone: bool) -> tuple[str, Line] | None:
    """What of the first block stands in the first paragraph, beside its number: lines that flow, a program, or verses."""
    match block:
        case Paragraph(runs):
            return "flowing", runs
        case Code() if is_alone:
            return "program", tuple(coloured(block))
        case Verse(lines) if is_alone:
            return "flowing", tuple(node for n, line in enumerate(lines) for node in ((BREAK, *line) if n else line))
        case Code() | Verse() | Listing() | Table() | Quote():
            return None


def _first(desk: Desk, opening: tuple[str, Line], place: Place, before: Words, after: Words) -> list[Word]:
    """The paragraph that has the number, and what its displayed formulas part from it."""
    kind, nodes = opening
    options = _left(place.indent) if place.is_own else {}
    if kind == "program":
        made = desk.line(place.style, before, width=place.width, **options)
        desk.pen.program(made, nodes, in_style=False)
        desk.pen.write(made, after, place.width)
        return [made]
    head, *parts = _parted(nodes)
    made = desk.line(place.style, (*before, *head), width=place.width, **options)
    return [made, *_parts(desk, parts, place, after, made)]


def _parts(desk: Desk, parts: list[Line], place: Place, after: Words, first: Word | None) -> list[Word]:
    """Paragraphs for the parts of one that displayed formulas cut up; `after` ends the last, or `first` if there is none."""
    made: list[Word] = []
    for nodes in parts:
        if _is_displayed(nodes):
            made.append(desk.blank(place.others, **_left(place.indent)))
            for formula in nodes:
                if isinstance(formula, Formula):
                    desk.pen.displayed(made[-1], formula)
        else:
            made.append(desk.line(place.others, nodes, width=place.width, **_left(place.indent)))
    last = made[-1] if made else first
    if after and (last is None or (parts and _is_displayed(parts[-1]))):
        made.append(desk.line(place.others, after, **_left(place.indent)))
    elif last is not None:
        desk.pen.write(last, after, place.width)
    return made


def _parted(nodes: Line) -> list[Line]:
    """Nodes cut at displayed formulas, which go alone, without the breaks around them; the first piece is no formula by itself.

    `a`, break, `$$x$$`, break, `b` are `a`, `$$x$$` and `b`.
    """
    pieces: list[list[Node]] = [[]]
    for place, node in enumerate(nodes):
        if _is_displayed((node,)):
            if pieces[-1] and pieces[-1][-1] == BREAK:
                pieces[-1].pop()
            pieces += [[node], []]
        elif isinstance(node, Run) and place and not pieces[-1]:
            if node.text.strip():  # no break, and no space before the first word
                pieces[-1].append(node._replace(text=node.text.lstrip()))
        else:
            pieces[-1].append(node)
    if not pieces[0] and len(pieces) > 1:
        pieces[:2] = [pieces[1]]
    return [tuple(piece) for place, piece in enumerate(pieces) if piece or not place]


def _is_displayed(nodes: Line) -> bool:
    return len(nodes) == 1 and isinstance(nodes[0], Formula) and nodes[0].display


def _block(desk: Desk, block: Block[Node], place: Place, after: Words = ()) -> list[Word]:
    """A block below others."""
    match block:
        case Paragraph(runs):
            return _parts(desk, _parted(runs), place, after, None)
        case Code():
            is_short = sum(run.text.count("\n") for run in block.runs if isinstance(run, Run)) < _LONG
            made = desk.blank("Code block", **_left(place.indent), keep_together=is_short)
            desk.pen.program(made, tuple(coloured(block)), in_style=True)
            return [made]
        case Listing(items, start):
            return _listing(desk, items, start, place)
        case Table():
            _table(desk, block, place)
            return []
        case Quote(blocks):
            step = desk.measures.step
            inner = replace(
                place, indent=place.indent + step, width=place.width - step, style="Quote", others="Quote", is_own=True
            )
            return write(desk, blocks, inner)
        case Verse(lines):
            return [desk.line("Verse", stanza, width=place.width, **_left(place.indent)) for stanza in _stanzas(lines)]


def _stanzas(lines: Sequence[Line]) -> Iterator[Line]:
    """The stanzas of a poem, their lines parted by breaks."""
    stanza: list[Line] = []
    for line in (*lines, ()):
        if line:
            stanza.append(line)
        elif stanza:
            yield tuple(node for n, nodes in enumerate(stanza) for node in ((BREAK, *nodes) if n else nodes))
            stanza = []


def _listing(desk: Desk, items: Sequence[Text], start: int | None, place: Place) -> list[Word]:
    """A list of Word's own, which counts by itself."""
    step = desk.measures.step
    number = desk.numbering.listing(start, place.depth)
    inner = Place("List Paragraph", place.indent + step, place.width - step, depth=place.depth + 1, is_own=True)
    made: list[Word] = []
    for item in items:
        paragraphs = write(desk, item, inner, number=lambda it: desk.numbering.join(it, number, place.depth))
        paragraphs[0].paragraph_format.first_line_indent = Mm(-step)
        made += paragraphs
    return made


def _table(desk: Desk, block: Table[Node], place: Place) -> None:
    """A table, whose head is printed again on each page that it goes on to."""
    rows = (block.head, *block.rows)
    letter = desk.measures.size * tables.LETTER
    heads = [need([cell], letter * tables.BOLD) for cell in block.head]
    bodies = [need([row[n] for row in block.rows], letter) for n in range(len(block.aligns))]
    needs = [
        (max(words), max(cells))
        for words, cells in (zip(*both, strict=True) for both in zip(heads, bodies, strict=True))
    ]
    widths = tables.fitted(needs, place.width)
    if desk.is_leftward:  # LibreOffice puts a narrow one on the left
        widths = [width * place.width / sum(widths) for width in widths]
    made = desk.table(len(rows), len(block.aligns))
    tables.shape(made, widths, indent=place.indent, is_leftward=desk.is_leftward)
    for count, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
        tables.keep_whole(row, is_head=count == 0)
        written = []
        for cell, line, align, width in zip(row.cells, cells, block.aligns, widths, strict=True):
            nodes = tuple(it._replace(strong=True) if isinstance(it, Run) else it for it in line) if not count else line
            with desk.inside(cell):
                written.append(
                    desk.line("Cell", nodes, width=width - 2 * tables.PADDING, alignment=_align(desk, align))
                )
        desk.last = written
        if count == 0 or (len(rows) <= _SMALL and count + 1 < len(rows)):
            desk.keep(written)


def _align(desk: Desk, align: Align) -> WD_ALIGN_PARAGRAPH | None:
    """Word takes left for the side where lines begin, the author for the left."""
    if align == "center":
        return WD_ALIGN_PARAGRAPH.CENTER
    if not align:
        return None
    return WD_ALIGN_PARAGRAPH.RIGHT if (align == "right") != desk.is_leftward else WD_ALIGN_PARAGRAPH.LEFT


def need(cells: Sequence[Line], letter: float) -> tuple[float, float]:
    """How wide a column must be for its longest word, and for its longest cell on one line."""
    words = (_letters(word) * letter for line in cells for word in _words(line).split() or [""])
    pictures = (node.width * letter * _EM for line in cells for node in line if isinstance(node, Formula))
    longest = max((_letters(_words(line)) * letter for line in cells), default=0)
    return max(*words, *pictures, 0, 0), max(longest, 0)


def _letters(text: str) -> float:
    """About how many letters wide a text is: a capital is wider than a small letter, and a sign of Chinese is as wide as it is high."""
    return sum(_WIDE if east_asian_width(sign) in "WF" else _CAPITAL if sign.isupper() else 1 for sign in text)


def _words(line: Line) -> str:
    """About what a line shows, for measuring it."""
    said = []
    for node in line:
        match node:
            case Run():
                said.append(node.text)
            case Formula():
                said.append("x" * round(node.width * _EM))
            case Picture():
                said.append("x" * 20)
            case Sound():
                said.append(node.transcript)
            case _:
                said.append("_" * 18)
    return "".join(said)


def _left(indent: float) -> dict[str, Any]:
    return {"left_indent": Mm(indent)} if indent else {}
