"""Where a page lies in a picture: from millimetres on the paper to dots, and the darkness there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from builder.grading.sources import Grey

    Array = NDArray[np.float64]
    Ends = tuple[float, float, float, float]  # left, top, right and bottom, in millimetres

STEP = 0.2  # millimetres from grey to grey of a page that lies flat
_ENOUGH = 7  # points that carry a perspective; fewer carry what keeps parallel lines parallel


def fitted(millimetres: Array, dots: Array, weights: Array) -> Array:
    """The projection (3 x 3) that takes places on the paper to the dots that lie nearest to the given ones.

    With `_ENOUGH` points it may hold perspective, as in a photograph; with fewer it is affine.
    """
    x, y = (millimetres - _MIDDLE).T / _MIDDLE
    u, v = dots.T
    zero, one = np.zeros_like(x), np.ones_like(x)
    is_flat = len(x) < _ENOUGH
    across = np.stack([x, y, one, zero, zero, zero, -u * x, -u * y], 1)
    down = np.stack([zero, zero, zero, x, y, one, -v * x, -v * y], 1)
    rows = np.concatenate([across, down])[:, : 6 if is_flat else 8]
    both = np.concatenate([weights, weights])
    found = np.linalg.lstsq(rows * both[:, None], np.concatenate([u, v]) * both, rcond=None)[0]
    projection = np.append(found, [0, 0, 1] if is_flat else [1]).reshape(3, 3)
    whole: Array = projection @ _CENTRED
    return whole


_MIDDLE = 140.0  # about the middle of a page: numbers near 1 keep the sums exact
_CENTRED = np.array([[1 / _MIDDLE, 0, -1], [0, 1 / _MIDDLE, -1], [0, 0, 1]])


def projected(projection: Array, millimetres: Array) -> Array:
    """The dots of places on the paper; the last axis of both is x, y."""
    x, y = millimetres[..., 0], millimetres[..., 1]
    across, down, depth = (
        row[0] * x + row[1] * y + row[2] for row in projection
    )  # a third of the time of a product of matrices
    return np.stack([across / depth, down / depth], -1)


def sampled(grey: Grey, dots: Array) -> NDArray[np.float32]:
    """The grey between dots, by the four around each place; what is outside of the picture is white paper."""
    height, width = grey.shape
    x, y = dots[..., 0], dots[..., 1]
    is_outside = (x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    right_share, low_share = (x - left).astype(np.float32), (y - top).astype(np.float32)
    flat, at = grey.reshape(-1), top * width + left
    upper = flat[at] * (1 - right_share) + flat[at + 1] * right_share
    lower = flat[at + width] * (1 - right_share) + flat[at + width + 1] * right_share
    mixed: NDArray[np.float32] = upper * (1 - low_share) + lower * low_share
    mixed[is_outside] = 255
    return mixed


class Flat(NamedTuple):
    """A part of the page as it lies flat: greys at every `STEP` millimetres, from `left` and `top` on."""

    grey: Grey
    left: float
    top: float

    def windows(self, places: Array, count: int) -> NDArray[np.float32]:
        """The greys around each place, up to `count` steps from it in x and y; places are rounded to whole steps."""
        first = self.steps(places).astype(np.intp) - count
        side = 2 * count + 1
        height, width = self.grey.shape
        columns, rows = first.T
        if (
            first.min(initial=0) >= 0
            and rows.max(initial=0) <= height - side
            and columns.max(initial=0) <= width - side
        ):
            whole = sliding_window_view(self.grey, (side, side))[rows, columns]  # in half of the time
        else:
            line = np.arange(side)
            down, across = (rows[:, None] + line).clip(0, height - 1), (columns[:, None] + line).clip(0, width - 1)
            whole = self.grey[down[:, :, None], across[:, None, :]]
        cut: NDArray[np.float32] = whole.astype(np.float32)
        return cut

    def steps(self, places: Array) -> Array:
        """The nearest whole steps from the part's left and top."""
        nearest: Array = np.rint((places - (self.left, self.top)) / STEP)
        return nearest


def flat(grey: Grey, projection: Array, ends: Ends) -> Flat:
    """The part of a page between left, top, right and bottom, as it lies flat; what is outside of the picture is white."""
    return Flat(np.asarray(straight(grey, projection, ends, STEP)), ends[0], ends[1])


def straight(grey: Grey, projection: Array, ends: Ends, step: float) -> Image.Image:
    """The part of a page between left, top, right and bottom, laid straight, with a dot at every `step` millimetres."""
    left, top, right, bottom = ends
    size = round((right - left) / step) + 1, round((bottom - top) / step) + 1
    # From the dots of the straight picture, whose middles Pillow counts from a half, to those of the scan, which it counts so too.
    to_millimetres = np.array([[step, 0, left - step / 2], [0, step, top - step / 2], [0, 0, 1]])
    whole = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]]) @ projection @ to_millimetres
    whole = whole / whole[2, 2]
    return Image.fromarray(grey).transform(
        size,
        Image.Transform.PERSPECTIVE,
        tuple(whole.reshape(-1)[:8]),
        Image.Resampling.BILINEAR,
        fillcolor=255,
    )


def grid(reach: float, step: float) -> Array:
    """Places around a middle, in rows: those up to `reach` from it in x and y."""
    count = round(reach / step)
    line = np.arange(-count, count + 1) * step
    return np.stack(np.meshgrid(line, line), -1)
