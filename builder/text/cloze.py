r"""Cloze texts: blanks, `{{c1::hidden}}` or `{{c1::hidden::hint}}`, anywhere in a text.

A blank may stand in emphasis, a link, a code span or a formula, and may hold
any of these. It ends at the first `}}` outside the braces that it holds. So
`{{c1::$\frac{1}{2}$}}` and `{{c1::\frac{1}{2}}}` are whole. Its hint begins at
the first `::` outside code and formulas: `{{c1::`std::vector`}}` has no hint. A
blank inside a code span or a program never has one, since `::` is part of the
program there.

Such a text is read in three steps. Each blank is replaced by a sign that no
markup uses. The markup around the signs is read as usual. Then each blank's own
text is read by itself, and gets the style in which its sign stands. For
example, `*a {{c1::b}}*` becomes `*a X*`, which is emphasis; so `b` has emphasis.

Source: Anki manual, "Cloze Deletion" and "MathJax Cloze".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.text import code
from builder.text.late import late
from builder.text.markup import inline, parse
from builder.text.tree import Inline, Run, lines, mapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.text.tree import Text

MAX_BLANKS = 100
_OPEN = late(r"\{\{c(\d{1,9})::")
_STEP = late(r"\\.|\{\{c\d|\}\}|[{}]", re.DOTALL)
_WHOLE = late(r"\$[^$]+\$|\\\((?:(?!\\\().)+?\\\)|::", re.DOTALL)  # formulas, and what parts a hint
_ADDRESS = late(r"\]\(|```|~~~")
_SIGN = late("\ufdd0(\\d+)\ufdd1")  # noncharacters, which no file of a course may hold


@dataclass(frozen=True, slots=True)
class Blank:
    """One cloze deletion: the number of its card, the hidden text, and the hint or the empty string, both as typed."""

    number: int
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank at its place in a line: the hidden text and the hint as nodes, in the style of the text around the blank."""

    blank: Blank
    content: tuple[Inline, ...]
    hint: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with blanks in it: pieces of TeX and blanks, in order."""

    parts: tuple[str | Blank, ...]
    display: bool


Node = Inline | Gap | Formula


@lru_cache(maxsize=1 << 12)
def pieces(text: str) -> tuple[str | Blank, ...]:
    """A cloze text cut into pieces of text as typed, and blanks, in order."""
    parts: list[str | Blank] = []
    end = 0
    last = text.rfind("}}")
    codes = code.places(text)
    while (found := _OPEN.search(text, end)) and found.start() < last:
        close = _end(text, found.end())
        if close < 0:
            break
        if found.start() > end:
            parts.append(text[end : found.start()])
        inner = text[found.end() : close]
        is_code = code.is_inside(codes, found.start())
        hidden, hint = (inner, "") if is_code else _parted(inner)
        parts.append(Blank(int(found[1]), hidden, hint))
        end = close + 2
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


def filled(text: str) -> str:
    """The text with each blank replaced by what it hides, as its author would have typed it without blanks."""
    if "{{" not in text:
        return text
    return "".join(part if isinstance(part, str) else part.text for part in pieces(text))


def _end(text: str, start: int) -> int:
    r"""The offset of the `}}` that ends the blank whose text begins at `start`; -1 where there is none.

    Braces inside the blank are counted: in `\frac{1}{2}}}`, the first of three closing braces belongs to the 2. Where
    braces don't match, the first `}}` ends the blank.
    """
    depth = 0
    for step in _STEP.finditer(text, start):
        sign = step[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        elif sign.startswith("{{c"):
            break
        elif sign == "}}" and depth <= 1:
            if not depth:
                return step.start()
            # The first of the two closes a brace inside. If a third follows, the second and the third are the end.
            if text.startswith("}", step.end()):
                return step.start() + 1
            depth = 0
        elif sign == "}}":
            depth -= 2
    return text.find("}}", start)


def _parted(inner: str) -> tuple[str, str]:
    """What a blank hides, and its hint."""
    if "::" not in inner:
        return inner, ""
    codes = code.spans(inner)
    for found in _WHOLE.finditer(inner):
        if found[0] == "::" and not code.is_inside(codes, found.start()):
            return inner[: found.start()], inner[found.end() :]
    return inner, ""


@lru_cache(maxsize=1 << 10)
def read(text: str, *, math: bool = False) -> Text[Node]:
    """The blocks of a cloze text, with its blanks as `Gap` in their lines, or inside a `Formula`; `math` as in `parse`."""
    parts = pieces(text)
    blanks = [part for part in parts if isinstance(part, Blank)]
    numbers = iter(range(len(blanks)))
    signed = "".join(part if isinstance(part, str) else f"\ufdd0{next(numbers)}\ufdd1" for part in parts)
    return mapped(parse(signed, math=math), lambda line: tuple(_gapped(line, blanks, math=math)))


def _gapped(nodes: tuple[Inline, ...], blanks: list[Blank], *, math: bool) -> Iterator[Node]:
    """The nodes of a line, in which the sign of each blank becomes the blank again."""
    for node in nodes:
        cut = _SIGN.split(node.text) if isinstance(node, Run) else []
        if not isinstance(node, Run) or len(cut) == 1:
            yield node
        elif node.math:
            yield Formula(tuple(part for part in _resolved(cut, blanks) if part != ""), node.display)
        else:
            for part in _resolved(cut, blanks):
                if isinstance(part, Blank):
                    yield Gap(part, _styled(part.text, node, math=math), _styled(part.hint, node, math=math))
                elif part:
                    yield node._replace(text=part)


def _resolved(cut: list[str], blanks: list[Blank]) -> Iterator[str | Blank]:
    """The pieces of a text cut at the signs of blanks: every second piece is the number of a blank, and becomes it."""
    for place, part in enumerate(cut):
        yield blanks[int(part)] if place % 2 else part


def _styled(text: str, around: Run, *, math: bool) -> tuple[Inline, ...]:
    """The nodes of a blank's own text, in which the style of the text around it is added. In code, it is code as typed."""
    if around.code:
        return (around._replace(text=text),) if text else ()
    return tuple(_added(node, around) if isinstance(node, Run) else node for node in inline(text, math=math))


def _added(run: Run, around: Run) -> Run:
    """A run of a blank's own text, with the style of the run `around` the blank added to its own."""
    return run._replace(
        em=run.em or around.em,
        strong=run.strong or around.strong,
        href=run.href or around.href,
        sub=run.sub or around.sub,
        sup=run.sup or around.sup,
        strike=run.strike or around.strike,
        lang="" if run.code or run.math else run.lang or around.lang,
    )


def problem(text: str) -> str:
    """What is wrong with the cloze syntax of a text, or the empty string."""
    parts = pieces(text)
    blanks = [part for part in parts if isinstance(part, Blank)]
    if not blanks:
        return "no blank: hide a part of the text as {{c1::...}}"
    if len(blanks) > MAX_BLANKS:
        return f"{len(blanks)} blanks, more than the {MAX_BLANKS} that one text may have"
    for blank in blanks:
        if not blank.text.strip():
            return f"the blank c{blank.number} hides nothing"
        if "{{" in blank.text + blank.hint:
            return f"the blank c{blank.number} holds another one: blanks do not nest"
        if not 1 <= blank.number <= 500:  # noqa: PLR2004 - Anki refuses higher numbers
            return f"the blank c{blank.number} is not numbered from 1 to 500"
        if "\n\n" in blank.text:
            return f"the blank c{blank.number} runs over paragraphs: hide a part of one"
    rest = "".join(part for part in parts if isinstance(part, str))
    if re.search(r"\{\{\s*c\d|\}\}", rest):
        return "a blank is not closed, or not of the form {{c1::hidden text}} or {{c1::hidden text::hint}}"
    if _ADDRESS.search(rest) and _shown(text) < len(blanks):
        return "a blank stands in an address or in the words of a picture, where none can be: hide a part of the text"
    return ""


def _shown(text: str) -> int:
    """How many blanks of the text end up in its lines or formulas; one in a web address, for example, does not."""
    nodes = [node for line in lines(read(text)) for node in line]
    inside = sum(isinstance(part, Blank) for node in nodes if isinstance(node, Formula) for part in node.parts)
    return inside + sum(isinstance(node, Gap) for node in nodes)
