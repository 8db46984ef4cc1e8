"""Marks from answers: by the record's own rules, and by what markers give for what no machine reads.

Nothing that is not known is taken for 0. An answer in doubt, a page that was
not scanned and a question that nobody marked yet leave a result provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.diagnostics import BuilderError
from builder.grading.filled import filled, is_in_circles
from builder.paper.scoring import score
from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.grading.filled import Filled
    from builder.grading.pages import Page
    from builder.grading.rows import Row
    from builder.paper.record import Quiz, QuizItem, Version

# How an answer is known, or why it is not.
State = Literal[
    "read", "decided", "blank", "doubt", "no page", "not marked", "marked", "not chosen", "credited", "dropped"
]
OPEN: tuple[State, ...] = ("doubt", "no page", "not marked")
_ABSENT = Fraction(-1)


class Answer(NamedTuple):
    """What a student answered: `given` in the signs of the key, and the marks, None as long as they are not known.

    `is_whole` is false where a marker still has to look at the correction of a statement. `also` are other keys by which
    the answer is right too.
    """

    question: QuizItem
    given: tuple[str, ...]
    state: State
    marks: Fraction | None
    is_whole: bool = True
    also: tuple[tuple[str, ...], ...] = ()

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """All keys by which it is right, in the signs of the sheet."""
        return (self.question.signs, *self.also)

    @property
    def is_right(self) -> bool:
        """Whether it is one of the keys: where two words are right at a gap, with either of their letters."""
        if not self.question.letters:
            return self.given in self.keys
        return any(
            len(key) == len(self.given) and all(it and it in known for it, known in zip(self.given, key, strict=True))
            for key in self.keys
        )


@dataclass(frozen=True)
class Result:
    """All answers of a student in a version, in the order of the paper.

    `sheet` is the hash of the first page, `of` the marks of the paper less those of questions that were dropped.
    """

    student: str
    name: str
    version: str
    answers: tuple[Answer, ...]
    missing: tuple[int, ...]  # pages of the sheet
    sheet: str
    of: Fraction

    @cached_property
    def total(self) -> Fraction:
        """The marks that are known."""
        return added(answer.marks for answer in self.answers if answer.marks is not None)

    @cached_property
    def percent(self) -> Fraction:
        """The marks that are known, in per cent of those of the paper."""
        return self.total * 100 / self.of if self.of else Fraction(0)

    @cached_property
    def open(self) -> tuple[str, ...]:
        """What is not known yet, in words; nothing where the result is final."""
        said = [f"page {page} is not read" for page in self.missing]
        counts: dict[str, int] = {state: sum(answer.state == state for answer in self.answers) for state in OPEN}
        counts["not marked"] += sum(not answer.is_whole for answer in self.answers)
        words = {"doubt": "in doubt", "not marked": "not marked"}
        return (*said, *(f"{counts[state]} {word}" for state, word in words.items() if counts[state]))


def added(amounts: Iterable[Fraction]) -> Fraction:
    """The sum of amounts, of which most have one of a few denominators: 1/2 + 3 + 1/2 is (1 + 1)/2 + 3."""
    sums: dict[int, int] = {}
    for amount in amounts:
        above, below = amount.as_integer_ratio()
        sums[below] = sums.get(below, 0) + above
    total, *more = (_fraction(above, below) for below, above in sums.items()) if sums else (Fraction(0),)
    return sum(more, total)


_fraction = lru_cache(maxsize=4096)(Fraction)  # a class has few different sums


# Marks by student and item; None where markers differ, so that nobody knows them yet.
Given = dict[tuple[str, str], Fraction | None]


def results(quiz: Quiz, pages: Mapping[str, Mapping[int, Page]], given: Given) -> Iterator[Result]:
    """The result of each student of whom a page was read, in the order of the roster, then of the ids.

    Raises:
        BuilderError: a student has marks for more questions than were to be chosen.
    """
    names = {student.id: student.name for student in quiz.students}
    known = [student.id for student in quiz.students if student.id in pages]
    points = Fraction(quiz.points)
    for student in [*known, *sorted(set(pages) - set(known))]:
        own = pages[student]
        first = next(iter(own.values()), None)
        if first is None or first.layout is None:
            continue  # all of the pages are in the queue
        layout = first.layout
        missing = tuple(n for n in range(1, len(layout.pages) + 1) if n not in own)
        rows = {row.question.id: row for page in own.values() for row in page.rows}
        told = filled(own.values(), layout.version, rows)
        answers = _answers(quiz, layout.version, student, rows, given, told)
        sheet = own[min(own)].digest
        name = names.get(student, "")
        yield Result(student, name, layout.version.name, answers, missing, sheet, points)


def _answers(
    quiz: Quiz, version: Version, student: str, rows: Mapping[str, Row], given: Given, told: Filled
) -> tuple[Answer, ...]:
    """The answers of a student; marks from a table count before those that are filled in on the sheet."""
    decimal = decimal_sign(quiz.edition.language)
    answers = [
        Answer(question, (), "not marked", None)
        if given.get(key := (student, question.id), _ABSENT) is None
        else _answer(question, rows.get(question.id), given.get(key, told.marks.get(question.id)), decimal)
        for question in version.items
    ]
    return chosen(quiz, student, answers, told.chosen)


def chosen(
    quiz: Quiz, student: str, answers: Sequence[Answer], told: Mapping[str, frozenset[str]] | None = None
) -> tuple[Answer, ...]:
    """The answers, some of them not chosen where a part of the paper lets candidates choose.

    `told` are the items that were chosen, as the sheet says, by part.

    Raises:
        BuilderError: the student has marks for more questions than were to be chosen.
    """
    for part, most in quiz.choose.items():
        answers = [_unless_answered(answer, part) for answer in answers]
        if told and part in told:
            answers = [_unless_chosen(answer, part, told[part]) for answer in answers]
        answers = _chosen(student, answers, part, most)
    return tuple(answers)


def _answer(question: QuizItem, row: Row | None, marked: Fraction | None, decimal: str) -> Answer:
    """What a student answered to one question."""
    if not is_in_circles(question):
        return Answer(question, (), "not marked" if marked is None else "marked", marked)
    if row is None:
        return Answer(question, (), "no page" if marked is None else "marked", marked)
    if row.doubt:
        return Answer(question, (), "doubt" if marked is None else "marked", marked)
    if marked is not None:
        return Answer(question, row.answer, "marked", marked)
    state: State = "decided" if row.is_decided else "read" if row.answer else "blank"
    return scored(Answer(question, row.answer, state, None), decimal)


def scored(answer: Answer, decimal: str) -> Answer:
    """An answer that was read with its marks: the most that any of its keys gives; `decimal` is the sign of the language."""
    questions = [answer.question, *(answer.question.with_signs(key) for key in answer.also)]
    marks, is_whole = max(
        (score(it, answer.given, decimal), not _wants_correction(it, answer.given)) for it in questions
    )
    return answer._replace(marks=marks, is_whole=is_whole)


def _wants_correction(question: QuizItem, answer: Sequence[str]) -> bool:
    """Whether half of the marks are for a correction that a person has to read."""
    is_false = question.section == "truefalse" and tuple(answer) == question.key == ("false",)
    return is_false and question.points > 1


def _unless_answered(answer: Answer, part: str) -> Answer:
    """The answer, not chosen where candidates choose and its circles are blank."""
    is_left = answer.question.under == part and answer.state == "blank"
    return answer._replace(state="not chosen", marks=None) if is_left else answer


def _unless_chosen(answer: Answer, part: str, chosen: frozenset[str]) -> Answer:
    """The answer, not chosen where it is of a part of which others are; marks from a table tell otherwise."""
    is_other = answer.question.under == part and answer.question.id not in chosen
    return answer._replace(state="not chosen") if is_other and answer.marks is None else answer


def _chosen(student: str, answers: Sequence[Answer], part: str, most: int) -> list[Answer]:
    """The answers, where only so many questions of a part are answered: once those have marks, the others are not chosen."""
    own = [answer for answer in answers if answer.question.under == part]
    marked = sum(answer.marks is not None for answer in own)
    if marked > most and any(answer.state == "read" for answer in own):  # which of them count is for a person
        return [a._replace(state="doubt", marks=None) if a in own and a.state == "read" else a for a in answers]
    if marked > most:
        names = " and ".join(answer.question.id for answer in own if answer.marks is not None)
        message = (
            f"{student} has marks for {names}, and candidates answer {most} of their part: delete those that do not count "
            "from the table of --marks, or say in decisions.yaml which question was chosen (`chosen:`)"
        )
        raise BuilderError(message)
    spare = len(own) - most if marked < most else len(own) - marked
    spare -= sum(answer.state == "not chosen" for answer in own)
    kept = []
    for answer in reversed(answers):
        is_open = answer.question.under == part and answer.marks is None and answer.state != "not chosen"
        if is_open and spare > 0:
            spare -= 1
            kept.append(answer._replace(state="not chosen"))
        else:
            kept.append(answer)
    return kept[::-1]
