"""The picture of an occlusion as papers print it: with an empty box, numbered, over each thing that is asked for.

The boxes are burnt in, so that no file of a paper holds what they hide, and every format prints one picture with one
alternative text. The numbers are drawn as lines and need no font.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.disk import media
from builder.model import Occlusion
from builder.model.fields import Image
from builder.printing.raster import png

if TYPE_CHECKING:
    from builder.model import Course, Item
    from builder.model.occlusion import Rectangle
    from builder.paper.record import Quiz

_WIDEST = 600.0  # units of what the figure is wide or high, at most: wider ones are scaled to the paper anyway
_DOTS = 192  # to the inch: of a figure as wide as its column, some 200 to the inch of paper
_SIGN = 0.035  # height of a number, as a share of the figure's longer side
_ROOM = 0.8  # of a box, for its number
_HIGH, _WIDE, _APART = 10.0, 6.0, 2.5  # a digit's own units: height, width, and the gap between two
_DIGITS = (
    "M1.5 0H4.5Q6 0 6 1.5V8.5Q6 10 4.5 10H1.5Q0 10 0 8.5V1.5Q0 0 1.5 0Z",
    "M1 2L3.5 0V10M1 10H6",
    "M0 2Q0 0 3 0Q6 0 6 2.5Q6 4.5 0 10H6",
    "M0 1Q1 0 3 0Q6 0 6 2.5Q6 5 3 5Q6 5 6 7.5Q6 10 3 10Q1 10 0 9",
    "M4.5 10V0L0 7H6",
    "M6 0H1L0.5 4.5Q1.5 4 3 4Q6 4 6 7Q6 10 3 10Q1 10 0 9",
    "M5.5 0.7Q4.5 0 3.5 0Q0 0 0 6Q0 10 3 10Q6 10 6 7Q6 4.5 3 4.5Q0.5 4.5 0 6.5",
    "M0 0H6L2 10",
    "M3 5Q0.3 5 0.3 2.5Q0.3 0 3 0Q5.7 0 5.7 2.5Q5.7 5 3 5Q0 5 0 7.5Q0 10 3 10Q6 10 6 7.5Q6 5 3 5Z",
    "M0.5 9.3Q1.5 10 2.5 10Q6 10 6 4Q6 0 3 0Q0 0 0 3Q0 5.5 3 5.5Q5.5 5.5 6 3.5",
)


def shown(item: Item) -> Image | None:
    """The picture that a paper prints of an item: for an occlusion, the figure that `figured` puts beside the others."""
    if not isinstance(item, Occlusion) or item.image is None:
        return item.image
    numbers = f" (1\u2013{len(item.boxes)})" if len(item.boxes) > 1 else ""
    # No file of a course has a name like this, which leads out of its folder.
    return Image(file=f"../{item.id}.png", alt=f"{item.image.alt}{numbers}")


def figured(course: Course, quiz: Quiz) -> Course:
    """The course with the figures of the quiz among its pictures."""
    figures = {}
    for entry in quiz.items:
        item = course.by_id[entry.id]
        image = shown(item)
        if isinstance(item, Occlusion) and item.image and image:
            figures[image.file] = burnt(item.image.file, course.media[item.image.file], [b.at for b in item.boxes])
    return replace(course, media={**course.media, **figures}) if figures else course


def burnt(name: str, data: bytes, boxes: list[Rectangle]) -> bytes:
    """A picture with boxes over it, as PNG; `name` says of which kind it is.

    Raises:
        BuilderError: the picture can't be read.
    """
    import typst

    try:
        return png(drawn(name, data, boxes), ".svg", _DOTS)
    except typst.TypstError as error:
        message = f"{name}: this picture can't be read; save it anew as PNG or JPEG"
        raise BuilderError(message) from error


def drawn(name: str, data: bytes, boxes: list[Rectangle]) -> bytes:
    """A picture with boxes over it, as SVG; `name` says of which kind it is.

    Raises:
        BuilderError: the picture has no size.
    """
    wide, high = media.size(name, data)
    if not (wide and high):
        message = (
            f"{name}: this picture does not say how large it is, so that no boxes can be drawn on it; give it a viewBox"
        )
        raise BuilderError(message)
    scale = min(1.0, _WIDEST / max(wide, high))
    wide, high = wide * scale, high * scale
    url = f"data:{media.kind(name)};base64,{base64.b64encode(data).decode()}"
    parts = [f'<image width="{wide:.2f}" height="{high:.2f}" href="{url}" xlink:href="{url}"/>']
    for number, box in enumerate(boxes, 1):
        parts.append(_box(box, wide, high, str(number) if len(boxes) > 1 else ""))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide:.2f}" height="{high:.2f}" viewBox="0 0 {wide:.2f} {high:.2f}">'
    return f"{head}{''.join(parts)}</svg>\n".encode()


def _box(box: Rectangle, wide: float, high: float, number: str) -> str:
    """A white box with its number in its middle; where the box is too small for it, the number stands at its corner.

    In a figure of 600 by 400 a number is 21 high. A box of 15 by 15 has it in a plate of its own over its upper left
    corner.
    """
    left, top = box.left * wide / 100, box.top * high / 100
    width, height = box.width * wide / 100, box.height * high / 100
    frame = 'fill="#fff" stroke="#000" stroke-width="1.2"'
    drawn_ = f'<rect x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}" {frame}/>'
    if not number:
        return drawn_
    sign = _SIGN * max(wide, high)
    unit = sign / _HIGH
    length = unit * (len(number) * (_WIDE + _APART) - _APART)
    if sign > _ROOM * height or length > _ROOM * width:
        plate_width, plate_height = length + sign * 0.5, sign * 1.4
        left = min(max(0.0, left - plate_width / 2), wide - plate_width)
        top = min(max(0.0, top - plate_height / 2), high - plate_height)
        width, height = plate_width, plate_height
        drawn_ += f'<rect x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}" rx="{sign * 0.2:.2f}" {frame}/>'
    x, y = left + (width - length) / 2, top + (height - sign) / 2
    digits = "".join(
        f'<path transform="translate({i * (_WIDE + _APART):g} 0)" d="{_DIGITS[int(digit)]}"/>'
        for i, digit in enumerate(number)
    )
    pen = 'fill="none" stroke="#000" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
    return f'{drawn_}<g transform="translate({x:.2f} {y:.2f}) scale({unit:.4f})" {pen}>{digits}</g>'
