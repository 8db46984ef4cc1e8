from __future__ import annotations

from typing import Any

import pytest

from builder.diagnostics import Severity
from tests.rules.made import bank, card

STUCK = card("b-stuck", "Which of Worden's tasks does the paper on *Her* say that Theodore is stuck in?", "The second")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (
            card("a", "In which of Worden's tasks does the paper say that Theodore is *stuck*?", "the second."),
            ["error"],
        ),
        (card("a", "Which of Worden's tasks holds Theodore stuck, does the paper say?", "The second"), ["error"]),
        (card("a", "Which task does the paper say that Theodore is stuck in?", "The second"), ["error"]),
        (card("a", "Which task of mourning does the paper say Theodore is stuck in?", "The second"), ["warning"]),
        (card("a", "Which task of mourning does Worden name after acceptance?", "The second"), []),
        (card("a", STUCK["prompt"], "Processing the pain"), []),
        (card("a", STUCK["prompt"], STUCK["answer"], retired={"since": "2025-01-01", "reason": "twin"}), []),
    ],
    ids=[
        "marks and case",
        "word order",
        "one word less",
        "another word",
        "another question",
        "another answer",
        "retired",
    ],
)
def test_duplicates(other: dict[str, Any], found: list[str]) -> None:
    """The same answer and much the same words are a duplicate; one of them alone is none."""
    assert [str(f.severity) for f in bank(STUCK, other).findings("X01")] == found


def test_siblings_and_other_numbers_are_no_duplicates() -> None:
    """Members of a group are alike by design, and a prompt about another number asks for another thing."""
    twins = [STUCK | {"id": f"twin-{n}", "group": "twins"} for n in range(2)]
    assert bank(*twins).findings("X01") == []
    years = [
        card(f"year-{n}", f"Which task does the paper link with the year {n}?", "The second") for n in (1982, 2009)
    ]
    assert bank(*years).findings("X01") == []
    assert len(bank(*[item | {"prompt": years[0]["prompt"]} for item in years]).findings("X01")) == 1


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("reversed", {"answer": "Re-authoring", "reverse_prompt": "Who coined the term?", "reverse_answer": "White"}),
        ("truefalse", {"answer": "false", "correction": "It is the second."}),
        ("mcq", {"options": [{"right": "The second"}, {"wrong": "The first"}, {"wrong": "The third"}]}),
        ("matching", {"pairs": [["A grief", "Task one"], ["A bond", "Task two"]]}),
        ("ordering", {"sequence": ["Loss", "Pain", "World"]}),
        ("short", {"key_points": [{"point": "It is the second"}]}),
        ("essay", {"rubric": [{"criterion": "Thesis", "marks": "4", "levels": ["none", "some"]}]}),
        ("cloze", {"prompt": "Theodore, says the paper, is stuck in the {{c1::second}} of Worden's tasks."}),
    ],
)
def test_copies_are_found_in_every_kind(kind: str, fields: dict[str, Any]) -> None:
    """An item that was copied under another id is an error, whatever its kind; for a card that has two sides, twice."""
    items = [{"id": i, "kind": kind, "prompt": STUCK["prompt"]} | fields for i in ("original", "copy")]
    found = bank(*items).findings("X01")
    assert [f.severity for f in found] == [Severity.ERROR] * (2 if kind == "reversed" else 1)
    assert all("'copy'" in f.message and f.at.keys[:2] == ("items", 0) for f in found)
