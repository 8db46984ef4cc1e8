"""Pictures and sounds in the lines of DOCX papers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.make.documents import paper, text_of
from tests.pictures import png

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><circle cx="24" cy="24" r="20"/></svg>'
WEBP = bytes.fromhex(  # one white pixel, lossless
    "524946461e000000574542505650384c110000002f0000000007d0fffef7bfff8188e87f0000"
)


def basic(prompt: str) -> dict[str, Any]:
    """A question."""
    return {"id": "p", "kind": "basic", "prompt": prompt, "answer": "x"}


def test_width_is_a_share_of_the_column() -> None:
    """Half of the column from the question's indent on; without a width a picture is no wider than that."""
    document = paper(basic("See ![half](a.png){width=50%} and ![whole](a.png)."), media={"a.png": png(900, 90)})
    room = 210 - 2 * 21 - 9
    assert [shape.width.mm for shape in document.inline_shapes] == pytest.approx([room / 2, room], abs=0.5)
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == ["half", "whole"]


def test_svg_is_drawn_sharply_at_its_own_size() -> None:
    """An inch of drawing is an inch on paper, with four dots to the point."""
    document = paper(basic("See ![a disc](d.svg)."), media={"d.svg": SVG})
    (shape,) = document.inline_shapes
    assert shape.width.inches == pytest.approx(1, abs=0.02)
    image = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert image.blob.startswith(b"\x89PNG")
    assert int.from_bytes(image.blob[16:20], "big") == pytest.approx(288, abs=4)


def test_webp_is_converted() -> None:
    """Word gets a PNG in place of a kind that it may not know."""
    document = paper(basic("See ![a dot](d.webp)."), media={"d.webp": WEBP})
    (shape,) = document.inline_shapes
    image = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert image.blob.startswith(b"\x89PNG")


def test_sound_is_its_words() -> None:
    """A recording is a note and what is heard."""
    assert "[♪heardwords]" in text_of(paper(basic("Listen: ![heard words](s.mp3)"), media={"s.mp3": b"ID3"}))
