"""How the ink of a circle lies: in one stroke that passes by, or in several that make a mark."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from builder.grading.frame import STEP, grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from builder.grading.frame import Array

GAP, AROUND = 0.35, 0.8  # millimetres from the circle's edge: between the two, ink is beside the circle
# Between these, a stroke that was drawn over the circle still runs on, and what only spills over its edge has ended; the
# outlines of other circles, and of boxes, lie further off.
_OVER, _RUNNING = 0.55, 1.0
OUTSIDE = _RUNNING - _OVER  # millimetres of a stroke that lie there, if it runs straight out
FURTHER = 1.3  # up to which there is room around the circles of a row; those of a grid are closer together
CORE = 0.76  # share of the radius in which ink counts: the outline is out of it
LARGE = 1.5  # square millimetres of ink in a letter or word, above which it reaches further than others
_SECTORS = 12  # of what is around a circle
_ENDS = 24  # sectors in which ends of strokes are looked for, each of which lies in three of them at most
_PRINTED = 0.02  # square millimetres of ink in three of them around most circles: it is printed there
# Millimetres that the widest stroke takes, however blurred; directions in which one may run; and how far a printed letter
# reaches from the middle.
_WIDEST, _TURNS, _LETTER = 1.0, 24, 1.2


class Parts(NamedTuple):
    """Which steps around the middle of a circle are in its core, which are beyond it, and the sector of each of these.

    `over` are those that strokes drawn over the circle reach, `ends` the sectors of these. `left` and `right` are those
    around what is beyond, on either side.
    """

    core: NDArray[np.bool_]
    beyond: NDArray[np.bool_]
    sectors: NDArray[np.intp]
    over: NDArray[np.bool_]
    ends: NDArray[np.intp]
    left: NDArray[np.bool_]
    right: NDArray[np.bool_]


@lru_cache(maxsize=8)
def parts(radius: float) -> Parts:
    """The parts of a circle, and of what is around it."""
    around = grid(radius + FURTHER + STEP, STEP)
    far = np.hypot(around[..., 0], around[..., 1])
    beyond, over = (far > radius + GAP) & (far < radius + AROUND), (far > radius + _OVER) & (far < radius + _RUNNING)
    further = (far > radius + AROUND) & (far < radius + FURTHER)
    return Parts(
        far < radius * CORE,
        beyond,
        _sectors(around[beyond], _SECTORS),
        over,
        _sectors(around[over], _ENDS),
        further & (around[..., 0] < 0),
        further & (around[..., 0] > 0),
    )


def _sectors(places: Array, count: int) -> NDArray[np.intp]:
    """The sector of each place around a middle, of so many that are equally wide."""
    x, y = places.T
    return np.asarray(((np.arctan2(y, x) / (2 * np.pi) + 1) * count).astype(np.intp) % count)


def across(outside: Array, sectors: NDArray[np.intp]) -> Array:
    """The ink just outside each circle in one place, a right angle or more from where there is most; a blurred ring is taken off."""
    ink = np.stack([outside[:, sectors == n].sum(1) for n in range(_SECTORS)], 1) * STEP**2
    most = ink.argmax(1)[:, None]
    other = (most + np.arange(_SECTORS // 4, _SECTORS - _SECTORS // 4 + 1)) % _SECTORS
    spread = ink - np.median(ink, axis=1, keepdims=True)  # a stroke is in few of the sectors
    spread = spread + np.roll(spread, 1, 1) + np.roll(spread, -1, 1)  # an end may lie on the edge of two sectors
    return np.asarray(np.take_along_axis(spread, other, 1).max(1))


def ends(over: Array, sectors: NDArray[np.intp]) -> Array:
    """The ink of two ends of strokes that run on outside of each circle, in square millimetres: two columns, the greater first.

    They are a right angle apart, or more. A line through a filled circle has two, a cross over it four, and a tick one.
    What is filled over the circle's edge has none. Where most circles of a page have ink, a letter stands beside them.
    """
    flat = over - np.median(over, axis=1, keepdims=True).clip(0)  # the paper may be darker here
    ink = np.stack([flat[:, sectors == n].sum(1) for n in range(_ENDS)], 1) * STEP**2
    ink = ink + np.roll(ink, 1, 1) + np.roll(ink, -1, 1)
    ink = np.where(np.median(ink, axis=0) < _PRINTED, ink, 0)
    first = ink.argmax(1)[:, None]
    other = (first + np.arange(_ENDS // 4, _ENDS - _ENDS // 4 + 1)) % _ENDS
    both = np.take_along_axis(ink, first, 1), np.take_along_axis(ink, other, 1).max(1, keepdims=True)
    return np.concatenate(both, 1)


def further(dark: Array, radius: float, *, has_letter: bool) -> Array:
    """The ink around what is just outside of each circle, in square millimetres.

    Where a circle `has_letter` not, that stands beside it: the side with less counts for both.
    """
    around = parts(radius)
    ring = np.pi * ((radius + FURTHER) ** 2 - (radius + AROUND) ** 2)
    left, right = dark[:, around.left].mean(1) * ring, dark[:, around.right].mean(1) * ring
    return np.asarray((left + right) / 2 if has_letter else np.minimum(left, right))


def beside(is_dark: NDArray[np.bool_], radius: float) -> Array:
    """The ink on either side of the strip that holds most of a circle's, in square millimetres, the lesser of the two.

    Only what lies further out than a printed letter counts.
    """
    dark = is_dark.astype(np.float32)
    held, left, right = (dark @ sides for sides in _strips(radius))
    best = held.argmax(1)[:, None]
    both = np.minimum(np.take_along_axis(left, best, 1), np.take_along_axis(right, best, 1))
    return np.asarray(both[:, 0] * STEP**2, float)


@lru_cache(maxsize=8)
def _strips(radius: float) -> tuple[NDArray[np.float32], ...]:
    """Which places of a circle each strip across it holds, and which are to its left and right: a column for each strip."""
    x, y = grid(radius + FURTHER + STEP, STEP)[parts(radius).core].T
    turns = np.arange(_TURNS) * np.pi / _TURNS
    aside = (x[:, None] * np.cos(turns) + y[:, None] * np.sin(turns))[:, :, None] - np.arange(
        -radius, radius + STEP, STEP
    )
    is_far = (np.hypot(x, y) > _LETTER)[:, None, None]
    sides = (np.abs(aside) < _WIDEST / 2, is_far & (aside <= -_WIDEST / 2), is_far & (aside >= _WIDEST / 2))
    return tuple(part.reshape(len(x), -1).astype(np.float32) for part in sides)
