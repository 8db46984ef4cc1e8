"""How much ink the letter in a circle has: it is printed, and no mark.

Letters of Latin, Greek and Cyrillic are drawn in the face that the sheet is
set in. Signs of other scripts come from faces that are not always there;
theirs were measured on printed sheets.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.grading.frame import Array
    from builder.paper.sheet import Mark
    from builder.wording import Wording

GREY = 0.62  # darkness of a printed letter: luma 38 % (`sheet.typ`); a scan of two levels makes it black
_EM = 200  # dots
_POINTS, _SMALL = 8, 6  # size of up to two signs, and of more (`sheet.typ`)
_FEW = 2
_NO_GLYPH = "\ue000"
# Square millimetres of ink in signs of scripts that our face has not.
_MEASURED = {"ص": 1.42, "خ": 0.95, "נ": 0.47, "ל": 0.56, "正": 1.92, "誤": 2.67, "对": 1.96, "错": 2.72}
_OTHERS = 1.2  # of a sign of which nothing is known


def inks(marks: Sequence[Mark], words: Wording) -> Array:
    """The area of the letter in each circle, in square millimetres."""
    return np.array([ink(words.sign(mark.value)) for mark in marks])


@cache
def ink(text: str) -> float:
    """The area of a printed text, in square millimetres."""
    if text in _MEASURED:
        return _MEASURED[text]
    face = _face()
    drawn = [_drawn(face, sign) for sign in text]
    missing = _drawn(face, _NO_GLYPH)
    if any(np.array_equal(one, missing) for one in drawn):
        return _OTHERS * len(text)
    millimetres = (_POINTS if len(text) <= _FEW else _SMALL) / 72 * 25.4 / _EM
    return float(sum(one.sum() / 255 for one in drawn) * millimetres**2)


def _drawn(face: ImageFont.FreeTypeFont, sign: str) -> Array:
    picture = Image.new("L", (2 * _EM, 2 * _EM))
    ImageDraw.Draw(picture).text((_EM // 2, 0), sign, 255, face)
    return np.asarray(picture).astype(float)


@cache
def _face() -> ImageFont.FreeTypeFont:
    data = (files("builder.printing") / "fonts/AtkinsonHyperlegibleNext-Regular.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(data), _EM)
