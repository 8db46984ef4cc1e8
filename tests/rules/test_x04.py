from __future__ import annotations

from typing import Any

import pytest

from tests.rules.made import bank, card

MIRRORS = (
    card("mirror-a", "Whom does the mirror that the paper on *Her* sees in Samantha show?", "Theodore"),
    card("mirror-b", "Whom does the mirror that the paper sees in the film *Her* show?", "Social workers"),
)


@pytest.mark.parametrize(
    ("changes", "hits"),
    [
        ({}, 1),
        ({"contrast": "mirrors"}, 0),
        ({"group": "mirrors"}, 0),
        ({"answer": "Theodore"}, 0),
        ({"prompt": "Whom, by its last page, does the paper see reflected?"}, 0),
    ],
    ids=["bare", "contrast", "group", "same answer", "other words"],
)
def test_interference(changes: dict[str, Any], hits: int) -> None:
    """Look-alikes with different answers interfere, unless a contrast or a group makes the likeness a matter."""
    items = [
        item | {key: changes[key] for key in ("contrast", "group", "answer") if key in changes} for item in MIRRORS
    ]
    items[1] |= changes
    assert len(bank(*items).findings("X04")) == hits


def test_likeness_past_a_duplicates_still_interferes() -> None:
    """Two cards with the same words and different answers are the worst case, not an exempt one."""
    (found,) = bank(MIRRORS[0], MIRRORS[0] | {"id": "mirror-c", "answer": "Amy"}).findings("X04")
    assert "likeness 1.00" in found.message
    assert found.at.keys == ("items", 1, "prompt")


def test_both_sides_of_a_reversed_card_count_and_do_not_interfere_with_each_other() -> None:
    """The way back is a card of its own; the two sides of one item are alike by design."""
    back = {"reverse_prompt": MIRRORS[0]["prompt"], "reverse_answer": "Theodore"}
    both = card("both", MIRRORS[0]["prompt"], "Samantha", kind="reversed", **back)
    assert bank(both).findings("X04") == []
    other = card("other", "Which chapter names the reader's own reflection?", "Amy", kind="reversed", **back)
    (found,) = bank(MIRRORS[1], other).findings("X04")
    assert found.at.keys[1:] in [(0, "prompt"), (1, "reverse_prompt")]
