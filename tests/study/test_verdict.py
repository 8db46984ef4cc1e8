from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from builder.study.verdict import places, plain, verdict
from builder.wording import wording
from tests.make.course import cards_of, course_of
from tests.make.items import EXAMPLES

WORDS = wording("en")


def earned(item: dict[str, Any], typed: str, number: int = 1) -> Any:
    """What the answer earns on a card of the item, whose options stand in the bank's order."""
    (card,) = (card for card in cards_of(course_of([{"id": "x", "prompt": "What?"} | item])) if card.number == number)
    sheet = card.sheet
    found = verdict(sheet.key, typed, sorted(card.order(sheet)), WORDS.cards, WORDS.language)
    return found.share if found else None


@pytest.mark.parametrize(
    ("item", "right", "wrong"),
    [
        ({"kind": "basic", "answer": "Worden's *tasks*"}, " worden’s  TASKS ", "tasks"),
        ({"kind": "basic", "answer": "1989-2001", "accept": ["the wall"]}, "The wall", "wall"),
        ({"kind": "basic", "answer": "Ted", "case": True}, "Ted", "ted"),
        ({"kind": "basic", "answer": "Piñata", "accents": False}, "pinata", "pinatas"),
        ({"kind": "basic", "answer": "Piñata"}, "piñata", "pinata"),
    ],
)
def test_words_are_compared_as_on_the_cards(item: dict[str, Any], right: str, wrong: str) -> None:
    """Case, quotes, dashes and spaces as the item says; other words are for the student to judge."""
    assert earned(item, right) == 1
    assert earned(item, wrong) is None


def test_what_is_chosen_and_arranged_is_judged() -> None:
    """By letters in the order that is shown: one, all, a part of the pairs, and the whole order."""
    mcq = {"kind": "mcq", "options": [{"right": "this"}, {"wrong": "that"}, {"right": "these"}], "multiple": True}
    assert (earned(mcq, "a, c"), earned(mcq, "a"), earned(mcq, "abc")) == (1, 0, 0)
    false = {"kind": "truefalse", "answer": False, "correction": "no"}
    assert (earned(false, "B"), earned(false, "A"), earned(false, "")) == (1, 0, 0)
    pairs = {"kind": "matching", "pairs": [["a", "1"], ["b", "2"], ["c", "1"]], "distractors": ["3"]}
    assert (earned(pairs, "aba"), earned(pairs, "abc"), earned(pairs, "abaa")) == (1, Fraction(2, 3), 0)
    steps = {"kind": "ordering", "sequence": ["one", "two", "three"]}
    assert (earned(steps, "abc"), earned(steps, "acb"), earned(steps, "ab"), earned(steps, "abcd")) == (1, 0, 0, 1)


def test_blanks_and_boxes_are_judged_one_by_one() -> None:
    """A card of a cloze asks the blanks of its number, and takes their other texts."""
    cloze = {"kind": "cloze", "prompt": "{{c1::A}} met {{c2::Ted}} and {{c1::B}}.", "accept": {"c2": ["Theodore"]}}
    assert (earned(cloze, "a, b"), earned(cloze, "a")) == (1, 0)
    assert (earned(cloze, "ted", 2), earned(cloze, "theodore", 2), earned(cloze, "tad", 2)) == (1, 1, 0)


def test_numbers_are_judged_by_their_value() -> None:
    """A part of the marks is told; what is no number is said to be none."""
    item = {
        "kind": "numeric",
        "answer": "19.6",
        "tolerance": "0.1",
        "accept": [{"between": ["18", "21"], "share": "1/2", "why": "near"}],
    }
    assert (earned(item, "19,7"), earned(item, "20"), earned(item, "five")) == (1, Fraction(1, 2), 0)


def test_every_kind_has_a_verdict_or_none() -> None:
    """Nothing that is typed, in any kind, breaks the judging; what is written freely is not judged."""
    for card in cards_of(course_of(EXAMPLES)):
        sheet = card.sheet
        for typed in ("", "a", "zzz", "😀", "1 m", "A,B;C" * 400):
            found = verdict(sheet.key, typed, card.order(sheet, "study"), WORDS.cards, WORDS.language)
            assert found is None or (0 <= found.share <= 1 and found.told)
            assert found is None or card.kind not in {"short", "essay"}


def test_letters_stand_for_places() -> None:
    """Signs that are no letters count for nothing."""
    assert places("b, D1é") == [1, 3]
    assert plain("Ａ —  ‘b’") == "a-'b'"
