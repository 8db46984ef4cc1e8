"""Strokes that cross a circle: two are a mark, and one is none that anybody meant, or a person has to say so."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

import pytest
from PIL import ImageDraw

from builder.grading import filling
from builder.grading.decisions import Decisions
from builder.grading.pages import Reader
from builder.paper import sheet as layout
from tests.marking import pen, reading, sheets, spoil

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from PIL import Image

    from builder.grading.rows import Row
    from builder.paper.sheet import Box

    Draw = Callable[[Image.Image, Box, Random], object]

FEW = ("a4", 24, "serif")  # an edition whose pages of essays have a marker's circles alone
KINDS = ["clean", "150 dpi", "100 dpi"]
SPILLED = 0.2  # share of circles filled over their edge that a person may have to look at
DOUBTS = 0.01  # share of crosses that a person may have to look at; without the rule it was 0.02


def line(page: Image.Image, at: Box, angle: float, off: float, reach: float, width: float) -> None:
    """A line at an angle, so far from the middle of a circle, and so far to both sides, in millimetres."""
    x, y = at.x + at.width / 2 - off * sin(angle), at.y + at.height / 2 + off * cos(angle)
    ends = [
        ((x + side * reach * cos(angle)) * pen.DOTS, (y + side * reach * sin(angle)) * pen.DOTS) for side in (-1, 1)
    ]
    ImageDraw.Draw(page).line(ends, fill=20, width=round(width * pen.DOTS))


def cross(page: Image.Image, at: Box, random: Random) -> None:
    """A cross as people make it."""
    pen.draw(page, at, "cross", random)


def slash(page: Image.Image, at: Box, random: Random) -> None:
    """One thin line right through a circle, by the letter or over it."""
    radius = at.width / 2
    line(page, at, random.uniform(0, pi), random.uniform(-0.6, 0.6) * radius, 2 * radius, random.uniform(0.3, 0.45))


def lined(page: Image.Image, at: Box, random: Random) -> None:
    """A circle that is filled, and has one line right through it."""
    radius = at.width / 2
    pen.draw(page, at, random.choice(["pen", "spiral"]), random)
    line(page, at, random.uniform(0, pi), random.uniform(-0.2, 0.2), random.uniform(1.6, 2) * radius, 0.45)


def crossed(page: Image.Image, at: Box, random: Random) -> None:
    """A circle that is half filled, and crossed out by thin lines."""
    radius = at.width / 2
    pen.draw(page, at, "half", random)
    for angle in (random.uniform(0.6, 1), random.uniform(-1, -0.6)):
        line(page, at, angle, 0, random.uniform(1.5, 1.8) * radius, 0.4)


def spilled(page: Image.Image, at: Box, random: Random) -> None:
    """A circle that is filled beside its middle, and over its edge."""
    radius, angle = at.width / 2, random.uniform(0, 2 * pi)
    off = random.uniform(0.4, 0.5) * radius
    x, y = at.x + radius + off * cos(angle), at.y + radius + off * sin(angle)
    ends = [x - 0.85 * radius, y - 0.85 * radius, x + 0.85 * radius, y + 0.85 * radius]
    ImageDraw.Draw(page).ellipse([n * pen.DOTS for n in ends], fill=random.randint(20, 80))


def ringed(page: Image.Image, at: Box, random: Random) -> None:
    """A ring around a circle that stays empty."""
    radius = at.width / 2
    reach = radius * random.uniform(1.3, 1.6)
    ends = [at.x + radius - reach, at.y + radius - reach, at.x + radius + reach, at.y + radius + reach]
    ImageDraw.Draw(page).ellipse([n * pen.DOTS for n in ends], outline=40, width=round(0.45 * pen.DOTS))


def ticked_beside(page: Image.Image, at: Box, random: Random) -> None:
    """A tick to the right of a circle that stays empty."""
    x, y = (at.x + at.width + random.uniform(0.4, 0.6)) * pen.DOTS, (at.y + at.height / 2) * pen.DOTS
    points = [(0.0, 0.0), (0.5, 1.0), (1.9, -2.0)]
    ends = [(x + across * pen.DOTS, y + down * pen.DOTS) for across, down in points]
    ImageDraw.Draw(page).line(ends, fill=40, width=round(0.45 * pen.DOTS), joint="curve")


def dotted(page: Image.Image, at: Box, random: Random) -> None:
    """A dot as a pen makes it that touches a circle once."""
    x, y, reach = at.x + at.width / 2, at.y + at.height / 2, random.uniform(0.33, 0.39)
    ends = [(x - reach) * pen.DOTS, (y - 0.9 - reach) * pen.DOTS, (x + reach) * pen.DOTS, (y - 0.9 + reach) * pen.DOTS]
    ImageDraw.Draw(page).ellipse(ends, fill=30)


def rows(draw: Draw, kind: str, seed: int) -> list[tuple[str, Row]]:
    """What was drawn into in each row of a page with choices, and what is read there."""
    random = sheets.generator(draw.__name__, kind, seed)
    made = sheets.paper()
    (first, *_), picture = layout.pages(made.quiz, made.quiz.version("A")), made.pages["A"][0].copy()
    drawn = {}
    for (use, number, part), found in sheets.groups(first).items():
        if use == "answer" and len(found) == 1:
            mark = random.choice(next(iter(found.values())))
            draw(picture, mark.at, random)
            drawn[number, part] = mark.value
    page = Reader(made.quiz, Decisions()).read(reading.scan(spoil.spoilt(picture, kind, random)))
    assert page.refused == ""
    return [(drawn[key], row) for row in page.rows if (key := (row.question.number, row.question.part)) in drawn]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_crosses_are_read(kind: str) -> None:
    """A cross is no stroke that passes by, even where it is thin and its ends stick out: nearly all are read, and rightly."""
    found = [pair for seed in range(4) for pair in rows(cross, kind, seed)]
    assert len(found) > 1 / DOUBTS
    assert sum(bool(row.doubt) for _, row in found) <= DOUBTS * len(found)
    assert [row for value, row in found if not row.doubt and row.answer != (value,)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_one_stroke_is_no_mark(kind: str) -> None:
    """A thin line through a circle is not taken for a cross, though the printed letter lies beside it: a person looks."""
    found = rows(slash, kind, 1)
    assert len(found) > 20
    assert [row for _, row in found if row.answer and not row.doubt] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("draw", [lined, crossed])
def test_what_is_crossed_out_is_no_answer(draw: Draw, kind: str) -> None:
    """A line through a filled circle, or a thin cross over it, may take the answer back: a person looks."""
    found = rows(draw, kind, 1)
    assert len(found) > 20
    assert [row for _, row in found if not row.doubt] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("draw", [ringed, ticked_beside, dotted])
def test_what_is_meant_beside_a_circle_leaves_no_blank(draw: Draw, kind: str) -> None:
    """A ring, a tick beside a circle or a dot is too little for a mark, and too much for a row that was left out."""
    found = rows(draw, kind, 1)
    assert len(found) > 20
    assert [row for value, row in found if not row.doubt and row.answer != (value,)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_filled_over_the_edge_is_read(kind: str) -> None:
    """What spills over to one side crosses nothing out, since no stroke runs on: most are read, and all of these rightly."""
    found = rows(spilled, kind, 1)
    assert sum(bool(row.doubt) for _, row in found) <= SPILLED * len(found)
    assert [row for value, row in found if not row.doubt and row.answer != (value,)] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["clean", "washed"])
def test_strokes_through_most_circles_of_a_page_are_no_marks(kind: str) -> None:
    """Where a page has few circles, and strokes pass by most of them, what is usual there is no measure of any of them."""
    found = [row for seed in range(6) for row in reading.hard_rows(FEW, "stray", kind, seed, is_any_page=True)]
    assert any("may only pass by" in row.doubt for row in found)
    assert [row for row in found if row.outcome == "silent"] == []


@pytest.mark.parametrize(
    ("around", "beside", "is_read"),
    [
        pytest.param(0.3, 0.2, True, id="a cross"),
        pytest.param(0.3, 0.1, False, id="one stroke"),
        pytest.param(0.5, 0.2, False, id="a cross that crosses out more than the circle"),
    ],
)
def test_thin_strokes_are_a_mark_where_they_are_two_of_the_size_of_a_circle(
    around: float, beside: float, *, is_read: bool
) -> None:
    """Ink of the width of one stroke, with ink around on two sides, is read where it has ends on either side of a stroke."""
    area = 10.0
    ink = filling.Circle("A", area, 1.7 / area, 1.7 / area, around, 0.2, beside, (0.0, 0.0), 0.0, is_there=True)
    empty = filling.Circle("B", area, 0.0, 0.0, 0.0, 0.0, 0.0, (0.0, 0.0), 0.0, is_there=True)
    said = filling.read([ink, empty], 0.0, several=False, is_two_level=False)
    assert ink.is_stroke
    assert bool(said.doubt) is not is_read


def test_a_stroke_that_leaves_on_two_sides_passes_by_whatever_is_usual() -> None:
    """On a page whose other circles have as much ink around them, a stroke is known by the two sides where it leaves."""
    area = 19.2
    ink = filling.Circle("0", area, 1.4 / area, 1.4 / area, 0.28, 0.14, 0.0, (0.0, 0.0), 0.0, is_there=True)
    empty = filling.Circle("1", area, 0.0, 0.0, 0.2, 0.03, 0.0, (0.0, 0.0), 0.0, is_there=True)
    said = filling.read([ink, empty], 0.21, several=False, is_two_level=False)
    assert "may only pass by" in said.doubt


def test_a_dot_at_the_edge_of_a_shadow_is_no_mark() -> None:
    """Where the paper itself is darker than around the next circle, a dot seems larger than it is: a person looks."""
    area = 19.2
    dot = filling.Circle("true", area, 1.8 / area, 0.9 / area, 0.69, 0.01, 0.0, (0.0, 0.0), 0.0, is_there=True)
    empty = filling.Circle("false", area, -0.8 / area, 0.0, -0.29, 0.0, 0.0, (0.0, 0.0), 0.0, is_there=True)
    said = filling.read([dot, empty], 0.06, several=False, is_two_level=False)
    assert said.doubt == "true: ink beside the circle"
