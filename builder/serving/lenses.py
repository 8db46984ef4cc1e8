"""What the course makes of a line, said above it: how many items a paragraph or theme has, where an item is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from builder.coverage import cover
from builder.report import counted
from builder.serving import shapes
from builder.serving.chunks import chunks
from builder.serving.mentions import Name, in_chunk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.coverage import Cell, Coverage
    from builder.loading.loaded import Loaded
    from builder.model import Course, Item
    from builder.serving.mentions import Mention, Source

MOST = 1000  # items of a bank that has such lines; an editor asks for all of them after each key
_NAMED = 3  # papers that are named


class Lens(NamedTuple):
    """What is said above a line, counted from 0. `name` is what it is about, if there are places that mention it."""

    row: int
    column: int
    said: str
    name: Name | None = None


@dataclass(frozen=True)
class Tally:
    """What a course comes to, counted once for each check."""

    loaded: Loaded
    course: Course

    @cached_property
    def coverage(self) -> Coverage:
        """The coverage of the course."""
        return cover(self.course)

    @cached_property
    def cells(self) -> dict[tuple[str, str], Cell]:
        """The numbers of items by sort and name: paragraphs, works, and the rows of the specification."""
        found = {("paragraph", it.place.paragraph.id): it.cell for it in self.coverage.paragraphs}
        found |= {("work", line.head.key): line.cells[0] for line in self.coverage.works}
        for table in self.coverage.tables:
            found |= {(table.name, line.head.key): line.cells[-1] for line in table.lines}
        return found

    @cached_property
    def theories(self) -> Counter[str]:
        """The number of items in use of each theory."""
        return Counter(item.theory or "" for item in self.course.active)

    @cached_property
    def enemies(self) -> Counter[str]:
        """How many items name an item as their enemy."""
        return Counter(enemy for item in self.course.active for enemy in item.enemies)

    @cached_property
    def passages(self) -> Counter[tuple[str, str]]:
        """The number of items of each passage, by its id and the path of its bank."""
        return Counter((item.passage.id, self.course.at[item.id].path) for item in self.course.active if item.passage)


def lenses(source: Source, tally: Tally) -> list[Lens]:
    """The lines to show in a file; none for a bank with very many items."""
    role = shapes.role(source.path, source.text)
    parts = chunks(source.text)
    match role:
        case "bank":
            return list(_of_bank(source, tally)) if len(parts) <= MOST else []
        case "outline" | "course" | "references":
            found = (it for part in parts for it in in_chunk(source, role, part) if it.is_definition)
            return [lens for it in found if (lens := _of_name(it, tally))]
        case "specification":
            return list(_of_specification(source, tally))
        case "blueprint":
            return list(_of_blueprint(source, tally))
        case _:
            return []


def _of_name(found: Mention, tally: Tally) -> Lens | None:
    sort, name, _ = found.name
    if sort in {"paragraph", "work"} and (cell := tally.cells.get((sort, name))):
        return Lens(found.row, found.column, _counted(cell), found.name)
    if sort == "theme" and (cell := tally.cells.get(("themes", name))):
        return Lens(found.row, found.column, _counted(cell), found.name)
    if sort in {"theme", "theory"}:
        number = tally.theories[name] if sort == "theory" else 0
        return Lens(found.row, found.column, counted(number, "item"), found.name)
    return None


def _counted(cell: Cell) -> str:
    """`3 items`, with what is wanted where something is: `3 items, wants 4 or more: too few`."""
    said = counted(cell.have, "item")
    if cell.want is None:
        return said
    return f"{said}, wants {cell.range}{': ' * bool(cell.verdict)}{cell.verdict}"


def _of_bank(source: Source, tally: Tally) -> Iterator[Lens]:
    course = tally.course
    for chunk in chunks(source.text):
        field = chunk.field("id")
        if field is None:
            continue
        name, start = field
        row = chunk.row + chunk.text.count("\n", 0, start)
        column = start - chunk.text.rfind("\n", 0, start) - 1
        item = course.by_id.get(name)
        if chunk.above == ("items",) and item:
            if said := _used(item, tally):
                yield Lens(row, column, said, Name("item", name))
        elif chunk.above == ("passages",):
            number = tally.passages[name, source.path]
            yield Lens(row, column, counted(number, "item"), Name("passage", name, source.bank))


def _used(item: Item, tally: Tally) -> str:
    """Whether an item is released, which papers may ask it, and whose enemy it is; empty where nothing of this is known."""
    course, lock = tally.course, tally.loaded.lock
    locked = lock.items.get(item.id) if lock else None
    said = [f"released in {locked.added}" if locked else "not released"] if lock else []
    if item.retired:
        return " · ".join([*said, "retired"])
    papers = [
        name
        for name, it in course.blueprints.items()
        if item.id in it.fixed or (it.may_ask(item) and it.only.matches(item) and item.id not in it.excluded)
    ]
    if course.blueprints:
        more = f" and {len(papers) - _NAMED} more" if len(papers) > _NAMED else ""
        said.append(f"may be on {', '.join(papers[:_NAMED])}{more}" if papers else "on no paper")
    if number := tally.enemies[item.id]:
        said.append(f"enemy of {counted(number, 'item')}")
    asked = sum(item.id in paper.items for paper in course.history.papers)
    return " · ".join([*said, *([f"asked on {counted(asked, 'paper')}"] if asked else [])])


def _of_specification(source: Source, tally: Tally) -> Iterator[Lens]:
    """The rows of each table, and the works that are named."""
    for chunk in chunks(source.text):
        table = chunk.text.partition(":")[0]
        for it in in_chunk(source, "specification", chunk):
            sort = "themes" if it.name.sort == "theme" else it.name.sort
            if cell := tally.cells.get((sort, it.name.text)):
                yield Lens(it.row, it.column, f"{_counted(cell)}{_off(tally, sort, it.name.text)}", it.name)
        if table in {"bloom", "difficulty"}:
            yield from _rows(chunk.row, chunk.text, table, tally)


def _rows(row: int, text: str, table: str, tally: Tally) -> Iterator[Lens]:
    for number, line in enumerate(text.split("\n")):
        name = line.strip().partition(":")[0]
        if number and (cell := tally.cells.get((table, name))):
            column = len(line) - len(line.lstrip())
            yield Lens(row + number, column, f"{_counted(cell)}{_off(tally, table, name)}")


def _off(tally: Tally, table: str, row: str) -> str:
    """The cells of a row that miss their target: ` (mcq 8, wants 9 to 11)`."""
    found = next((it for it in tally.coverage.tables if it.name == table), None)
    line = next((it for it in found.lines if it.head.key == row), None) if found else None
    if found is None or line is None:
        return ""
    off = [
        f"{head.name} {cell.have}, wants {cell.range}"
        for head, cell in zip(found.columns[:-1], line.cells[:-1], strict=True)
        if cell.verdict
    ]
    return f" ({'; '.join(off)})" if off else ""


def _of_blueprint(source: Source, tally: Tally) -> Iterator[Lens]:
    """How many items a paper may ask, and how many match each of its rows."""
    paper = next(
        (it for name, it in tally.course.blueprints.items() if tally.course.blueprint_at[name].path == source.path),
        None,
    )
    if paper is None:
        return
    items = [
        it for it in tally.course.active if paper.may_ask(it) and paper.only.matches(it) and it.id not in paper.excluded
    ]
    parts = chunks(source.text)
    for chunk in parts:
        if chunk.text.startswith("blueprint:"):
            yield Lens(chunk.row, 0, f"may ask {counted(len(items), 'item')}", Name("blueprint", paper.blueprint))
    rows = [it for it in parts if it.above == ("rows",)]
    if len(rows) == len(paper.rows):
        for chunk, wanted in zip(rows, paper.rows, strict=True):
            number = sum(wanted.matches(it) for it in items)
            yield Lens(chunk.row, 0, f"{counted(number, 'item')} to draw from, wants {wanted.wants}")
