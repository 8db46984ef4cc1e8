"""Texts of papers as Markdown that reads back as just these texts (CommonMark 0.31.2 with GitHub's tables and strikethrough).

Every sign that could act is escaped, those too that act in the dialects of
pandoc and GitHub.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from builder.printing.formula import Formula
from builder.printing.text import Gap, Node
from builder.text.blocks import Blocks
from builder.text.marks import BREAK, Marks, Piece, code_span
from builder.text.tree import Paragraph, Picture, Run, Sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.printing.text import Line
    from builder.text.tree import Block, Text

BLANK = r"\_" * 24
_RULE = "_" * 24  # a blank where nothing is escaped

# Dashes and dots act in a row alone: pandoc makes one sign of them.
_SIGNS = re.compile(r"([\\`*_\[\]{}<>#~^$@|]|&(?=#?\w+;)|!(?=\[|\Z)|-(?=-)|\.(?=\.))")
# What makes a list, a heading or a rule of a line, where it stands at its start.
_MARKER = re.compile(r"(\s*\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)?)([-+=:.)%])")
_SPACE = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


def escaped(text: str) -> str:
    """Plain text as Markdown that shows just that, on one line."""
    return _SIGNS.sub(r"\\\1", _tidy(text))


class Writer(Marks[Node], Blocks[Node]):
    """Writes texts whose pictures are in files of these names; formulas are TeX between dollars, displayed ones by themselves."""

    apart: ClassVar[str] = "<!-- -->"
    weak: ClassVar[frozenset[str]] = frozenset("_")
    keeps_space: ClassVar[bool] = False

    def __init__(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures

    def text(self, text: Text[Node]) -> str:
        """All blocks; a displayed formula is a paragraph."""
        return super().text(parted(text))

    def inline(self, nodes: Line) -> str:
        """What stands in a line, for a line that something stands before."""
        first, *rest = self.line(nodes).split(BREAK)
        return BREAK.join([first, *map(_started, rest)])

    def paragraph(self, nodes: Line) -> str:
        """A paragraph, whose lines begin no other block."""
        return _started(self.inline(nodes))

    def cell(self, nodes: Line) -> str:
        """The cell of a table, which has one line."""
        return self.line(nodes).replace(BREAK, " ")

    def verse(self, lines: tuple[Line, ...]) -> str:
        """Lines with a break at the end of each; stanzas are paragraphs, since no line of one can be empty."""
        stanzas: list[list[str]] = [[]]
        for line in lines:
            if line:
                stanzas[-1].append(self.paragraph(line))
            elif stanzas[-1]:
                stanzas.append([])
        return "\n\n".join(BREAK.join(stanza) for stanza in stanzas if stanza)

    def program(self, nodes: Line) -> str:
        """A program as it is, with blanks to write in."""
        return "".join(map(_in_program, nodes))

    def plain(self, node: Node) -> Iterator[Piece]:
        """The pieces of a node, without its emphasis and strikethrough."""
        match node:
            case Gap(gap, hint):
                yield Piece("as it is", f"{'(' + gap + ') ' if gap else ''}{BLANK}")
                if hint:
                    yield from (Piece("as it is", " \\["), *self._pieces(hint), Piece("as it is", "\\]"))
            case Formula():
                sign = "$$" if node.display else "$"
                yield Piece("as it is", f"{sign}{' '.join(node.alt.split())}{sign}")
            case Run(break_=True):
                yield Piece("as it is", BREAK)
            case Run() if node.href:
                said = "".join(piece.text for piece in self.plain(node._replace(href="")))
                yield Piece("as it is", f"[{said}](<{_address(node.href)}>)")
            case Run() if node.lang:
                inner = node._replace(lang="")
                yield from (
                    Piece("as it is", f'<span lang="{node.lang}">'),
                    *self.plain(inner),
                    Piece("as it is", "</span>"),
                )
            case Run() if node.sub or node.sup:
                # CommonMark has no signs for these, and lets HTML through.
                tag = "sub" if node.sub else "sup"
                inner = node._replace(sub=False, sup=node.sup and node.sub)
                yield from (Piece("as it is", f"<{tag}>"), *self.plain(inner), Piece("as it is", f"</{tag}>"))
            case Run() if node.code and node.text.strip():
                yield Piece("as it is", code_span(_tidy(node.text)))
            case Run():
                yield Piece("text", escaped(node.text))
            case Picture(file, alt):
                yield Piece("as it is", f"![{escaped(alt)}]({self.pictures[file]})")
            case Sound(transcript=words):
                yield Piece("text", f"♪ {escaped(words)}")


def parted(text: Text[Node]) -> Text[Node]:
    """A text whose displayed formulas are paragraphs of their own, as pandoc and GitHub read them.

    What is drawn within a line has a break on either side of it: `so`, break, formula, break, `is` is three paragraphs.
    """
    return tuple(part for block in text for part in _parted(block))


def flows(block: Block[Node]) -> bool:
    """Whether a block of a parted text is a line that something may stand beside: words, but no displayed formula."""
    return isinstance(block, Paragraph) and not any(map(_is_displayed, block.runs))


def _parted(block: Block[Node]) -> Iterator[Block[Node]]:
    if not isinstance(block, Paragraph) or flows(block):
        yield block
        return
    for is_formula, nodes in groupby(block.runs, _is_displayed):
        if is_formula:
            yield from (Paragraph((node,)) for node in nodes)
        elif line := _unbroken(tuple(nodes)):
            yield Paragraph(line)


def _is_displayed(node: Node) -> bool:
    return isinstance(node, Formula) and node.display


def _unbroken(nodes: Line) -> Line:
    """A line without breaks and spaces at its ends, where formulas part it from others."""
    while nodes and isinstance(nodes[0], Run) and not nodes[0].text.strip():
        nodes = nodes[1:]
    while nodes and isinstance(nodes[-1], Run) and not nodes[-1].text.strip():
        nodes = nodes[:-1]
    if nodes and isinstance(last := nodes[-1], Run):
        nodes = (*nodes[:-1], last._replace(text=last.text.rstrip()))
    return nodes


def _started(line: str) -> str:
    """A line that is no list, heading or rule, whatever it begins with."""
    return _MARKER.sub(r"\1\\\2", line.lstrip(), count=1) if _MARKER.match(line) else line.lstrip()


def _tidy(text: str) -> str:
    """Text without controls, every space of a typewriter a space."""
    return text if text.isprintable() and "  " not in text else _CONTROL.sub("", _SPACE.sub(" ", text))


def _address(href: str) -> str:
    return re.sub(r"([\\&<>])", r"\\\1", _tidy(href))


def _in_program(node: Node) -> str:
    match node:
        case Run(text):
            return _CONTROL.sub("", text)
        case Gap(gap):
            return f"({gap}) {_RULE}" if gap else _RULE
        case Formula() | Picture() | Sound():  # a fence reads no markup
            return ""
