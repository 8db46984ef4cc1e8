"""Choice curves: who chooses each option, from the weakest takers to the strongest, as points of an SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.analysis.estimates import Estimate
    from builder.analysis.options import Option

WIDTH, HEIGHT = 300, 150  # of the field, in units of the SVG
_MARGIN = 24  # within the field, before the first group and after the last
_ASIDE = 5  # from option to option, so that their intervals don't lie on each other
_GAP = 13  # between the names at the ends of two curves


class Point(NamedTuple):
    """A point of a curve and the ends of its interval, in units of the SVG from the upper left."""

    x: float
    y: float
    high: float
    low: float


class Curve(NamedTuple):
    """The curve of an option: its points, as a path too, the dashes that tell it from others, and where its name stands."""

    option: int
    name: str
    is_right: bool
    points: tuple[Point, ...]
    path: str
    dashes: str
    label_y: float


_DASHES = ("6 3", "2 3", "9 3 2 3", "12 4", "3 6", "1 4")


def curves(options: Sequence[Option], names: Sequence[str]) -> tuple[Curve, ...]:
    """The curves of the options that anybody chose; the right ones are drawn through, each other in dashes of its own."""
    drawn = [(option, name) for option, name in zip(options, names, strict=True) if option.curve and option.count]
    made = []
    for place, (option, name) in enumerate(drawn):
        points = tuple(_points(option.curve, (place - (len(drawn) - 1) / 2) * _ASIDE))
        path = "M" + " L".join(f"{point.x:g},{point.y:g}" for point in points)
        dashes = "" if option.is_right else _DASHES[place % len(_DASHES)]
        made.append(Curve(option.index, name, option.is_right, points, path, dashes, points[-1].y))
    return tuple(_parted(made))


def _points(curve: Sequence[Estimate], aside: float) -> Iterator[Point]:
    step = (WIDTH - 2 * _MARGIN) / (len(curve) - 1)
    for group, it in enumerate(curve):
        value, high, low = (round(HEIGHT * (1 - part), 1) for part in (it.value, it.high, it.low))
        yield Point(round(_MARGIN + group * step + aside, 1), value, high, low)


def _parted(made: Sequence[Curve]) -> list[Curve]:
    """The curves with their names moved so far down that none stands on another."""
    lowest, moved = -_GAP * 1.0, {}
    for curve in sorted(made, key=lambda it: (it.label_y, it.option)):
        lowest = max(curve.label_y, lowest + _GAP)
        moved[curve.option] = lowest
    over = max(0.0, lowest - HEIGHT)  # all of them up again, where the last would stand below the field
    return [curve._replace(label_y=round(moved[curve.option] - over, 1)) for curve in made]
