from __future__ import annotations

import pytest

from builder.exchange._guide import read
from builder.exchange._rich import words_of


@pytest.mark.parametrize("tag", ["ul", "ol"])
@pytest.mark.parametrize(
    ("typed", "point", "marks"),
    [
        ("equality (4)", "equality", "4"),
        ("equality (4 pts)", "equality", "4"),
        ("equality [1,5 Punkte]", "equality", "1.5"),
        ("equality (0.5 Pt.)", "equality", "0.5"),
        ("<b>equality</b> (1 point)", "equality", "1"),
        ("Code civil (1804)", "Code civil (1804)", "1"),
        ("equality (4 persons)", "equality (4 persons)", "1"),
        ("equality", "equality", "1"),
    ],
)
def test_marks_stand_in_brackets_behind_a_point(tag: str, typed: str, point: str, marks: str) -> None:
    """As exports of ours have them, and as teachers type them for graders."""
    (found,) = read(f"<{tag}><li>{typed}</li></{tag}>", lambda _: None, "10")
    assert words_of(found["point"]).strip() == point
    assert found["marks"] == marks
