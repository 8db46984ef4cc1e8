"""The marks that markers give as tables: CSV with any of the usual delimiters, or Excel, with the columns student, item and marks."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError, did_you_mean
from builder.paper.roster.columns import plain
from builder.paper.roster.table import beyond, lines
from builder.text.cells import unguarded
from builder.text.numbers import marks_given

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from builder.grading.marks import Given, Result
    from builder.paper.record import Quiz, QuizItem
    from builder.paper.roster.table import Line

HEADS = ("student", "item", "marks")
_NAMED = 5  # problems in one message


class Table(NamedTuple):
    """The marks that a marker gives; `taken` are ids that a spreadsheet has robbed of their zeros, and whose they are."""

    marks: Given
    taken: Mapping[str, str]


def given_marks(path: str, data: bytes, quiz: Quiz) -> Table:
    """The marks that a marker gives, by student and item. An empty cell is what is not marked yet.

    An id that is on the roster but for zeros in front is taken for that one: 42 is 0042, where there is no 42.

    Raises:
        BuilderError: a column is missing or stands twice, or lines have more cells than columns, or name no student,
            an item that is not on the paper, a student twice for one item, or marks that the item can't earn.
    """
    table = lines(path, data, _known)
    heads = [plain(cell) for line in table[:1] for cell in line.cells]
    places = _places(path, heads)
    items = {item.id: item for item in quiz.items}
    ids = {student.id for student in quiz.students}
    zeros = Counter(it.lstrip("0") for it in ids)
    whole = {bare: it for it in ids if (bare := it.lstrip("0")) and zeros[bare] == 1}
    found: Given = {}
    taken: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    problems: list[str] = []
    for line in table[1:]:
        cells = [line.cells[place] if place < len(line.cells) else "" for place in places]
        typed = unguarded(cells[0])
        student = typed if typed in ids else whole.get(typed.lstrip("0"), typed)
        key = (student, cells[1])
        problem = beyond(line, len(heads))
        if problem:
            problem += "; write marks with a point, or within quotes, or part the columns by semicolons"
        problem = problem or _problem(key, cells[2], items, seen)
        seen.add(key)
        if problem:
            problems.append(f"{path}:{line.number}: {problem}")
        elif cells[2]:
            found[key] = marks_given(cells[2])
        if student != typed:
            taken[typed] = student
    if problems:
        more = f"; and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
        raise BuilderError("; ".join(problems[:_NAMED]) + more)
    return Table(found, taken)


def _known(some: Sequence[Line]) -> int:
    return sum(plain(cell) in HEADS for line in some[:1] for cell in line.cells)


def _places(path: str, heads: Sequence[str]) -> list[int]:
    """Where the three columns are.

    Raises:
        BuilderError: one is missing, or stands twice, so that nobody can tell which counts.
    """
    if not set(HEADS) <= set(heads):
        there = ", ".join(f"'{head[:40]}'" for head in heads[:12]) or "nothing"
        message = f"{path}: the first line must name the columns {', '.join(HEADS)}, and it has {there}"
        raise BuilderError(message)
    twice = [head for head in HEADS if heads.count(head) > 1]
    if twice:
        message = f"{path}: the column '{twice[0]}' stands twice; keep one, and give a second marker's table apart"
        raise BuilderError(message)
    return [heads.index(head) for head in HEADS]


def _problem(key: tuple[str, str], marks: str, items: Mapping[str, QuizItem], seen: Container[tuple[str, str]]) -> str:
    """What is wrong with the marks of a student for an item; nothing where they are some, or none yet."""
    student, item = key
    if not student:
        return "no student is named; write whose marks they are, or delete the line"
    if item not in items:
        near = did_you_mean(item, items)
        return f"no item '{item}' is on the paper{f'; {near}' if near else ', which results.csv names by their ids'}"
    if key in seen:
        return f"{student} has marks for '{item}' already; delete one of the two lines"
    if items[item].section == "mcq":
        return f"'{item}' is marked by its circles; mend the answer in decisions.yaml"
    given = marks_given(marks) if marks else Fraction(0)
    if given is None or given > Fraction(items[item].points):
        return f"'{item}' is worth 0 to {items[item].points} marks, not '{marks}'"
    return ""


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
