"""What `grade` writes as tables: results, responses, pages and raw marks. The same scans give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.text.cells import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from builder.grading.marks import Result
    from builder.grading.pages import Page
    from builder.paper.record import Quiz

_DIGITS = 4  # after the point, of marks that are no decimals, such as thirds


def tables(quiz: Quiz, results: Sequence[Result], pages: Sequence[Page]) -> dict[str, bytes]:
    """The files by their names.

    `results.csv` has a line for each student and a column for each item; `responses.csv` a line for each student and
    item; `pages.csv` one for each page, with its list; `marks.csv` the ink of each circle, without key or student.
    """
    pages = sorted(pages, key=lambda page: (page.file, page.number))
    return {
        "results.csv": table(_results(quiz, results)),
        "responses.csv": table(_responses(results)),
        "pages.csv": table(_pages(pages)),
        "marks.csv": table(_marks(pages)),
    }


def _results(quiz: Quiz, results: Sequence[Result]) -> Iterator[Sequence[object]]:
    items = [item.id for item in quiz.items]
    yield ["student", "name", "version", "total", "of", "result", "open", *items]
    for result in results:
        marks = {answer.question.id: shown(answer.marks) for answer in result.answers}
        state = "provisional" if result.open else "final"
        head = [result.student, result.name, result.version, shown(result.total), quiz.points, state]
        yield [*head, "; ".join(result.open), *(marks[item] for item in items)]


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
    return "" if marks is None else f"{float(marks):.{_DIGITS}f}".rstrip("0").rstrip(".")
