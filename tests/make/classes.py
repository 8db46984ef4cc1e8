"""Classes that sit a paper of choices: takers of an ability, items of a difficulty, some of them with a wrong key.

The model is the usual one of three parameters: whoever does not know guesses, and is right in one case of five.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import NamedTuple

from builder.analysis.sittings import Sitting, sitting
from builder.paper.record import Edition, Quiz, QuizItem, Version
from builder.paper.responses import Answer, Responses, Taker

LETTERS = "ABCD"
_ABILITIES = [NormalDist().inv_cdf((place + 0.5) / 40) for place in range(40)]


@dataclass(frozen=True)
class Bank:
    """What the items of a bank are like: difficulty lies around `easy` (less is easier), discrimination around 1."""

    items: int = 30
    easy: float = -0.2
    apart: float = 1.0
    steep: float = 1.0
    uneven: float = 0.3
    guessing: float = 0.2
    options: int = 4


def quiz_of_choices(keys: list[str], options: int = 4, name: str = "made", language: str = "en") -> Quiz:
    """The record of a paper of choices with these keys, in one version and a language; the options stand as in the bank."""
    items = tuple(
        QuizItem(
            number=number,
            id=f"q{number:02}",
            kind="mcq",
            digest=f"{number:016x}",
            points=1,
            order=tuple(range(options)),
            key=(key,),
        )
        for number, key in enumerate(keys, 1)
    )
    version, edition = Version(name="A", items=items), Edition(language=language)
    return Quiz(course="made", title="Made", seed="1", name=name, edition=edition, versions=(version,))


def answered(quiz: Quiz, rows: list[list[str]]) -> Sitting:
    """A sitting in which each taker gave these letters, empty where a question was left out."""
    questions = quiz.items
    takers = tuple(
        Taker(
            f"s{number}",
            "A",
            {
                question.id: Answer((letter,), Fraction(letter in question.key))
                for question, letter in zip(questions, row, strict=True)
                if letter
            },
        )
        for number, row in enumerate(rows)
    )
    return sitting(quiz, Responses(takers, tuple(question.id for question in questions)))


class Truth(NamedTuple):
    """What is true of an item: which share of all takers is right, and which chooses each of the wrong options."""

    p: float
    wrong: tuple[float, ...]


def class_of(n: int, seed: int, bank: Bank | None = None) -> Sitting:
    """A class of `n`. The key of the first item is not the right option, but the one that most take for it."""
    return class_and_truth(n, seed, bank)[0]


def class_and_truth(n: int, seed: int, bank: Bank | None = None) -> tuple[Sitting, list[Truth]]:
    """The class of `class_of`, and what is true of each of its items: of takers of all abilities, in their proportions."""
    bank, chance = bank or Bank(), random.Random(seed)
    letters = LETTERS[: bank.options]
    abilities = [chance.gauss(0, 1) for _ in range(n)]
    columns, keys, truths = [], [], []
    for number in range(bank.items):
        steep, hard = bank.steep * math.exp(chance.gauss(0, bank.uneven)), chance.gauss(bank.easy, bank.apart)
        right = chance.choice(letters)
        wrong = [letter for letter in letters if letter != right]
        drawn = [chance.gammavariate(3, 1) for _ in wrong]
        column = []
        for ability in abilities:
            p = _right(bank, steep, ability - hard)
            column.append(right if chance.random() < p else chance.choices(wrong, drawn)[0])
        p = math.fsum(_right(bank, steep, it - hard) for it in _ABILITIES) / len(_ABILITIES)
        truths.append(Truth(p, tuple((1 - p) * part / sum(drawn) for part in drawn)))
        columns.append(column)
        keys.append(max(wrong, key=column.count) if number == 0 else right)
    quiz = quiz_of_choices(keys, bank.options)
    return answered(quiz, [list(row) for row in zip(*columns, strict=True)]), truths


def _right(bank: Bank, steep: float, easy: float) -> float:
    """The probability to be right of somebody whose ability is above the item's difficulty by `easy`."""
    return bank.guessing + (1 - bank.guessing) / (1 + math.exp(-steep * easy))
