"""The marks that markers give as tables: CSV with any of the usual delimiters, or Excel, with the columns student, item and marks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.paper.roster.columns import plain
from builder.paper.roster.table import beyond, lines
from builder.text.cells import unguarded
from builder.text.numbers import marks_given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.grading.marks import Given, Result
    from builder.paper.record import Quiz, QuizItem
    from builder.paper.roster.table import Line

HEADS = ("student", "item", "marks")


def given_marks(path: str, data: bytes, quiz: Quiz) -> Given:
    """The marks that a marker gives, by student and item.

    Raises:
        BuilderError: a column is missing or stands twice, or a line has more cells than columns, or names no student,
            an item that is not on the paper, a student twice for one item, or marks that the item can't earn.
    """
    table = lines(path, data, _known)
    heads = [plain(cell) for line in table[:1] for cell in line.cells]
    places = _places(path, heads)
    items = {item.id: item for item in quiz.items}
    found: Given = {}
    for line in table[1:]:
        where = f"{path}:{line.number}"
        if strange := beyond(line, len(heads)):
            message = (
                f"{where}: {strange}; write marks with a point, or within quotes, or part the columns by semicolons"
            )
            raise BuilderError(message)
        student, item, marks = (line.cells[place] if place < len(line.cells) else "" for place in places)
        key = (unguarded(student), item)
        if not student:
            message = f"{where}: no student is named; write whose marks they are, or delete the line"
            raise BuilderError(message)
        if item not in items:
            message = f"{where}: no item '{item}' is on the paper"
            raise BuilderError(message)
        if key in found:
            message = f"{where}: {key[0]} has marks for '{item}' already"
            raise BuilderError(message)
        found[key] = _marks(where, marks, items[item])
    return found


def _known(some: Sequence[Line]) -> int:
    return sum(plain(cell) in HEADS for line in some[:1] for cell in line.cells)


def _places(path: str, heads: Sequence[str]) -> list[int]:
    """Where the three columns are.

    Raises:
        BuilderError: one is missing, or stands twice, so that nobody can tell which counts.
    """
    if not set(HEADS) <= set(heads):
        message = f"{path}: the first line must name the columns {', '.join(HEADS)}"
        raise BuilderError(message)
    twice = [head for head in HEADS if heads.count(head) > 1]
    if twice:
        message = f"{path}: the column '{twice[0]}' stands twice; keep one, and give a second marker's table apart"
        raise BuilderError(message)
    return [heads.index(head) for head in HEADS]


def _marks(where: str, text: str, item: QuizItem) -> Fraction:
    """Marks that a marker gives for an item."""
    if item.section == "mcq":
        message = f"{where}: '{item.id}' is marked by its circles; mend the answer in decisions.yaml"
        raise BuilderError(message)
    marks = marks_given(text)
    if marks is None or marks > Fraction(item.points):
        message = f"{where}: '{item.id}' is worth 0 to {item.points} marks, not '{text}'"
        raise BuilderError(message)
    return marks


def merged(tables: Mapping[str, Given]) -> tuple[Given, dict[tuple[str, str], str]]:
    """The marks of several markers, and where they differ what each gave: there the marks are None.

    One gives 3 and another 3: it is 3. One gives 3 and another 4: nobody knows yet.
    """
    given: Given = {}
    differing: dict[tuple[str, str], str] = {}
    for key in dict.fromkeys(key for table in tables.values() for key in table):
        said = {name: table[key] for name, table in tables.items() if key in table}
        if len(set(said.values())) == 1:
            given[key] = next(iter(said.values()))
        else:
            given[key] = None
            differing[key] = ", ".join(
                f"{float(marks):g} in {name}" for name, marks in said.items() if marks is not None
            )
    return given, differing


def for_nobody(given: Given, results: Iterable[Result]) -> list[str]:
    """The students for whom marks are given and who have no result, in the order of the ids."""
    there = {result.student for result in results}
    return sorted({student for student, _ in given} - there)
