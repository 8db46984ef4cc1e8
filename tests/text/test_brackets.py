from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.brackets import Brackets, are_deep


@given(st.text(alphabet="()[]a&", max_size=40), st.lists(st.integers(0, 40), max_size=10))
def test_brackets_before_a_place_are_counted(text: str, places: list[int]) -> None:
    """In whatever order places are asked for, the answer is that of counting from the start."""
    brackets = Brackets(text)
    for index in places:
        before = text[:index]
        expected = before.count("(") > before.count(")") or before.count("[") > before.count("]")
        assert brackets.are_open(min(index, len(text))) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[" * 20, False),
        ("[" * 21, True),
        ("[a]" * 40, False),
        ("[" * 19 + "]" * 19 + "[" * 20, False),
        ("\\[" * 30 + "`[[[[`" * 9 + "$[0, 1)$" * 30, False),
        ("]" * 30 + "[" * 21, True),
    ],
)
def test_brackets_nested_absurdly_deep_are_told(line: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """More than twenty that are open at once, whatever closed before; signs and half-open intervals are none."""
    assert are_deep(line) is expected
