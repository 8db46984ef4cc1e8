"""Where things stand: what a word refers to, and the items of a bank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import At, Lines, Span
from builder.serving import known
from builder.serving.hover import named
from builder.source import nodes, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from builder.model import Course
    from builder.serving.cursor import Spot

_ID = r"""(?:^|[\s{{,])["']?id["']?\s*:\s*["']?{}["']?\s*(?:$|[,}}#])"""


class Symbol(NamedTuple):
    """An item of a bank: its id, its kind, and its lines, from 1."""

    name: str
    kind: str
    first: Span
    last: int


def definition(spot: Spot, course: Course, text_of: Callable[[str], str], files: Iterable[str]) -> Span | None:
    """The place of what the word at a place stands for: of an item, a work, a paragraph, a theme, a passage or a paper.

    `text_of` gives the text of a file of the course, `files` are their paths.
    """
    here, word = named(spot)
    key = known.key_of(here.way)
    at: At | None = None
    match key:
        case "cites" | "locator" | "ref":
            names = course.references if key != "locator" else course.places
            return _with_id(word, files, text_of, without=course) if word in names else None
        case "theme" | "theory":
            keys = ("themes" if key == "theme" else "theories", word)
            at = At(course.path, keys, on_key=True) if word in course.themes or word in course.theories else None
        case "disjoint":
            at = course.blueprint_at.get(word)
        case "passage":
            at = next((at for passage, at in course.passages if passage.id == word and at.path == spot.path), None)
        case "enemies" | "fixed" | "excluded" | "id":
            at = course.at.get(word)
            # Where items were typed since the last check, their numbers have changed, and their ids have not.
            if at and (found := _named(word, at.path, text_of(at.path))):
                return found
        case _:
            return None
    return located(at, text_of(at.path)) if at else None


def located(at: At, text: str) -> Span:
    """The line and column of a symbolic place."""
    (span,) = places.locate(at.path, text, [(at.keys, at.on_key)])
    return span


def _with_id(name: str, files: Iterable[str], text_of: Callable[[str], str], without: Course) -> Span | None:
    """The first place where an entry has this id, outside of the banks."""
    banks = {at.path for at in without.at.values()}
    found = (_named(name, path, text_of(path)) for path in files if path not in banks)
    return next(filter(None, found), None)


def _named(name: str, path: str, text: str) -> Span | None:
    """The first place of a text where an entry has this id."""
    found = re.search(_ID.format(re.escape(name)), text, re.MULTILINE)
    return Lines(path, text).span(text.index(name, found.start())) if found else None


def symbols(path: str, text: str) -> Iterator[Symbol]:
    """The items of a bank; none of a text that is no bank, or that can't be read."""
    parsed = nodes.values(path, text)
    value = parsed.value
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list) or len(parsed.starts) != len(items):
        return
    lines = Lines(path, text)
    firsts = [lines.span(start) for start in parsed.starts]
    ends = [*(span.line - 1 for span in firsts[1:]), text.count("\n") + 1]
    for item, first, last in zip(items, firsts, ends, strict=True):
        if isinstance(item, dict):
            name, kind = item.get("id"), item.get("kind", "")
            yield Symbol(str(name or "item"), str(kind), first, max(first.line, last))


def everywhere(query: str, courses: Iterable[Course], most: int = 200) -> list[tuple[str, str, At]]:
    """The items of all courses whose id or prompt holds the query: id, a few words, and place."""
    wanted = query.casefold()
    found = (
        (item.id, known.told(item), course.at[item.id])
        for course in courses
        for item in course.items
        if item.id in course.at and (wanted in item.id or wanted in item.prompt.casefold())
    )
    return [entry for entry, _ in zip(found, range(most), strict=False)]
