from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.diagnostics import BuilderError
from builder.model import Cloze, Essay, Item, Matching, Mcq, Ordering, Short, TrueFalse
from builder.paper.proof import checked
from builder.paper.record import SECTIONS, Quiz, QuizItem, arrange, section, shuffled, version_name, worth
from builder.paper.sheet import LETTERS
from tests.make import papers, strategies
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    import random


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
        case Short():
            assert entry.key == tuple(point.point for point in item.key_points)
        case Essay():
            assert entry.key == tuple(row.criterion for row in item.rubric)
        case _:
            assert entry.key == (item.answer,)


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


@settings(max_examples=40)
@given(strategies.banks(), st.text(), st.randoms(use_true_random=False))
def test_a_version_ignores_the_order_of_items(bank: dict[str, Any], seed: str, rng: random.Random) -> None:
    """The same items in another order of files stand in the same places of the paper."""
    items = course_of(bank["items"]).items
    assert arrange(rng.sample(items, len(items)), "B", seed) == arrange(items, "B", seed)


@settings(max_examples=40)
@given(strategies.banks(), st.text())
def test_questions_stand_in_sections_with_numbers_from_one(bank: dict[str, Any], seed: str) -> None:
    """Quick choices come first and essays last; a reversed item is asked like a basic one."""
    version = arrange(course_of(bank["items"]).items, "A", seed)
    places = [SECTIONS.index(entry.section) for entry in version.items]
    assert places == sorted(places)
    assert [entry.number for entry in version.items] == list(range(1, len(places) + 1))
    assert {section(item) for item in EXAMPLES} == set(SECTIONS)


@settings(max_examples=40)
@given(strategies.banks(), st.text(), st.integers(1, 3))
def test_a_quiz_survives_its_json(bank: dict[str, Any], seed: str, versions: int) -> None:
    """quiz.json holds the whole record."""
    quiz = papers.quiz_of(course_of(bank["items"]), versions, seed)
    assert Quiz.model_validate_json(quiz.model_dump_json(by_alias=True)) == quiz


def test_versions_differ_in_order_and_in_shuffle() -> None:
    """Another version or another seed is another order of questions and of options."""
    options = [{"right": "a"}, {"wrong": "b"}, {"wrong": "c"}, {"wrong": "d"}]
    course = course_of({"id": f"m{n}", "kind": "mcq", "prompt": f"p{n}", "options": options} for n in range(20))
    made = [arrange(course.items, name, seed) for name, seed in product(["A", "B"], ["1", "2"])]
    assert len({tuple(entry.id for entry in version.items) for version in made}) == 4
    assert len({tuple(sorted((entry.id, entry.order) for entry in version.items)) for version in made}) == 4


@given(st.integers(0, 18277))
def test_versions_are_named_like_columns_of_a_sheet(number: int) -> None:
    """A to Z, then AA: every number up to ZZZ has a name of its own, read in base 26 without a nought."""
    name = version_name(number)
    value = 0
    for letter in name:
        value = 26 * value + LETTERS.index(letter) + 1
    assert value == number + 1
    assert len(name) <= 3


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


def test_the_order_of_options_in_the_bank_is_nothing_to_the_paper() -> None:
    """An author who sorts the options of a choice leaves the printed paper as it was."""
    options = [{"right": "a"}, {"wrong": "b"}, {"wrong": "c"}, {"wrong": "d"}]
    printed = set()
    for given_order in (options, options[::-1]):
        course = course_of([{"id": "m", "kind": "mcq", "prompt": "p", "options": given_order}])
        item = course.by_id["m"]
        assert isinstance(item, Mcq)
        printed.add(tuple(item.options[i].text for i in shuffled(item, "1", "A")))
    assert len(printed) == 1


def test_an_ordering_is_never_printed_solved() -> None:
    """Of two steps the second always comes first; of more, every order but the right one turns up."""
    course = course_of({"id": f"o{n}", "kind": "ordering", "prompt": "p", "sequence": list("abc"[:n])} for n in (2, 3))
    assert {shuffled(course.by_id["o2"], str(seed)) for seed in range(40)} == {(1, 0)}
    orders = {shuffled(course.by_id["o3"], str(seed)) for seed in range(80)}
    assert orders == {(0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)}


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


def test_the_marks_of_a_paper_are_those_of_what_is_answered() -> None:
    """Where candidates choose one essay of two, one counts."""
    essays = [
        {
            "id": f"e{n}",
            "kind": "essay",
            "prompt": "p",
            "rubric": [{"criterion": "c", "marks": 6, "levels": ["0", "1"]}],
        }
        for n in range(2)
    ]
    course = course_of([*essays, {"id": "b", "kind": "basic", "prompt": "p", "answer": "a"}])
    assert papers.quiz_of(course).points == 13
    quiz = papers.quiz_of(course, choose={"essay": 1})
    assert (quiz.points, quiz.section_points("essay"), quiz.section_points("mcq")) == (7, 6, 0)


def test_a_paper_is_known_by_what_stands_on_it() -> None:
    """The twelve digits on a sheet change with the seed, a version, or a word of an item, and with nothing else."""
    course = course_of(EXAMPLES)
    quiz = papers.quiz_of(course, 2)
    again = papers.quiz_of(course, 2, font="hyperlegible", columns=2)
    assert again.identity == quiz.identity
    assert len(quiz.identity) == 12
    first = course.items[0].model_copy(update={"prompt": "Another?"})
    edited = replace(course, items=(first, *course.items[1:]))
    others = [papers.quiz_of(course, 2, "other"), papers.quiz_of(course, 3), papers.quiz_of(edited, 2)]
    assert len({quiz.identity, *(other.identity for other in others)}) == 4


def test_items_that_changed_since_are_named() -> None:
    """A recorded paper is not printed from items that are gone or other than they were."""
    course = course_of(EXAMPLES)
    quiz = papers.quiz_of(course)
    checked(course, quiz)
    first = course.items[0].model_copy(update={"prompt": "Another?"})
    with pytest.raises(BuilderError, match="pairs: not in the course; one: changed since"):
        checked(replace(course, items=(first, *(i for i in course.items[1:] if i.id != "pairs"))), quiz)


def test_a_known_order_never_changes() -> None:
    """Seed, version and ids alone decide: this order must come out on every machine and Python."""
    course = course_of({"id": f"i{n}", "kind": "basic", "prompt": "p", "answer": "a"} for n in range(6))
    steps = course_of([{"id": "o", "kind": "ordering", "prompt": "p", "sequence": list("abcde")}]).by_id["o"]
    assert [entry.id for entry in arrange(course.items, "A", "2026").items] == ["i4", "i0", "i5", "i3", "i2", "i1"]
    assert shuffled(steps, "2026", "A") == (4, 0, 2, 1, 3)
