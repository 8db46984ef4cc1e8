"""How much ink printed letters have: `builder.grading.letters`, measured on printed sheets."""

from __future__ import annotations

import numpy as np
import pytest

from builder.grading import circles, letters, place
from builder.grading.layouts import Layouts
from builder.grading.scans import smaller
from builder.wording import wording
from tests.marking import sheets

CLOSE = 0.1  # square millimetres: a third of what is still taken for empty


@pytest.mark.parametrize("language", ["pl", "ar", "ja"])
def test_an_empty_circle_has_the_ink_of_its_letter(language: str) -> None:
    """On a printed sheet nobody has filled, each circle has as much ink as its letter is said to have."""
    printed = sheets.paper(language=language)
    dots, _ = smaller(np.asarray(printed.pages["A"][0]), is_two_level=False)
    code = place.coded(dots)
    assert code
    assert code.stamp
    layout = Layouts(printed.quiz).find("A", code.stamp.layout)
    assert layout
    marks = [mark for mark in layout.pages[0].marks if mark.kind == "bubble"]
    found = circles.inked(dots, place.placed(dots, code, "a4"), marks, np.zeros(len(marks)), is_two_level=False)
    wanted = letters.inks(marks, wording(language))
    assert found.level * found.area / letters.GREY == pytest.approx(wanted, abs=CLOSE)
