"""Numbered answer sheets without a name: `builder.printing.pdf.copies`."""

from __future__ import annotations

import pytest
import zxingcpp

from builder.cli._copies import numbers
from builder.diagnostics import BuilderError
from builder.paper import sheet as layout
from builder.paper.sheet.stamp import Stamp, layout_hash
from builder.printing import papers
from tests.make.course import course_of
from tests.make.items import EXAMPLES
from tests.make.papers import quiz_of
from tests.marking import sheets


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_copy_has_its_number_in_the_code_of_every_page(language: str) -> None:
    """Copies 9 and 10 of each version are whole sheets, on leaves of their own, whose codes tell them from each other."""
    made = course_of(EXAMPLES)
    quiz = quiz_of(made, 2, language=language)
    files = papers.files(made, quiz, copies=range(9, 11))
    for version in quiz.versions:
        pages = layout.pages(quiz, version)
        hashed = layout_hash(pages, "a4")
        wanted: list[Stamp | None] = []
        for number in (9, 10):
            wanted += [Stamp(quiz.identity, hashed, version.name, page.number, number, is_copy=True) for page in pages]
            wanted += [None] * (len(pages) % 2)
        found = []
        for picture in sheets.pictures(files[f"sheets-{version.name}.pdf"]):
            codes = zxingcpp.read_barcodes(picture)
            found.append(Stamp.parse(codes[0].text) if codes else None)
        assert found == wanted


def test_copies_are_a_count_or_a_range() -> None:
    """`40` numbers from 1 on, `41-60` goes on; anything else is refused."""
    assert numbers(None, None, "40") == range(1, 41)  # type: ignore[arg-type]
    assert numbers(None, None, "41-60") == range(41, 61)  # type: ignore[arg-type]
    for typed in ("0", "x", "9-3", "30000", "-4"):
        with pytest.raises(BuilderError):
            numbers(None, None, typed)  # type: ignore[arg-type]
