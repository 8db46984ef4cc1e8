"""Names across the files of a course: what stands at a place, where it is given, where else it is, and its new name."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import BuilderError
from builder.model.fields import CITE_KEY, SLUG
from builder.model.history import HISTORY_FILE
from builder.model.lock import mark
from builder.model.usage import USAGE_FILE
from builder.serving import shapes
from builder.serving.chunks import at_row, chunks
from builder.serving.hover import named
from builder.serving.mentions import Mention, Name, Source, in_chunk, mentions, sort_of
from builder.source import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model import Course, Lock
    from builder.serving.cursor import Spot
    from builder.serving.family import Family

_RECORD = "-rec"  # ends the key of the known record of a work, beside the entry as the source prints it
_LOCATOR = r"^[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*$"
_LONGEST = 80
_SHAPES = {"work": CITE_KEY, "paragraph": _LOCATOR}
_FIXED = ("rule", "media", "file")  # names that are not the author's, or are those of files
_JOINED = ("tag",)  # sorts of which two may become one


class Place(NamedTuple):
    """A place in a file, from 0: row, first column, and the column behind it."""

    path: str
    row: int
    start: int
    end: int


def at(source: Source, spot: Spot) -> Mention | None:
    """What is named at a place; also where the YAML around it can't be read."""
    role = shapes.role(source.path, source.text)
    if role is None:
        return None
    chunk = at_row(source.text, spot.row)
    for it in in_chunk(source, role, chunk) if chunk else ():
        if it.row == spot.row and it.column <= spot.column <= it.column + len(it.name.text):
            return it
    here, word = named(spot)
    line = source.text.split("\n")[spot.row] if spot.row <= source.text.count("\n") else ""
    start = line.rfind(word, 0, spot.column + len(word)) if word else -1
    if start < 0:
        return None
    is_key = line[start + len(word) : start + len(word) + 1] == ":"
    sort = sort_of(role, here.way, is_key=is_key)
    bank = source.bank if sort and sort[0] == "passage" else ""
    return Mention(Name(sort[0], word, bank), spot.row, start, -1, is_definition=sort[1]) if sort else None


def definitions(names: Family, source: Source, found: Mention) -> list[Place]:
    """Where what is named is given its name: most often one place; none where nobody has given it."""
    if found.name.sort in {"media", "file"}:
        folder = str(names.root)
        if found.name.sort == "file" and os.path.basename(source.path) == "course.yaml":
            folder = os.path.dirname(source.path)
        path = os.path.join(folder, *found.name.text.split("/"))
        return [Place(path, 0, 0, 0)] if os.path.isfile(path) else []
    return [place(it, mention) for it, mention in names.all(found.name) if mention.is_definition]


def references(names: Family, name: Name, *, with_definition: bool) -> list[Place]:
    """Every place that mentions a name; without the definition, only those where it is used."""
    return [place(it, mention) for it, mention in names.all(name) if with_definition or not mention.is_definition]


def within(source: Source, name: Name) -> list[Mention]:
    """Every place of one file that mentions a name."""
    return list(mentions(source, name))


def place(source: Source, found: Mention) -> Place:
    """The place of a mention."""
    return Place(source.path, found.row, found.column, found.column + len(found.name.text))


def refusal(names: Family, name: Name) -> str:
    """Why a name can't be changed; the empty string if it can."""
    if name.sort in _FIXED:
        said = {"rule": "a rule has the name that it has", "media": "rename the file, and then what names it"}
        return said.get(name.sort, "rename the file, and then the line that names it")
    if any(it.course is None for it in names.loaded.values()) or not names.loaded:
        return "course.yaml can't be read just now, so nobody knows what has this name; mend it first"
    if name.sort == "item":
        for loaded in names.loaded.values():
            if loaded.lock and (why := _released(name.text, loaded.lock)):
                return why
    for loaded in names.loaded.values():
        if loaded.course and (why := _recorded(name, loaded.course)):
            return why
    return ""


def _released(item: str, lock: Lock) -> str:
    locked = lock.items.get(item)
    if locked is None and mark(f"{lock.course}:{item}") not in lock.kept:
        return ""
    since = f"since release {locked.added}" if locked else f"in release {lock.release}, kept for exams"
    return (
        f"'{item}' is released ({since}): students' cards are known by this id, and under another one they would begin"
        " anew. Retire the item, and give the new question an id of its own"
    )


def _recorded(name: Name, course: Course) -> str:
    """Why a name stays that a record of papers or of answers has."""
    for paper in course.history.papers:
        if (name.sort == "item" and name.text in paper.items) or (
            name.sort == "blueprint" and name.text == paper.blueprint
        ):
            return f"'{name.text}' is in {HISTORY_FILE}: paper {paper.paper} of {paper.date} was given under this name"
    if name.sort == "item" and any(use.item == name.text for use in course.usage):
        return f"'{name.text}' is in {USAGE_FILE}: answers are recorded under this id"
    return ""


def renamed(names: Family, name: Name, new: str) -> dict[Source, list[tuple[Mention, str]]]:
    """What a new name changes: by file the places, each with the text that stands there then.

    The key of a work takes that of its record (`-rec`) along.

    Raises:
        BuilderError: the name can't be changed, or not to this; the message says why.
    """
    if why := refusal(names, name):
        raise BuilderError(why)
    _refuse_shape(name, new)
    _refuse_illegible(names)
    pairs = {name: name._replace(text=new)}
    if name.sort == "work":
        record = name._replace(text=name.text + _RECORD)
        if any(True for _ in names.all(record)):
            pairs[record] = name._replace(text=new + _RECORD)
    for old, wanted in pairs.items():
        _refuse_taken(names, old, wanted)
    changes: dict[Source, list[tuple[Mention, str]]] = {}
    for source in names.sources:
        found = [(it, pairs[old].text) for old in pairs for it in mentions(source, old)]
        if found or any(old.text in source.text for old in pairs):
            _refuse_unread(source)
        if found:
            changes[source] = sorted(found, key=lambda it: it[0].start)
            _prove(source, changes[source], pairs)
    if not changes:
        message = f"'{name.text}' is nowhere in the course as it is now"
        raise BuilderError(message)
    return changes


def _refuse_shape(name: Name, new: str) -> None:
    """Stop at a new name that names of this sort can't have."""
    shape = _SHAPES.get(name.sort, SLUG)
    if re.fullmatch(shape, new) and (len(new) <= _LONGEST or name.sort in _SHAPES):
        return
    said = {
        "work": "a citation key begins with a letter or digit, and has no spaces, commas or brackets",
        "paragraph": "a locator has small letters, digits, '-', '_' and '.', with '/' between its parts",
    }
    usual = f"use up to {_LONGEST} small letters and digits, joined by '-', '_' or '.'"
    message = f"'{new}' can't be the name of a {name.sort}: {said.get(name.sort, usual)}"
    raise BuilderError(message)


def _refuse_taken(names: Family, old: Name, wanted: Name) -> None:
    """Stop at a new name that something has already; two tags may become one, if no list has both."""
    if old == wanted:
        message = f"'{wanted.text}' is its name already"
        raise BuilderError(message)
    taken = next(names.all(wanted), None)
    if taken and old.sort not in _JOINED:
        source, found = taken
        message = f"the {old.sort} '{wanted.text}' is there already: {source.bank}, line {found.row + 1}"
        raise BuilderError(message)
    for source, found in names.all(wanted) if taken else ():
        chunk = next(it for it in reversed(chunks(source.text)) if it.start <= found.start)
        if chunk.is_entry and any(
            chunk.start <= it.start < chunk.start + len(chunk.text) for it in mentions(source, old)
        ):
            message = f"{source.bank}, line {found.row + 1}: both tags are on one item; delete one of them first"
            raise BuilderError(message)


def _refuse_illegible(names: Family) -> None:
    """Stop where a file is no text at all, or a merge in it is not finished: nobody knows what it mentions."""
    read = {it.path for it in names.sources}
    for found in (it for loaded in names.loaded.values() for it in loaded.diagnostics):
        if found.code in {"encoding", "merge-conflict"} and found.span.path not in read:
            message = f"{os.path.basename(found.span.path)}, line {found.span.line}: mend this first: {found.message}"
            raise BuilderError(message)


def _refuse_unread(source: Source) -> None:
    """Stop where a file can't be read: names behind the mistake would stay as they are."""
    if shapes.role(source.path, source.text) is None:
        return
    broken = next((it for it in nodes.values(source.path, source.text).problems if it.code == "yaml-syntax"), None)
    if broken:
        message = f"{source.bank}, line {broken.span.line}: mend this first, for what is below can't be read: {broken.message}"
        raise BuilderError(message)


def _prove(source: Source, changes: list[tuple[Mention, str]], pairs: dict[Name, Name]) -> None:
    """Stop if a file with the new name would not say what it says now with the old one."""
    meant = [pairs.get(it.name, it.name) for it in mentions(source)]
    after = source._replace(text=applied(source.text, changes))
    if [it.name for it in mentions(after)] != meant:
        message = f"{source.bank}: the new name can't be written there without quotes; write it by hand"
        raise BuilderError(message)


def applied(text: str, changes: Iterable[tuple[Mention, str]]) -> str:
    """A text with names changed."""
    return "".join(_parts(text, changes))


def _parts(text: str, changes: Iterable[tuple[Mention, str]]) -> Iterator[str]:
    end = 0
    for found, new in changes:
        yield from (text[end : found.start], new)
        end = found.start + len(found.name.text)
    yield text[end:]
