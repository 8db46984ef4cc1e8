"""From responses to marks: `builder.paper.scoring`, judged by what must hold of any rule and by `by_hand`."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from builder.model.items import LETTERS
from builder.model.scoring import SUITED, Sort
from builder.paper.record import QuizItem, Rule
from builder.paper.scoring import CORRECTED, RIGHT, bounds, rule_for, score
from tests.paper import by_hand

HALVES = st.integers(1, 24).map(lambda n: n / 2)
SHARES = st.fractions(0, 1, max_denominator=12)


@st.composite
def _rules(draw: st.DrawFn, sort: Sort) -> Rule | None:
    """A rule that suits a sort of questions, or none."""
    rule = draw(st.sampled_from([None, *SUITED[sort]]))
    if rule is None:
        return None
    may_cost = sort in {"mcq", "multiple", "truefalse"} and rule in {"all", "each-minus"}
    penalty = draw(SHARES) if may_cost else Fraction(0)
    return Rule(rule=rule, penalty=penalty, negative=rule == "each-minus" and draw(st.booleans()))


@st.composite
def questions(draw: st.DrawFn, *sorts: Sort) -> QuizItem:
    """The record of a question that can have a rule."""
    sort = draw(st.sampled_from(sorts or tuple(SUITED)))
    order: tuple[int, ...] = ()
    match sort:
        case "mcq" | "multiple":
            order = tuple(draw(st.permutations(range(draw(st.integers(2, 6))))))
            most = 1 if sort == "mcq" else len(order)
            key = sorted(draw(st.sets(st.sampled_from(LETTERS[: len(order)]), min_size=1, max_size=most)))
        case "truefalse":
            key = [draw(st.sampled_from(["true", "false"]))]
        case "matching":
            order = tuple(draw(st.permutations(range(draw(st.integers(2, 6))))))
            key = list(draw(st.permutations(LETTERS[: len(order)])))[: draw(st.integers(2, len(order)))]
        case "ordering":
            order = tuple(draw(st.permutations(range(draw(st.integers(2, 6))))))
            key = [str(i + 1) for i in order]
        case "cloze" | "occlusion":
            key = ["word"] * draw(st.integers(1, 4))
    return QuizItem(
        number=1,
        id="q",
        kind="mcq" if sort == "multiple" else sort,
        digest="0" * 16,
        points=draw(HALVES),
        order=order,
        key=tuple(key),
        scoring=draw(_rules(sort)),
    )


def solution(question: QuizItem) -> list[str]:
    """The response that is right in every part."""
    match question.kind:
        case "truefalse":
            return [question.key[0], CORRECTED if question.key[0] == "false" else ""]
        case "cloze" | "occlusion" | "basic":
            return [RIGHT] * len(question.key)
        case _:
            return list(question.key)


@st.composite
def responses(draw: st.DrawFn, question: QuizItem) -> list[str]:
    """Anything that can be read off a paper."""
    match question.kind:
        case "mcq":
            return sorted(draw(st.sets(st.sampled_from(LETTERS[: len(question.order)]))))
        case "truefalse":
            return [draw(st.sampled_from(["", "true", "false"])), draw(st.sampled_from(["", CORRECTED]))]
        case "matching":
            signs = ["", *LETTERS[: len(question.order)]]
        case "ordering":
            signs = ["", *(str(n + 1) for n in range(len(question.key)))]
        case _:
            signs = ["", RIGHT]
    return draw(st.lists(st.sampled_from(signs), max_size=len(question.key)))


def _plain(question: QuizItem) -> dict[str, Any]:
    """The question as `quiz.json` has it."""
    return question.model_dump(mode="json")


@given(st.data(), questions())
def test_marks_are_those_that_are_counted_by_hand(data: st.DataObject, question: QuizItem) -> None:
    """Whatever is asked, answered and said of the scoring, an independent script comes to the same marks."""
    response = data.draw(responses(question))
    event(f"{question.kind} {rule_for(question).rule}")
    assert score(question, response) == by_hand.marks(_plain(question), response)


@given(st.data(), questions())
def test_marks_are_within_their_bounds(data: st.DataObject, question: QuizItem) -> None:
    """No response earns more than the question's marks, none less than its rule allows; the key earns them all."""
    least, most = bounds(question)
    assert most == Fraction(question.points) == score(question, solution(question))
    assert least <= score(question, data.draw(responses(question))) <= most
    assert score(question, []) == 0


@given(questions())
def test_less_than_nothing_is_earned_only_where_that_is_said(question: QuizItem) -> None:
    """Minus marks need a penalty, and by `each-minus` also `negative`."""
    rule = rule_for(question)
    is_said = bool(rule.penalty) and (rule.rule == "all" or rule.negative)
    assert bounds(question).least >= 0 or is_said


@given(questions("multiple"))
def test_choosing_everything_is_no_way_to_full_marks(question: QuizItem) -> None:
    """Where an option is wrong and a wrong one costs something, whoever chooses all earns less than all marks."""
    everything = LETTERS[: len(question.order)]
    rule = rule_for(question)
    assume(len(question.key) < len(everything) and (rule.rule != "each-minus" or rule.penalty))
    assert score(question, list(everything)) < question.points


@pytest.mark.parametrize("right", range(1, 6))
def test_without_a_penalty_of_its_own_each_minus_gives_nothing_for_choosing_everything(right: int) -> None:
    """The wrong options share the marks, so that all of them take away what all the right ones earn."""
    rule = Rule(rule="each-minus", penalty=Fraction(1, 6 - right), negative=True)
    question = _choice(right=right, options=6, points=3, rule=rule)
    assert score(question, list("ABCDEF")) == 0


@given(st.data(), questions())
def test_a_better_response_never_earns_less(data: st.DataObject, question: QuizItem) -> None:
    """Putting one thing right in a response that is not empty keeps its marks or raises them."""
    response = data.draw(responses(question))
    before, right = score(question, response), solution(question)
    assume(any(response) and rule_for(question).rule != "neighbours")
    if question.kind == "mcq":
        letter = data.draw(st.sampled_from(LETTERS[: len(question.order)]))
        better = [sign for sign in response if sign != letter] + [letter] * (letter in question.key)
        assume(better)  # a response taken back altogether is none
    else:
        better = [*response, *[""] * (len(right) - len(response))][: len(right)]
        place = data.draw(st.sampled_from(range(len(right))))
        better[place] = right[place]
    assert score(question, better) >= before


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_only_the_right_order_has_all_its_neighbours(steps: int) -> None:
    """Of all orders of some steps one has every step after the one before it, and the reverse has none."""
    places = [str(n + 1) for n in range(steps)]
    question = QuizItem(number=1, id="q", kind="ordering", digest="0" * 16, points=1, key=tuple(places))
    full = [order for order in permutations(places) if score(question, order) == 1]
    assert full == [tuple(places)]
    assert score(question, places[::-1]) == 0


@pytest.mark.parametrize(
    ("order", "neighbours", "positions"),
    [("2134", Fraction(1, 3), Fraction(1, 2)), ("2341", Fraction(2, 3), 0), ("4321", 0, 0), ("1234", 1, 1)],
)
def test_orders_are_scored_as_moodle_scores_them(order: str, neighbours: Fraction, positions: Fraction) -> None:
    """Moodle 4.5 gives these shares for RELATIVE_NEXT_EXCLUDE_LAST and ABSOLUTE_POSITION."""
    # The steps stand printed in the right order, so that the place written at step n is where n stands in the order.
    given_ = [str(order.index(step) + 1) for step in "1234"]
    question = QuizItem(number=1, id="q", kind="ordering", digest="0" * 16, points=1, key=("1", "2", "3", "4"))
    assert score(question, given_) == neighbours
    by_place = question.model_copy(update={"scoring": Rule(rule="positions")})
    assert score(by_place, given_) == positions


def _choice(right: int, options: int, points: float, rule: Rule | None) -> QuizItem:
    """A choice whose first options are right."""
    return QuizItem(
        number=1,
        id="q",
        kind="mcq",
        digest="0" * 16,
        points=points,
        order=tuple(range(options)),
        key=tuple(LETTERS[:right]),
        scoring=rule,
    )


@pytest.mark.parametrize(
    ("rule", "chosen", "earned"),
    [
        (None, "AB", 2),
        (None, "ABC", 0),
        (Rule(rule="all", penalty=Fraction(1, 4)), "A", Fraction(-1, 2)),
        (Rule(rule="each"), "AC", Fraction(6, 5)),
        (Rule(rule="each-minus", penalty=Fraction(1, 3)), "AC", Fraction(1, 3)),
        (Rule(rule="each-minus", penalty=Fraction(1, 3)), "CDE", 0),
        (Rule(rule="each-minus", penalty=Fraction(1, 3), negative=True), "CDE", -2),
    ],
)
def test_each_rule_of_a_choice_does_what_its_name_says(rule: Rule | None, chosen: str, earned: Fraction) -> None:
    """Of five options for 2 marks two are right."""
    assert score(_choice(right=2, options=5, points=2, rule=rule), list(chosen)) == earned


def test_parts_of_a_written_answer_are_summed() -> None:
    """A marker gives marks for each part; what is missing is none, and the question's marks are the most."""
    question = QuizItem(
        number=1, id="q", kind="short", digest="0" * 16, points=3, key=("a", "b", "c"), parts=(0.5, 1.5, 2)
    )
    assert score(question, ["0.5", "", "1"]) == Fraction(3, 2)
    assert score(question, ["0.5", "1.5", "2"]) == 3
    with pytest.raises(ValueError, match=r"a part of question 1 is worth 0\.5 marks, not 1"):
        score(question, ["1"])


@pytest.mark.parametrize(
    ("kind", "key", "response", "said"),
    [
        ("mcq", "A", ["C"], "no place for 'C'"),
        ("mcq", "A", ["A", "B", "A"], "has 2 places, the response 3"),
        ("truefalse", "true", ["yes"], "no place for 'yes'"),
        ("truefalse", "false", ["false", "well"], "no place for 'well'"),
        ("matching", "A", ["Z"], "no place for 'Z'"),
        ("cloze", "word", ["word"], "no place for 'word'"),
    ],
)
def test_what_stands_nowhere_on_the_paper_is_refused(kind: str, key: str, response: list[str], said: str) -> None:
    """A reading that can't be of this question is a mistake of the reader, and never 0 marks in silence."""
    order = (0, 1) if kind in {"mcq", "matching"} else ()
    question = QuizItem(number=1, id="q", kind=kind, digest="0" * 16, points=1, order=order, key=(key,))
    with pytest.raises(ValueError, match=said):
        score(question, response)
