"""Answers as they are stored: apart from the key, and from whose they are, so that they can be marked again at any time.

`answers.jsonl` has a line for each sheet, by the hash of its first page: the
version, what each question says, how that is known, and what a marker gave.
`sheets.csv` alone says whose sheet it is. A key that is changed changes neither
file; an id that is corrected changes `sheets.csv` alone.
"""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast, get_args

from builder.diagnostics import BuilderError
from builder.grading.marks import Answer, Given, Result, State, chosen, scored
from builder.text.cells import guarded, unguarded
from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.paper.record import Quiz, QuizItem

ANSWERS, SHEETS = "answers.jsonl", "sheets.csv"
_SCHEMA = "her-study/answers/1"
_READ: tuple[State, ...] = ("read", "decided", "blank")  # which the key of the question marks
_HEAD = ("sheet", "student")


def files(quiz: Quiz, results: Sequence[Result]) -> dict[str, bytes]:
    """Both files of these results, in the order of the sheets' hashes: who they are of changes nothing in the first."""
    ordered = sorted(results, key=lambda result: result.sheet)
    lines = [{"schema": _SCHEMA, "paper": quiz.identity}, *map(_line, ordered)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_HEAD, *((it.sheet, guarded(it.student)) for it in ordered)])
    text = "".join(f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n" for line in lines)
    return {ANSWERS: text.encode(), SHEETS: out.getvalue().encode()}


def _line(result: Result) -> dict[str, Any]:
    """The line of a sheet: for each item the state, and where there are any the answer and the marks that were given."""
    answers = {}
    for answer in result.answers:
        entry: dict[str, Any] = {"state": answer.state}
        if answer.given:
            entry["answer"] = answer.given
        if answer.state == "marked":
            entry["marks"] = str(answer.marks)
        answers[answer.question.id] = entry
    missing = {"missing": result.missing} if result.missing else {}
    return {"sheet": result.sheet, "version": result.version, **missing, "answers": answers}


def results(quiz: Quiz, answers: str, sheets: str, given: Given) -> list[Result]:
    """The results of stored answers by the record's own key, in the order of the roster, then of the ids.

    Marks that markers give now stand in the place of those that are stored.

    Raises:
        BuilderError: the files are not those that `grade` wrote for this paper.
    """
    try:
        found = list(_results(quiz, answers, sheets, given))
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        message = f"{ANSWERS} and {SHEETS} are not as her-study wrote them ({error}); run grade on the scans again"
        raise BuilderError(message) from error
    places = {student.id: place for place, student in enumerate(quiz.students)}
    return sorted(found, key=lambda it: (places.get(it.student, len(places)), it.student))


def _results(quiz: Quiz, answers: str, sheets: str, given: Given) -> Iterator[Result]:
    head, *lines = map(json.loads, answers.splitlines())
    if (head["schema"], head["paper"]) != (_SCHEMA, quiz.identity):
        message = f"{ANSWERS} holds the answers to another paper ({head['paper']}), not to {quiz.identity}"
        raise BuilderError(message)
    points, decimal = Fraction(quiz.points), decimal_sign(quiz.edition.language)
    owners = {sheet: unguarded(student) for sheet, student in csv.reader(io.StringIO(sheets))}
    names = {student.id: student.name for student in quiz.students}
    versions = {version.name: version.items for version in quiz.versions}
    known: dict[tuple[str, ...], Answer] = {}  # what a class answers is much the same
    for line in lines:
        student, said = owners[line["sheet"]], line["answers"]
        restored = []
        for question in versions[line["version"]]:
            entry = said[question.id]
            answer = entry.get("answer", ())
            if given and (student, question.id) in given:
                marks = given[student, question.id]
                restored.append(Answer(question, tuple(answer), "not marked" if marks is None else "marked", marks))
                continue
            key = (line["version"], question.id, entry["state"], entry.get("marks", ""), *answer)
            if key not in known:
                known[key] = _restored(question, entry, decimal)
            restored.append(known[key])
        missing = tuple(line.get("missing", ()))
        yield Result(
            student,
            names.get(student, ""),
            line["version"],
            chosen(quiz, student, restored),
            missing,
            line["sheet"],
            points,
        )


def _restored(question: QuizItem, entry: Mapping[str, Any], decimal: str) -> Answer:
    """An answer as it was before it was stored."""
    state, given = entry["state"], tuple(entry.get("answer", ()))
    if state not in get_args(State):
        message = f"there is no state '{state}'"
        raise ValueError(message)
    if state in _READ:
        return scored(Answer(question, given, cast("State", state), None), decimal)
    if state == "marked":
        return Answer(question, given, "marked", Fraction(entry["marks"]))
    return Answer(question, given, cast("State", state), None)
