"""From a response to its marks: by the record of the question alone, in exact fractions.

A response is written in the signs of the key (`QuizItem.key`), in its order:

- a choice: the letters that are chosen;
- true or false: `true` or `false`, and `corrected` where the correction on the line is right;
- a matching: the letter at each term; an ordering: the place at each printed step;
- a cloze or an occlusion: `right` at each gap or box that a marker finds right, or the letter of the word that was
  chosen there (`QuizItem.letters`); few words: `right`;
- a number: as it was written, with its unit;
- a short answer or an essay: the marks given for each part, such as `1.5`.

What is left empty is the empty string, or is missing at the end. A question
that is left empty altogether earns 0 by every rule.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from builder.model.fields import LETTERS
from builder.model.verdict import judge
from builder.paper.record import Rule

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from builder.model.scoring import RuleName
    from builder.paper.record import QuizItem, SectionName

RIGHT, CORRECTED = "right", "corrected"
_NONE, _ALL, _HALF = Fraction(0), Fraction(1), Fraction(1, 2)


class Bounds(NamedTuple):
    """The fewest and the most marks that a question can earn."""

    least: Fraction
    most: Fraction


def rule_for(question: QuizItem) -> Rule:
    """The rule by which a question is scored: the one recorded, or the usual one of its kind."""
    return question.scoring or Rule(rule=_usual(question.section))


def _usual(section: SectionName) -> RuleName:
    match section:
        case "mcq" | "truefalse" | "basic" | "numeric":
            return "all"
        case "matching" | "cloze" | "occlusion" | "short" | "essay":
            return "each"
        case "ordering":
            return "neighbours"


def bounds(question: QuizItem) -> Bounds:
    """The fewest and the most marks that any response to a question earns."""
    rule, points = rule_for(question), Fraction(question.points)
    wrong = len(question.order) - len(question.key) if rule.rule == "each-minus" else 1
    is_minus = rule.rule == "all" or rule.negative
    return Bounds(-points * rule.penalty * wrong if is_minus else _NONE, points)


def score(question: QuizItem, response: Sequence[str], decimal: str = ".") -> Fraction:
    """The marks of a response; `decimal` is the decimal sign of the paper's language.

    Raises:
        ValueError: the response has what the question has no place for.
    """
    rule, points = rule_for(question), Fraction(question.points)
    if not any(response):
        return _NONE
    if len(response) > _places(question):
        message = f"question {question.number} has {_places(question)} places, the response {len(response)}"
        raise ValueError(message)
    match question.section:
        case "mcq":
            return points * _chosen(rule, question, response)
        case "truefalse":
            return points * _judged(rule, question, response)
        case "matching":
            return points * _each(rule, _filled(question, response, LETTERS[: len(question.order)]), question.key)
        case "ordering":
            places = _filled(question, response, [str(n) for n in range(1, len(question.key) + 1)])
            return points * _ordered(rule, places, question.key)
        case "numeric":
            return points * judge(question.numeric, response[0], decimal).share if question.numeric else _NONE
        case "cloze" | "occlusion" | "basic":
            return points * _each(rule, _gaps(question, response), [RIGHT] * len(question.key))
        case "short" | "essay":
            return _given(question, response)


def _places(question: QuizItem) -> int:
    """How many entries a response has at most."""
    match question.section:
        case "mcq":
            return len(question.order)
        case "truefalse":
            return 2  # the verdict and its correction
        case "matching" | "ordering" | "cloze" | "occlusion" | "basic" | "numeric" | "short" | "essay":
            return len(question.key)


def _filled(question: QuizItem, response: Sequence[str], known: Container[str]) -> list[str]:
    """A response with an entry for each place, each of them known or empty."""
    _refuse_others(question, response, known)
    return [*response, *[""] * (len(question.key) - len(response))]


def _gaps(question: QuizItem, response: Sequence[str]) -> list[str]:
    """A response with `right` at each gap that is: where words have letters, those of the right words are."""
    known = LETTERS[: len(question.order)] if question.letters else ""
    filled = _filled(question, response, [RIGHT, *known])
    right = question.letters or [""] * len(filled)
    return [RIGHT if given in {RIGHT, *letters} else "" for given, letters in zip(filled, right, strict=True)]


def _refuse_others(question: QuizItem, response: Iterable[str], known: Container[str]) -> None:
    """Refuse an entry that is neither known nor empty."""
    for entry in response:
        if entry and entry not in known:
            message = f"question {question.number} has no place for '{entry}'"
            raise ValueError(message)


def _chosen(rule: Rule, question: QuizItem, response: Sequence[str]) -> Fraction:
    """The share of a choice.

    Of the options A to E, A and B are right. By `each`, whoever chooses A and C decides three of five rightly: B is
    left out and C chosen. By `each-minus` A earns 1/2, and C costs 1/3.
    """
    options = LETTERS[: len(question.order)]
    _refuse_others(question, response, options)
    chosen, right = set(response) - {""}, set(question.key)
    match rule.rule:
        case "each":
            return Fraction(sum((letter in chosen) == (letter in right) for letter in options), len(options))
        case "each-minus":
            earned = Fraction(len(chosen & right), len(right)) - len(chosen - right) * rule.penalty
            return earned if rule.negative else max(_NONE, earned)
        case "all" | "neighbours" | "positions":
            return _ALL if chosen == right else -rule.penalty


def _judged(rule: Rule, question: QuizItem, response: Sequence[str]) -> Fraction:
    """The share of a verdict: half of the marks of a false statement are for its correction, if more than one is given."""
    verdict, correction = [*response, ""][:2]
    _refuse_others(question, [verdict], ("true", "false"))
    _refuse_others(question, [correction], (CORRECTED,))
    if not verdict:
        return _NONE
    if verdict != question.key[0]:
        return -rule.penalty
    is_asked = verdict == "false" and question.points > 1
    return _HALF if is_asked and not correction else _ALL


def _each(rule: Rule, response: Sequence[str], key: Sequence[str]) -> Fraction:
    """The share of a response by its places: all of them or nothing, or a part for each."""
    share = Fraction(sum(given == right for given, right in zip(response, key, strict=True)), len(key))
    return share if rule.rule != "all" or share == 1 else _NONE


def _ordered(rule: Rule, response: Sequence[str], key: Sequence[str]) -> Fraction:
    """The share of an ordering.

    The steps stand printed as c, a, b, so the key is 3, 1, 2. Whoever writes 1, 2, 3 has the order c, a, b: no step in
    its place, and of two neighbours b after a. Of two steps that are given one place, neither has it.
    """
    if rule.rule != "neighbours":
        return _each(rule, response, key)
    placed = [place for place in response if response.count(place) == 1]
    given = {int(right): int(place) for place, right in zip(response, key, strict=True) if place in placed and place}
    follows = sum(given.get(step + 1, 0) == place + 1 for step, place in given.items())
    return Fraction(follows, len(key) - 1)


def _given(question: QuizItem, response: Sequence[str]) -> Fraction:
    """The marks that a marker gave for each part, up to those of the question."""
    parts = question.parts or (question.points,) * len(question.key)
    given = [Fraction(entry or 0) for entry in response]
    for marks, most in zip(given, parts, strict=False):
        if not 0 <= marks <= most:
            message = f"a part of question {question.number} is worth {most} marks, not {marks}"
            raise ValueError(message)
    return min(sum(given, _NONE), Fraction(question.points))
