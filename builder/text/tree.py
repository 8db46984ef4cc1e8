"""The tree of an author's text: blocks, and in them lines of nodes.

A text is a tuple of blocks. A block holds lines, or further texts. For example,
`Films:` with `- *Her*` below it is a `Paragraph` and a `Listing` of one text.

A line is a tuple of nodes of some type `N`. In an author's text these are `Run`,
`Picture` and `Sound`. A cloze has blanks as well, and a printed paper has drawn
formulas. `mapped` makes a text with another type of nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Run(NamedTuple):
    """A piece of text in one style.

    `math` says that the text is TeX, and `display` that it stands on a line of its own. `href` is a web address.
    `break_` marks a line end. `token` is the class of a piece of a program: `keyword`, `string`, `comment`, `number`,
    `name` or empty. `lang` is the code of the language of words that are not in the course's language; formulas and
    code have none.
    """

    text: str
    em: bool = False
    strong: bool = False
    code: bool = False
    math: bool = False
    href: str = ""
    break_: bool = False
    sub: bool = False
    sup: bool = False
    strike: bool = False
    display: bool = False
    token: str = ""
    lang: str = ""


class Picture(NamedTuple):
    """A picture in a text: a file below the course's folder, and what it shows in words.

    `width` is in per cent of the column; 0 stands for the picture's own width.
    """

    file: str
    alt: str
    width: int = 0


class Sound(NamedTuple):
    """A recording in a text: a file below the course's folder, and what is heard in words."""

    file: str
    transcript: str


Inline = Run | Picture | Sound
Runs = tuple[Run, ...]
N = TypeVar("N")
M = TypeVar("M")
N_co = TypeVar("N_co", covariant=True)
Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Paragraph(Generic[N_co]):
    """A paragraph, whose line is broken wherever the output needs it."""

    runs: tuple[N_co, ...]
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Code(Generic[N_co]):
    """A program as typed, line ends included; `language` is the word after its fence, or empty."""

    runs: tuple[N_co, ...]
    language: str = ""
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Listing(Generic[N_co]):
    """A list: numbered from `start`, or with bullets where that is None."""

    items: tuple[tuple[Block[N_co], ...], ...]
    start: int | None = None
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Table(Generic[N_co]):
    """A table: the cells of its head and of each row, as many in each as there are columns in `aligns`."""

    head: tuple[tuple[N_co, ...], ...]
    rows: tuple[tuple[tuple[N_co, ...], ...], ...]
    aligns: tuple[Align, ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Quote(Generic[N_co]):
    """Blocks that are set off as somebody else's words."""

    blocks: tuple[Block[N_co], ...]
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Verse(Generic[N_co]):
    """Lines that end where their author ended them; an empty line stands between two stanzas."""

    lines: tuple[tuple[N_co, ...], ...]
    kind: Literal["verse"] = "verse"


Block = Paragraph[N] | Code[N] | Listing[N] | Table[N] | Quote[N] | Verse[N]
Text = tuple[Block[N], ...]


def mapped(text: Text[N], change: Callable[[tuple[N, ...]], tuple[M, ...]]) -> Text[M]:
    """The text with each of its lines replaced by what `change` makes of it."""
    return tuple(_mapped(block, change) for block in text)


def _mapped(block: Block[N], change: Callable[[tuple[N, ...]], tuple[M, ...]]) -> Block[M]:
    match block:
        case Paragraph(runs):
            return Paragraph(change(runs))
        case Code(runs, language):
            return Code(change(runs), language)
        case Listing(items, start):
            return Listing(tuple(mapped(item, change) for item in items), start)
        case Table(head, rows, aligns):
            return Table(tuple(map(change, head)), tuple(tuple(map(change, row)) for row in rows), aligns)
        case Quote(blocks):
            return Quote(mapped(blocks, change))
        case Verse(lines):
            return Verse(tuple(map(change, lines)))


def lines(text: Text[N]) -> Iterator[tuple[N, ...]]:
    """Every line of the text, in reading order: paragraphs, programs, cells and verses."""
    for block in text:
        match block:
            case Paragraph(runs) | Code(runs):
                yield runs
            case Listing(items):
                for item in items:
                    yield from lines(item)
            case Table(head, rows):
                yield from head
                for row in rows:
                    yield from row
            case Quote(blocks):
                yield from lines(blocks)
            case Verse(verses):
                yield from verses


def files(text: Text[Inline]) -> Iterator[str]:
    """The files of the pictures and sounds in the text."""
    return (node.file for line in lines(text) for node in line if isinstance(node, Picture | Sound))


def flat(text: Text[N], between: Sequence[N]) -> tuple[N, ...]:
    """All lines of the text joined to one, with `between` after each but the last, for places that hold one line."""
    rows = [row for row in lines(text) if row]
    return tuple(node for place, row in enumerate(rows) for node in ((*between, *row) if place else row))


def single(text: Text[N]) -> tuple[N, ...] | None:
    """The line of a text that is a single paragraph; empty for an empty text; None for any other text."""
    if not text:
        return ()
    return text[0].runs if len(text) == 1 and isinstance(text[0], Paragraph) else None


def led(nodes: tuple[N, ...], text: Text[N]) -> Text[N]:
    """The text with `nodes` before it: at the start of its first paragraph, or as a paragraph before another block."""
    if text and isinstance(text[0], Paragraph):
        return (Paragraph((*nodes, *text[0].runs)), *text[1:])
    return (Paragraph(nodes), *text) if nodes else text


def followed(text: Text[N], nodes: tuple[N, ...]) -> Text[N]:
    """The text with `nodes` after it: at the end of its last paragraph, or as a paragraph after another block."""
    if text and isinstance(text[-1], Paragraph):
        return (*text[:-1], Paragraph((*text[-1].runs, *nodes)))
    return (*text, Paragraph(nodes)) if nodes else text


def joined(text: Text[N], between: tuple[N, ...], after: Text[N]) -> Text[N]:
    """Both texts in one, with `between` where they meet; it shares a line with a paragraph on either side."""
    return (*text[:-1], *_bridged(text[-1:], between, after[:1]), *after[1:])


def _bridged(left: Text[N], between: tuple[N, ...], right: Text[N]) -> Text[N]:
    if right and isinstance(right[0], Paragraph):
        return followed(left, (*between, *right[0].runs))
    return (*followed(left, between), *right)
