"""What is right on a paper and what it is worth: `builder.paper.key`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model import (
    Basic,
    Cloze,
    Essay,
    Item,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
)
from builder.model.items import LETTERS
from builder.paper.key import worth
from builder.paper.order import arrange
from tests.make import papers, strategies
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from builder.paper.record import QuizItem


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
        case Occlusion():
            assert entry.key == item.labels
        case Short():
            assert entry.key == tuple(point.point for point in item.key_points)
        case Essay():
            assert entry.key == tuple(row.criterion for row in item.rubric)
        case Basic() | Reversed():
            assert entry.key == (item.answer,)
        case Numeric():
            assert entry.key == (f"{item.answer} m",)
            assert entry.numeric == item.numeric


@settings(max_examples=60)
@given(strategies.banks(), st.text(), st.integers(1, 4))
def test_the_key_agrees_with_the_shuffled_options(bank: dict[str, Any], seed: str, versions: int) -> None:
    """On every version, whatever the shuffle, the key's letters and places lead to what is right."""
    course = course_of(bank["items"])
    quiz = papers.quiz_of(course, versions, seed)
    assert len(quiz.versions) == versions
    for version in quiz.versions:
        assert sorted(entry.id for entry in version.items) == sorted(item["id"] for item in bank["items"])
        for entry in version.items:
            item = course.by_id[entry.id]
            assert (entry.kind, entry.digest) == (item.kind, item.digest)
            assert sorted(entry.order) == list(range(len(entry.order)))
            _answers_by_key(item, entry)


def test_key_letters_are_spread() -> None:
    """Over many items each letter is the key about as often."""
    options = [{"right": "a"}, {"wrong": "b"}, {"wrong": "c"}, {"wrong": "d"}]
    course = course_of({"id": f"m{n}", "kind": "mcq", "prompt": f"p{n}", "options": options} for n in range(400))
    keys = [entry.key[0] for entry in arrange(course.items, "A", "1").items]
    assert all(70 <= keys.count(letter) <= 130 for letter in "ABCD")


def test_a_blueprint_sets_what_is_right_or_wrong_as_a_whole() -> None:
    """Marks by kind hold for choices, verdicts and single answers; what is marked in parts keeps its sum."""
    given_points = dict.fromkeys(("mcq", "truefalse", "basic", "reversed", "cloze", "matching", "short", "essay"), 9)
    worths = {item.id: worth(item, given_points) for item in EXAMPLES}
    assert {worths[i] for i in ("one", "many", "lie", "truth", "basic", "back")} == {9}
    assert [worths[i] for i in ("pairs", "steps", "gaps", "short", "essay")] == [2, 2, 2, 4, 6]
    version = arrange(EXAMPLES, "A", "1", points=given_points)
    assert {entry.id: entry.points for entry in version.items} == worths
