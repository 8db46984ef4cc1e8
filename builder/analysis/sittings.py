"""Sittings as numbers: the marks of each taker for each question, and what was left out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from builder.model.fields import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.paper.record import Quiz, QuizItem
    from builder.paper.responses import Responses, Taker


class Mark(NamedTuple):
    """What a taker earned at a question: `marks`, and the index of the one option that was chosen, in the bank's order.

    `chosen` is empty where several may be chosen and none was; `state` is `answered`, `omitted` or `not reached`.
    """

    marks: float
    chosen: tuple[int, ...]
    state: str


class Sitting(NamedTuple):
    """A paper that was sat. `rows` have, for each taker, the marks by item id; a question not chosen is missing.

    `most` are the marks that a taker could earn at the questions that were marked.
    """

    name: str
    questions: tuple[QuizItem, ...]
    takers: tuple[Taker, ...]
    rows: tuple[Mapping[str, Mark], ...]
    totals: tuple[float, ...]
    most: float


def sitting(quiz: Quiz, responses: Responses) -> Sitting:
    """The answers to a paper as numbers, for the questions that were marked.

    Of a part of which candidates choose some questions, those that a taker left out are not counted, nor those that
    they answered beyond the number, in printed order.
    """
    printed = {version.name: [it for it in version.items if it.id in responses.asked] for version in quiz.versions}
    rows = [dict(_row(quiz, taker, printed[taker.version])) for taker in responses.takers]
    questions = tuple(item for item in quiz.items if item.id in responses.asked)
    totals = tuple(math.fsum(mark.marks for mark in row.values()) for row in rows)
    return Sitting(quiz.name, questions, responses.takers, tuple(rows), totals, _most(quiz, questions))


def _most(quiz: Quiz, questions: Sequence[QuizItem]) -> float:
    """The marks of all these questions; of those to choose from, of as many as are answered."""
    parts: dict[str, list[float]] = {}
    for question in questions:
        parts.setdefault(question.under, []).append(question.points)
    return math.fsum(math.fsum(points[: quiz.choose.get(part)]) for part, points in parts.items())


def _row(quiz: Quiz, taker: Taker, printed: Sequence[QuizItem]) -> Iterator[tuple[str, Mark]]:
    """The marks of a taker, in printed order."""
    reached = max((place for place, it in enumerate(printed) if it.id in taker.answers), default=-1)
    answered: dict[str, int] = {}
    for place, question in enumerate(printed):
        answer = taker.answers.get(question.id)
        if question.under in quiz.choose:
            answered[question.under] = answered.get(question.under, 0) + (answer is not None)
            if answer is None or answered[question.under] > quiz.choose[question.under]:
                continue
        if answer is None:
            yield question.id, Mark(0.0, (), "omitted" if place < reached else "not reached")
        else:
            yield question.id, Mark(float(answer.marks), tuple(_chosen(question, answer.entries)), "answered")


def _chosen(question: QuizItem, entries: Sequence[str]) -> Iterator[int]:
    """The options that are chosen, in the bank's order: `true` is 0 and `false` is 1."""
    if question.section == "mcq":
        yield from (question.order[LETTERS.index(entry)] for entry in entries)
    elif question.section == "truefalse" and entries:
        yield ("true", "false").index(entries[0])


def right_options(question: QuizItem) -> frozenset[int]:
    """The right options of a choice or a verdict, in the bank's order; none for other questions."""
    return frozenset(_chosen(question, question.key))


def option_count(question: QuizItem) -> int:
    """How many options can be chosen; 0 where nothing is."""
    match question.section:
        case "mcq":
            return len(question.order)
        case "truefalse":
            return 2
        case _:
            return 0


def weights(values: Sequence[float], low: float, high: float) -> list[float]:
    """How far each value lies in the ranks from `low` to `high`, from 0 for the least; equal values share their ranks.

    Of 1, 2, 2 and 3, the ranks 0 to 2 hold all of the 1 and half of each 2.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        part = max(0.0, min(high, end) - max(low, start)) / (end - start)
        for place in order[start:end]:
            found[place] = part
        start = end
    return found
