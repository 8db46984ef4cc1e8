from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image as Pixels

from builder.diagnostics import BuilderError
from builder.model.occlusion import Rectangle
from builder.printing import papers
from builder.printing.figure import burnt, drawn
from tests.make.course import course_of
from tests.make.items import FIGURE
from tests.make.papers import quiz_of, reader, squeezed
from tests.pictures import png

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><rect width="400" height="200" fill="#000"/></svg>'
)
BOXES = {"roof": [10, 10, 30, 40], "door": [60, 50, 30, 40]}
ITEM: dict[str, Any] = {
    "id": "a",
    "kind": "occlusion",
    "prompt": "Name the parts.",
    "image": {"file": FIGURE, "alt": "A house"},
    "boxes": BOXES,
}


def pixels(data: bytes) -> Pixels.Image:
    """A picture, in shades of grey."""
    return Pixels.open(io.BytesIO(data)).convert("L")


@pytest.mark.parametrize(("name", "data"), [("a.png", png(400, 200)), ("a.svg", SVG)])
def test_boxes_cover_the_picture(name: str, data: bytes) -> None:
    """On a black picture each box is white but for its number, and all around stays black."""
    shown = pixels(burnt(name, data, [Rectangle(10, 10, 30, 40), Rectangle(60, 50, 30, 40)]))
    wide, high = shown.size
    assert wide == pytest.approx(2 * high, abs=2)
    spot = {
        place: shown.getpixel((round(x * wide), round(y * high)))
        for place, (x, y) in {
            "in one": (0.12, 0.15),
            "in two": (0.87, 0.85),
            "out": (0.5, 0.3),
            "edge": (0.95, 0.95),
        }.items()
    }
    assert spot == {"in one": 255, "in two": 255, "out": 0, "edge": 0}
    inside = shown.crop((round(0.15 * wide), round(0.15 * high), round(0.35 * wide), round(0.45 * high)))
    assert inside.getextrema() == (0, 255), "the number is drawn in the box"


def test_a_single_box_has_no_number() -> None:
    """Where one thing is asked for, its box is white and nothing else."""
    shown = pixels(burnt("a.png", png(400, 200), [Rectangle(10, 10, 30, 40)]))
    wide, high = shown.size
    inside = shown.crop((round(0.12 * wide), round(0.14 * high), round(0.38 * wide), round(0.46 * high)))
    assert inside.getextrema() == (255, 255)


def test_a_small_box_has_its_number_on_a_plate_within_the_picture() -> None:
    """A box in a corner that is too small for its number has it beside, on the picture still."""
    figure = drawn("a.png", png(400, 200), [Rectangle(0, 0, 1, 1), Rectangle(99, 99, 1, 1)]).decode()
    assert figure.count("<rect") == 4
    shown = pixels(burnt("a.png", png(400, 200), [Rectangle(0, 0, 1, 1), Rectangle(50, 50, 1, 1)]))
    assert shown.crop((0, 0, shown.width // 12, shown.height // 9)).getextrema()[1] == 255


def test_a_picture_without_a_size_is_told_of() -> None:
    """Boxes in per cent of nothing can't be drawn: who prints is told which picture it is."""
    with pytest.raises(BuilderError, match=r"a\.svg: this picture does not say how large it is"):
        drawn("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>', [])


def test_a_paper_holds_no_picture_without_its_boxes() -> None:
    """No file of a paper has the picture as it is: what a box hides is in none of them."""
    course = course_of([ITEM])
    made = papers.files(course, quiz_of(course, formats=("md", "html")))
    assert not [name for name, data in made.items() if course.media[FIGURE] in data]
    assert [name for name in made if name.startswith("picture-")] == ["picture-1.png"]


@pytest.mark.parametrize("answers", ["inline", "sheet"])
def test_a_paper_has_a_line_for_each_box_and_the_key_their_labels(answers: str) -> None:
    """The labels stand on the key with their numbers; the paper has numbered lines where answers are given on it."""
    course = course_of([ITEM])
    made = papers.files(course, quiz_of(course, formats=("pdf", "docx", "html", "md"), answers=answers))
    paper = squeezed(reader(made["paper-A.pdf"]).pages[0].extract_text())
    key = squeezed(reader(made["key-A.pdf"]).pages[0].extract_text())
    assert ("(1)(2)" in paper) == (answers == "inline")
    assert "roof" not in paper
    assert "(1):roof" in key
    assert "(2):door" in key
    assert "A house (1\u20132)" in made["paper-A.html"].decode()
    assert "roof" not in made["paper-A.html"].decode() + made["paper-A.md"].decode()


def test_words_to_choose_from_are_printed_in_another_order() -> None:
    """A word bank has all labels and the further words, each behind its letter."""
    course = course_of([ITEM | {"word_bank": ["cellar"]}])
    paper = papers.files(course, quiz_of(course, formats=("md",)))["paper-A.md"].decode()
    (line,) = [line for line in paper.splitlines() if "cellar" in line]
    said = [word.replace("\u00a0", " ").split() for word in line.removeprefix("_Words to choose from:_ ").split(" · ")]
    assert [letter for letter, _ in said] == ["**A**", "**B**", "**C**"]
    assert sorted(word for _, word in said) == ["cellar", "door", "roof"]
