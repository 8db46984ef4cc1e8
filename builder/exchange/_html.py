r"""An author's text as HTML for other systems: well-formed as XML, with formulas in `\(...\)` and `\[...\]`.

What a system would act on besides is for its format: it says how a gap is written, under which address a file is
found, and which signs must be hidden.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder.text import cloze
from builder.text.markup import SPECIAL, parse
from builder.text.tree import Code, Listing, Paragraph, Picture, Quote, Run, Sound, Table, Verse, single

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from builder.text.tree import Align, Block, Text

_MATHS = re.compile(r"\\(?=[(\[])|\$(?=\$)")  # what a typesetter of formulas would take for the beginning of one
_SPACES = re.compile(r"(?<= ) ")
_EDGES = re.compile(r"\A | \Z")
_HIDDEN = str.maketrans({"{": "&#123;", "}": "&#125;"})


class Html:
    """Writes texts. `gap` writes a gap of a cloze; `address` gives the prefix of the addresses of files."""

    def __init__(self, address: str, gap: Callable[[cloze.Gap], str] | None = None) -> None:
        self.address, self.gap = address, gap
        self.hidden = _HIDDEN if gap else {}  # where there are gaps, other braces must be none
        self.files: list[str] = []  # those that were shown so far

    def typed(self, text: str, *, math: bool = False) -> str:
        """A text that an author typed: a single paragraph bare, more as blocks."""
        if not SPECIAL.search(text):
            return self.words(text)
        return self.text(parse(text, math=math))

    def text(self, text: Text[cloze.Node]) -> str:
        """A text: a single paragraph bare, more as blocks."""
        line = single(text)
        return self.line(line) if line is not None else "".join(map(self.block, text))

    def block(self, block: Block[cloze.Node]) -> str:
        """A block as an element."""
        match block:
            case Paragraph(runs):
                return f"<p>{self.line(runs)}</p>"
            case Code(runs, language):
                named = f' class="language-{escape(language)}"' if language else ""
                return f"<pre><code{named}>{self.program(runs)}</code></pre>"
            case Listing(items, start):
                tag = "ul" if start is None else "ol"
                first = f' start="{start}"' if start not in {None, 1} else ""
                return f"<{tag}{first}>{''.join(f'<li>{self.text(item)}</li>' for item in items)}</{tag}>"
            case Table(head, rows, aligns):
                below = "".join(self.row("td", row, aligns) for row in rows)
                body = f"<tbody>{below}</tbody>" if rows else ""
                return f"<table><thead>{self.row('th', head, aligns)}</thead>{body}</table>"
            case Quote(blocks):
                inside = self.text(blocks)
                return f"<blockquote>{inside if len(blocks) > 1 else f'<p>{inside}</p>'}</blockquote>"
            case Verse(lines):
                return f'<p class="verse">{"<br />".join(map(self.line, lines))}</p>'

    def row(self, tag: str, cells: Iterable[tuple[cloze.Node, ...]], aligns: Iterable[Align]) -> str:
        """A row of a table."""
        made = []
        for cell, align in zip(cells, aligns, strict=True):
            style = f' style="text-align:{align}"' if align else ""
            made.append(f"<{tag}{style}>{self.line(cell)}</{tag}>")
        return f"<tr>{''.join(made)}</tr>"

    def line(self, nodes: Iterable[cloze.Node]) -> str:
        """What stands in a line."""
        return "".join(map(self.node, nodes))

    def program(self, nodes: Iterable[cloze.Node]) -> str:
        """The inside of a program, in which white space counts."""
        return "".join(
            escape(node.text, quote=False).translate(self.hidden) if isinstance(node, Run) else self.node(node)
            for node in nodes
        )

    def node(self, node: cloze.Node) -> str:
        """A piece of a line."""
        match node:
            case Run():
                return self.run(node)
            case Picture(file, alt, width):
                size = f' style="width:{width}%"' if width else ""
                return f'<img src="{self.file(file)}" alt="{escape(alt).translate(self.hidden)}"{size} />'
            case Sound(file, transcript):
                return self.sound(file, transcript)
            case cloze.Gap():
                return self.gap(node) if self.gap else self.line(node.content)
            case cloze.Formula(parts, display):
                tex = "".join(part if isinstance(part, str) else "\\square " for part in parts)
                blanks = (part for part in parts if isinstance(part, cloze.Blank))
                gaps = (cloze.Gap(blank, (Run(blank.text, math=True),), ()) for blank in blanks)
                return " ".join([self.formula(tex, display=display), *map(self.node, gaps)])

    def sound(self, file: str, transcript: str) -> str:
        """A recording, with its words where it can't be played."""
        return f'<audio controls="controls" src="{self.file(file)}">{self.words(transcript)}</audio>'

    def file(self, name: str) -> str:
        """The address of a file, which is taken down as shown."""
        self.files.append(name)
        return escape(self.address + quote(name))

    def words(self, text: str) -> str:
        """Text without markup; of several spaces, all but the first do not break."""
        made = escape(text, quote=False).translate(self.hidden)
        if "\\" in made or "$" in made:
            made = _MATHS.sub(r"\g<0><span></span>", made)
        return _SPACES.sub("&#160;", made) if "  " in made else made

    def run(self, run: Run) -> str:
        """A run, in its styles."""
        if run.break_:
            return "<br />"
        out = self.formula(run.text, display=run.display) if run.math else self.words(run.text)
        for tag, is_so in (("code", run.code), ("sub", run.sub), ("sup", run.sup), ("s", run.strike)):
            out = f"<{tag}>{out}</{tag}>" if is_so else out
        if run.lang:
            out = f'<span lang="{run.lang}">{out}</span>'
        out = f"<em>{out}</em>" if run.em else out
        out = f"<strong>{out}</strong>" if run.strong else out
        return f'<a href="{escape(run.href).translate(self.hidden)}">{out}</a>' if run.href else out

    def formula(self, tex: str, *, display: bool) -> str:
        """TeX between the brackets that MathJax and KaTeX look for."""
        inside = escape(tex, quote=False).translate(self.hidden)
        return f"\\[{inside}\\]" if display else f"\\({inside}\\)"
