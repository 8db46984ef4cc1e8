from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.text.brackets import Brackets


@given(st.text(alphabet="()[]a&", max_size=40), st.lists(st.integers(0, 40), max_size=10))
def test_brackets_before_a_place_are_counted(text: str, places: list[int]) -> None:
    """In whatever order places are asked for, the answer is that of counting from the start."""
    brackets = Brackets(text)
    for index in places:
        before = text[:index]
        expected = before.count("(") > before.count(")") or before.count("[") > before.count("]")
        assert brackets.are_open(min(index, len(text))) == expected
