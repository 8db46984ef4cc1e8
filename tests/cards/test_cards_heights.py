from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

import pytest

from builder.deck import apkg
from builder.loading.course import load, shipped
from tests import anki_collection

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser import View

# The mean of the 278 backs of the course of 28 November 2026 with the cards of commit 41e2c2c, whose sources stood open.
OPEN = 1051


@pytest.mark.slow
def test_backs_are_short_on_a_phone(view: View, tmp_path: Path) -> None:
    """On a phone of 360 px the backs of the shipped course, all kinds together, have at most 0.6 of their old height."""
    course = load(shipped()).course
    assert course
    collection = anki_collection.new(tmp_path)
    (package,) = apkg.files(course, 1_750_000_000).values()
    anki_collection.bring_in(collection, package, tmp_path)
    guids = [f"{course.id}:{item.id}" for item in course.active]
    cards = [card for guid in guids for card in anki_collection.note(collection, guid).cards()]
    viewer = view(width=360, has_touch=True, is_mobile=True)
    heights = []
    for card in cards:
        viewer.show(card.question())
        heights.append(viewer.show(card.answer()).evaluate("document.body.getBoundingClientRect().height"))
    collection.close()
    assert mean(heights) <= 0.6 * OPEN
