from __future__ import annotations

from builder.comparing.cues import cues
from builder.comparing.names import name_stems
from tests.make.course import course_of
from tests.rules.made import bank, card, choice

LABEL = card(
    "label", "Which two-word label does the paper give the closeness in commissioned letters?", "Manufactured intimacy"
)
ECHO = card("echo", "Why does the paper hear an echo in the manufactured intimacy of the letters?", "No tie of his own")


def test_a_drawn_paper_forgives_neither_enemies_nor_siblings() -> None:
    """What the course may hold, a paper may not: `cues` names each pair, in any order of the items."""
    items = course_of([LABEL, ECHO | {"enemies": ["label"], "group": "letters"}, choice(1)]).items
    for order in (items, items[::-1]):
        (cue,) = cues(order)
        assert (cue.answer.item.id, cue.by.id) == ("label", "echo")
        assert cue.shared == {"letter", "paper"}
    (cue,) = cues(items, name_stems(bank(LABEL).course))
    assert cue.shared == {"letter"}
