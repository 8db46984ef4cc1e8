"""Which names a text mentions, and where: ids, works, themes and so on, each told by the place that it stands at.

Only those pieces of a text (`chunks.py`) that hold the letters of a name are read for it. So its places among ten
thousand items are found while the cursor rests on it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from builder.serving import shapes
from builder.serving.chunks import chunks, entry_way
from builder.serving.cursor import ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.serving.chunks import Chunk
    from builder.serving.cursor import Way

_SHOWN = re.compile(r"!\[[^\]\n]*\]\(<?([^)\s>]+)")  # a picture or sound in a text
_HEADS = {"theme": "theme", "theory": "theory", "basis": "source", "tags": "tag"}  # by which items are chosen
_ITEM = _HEADS | {
    "enemies": "item",
    "cites": "work",
    "locator": "paragraph",
    "group": "group",
    "contrast": "contrast",
    "passage": "passage",
}


class Name(NamedTuple):
    """A name and its sort.

    The sorts are `item`, `work`, `theme`, `theory`, `paragraph`, `source`, `tag`, `group`, `contrast`, `passage`,
    `blueprint`, `rule`, `media` and `file`. `bank` is the bank that it belongs to, by its path from the folder of the course; only passages have one.
    """

    sort: str
    text: str
    bank: str = ""


class Mention(NamedTuple):
    """A place in a text that mentions a name: line and column, from 0, of its first character; `start` is its offset.

    `is_definition` says that the name is given here to what it names.
    """

    name: Name
    row: int
    column: int
    start: int
    is_definition: bool


class Source(NamedTuple):
    """A file of a course: its path, its path from the folder of the course that it was written for, its text.

    The file of a translation has `bank` as that of the bank that it translates.
    """

    path: str
    bank: str
    text: str
    is_translation: bool = False


def mentions(source: Source, wanted: Name | None = None) -> Iterator[Mention]:
    """The places of all names in a text, or of one, in order.

    What stands behind a mistake in YAML is not found in that piece of the text, and is in the others.
    """
    if wanted and wanted.text not in source.text:
        return
    role = shapes.role(source.path, source.text)
    for chunk in chunks(source.text) if role else ():
        if role and (wanted is None or wanted.text in chunk.text):
            found = in_chunk(source, role, chunk)
            yield from (it for it in found if wanted is None or it.name == wanted)


def in_chunk(source: Source, role: str, chunk: Chunk) -> list[Mention]:
    """The places of names in a piece of a text that plays a role (`shapes.role`)."""
    found: list[Mention] = []

    def add(sort: str, name: str, at: int, *, is_definition: bool) -> None:
        bank = source.bank if sort == "passage" else ""
        line = chunk.text.rfind("\n", 0, at) + 1
        row = chunk.row + chunk.text.count("\n", 0, at)
        is_original = is_definition and not source.is_translation
        found.append(Mention(Name(sort, name, bank), row, at - line, chunk.start + at, is_original))

    for way, event, is_key in scalars(chunk):
        sort = sort_of(role, way, is_key=is_key)
        if sort and event.value:
            begin = event.start_mark.index + bool(event.style)
            add(sort[0], event.value, begin, is_definition=sort[1])
    if "![" in chunk.text:
        for shown in _SHOWN.finditer(chunk.text):
            add("media", shown[1], shown.start(1), is_definition=False)
    return sorted(found, key=lambda it: it.start)


def sort_of(role: str, way: Way, *, is_key: bool = False) -> tuple[str, bool] | None:
    """Of which sort the name at the end of a way is, and whether it is given there; None where there is none.

    In a bank, at `("items", "[]", "cites", "[]")` a work is named; in course.yaml, `("themes", "grief")` as a key is a
    theme that is given its name.
    """
    steps = tuple(step for step in way if step != ENTRY)
    if is_key:
        return _as_key(role, steps)
    match role, steps:
        case "bank" | "translation", ("items" | "passages" as what, "id"):
            return what[:-1], role == "bank"
        case "bank" | "translation", ("items", "image" | "audio", "file"):
            return "media", False
        case "translation", ("translates",):
            return "file", False
        case "bank", ("items", key) | ("theme" | "theory" as key,):
            return _named(_ITEM.get(key))
        case "blueprint", ("only" | "rows", key):
            return _named(_HEADS.get(key))
        case "blueprint", ("blueprint",):
            return "blueprint", True
        case "blueprint", ("disjoint" | "fixed" | "excluded" as key,):
            return "blueprint" if key == "disjoint" else "item", False
        case "references", ("references", "id") | ("id",):
            return "work", True
        case _:
            return _beside(role, steps)


def _named(sort: str | None) -> tuple[str, bool] | None:
    return (sort, False) if sort else None


def _as_key(role: str, steps: Way) -> tuple[str, bool] | None:
    """The name that a key is."""
    match role, steps:
        case "bank", ("items", "allow", _):
            return "rule", False
        case "course", ("themes" | "theories" as what, _):
            return ("theme" if what == "themes" else "theory"), True
        case "course", ("lint", "severity", _):
            return "rule", False
        case "specification", ("themes", _) | ("references", "each", _):
            return ("theme" if steps[0] == "themes" else "work"), False
        case "history", ("papers", "items", _):
            return "item", False
        case _:
            return None


def _beside(role: str, steps: Way) -> tuple[str, bool] | None:
    """The name that a value is in one of the files beside banks and blueprints."""
    match role, steps:
        case "course", ("lint", "own", "code"):
            return "rule", True
        case "course", ("lint", "own", "where", key):
            return _named(_HEADS.get(key))
        case "course", ("references" | "outline" | "specification" | "citations" | "wording",):
            return "file", False
        case "course", ("lint", "traps" | "shingles"):
            return "file", False
        case "outline", ("sources", "id"):
            return "source", True
        case "outline", ("sources", "sections", "paragraphs", "id"):
            return "paragraph", True
        case "outline", ("sources", "ref") | ("sources", "sections", "paragraphs", "cites"):
            return "work", False
        case "traps", ("traps", "where"):
            return "paragraph", False
        case "history", ("papers", "blueprint"):
            return "blueprint", False
        case _:
            return None


def scalars(chunk: Chunk) -> Iterator[tuple[Way, Any, bool]]:
    """Each scalar of a piece with the way to it, and whether it is a key, as far as the piece can be read."""
    parser = CParser(chunk.text)
    way: list[str] = list(entry_way(chunk))[:-1] if chunk.is_entry else list(chunk.above)
    stack: list[
        bool | None
    ] = []  # for each level: False in a list, None where a key comes next, True where its value does
    while True:
        try:
            event: Any = parser.get_event()
        except yaml.YAMLError:
            return
        kind = type(event)
        if kind is yaml.StreamEndEvent:
            return
        if kind in {yaml.MappingEndEvent, yaml.SequenceEndEvent}:
            stack.pop()
            way = _closed(way, stack) if kind is yaml.MappingEndEvent else _closed(way[:-1], stack)
        elif kind in {yaml.MappingStartEvent, yaml.SequenceStartEvent}:
            stack.append(None if kind is yaml.MappingStartEvent else False)
            way = way if kind is yaml.MappingStartEvent else [*way, ENTRY]
        elif kind is yaml.ScalarEvent and stack and stack[-1] is None:
            way.append(event.value)
            stack[-1] = True
            yield tuple(way), event, True
        elif kind in {yaml.ScalarEvent, yaml.AliasEvent}:
            if kind is yaml.ScalarEvent:
                yield tuple(way), event, False
            way = _closed(way, stack)


def _closed(way: list[str], stack: list[bool | None]) -> list[str]:
    """The way behind a value: the key that it belongs to ends with it."""
    if stack and stack[-1]:
        stack[-1] = None
        return way[:-1]
    return way
