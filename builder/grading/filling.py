"""From ink in circles to an answer: what is clear is read, and whatever else is on the paper goes to a person.

Of four circles, one has a cross in it and three are empty: that is an answer.
One is filled and another rubbed out, but not quite: a person looks.
"""

from __future__ import annotations

from math import inf, pi, sqrt
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from builder.grading.reasons import listed, reason
from builder.grading.strokes import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.grading.circles import Ink

# Square millimetres of ink, the printed letter freed: a pen's stroke does not grow with the circle. What lies between
# the two is doubtful.
_EMPTY, _MARKED = 0.32, 1.05
_DARK = 0.5  # square millimetres of a mark that are surely ink: what an eraser leaves is grey
_SURE = 0.4  # share of a mark's ink that is dark, at least
_REST = 0.3  # of the darkest circle in a row that another one may have at most: what is left of an erasure
_FULL, _BEYOND = 0.5, 1.2  # share of a circle that is filled, with that much ink around it, may be crossed out
# Width of a stroke through a circle, in millimetres: with that much ink around the circle it may only pass by. A wider one
# does so only if there is as much ink in one place on the other side: a tick leaves the circle once, and a cross four times
# by a little each.
_THIN, _STROKE, _OUTSIDE, _ACROSS = 0.33, 0.6, 0.15, 0.1
# Square millimetres of ink on either side of one stroke that are the ends of another, so that the two are a cross; and
# ink around the circle from which on a cross may reach over more than the circle, to cross something out.
_ENDS, _REACHING = 0.14, 0.4
_SPILL = 0.6  # square millimetres around a circle that is empty, or has no more ink than a stroke
# Square millimetres of the second end of strokes that run on outside of a circle, at least: they cross it out if its ink is
# so many times as wide as they are. That of a line is as wide as the line, and that of a cross twice as wide, or a little more.
_SECOND, _MORE = 0.08, 2.6
# Square millimetres in the darkest circle of a row without a mark, beyond what the others have: a dot, or a faint stroke.
# Signs of a grid differ more than letters do. And around one of its circles, beyond what is around the emptiest: it is
# ringed, or ticked beside.
_DOT, _RINGED = 0.2, 0.4


class Circle(NamedTuple):
    """A circle: what it stands for, and its ink (`builder.grading.circles.Ink`)."""

    value: str
    area: float
    level: float
    dark: float
    around: float
    across: float
    beside: float
    ends: tuple[float, float]
    further: float
    is_there: bool

    @property
    def is_marked(self) -> bool:
        """Whether it is surely marked."""
        is_dark = self.dark >= max(_DARK / self.area, _SURE * self.level)
        return self.level * self.area >= _MARKED and is_dark

    @property
    def width(self) -> float:
        """How wide its ink is, if it is a stroke right through."""
        return self.level * self.area / (2 * sqrt(self.area / pi))

    @property
    def is_stroke(self) -> bool:
        """Whether it may be one stroke, and no mark, if there is ink around it."""
        return self.width < (_STROKE if self.across > _ACROSS else _THIN)

    @property
    def is_struck(self) -> bool:
        """Whether strokes run over it and out of it that may cross it out: there is more ink in it than theirs."""
        first, second = self.ends
        return second > _SECOND and (self.level > _FULL or self.width > _MORE * first / OUTSIDE)

    @property
    def is_cross(self) -> bool:
        """Whether its ink is surely more than one stroke, where there is little around it."""
        return self.beside > _ENDS

    @property
    def is_empty(self) -> bool:
        """Whether it is surely empty."""
        return self.level * self.area < _EMPTY


class Reading(NamedTuple):
    """What a row of circles says: the marked values, how sure that is (0 to 1), and why it is in doubt, or nothing."""

    answer: tuple[str, ...]
    confidence: float
    doubt: str


def circle(value: str, ink: Ink, place: int) -> Circle:
    """The circle whose ink is at that place."""
    level, dark, around, across, beside, further = (
        float(it[place]) for it in (ink.level, ink.dark, ink.around, ink.across, ink.beside, ink.further)
    )
    first, second = ink.ends[place]
    ends, is_there = (float(first), float(second)), bool(ink.is_there[place])
    return Circle(value, ink.area, level, dark, around, across, beside, ends, further, is_there)


def read(
    row: Sequence[Circle],
    usual: float,
    further: float = inf,
    *,
    several: bool,
    is_two_level: bool,
    is_grid: bool = False,
) -> Reading:
    """What a row says; `several` may be marked where several are right.

    `usual` is the ink around most circles of the page, and `further` that around it: a stroke may pass all circles of a
    short row. A row of a grid is often blank, and has little room around its circles.
    """
    marked = [circle for circle in row if circle.is_marked]
    answer = tuple(circle.value for circle in marked)
    doubt = _doubt(row, marked, usual, several=several, is_two_level=is_two_level and not is_grid)
    if not doubt and not marked and not is_two_level:
        doubt = _hint(row, usual + further, is_grid=is_grid)
    return Reading(answer, 0.0 if doubt else _confidence(row), doubt)


def _doubt(row: Sequence[Circle], marked: Sequence[Circle], usual: float, *, several: bool, is_two_level: bool) -> str:
    """Why a row must be looked at, or nothing."""
    for circle in row:
        if not circle.is_marked and not circle.is_empty:
            return reason("faint", circle.value)
    if any(not circle.is_there for circle in row if not circle.is_marked):
        return reason("unseen")
    usual = min(usual, *(circle.around for circle in row))  # a blurred ring reaches out a little everywhere
    most = max((circle.level for circle in marked), default=0.0)
    if len(marked) > 1 and not several:
        return reason("several", len(marked), listed(circle.value for circle in marked))
    for circle in marked:
        if circle.level < most * _REST:
            return reason("fainter", circle.value)
        if circle.is_struck or (circle.level > _FULL and circle.around - usual > _BEYOND):
            return reason("beyond", circle.value)
        is_cross = circle.is_cross and circle.around - usual < _REACHING
        # Of the few circles on a page of essays a stroke may pass by most: what is usual there is no measure.
        is_around = circle.around - usual > _OUTSIDE or circle.across > _ACROSS
        if is_around and circle.is_stroke and not is_cross:
            return reason("stroke", circle.value)
    for circle in row:
        # In a photograph the edge of a shadow makes a dot as dark as a mark, and what is around it too.
        is_little = not circle.is_marked or circle.width < _STROKE
        if is_little and circle.around - usual > _SPILL:
            return reason("beside", circle.value)
    if is_two_level and not marked:
        return reason("lost")
    return ""


def _hint(row: Sequence[Circle], usual: float, *, is_grid: bool) -> str:
    """Why a row without a mark must be looked at, or nothing: what is too little for a mark may well be meant for one."""
    ink = [circle.level * circle.area for circle in row]
    darkest = ink.index(max(ink))
    if len(row) > 1 and ink[darkest] - median(ink[:darkest] + ink[darkest + 1 :]) > (_EMPTY if is_grid else _DOT):
        return reason("faint", row[darkest].value)
    around = [circle.around + circle.further for circle in row]
    most = around.index(max(around))
    is_ringed = not is_grid and around[most] - min(usual, *around) > _RINGED
    return reason("beside", row[most].value) if is_ringed else ""


def _confidence(row: Sequence[Circle]) -> float:
    """How far the nearest circle is from what would be in doubt: 0 at the edge, 1 well away from it."""
    return round(min(_distance(circle) for circle in row), 3)


def _distance(circle: Circle) -> float:
    if circle.is_marked:
        return min(1.0, circle.level * circle.area / _MARKED - 1)
    return min(1.0, 1 - circle.level * circle.area / _EMPTY)
