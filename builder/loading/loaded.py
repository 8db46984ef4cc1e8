"""What loading a course comes to: the course, what is wrong with it, and what was read."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from builder.diagnostics import Diagnostic, Severity
from builder.disk.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from builder.diagnostics import Finding
    from builder.disk.folder import Seen
    from builder.loading.bank import ParsedBank
    from builder.loading.part import Part
    from builder.model import Course, Lock
    from builder.model.group import Group
    from builder.source import nodes

    By = str | tuple[object, ...]

Value = TypeVar("Value")


@dataclass(slots=True)
class Before:
    """What the last reading of a course came to that the next one may take over.

    `groups` has the items of each bank with what they depend on (`builder.loading.gathered`). `parts` has, by path, the
    text of a file, what else its value depends on, and that value; `seen` what was read of the disk, and `shows` a file's
    text and whether there may be a picture or a recording in it.
    """

    seen: dict[str, Seen] = field(default_factory=dict)
    shows: dict[str, tuple[str, bool]] = field(default_factory=dict)

    groups: dict[str, tuple[tuple[ParsedBank, object, bool], Group]] = field(default_factory=dict)
    parts: dict[str, tuple[str, By, Part[Any]]] = field(default_factory=dict)

    def part(self, path: str, text: str, by: By, made: Callable[[str, str], Part[Value]]) -> Part[Value]:
        """What `made` makes of the path and the text of a file, taken over if both are as they were, and `by` is too.

        That is the name of a kind of file, or the very objects of which `made` makes use beside the text.
        """
        known = self.parts.get(path)
        if known is None or known[0] != text or not _is_same(known[1], by):
            self.parts[path] = text, by, made(path, text)
        return self.parts[path][2]

    def may_show(self, texts: Mapping[str, str]) -> bool:
        """Whether there may be a picture or a recording in any of these texts; each is searched once."""
        for path, text in texts.items():
            known = self.shows.get(path)
            if known is None or known[0] is not text:
                self.shows[path] = text, "![" in text
        return any(self.shows[path][1] for path in texts)

    def forget_all_but(self, paths: Container[str]) -> None:
        """Forget the files that are no longer read."""
        for kept in (self.parts, self.seen, self.shows):
            for path in [path for path in kept if path not in paths]:
                del kept[path]


def _is_same(known: By, by: By) -> bool:
    """Whether a value depends on what it depended on before."""
    if isinstance(known, str) or isinstance(by, str):
        return known == by
    return len(known) == len(by) and all(map(operator.is_, known, by))


@dataclass(slots=True)
class Loaded:
    """A course as far as it could be loaded, what is wrong with it, and the texts read, by path.

    `lock` is its last release, if there was one; `trace` what was read of the disk; `starts` has the places of
    the items of each bank (see `nodes.Parsed`); `unread` are the paths of banks that are no text; `is_whole` is false
    where items are missing that can't be read, or whose bank was not found.
    """

    course: Course | None = None
    lock: Lock | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    starts: dict[str, Sequence[nodes.Start]] = field(default_factory=dict)
    trace: Trace = field(default_factory=Trace)
    unread: list[str] = field(default_factory=list)
    is_whole: bool = True

    def add(self, findings: Iterable[Finding], diagnostics: Iterable[Diagnostic] = ()) -> None:
        """Take in more findings, with line and column; all stay in the order of files and lines."""
        found = [*self.diagnostics, *diagnostics, *self._located(findings)]
        self.diagnostics = sorted(found, key=lambda d: (d.span, d.code, d.message))

    def _located(self, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
        """Findings with their places: each file that has one is read again, once, with marks."""
        by_path: dict[str, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.at.path, []).append(finding)
        if not by_path:
            return
        from builder.source import places  # with the reader of YAML

        for path, group in by_path.items():
            wanted = [(f.at.keys, f.at.on_key) for f in group]
            characters = {number: f.at.character for number, f in enumerate(group) if f.at.character}
            spans = places.locate(path, self.texts.get(path, ""), wanted, self.starts.get(path, ()), characters)
            for finding, span in zip(group, spans, strict=True):
                yield Diagnostic(span, finding.code, finding.message, finding.help, finding.severity)

    @property
    def errors(self) -> int:
        """The number of errors; `build` and `quiz` want none."""
        return sum(d.severity is Severity.ERROR for d in self.diagnostics)
