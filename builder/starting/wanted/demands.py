"""What a course still lacks, as demands: so many items of a sort, of which there are fewer.

Demands come from the least numbers of the outline and the specification, and from the rows of blueprints. A row lacks
items if the whole bank has fewer than one paper takes. Papers that share no item (`disjoint:`) are counted together.
For example, two papers of two essays each, drawn from a bank of three essays, lack one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from builder.drawing.measured import without_faults
from builder.drawing.problem import pool_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.coverage import Coverage
    from builder.model import Blueprint, Course, Filter, Item

Sort = dict[str, frozenset[str]]

# The tables of the specification: the keys of an item that their rows and columns stand for.
_AXES = {"themes": ("theme", "kind"), "bloom": ("kind", "bloom"), "difficulty": ("kind", "difficulty")}
_USES = {"exam": {"exam"}, "deck": {"deck", "both"}, None: {"exam", "both"}}
_ALL = "all"


@dataclass(slots=True)
class Demand:
    """At least `least` items of a sort are wanted, and there are `have`.

    `sort` has the values that an item may have for each key that matters. `fits` says more of an item that is to be
    written for this demand, such as the themes of a paragraph, without which an item counts too.
    """

    name: str
    sort: Sort
    have: int
    least: int
    fits: Sort = field(default_factory=dict)

    @property
    def lack(self) -> float:
        """The share that is missing, 0 to 1."""
        return max(0, self.least - self.have) / self.least if self.least else 0

    def __str__(self) -> str:
        return f"{self.name} ({self.have} of {self.least})"


def demands(course: Course, coverage: Coverage) -> list[Demand]:
    """The demands that are not met: paragraphs, works, tables, then blueprints, each in its own order."""
    found = [*_paragraphs(course, coverage), *_works(course, coverage), *_tables(coverage), *_rows(course)]
    return [demand for demand in found if demand.lack]


class Room(NamedTuple):
    """How many items more of a sort the specification lets in at most, and wants; less than 0 is too many."""

    most: int
    wanted: int


def rooms(coverage: Coverage) -> dict[frozenset[tuple[str, str]], Room]:
    """The room for each sort that the specification bounds.

    A sort is one or two keys with their values: `{("theme", "grief"), ("kind", "mcq")}`.
    """
    found: dict[frozenset[tuple[str, str]], Room] = {}
    for table in coverage.tables:
        row, column = _AXES[table.name]
        for line in table.lines:
            for head, cell in zip(table.columns, line.cells, strict=True):
                named = ((row, line.head.key), (column, head.key))
                sort = frozenset((key, value) for key, value in named if value != _ALL)
                if cell.most is not None and cell.want is not None:
                    found[sort] = Room(cell.most - cell.have, cell.want - cell.have)
    return found


def _paragraphs(course: Course, coverage: Coverage) -> Iterator[Demand]:
    """A paragraph's items have one of the themes of its section, where items on that section have any."""
    by_section: dict[int, set[str]] = defaultdict(set)
    sections = {locator: id(place.section) for locator, place in course.places.items()}
    for item in course.active:
        for locator in item.locator:
            if item.theme and locator in sections:
                by_section[sections[locator]].add(item.theme)
    locators = {id(place): locator for locator, place in course.places.items()}
    for covered in coverage.paragraphs:
        locator = locators[id(covered.place)]
        themes = by_section[sections[locator]]
        fits = {"theme": frozenset(themes)} if themes else {}
        sort = {"locator": frozenset({locator})}
        yield Demand(f"paragraph {locator}", sort, covered.cell.have, covered.cell.least, fits)


def _works(course: Course, coverage: Coverage) -> Iterator[Demand]:
    """A work is cited by items on the paragraphs that cite it, and else by ones of the themes that cite it already."""
    for line in coverage.works:
        key, cell = line.head.key, line.cells[0]
        places = {locator for locator, place in course.places.items() if key in place.paragraph.cites}
        themes = {item.theme for item in course.active if item.theme and key in item.cites}
        fits = {"locator": frozenset(places)} if places else {}
        fits |= {"theme": frozenset(themes)} if themes else {}
        yield Demand(f"work {key}", {"cites": frozenset({key})}, cell.have, cell.least, fits)


def _tables(coverage: Coverage) -> Iterator[Demand]:
    """Cells and sums of the specification, each sum once."""
    seen = set()
    for table in coverage.tables:
        row, column = _AXES[table.name]
        for line in table.lines:
            for head, cell in zip(table.columns, line.cells, strict=True):
                named = ((row, line.head), (column, head))
                sort = {key: frozenset({it.key}) for key, it in named if it.key != _ALL}
                name = ", ".join(it.name for _, it in named if it.key != _ALL) or "all items"
                if cell.want is not None and name not in seen:
                    seen.add(name)
                    yield Demand(name, sort, cell.have, cell.least)


def _rows(course: Course) -> Iterator[Demand]:
    """The demands of blueprints; of those for the same sort, the one that asks for most."""
    pools = {
        name: pool_of(blueprint, without_faults(course, blueprint)) for name, blueprint in course.blueprints.items()
    }
    most: dict[str, Demand] = {}
    for name in course.blueprints:
        for demand in _of_paper(course.blueprints, _apart(course.blueprints, name), pools):
            known = most.setdefault(str(sorted((key, sorted(values)) for key, values in demand.sort.items())), demand)
            if demand.least - demand.have > known.least - known.have:
                known.name, known.have, known.least = demand.name, demand.have, demand.least
    yield from most.values()


def _apart(blueprints: Mapping[str, Blueprint], name: str) -> tuple[str, ...]:
    """A blueprint, and others any two of which share no item."""
    found = [name]
    for other in blueprints:
        if other not in found and all(_are_disjoint(blueprints[other], blueprints[one]) for one in found):
            found.append(other)
    return tuple(found)


def _are_disjoint(one: Blueprint, other: Blueprint) -> bool:
    return other.blueprint in one.disjoint or one.blueprint in other.disjoint


def _of_paper(
    blueprints: Mapping[str, Blueprint], papers: Sequence[str], pools: Mapping[str, Sequence[Item]]
) -> Iterator[Demand]:
    """The demands of the first of these papers by itself, and together with the others as far as their rows say the same."""
    first = blueprints[papers[0]]
    size = first.questions or 0
    rows = [(None, size), *((row, _least(row.count or row.min, row.share, size)) for row in first.rows)]
    for row, needed in rows:
        sort = _sort(first, row)
        if sort is None:
            continue
        shared, total = [papers[0]], needed
        for name in papers[1:]:
            other = blueprints[name]
            same = [it for it in (*other.rows,) if row and it.named == row.named]
            more = max((_least(it.count or it.min, it.share, other.questions or 0) for it in same), default=0)
            if row is None:
                more = other.questions or 0
            if more and _sort(other, same[0] if same else None) == sort:
                shared.append(name)
                total += more
        items = {item.id: item for name in shared for item in pools[name] if row is None or row.matches(item)}
        said = " and ".join([", ".join(shared[:-1]), shared[-1]] if len(shared) > 1 else shared)
        what = f"blueprint{'s' if len(shared) > 1 else ''} {said}: {row or 'all questions'}"
        yield Demand(what, sort, _usable(items.values(), len(shared)), total)


def _least(number: int | None, share: int | None, size: int) -> int:
    """The least number of questions of a row; a share may be met by the next whole number below it."""
    return number or (share or 0) * size // 100


def _usable(items: Iterable[Item], papers: int) -> int:
    """How many of the items so many papers can have at once: of siblings (`group:`), a paper has one."""
    groups = Counter(item.group or item.id for item in items)
    return sum(min(number, papers) for number in groups.values())


def _sort(blueprint: Blueprint, row: Filter | None) -> Sort | None:
    """What an item has to be to stand in a row of a blueprint; None where nothing can be."""
    sort: Sort = {"use": frozenset(_USES[blueprint.use])}
    for part in (blueprint.only, row):
        for key, values in part.named.items() if part else ():
            wanted = frozenset(map(str, values))
            sort[key] = sort.get(key, wanted) & wanted
    return sort if all(sort.values()) else None
