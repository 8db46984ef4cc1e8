"""Marks as people make them in circles: drawn on a clean page of `DOTS` to the millimetre."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageChops, ImageDraw

if TYPE_CHECKING:
    from random import Random

    from builder.paper.sheet import Box

DOTS = 300 / 25.4  # to the millimetre
# What a mark says: it is clear, or a person has to look, or it may be taken for a mark or for none, if not silently.
CLEAR = ("pen", "pencil", "spiral", "cross", "tick", "half", "small")
DOUBTFUL = ("faint", "erased", "stray", "dot", "struck")


class Ink(NamedTuple):
    """How dark a stroke is (0 is black), and how wide, in millimetres."""

    grey: int
    width: float


def draw(page: Image.Image, at: Box, kind: str, random: Random) -> None:
    """Draw a mark of that kind into the circle at a place; what is drawn only darkens the paper."""
    layer = Image.new("L", page.size, 255)
    x, y, radius = (at.x + at.width / 2) * DOTS, (at.y + at.height / 2) * DOTS, at.width / 2 * DOTS
    x += random.uniform(-0.25, 0.25) * DOTS
    y += random.uniform(-0.25, 0.25) * DOTS
    _MARKS[kind](ImageDraw.Draw(layer), x, y, radius, random)
    left, top, right, bottom = (round(n) for n in (x - 6 * radius, y - 6 * radius, x + 6 * radius, y + 6 * radius))
    box = (left, top, right, bottom)
    page.paste(ImageChops.darker(page.crop(box), layer.crop(box)), (left, top))


def _line(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], ink: Ink) -> None:
    pen.line(points, fill=ink.grey, width=max(1, round(ink.width * DOTS)), joint="curve")


def _hatched(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, ink: Ink, share: float = 0.85) -> None:
    """A circle filled by strokes to and fro."""
    points = []
    step = ink.width * DOTS * 0.8
    height = -radius * share
    side = 1
    while height < radius * share:
        reach = max(0.0, (radius * share) ** 2 - height**2) ** 0.5
        points += [(x - side * reach, y + height), (x + side * reach, y + height + step / 2)]
        side = -side
        height += step
    _line(pen, points, ink)


def _pen(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    _hatched(pen, x, y, radius, Ink(random.randint(10, 60), 0.5))


def _pencil(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    _hatched(pen, x, y, radius, Ink(random.randint(70, 120), 0.6))


def _spiral(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    turns = random.uniform(2.5, 4)
    points = [
        (
            x + radius * 0.9 * n / 80 * cos(turns * 2 * pi * n / 80),
            y + radius * 0.9 * n / 80 * sin(turns * 2 * pi * n / 80),
        )
        for n in range(81)
    ]
    _line(pen, points, Ink(random.randint(10, 80), 0.5))


def _cross(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    ink, reach = Ink(random.randint(10, 70), random.uniform(0.4, 0.6)), radius * random.uniform(0.65, 0.85)
    _line(pen, [(x - reach, y - reach), (x + reach, y + reach)], ink)
    _line(pen, [(x - reach, y + reach), (x + reach, y - reach)], ink)


def _tick(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    ink, reach = Ink(random.randint(10, 70), random.uniform(0.4, 0.6)), radius * random.uniform(0.7, 0.95)
    _line(pen, [(x - reach * 0.8, y), (x - reach * 0.2, y + reach * 0.7), (x + reach * 0.8, y - reach * 0.8)], ink)


def _half(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    _hatched(pen, x + random.uniform(-0.2, 0.2) * radius, y, radius, Ink(random.randint(20, 90), 0.5), 0.6)


def _small(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    reach = radius * random.uniform(0.45, 0.55)
    pen.ellipse([x - reach, y - reach, x + reach, y + reach], fill=random.randint(20, 80))


def _faint(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    _hatched(pen, x, y, radius, Ink(random.randint(195, 215), 0.6))


def _erased(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    reach = radius * random.uniform(0.9, 1.2)
    pen.ellipse([x - reach, y - reach, x + reach, y + reach], fill=random.randint(205, 232))


def _stray(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    angle, reach = random.uniform(0, pi), radius * random.uniform(2.0, 2.6)
    dx, dy = reach * cos(angle), reach * sin(angle)
    _line(pen, [(x - dx, y - dy), (x + dx, y + dy)], Ink(random.randint(20, 90), 0.4))


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    del radius
    reach = random.uniform(0.35, 0.5) * DOTS
    pen.ellipse([x - reach, y - reach, x + reach, y + reach], fill=random.randint(10, 60))


def _struck(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, random: Random) -> None:
    _pen(pen, x, y, radius, random)
    reach = radius * random.uniform(1.35, 1.6)
    for side in (-1, 1):
        _line(pen, [(x - reach, y - side * reach), (x + reach, y + side * reach)], Ink(20, 0.6))


_MARKS = {
    "pen": _pen,
    "pencil": _pencil,
    "spiral": _spiral,
    "cross": _cross,
    "tick": _tick,
    "half": _half,
    "small": _small,
    "faint": _faint,
    "erased": _erased,
    "stray": _stray,
    "dot": _dot,
    "struck": _struck,
}
