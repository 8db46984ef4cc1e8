"""The printed circles of a page: how far each lies from its place, and how much ink is in it.

Paper curls, and a feeder slips: the corner marks alone leave circles up to a
millimetre off. So each printed ring is looked for near its place, and a smooth
field through all of them says where they are. Whoever filled a circle over its
edge hides one ring, and not the field.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from builder.grading import strokes
from builder.grading.frame import STEP, flat, projected, sampled
from builder.grading.letters import GREY
from builder.grading.place import AstrayError, middles
from builder.grading.reasons import reason
from builder.grading.strokes import AROUND, CORE, GAP, LARGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from builder.grading.frame import Array, Flat
    from builder.grading.place import Placed
    from builder.grading.sources import Grey
    from builder.paper.sheet import Box, Mark

_COARSE = 0.2  # millimetres, for what is written on a line
_REACH = 1.2  # how far a ring may lie from its place
_RING = 0.21  # width of a printed outline
_NOTHING = 1e-4  # of a ring's darkness
_ASTRAY = 0.6  # from its place, beyond which a ring is another one's
_FAR = 0.45  # of the rings' median, beyond which the layout is not that of the page
_SEEN, _MOST_UNSEEN = 0.18, 0.5  # how dark a ring is at least; share of rings that may be hidden
_PLAIN = 0.3  # how dark a ring is that is surely one, and not looked for again where it was found well within reach
_BENT = 14  # rings that carry a quadratic field; fewer carry a shift alone
# A dot of ink that no eraser has left; and square millimetres of such dots beside the letter, below which nobody asks how they
# lie: a mark has more.
_DARK, _LEAST_INK = 0.4, 0.3
_NEIGHBOURS, _FEWEST = 9, 3  # circles that say how white the paper is, at most and at least
_NEAR = 25.0  # millimetres within which the light is the same
_LEAST_CONTRAST = 50
_LETTERED, _EMPTIER = (
    12,
    25,
)  # circles that say how heavy the print is, at least; per cent of them that are surely empty
_HEAVIEST = 1.7  # times the ink of a letter as drawn, at most: what is more is no print
_ASIDE, _RULED = 1.0, 1.8  # from a line's ends and from the line itself: what lies nearer may be the line
_WRITTEN = 1.0  # square millimetres of ink: a sign has more


class Ink(NamedTuple):
    """What is in the circles of a page, an entry for each: shares from 0 to 1, of the printed letter freed.

    `area` is that of a circle where ink counts, in square millimetres. `level` is how dark the circle is, `dark` the share
    of it that is surely ink, `around` is the ink just outside, in square millimetres, and `across` what of it lies in one
    place on the other side from where there is most: a stroke that passes by leaves a circle on two sides, a tick on one.
    `beside` is the dark ink on either side of the straight stroke that holds most of it, in square millimetres, the lesser
    of the two: a cross has the ends of its other stroke there. `ends` is the ink of two ends of strokes that run on
    outside of the circle. These three are 0 where too little is dark to be a mark. `further` is the ink around what is
    just outside. `is_there` says whether the printed ring is seen in its place.
    """

    area: float
    level: Array
    dark: Array
    around: Array
    across: Array
    beside: Array
    ends: Array
    further: Array
    is_there: NDArray[np.bool_]


def inked(dots: Grey, placed: Placed, marks: Sequence[Mark], letters: Array, *, is_two_level: bool) -> Ink:
    """How much ink is in each circle; `letters` is the area of the printed letter in it, in square millimetres.

    Raises:
        AstrayError: the rings are not where the layout has them, or the page is too faint.
    """
    laid, radius = middles([mark.at for mark in marks]), marks[0].at.width / 2
    margin = radius + 2 * _REACH + 1
    low, high = laid.min(0) - margin, laid.max(0) + margin
    page = flat(dots, placed.projection, (low[0], low[1], high[0], high[1]))
    first = _found(page, placed, laid, radius)
    places = laid + _field(first.shift(page, laid), first.seen, laid)
    found = _found(page, placed, places, radius, first)
    shift, seen = found.shift(page, places), found.seen
    smooth = _field(shift, seen, places)  # the first field brought rings near that lay at the edge of what is searched
    places, shift = places + smooth, shift - smooth
    is_there = (seen > _SEEN) & (np.hypot(*shift.T) < _ASTRAY)
    is_seen = seen > _SEEN
    if is_seen.mean() < _MOST_UNSEEN:
        raise AstrayError(reason("circles_gone"))
    if np.median(np.hypot(*shift[is_seen].T)) > _FAR:
        raise AstrayError(reason("circles_beside"))
    ink = _ink(page, placed, places, _neighbours(laid.tobytes()), letters, radius)
    tone = 1.0 if is_two_level else GREY
    shares = letters / ink.area
    # A blurred letter has fewer dark dots than it has when printed: what is taken off is rather too much.
    level, dark = ink.level - shares * tone, ink.dark - shares
    more = (_weight(ink.level * ink.area, letters * tone) - 1) * shares  # a mark hides it as far as it fills the circle
    level, dark = level - more * tone * (1 - level.clip(0, 1)), dark - more * (1 - dark.clip(0, 1))
    return ink._replace(level=level, dark=dark, beside=np.where(letters < LARGE, ink.beside, 0), is_there=is_there)


def _weight(seen: Array, letters: Array) -> float:
    """How many times as much ink the letters have on this page as they are drawn with, by the emptier circles; at least 1.

    Toner spreads, and grey comes out darker: on real scans letters of 6 points had a tenth to a third more than drawn.
    Of no page are three in four circles filled, so what a fourth of them have less than is the letter alone.
    """
    is_lettered = letters > 0
    if np.count_nonzero(is_lettered) < _LETTERED:
        return 1.0
    usual = float(np.percentile(seen[is_lettered] / letters[is_lettered], _EMPTIER))
    return float(np.clip(usual, 1.0, _HEAVIEST))


def is_written_on(dots: Grey, placed: Placed, line: Box) -> bool:
    """Whether there is ink above a ruled line: the line itself and what it may be off by are left out."""
    across = np.arange(line.x + _ASIDE, line.x + line.width - _ASIDE, _COARSE)
    down = np.arange(line.y + _ASIDE, line.y + line.height - _RULED, _COARSE)
    seen = sampled(dots, projected(placed.projection, np.stack(np.meshgrid(across, down), -1))).astype(float)
    white = float(np.percentile(seen, 80))
    dark = (white - seen) / max(white - placed.black, _LEAST_CONTRAST) > _DARK
    return bool(dark.sum() * _COARSE**2 > _WRITTEN)


class _Found(NamedTuple):
    """Rings as they were found.

    `steps` are those around which each was looked for, from the part's left and top, `off` is how far from there it is, in
    steps too, and `seen` how much darker it is than what is around it.
    """

    steps: Array
    off: Array
    seen: Array

    def shift(self, page: Flat, places: Array) -> Array:
        """How far each ring lies from its place, in millimetres."""
        return self.off * STEP + (self.steps * STEP + (page.left, page.top)) - places


def _found(page: Flat, placed: Placed, places: Array, radius: float, before: _Found | None = None) -> _Found:
    """The rings near their places. Those that were looked for around the same steps `before` are not looked for again.

    Nor are those that were plainly seen, unless they lay at the edge of what was searched.
    """
    steps = page.steps(places)
    if before is None:
        return _Found(steps, *_near(page, placed, places, radius))
    is_plain = (before.seen > _PLAIN) & (np.abs(before.off).max(1) < round(_REACH / STEP))
    moved = np.flatnonzero((steps != before.steps).any(1) & ~is_plain)
    found = _Found(before.steps.copy(), before.off.copy(), before.seen.copy())
    if len(moved):
        found.steps[moved] = steps[moved]
        found.off[moved], found.seen[moved] = _near(page, placed, places[moved], radius)
    return found


def _near(page: Flat, placed: Placed, places: Array, radius: float) -> tuple[Array, Array]:
    """The shift at which each ring is darkest, in steps, and how much darker it is there than what is around it.

    A window is compared with a ring at each shift at once, by one product of matrices.
    """
    patterns, count, reach = _rings(radius)
    seen = page.windows(places, count)
    white = np.percentile(seen[:, ::2, ::2], 90, axis=(1, 2), keepdims=True)  # a quarter of the dots tells it as well
    dark = ((white - seen) / np.maximum(white - placed.black, _LEAST_CONTRAST)).clip(0, 1).astype(np.float32)
    near = dark.reshape(len(places), -1) @ patterns
    best = near.argmax(1)
    side = 2 * reach + 1
    off = np.stack([best % side - reach, best // side - reach], 1).astype(float)
    return off, near[np.arange(len(places)), best].astype(float)


@lru_cache(maxsize=8)
def _rings(radius: float) -> tuple[NDArray[np.float32], int, int]:
    """A ring in a window at each shift: a column for each; how many steps the window reaches, and how many the shifts."""
    count, reach = round((radius + _REACH + 0.7) / STEP), round(_REACH / STEP)
    around = np.arange(-count, count + 1) * STEP
    columns = []
    for down in range(-reach, reach + 1):
        for across in range(-reach, reach + 1):
            far = np.hypot(around[None, :] - across * STEP, around[:, None] - down * STEP)
            ring = np.exp(-(((far - radius) / _RING) ** 2))
            ring[ring < _NOTHING] = 0  # products of the tiniest numbers take thirty times as long
            outer = ((far > radius + 0.4) & (far < radius + 0.7)).astype(float)
            columns.append((ring / ring.sum() - outer / outer.sum()).reshape(-1))
    return np.stack(columns, 1).astype(np.float32), count, reach


def _field(shift: Array, seen: Array, places: Array) -> Array:
    """The smooth shift at each place: rings that disagree with the others have no say."""
    if len(places) < _BENT:
        return np.median(shift, 0) * np.ones_like(places)
    x, y = ((places - 140) / 140).T
    terms = np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], 1)
    weights = (seen > _SEEN).astype(float) + 1e-3
    smooth = np.zeros_like(shift)
    for limit in (1.0, 0.5, 0.35):
        lead = weights[:, None]
        # A little weight against large terms: rings in one row say nothing about how the page bends across it.
        bound = np.diag([0, 0.05, 0.05, 0.3, 0.3, 0.3])
        rows = np.concatenate([terms * lead, bound])
        wanted = np.concatenate([shift * lead, np.zeros((6, 2))])
        smooth = terms @ np.linalg.lstsq(rows, wanted, rcond=None)[0]
        weights = (seen > _SEEN) * (np.hypot(*(shift - smooth).T) < limit) + 1e-3
    return smooth


def _ink(page: Flat, placed: Placed, places: Array, neighbours: _Neighbours, letters: Array, radius: float) -> Ink:
    """The ink at these places, printed letters included."""
    parts = strokes.parts(radius)
    seen = page.windows(places, parts.core.shape[0] // 2)
    white = _white(np.median(seen[:, parts.beyond], axis=1), neighbours)
    if np.median(white) - placed.black < _LEAST_CONTRAST:
        raise AstrayError(reason("too_faint"))
    dark = ((white[:, None, None] - seen) / (white - placed.black)[:, None, None]).clip(-0.3, 1.1)
    inside = dark[:, parts.core]
    area = np.pi * (radius * CORE) ** 2
    outside, is_dark = dark[:, parts.beyond], inside > _DARK
    share = is_dark.mean(1)
    inky = np.flatnonzero(share * area - letters > _LEAST_INK)
    across, beside, ends = np.zeros(len(places)), np.zeros(len(places)), np.zeros((len(places), 2))
    across[inky] = strokes.across(outside[inky], parts.sectors)
    beside[inky] = strokes.beside(is_dark[inky], radius)
    ends[inky] = strokes.ends(dark[:, parts.over], parts.ends)[inky]
    return Ink(
        area=area,
        level=inside.mean(1),
        dark=share,
        around=outside.mean(1) * np.pi * ((radius + AROUND) ** 2 - (radius + GAP) ** 2),
        across=across,
        beside=beside,
        ends=ends,
        further=strokes.further(dark, radius, has_letter=bool(letters.any())),
        is_there=np.ones(len(places), bool),
    )


class _Neighbours(NamedTuple):
    """For each circle those that say how white the paper is there, itself among them, and which of them do."""

    nearest: NDArray[np.intp]
    is_asked: NDArray[np.bool_]


@lru_cache(maxsize=64)
def _neighbours(laid: bytes) -> _Neighbours:
    """The nearest circles by the places that the layout has. What is further off may lie in another light.

    It has no say unless there are too few that are near.
    """
    x, y = np.frombuffer(laid).reshape(-1, 2).T
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :_NEIGHBOURS]
    is_asked = np.take_along_axis(apart, nearest, 1) < _NEAR
    is_asked[:, :_FEWEST] = True
    return _Neighbours(nearest, is_asked)


def _white(local: Array, neighbours: _Neighbours) -> Array:
    """How white the paper is at each circle: the median of its neighbours, since one of them may be scribbled over."""
    whites = np.sort(np.where(neighbours.is_asked, local[neighbours.nearest], np.inf), axis=1)
    count, every = neighbours.is_asked.sum(1), np.arange(len(local))
    return np.asarray((whites[every, (count - 1) // 2] + whites[every, count // 2]) / 2)
