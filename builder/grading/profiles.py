"""Results by theme, by theory and by Bloom level, for each student and for the class: by the record alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.grading.marks import Result
    from builder.paper.record import Quiz

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
    sums: dict[tuple[By, str], tuple[set[str], Fraction, Fraction]] = {}
    for result in results:
        for answer in result.answers:
            if answer.marks is None:
                continue
            question = answer.question
            groups: tuple[tuple[By, str], ...] = (
                ("theme", question.theme),
                ("theory", question.theory),
                ("bloom", question.bloom),
            )
            for key in groups:
                if key[1]:
                    items, marks, of = sums.get(key, (set(), Fraction(0), Fraction(0)))
                    items.add(question.id)
                    sums[key] = items, marks + answer.marks, of + Fraction(question.points)
    for by in BY:
        known = [*titles[by], *sorted({group for kind, group in sums if kind == by} - titles[by].keys())]
        for group in known:
            if (by, group) in sums:
                items, marks, of = sums[by, group]
                yield Share(by, group, titles[by].get(group, group), len(items), marks, of)
