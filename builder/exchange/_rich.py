"""Texts that were read from other systems, before and after they are typed as an author would type them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from builder.exchange import _blanks
from builder.exchange._blanks import Gap
from builder.text import markdown
from builder.text.markup import SPECIAL
from builder.text.tree import Inline, Paragraph, Run, Text, flat, lines

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_NO_STYLE = Run("")[1:]


class Rich(NamedTuple):
    """A text that was read and is not yet typed: how depends on whether its item has formulas.

    `gaps` are what it hides, as words or as a `Gap`: the first stands where the text has the sign `gap(0)`.
    """

    text: Text[Inline]
    gaps: tuple[str | Gap, ...] = ()


def plain(said: str) -> Rich:
    """Words without markup."""
    said = (said if said.isprintable() else CONTROL.sub("", said)).strip()
    return Rich((Paragraph((Run(said),)),) if said else ())


def typed(value: Any) -> Any:
    """A value of an item with each text in it as an author would type it; with formulas it has `math: true`."""
    math = _has_math(value)
    made = _typed(value, math)
    return made | {"math": "true"} if math else made


def words_of(said: Rich, between: str = "") -> str:
    """The words of a text without their styles, with `between` after each piece but the last."""
    bare = _bare(said)
    if bare is not None:
        return bare
    return between.join(getattr(node, "text", "") for line in lines(said.text) for node in line)


def _bare(said: Rich) -> str | None:
    """The words of a text that is one run in no style and hides nothing, as nearly all are; None for any other."""
    text, gaps = said
    if gaps or len(text) != 1:
        return None
    block = text[0]
    if type(block) is not Paragraph or len(block.runs) != 1:
        return None
    run = block.runs[0]
    return run.text if type(run) is Run and run[1:] == _NO_STYLE else None


# Of a large file every text passes here, so that types are compared, and texts that are typed already are not called for.
def _has_math(value: Any) -> bool:
    """Whether there is a formula in one of the texts of a value."""
    kind = type(value)
    if kind is Rich:
        if _bare(value) is not None:
            return False
        inside = (gap.line for gap in value.gaps if isinstance(gap, Gap))
        return any(isinstance(it, Run) and it.math for line in (*lines(value.text), *inside) for it in line)
    if kind is dict or kind is list:
        for inner in value.values() if kind is dict else value:
            if type(inner) is not str and _has_math(inner):
                return True
    return False


def _typed(value: Any, math: bool) -> Any:  # noqa: FBT001 - by its place, as keywords are slower
    kind = type(value)
    if kind is Rich:
        bare = _bare(value)
        if bare is not None and not SPECIAL.search(bare):
            return bare.strip()
        return _gapped(*value, math=math) if value.gaps else markdown.write(value.text, math=math)
    if kind is dict:
        return {key: inner if type(inner) is str else _typed(inner, math) for key, inner in value.items()}
    if kind is list:
        return [inner if type(inner) is str else _typed(inner, math) for inner in value]
    return value


def gap(number: int) -> str:
    """The sign of a gap: signs of Unicode that are no characters around its number."""
    return f"\ufdd0{number}\ufdd1"


def _gapped(text: Text[Inline], gaps: tuple[str | Gap, ...], *, math: bool) -> str:
    """A cloze text; gaps that are words have the numbers of their places."""
    made = [
        Gap(flat(plain(hidden).text, ()), hidden, number) if isinstance(hidden, str) else hidden
        for number, hidden in enumerate(gaps, 1)
    ]
    return _blanks.write(text, made, math=math)
