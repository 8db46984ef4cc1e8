"""Results by theme, by theory and by Bloom level, for each student and for the class: by the record alone."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.grading.marks import added
from builder.model.fields import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.grading.marks import Result
    from builder.paper.record import Quiz, QuizItem

By = Literal["theme", "theory", "bloom"]
BY: tuple[By, ...] = ("theme", "theory", "bloom")
_LEVELS = ("remember", "understand", "apply", "analyze", "evaluate", "create")


class Share(NamedTuple):
    """The marks in one group of questions: `group` is an id, `title` what it is called; `of` the marks that were to earn."""

    by: By
    group: str
    title: str
    questions: int
    marks: Fraction
    of: Fraction

    @property
    def percent(self) -> Fraction:
        """The marks in per cent of those that were to earn."""
        return self.marks * 100 / self.of if self.of else Fraction(0)


def profile(quiz: Quiz, results: Iterable[Result]) -> Iterator[Share]:
    """The groups of the questions that these results have marks for, those of one student or of a class.

    Themes and theories come in the order of the course, Bloom levels from the lowest to the highest. A question that was
    dropped, not chosen or not marked yet counts in none; for a class, each student counts with what they answered.
    """
    titles: dict[By, Mapping[str, str]] = {
        "theme": quiz.themes,
        "theory": quiz.theories,
        "bloom": {level: level for level in _LEVELS},
    }
    marks: dict[str, list[Fraction]] = {}
    questions: dict[str, QuizItem] = {}
    for result in results:
        for answer in result.answers:
            if answer.marks is not None:
                marks.setdefault(answer.question.id, []).append(answer.marks)
                questions[answer.question.id] = answer.question
    groups: dict[tuple[By, str], list[str]] = {}
    for question in questions.values():
        for key in _groups(question):
            groups.setdefault(key, []).append(question.id)
    for by in BY:
        known = [*titles[by], *sorted({group for kind, group in groups if kind == by} - titles[by].keys())]
        for group in known:
            if own := groups.get((by, group)):
                of = _exact(plain(sum(questions[it].points * len(marks[it]) for it in own)))
                earned = added(mark for it in own for mark in marks[it])
                yield Share(by, group, titles[by].get(group, group), len(own), earned, of)


_exact = lru_cache(maxsize=4096)(Fraction)  # a class has few different sums


def _groups(question: QuizItem) -> tuple[tuple[By, str], ...]:
    """What a question is about."""
    about: dict[By, str] = {"theme": question.theme, "theory": question.theory, "bloom": question.bloom}
    return tuple(pair for pair in about.items() if pair[1])
