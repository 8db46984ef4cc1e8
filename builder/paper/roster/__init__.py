"""The list of those who sit a paper: a file with a line for each, as student systems and spreadsheets write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError, did_you_mean
from builder.paper.record import MOST_ID, MOST_NAME, Student
from builder.paper.roster.columns import KEYS, Columns, head_of, plain
from builder.paper.roster.strangers import stranger
from builder.paper.roster.table import beyond, lines
from builder.paper.roster.twins import twins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.paper.roster.table import Line

_NAMED = 5  # problems in one message
_MOST_HEADS, _MOST_HEAD = 12, 40  # of columns in one message, and of letters of each
_SHORTENED = re.compile(r"-?\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)  # 1.23457E+11


class Roster(NamedTuple):
    """The students of a list in its order, and what is to be told of the list."""

    students: tuple[Student, ...]
    notes: tuple[str, ...] = ()


def read(name: str, data: bytes, versions: Sequence[str], asked: Mapping[str, str] | None = None) -> Roster:
    """The students of a list; who has no version there gets the next one in turn.

    `name` is that of the file, for messages. `asked` gives the headings, or the numbers from 1, of columns that are
    not to be found by what they are called: for `id`, `name`, `first`, `last` and `version`.

    Raises:
        BuilderError: columns are missing, or lines are faulty; each is named by its number.
    """
    asked = asked or {}
    found = lines(name, data, lambda some: head.known if (head := head_of(some, asked)[1]) else 0)
    if not found:
        message = f"{name}: nothing stands in it; write id,name in the first line, and each student in one of their own"
        raise BuilderError(message)
    at, columns = head_of(found, asked)
    if columns is None or columns.missing:
        raise BuilderError(_unknown(name, found[at], columns, asked))
    kept, left_out = [], []
    for line in found[at + 1 :]:
        why = stranger(line, columns)
        if why is None:
            kept.append(line)
        else:
            left_out.append(f"line {line.number} ({why})")
    ids = _Ids.of(columns, kept)
    students = list(_students(kept, columns, ids, versions))
    problems = list(_problems(kept, students, ids, versions)) if students else ["no student in it"]
    if problems:
        message = f"{name}: {_some(problems, '; ')}; correct the file"
        raise BuilderError(message)
    notes = [f"{name}: no students, and so left out: {_some(left_out, ', ')}"] if left_out else []
    notes += [f"{name}: {note}" for note in (*ids.notes(kept), *_shared(kept, students))]
    return Roster(tuple(students), tuple(notes))


def _shared(kept: Sequence[Line], students: Sequence[Student]) -> list[str]:
    """What is to be told of students of one name."""
    found = twins((it.name, f"line {line.number} (id {it.id})") for line, it in zip(kept, students, strict=True))
    said = _some([f"'{name}' in {' and '.join(those)}" for name, those in found.items()], "; ")
    remedy = "go by the ids, which stand on their sheets, or tell the names apart in the list"
    return [f"several students have one name: {said}; {remedy}"] if found else []


def _some(parts: Sequence[str], between: str) -> str:
    more = f" and {len(parts) - _NAMED} more" if len(parts) > _NAMED else ""
    return between.join(parts[:_NAMED]) + more


def _unknown(name: str, head: Line, columns: Columns | None, asked: Mapping[str, str]) -> str:
    """Which columns are missing, and which there are."""
    heads = [cell for cell in head.cells if cell]
    shown = ", ".join(f"'{cell[:_MOST_HEAD]}{'…' if len(cell) > _MOST_HEAD else ''}'" for cell in heads[:_MOST_HEADS])
    there = f"line {head.number} has {shown}{' and more' if len(heads) > _MOST_HEADS else ''}"
    if columns is None:
        wrong = [it for it in asked.values() if plain(it) not in map(plain, heads)]
        quoted = " and ".join(f"'{it}'" for it in wrong or asked.values())
        what = f"no line has the columns {quoted}"
        near = [did_you_mean(it, heads) for it in wrong]
        return f"{name}: {what}; {next(filter(None, near), there)}"
    missing = " and ".join(f"no column '{key}'" for key in columns.missing)
    remedy = "name the columns id,name in the first line, or say which they are: --roster-columns id=...,name=..."
    return f"{name}: {missing}; {there}; {remedy}"


class _Ids(NamedTuple):
    """How students of a list are told apart: by the first of the columns that holds something for them."""

    columns: Columns
    places: tuple[int, ...]
    hashed: frozenset[int]  # where D2L writes '#' in front, against spreadsheets

    @classmethod
    def of(cls, columns: Columns, kept: Sequence[Line]) -> _Ids:
        """The columns that hold any id."""
        cells = {place: [it for line in kept if (it := _cell(line, place))] for place in columns.ids}
        hashed = (place for place, held in cells.items() if all(it.startswith("#") for it in held))
        return cls(columns, tuple(place for place, held in cells.items() if held), frozenset(hashed))

    def place(self, line: Line) -> int:
        """The column that a student's id is taken from; -1 where there is none."""
        return next((place for place in self.places if _cell(line, place)), -1)

    def of_line(self, line: Line) -> str:
        """A student's id."""
        place = self.place(line)
        return _cell(line, place).removeprefix("#" if place in self.hashed else "")

    def notes(self, kept: Sequence[Line]) -> Iterator[str]:
        """What is to be told of ids that are no numbers of students."""
        first = self.places[0]
        heads = self.columns.heads
        if first not in self.columns.ids[: self.columns.numbers]:
            yield f"no student numbers, so what stands under '{heads[first]}' takes their place"
        others = [f"line {line.number} ('{heads[place]}')" for line in kept if (place := self.place(line)) != first]
        if others:
            yield f"nothing stands under '{heads[first]}', and another column takes its place: {_some(others, ', ')}"


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if 0 <= place < len(line.cells) else ""


def _students(kept: Sequence[Line], columns: Columns, ids: _Ids, versions: Sequence[str]) -> Iterator[Student]:
    _, _, _, name, first, last, _, version, between = columns
    if name >= 0 and first >= 0 and last < 0 and not all(_cell(it, first) in _cell(it, name) for it in kept):
        name, last = -1, name  # "Name" beside "First name" is the last name, if the first is not in it
    for turn, line in enumerate(kept):
        parts = (_cell(line, first), _cell(line, between), _cell(line, last))
        yield Student(
            id=ids.of_line(line),
            name=_cell(line, name) or " ".join(filter(None, parts)),
            version=_cell(line, version).upper() or versions[turn % len(versions)],
        )


def _problems(kept: Sequence[Line], students: Sequence[Student], ids: _Ids, versions: Sequence[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for line, student in zip(kept, students, strict=True):
        number = line.number
        if strange := beyond(line, len(ids.columns.heads)):
            yield f"line {number} has {strange}: put what holds a comma into quotes"
        elif not student.id or not student.name:
            yield f"line {number} has no {'id' if not student.id else 'name'}"
        elif _SHORTENED.fullmatch(student.id):
            yield (
                f"line {number} has the id '{student.id}', which a spreadsheet has shortened: "
                "format that column as text there and write the numbers out"
            )
        elif ids.place(line) in line.padded:
            yield (
                f"line {number} has the id {student.id} as a number, which Excel may show with zeros in front: "
                "save the list as CSV UTF-8, or format that column as text"
            )
        elif student.id in seen:
            yield f"line {number} has the id '{student.id}' of line {seen[student.id]}"
        elif len(student.id) > MOST_ID or len(student.name) > MOST_NAME:
            yield f"line {number} is too long: an id has at most {MOST_ID} characters, a name {MOST_NAME}"
        elif not student.id.isprintable():
            yield f"line {number} has an id with signs that do not show"
        elif student.version not in versions:
            yield f"line {number} asks for version '{student.version}', and there is {', '.join(versions)}"
        seen.setdefault(student.id, number)


__all__ = ["KEYS", "Roster", "read"]
