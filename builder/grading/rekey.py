"""Changes of the key after an exam: another right answer, a second one, a question that is dropped or credited to all.

    changes:
      - item: sources-2
        key: B                    # the right answer, in the letters of `version`
        version: A
        reason: The appendix says so.
        by: M. Rossi
      - {item: dates-1, also: D, version: A, reason: Two editions differ.}
      - {item: dates-4, drop: yes, reason: It was not taught.}
      - {item: names-3, credit: yes, reason: A misprint.}
      - {item: names-7, drop: yes, if_it_helps: yes, reason: Too hard.}
      - {grades: {A: 85, B: 75, F: 0}, reason: The board decided so on 3 May.}

Changes are applied in the order of the file, to answers as they were read. With
`if_it_helps`, each student has the better of before and after: more marks, or
where a question is dropped a higher share of the marks. `credit` gives all
marks to everybody who was to answer the question. What a person has marked
stays as it is under another key.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, NamedTuple, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from builder.diagnostics import BuilderError
from builder.grading.decisions import read_as
from builder.grading.keys import other_key
from builder.grading.marks import Answer, scored
from builder.model.fields import Frozen, Text
from builder.model.grades import Grades, GradeScale
from builder.text.numbers import decimal_sign
from builder.wording.exams import exam_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from builder.grading.marks import Result, State
    from builder.paper.record import Quiz

FILE = "rekey.yaml"
_KINDS = ("key", "also", "drop", "credit", "grades")
_READ: tuple[State, ...] = ("read", "decided", "blank")


class Change(Frozen):
    """One change, and why it was made; `by` is who made it.

    It says one of `key` (the right answer), `also` (another right one), `drop` (it counts for nobody), `credit` (all its
    marks for everybody who was to answer it) and `grades` (of the whole paper). Letters are those of `version`. With
    `if_it_helps` each student has the better of before and after.
    """

    item: str = ""
    version: str = ""
    key: Text | None = None
    also: Text | None = None
    drop: bool = False
    credit: bool = False
    grades: Grades | None = None
    if_it_helps: bool = False
    reason: Text
    by: str = ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(bool(getattr(self, kind)) for kind in _KINDS) != 1:
            message = "a change says one of key, also, drop, credit and grades"
            raise PydanticCustomError("not-one-change", message)
        if bool(self.item) == bool(self.grades):
            message = "a change names its item; one of the grades names none"
            raise PydanticCustomError("no-item", message)
        return self

    @property
    def said(self) -> str:
        """What is changed, in English, as tables and the screen say it."""
        return self.said_in(exam_words("en").rekey)

    def said_in(self, words: Mapping[str, str], shown: Callable[[str], str] = str) -> str:
        """What is changed, in the words of a language; `shown` is how it has a key, such as `V` for `true`."""
        kind = next(kind for kind in _KINDS if getattr(self, kind))
        key = self.key or self.also
        what = words[kind].format(shown(key)) if key else words[kind]
        if key and self.version:
            what = words["version"].format(what, self.version)
        return words["if_it_helps"].format(what) if self.if_it_helps else what


class Changes(Frozen):
    """Changes of the key and the grades after an exam, for `grade --rekey`; rekey.yaml in the results' folder is always read.

    They are applied in the order of the file, to the answers as they were read: no scan is needed.
    """

    changes: Annotated[tuple[Change, ...], Field(max_length=1000)] = ()


class Audit(NamedTuple):
    """What a change did: how many students have more or less of the marks by it, and how many marks of people it left."""

    change: Change
    up: int
    down: int
    kept: int
    regraded: int

    @property
    def line(self) -> str:
        """The change, who moves by it and why it was made, in one line."""
        it = self.change
        who = f"; by {it.by}" if it.by else ""
        kept = f", {self.kept} marked by hand and left" if self.kept else ""
        graded = f", {self.regraded} with another grade" if self.regraded else ""
        return f"{it.item or 'paper'}: {it.said}: {self.up} up, {self.down} down{graded}{kept}; {it.reason}{who}"


class Grader(NamedTuple):
    """What makes grades of results: a scale, or none, and the marks of the whole paper."""

    scale: GradeScale | None
    points: Fraction

    def grade(self, result: Result) -> str:
        """The grade of a final result; nothing where there is no scale, or something is not known yet.

        A scale in marks is that of the whole paper: where questions were dropped, the marks count in proportion.
        """
        if self.scale is None or result.open or not result.of:
            return ""
        return self.scale.grade(result.total * self.points / result.of, self.points)

    def said(self, result: Result, decimal: str) -> str:
        """The grade as a language with that `decimal` sign says it: the name of a step, or the number of a line."""
        grade = self.grade(result)
        return grade.replace(".", decimal) if self.scale and self.scale.line else grade


def grader_of(quiz: Quiz) -> Grader:
    """What makes grades of results by the record of the paper."""
    return Grader(quiz.grades, Fraction(quiz.points))


class Rekeyed(NamedTuple):
    """The results after all changes and a line for each of these; `first` made grades before them, `grader` does after."""

    results: list[Result]
    audit: list[Audit]
    first: Grader
    grader: Grader


def changes_of(path: str, text: str) -> Changes:
    """The changes that a file holds.

    Raises:
        BuilderError: it is no YAML, or has what no change has.
    """
    return read_as(Changes, path, text, "rekey")


def rekeyed(quiz: Quiz, results: Iterable[Result], changes: Changes) -> Rekeyed:
    """The results after all changes.

    Raises:
        BuilderError: a change names no item of the paper, or can't be made to that one.
    """
    now, audit, first = list(results), [], grader_of(quiz)
    grader = first
    dropped: dict[str, int] = {}  # for all, by which change
    for number, change in enumerate(changes.changes, 1):
        if change.item in dropped:
            message = (
                f"change {number} ({change.item}): change {dropped[change.item]} has dropped it for all, "
                "so that nothing else counts: delete one of the two"
            )
            raise BuilderError(message)
        after = now if change.grades else _changed(quiz, now, change, number)
        later = Grader(change.grades, grader.points) if change.grades else grader
        pairs = [(old, new) for old, new in zip(now, after, strict=True) if old is not new or change.grades]
        moves = Counter((new.percent > old.percent) - (new.percent < old.percent) for old, new in pairs)
        kept = sum(_is_kept(result, change) for result in now)
        regraded = sum(grader.grade(old) != later.grade(new) for old, new in pairs if not old.open)
        audit.append(Audit(change, moves[1], moves[-1], kept, regraded))
        now, grader = after, later
        if change.drop and not change.if_it_helps:
            dropped[change.item] = number
    return Rekeyed(now, audit, first, grader)


def _is_kept(result: Result, change: Change) -> bool:
    """Whether a person has marked the question that gets another key."""
    return bool(change.key or change.also) and any(
        answer.question.id == change.item and answer.state == "marked" for answer in result.answers
    )


def _changed(quiz: Quiz, results: Sequence[Result], change: Change, number: int) -> list[Result]:
    """The results after one change."""
    where = f"change {number} ({change.item})"
    first = next((item for item in quiz.items if item.id == change.item), None)
    if first is None:
        message = f"{where}: no such item is on the paper; take the id from results.csv"
        raise BuilderError(message)
    if change.drop and first.under in quiz.choose:
        message = (
            f"{where}: candidates choose among the questions of its part, so it can't be dropped; credit it instead"
        )
        raise BuilderError(message)
    places = {version.name: [it.id for it in version.items].index(change.item) for version in quiz.versions}
    keys = dict(_keys(quiz, change, where)) if change.key or change.also else {}
    if change.also and any(keys.get(it.version) in it.answers[places[it.version]].keys for it in results):
        message = f"{where}: '{change.also}' is right already: write the answer that is right as well"
        raise BuilderError(message)
    decimal = decimal_sign(quiz.edition.language)
    known: dict[tuple[object, ...], Answer] = {}
    made = []
    for result in results:
        place = places[result.version]
        before = result.answers[place]
        key = (result.version, before.question.signs, *before[1:])
        if key not in known:
            known[key] = _answer(before, change, keys.get(result.version, ()), decimal)
        answers = (*result.answers[:place], known[key], *result.answers[place + 1 :])
        made.append(_better(result, replace(result, answers=answers), before, known[key], change))
    return made


def _keys(quiz: Quiz, change: Change, where: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The new key in the signs of each version.

    Raises:
        BuilderError: the key does not fit the question, or its letters differ between versions and none is named.
    """
    questions = {version.name: next(it for it in version.items if it.id == change.item) for version in quiz.versions}
    if change.version and change.version not in questions:
        message = f"{where}: there is no version {change.version}, but {', '.join(questions)}"
        raise BuilderError(message)
    if not change.version and len({it.order for it in questions.values()}) > 1:
        message = f"{where}: versions have other letters for one option; say whose these are, such as 'version: A'"
        raise BuilderError(message)
    of = questions[change.version or next(iter(questions))]
    for name, question in questions.items():
        yield name, other_key(change.key or change.also or "", of, question, where)


def _answer(answer: Answer, change: Change, key: tuple[str, ...], decimal: str) -> Answer:
    """An answer after a change, whether that helps or not."""
    if answer.state in {"not chosen", "dropped"}:
        return answer
    if change.drop:
        return answer._replace(state="dropped", marks=None, is_whole=True)
    if change.credit:
        return answer._replace(state="credited", marks=Fraction(answer.question.points), is_whole=True)
    if change.also:
        answer = answer._replace(also=(*answer.also, key))
    else:
        answer = answer._replace(question=answer.question.with_signs(key), also=())
    return scored(answer, decimal) if answer.state in _READ else answer


def _better(old: Result, new: Result, before: Answer, after: Answer, change: Change) -> Result:
    """The result after a change, or the one before it, if that is better and the change is only to help."""
    if after.state == "dropped" and before.state != "dropped":
        new = replace(new, of=old.of - Fraction(before.question.points))
    if not change.if_it_helps:
        return new
    if before.marks is None and before.state != "dropped":
        return old  # nobody knows yet whether it helps
    return new if new.percent > old.percent else old
