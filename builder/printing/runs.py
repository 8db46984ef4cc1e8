"""Inline text as papers print it: styled runs, formulas drawn, and gaps to write in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from builder.printing import formula
from builder.printing.formula import Formula
from builder.text import cloze, markup
from builder.text.markup import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Cloze, Item


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap to write in: its number, or the empty string where it is the only one, and its hint."""

    gap: str
    hint: Runs


Runs = tuple[Run | Formula | Gap, ...]


def runs(item: Item, text: str) -> Runs:
    """A text of an item as runs, formulas drawn."""
    return _runs(text, item.id, math=item.math)


# A hundred versions print the same texts in another order.
@lru_cache(maxsize=1 << 14)
def _runs(text: str, item: str, *, math: bool) -> Runs:
    return formula.drawn(markup.parse(text, math=math), item)


def paragraphs(text: str) -> tuple[Runs, ...]:
    """The paragraphs of a blueprint's text, which blank lines part."""
    return tuple(markup.parse(part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip())


def gapped(item: Cloze) -> Runs:
    """The sentence of a cloze with gaps in the place of what is hidden.

    `From {{c1::here}} to {{c2::there}}` is `From`, gap (1), `to`, gap (2).
    """
    return tuple(_gapped(item))


def _gapped(item: Cloze) -> Iterator[Run | Formula | Gap]:
    numbers = (str(number) if len(item.blanks) > 1 else "" for number in count(1))
    for part in cloze.read(item.prompt, math=item.math):
        match part:
            case Run():
                yield from formula.drawn((part,), item.id)
            case cloze.Gap():
                yield Gap(next(numbers), formula.drawn(part.hint, item.id))
            case cloze.Formula():
                tex = "".join(piece if isinstance(piece, str) else _box(next(numbers)) for piece in part.parts)
                yield from formula.drawn((Run(tex, math=True, display=part.display),), item.id)


def hidden(item: Cloze) -> tuple[Runs, ...]:
    """What each blank of a cloze hides, in the style that it stands in: code as code, TeX as a formula."""
    return tuple(formula.drawn(runs, item.id) for runs in _hidden(item))


def _hidden(item: Cloze) -> Iterator[tuple[Run, ...]]:
    for part in cloze.read(item.prompt, math=item.math):
        match part:
            case Run():
                pass
            case cloze.Gap():
                yield part.content
            case cloze.Formula():
                yield from ((Run(it.text, math=True),) for it in part.parts if isinstance(it, cloze.Blank))


def _box(number: str) -> str:
    """The TeX of an empty box to write in, with the number of its gap."""
    return rf"\boxed{{{f'({number})' if number else ''}\qquad}}"


def filled(item: Cloze) -> str:
    """The sentence of a cloze with nothing hidden, still in the item's markup."""
    return cloze.filled(item.prompt)
