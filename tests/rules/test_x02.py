from __future__ import annotations

from typing import Any

import pytest

from tests.rules.made import bank, card, choice

LABEL = card(
    "label", "Which two-word label does the paper give the closeness in commissioned letters?", "Manufactured intimacy"
)
ECHO = card("echo", "Why does the paper hear an echo in the manufactured intimacy of the letters?", "No tie of his own")


@pytest.mark.parametrize(
    ("other", "cued"),
    [
        (ECHO, True),
        (
            choice(
                1,
                prompt="What do commissioned letters lack?",
                options=[{"right": "A self"}, {"wrong": "Manufactured intimacy"}],
            ),
            True,
        ),
        (
            card(
                "uses",
                "Match the letters to a label.",
                "",
                kind="matching",
                pairs=[["A", "x"], ["Manufactured intimacy", "y"]],
            ),
            True,
        ),
        (
            card(
                "steps", "Order these letters.", "", kind="ordering", sequence=["A greeting", "Manufactured intimacy"]
            ),
            True,
        ),
        (ECHO | {"enemies": ["label"]}, False),
        (ECHO | {"prompt": "Why does the paper hear an echo in the intimacy of the letters?"}, False),
        (ECHO | {"prompt": "What would manufactured intimacy be among robots on the moon?"}, False),
        (ECHO | {"answer": "Manufactured intimacy", "prompt": "Which echo does the paper hear in letters?"}, False),
        (card("hidden", "The paper hears {{c1::manufactured intimacy}} in letters.", "", kind="cloze"), False),
        (choice(1, options=[{"right": "Manufactured letters"}, {"wrong": "Intimacy"}, {"wrong": "A label"}]), False),
    ],
    ids=[
        "prompt",
        "option",
        "pair",
        "step",
        "enemies",
        "half of it",
        "another matter",
        "in the answer",
        "under a blank",
        "scattered",
    ],
)
def test_cues(other: dict[str, Any], cued: bool) -> None:  # noqa: FBT001 - a table of cases
    """What another item prints gives an answer away if it holds all of it and speaks of the same thing."""
    other = {key: value for key, value in other.items() if value}
    found = [f for f in bank(LABEL, other).findings("X02") if f.at.keys[1] == 0]
    assert bool(found) is cued
    assert all(f.at.keys == ("items", 0, "answer") and f"'{other['id']}'" in f.message for f in found)


def test_a_correction_can_be_given_away() -> None:
    """Who is asked to correct a statement must not read the correction elsewhere; on paper it stands in no print."""
    false = {"kind": "truefalse", "answer": "false", "correction": "The paper hears manufactured intimacy."}
    item = {"id": "letters", "prompt": "The paper finds honest feeling in the letters."} | false
    (found,) = bank(item, ECHO).findings("X02")
    assert found.at.keys == ("items", 0, "correction")


def test_names_alone_cue_nothing() -> None:
    """An answer of the course's own names stands in every second item, and says nothing there."""
    pair = card("pair", "Whom does the last scene on the roof show?", "Theodore and Catherine")
    assert bank(pair, card("roof", "What do Theodore and Catherine see from the roof?", "Dawn")).findings("X02") == []


def test_an_option_among_the_same_options_is_no_cue() -> None:
    """Two cases to be judged by the same theories offer the same options; a prompt that holds the key still tells."""
    options = [{"right": "Complicated grief"}, {"wrong": "Secure attachment"}, {"wrong": "Simple rumination"}]
    one = choice(1, prompt="A client weeps for years. Which idea of the paper fits the client?", options=options)
    two = choice(2, prompt="A client replays a talk. Which idea of the paper fits the client?", options=options)
    assert bank(one, two).findings("X02") == []
    told = two | {"prompt": "A client in complicated grief replays a talk. Which idea of the paper fits next?"}
    assert [f.at.keys for f in bank(one, told).findings("X02")] == [("items", 0, "options", 0)]


def test_one_answer_names_some_of_many_cues() -> None:
    """Five items that give one answer away make one finding, which names four of them."""
    (found,) = bank(LABEL, *[ECHO | {"id": f"echo-{n}"} for n in range(5)]).findings("X02")
    assert found.message.count("'echo-") == 4
    assert "and others" in found.message
