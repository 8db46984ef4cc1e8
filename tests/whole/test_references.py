from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.loading.course import load
from tests import samples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("date", "code", "column"),
    [
        ("{date-parts: [[n.d.]]}", "bad-form", 28),
        ("{date-parts: [[2009, April]]}", "bad-form", 34),
        ("{date-parts: [['²']]}", "bad-form", 28),
        ("{date-parts: [[--5]]}", "bad-form", 28),
        ("{date-parts: [[]]}", "too-few", 27),
        ("{date-parts: [[1], [2], [3]]}", "too-many", 26),
        ("{date-parts: []}", "no-date", 13),
        ("{circa: 1}", "no-date", 13),
    ],
)
def test_a_date_that_no_style_can_print_is_told(tmp_path: Path, date: str, code: str, column: int) -> None:
    """A date is of whole numbers, a year and perhaps month and day, once or twice, or it is words."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    file = folder / "references.yaml"
    file.write_text(file.read_text("utf-8").replace("{date-parts: [[2009]]}", date), "utf-8")
    found = [one for one in load(folder).diagnostics if one.span.path == str(file)]
    assert [(one.code, one.span.line, one.span.column) for one in found] == [(code, 7, column)]


@pytest.mark.parametrize("date", ["{date-parts: [[-44, 3, 15]]}", "{literal: n.d.}", "{date-parts: [[1], [2]]}"])
def test_dates_before_our_era_words_and_ranges_are_dates(tmp_path: Path, date: str) -> None:
    """What CSL knows as a date passes."""
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    file = folder / "references.yaml"
    file.write_text(file.read_text("utf-8").replace("{date-parts: [[2009]]}", date), "utf-8")
    assert load(folder).diagnostics == []
