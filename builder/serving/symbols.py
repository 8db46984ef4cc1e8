"""What a file and a course name: items, works, paragraphs, passages, themes and papers, to be listed and searched."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from builder.serving import known, shapes
from builder.serving.chunks import chunks
from builder.serving.family import now
from builder.serving.mentions import Source, in_chunk
from builder.serving.naming import Place

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from builder.model import Course
    from builder.serving.desk import Desk

MOST = 200  # names that a search finds
_SEARCHED = ("item", "work", "paragraph", "passage", "theme", "blueprint")


class Symbol(NamedTuple):
    """A name that a file gives: its sort, a detail, its row and column, and the first and last row of what it names."""

    sort: str
    name: str
    detail: str
    row: int
    column: int
    first: int
    last: int


class Found(NamedTuple):
    """A name that was searched for: its sort, what it is in a few words, and where it is given."""

    sort: str
    name: str
    said: str
    place: Place


def symbols(path: str, text: str) -> Iterator[Symbol]:
    """The items and passages of a bank, also of one that can't be read as a whole; of other files the names that they give."""
    role = shapes.role(path, text)
    if role is None:
        return
    for chunk in chunks(text):
        last = chunk.row + chunk.body.count("\n")
        if role in {"bank", "translation"}:
            if (found := chunk.field("id")) and chunk.above in {("items",), ("passages",)}:
                name, start = found
                kind = chunk.field("kind")
                row = chunk.row + chunk.text.count("\n", 0, start)
                column = start - chunk.text.rfind("\n", 0, start) - 1
                yield Symbol(chunk.above[0][:-1], name, kind[0] if kind else "", row, column, chunk.row, last)
            continue
        for it in in_chunk(Source(path, path, text), role, chunk):
            if it.is_definition and it.name.sort in _SEARCHED:
                first, end = (chunk.row, last) if it.name.sort == "work" else (it.row, it.row)
                yield Symbol(it.name.sort, it.name.text, it.name.sort, it.row, it.column, first, end)


def everywhere(query: str, desk: Desk) -> list[Found]:
    """The names of all courses that hold the query, or whose text does: at most `MOST`, items first."""
    wanted = query.casefold()
    found: list[Found] = []
    for root, course in desk.courses.items():
        fitting = {
            (sort, name): said
            for sort, name, said in _named(course)
            if wanted in name.casefold() or wanted in said.casefold()
        }
        asked = dict(islice(fitting.items(), MOST - len(found)))
        files = desk.checked[root].texts if root in desk.checked else {}
        given = {key: it for path in files for key, it in _given(path, now(desk, path) or "", asked)}
        found += [Found(*key, said, given[key]) for key, said in asked.items() if key in given]
    return found


def _named(course: Course) -> Iterator[tuple[str, str, str]]:
    """Sort, name and description of all that a course names."""
    yield from (("item", item.id, known.told(item)) for item in course.items)
    yield from (("work", key, known.work(entry)) for key, entry in course.references.items())
    yield from (("paragraph", key, it.paragraph.gist) for key, it in course.places.items())
    yield from (("passage", it.id, it.title or "") for it, _ in course.passages)
    yield from (("theme", key, title) for key, title in course.themes.items())
    yield from (("blueprint", key, it.title) for key, it in course.blueprints.items())


def _given(path: str, text: str, asked: Container[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], Place]]:
    """Where a file gives the names that are asked for, by sort and name."""
    for it in symbols(path, text):
        if (it.sort, it.name) in asked:
            yield (it.sort, it.name), Place(path, it.row, it.column, it.column + len(it.name))
