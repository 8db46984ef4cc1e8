"""How many takers have how many marks, as bars."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.analysis.sittings import Sitting
    from builder.pages.analysis.speech import Speech

_BARS = 20
_WIDTH, _HEIGHT = 400, 90


@dataclass(frozen=True, slots=True)
class Marks:
    """A picture of the bars as SVG, the same in words, and the marks at the left end, in the middle and at the right end."""

    svg: str
    alt: str
    ends: tuple[str, ...]


def marks_of(sat: Sitting, cuts: Sequence[float], say: Speech) -> Marks:
    """The bars of a sitting, at most twenty-one, each for so many whole marks, with a dashed line at each cut.

    Where each bar is for one mark, all marks have a bar of their own; else who has all marks is in the last bar. What is
    less than nothing, by minus marks, is in the first.
    """
    wide = math.ceil(sat.most / _BARS)
    number = math.ceil(sat.most / wide) + (wide == 1)
    counts = [0] * number
    for total in sat.totals:
        counts[min(max(int(total // wide), 0), number - 1)] += 1
    end = number * wide
    shapes = "".join([*_bars(counts), *(_line(cut / end * _WIDTH) for cut in cuts)])
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='{_WIDTH}' height='{_HEIGHT}'>{shapes}</svg>"
    said = ", ".join(say("bar", count, place * wide) for place, count in enumerate(counts) if count)
    last = end - (wide == 1)
    return Marks(svg, say("bars_alt", say.marks(wide), said), ("0", say.number(last / 2, last % 2), f"{last}"))


def _bars(counts: Sequence[int]) -> Iterator[str]:
    wide, most = _WIDTH / len(counts), max(counts)
    for place, count in enumerate(counts):
        high = (_HEIGHT - 1) * count / most
        if count:
            yield (
                f"<rect x='{place * wide + 1:.2f}' y='{_HEIGHT - 1 - high:.2f}' width='{wide - 2:.2f}' height='{high:.2f}' "
                "fill='#999'/>"
            )
    yield f"<path d='M0 {_HEIGHT - 0.5}H{_WIDTH}' stroke='black'/>"


def _line(x: float) -> str:
    return f"<path d='M{x:.2f} 0V{_HEIGHT}' stroke='black' stroke-width='1.5' stroke-dasharray='4 3'/>"
