"""What the code on a page of a sheet says: `builder.paper.sheet.stamp`."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model.items import LETTERS
from builder.paper import sheet as layout
from builder.paper.record import MOST_STUDENTS
from builder.paper.sheet import Entry
from builder.paper.sheet.stamp import CHECK, Stamp, check_of, layout_hash

MOST = 38  # capitals and digits in a QR code of 25 modules at level M (ISO/IEC 18004, table 7)
STAMPS = st.builds(
    Stamp,
    st.text("0123456789abcdef", min_size=12, max_size=12),
    st.text("0123456789ABCDEF", min_size=4, max_size=4),
    st.text(LETTERS, min_size=1, max_size=3),
    st.integers(1, 9999),
    st.integers(1, MOST_STUDENTS),
    st.booleans(),
    st.just(""),
)


@given(STAMPS)
def test_a_stamp_comes_back_from_its_text(stamp: Stamp) -> None:
    """What is printed is read again, fits the small code, and is the text below the code."""
    assert Stamp.parse(stamp.text) == stamp
    assert len(stamp.text) <= MOST
    assert "".join(stamp.lines) == stamp.text


@given(STAMPS, st.text(max_size=64), st.text(max_size=64))
def test_a_sheet_is_told_from_that_of_another_student_at_its_place(stamp: Stamp, one: str, other: str) -> None:
    """The check goes through the code, and is cut only where a paper has a thousand pages or hundreds of versions."""
    stamp = stamp._replace(is_copy=False, check=check_of(stamp.identity, one))
    read = Stamp.parse(stamp.text)
    assert read
    assert len(stamp.text) <= MOST
    assert read.is_of(one)
    assert read._replace(check=stamp.check) == stamp
    if len(stamp.version) == 1 and stamp.page < 1000:
        assert read == stamp
        assert read.is_of(other) == (check_of(stamp.identity, other) == stamp.check)


def test_checks_are_spread_over_all_that_they_may_be() -> None:
    """Of 2,000 students hardly two have one check, it hangs on the paper too, and an older sheet is anybody's."""
    checks = [check_of("0cedbadb5eb9", f"s{number}") for number in range(2000)]
    assert len(set(checks)) > 1950
    assert {len(check) for check in checks} == {CHECK}
    assert check_of("0cedbadb5eb8", "s1") != checks[1]
    assert Stamp("0cedbadb5eb9", "4F1A", "A", 1, 17).is_of("anybody")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HS1/0cedbadb5eb9/A/1/",
        "HS2/0CEDBADB5EB9/4F1A/A/0/0",
        "HS2/0CEDBADB5EB9/4F1A/A/1/0 ",
        "HS2/0CEDBADB5EB9/4F1A/A/1/C001BCDF",
        "https://a.b",
    ],
)
def test_other_codes_are_none_of_ours(text: str) -> None:
    """A code of an older sheet, or of anything else, has no stamp."""
    assert Stamp.parse(text) is None


def test_layouts_differ_in_their_hash() -> None:
    """Each edition, another number of options and another choice of essays have hashes of their own; a second run has none."""
    entries = [Entry(1, "mcq", 4, 0), Entry(2, "essay", 2, 30), Entry(3, "essay", 2, 30)]
    made = [
        (layout.laid_out(given, choose, paper, size), paper)
        for given in (entries, [Entry(1, "mcq", 5, 0), *entries[1:]])
        for choose in ({}, {"essay": 1})
        for paper in layout.PAPERS
        for size in layout.TABLE
    ]
    hashes = [layout_hash(pages, paper) for pages, paper in made]
    assert [pair for pair in combinations(hashes, 2) if len(set(pair)) == 1] == []
    assert hashes == [layout_hash(pages, paper) for pages, paper in made]
