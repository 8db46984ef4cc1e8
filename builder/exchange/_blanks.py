"""Blanks in texts from other systems, as an author would type them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.text import markdown
from builder.text.tree import Paragraph, Run, lines, mapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.text.tree import Inline, Text

_GAP = re.compile("\ufdd0(\\d+)\ufdd1")  # as `builder.exchange._rich.gap` writes it


class Gap(NamedTuple):
    """What is hidden, with its styles; `words` is the bare text of it, for formulas and programs."""

    line: tuple[Inline, ...]
    words: str
    number: int
    hint: str = ""


def write(text: Text[Inline], gaps: Sequence[Gap], *, math: bool) -> str:
    """A cloze text, in which the sign of a gap is a blank; what else would open or close a blank is written otherwise."""
    bare = {
        int(number)
        for line in lines(text)
        for node in line
        if isinstance(node, Run) and (node.code or node.math)
        for number in _GAP.findall(node.text)
    }
    open_ = mapped(text, lambda line: tuple(_unbraced(node) for node in line))
    typed = markdown.write(open_, math=math).replace("{{", "{\\{").replace("}}", "}\\}")

    def blank(found: re.Match[str]) -> str:
        gap = gaps[int(found[1])]
        hidden = gap.words
        if int(found[1]) not in bare:
            hidden = _hidden(
                markdown.write((Paragraph(tuple(map(_unbraced, gap.line))),), math=math) if gap.line else ""
            )
        hint = f"::{_hidden(gap.hint)}" if gap.hint else ""
        return f"{{{{c{gap.number}::{hidden}{hint}}}}}"

    return _GAP.sub(blank, typed)


def _hidden(typed: str) -> str:
    """What stands in a blank, without the signs that would end it."""
    typed = typed.replace("::", ":&#58;").replace("}}", "}&#125;")
    return f"{typed[:-1]}&#125;" if typed.endswith("}") else typed


def _unbraced(node: Inline) -> Inline:
    """TeX without two braces side by side, which would end a blank."""
    if isinstance(node, Run) and node.math:
        return node._replace(text=node.text.replace("{{", "{ {").replace("}}", "} }").replace("}}", "} }"))
    return node
