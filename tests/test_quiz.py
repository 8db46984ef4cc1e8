from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.model import Cloze, Item, Matching, Mcq, Ordering, TrueFalse
from builder.quiz import LETTERS, Quiz, QuizItem, draw, shuffled
from tests import strategies
from tests.courses import course_of

if TYPE_CHECKING:
    import random


def _drawable(bank: dict[str, Any]) -> list[dict[str, Any]]:
    for item in bank["items"]:
        item.pop("group", None)
    items: list[dict[str, Any]] = bank["items"]
    return items


@given(strategies.banks(), st.text(), st.randoms(use_true_random=False))
def test_drawing_ignores_the_order_of_items(bank: dict[str, Any], seed: str, rng: random.Random) -> None:
    """The same items in another order of files give the same paper."""
    items = _drawable(bank)
    count = (len(items) + 1) // 2
    mixed = rng.sample(items, len(items))
    assert draw(course_of(items), count, seed) == draw(course_of(mixed), count, seed)


@given(strategies.banks(), strategies.items("the-new-one"), st.text())
def test_one_more_item_changes_at_most_one_drawn_item(bank: dict[str, Any], new: dict[str, Any], seed: str) -> None:
    """A bank that grows by one item keeps its papers but for one question."""
    items = _drawable(bank)
    new.pop("group", None)
    count = (len(items) + 1) // 2
    before = {entry.id for entry in draw(course_of(items), count, seed).items}
    after = {entry.id for entry in draw(course_of([*items, new]), count, seed).items}
    assert len(before - after) <= 1


def _answers_by_key(item: Item, entry: QuizItem) -> None:
    """What the key says of the printed item, against the item itself."""
    match item:
        case Mcq():
            printed = dict(zip(LETTERS, (item.options[i] for i in entry.order), strict=False))
            assert {letter for letter, option in printed.items() if option.is_right} == set(entry.key)
        case Matching():
            printed_responses = {LETTERS[place]: item.responses[i] for place, i in enumerate(entry.order)}
            assert [printed_responses[letter] for letter in entry.key] == [right for _, right in item.pairs]
        case Ordering():
            placed = {int(number): item.sequence[i] for number, i in zip(entry.key, entry.order, strict=True)}
            assert [placed[n] for n in sorted(placed)] == list(item.sequence)
            assert entry.order != tuple(range(len(item.sequence)))
        case TrueFalse():
            assert entry.key == (str(item.answer).lower(),)
        case Cloze():
            assert entry.key == tuple(blank.text for blank in item.blanks)
        case _:
            assert entry.key
            assert entry.order == ()


@given(strategies.banks(), st.text())
def test_the_key_agrees_with_the_shuffled_options(bank: dict[str, Any], seed: str) -> None:
    """Whatever the shuffle, the key's letters and places lead to what is right."""
    items = _drawable(bank)
    course = course_of(items)
    quiz = draw(course, len(items), seed)
    assert sorted(entry.id for entry in quiz.items) == sorted(item["id"] for item in items)
    for entry in quiz.items:
        _answers_by_key(course.by_id[entry.id], entry)


@given(strategies.banks(), st.text())
def test_a_quiz_survives_its_json(bank: dict[str, Any], seed: str) -> None:
    """quiz.json holds the whole record."""
    quiz = draw(course_of(_drawable(bank)), 1, seed)
    assert Quiz.model_validate_json(quiz.model_dump_json(by_alias=True)) == quiz


def _basic(item_id: str, **more: Any) -> dict[str, Any]:
    return {"id": item_id, "kind": "basic", "prompt": item_id, "answer": "a"} | more


def test_a_paper_has_one_of_a_group_no_enemies_and_nothing_retired() -> None:
    """Siblings, declared enemies (said on one side alone) and retired items never stand together."""
    items = [
        _basic("a", group="g"),
        _basic("b", group="g"),
        _basic("c", enemies=["d"]),
        _basic("d"),
        _basic("e", retired={"since": "2026-01-01", "reason": "r"}),
    ]
    for seed in map(str, range(30)):
        drawn = {entry.id for entry in draw(course_of(items), 2, seed).items}
        assert len(drawn & {"a", "b"}) == 1
        assert len(drawn & {"c", "d"}) == 1
    with pytest.raises(BuilderError, match="only 2 items"):
        draw(course_of(items), 3, "1")


def test_seeds_draw_different_papers() -> None:
    """Another seed is another paper, and over many seeds every item has its turn."""
    course = course_of(_basic(f"i{n}") for n in range(12))
    papers = [frozenset(entry.id for entry in draw(course, 4, str(seed)).items) for seed in range(60)]
    assert len(set(papers)) > 40
    assert len(frozenset.union(*papers)) == 12


def test_pins_and_numbers_keep_their_place() -> None:
    """`pin` holds an option at its end under any seed, and numbers stay in order."""
    pinned = {
        "kind": "mcq",
        "options": [{"wrong": "none", "pin": "last"}, {"right": "b"}, {"wrong": "c", "pin": "first"}, {"wrong": "d"}],
    }
    numbers = {"kind": "mcq", "options": [{"wrong": "1988"}, {"right": "2009"}, {"wrong": "2018"}]}
    course = course_of([{"id": "p", "prompt": "p"} | pinned, {"id": "n", "prompt": "n"} | numbers])
    orders = {shuffled(course.by_id["p"], str(seed)) for seed in range(40)}
    assert orders == {(2, 1, 3, 0), (2, 3, 1, 0)}
    assert {shuffled(course.by_id["n"], str(seed)) for seed in range(40)} == {(0, 1, 2)}


def test_key_letters_are_spread() -> None:
    """Over many items each letter is the key about as often."""
    options = [{"right": "a"}, {"wrong": "b"}, {"wrong": "c"}, {"wrong": "d"}]
    course = course_of({"id": f"m{n}", "kind": "mcq", "prompt": f"p{n}", "options": options} for n in range(400))
    keys = [entry.key[0] for entry in draw(course, 400, "1").items]
    assert all(70 <= keys.count(letter) <= 130 for letter in "ABCD")


def test_a_known_paper_never_changes() -> None:
    """Seed and ids alone decide: this order must come out on every machine and Python."""
    course = course_of(_basic(f"i{n}") for n in range(8))
    assert [entry.id for entry in draw(course, 5, "2026").items] == ["i4", "i6", "i0", "i7", "i1"]
