"""The sheet on a scan: its code, its corner marks, and whether the circles lie where the layout says."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import zxingcpp
from PIL import Image

from builder.grading.frame import fitted, grid, projected, sampled
from builder.grading.reasons import reason
from builder.grading.squares import squares
from builder.paper import sheet as layout
from builder.paper.sheet.stamp import Stamp
from builder.paper.sheet.table import CORNER, QR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.grading.frame import Array
    from builder.grading.reasons import Reason
    from builder.grading.sources import Grey
    from builder.paper.sheet import Box

_FORMATS: Any = zxingcpp.BarcodeFormat.QRCode  # releases differ in the type that they ask for
_CORNER = 0.4  # share of the picture's sides in which a code is looked for first
_STEP = 0.25  # millimetres from place to place where a corner mark is looked for
# Which corner mark is looked for, and how far off it may be: those near the code first. What a photograph from the side
# leaves unfound is looked for again when more is known.
_SEARCH = ((1, 5.0), (2, 8.0), (0, 8.0), (3, 8.0), (0, 14.0), (2, 14.0), (3, 14.0))
# How far from where the code alone has it a mark is at most, seen from the side, and the one beside the code.
_FAR, _BESIDE = 90.0, 8.0
_AGAIN = 3.0  # from where all marks have it
# That a mark or a corner of the code is off at most where all are found: in a small picture, and in the whole one.
_COARSE, _LOOSE = 3.0, 1.0
_TRIED = 6  # sets of squares that are looked at closely
_WHITE_AROUND = 1.5  # millimetres
_IS_MARK = 0.45  # how much darker a corner mark is than the paper around it, at least
_MARKS = 3  # that must be found
_CODE_WEIGHT, _MARK_WEIGHT, _LAST_CODE_WEIGHT = 1.0, 3.0, 0.3
_LEAST_CONTRAST = 50  # greys between paper and print


class Coded(NamedTuple):
    """A code: what it says, None where it is none of ours, and its corners in dots, from its own top left, clockwise."""

    stamp: Stamp | None
    corners: Array


class Placed(NamedTuple):
    """Where a page lies: the projection from millimetres to dots, and how dark print is."""

    projection: Array
    black: float


class AstrayError(Exception):
    """The sheet is not found as it was printed; `why` is for a person."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why)
        self.why = why


def coded(dots: Grey) -> Coded | None:
    """The code of a page; a code that is too small to be read as it is may be read from a larger picture."""
    return _in_a_corner(dots) or _anywhere(dots)


def _in_a_corner(dots: Grey) -> Coded | None:
    """The code of a page of ours that lies upright, upside down or on its side: it is near one of the picture's corners."""
    height, width = (round(side * _CORNER) for side in dots.shape)
    for top, left in ((0, -width), (-height, 0), (0, 0), (-height, -width)):
        down, across = (start % side for start, side in zip((top, left), dots.shape, strict=True))
        part = np.ascontiguousarray(dots[down : down + height, across : across + width])
        for code in zxingcpp.read_barcodes(
            part, formats=_FORMATS, try_rotate=False, try_downscale=False, try_invert=False
        ):
            stamp = Stamp.parse(code.text)
            if stamp:
                return Coded(stamp, _corners(code.position, 1.0) + np.array([across, down]))
    return None


def _anywhere(dots: Grey) -> Coded | None:
    """The first code of ours, or else any, in the picture as it is, and enlarged."""
    found = None
    for scale in (1.0, 2.0, 1.5):
        picture = (
            dots
            if scale == 1
            else np.asarray(Image.fromarray(dots).resize([round(n * scale) for n in dots.shape[::-1]]))
        )
        for code in zxingcpp.read_barcodes(picture, formats=_FORMATS):
            stamp = Stamp.parse(code.text)
            if stamp:
                return Coded(stamp, _corners(code.position, scale))
            found = Coded(None, _corners(code.position, scale))
        if found:
            return found
    return None


def _corners(at: Any, scale: float) -> Array:
    """The corners of a code in dots, from its own top left, clockwise."""
    ends = [at.top_left, at.top_right, at.bottom_right, at.bottom_left]
    return (np.array([(end.x, end.y) for end in ends], float) + 0.5) / scale - 0.5


def placed(dots: Grey, code: Coded, paper: str) -> Placed:
    """Where the page lies by its code and its corner marks.

    Raises:
        AstrayError: fewer than three corner marks are found.
    """
    known, boxes = np.array(_ends(layout.code(paper))), layout.corners(paper)
    seen = _near(dots, _Seen(known, code.corners, {}), boxes)
    if len(seen.marks) < len(boxes) or seen.loose > _LOOSE:
        far = _far(dots, _Seen(known, code.corners, {}), boxes)
        # Of four marks that fit, none is another thing; three fit more easily.
        seen = far if far and (len(far.marks) == len(boxes) or len(seen.marks) < _MARKS) else seen
    if len(seen.marks) < _MARKS:
        raise AstrayError(reason("corners", len(seen.marks)))
    black = float(np.median([black for _, black in seen.marks.values()]))
    return Placed(seen.projection(_LAST_CODE_WEIGHT), black)


class _Seen(NamedTuple):
    """The corners of a code, in millimetres and dots, and the marks: their places in both, and how dark they are."""

    known: Array
    corners: Array
    marks: dict[int, tuple[tuple[Array, Array], float]]

    def projection(self, code_weight: float = _CODE_WEIGHT) -> Array:
        """The projection that fits both; a code is small: its corners say little about the far end of the page."""
        weights = [code_weight] * len(self.known) + [_MARK_WEIGHT] * len(self.marks)
        return fitted(self._millimetres, self._dots, np.array(weights))

    @property
    def loose(self) -> float:
        """How far off the worst of them is, in millimetres."""
        back = np.linalg.inv(self.projection(_LAST_CODE_WEIGHT)).astype(float)
        off = projected(back, self._dots) - self._millimetres
        return float(np.hypot(*off.T).max())

    @property
    def _millimetres(self) -> Array:
        return np.array([*self.known, *(at for (at, _), _ in self.marks.values())])

    @property
    def _dots(self) -> Array:
        return np.array([*self.corners, *(at for (_, at), _ in self.marks.values())])


def _near(dots: Grey, seen: _Seen, boxes: Sequence[Box]) -> _Seen:
    """The marks that are about where the code has them, found one by the other."""
    for index, reach in _SEARCH:
        mark = None if index in seen.marks else _mark(dots, seen.projection(), boxes[index], reach)
        if mark is not None:
            seen = _with(seen, index, boxes[index], *mark)
    return seen


def _with(seen: _Seen, index: int, box: Box, at: Array, black: float) -> _Seen:
    return seen._replace(marks={**seen.marks, index: ((np.array(_middle(box)), at), black)})


def _far(dots: Grey, start: _Seen, boxes: Sequence[Box]) -> _Seen | None:
    """The marks wherever in the picture they are: of all dark squares those that fit the code, and each other, best."""
    first = start.projection()
    found = squares(dots, CORNER * float(np.hypot(*(start.corners[1] - start.corners[0]))) / QR)
    back = projected(np.linalg.inv(first).astype(float), found)
    choices = [
        [*(int(n) for n in np.flatnonzero(np.hypot(*(back - _middle(box)).T) < far)), None]
        for box, far in zip(boxes, (_FAR, _BESIDE, _FAR, _FAR), strict=True)
    ]
    tried: list[tuple[int, float, _Seen]] = []
    for chosen in product(*choices):
        used = [n for n in chosen if n is not None]
        if _MARKS <= len(used) == len(set(used)):
            made = start
            for index, n in enumerate(chosen):
                made = made if n is None else _with(made, index, boxes[index], found[n], 0.0)
            tried.append((-len(used), made.loose, made))
    for _, loose, made in sorted(tried, key=lambda it: it[:2])[:_TRIED]:
        again = _again(dots, made, boxes) if loose < _COARSE else made
        if len(again.marks) == len(made.marks) and again.loose < _LOOSE:
            return again
    return None


def _again(dots: Grey, seen: _Seen, boxes: Sequence[Box]) -> _Seen:
    """The marks once more, each near where all of them together have it."""
    projection, again = seen.projection(_LAST_CODE_WEIGHT), seen._replace(marks={})
    for index in seen.marks:
        mark = _mark(dots, projection, boxes[index], _AGAIN)
        if mark is not None:
            again = _with(again, index, boxes[index], *mark)
    return again


def _ends(box: Box) -> list[tuple[float, float]]:
    """The corners of a box, from the top left, clockwise."""
    x, y, width, height = box
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


def _mark(dots: Grey, projection: Array, box: Box, reach: float) -> tuple[Array, float] | None:
    """The middle of a corner mark in dots, and its grey; None where there is none near its place.

    The mark is the square that is most of all darker than the paper around it.
    """
    places = np.array(_middle(box)) + grid(reach + CORNER / 2 + _WHITE_AROUND, _STEP)
    seen = sampled(dots, projected(projection, places)).astype(float)
    white, black = np.percentile(seen, 90), seen.min()
    if white - black < _LEAST_CONTRAST:
        return None
    dark = ((white - seen) / (white - black)).clip(0, 1)
    inner, outer = round(CORNER / _STEP), round((CORNER + 2 * _WHITE_AROUND) / _STEP)
    inside, whole = _sums(dark, inner, outer)
    margin = (outer - inner) // 2
    inside = inside[margin : margin + whole.shape[0], margin : margin + whole.shape[1]]
    score = inside / inner**2 - (whole - inside) / (outer**2 - inner**2)
    row, column = np.unravel_index(int(score.argmax()), score.shape)
    if score[row, column] < _IS_MARK:
        return None
    cut = (slice(row, row + outer), slice(column, column + outer))
    ink = np.where(dark[cut] > 0.5, dark[cut], 0)  # noqa: PLR2004 - half of the way from paper to print
    middle = (places[cut] * ink[..., None]).sum((0, 1)) / ink.sum()
    return projected(projection, middle), float(np.percentile(seen[cut], 20))


def _sums(values: Array, *sides: int) -> list[Array]:
    """For each of some sides, the sum of each square of that side, by its top left place."""
    total = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
    np.cumsum(values.cumsum(0), axis=1, out=total[1:, 1:])
    return [total[n:, n:] - total[:-n, n:] - total[n:, :-n] + total[:-n, :-n] for n in sides]


def middles(boxes: Sequence[Box]) -> Array:
    """The middles of boxes, in millimetres."""
    return np.array([_middle(box) for box in boxes], float).reshape(-1, 2)
