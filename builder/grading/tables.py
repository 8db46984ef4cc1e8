"""What `grade` writes as tables: results, responses, pages and raw marks. The same scans give the same bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from builder.grading.profiles import profile
from builder.text.cells import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from builder.grading.marks import Result
    from builder.grading.pages import Page
    from builder.grading.rekey import Audit, Grader, Rekeyed
    from builder.paper.record import Quiz

_DIGITS = 4  # after the point, of marks that are no decimals, such as thirds


def of_results(quiz: Quiz, results: Sequence[Result], grader: Grader) -> dict[str, bytes]:
    """The files that depend on the key, by their names.

    `results.csv` has a line for each student and a column for each item; `responses.csv` a line for each student and
    item; `themes.csv` one for each student and each theme, theory and Bloom level, then those of the class.
    """
    return {
        "results.csv": table(_results(quiz, results, grader)),
        "responses.csv": table(_responses(results)),
        "themes.csv": table(_profiles(quiz, results)),
    }


def of_pages(pages: Sequence[Page]) -> dict[str, bytes]:
    """The files of what was read: `pages.csv` has a line for each page, with its list; `marks.csv` the ink of each circle.

    The second has neither key nor student.
    """
    pages = sorted(pages, key=lambda page: (page.file, page.number))
    return {"pages.csv": table(_pages(pages)), "marks.csv": table(_marks(pages))}


def of_changes(before: Sequence[Result], done: Rekeyed) -> dict[str, bytes]:
    """`rekey.csv` has a line for each change of the key, `moves.csv` one for each student whom they moved."""
    return {"rekey.csv": table(_audit(done.audit)), "moves.csv": table(_moves(before, done))}


def _results(quiz: Quiz, results: Sequence[Result], grader: Grader) -> Iterator[Sequence[object]]:
    items = [item.id for item in quiz.items]
    yield ["student", "name", "version", "total", "of", "percent", "grade", "result", "open", *items]
    for result in results:
        marks = {answer.question.id: shown(answer.marks) for answer in result.answers}
        state = "provisional" if result.open else "final"
        head = [result.student, result.name, result.version, shown(result.total), shown(result.of)]
        said = [_percent(result.total, result.of), grader.grade(result), state, "; ".join(result.open)]
        yield [*head, *said, *(marks[item] for item in items)]


def _profiles(quiz: Quiz, results: Sequence[Result]) -> Iterator[Sequence[object]]:
    yield ["student", "by", "group", "title", "items", "marks", "of", "percent"]
    for student, own in [*((result.student, [result]) for result in results), ("", list(results))]:
        for it in profile(quiz, own):
            sums = [it.questions, shown(it.marks), shown(it.of), _percent(it.marks, it.of)]
            yield [student, it.by, it.group, it.title, *sums]


def _audit(audit: Sequence[Audit]) -> Iterator[Sequence[object]]:
    yield ["number", "item", "change", "up", "down", "regraded", "by hand", "reason", "by"]
    for number, it in enumerate(audit, 1):
        change = it.change
        yield [number, change.item, change.said, it.up, it.down, it.regraded, it.kept, change.reason, change.by]


def _moves(before: Sequence[Result], done: Rekeyed) -> Iterator[Sequence[object]]:
    yield ["student", "name", "total before", "of before", "total", "of", "grade before", "grade"]
    for old, new in moved(before, done):
        sums = [shown(old.total), shown(old.of), shown(new.total), shown(new.of)]
        yield [new.student, new.name, *sums, done.first.grade(old), done.grader.grade(new)]


def moved(before: Sequence[Result], done: Rekeyed) -> list[tuple[Result, Result]]:
    """The results whose marks or grade the changes moved, before and after."""
    pairs = zip(before, done.results, strict=True)
    return [
        (old, new)
        for old, new in pairs
        if (old.total, old.of, done.first.grade(old)) != (new.total, new.of, done.grader.grade(new))
    ]


def _responses(results: Sequence[Result]) -> Iterator[Sequence[object]]:
    yield ["student", "version", "item", "answer", "state", "marks", "of"]
    for result in results:
        for answer in result.answers:
            said = [
                answer.question.id,
                " ".join(value or "-" for value in answer.given),
                answer.state,
                shown(answer.marks),
            ]
            yield [result.student, result.version, *said, answer.question.points]


def _pages(pages: Sequence[Page]) -> Iterator[Sequence[object]]:
    yield ["file", "page", "list", "reason", "note", "student", "version", "sheet page", "hash"]
    for page in pages:
        stamp = page.stamp
        what = [stamp.version, stamp.page] if stamp else ["", ""]
        yield [page.file, page.number, page.list, page.reason, "; ".join(page.notes), page.owner, *what, page.digest]


def _marks(pages: Sequence[Page]) -> Iterator[Sequence[object]]:
    yield ["hash", "question", "circle", "ink", "answer", "confidence", "doubt"]
    for page in pages:
        for row in page.rows:
            for value, level in zip(row.values, row.levels, strict=True):
                said = [row.said, f"{row.confidence:.3f}", row.doubt]
                yield [page.digest, row.question.label, value, f"{max(level, 0):.3f}", *said]
        for it in page.fields:
            for value, level in zip(it.values, it.levels, strict=True):
                said = [it.answer, f"{it.confidence:.3f}", it.doubt]
                yield [page.digest, f"{it.use}: {it.label}", value, f"{max(level, 0):.3f}", *said]


def shown(marks: Fraction | None) -> str:
    """Marks as a number, or nothing where they are not known: 3/2 is `1.5`, 1/3 is `0.3333`."""
    return "" if marks is None else _shown(*marks.as_integer_ratio())


@lru_cache(maxsize=4096)  # a class has few different marks; whole numbers are found faster there than fractions
def _shown(above: int, below: int) -> str:
    return f"{above / below:.{_DIGITS}f}".rstrip("0").rstrip(".")


def _percent(marks: Fraction, of: Fraction) -> str:
    """Marks in per cent, with two digits after the point: 2 of 3 are `66.67`."""
    above, below = marks.as_integer_ratio()
    out_of, parts = of.as_integer_ratio()
    return f"{100 * above * parts / (below * out_of) if out_of else 0:.2f}"
