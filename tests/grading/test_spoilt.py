"""Filled sheets under every damage of `tests.marking`: nothing is read wrongly in silence."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.marking import reading, spoil

USUAL, LARGE = ("a4", 11, "serif"), ("letter", 18, "hyperlegible")
LARGE_TOO = {"on its side", "grey"}
DOUBTS = 0.15  # share of plain rows that a person may have to look at


@pytest.mark.slow
@pytest.mark.parametrize("kind", spoil.KINDS)
def test_no_row_is_read_wrongly_in_silence(kind: str) -> None:
    """Whatever a page went through, each row says what was filled in, or goes to a person; most plain rows are read."""
    found = [
        row
        for edition in ([USUAL, LARGE] if kind in LARGE_TOO else [USUAL])
        for row in reading.rows(edition, kind, 101)
    ]
    assert [row for row in found if row.outcome == "silent"] == []
    if kind not in {*spoil.TWO_LEVELS, "phone"}:
        plain = Counter(row.outcome for row in found if row.kind in {"plain", "blank"})
        assert plain["doubt"] <= 1 + DOUBTS * plain["read"]  # the last page of a sheet has few rows
        assert plain["refused"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5, 9, 24])
def test_a_sheet_is_found_in_a_photograph_from_the_side(seed: int) -> None:
    """Marks that lie centimetres from where the code alone would have them are found, and no row is read wrongly."""
    outcomes = Counter(row.outcome for row in reading.rows(USUAL, "hand-held", seed))
    assert outcomes["refused"] == outcomes["silent"] == 0
    assert outcomes["read"] > 0


def test_heavy_print_is_no_mark() -> None:
    """Letters that are printed with much toner are taken for what they are: plain rows of a sheet are read."""
    found = reading.rows(USUAL, "heavy print", 102)
    plain = Counter(row.outcome for row in found if row.kind in {"plain", "blank"})
    assert plain["read"] > 0
    assert plain["doubt"] <= 1


@pytest.mark.parametrize("kind", ["two", "rubbed", "struck", "erased", "stray", "faint"])
def test_what_is_hard_goes_to_a_person(kind: str) -> None:
    """Two marks, one that is crossed out or rubbed out, a faint one and a stray stroke are never read."""
    outcomes = {row.outcome for row in reading.hard_rows(USUAL, kind, "clean", 7)}
    assert outcomes == {"doubt"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(spoil.TWO_LEVELS))
def test_what_black_and_white_loses_goes_to_a_person(kind: str) -> None:
    """Of faint pencil such a scan keeps nothing: a number that may have lost a sign, and marks their tens, are not read."""
    found = [row for seed in range(4) for row in reading.hard_rows(USUAL, "faint", kind, seed, is_any_page=True)]
    assert any("a column is blank" in row.doubt for row in found)
    assert [row for row in found if row.outcome == "silent"] == []
