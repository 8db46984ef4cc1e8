"""What the desk shows of a check: a row for each item with its findings, and what is wrong elsewhere.

An item that can't be read just now stays as it could last be read. For
example, a bank gets a mistake in its YAML: its items keep their rows, each of
them marked as old, and the mistake stands above the list.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from builder.diagnostics import Lines, Severity
from builder.source import nodes, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.diagnostics import Diagnostic
    from builder.loading.loaded import Loaded
    from builder.model import Course, Item

_KEY = r"(?:^|[\s{{,-]){}:[ \t]*[\"']?([\w.-]+)"
_ID, _KIND = re.compile(_KEY.format("id"), re.MULTILINE), re.compile(_KEY.format("kind"), re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """An item of the list: its bank's path and name, the line on which it starts, and what was found in it.

    `bank` is the path within the course, without its ending. `course` is the course that `item` was read in. Without an `item`, the entry could never be read; `is_old` says
    that it can't be read just now.
    """

    id: str
    kind: str
    path: str
    bank: str
    line: int
    findings: tuple[Diagnostic, ...] = ()
    item: Item | None = None
    course: Course | None = None
    is_old: bool = False

    @cached_property
    def text(self) -> str:
        """All that a search looks through, in small letters."""
        said = self.item.model_dump_json() if self.item else ""
        return f"{self.id} {said}".casefold()

    @property
    def facets(self) -> dict[str, str]:
        """What the list is filtered by, in words; the empty string where an item has none of it."""
        item = self.item
        return {
            "kind": self.kind,
            "theme": (item.theme or "") if item else "",
            "bank": self.bank,
            "status": _status(item) if item else "unreadable",
        }

    @property
    def errors(self) -> int:
        """How many of its findings are errors."""
        return sum(d.severity is Severity.ERROR for d in self.findings)


def _status(item: Item) -> str:
    return "retired" if item.retired else item.status or ""


@dataclass(frozen=True)
class Asked:
    """What of the list is asked for: words, and by facet or `rule` the value that an entry must have."""

    words: tuple[str, ...] = ()
    wanted: dict[str, str] = field(default_factory=dict)

    def __call__(self, entry: Entry) -> bool:
        """Whether the entry is among it."""
        for name, value in self.wanted.items():
            if name == "rule":
                codes = {d.code for d in entry.findings}
                if not (codes if value == "any" else value in codes):
                    return False
            elif entry.facets[name] != value:
                return False
        return all(word in entry.text for word in self.words)


@dataclass(frozen=True)
class View:
    """A check as the desk shows it.

    `elsewhere` are the findings that belong to no entry; `version` counts checks; `root` is the folder of the course.
    """

    version: int
    root: str
    title: str
    course: Course | None
    entries: tuple[Entry, ...]
    elsewhere: tuple[Diagnostic, ...]
    loaded: Loaded

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The entries by id, the first of each."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            found.setdefault(entry.id, entry)
        return found

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """By facet how many entries have which value, in the order of the list; rules by how often they were found."""
        counted: dict[str, dict[str, int]] = {name: {} for name in ("rule", "theme", "kind", "bank", "status")}
        for entry in self.entries:
            for name, value in entry.facets.items():
                if value:
                    counted[name][value] = counted[name].get(value, 0) + 1
            for code in {d.code for d in entry.findings}:
                counted["rule"][code] = counted["rule"].get(code, 0) + 1
        counted["rule"] = dict(sorted(counted["rule"].items()))
        return counted

    def within(self, path: str) -> str:
        """A path as people are shown it: from the course's folder on."""
        return os.path.relpath(path, self.root) if self.root else path

    def chosen(self, asked: Asked) -> list[Entry]:
        """The entries of the list that are asked for."""
        return [entry for entry in self.entries if asked(entry)]


def view(loaded: Loaded, before: View | None = None) -> View:
    """What is shown of a check, with what `before` had of items that can't be read just now."""
    course = loaded.course or (before.course if before else None)
    found, items = _by_path(loaded.diagnostics), _items(loaded.course)
    root = os.path.dirname(course.path) if course else ""
    entries: list[Entry] = []
    elsewhere = [d for path, some in found.items() if path not in loaded.starts for d in some]
    for path in loaded.starts:
        if heads := _heads(path, loaded):
            mine, rest = _of_bank(path, loaded, heads, items.get(path, {}), found.get(path, []))
            bank = os.path.splitext(os.path.relpath(path, root) if root else path)[0]
            entries += _with_old([replace(entry, bank=bank) for entry in mine], before)
        else:  # its YAML can't be read
            entries += [_old(entry) for entry in (before.entries if before else ()) if entry.path == path]
            rest = found.get(path, [])
        elsewhere += rest
    if before and not loaded.starts:
        entries = [_old(entry) for entry in before.entries]
    return View(
        before.version + 1 if before else 1,
        root,
        course.title if course else "a course that can't be read yet",
        course,
        tuple(entries),
        tuple(elsewhere),
        loaded,
    )


def _by_path(diagnostics: Sequence[Diagnostic]) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        found.setdefault(diagnostic.span.path, []).append(diagnostic)
    return found


def _heads(path: str, loaded: Loaded) -> list[tuple[int, str, str]]:
    """The line, the id and the kind of each entry of a bank, as typed; none where its YAML can't be read."""
    text, starts = loaded.texts[path], loaded.starts[path]
    if starts:
        lines = Lines(path, text)
        parts = pairwise([*starts, len(text)])
        return [(lines.span(start).line, *_typed(text[start:end], n)) for n, (start, end) in enumerate(parts)]
    value = nodes.values(path, text).value  # of some banks the reader keeps no places, such as those with passages
    entries = value.get("items") if isinstance(value, dict) else None
    if not isinstance(entries, list):
        return []
    spans = places.locate(path, text, [(("items", n), False) for n in range(len(entries))])
    return [
        (span.line, str(entry.get("id", "")) or f"item {n + 1}", str(entry.get("kind", "?")))
        if isinstance(entry, dict)
        else (span.line, f"item {n + 1}", "?")
        for n, (entry, span) in enumerate(zip(entries, spans, strict=True))
    ]


def _of_bank(
    path: str,
    loaded: Loaded,
    heads: Sequence[tuple[int, str, str]],
    items: Mapping[int, Item],
    found: Sequence[Diagnostic],
) -> tuple[list[Entry], list[Diagnostic]]:
    """The entries of a bank, and its findings that stand before the first of them. `items` has its items by number."""
    firsts = [line for line, _, _ in heads]
    within: dict[int, list[Diagnostic]] = {}
    for diagnostic in found:
        within.setdefault(bisect_right(firsts, diagnostic.span.line) - 1, []).append(diagnostic)
    entries = []
    for number, (line, name, kind) in enumerate(heads):
        item = items.get(number)
        if item:
            name, kind = item.id, item.kind  # noqa: PLW2901 - as read is better than as typed
        findings, course = tuple(within.get(number, ())), loaded.course if item else None
        entries.append(Entry(name, kind, path, path, line, findings, item, course))
    return entries, within.get(-1, [])


def _items(course: Course | None) -> dict[str, dict[int, Item]]:
    """The items of a course by the path of their bank and their number in it."""
    found: dict[str, dict[int, Item]] = {}
    for item in course.items if course else ():
        at = course.at.get(item.id) if course else None
        if at and len(at.keys) > 1 and isinstance(at.keys[1], int):
            found.setdefault(at.path, {})[at.keys[1]] = item
    return found


def _typed(text: str, number: int) -> tuple[str, str]:
    """The id and the kind of an entry that can't be read, as typed, or what stands in for them."""
    name, kind = _ID.search(text), _KIND.search(text)
    return name[1] if name else f"item {number + 1}", kind[1] if kind else "?"


def _with_old(entries: list[Entry], before: View | None) -> Iterator[Entry]:
    """The entries, with the items that those had before which can't be read just now."""
    for entry in entries:
        old = before.by_id.get(entry.id) if before and entry.item is None else None
        if old and old.item:
            yield replace(entry, kind=old.kind, item=old.item, course=old.course, is_old=True)
        else:
            yield entry


def _old(entry: Entry) -> Entry:
    return replace(entry, findings=(), is_old=True)
