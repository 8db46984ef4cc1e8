"""The list of those who sit a paper: a CSV file with a header, as student systems and spreadsheets write it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.quiz import Student

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# What systems call the columns, in lower case; the first that is there is taken.
COLUMNS = {
    "id": ("id", "student id", "student_id", "candidate", "number", "matriculation", "registration"),
    "name": ("name", "student", "full name", "student name"),
    "version": ("version",),
}
MOST_ID, MOST_NAME = 64, 200  # characters: a QR code and a line hold no more
_NAMED = 5  # problems in one message


def read(name: str, text: str, versions: Sequence[str]) -> tuple[Student, ...]:
    """The students of a roster in its order; who has no version there gets the next one in turn.

    Columns are parted by commas, semicolons or tabs. `name` is that of the
    file, for messages.

    Raises:
        BuilderError: columns are missing, or lines are faulty; each is named by its number.
    """
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter, strict=False))
    rows = [[cell.strip() for cell in row] for row in rows]
    heads = [cell.casefold() for cell in rows[0]] if rows else []
    places = {key: next((heads.index(n) for n in names if n in heads), None) for key, names in COLUMNS.items()}
    missing = [key for key in ("id", "name") if places[key] is None]
    if missing:
        message = f"{name}: no column '{' and no column '.join(missing)}'; the first line names the columns: id,name"
        raise BuilderError(message)
    lines = [(number, row) for number, row in enumerate(rows[1:], 2) if any(row)]
    students = list(_students(lines, places, versions))
    problems = list(_problems(lines, students, versions))
    if not students:
        problems = ["no student in it"]
    if problems:
        more = f" and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
        message = f"{name}: {'; '.join(problems[:_NAMED])}{more}; correct the file"
        raise BuilderError(message)
    return tuple(students)


def _students(
    lines: Sequence[tuple[int, Sequence[str]]], places: Mapping[str, int | None], versions: Sequence[str]
) -> Iterator[Student]:
    for turn, (_, row) in enumerate(lines):
        found = {key: row[i] if i is not None and i < len(row) else "" for key, i in places.items()}
        yield Student(**(found | {"version": found["version"].upper() or versions[turn % len(versions)]}))


def _problems(
    lines: Sequence[tuple[int, Sequence[str]]], students: Sequence[Student], versions: Sequence[str]
) -> Iterator[str]:
    first: dict[str, int] = {}
    for (number, _), student in zip(lines, students, strict=True):
        if not student.id or not student.name:
            yield f"line {number} has no {'id' if not student.id else 'name'}"
        elif student.id in first:
            yield f"line {number} has the id '{student.id}' of line {first[student.id]}"
        elif len(student.id) > MOST_ID or len(student.name) > MOST_NAME:
            yield f"line {number} is too long: an id has at most {MOST_ID} characters, a name {MOST_NAME}"
        elif student.version not in versions:
            yield f"line {number} asks for version '{student.version}', and there is {', '.join(versions)}"
        first.setdefault(student.id, number)
