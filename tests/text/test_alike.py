from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from builder.text.alike import alike
from builder.text.words import jaccard

WORDS = ("grief", "letter", "mirror", "voice", "city", "friend", "mask", "loss", "bond", "date", "lunch", "roof")


def test_the_example_of_the_module() -> None:
    """Four sets, two pairs: what the docstring of the index says of them is so."""
    sets = [frozenset(letters) for letters in ("ab", "abc", "bcd", "xyz")]
    found = {i: list(others) for i, others in alike(sets, 0.5)}
    assert found == {0: [], 1: [(0, 2 / 3)], 2: [(1, 0.5)], 3: []}


@given(
    st.lists(st.frozensets(st.sampled_from(WORDS), max_size=8), max_size=40),
    st.sampled_from([0.3, 0.5, 0.65, 0.8, 1.0]),
)
def test_likeness_search_finds_just_the_pairs_that_comparing_all_finds(
    sets: list[frozenset[str]], least: float
) -> None:
    """The index skips pairs, never one that is alike, and names none twice; likeness is Jaccard's."""
    found = [(*sorted((i, j)), share) for i, others in alike(sets, least) for j, share in others]
    assert sorted(found) == [
        (i, j, share)
        for i, j in combinations(range(len(sets)), 2)
        if (share := jaccard(sets[i], sets[j])) >= least and share
    ]


def test_likeness_search_is_exact_where_words_are_common_and_rare() -> None:
    """The same holds for longer texts with a few common words and many rare ones, as prompts have."""
    rng = random.Random("prompts")
    sets = [frozenset(str(int(400 ** rng.random())) for _ in range(rng.randint(1, 14))) for _ in range(400)]
    sets += [own - {rng.choice(sorted(own))} | {"more"} for own in sets]
    found = {tuple(sorted((i, j))) for i, others in alike(sets, 0.5) for j, _ in others}
    assert found == {(i, j) for i, j in combinations(range(len(sets)), 2) if jaccard(sets[i], sets[j]) >= 0.5}
    assert len(found) > 400
