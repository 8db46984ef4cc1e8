from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.rules.p03_explanation_thin import MOST_ALIKE, _may_repeat
from builder.text.words import jaccard, stems, words
from tests.rules.cases import Case, each_case


@each_case("P03")
def test_explanation_thin(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits


WORDS = st.lists(
    st.sampled_from("studies study purposes tasks task mourned letters the of client's".split()), max_size=14
)


@given(WORDS, WORDS)
def test_the_quick_look_at_an_explanation_hides_no_repetition(explanation: list[str], prompt: list[str]) -> None:
    """Where the quick look says that an explanation adds something, the likeness is below the limit."""
    said, asked = " ".join(explanation), stems(" ".join(prompt))
    if not _may_repeat(said, len(words(said)), asked):
        assert jaccard(stems(said), asked) < MOST_ALIKE
