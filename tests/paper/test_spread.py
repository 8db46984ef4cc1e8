from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.paper.spread import longest_row, uneven_keys

if TYPE_CHECKING:
    from collections.abc import Sequence


def keys(places: str, options: int = 4) -> list[tuple[int, int]]:
    """The keys of a paper from their letters."""
    return [("ABCDEFGHIJ".index(letter), options) for letter in places]


EVEN = "BDCBACADBACDABCDDACB"


@pytest.mark.parametrize(
    ("paper", "found"),
    [
        (keys(EVEN), []),
        (keys("B" * 2 + "ABCD" * 4 + "BB"), []),
        (keys("BBAB" + "ABCB" * 4), ["error"]),
        (keys("BABCBD" * 3 + "BB"), ["warning"]),
        (keys("ABBBBB" + "CDADCACDDACBCD"), ["error"]),
        (keys("ABBBBC" + "DADCACDDACBCDA"), []),
        (keys("B" * 19), []),
        (keys("BCA" * 10 + "CAB", 3), []),
        (keys(EVEN * 3 + "CCCCC" + "ABD" * 5), []),
        ([*keys(EVEN), (4, 5)], []),
        (keys("AB" * 10, 2), []),
        (keys("AB" * 15, 12), ["error"]),
    ],
    ids=["even", "one too many", "half are B", "many are B", "five in a row", "four in a row", "too few", "three options",
         "a long paper", "one with five options", "two options", "twelve options"],
)  # fmt: skip
def test_papers(paper: Sequence[tuple[int, int]], found: list[str]) -> None:
    """Key places are judged by chi-square and by rows, from 20 choices on."""
    assert [str(severity) for severity, _ in uneven_keys(paper)] == found


def test_longer_papers_may_hold_longer_rows() -> None:
    """Four equal places in a row on a usual paper, more where chance would bring them about in one paper of ten."""
    assert [longest_row(keys("A" * n)) for n in (20, 38, 70, 7000)] == [4, 4, 5, 8]
