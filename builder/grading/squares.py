"""Dark squares on light paper, anywhere in a picture: what a photograph from the side leaves of the corner marks.

A square is compared with the paper on each of its four sides, so neither a
shadow nor the dark desk beside the sheet is taken for one: of those at least
one side is dark too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from builder.grading.frame import Array
    from builder.grading.sources import Grey

_FINE = 9  # dots that the side of a square has at least after the picture is made smaller
_SIZES = (0.8, 1.0, 1.25)  # what is far off is smaller
_IS_SQUARE = 0.45  # how much darker it is than the lightest of what is on its darkest side
_MOST = 12  # squares that are looked at, the darkest ones


def squares(dots: Grey, side: float) -> Array:
    """The middles of dark squares whose side is about so many dots, the darkest first."""
    factor = max(1, int(side / _FINE))
    grey = np.asarray(Image.fromarray(dots).reduce(factor)).astype(float)
    found: list[tuple[float, float, float]] = []
    for size in _SIZES:
        found += _squares(grey, round(side * size / factor))
    kept: list[tuple[float, float]] = []
    for _, x, y in sorted(found, reverse=True):
        if all(np.hypot(x - ox, y - oy) > side / factor for ox, oy in kept):
            kept.append((x, y))
    return (np.array(kept[:_MOST]).reshape(-1, 2) + 0.5) * factor - 0.5


def _squares(grey: Array, side: int) -> list[tuple[float, float, float]]:
    """How dark squares of a side are, and their middles: each the darkest around."""
    gap, strip = 1, 2
    beside = gap + strip
    total = np.pad(grey.cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def mean(top: int, left: int, height: int, width: int) -> Array:
        """The mean of a box, from the top left of what is around each square; for all squares of the picture at once."""
        whole = side + 2 * beside
        rows, columns = grey.shape[0] - whole + 1, grey.shape[1] - whole + 1
        a, b = slice(top, top + rows), slice(top + height, top + height + rows)
        c, d = slice(left, left + columns), slice(left + width, left + width + columns)
        return np.asarray((total[b, d] - total[a, d] - total[b, c] + total[a, c]) / (height * width))

    if min(grey.shape) <= side + 2 * beside:
        return []
    inside, far = mean(beside, beside, side, side), beside + side + gap
    sides = [
        mean(*box)
        for box in (
            (0, beside, strip, side),
            (far, beside, strip, side),
            (beside, 0, side, strip),
            (beside, far, side, strip),
        )
    ]
    score = 1 - inside / np.maximum(np.min(sides, axis=0), 1)
    found = []
    for _ in range(_MOST):
        row, column = np.unravel_index(int(score.argmax()), score.shape)
        if score[row, column] < _IS_SQUARE:
            break
        middle = beside + (side - 1) / 2
        found.append((float(score[row, column]), float(column + middle), float(row + middle)))
        score[max(0, row - side) : row + side + 1, max(0, column - side) : column + side + 1] = 0
    return found
