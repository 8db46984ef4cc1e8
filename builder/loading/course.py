"""From a folder to a `Course`: the only module that reads one.

Every problem of every file is reported in one run, and what is right is
loaded in spite of what is wrong beside it: `course` is the sound part, and
`diagnostics` says what is missing from it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from builder.diagnostics import At, BuilderError, Diagnostic, Finding, Severity, capped
from builder.disk import output
from builder.disk.trace import Trace, is_file
from builder.loading import links, promises
from builder.loading.folder import Folder
from builder.loading.sidecars import Sidecars, places_of
from builder.model import (
    AnkiDeck,
    Bank,
    Course,
    CourseFile,
    Item,
    LintOptions,
)
from builder.model.lock import LOCK_FILE, RELEASED_FILE, Lock, ReleasedNote
from builder.source import nodes, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

COURSE_FILE = "course.yaml"
_MOST_LINE = 1 << 24  # bytes of a line of released.jsonl: ten texts of 100,000 characters

Model = TypeVar("Model", bound=BaseModel)
Placed = tuple[Item, At]


def shipped() -> Path:
    """The folder of the course that travels with the package."""
    package = Path(__file__).parent.parent
    inside = package / "decks"
    return inside if inside.is_dir() else package.parent / "decks"


@dataclass(slots=True)
class Loaded:
    """A course as far as it could be loaded, what is wrong with it, and the texts read, by path.

    `lock` is its last release, if there was one; `trace` what was read of the disk.
    """

    course: Course | None = None
    lock: Lock | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    starts: dict[str, list[nodes.Start]] = field(default_factory=dict)
    trace: Trace = field(default_factory=Trace)

    def add(self, findings: Iterable[Finding], diagnostics: Iterable[Diagnostic] = ()) -> None:
        """Take in more findings, with line and column; all stay in the order of files and lines."""
        found = [*self.diagnostics, *diagnostics, *self._concretized(findings)]
        self.diagnostics = sorted(found, key=lambda d: (d.span, d.code, d.message))

    def _concretized(self, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
        """Findings with their places: each file that has one is read again, once, with marks."""
        by_path: dict[str, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.at.path, []).append(finding)
        for path, group in by_path.items():
            wanted = [(f.at.keys, f.at.on_key) for f in group]
            spans = places.locate(path, self.texts.get(path, ""), wanted, self.starts.get(path, ()))
            for finding, span in zip(group, spans, strict=True):
                yield Diagnostic(span, finding.code, finding.message, finding.help, finding.severity)

    @property
    def errors(self) -> int:
        """The number of errors; `build` and `quiz` want none."""
        return sum(d.severity is Severity.ERROR for d in self.diagnostics)


def load(root: Path, tell: Callable[[float], object] = lambda _: None) -> Loaded:
    """The course in the folder `root`; `tell` hears the share that is done.

    Raises:
        BuilderError: there is no such folder, or no course.yaml in it; or what
            an interrupted write left in it can't be put right.
    """
    root = root.parent if root.name == COURSE_FILE else root
    if not root.is_dir():
        message = f"{root}: no such folder; name the folder that holds {COURSE_FILE}"
        raise BuilderError(message)
    if not is_file(root / COURSE_FILE):
        message = f"{root}: no {COURSE_FILE} in this folder; name the folder of a course"
        raise BuilderError(message)
    output.settled(root)
    folder = Folder(root)
    reading = _Reading(folder, tell)
    loaded = Loaded(reading.course(), reading.lock, texts=folder.texts, starts=folder.starts, trace=folder.trace)
    loaded.add(folder.findings, folder.diagnostics)
    return loaded


def released(loaded: Loaded) -> dict[str, ReleasedNote]:
    """The notes of the course's last release by item id; without those whose line is lost or no longer sound.

    Raises:
        BuilderError: it was released anew since it was loaded, so that the notes are of another release.
    """
    notes: dict[str, ReleasedNote] = {}
    if loaded.course is None:
        return notes
    root = Path(loaded.course.path).parent
    output.settled(root)
    folder = Folder(root)
    texts, path = folder.beside(RELEASED_FILE), str(root / LOCK_FILE)
    if texts and is_file(texts):
        with open(texts, "rb") as file:
            for line in iter(lambda: file.readline(_MOST_LINE), b""):
                with suppress(ValidationError):
                    note = ReleasedNote.model_validate_json(line)
                    notes[note.id] = note
    if folder.text(path) != loaded.texts.get(path):
        message = f"{path}: changed meanwhile; run it again"
        raise BuilderError(message)
    return notes


class _Reading:
    """One reading of one course out of its folder."""

    def __init__(self, folder: Folder, tell: Callable[[float], object]) -> None:
        self.folder = folder
        self.tell = tell
        self.path = str(folder.root / COURSE_FILE)
        self.beside = Sidecars(folder, self.path)
        self.unsound: list[dict[str, Any]] = []  # entries of banks that were left out
        self.lock: Lock | None = None

    def course(self) -> Course | None:
        """The course, or None where course.yaml itself is not sound; its banks are read all the same."""
        raw = self.folder.value(self.path) if self.folder.beside(COURSE_FILE) else None
        head = self.beside.model(CourseFile, self.path, raw)
        if not isinstance(raw, dict):
            return None
        course = self.assembled(head, raw)
        self.folder.findings += capped(links.course_links(course, self.unsound))
        self.folder.findings += capped(links.blueprint_links(course, self.unsound))
        self.lock = self.beside.last_release() if head else None
        if self.lock:
            self.folder.findings += promises.broken(course, self.lock, {str(e.get("id")) for e in self.unsound})
        return course if head else None

    def assembled(self, head: CourseFile | None, raw: dict[str, nodes.Value]) -> Course:
        """All that the folder holds, as far as it is sound; without a sound `head` under names that stand in."""
        kept = self.items(raw.get("banks"))
        beside = self.files_beside(head, raw)
        media = {item.image.file: self.folder.picture(item.image.file) for item, _ in kept if item.image}
        return Course(
            path=self.path,
            id=head.course if head else "course",
            title=head.title if head else "",
            language=head.language if head else "en",
            licence=(head.licence if head else None) or "",
            anki=head.anki if head else AnkiDeck(deck="-"),
            themes=head.themes if head else {},
            theories=head.theories if head else {},
            items=tuple(item for item, _ in kept),
            at={item.id: at for item, at in kept},
            media={name: data for name, data in media.items() if data is not None},
            lint=head.lint if head else LintOptions(),
            **beside,
        )

    def files_beside(self, head: CourseFile | None, raw: dict[str, nodes.Value]) -> dict[str, Any]:
        """The fields of a course that come from files beside its banks."""
        references = self.beside.references(raw.get("references"))
        outline = self.beside.outline(raw.get("outline"), references)
        blueprints = self.beside.blueprints(raw.get("blueprints"))
        lint = raw.get("lint")
        return {
            "references": references,
            "places": dict(places_of(outline)) if outline else {},
            "sources": {source.id: source for source in outline.sources} if outline else {},
            "traps": self.beside.traps(lint) if isinstance(lint, dict) else (),
            "shingles": self.beside.shingles(lint) if isinstance(lint, dict) else frozenset(),
            "specification": self.beside.specification(
                raw.get("specification"), head.themes if head else {}, references
            ),
            "blueprints": {name: blueprint for name, (blueprint, _) in blueprints.items()},
            "blueprint_at": {name: at for name, (_, at) in blueprints.items()},
            "history": self.beside.history(),
        }

    def items(self, patterns: object) -> list[Placed]:
        """The sound items of every bank in the order of `banks:`, the first of each id."""
        files = self.folder.matching(patterns, At(self.path, ("banks",)))
        items: list[Placed] = []
        for number, file in enumerate(files):
            raw = self.folder.value(file)
            self.tell((number + 0.5) / len(files))
            items += self.bank(file, raw)
            self.tell((number + 1) / len(files))
        self.folder.findings += capped(links.duplicates(items))
        self.folder.findings += capped(links.lookalikes(items))
        first: dict[str, Placed] = {}
        for item, at in items:
            first.setdefault(item.id, (item, at))
        return list(first.values())

    def bank(self, path: str, raw: nodes.Value | None) -> list[Placed]:
        """The sound items of a bank, with their places."""
        entries = raw.get("items") if isinstance(raw, dict) else None
        if not isinstance(raw, dict) or not isinstance(entries, list):
            self.beside.model(Bank, path, raw)
            return []
        defaults = {key: raw[key] for key in ("theme", "theory") if isinstance(raw.get(key), str) and raw[key]}
        typed = [defaults | entry if isinstance(entry, dict) else entry for entry in entries]
        places = [At(path, ("items", i)) for i in range(len(entries))]
        before = len(self.folder.findings)
        bank = self.beside.model(Bank, path, {**raw, "items": typed})
        if bank:
            return list(zip(bank.items, places, strict=True))
        found = self.folder.findings[before:]
        bad = {f.at.keys[1] for f in found if f.at.keys[:1] == ("items",) and len(f.at.keys) > 1}
        if found and found[-1].code == "too-many":
            bad = set(range(len(entries)))
        self.unsound += [entry for i, entry in enumerate(entries) if i in bad and isinstance(entry, dict)]
        sound = [i for i in range(len(entries)) if i not in bad]
        items = TypeAdapter(list[Item]).validate_python([typed[i] for i in sound])
        return list(zip(items, [places[i] for i in sound], strict=True))
