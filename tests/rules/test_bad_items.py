from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.rules.frame import frame

TEXT = (Path(__file__).parent / "bad_items.yaml").read_text("utf-8")
EXPECTED = {
    "bad-1": "P03 M01 M02 M03 M04 M10 M13 M14",
    "bad-2": "P02 M05 M06 M08 M09 M11 M14",
    "bad-3": "P03 P04 F01 F02 F04",
    "bad-4": "P01 P03 P05 F05 F06 C01",
    "bad-5": "P08 F03 C01 C03",
}
TIMES = {("bad-4", "F06"): 3, ("bad-5", "F03"): 2, ("bad-5", "C03"): 2}


@cache
def found() -> dict[str, list[str]]:
    """The codes raised between the first line of an item and that of the next; those of the course under ""."""
    starts = {n: line.split(": ")[1] for n, line in enumerate(TEXT.splitlines(), 1) if line.startswith("  - id: ")}
    out: dict[str, list[str]] = {item: [] for item in ["", *starts.values()]}
    for diagnostic in frame(TEXT).diagnostics():
        before = [line for line in starts if line <= diagnostic.span.line]
        out[starts[max(before)] if before else ""].append(diagnostic.code)
    return out


@pytest.mark.parametrize("item", EXPECTED)
def test_a_bad_item_raises_exactly_its_codes(item: str) -> None:
    """Each flaw that was put into an item is found there, and nothing else is."""
    assert sorted(set(found()[item])) == sorted(EXPECTED[item].split())


@pytest.mark.parametrize(("item", "code"), TIMES, ids=str)
def test_a_flaw_that_stands_several_times_is_found_as_often(item: str, code: str) -> None:
    """Three weak blanks, a question and an answer of yes or no, two wrong citations: each is a finding of its own."""
    assert Counter(found()[item])[code] == TIMES[item, code]


def test_nothing_but_unused_references_is_found_around_the_items() -> None:
    """Five items leave most of the course's works uncited; that alone is said of the course."""
    assert set(found()[""]) == {"C02"}
