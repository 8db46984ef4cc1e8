"""Dark squares in a picture: those on paper are found, and what is dark around the paper is not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from builder.grading.squares import squares

SIDE = 36
MIDDLES = ((300, 260), (900, 240), (280, 1300))


def picture(turn: float, light: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A light sheet with squares, a long stroke and a disc, on a dark desk."""
    page = Image.new("L", (1200, 1600), 70)
    pen = ImageDraw.Draw(page)
    pen.rectangle((200, 150, 1000, 1450), fill=round(220 * light))
    for x, y in MIDDLES:
        pen.rectangle((x - SIDE // 2, y - SIDE // 2, x + SIDE // 2, y + SIDE // 2), fill=round(30 * light))
    pen.rectangle((500, 700, 800, 706), fill=20)
    pen.ellipse((600, 900, 612, 912), fill=20)
    return np.asarray(page.rotate(turn, Image.Resampling.BICUBIC, center=(600, 800), fillcolor=70))


@pytest.mark.parametrize("turn", [0, 4, -7])
@pytest.mark.parametrize("light", [1.0, 0.6])
def test_squares_on_paper_are_found(turn: float, light: float) -> None:
    """Each is found within a dot or two, turned and in dim light too; neither strokes nor the edge of the sheet are."""
    found = squares(picture(turn, light), SIDE)
    angle = np.deg2rad(turn)
    lean = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    wanted = (np.array(MIDDLES) - (600, 800)) @ lean.T + (600, 800)
    assert len(found) == len(wanted)
    apart = np.hypot(*(found[:, None] - wanted[None]).transpose(2, 0, 1))
    assert apart.min(0).max() < 4


def test_a_picture_smaller_than_a_square_has_none() -> None:
    """It is no error."""
    assert squares(np.full((20, 20), 255, np.uint8), SIDE).shape == (0, 2)
