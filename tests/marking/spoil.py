"""What printers, hands and scanners do to a page: each kind of damage by a seed, on grey dots of 300 to the inch."""

from __future__ import annotations

import io
from math import cos, pi, radians, sin
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from random import Random

_DPI = 300


def _turned(page: Image.Image, degrees: float, *, expand: bool = False) -> Image.Image:
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=expand, fillcolor=255)


def _at(page: Image.Image, dpi: int) -> Image.Image:
    return page.resize((round(page.width * dpi / _DPI), round(page.height * dpi / _DPI)), Image.Resampling.BOX)


def _noisy(page: Image.Image, random: Random, strength: float) -> Image.Image:
    dots = np.asarray(page).astype(float)
    noise = np.random.default_rng(random.randrange(1 << 30)).normal(0, strength, dots.shape)
    return Image.fromarray((dots + noise).clip(0, 255).astype(np.uint8))


def _jpeg(page: Image.Image, quality: int) -> Image.Image:
    data = io.BytesIO()
    page.save(data, "JPEG", quality=quality)
    return Image.open(data).convert("L")


def _toned(page: Image.Image, black: int, white: int) -> Image.Image:
    return page.point([round(black + (white - black) * n / 255) for n in range(256)])


def _projected(page: Image.Image, random: Random) -> Image.Image:
    """As a camera sees it from the side."""
    width, height = page.size
    x, y = width * 0.06, height * 0.05
    ends = [(0, 0), (0, height), (width, height), (width, 0)]
    quad = [
        n
        for end in ends
        for n in (
            end[0] + random.uniform(-x, 0) * (1 if end[0] == 0 else -1),
            end[1] + random.uniform(-y, 0) * (1 if end[1] == 0 else -1),
        )
    ]
    return page.transform(page.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=255)


def _photographed(page: Image.Image, random: Random) -> Image.Image:
    """As a hand-held camera of 2 to 3 million dots sees a sheet on a desk: up to 15 degrees from above, and not quite in the middle."""
    height = random.randint(1630, 2000)
    width = height * 3 // 4
    tilt, towards, roll = radians(random.uniform(3, 15)), random.uniform(0, 2 * pi), radians(random.uniform(-4, 4))
    axis = np.array([cos(towards), sin(towards), 0])
    cross = np.array([[0, 0, axis[1]], [0, 0, -axis[0]], [-axis[1], axis[0], 0]])
    leaned = np.eye(3) + sin(tilt) * cross + (1 - cos(tilt)) * cross @ cross
    rolled = np.array([[cos(roll), -sin(roll), 0], [sin(roll), cos(roll), 0], [0, 0, 1]])
    far = page.height * random.uniform(1.15, 1.3)  # from which the page fills most of the picture
    focus = far * height / page.height * random.uniform(0.8, 0.86)
    lens = np.array(
        [[focus, 0, width * random.uniform(0.49, 0.51)], [0, focus, height * random.uniform(0.49, 0.51)], [0, 0, 1]]
    )
    place = np.column_stack([(rolled @ leaned)[:, :2], [0, 0, far]])
    middle = np.array([[1, 0, -page.width / 2], [0, 1, -page.height / 2], [0, 0, 1]])
    seen = np.linalg.inv(lens @ place @ middle)
    small = page.reduce(2)  # about as fine as the picture, so that no dot is passed over
    seen = np.diag([0.5, 0.5, 1]) @ seen / seen[2, 2]
    how = (Image.Transform.PERSPECTIVE, tuple(seen.reshape(-1)[:8]), Image.Resampling.BICUBIC)
    return small.transform((width, height), *how, fillcolor=random.randint(60, 150))


def _lit(page: Image.Image, random: Random) -> Image.Image:
    """Light from one side, dimmer at the edges, and the soft shadow of whoever takes the picture."""
    dots = np.asarray(page).astype(float)
    down, across = np.mgrid[-1 : 1 : dots.shape[0] * 1j, -1 : 1 : dots.shape[1] * 1j]
    side, strength = random.uniform(0, 2 * pi), random.uniform(0.1, 0.25)
    light = random.uniform(0.8, 0.95) - strength * (cos(side) * across + sin(side) * down) / 2
    light *= 1 - random.uniform(0.05, 0.15) * (across**2 + down**2) / 2
    edge, turn = random.uniform(-0.6, 0.6), random.uniform(0, 2 * pi)
    shadow = 1 / (1 + np.exp(-(cos(turn) * across + sin(turn) * down - edge) / random.uniform(0.03, 0.15)))
    light *= 1 - random.uniform(0.1, 0.35) * shadow
    return Image.fromarray((dots * light).clip(0, 255).astype(np.uint8))


def _from_above(page: Image.Image, random: Random) -> Image.Image:
    """A photograph: seen by a lens that is not quite sharp, lit unevenly, with noise, as JPEG."""
    seen = _photographed(page, random).filter(ImageFilter.GaussianBlur(random.uniform(0.4, 1.0)))
    return _jpeg(_noisy(_lit(seen, random), random, random.uniform(2, 6)), random.randint(60, 85))


def _shaded(page: Image.Image, random: Random) -> Image.Image:
    """Light that falls off to one side."""
    dots = np.asarray(page).astype(float)
    down, across = np.mgrid[0 : dots.shape[0], 0 : dots.shape[1]]
    light = 1 - random.uniform(0.2, 0.35) * (across / dots.shape[1] * 0.6 + down / dots.shape[0] * 0.4)
    return Image.fromarray((dots * light).astype(np.uint8))


def _curled(page: Image.Image, random: Random) -> Image.Image:
    """A sheet that the feeder pulls unevenly: rows of dots lie up to 0.6 mm off."""
    dots = np.asarray(page)
    rows = np.arange(dots.shape[0])
    wave = random.uniform(4, 7) * np.sin(rows / dots.shape[0] * np.pi)
    down = np.clip(np.round(rows + wave).astype(int), 0, dots.shape[0] - 1)
    shift = np.round(random.uniform(-6, 6) * np.sin(rows / dots.shape[0] * np.pi)).astype(int)
    moved = np.stack([np.roll(dots[row], step) for row, step in zip(down, shift, strict=True)])
    return Image.fromarray(moved)


def _scaled(page: Image.Image, share: float) -> Image.Image:
    small = page.resize((round(page.width * share), round(page.height * share)), Image.Resampling.BICUBIC)
    paper = Image.new("L", page.size, 255)
    paper.paste(small, ((page.width - small.width) // 2, (page.height - small.height) // 2))
    return paper


def _two_levels(page: Image.Image, threshold: int) -> Image.Image:
    return page.point([255 if n >= threshold else 0 for n in range(256)])


def _heavy(page: Image.Image, share: float) -> Image.Image:
    """Printed with much toner: lines are wider by a share of a dot on each side, and grey letters darker.

    On real scans letters of 6 points had a tenth to a third more ink than they are drawn with.
    """
    return Image.blend(page, page.filter(ImageFilter.MinFilter(3)), share)


def _without_a_corner(page: Image.Image, random: Random) -> Image.Image:
    spoilt = page.copy()
    side = round(20 / 25.4 * _DPI)
    x, y = random.choice([(0, 0), (0, page.height - side), (page.width - side, page.height - side)])
    spoilt.paste(235, (x, y, x + side, y + side))
    return spoilt


def _streaked(page: Image.Image, random: Random) -> Image.Image:
    spoilt = page.copy()
    x = random.randrange(page.width // 5, page.width * 4 // 5)
    spoilt.paste(205, (x, 0, x + 2, page.height))
    return spoilt


KINDS: dict[str, Any] = {
    "clean": lambda page, _: page,
    "200 dpi": lambda page, r: _noisy(_at(_turned(page, r.uniform(-1, 1)), 200), r, 4),
    "150 dpi": lambda page, r: _noisy(_at(_turned(page, r.uniform(-2, 2)), 150), r, 6),
    "100 dpi": lambda page, r: _noisy(_at(_turned(page, r.uniform(-1, 1)), 100), r, 5),
    "jpeg 20": lambda page, r: _jpeg(_at(_turned(page, r.uniform(-1, 1)), 150), 20),
    "blurred": lambda page, r: _noisy(_at(page.filter(ImageFilter.GaussianBlur(2.5)), 150), r, 4),
    "washed": lambda page, r: _noisy(_toned(_at(page, 150), 90, 245), r, 5),
    "grey": lambda page, r: _noisy(_toned(_at(page, 200), 30, 200), r, 8),
    "skew 9": lambda page, r: _at(_turned(page, r.choice([-9, 9]), expand=True), 200),
    "upside down": lambda page, r: _noisy(_at(page, 150), r, 4).transpose(Image.Transpose.ROTATE_180),
    "on its side": lambda page, r: _at(page, 200).transpose(
        r.choice([Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
    ),
    "95 %": lambda page, _: _at(_scaled(page, 0.95), 200),
    "103 %": lambda page, _: _at(_scaled(page, 1.03), 200),
    "corner lost": lambda page, r: _at(_without_a_corner(page, r), 200),
    "streak": lambda page, r: _noisy(_at(_streaked(page, r), 200), r, 4),
    "curled": lambda page, r: _noisy(_at(_curled(page, r), 200), r, 3),
    "phone": lambda page, r: _jpeg(_noisy(_at(_shaded(_projected(page, r), r), 200), r, 5), 60),
    "hand-held": _from_above,
    "black and white": lambda page, r: _two_levels(_turned(page, r.uniform(-1, 1)), 150),
    "heavy print": lambda page, r: _noisy(_at(_heavy(page, r.uniform(0.4, 0.7)), 200), r, 4),
    "copy": lambda page, r: _two_levels(_noisy(page.filter(ImageFilter.GaussianBlur(1.5)), r, 18), 140),
}
TWO_LEVELS = {"black and white", "copy"}
PHOTOS = {"phone", "hand-held"}


def spoilt(page: Image.Image, kind: str, random: Random) -> Image.Image:
    """The page after damage of that kind."""
    made: Image.Image = KINDS[kind](page, random)
    return made
