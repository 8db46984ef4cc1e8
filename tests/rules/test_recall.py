from __future__ import annotations

import pytest

from builder.rules.r01_reading_load import grade
from tests.rules.vectors import Case, cases


@pytest.mark.parametrize("case", cases("vectors_cards.yaml"), ids=str)
def test_statements_cards_open_items_and_reading(case: Case) -> None:
    """Rules V, F, O and R find what a case holds, where it stands, and are silent on near misses."""
    assert case.found == case.hits


def test_the_grade_is_flesch_and_kincaids() -> None:
    """0.39 words a sentence + 11.8 syllables a word - 15.59, with names as one syllable and silent endings unsaid."""
    assert grade("The cat sat. The dog ran.") == pytest.approx(0.39 * 3 + 11.8 - 15.59)
    assert grade("He used little of Theodore's time.") == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)
    assert grade("Masi et al. (2011) say so.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
