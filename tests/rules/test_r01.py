from __future__ import annotations

import pytest

from builder.rules.r01_reading_load import grade
from tests.rules.cases import Case, each_case


@each_case("R01")
def test_reading_load(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits


def test_the_grade_is_flesch_and_kincaids() -> None:
    """0.39 words a sentence + 11.8 syllables a word - 15.59, with names as one syllable and silent endings unsaid."""
    assert grade("The cat sat. The dog ran.") == pytest.approx(0.39 * 3 + 11.8 - 15.59)
    assert grade("He used little of Theodore's time.") == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)
    assert grade("Masi et al. (2011) say so.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
