"""What a course's items cover, beside what they are meant to cover: a report, and no rule.

A rule finds a mistake at a place in a file. Coverage has no such place: the
course as a whole has too few or too many items of some sort. The outline says
how many items each paragraph needs at least (`weight:`). The specification
says it for works, and for the tables of theme, kind, Bloom level and
difficulty. Only items in use count.

Every table has a row and a column of sums, and each sum has a tolerance of its
own. For example, a table has a hundred cells, and each may be one item off.
Without sums, a bank with a hundred items too many would pass.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from builder.model import KINDS, Specification
from builder.model.specification import DIFFICULTIES, LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from builder.model import Course, Item, Place
    from builder.model.specification import Tolerance

# Works with these marks need no item unless the specification names them. A key that ends in `-rec` is the correct
# record of a work, kept beside the entry as the source printed it. The keyword `uncited` is also known to rule C02.
_RECORD, _UNCITED = "-rec", "uncited"

Verdict = Literal["", "too few", "too many"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many items there are (`have`), and how many are wanted (`want`; None where the cell has no target).

    Numbers from `least` to `most` meet the target; without `most` there is no upper bound.
    """

    have: int
    want: int | None = None
    least: int = 0
    most: int | None = None

    @property
    def verdict(self) -> Verdict:
        """`too few` or `too many`; the empty string if the number is in its range."""
        if self.have < self.least:
            return "too few"
        return "too many" if self.most is not None and self.have > self.most else ""

    @property
    def range(self) -> str:
        """`3 or more`, `9 to 11`, `at most 1`, `10`."""
        if self.most is None:
            return f"{self.least} or more"
        if self.least in {0, self.most}:
            return f"at most {self.most}" if self.most > self.least else str(self.most)
        return f"{self.least} to {self.most}"

    def __str__(self) -> str:
        return str(self.have) if self.want is None else f"{self.have}/{self.want}"


class Head(NamedTuple):
    """The head of a row or column: its key, its short name for sentences and headings, and its full title."""

    key: str
    name: str
    title: str


class Line(NamedTuple):
    """A row of a table, or a single number with its head."""

    head: Head
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells; the last row and the last column hold the sums."""

    name: str
    title: str
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]


class Covered(NamedTuple):
    """A paragraph, the number of its items, and that number by theme."""

    place: Place
    cell: Cell
    by_theme: tuple[int, ...]


class Miss(NamedTuple):
    """A missed target: its name, how many items it has, and which numbers would meet it."""

    what: str
    has: int
    wants: str

    def __str__(self) -> str:
        return f"{self.what}: has {self.has}, wants {self.wants}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole report.

    `themes` are the columns of `Covered.by_theme`. `kept` counts the items kept for exams. `review` counts the items
    of each status, and the generated ones.
    """

    course: str
    title: str
    items: int
    kept: int
    review: Mapping[str, int]
    themes: tuple[Head, ...]
    paragraphs: tuple[Covered, ...]
    works: tuple[Line, ...]
    tables: tuple[Table, ...]

    @property
    def targets(self) -> tuple[tuple[str, Cell], ...]:
        """Every cell that has a target, with its name, each once."""
        named = [(f"paragraph {p.place.paragraph.id}", p.cell) for p in self.paragraphs]
        named += [(f"work {line.head.key}", line.cells[0]) for line in self.works]
        named += [target for table in self.tables for target in _named(table)]
        # Several tables hold the sum of a kind under one name; the dict makes one target of them.
        return tuple({name: cell for name, cell in named if cell.want is not None}.items())

    @property
    def misses(self) -> tuple[Miss, ...]:
        """The targets that are missed."""
        return tuple(Miss(name, cell.have, cell.range) for name, cell in self.targets if cell.verdict)


def cover(course: Course) -> Coverage:
    """The coverage of a course; without a specification only paragraphs and works have targets."""
    wanted = course.specification or Specification()
    names = course.themes or dict.fromkeys(wanted.themes, "")  # the specification names no others
    themes = _heads(names, (item.theme for item in course.active), "theme")
    return Coverage(
        course=course.id,
        title=course.title,
        items=len(course.active),
        kept=sum(item.is_kept for item in course.active),
        review=_review(course),
        themes=themes,
        paragraphs=tuple(_paragraphs(course, themes)),
        works=tuple(_works(course, wanted)),
        tables=tuple(_tables(course, wanted, themes)),
    )


def as_data(coverage: Coverage) -> dict[str, Any]:
    """The report for programs, as JSON."""

    def cell(it: Cell) -> dict[str, Any]:
        return asdict(it) | {"verdict": it.verdict}

    def line(it: Line, columns: Iterable[Head]) -> dict[str, Any]:
        return {column.key: cell(number) for column, number in zip(columns, it.cells, strict=True)}

    names = [head.key for head in coverage.themes]
    return {
        "course": coverage.course,
        "title": coverage.title,
        "items": coverage.items,
        "kept_for_exams": coverage.kept,
        "review": dict(coverage.review),
        "paragraphs": [
            {"id": p.place.paragraph.id, "gist": p.place.paragraph.gist, **cell(p.cell)}
            | {"themes": {name: n for name, n in zip(names, p.by_theme, strict=True) if n}}
            for p in coverage.paragraphs
        ],
        "references": [{"key": work.head.key, **cell(work.cells[0])} for work in coverage.works],
        "tables": {
            table.name: {row.head.key: line(row, table.columns) for row in table.lines} for table in coverage.tables
        },
        "misses": [miss._asdict() | {"message": str(miss)} for miss in coverage.misses],
    }


def _review(course: Course) -> dict[str, int]:
    """The number of items by status, and of generated items; "no status" counts items without one.

    An item that was edited after it was approved is in review.

    Where no item has a status, the statuses are left out; where no item was generated, `generated` is.
    """
    counts = Counter("review" if item.is_outdated else item.status or "no status" for item in course.active)
    generated = sum(item.origin == "generated" for item in course.active)
    found = (
        {key: counts[key] for key in ("draft", "review", "approved", "no status")}
        if counts.keys() - {"no status"}
        else {}
    )
    return found | ({"generated": generated} if generated else {})


def _heads(known: Mapping[str, str], used: Iterable[str | None], what: str) -> tuple[Head, ...]:
    """The heads of a table: the known keys, other keys that items use, and "no theme" if some item has none.

    `known` maps a key to its title, `used` has the key of each item, and `what` names the sort, such as "theme".
    """
    found = dict.fromkeys(key or "" for key in used)
    heads = [Head(key, key, known.get(key) or key) for key in dict.fromkeys([*known, *found]) if key]
    return (*heads, Head("", f"no {what}", f"no {what}")) if "" in found else tuple(heads)


def _paragraphs(course: Course, themes: tuple[Head, ...]) -> Iterator[Covered]:
    counts = Counter((locator, item.theme or "") for item in course.active for locator in set(item.locator))
    for locator, place in course.places.items():
        by_theme = tuple(counts[locator, head.key] for head in themes)
        weight = place.paragraph.weight
        yield Covered(place, Cell(sum(by_theme), weight or None, least=weight), by_theme)


def _works(course: Course, wanted: Specification) -> Iterator[Line]:
    counts = Counter(key for item in course.active for key in set(item.cites))
    for key, work in course.references.items():
        marks = str(work.get("keyword", "")).replace(",", " ").split()
        usual = 0 if key.endswith(_RECORD) or _UNCITED in marks else wanted.references.least
        least = wanted.references.each.get(key, usual)
        yield Line(Head(key, key, key), (Cell(counts[key], least or None, least=least),))


def _tables(course: Course, wanted: Specification, themes: tuple[Head, ...]) -> Iterator[Table]:
    """The three tables: themes by kind, kinds by Bloom level, kinds by difficulty. A kind that nobody uses is left out."""
    items, targets = course.active, wanted.tables
    there = {item.kind for item in items} | {name for table in targets.values() for pair in table for name in pair}
    kinds = tuple(Head(kind, kind, kind) for kind in KINDS if kind in there)
    levels = _heads(dict.fromkeys(LEVELS, ""), (item.bloom for item in items), "Bloom level")
    grades = tuple(
        head._replace(name=f"difficulty {head.key}") if head.key else head
        for head in _heads(dict.fromkeys(DIFFICULTIES, ""), (_grade(item) for item in items), "difficulty")
    )
    shapes: list[tuple[str, str, tuple[Head, ...], tuple[Head, ...], Callable[[Item], Pair]]] = [
        ("themes", "Themes by kind", themes, kinds, lambda item: (item.theme or "", item.kind)),
        ("bloom", "Kinds by Bloom level", kinds, levels, lambda item: (item.kind, item.bloom or "")),
        ("difficulty", "Kinds by difficulty", kinds, grades, lambda item: (item.kind, _grade(item))),
    ]
    for name, title, rows, columns, pair in shapes:
        lines = _lines(rows, columns, Counter(map(pair, items)), targets.get(name), wanted.tolerance)
        yield Table(name, title, (*columns, _ALL), tuple(lines))


def _grade(item: Item) -> str:
    return str(item.difficulty or "")


_ALL = Head("all", "all", "all")


def _lines(
    rows: tuple[Head, ...],
    columns: tuple[Head, ...],
    have: Mapping[Pair, int],
    want: Mapping[Pair, int] | None,
    tolerance: Tolerance,
) -> Iterator[Line]:
    """The rows of a table; the row and the column `_ALL` add up all cells beside them."""
    for row in (*rows, _ALL):
        cells = []
        for column in (*columns, _ALL):
            over = [r.key for r in (rows if row is _ALL else [row])]
            pairs = [(r, c.key) for r in over for c in (columns if column is _ALL else [column])]
            number = sum(have.get(pair, 0) for pair in pairs)
            if want is None:
                cells.append(Cell(number))
            else:
                asked = sum(want.get(pair, 0) for pair in pairs)
                cells.append(Cell(number, asked, *tolerance.around(asked)))
        yield Line(row, tuple(cells))


def _named(table: Table) -> Iterator[tuple[str, Cell]]:
    """Each cell of a table with its name: `grief, mcq`; a sum is named by the head that it has, as `grief`."""
    for line in table.lines:
        for column, cell in zip(table.columns, line.cells, strict=True):
            names = [head.name for head in (line.head, column) if head is not _ALL]
            yield ", ".join(names) or "all items", cell
