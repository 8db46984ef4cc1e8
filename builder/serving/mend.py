"""Quick fixes: what `check --fix` mends, and names that were nearly typed right."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from builder import fixes
from builder.source import escapes

if TYPE_CHECKING:
    from builder.diagnostics import Diagnostic
    from builder.loading.loaded import Loaded

_NEAR = re.compile(r"did you mean '([^']+)'\?")
_TYPED = re.compile(r"'([^']+)'")
_MENDED = (*fixes.RULES, escapes.CODE)


class Change(NamedTuple):
    """Lines `first` to `last` of a file, from 0 and without the last, become `text`."""

    first: int
    last: int
    text: str


class Mend(NamedTuple):
    """A fix with its title. Either whole lines change, or in one line the characters `word` in a row, from 0."""

    title: str
    changes: list[Change]
    word: tuple[int, int, int] | None = None
    new: str = ""
    finding: Diagnostic | None = None


def nearest(found: Diagnostic, text: str) -> Mend | None:
    """The fix that puts the nearest known name in place of one that is unknown."""
    near, typed = _NEAR.search(found.help), _TYPED.search(found.message)
    lines = text.split("\n")
    if not near or not typed or found.span.line > len(lines):
        return None
    line, column = lines[found.span.line - 1], found.span.column - 1
    start = line.find(typed[1], column)
    if start < 0 or line[column:start].strip("'\"-[{ "):
        return None
    end = start + len(typed[1])
    return Mend(f"Change to '{near[1]}'", [], (found.span.line - 1, start, end), near[1], found)


def here(found: Diagnostic, loaded: Loaded) -> Mend | None:
    """The fix of what a rule finds at a place, if it is mechanical."""
    path = found.span.path
    if found.code not in _MENDED:
        return None
    every = found.code == escapes.CODE
    mended = fixes.fixed(_part(path, loaded), select=None if every else {found.code}).get(path)
    if mended is None:
        return None
    row = found.span.line - 1
    changes = [it for it in changed(loaded.texts[path], mended.text) if it.first <= row < max(it.last, it.first + 1)]
    return Mend(f"Mend {found.code} here", changes, finding=found) if changes else None


def whole(path: str, loaded: Loaded) -> Mend | None:
    """The fix of all that is mechanical in a bank."""
    mended = fixes.fixed(_part(path, loaded)).get(path)
    if mended is None:
        return None
    return Mend("Mend all that is mechanical in this bank", changed(loaded.texts[path], mended.text))


def _part(path: str, loaded: Loaded) -> Loaded:
    """What was loaded, with only the items of one bank: an editor asks at every move of the cursor."""
    course = loaded.course
    if course is None:
        return loaded
    at = {item_id: at for item_id, at in course.at.items() if at.path == path}
    items = tuple(course.by_id[item_id] for item_id in at)
    return replace(loaded, course=replace(course, items=items, at=at))


def changed(old: str, new: str) -> list[Change]:
    """The lines that differ between two texts."""
    before, after = (re.findall(r"[^\n]*\n|[^\n]+\Z", text) for text in (old, new))
    return [
        Change(a, b, "".join(after[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
