"""The list of those who sit a paper: a CSV file with a header, as student systems and spreadsheets write it."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.paper.record import MOST_ID, MOST_NAME, Student

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# What systems call the columns, in lower case; the first that is there is taken.
COLUMNS = {
    "id": (
        "id",
        "student id",
        "student_id",
        "id number",
        "student number",
        "sis user id",
        "candidate",
        "candidate number",
        "number",
        "matriculation",
        "matriculation number",
        "registration",
        "registration number",
    ),
    "name": ("name", "student", "full name", "student name"),
    "first": ("first name", "first_name", "firstname", "given name"),
    "last": ("last name", "last_name", "lastname", "surname", "family name"),
    "version": ("version",),
}
_NAMED = 5  # problems in one message

Line = tuple[int, list[str]]  # its number in the file, from 1, and its cells


def read(name: str, text: str, versions: Sequence[str]) -> tuple[Student, ...]:
    """The students of a roster in its order; who has no version there gets the next one in turn.

    Columns are parted by commas, semicolons or tabs; a name may be one column
    or two. `name` is that of the file, for messages.

    Raises:
        BuilderError: columns are missing, or lines are faulty; each is named by its number.
    """
    text = text.lstrip("\ufeff")
    try:
        delimiter = max(",;\t", key=lambda delimiter: len(_places(next(_rows(text, delimiter), (1, []))[1])))
        broken = _broken_quote(text, delimiter)
        if broken:
            message = f"{name}: the quote that opens in line {broken} does not close at the end of its cell; close it there, or delete it"
            raise BuilderError(message)
        lines = list(_rows(text, delimiter))
    except csv.Error as error:
        message = f"{name}: no CSV that can be read: {error}; save it anew as CSV"
        raise BuilderError(message) from error
    places = _places(lines.pop(0)[1] if lines else [])
    missing = [
        f"no column '{key}'"
        for key in ("id", "name")
        if key not in places and (key == "id" or not {"first", "last"} <= places.keys())
    ]
    if missing:
        message = f"{name}: {' and '.join(missing)}; the first line names the columns: id,name"
        raise BuilderError(message)
    students = list(_students(lines, places, versions))
    problems = list(_problems(lines, students, versions))
    if not students:
        problems = ["no student in it"]
    if problems:
        more = f" and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
        message = f"{name}: {'; '.join(problems[:_NAMED])}{more}; correct the file"
        raise BuilderError(message)
    return tuple(students)


def _rows(text: str, delimiter: str) -> Iterator[Line]:
    """The lines that are not empty, the head first."""
    # Only with newline="" the reader sees the line ends of all systems.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    start = 1
    for row in reader:
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells) and not (start == 1 and row[0].lower().startswith("sep=")):  # Excel's way to name the delimiter
            yield start, cells
        start = reader.line_num + 1


def _places(head: Sequence[str]) -> dict[str, int]:
    """Where the known columns are."""
    heads = [cell.casefold() for cell in head]
    found = {key: next((heads.index(n) for n in names if n in heads), None) for key, names in COLUMNS.items()}
    return {key: place for key, place in found.items() if place is not None}


def _broken_quote(text: str, delimiter: str) -> int | None:
    """The line in which a quote opens that never closes, or closes before other text: `csv` joins what follows to it.

    Its strict mode would refuse spaces after a quote too, which do no harm.
    """
    cell = re.compile(rf""" *+(?:"[^"]*+(?:""[^"]*+)*+" *+|(?!")[^{delimiter}\r\n]*+)(?:{delimiter}|\r\n?|\n|\Z)""")
    place = 0
    while place < len(text):
        found = cell.match(text, place)
        if found is None:
            return 1 + len(re.findall(r"\r\n?|\n", text[:place]))
        place = found.end()
    return None


def _students(lines: Sequence[Line], places: Mapping[str, int], versions: Sequence[str]) -> Iterator[Student]:
    for turn, (_, row) in enumerate(lines):
        found = {key: row[place] if place < len(row) else "" for key, place in places.items()}
        name = found.get("name") or " ".join(filter(None, (found.get("first"), found.get("last"))))
        version = found.get("version", "").upper() or versions[turn % len(versions)]
        yield Student(id=found["id"], name=name, version=version)


def _problems(lines: Sequence[Line], students: Sequence[Student], versions: Sequence[str]) -> Iterator[str]:
    first: dict[str, int] = {}
    for (number, _), student in zip(lines, students, strict=True):
        if not student.id or not student.name:
            yield f"line {number} has no {'id' if not student.id else 'name'}"
        elif student.id in first:
            yield f"line {number} has the id '{student.id}' of line {first[student.id]}"
        elif len(student.id) > MOST_ID or len(student.name) > MOST_NAME:
            yield f"line {number} is too long: an id has at most {MOST_ID} characters, a name {MOST_NAME}"
        elif not student.id.isprintable():
            yield f"line {number} has an id with signs that do not show"
        elif student.version not in versions:
            yield f"line {number} asks for version '{student.version}', and there is {', '.join(versions)}"
        first.setdefault(student.id, number)
