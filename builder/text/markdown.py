"""A text as its author would type it: the inverse of `builder.text.markup.parse`.

For each tree that `parse` gives, `parse(write(tree))` is that tree. Sometimes two
pieces must be kept apart without a visible sign. Then `[](#)` stands between
them, a link without words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from builder.text.blocks import Blocks
from builder.text.marks import BREAK, Marks, Piece, code_span
from builder.text.syntax import bracketed
from builder.text.tree import Inline, Listing, Picture, Quote, Run, Sound, single

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.text.tree import Text

# Signs that are markup and must be escaped. A star or a low line between two letters or digits is no markup.
_SIGNS = re.compile(r"[\\`\[\]~^]|\*(?!(?<=[^\W_]\*)[^\W_])|_(?!(?<=[^\W_]_)[^\W_])|&(?=#?\w+;)|!(?=\[|\Z)|\A\{")
_LINE_ENDS = str.maketrans({"\n": "&#10;", "\r": "&#13;"})
# The start of a line that would begin a list, a quote or a verse, or be the line below the head of a table.
_START = re.compile(r"(\d{1,9})?(?:[.)](?=\s|\Z)|[-+](?=\s|\Z)|[>|]|[-:](?=[-:|\s]*\Z))")
_RULE = re.compile(r"[-:](?=[-:|\s]*\Z)")
_SIMPLE = re.compile(r"[A-Za-z0-9:/.?=%#,+;@-]+")
_UNSAFE = re.compile(r"[%\\<>:\x00-\x1f\x7f]|\A\s|\s\Z")


def write(text: Text[Inline], *, math: bool = False) -> str:
    """The text as an author types it; `math` says that dollars are for formulas, as in `parse`."""
    writer = _Writer(math=math)
    line = single(text)
    if line is not None and "\n" not in (typed := writer.line(line) or writer.apart * bool(text)):
        return typed
    made = writer.text(text)
    if "\n" in made:
        return made
    # `parse` takes a text of one line for a paragraph. So a quote or a list of one line gets a second line.
    match text[0]:
        case Quote():
            return f"{made}\n>"
        case Listing():
            mark, _, rest = made.partition(" ")
            return f"{mark}\n{' ' * (len(mark) + 1)}{rest}"
        case _:
            return made


class _Writer(Marks[Inline], Blocks[Inline]):
    apart: ClassVar[str] = "[](#)"
    weak: ClassVar[frozenset[str]] = frozenset("*_")
    keeps_space: ClassVar[bool] = True

    def __init__(self, *, math: bool) -> None:
        self.math = math

    def paragraph(self, nodes: tuple[Inline, ...]) -> str:
        """A paragraph, in which the start of each line is escaped if it looks like the start of another block."""
        return BREAK.join(map(_started, (self.line(nodes) or self.apart).split(BREAK)))

    def cell(self, nodes: tuple[Inline, ...]) -> str:
        """The cell of a table."""
        return self.line(nodes)

    def verse(self, lines: tuple[tuple[Inline, ...], ...]) -> str:
        """A verse: each line behind `| `."""
        return "\n".join(map(self._verse, lines))

    def program(self, nodes: tuple[Inline, ...]) -> str:
        """A program, with all its signs and line ends."""
        return "".join(node.text for node in nodes if isinstance(node, Run))

    def plain(self, node: Inline) -> Iterator[Piece]:
        """The pieces of a node, without its emphasis and strikethrough."""
        match node:
            case Run(break_=True):
                yield Piece("as it is", BREAK)
            case Run() if node.href:
                said = "".join(piece.text for piece in self.plain(node._replace(href="")))
                yield Piece("as it is", f"[{said}]({_address(node.href)})")
            case Run() if node.lang:
                said = "".join(piece.text for piece in self.plain(node._replace(lang="")))
                yield Piece("as it is", f"[{said}]{{lang={node.lang}}}")
            case Run() if node.sub:
                yield Piece("as it is", f"~{_tight(self.line((node._replace(sub=False),)))}~")
            case Run() if node.sup:
                yield Piece("as it is", f"^{_tight(self.line((node._replace(sup=False),)))}^")
            case Run() if node.math:
                yield Piece("as it is", bracketed(node.text, is_displayed=node.display))
            case Run() if node.code:
                yield Piece("as it is", code_span(node.text))
            case Run():
                yield Piece("text", self._escaped(node.text))
            case Picture(file, alt, width):
                size = f"{{width={width}%}}" if width else ""
                yield Piece("as it is", f"![{self._escaped(alt)}]({_file(file)}){size}")
            case Sound(file, transcript):
                yield Piece("as it is", f"![{self._escaped(transcript)}]({_file(file)})")

    def _escaped(self, text: str) -> str:
        escaped = _SIGNS.sub(r"\\\g<0>", text).translate(_LINE_ENDS)
        # In a text with formulas, `\[` would begin one, so a bracket is not escaped by a backslash there.
        return escaped.replace("$", "\\$").replace("\\[", "&#91;") if self.math else escaped

    def _verse(self, line: tuple[Inline, ...]) -> str:
        """A line of a verse. Spaces at its start are non-breaking ones in the tree, and are typed as ordinary spaces."""
        first = line[0] if line else None
        typed = ""
        if isinstance(first, Run) and first == Run(first.text):
            rest = first.text.lstrip("\u00a0")
            if rest:
                typed, line = " " * (len(first.text) - len(rest)), (Run(rest), *line[1:])
        typed += _RULE.sub(r"\\\g<0>", self.line(line), count=1) if line else ""
        if typed.endswith("|"):
            typed = f"{typed.removesuffix('|')}&#124;"  # bars at both ends of all lines are no verse
        return f"| {typed}" if typed else "|"


def _started(line: str) -> str:
    r"""The line, with a backslash before a sign that would begin a block: `- 5` becomes `\- 5`."""
    found = _START.match(line)
    at = len(found[1] or "") if found else 0
    return f"{line[:at]}\\{line[at:]}" if found else line


def _tight(typed: str) -> str:
    """The content of a sub- or superscript, with spaces as references, since none may be typed there."""
    return re.sub(r"\s", lambda space: f"&#{ord(space[0])};", typed)


def _address(href: str) -> str:
    return href if _SIMPLE.fullmatch(href) else "<" + re.sub(r"[\\&<>~^]", r"\\\g<0>", href) + ">"


def _file(file: str) -> str:
    safe = _UNSAFE.sub(lambda sign: quote(sign[0], safe=""), file)
    return safe if re.fullmatch(r"[\w./%-]+", safe) else "<" + safe.replace("&", "\\&") + ">"
