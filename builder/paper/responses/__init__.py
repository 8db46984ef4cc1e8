"""The answers to a paper: a table that was typed by hand, or that a marker or a system wrote.

Two forms are read, as CSV with any of the usual delimiters, or as an Excel workbook:

- wide: the columns `student` and `version`, then one for each question, headed by the item's id, or by its number
  on the student's own version (`12`, `12a`);
- long: a line for each answer, with the columns `student`, `item` and `answer`, or `marks` where a marker gave these.
  With both, the marks are those that were given. That is what `grade` writes as responses.csv; by its column `state`,
  a student of whom something is not known yet is left out, and told of. An answer that was credited, or dropped where
  that helps, is marked by the record's key all the same; a question that was dropped for all counts for nobody.

`version` may be missing where the record names the students, or where there is one version alone.

What stands in a cell is written as in `builder.paper.scoring`, in one cell:

- a choice: the letters, `B` or `AC`; true or false: `true`, `false` or `false corrected`, or as the sheet prints it, `V`;
- a matching, an ordering: the letter or the number at each place, `B A C`, with `-` where there is none;
- a gap, a box, few words: `right`, `wrong`, `-` or the letter of a word for each; a number: as it was written;
- a short answer, an essay: one number, the marks for all of it; or a number for each part, `1.5 - 2`.

An empty cell is a question that was left out. A question without a column, or with nothing in it for anybody, was not
marked yet: it counts for nobody. A cell that looks like a formula is a text like any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError, did_you_mean
from builder.paper.record import MOST_ID, MOST_STUDENTS
from builder.paper.responses import cells
from builder.paper.roster.columns import FIRSTS, LASTS, NAMES, NUMBERS, RUNNING, plain
from builder.paper.roster.table import beyond, lines
from builder.text.cells import unguarded
from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from builder.paper.record import Quiz, QuizItem
    from builder.paper.roster.table import Line

MOST_CELL = 1000  # characters
_NAMED = 5  # problems in one message
_STUDENT = ("student", "id", *NUMBERS, *RUNNING)
_LONG = ("item", "question")
_IGNORED = frozenset({*NAMES, *FIRSTS, *LASTS, "total", "grade", "sum"}) - {"student"}


class Answer(NamedTuple):
    """What a student gave to a question, `entries` in the signs of the key, and the marks that it earns."""

    entries: tuple[str, ...]
    marks: Fraction


class Taker(NamedTuple):
    """A student's paper: its version, and the answers by item id; a question that was left out is missing."""

    student: str
    version: str
    answers: Mapping[str, Answer]


class Responses(NamedTuple):
    """The answers of a sitting: `asked` are the ids of the questions that were marked, in the order of the record."""

    takers: tuple[Taker, ...]
    asked: tuple[str, ...]
    notes: tuple[str, ...] = ()


_OPEN = frozenset({"doubt", "no page", "not marked"})  # what `grade` says of an answer that nobody knows yet
_NOTHING = frozenset({"blank", "not chosen"})
_REGARDLESS = frozenset({"dropped", "credited"})  # marks that do not depend on the answer


class _Given(NamedTuple):
    """A cell that holds an answer, and where it stands; `marks` are those given beside it, if any are."""

    line: int
    student: str
    version: str
    item: str  # as the file names it
    text: str
    is_marks: bool = False
    marks: str = ""


def read(name: str, data: bytes, quiz: Quiz) -> Responses:
    """The answers that a file has to the questions of a paper, with their marks by the rules of its record.

    `name` is that of the file, for messages.

    Raises:
        BuilderError: the file is no such table, or lines are faulty; each is named by its number.
    """
    found = lines(name, data, lambda some: sum(_is_known(cell, quiz) for line in some[:1] for cell in line.cells))
    if not found:
        message = f"{name}: nothing stands in it; write student,version and the ids of the items in the first line"
        raise BuilderError(message)
    if len(found) > MOST_STUDENTS * 100:
        message = f"{name}: {len(found)} lines, more than {MOST_STUDENTS * 100}; cut it into several"
        raise BuilderError(message)
    problems: list[str] = []
    notes: list[str] = []
    heads = [plain(cell) for cell in found[0].cells]
    student = next((heads.index(it) for it in _STUDENT if it in heads), None)
    if student is None:
        shown = ", ".join(f"'{cell[:40]}'" for cell in found[0].cells[:12])
        message = f"{name}: line {found[0].number} has no column 'student', but {shown}; name it so"
        raise BuilderError(message)
    if {"percent", "result", "open"} <= set(heads):
        message = f"{name}: results, with marks and no answers; give responses.csv, which `grade` wrote beside it"
        raise BuilderError(message)
    table = _Table(quiz, found, heads, student, problems, notes)
    given = list(table.long() if any(it in table.item_heads for it in _LONG) else table.wide())
    takers, asked = _marked(quiz, given, table.students, problems)
    waiting = {student for student, item in table.open if item in asked}
    takers = tuple(taker for taker in takers if taker.student not in waiting)
    if not problems and not takers:
        problems.append("of every student an answer is not known yet" if waiting else "no answer in it")
    if problems:
        more = f"; and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
        message = f"{name}: {'; '.join(problems[:_NAMED])}{more}; correct the file"
        raise BuilderError(message)
    notes += _missing(table, takers, asked, waiting)
    return Responses(takers, asked, tuple(f"{name}: {note}" for note in notes))


def _missing(table: _Table, takers: Sequence[Taker], asked: Sequence[str], waiting: set[str]) -> Iterator[str]:
    """Who and what is left out."""
    there = {taker.student for taker in takers} | waiting
    groups = {
        "of whom an answer is not known yet, and so left out": [it for it in table.students if it in waiting],
        "without any answer, and so taken for absent": [it for it in table.students if it not in there],
        "with another version than the roster has, which counts here": [
            f"{it} ({version})" for it, version in table.students.items() if table.named.get(it, version) != version
        ],
        "of the questions left out, for want of any answer": [it.id for it in table.quiz.items if it.id not in asked],
    }
    for said, names in groups.items():
        if names:
            yield f"{len(names)} {said}: {', '.join(names[:_NAMED])}"


def _is_known(cell: str, quiz: Quiz) -> bool:
    head = plain(cell)
    return head in {*_STUDENT, *_LONG, "version", "answer", "marks"} or any(head == item.id for item in quiz.items)


class _Table:
    """The lines of a file, as answers; `students` are those that it names, with their versions."""

    def __init__(
        self, quiz: Quiz, found: Sequence[Line], heads: list[str], student: int, problems: list[str], notes: list[str]
    ) -> None:
        self.quiz, self.lines, self.heads, self.student = quiz, found[1:], heads, student
        self.problems, self.notes = problems, notes
        self.students: dict[str, str] = {}
        self.open: list[tuple[str, str]] = []  # a student, and an item of which nothing is known yet
        self.named = {it.id: it.version for it in quiz.students}
        self.versions = [version.name for version in quiz.versions]
        self.head_line = found[0]
        self.item_heads = set(heads) - {item.id for item in quiz.items}  # an item may be called `question`

    def wide(self) -> Iterator[_Given]:
        """A line a student."""
        columns = self._columns()
        seen: dict[str, int] = {}
        for line in self.lines:
            who = self._who(line)
            if who is None:
                continue
            if who[0] in seen:
                self.problems.append(f"line {line.number} has the student '{who[0]}' of line {seen[who[0]]}")
            seen.setdefault(who[0], line.number)
            for place, item in columns:
                if text := _cell(line, place):
                    yield _Given(line.number, *who, item, text)

    def _columns(self) -> list[tuple[int, str]]:
        """The columns that hold answers, with what they are headed by."""
        found: list[tuple[int, str]] = []
        labels = {_bare(item.label) for item in self.quiz.items}
        ids = {item.id for item in self.quiz.items}
        for place, (head, cell) in enumerate(zip(self.heads, self.head_line.cells, strict=True)):
            if place == self.student or head in {"version", ""}:
                continue
            if head in ids or _bare(head) in labels:
                if head in [it for _, it in found]:
                    self.problems.append(f"line {self.head_line.number} has the column '{cell[:40]}' twice")
                found.append((place, head))
            elif head in _IGNORED:
                self.notes.append(f"the column '{cell[:40]}' holds no answers, and is left out")
            else:
                near = did_you_mean(head, ids) or "it is no item of this paper"
                self.problems.append(f"line {self.head_line.number} has the column '{cell[:40]}': {near}")
        return found

    def long(self) -> Iterator[_Given]:
        """A line an answer."""
        item = next(self.heads.index(it) for it in _LONG if it in self.heads)
        answer, marks, state = (self.heads.index(it) if it in self.heads else -1 for it in ("answer", "marks", "state"))
        if max(answer, marks) < 0:
            self.problems.append(f"line {self.head_line.number} has neither a column 'answer' nor a column 'marks'")
            return
        stays = {plain(_cell(line, item)) for line in self.lines if _cell(line, state) != "dropped"}
        for line in self.lines:
            who = self._who(line)
            if who is None:
                continue
            asked, text, given = plain(_cell(line, item)), _cell(line, answer), _cell(line, marks)
            said = _cell(line, state)
            if said in _OPEN:
                self.open.append((who[0], asked))
            elif said in _REGARDLESS and text and asked in stays:
                yield _Given(line.number, *who, asked, text)
            elif (text or given) and said not in _NOTHING | _REGARDLESS:
                yield _Given(line.number, *who, asked, text or given, not text, given)

    def _who(self, line: Line) -> tuple[str, str] | None:
        """The student of a line, and their version; None where that is wrong, and said so."""
        student = unguarded(_cell(line, self.student))
        version = _cell(line, self.heads.index("version")).upper() if "version" in self.heads else ""
        version = version or self.students.get(student) or self.named.get(student, "")
        version = version or (self.versions[0] if len(self.versions) == 1 else "")
        problem = ""
        if strange := beyond(line, len(self.heads)):
            problem = f"has {strange}; put what holds a comma into quotes, or part the columns by semicolons"
        elif not student:
            problem = "has no student"
        elif len(student) > MOST_ID or not student.isprintable():
            problem = f"has a student whose id is longer than {MOST_ID} characters, or has signs that do not show"
        elif version not in self.versions:
            said = f"asks for version '{version[:40]}'" if version else "has no version"
            problem = f"{said}, and there is {', '.join(self.versions[:12])}"
        elif self.students.get(student, version) != version:
            problem = f"has version {version} for '{student}', who had {self.students[student]} before"
        elif student not in self.students and len(self.students) == MOST_STUDENTS:
            problem = f"has one student more than {MOST_STUDENTS}; cut the file into several"
        if problem:
            self.problems.append(f"line {line.number} {problem}")
            return None
        self.students[student] = version
        return student, version


def _marked(
    quiz: Quiz, given: Sequence[_Given], students: Mapping[str, str], problems: list[str]
) -> tuple[tuple[Taker, ...], tuple[str, ...]]:
    """The papers with their marks, and the questions that anybody answered; what is wrong goes to the problems."""
    decimal, words = decimal_sign(quiz.edition.language), cells.verdicts(quiz.edition.language)
    questions = {version.name: _named(version.items) for version in quiz.versions}
    papers: dict[str, dict[str, Answer]] = {student: {} for student in students}
    known: dict[tuple[str, str, str, str, bool], Answer] = {}  # what a class writes is much the same
    for cell in given:
        question = questions[cell.version].get(cell.item) or questions[cell.version].get(_bare(cell.item))
        if question is None:
            near = did_you_mean(cell.item, [item.id for item in quiz.items]) or "it is no item of this paper"
            problems.append(f"line {cell.line} has the item '{cell.item[:40]}': {near}")
        elif question.id in papers[cell.student]:
            problems.append(f"line {cell.line} has a second answer of '{cell.student}' to {question.id}")
        elif len(cell.text) > MOST_CELL:
            problems.append(f"line {cell.line}: the answer to {question.id} is longer than {MOST_CELL} characters")
        else:
            try:
                key = (cell.version, question.id, cell.text, cell.marks, cell.is_marks)
                if key not in known:
                    made = cells.marked(question, cell.text, decimal, cell.marks, is_marks=cell.is_marks, known=words)
                    known[key] = Answer(*made)
            except ValueError as error:
                problems.append(f"line {cell.line}: {question.id}: {error}")
                continue
            if any(known[key].entries) or not known[key].entries:  # else it is dashes alone
                papers[cell.student][question.id] = known[key]
    answered = {item for answers in papers.values() for item in answers}
    takers = (Taker(student, students[student], answers) for student, answers in papers.items() if answers)
    return tuple(takers), tuple(item.id for item in quiz.items if item.id in answered)


def _named(items: Sequence[QuizItem]) -> dict[str, QuizItem]:
    """The questions of a version by number and by id; an id that reads like a number wins."""
    return {_bare(item.label): item for item in items} | {item.id: item for item in items}


def _bare(label: str) -> str:
    """A number as people type it: `12 (a)` is `12a`."""
    return re.sub(r"[ ().]", "", label.lower())


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if 0 <= place < len(line.cells) else ""
