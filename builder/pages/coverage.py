"""The coverage of a course as one page: a map of paragraphs by theme, works, and the tables of the specification.

The page needs no script and asks the network for nothing, so that it can be
sent, printed and kept. Each number stands on a tint that grows with the
number's logarithm: else one paragraph with twenty items would make all others
look alike. A missed target has a sign, a word and a frame besides a colour, for
readers who can't tell the colours apart. The template is `coverage.html`; this
module computes the values that fill it.
"""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from builder import citations, shell
from builder.analysis.usage import known
from builder.model import faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.coverage import Cell, Coverage, Covered, Line, Table
    from builder.model import Course
    from builder.text.tree import Runs

_TINTS = 5
_MOST_UNSCROLLED = 11  # themes that fit side by side on a telephone


class _Tile(NamedTuple):
    """One number of the summary: how many targets of a sort there are, and how many of them are met."""

    what: str
    met: int
    all: int


class _Shade(NamedTuple):
    """A tint, with the least and the greatest number that it stands for."""

    tint: int
    least: int
    most: int


class _Section(NamedTuple):
    """The paragraphs of a section; `source` is the title of the section's source, if this is its first section."""

    source: str
    title: str
    rows: list[Covered]


class _Work(NamedTuple):
    """A work of the references: its numbers, and its entry as the bibliography prints it."""

    line: Line
    runs: Runs


def files(course: Course, coverage: Coverage) -> dict[str, bytes]:
    """The page, under its file name `coverage.html`."""
    top = max((number for p in coverage.paragraphs for number in p.by_theme), default=0) or 1
    page = shell.page(
        "pages/coverage.html",
        language="en",
        title=f"Coverage: {coverage.title}",
        report=faults.link(course, release=course.release),
        coverage=coverage,
        measured=known(course),
        tiles=list(_tiles(coverage)),
        top=top,
        shades=list(_shades(top)),
        most_unscrolled=_MOST_UNSCROLLED,
        sections=list(_sections(coverage)),
        works=list(_works(course, coverage)),
        top_cited=max((line.cells[0].have for line in coverage.works), default=0) or 1,
        tint=_tint,
        state=_state,
        highest=_highest,
        is_asked=_is_asked,
    )
    return {"coverage.html": page}


def _tiles(coverage: Coverage) -> Iterator[_Tile]:
    """The numbers of the summary: for paragraphs, works and cells of tables, unless there are no targets for them."""
    paragraphs = [p.cell for p in coverage.paragraphs if p.cell.want is not None]
    works = [line.cells[0] for line in coverage.works if line.cells[0].want is not None]
    others = [cell for _, cell in coverage.targets][len(paragraphs) + len(works) :]
    sorts = {"Paragraphs covered": paragraphs, "Works covered": works, "Cells within tolerance": others}
    for what, cells in sorts.items():
        if cells:
            yield _Tile(what, sum(not cell.verdict for cell in cells), len(cells))


def _sections(coverage: Coverage) -> Iterator[_Section]:
    """The paragraphs by section; the first section of a source carries its title."""
    source = ""
    for section, group in groupby(coverage.paragraphs, key=lambda p: p.place.section):
        rows = list(group)
        heading = rows[0].place.source
        yield _Section("" if heading.id == source else heading.title, section.title, rows)
        source = heading.id


def _works(course: Course, coverage: Coverage) -> Iterator[list[_Work]]:
    """Two lists of works: those that must have a number of items, then the others.

    Each list is formatted as a bibliography of its own. Some works stand in both: the entry as its source printed it,
    and its correct record. In one bibliography the two would be told apart by letters, as 2001a and 2001b.
    """
    for is_wanted in (True, False):
        lines = {line.head.key: line for line in coverage.works if (line.cells[0].want is not None) == is_wanted}
        yield [_Work(lines[key], runs) for key, runs in citations.bibliography(course, lines).items()]


def _highest(table: Table) -> int:
    """The highest number of a table, without its sums; of a table that has nothing but sums, the highest sum."""
    return max(cell.have for line in table.lines[:-1] or table.lines for cell in line.cells[:-1] or line.cells)


def _is_asked(table: Table) -> bool:
    """Whether the table has a target in any cell."""
    return any(cell.want is not None for line in table.lines for cell in line.cells)


def _state(cell: Cell, top: int) -> str:
    """The CSS class of a number: `off` for a missed target, `sum` for a sum (`top` is 0), else `t0` to `t5` by tint."""
    return "off" if cell.verdict else f"t{_tint(cell.have, top)}" if top else "sum"


def _tint(number: int, top: int) -> int:
    """The tint of a number, from 0 to 5, where `top` is the greatest number of the page.

    While `top` is at most 5, each number is its own tint. Above, tints go by the logarithm: with a `top` of 20, the
    number 1 has tint 1, 3 has tint 2, 4 has tint 3, and 20 has tint 5.
    """
    if top <= _TINTS:
        return number
    return 1 + int(_TINTS * math.log(number) / math.log(top + 1)) if number else 0


def _shades(top: int) -> Iterator[_Shade]:
    """The tints and the numbers that they stand for."""
    for tint, group in groupby(range(1, top + 1), key=lambda number: _tint(number, top)):
        numbers: Sequence[int] = list(group)
        yield _Shade(tint, numbers[0], numbers[-1])
