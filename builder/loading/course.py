"""From a folder to a `Course`: its banks and the files beside them, put together.

Every problem of every file is reported in one run, and what is right is
loaded in spite of what is wrong beside it: `course` is the sound part, and
`diagnostics` says what is missing from it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from builder.diagnostics import At, BuilderError, Diagnostic, Finding, capped
from builder.disk import output
from builder.disk.folder import Folder
from builder.disk.reader import DISK, is_file
from builder.loading import links, names, passages, promises, released, sidecars, variants, wording
from builder.loading.bank import parse_each
from builder.loading.defaults import scoring_of
from builder.loading.gathered import alike, gathered
from builder.loading.head import as_said, head, translates
from builder.loading.loaded import Before, Loaded
from builder.loading.original import Original
from builder.loading.part import modelled, validate
from builder.loading.style import style
from builder.loading.usage import usage
from builder.model import Blueprint, Course, CourseFile
from builder.model.group import placed
from builder.model.history import HISTORY_FILE, History
from builder.model.lock import LOCK_FILE, Lock
from builder.model.readings import blueprint_files, files
from builder.model.usage import USAGE_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from builder.disk.reader import Reader
    from builder.loading.bank import ParsedBank, Tell, Texts, Uses
    from builder.loading.loaded import By
    from builder.loading.part import Part
    from builder.model.group import Group
    from builder.source import nodes

    ParseBanks = Callable[[Texts, Tell], Iterable[ParsedBank]]

COURSE_FILE = "course.yaml"
Value = TypeVar("Value")


def shipped() -> Path:
    """The folder of the course that travels with the package."""
    package = Path(__file__).parent.parent
    inside = package / "decks"
    return inside if inside.is_dir() else package.parent / "decks"


def load(
    root: Path,
    tell: Tell = lambda _: None,
    *,
    read: Reader = DISK,
    parse: ParseBanks = parse_each,
    before: Before | None = None,
) -> Loaded:
    """The course in the folder `root`; `tell` hears the share that is done.

    `read` gives the bytes of its files. Whoever loads a course again and again may keep what its banks came to, with a
    `parse` of their own in the place of `parse_each`, and hand in the same `before` each time: what it has of the last
    reading is not done again.

    Raises:
        BuilderError: there is no such folder, or no course.yaml in it; or what
            an interrupted write left in it can't be put right.
    """
    root = root.parent if root.name == COURSE_FILE else root
    if not root.is_dir():
        message = f"{root}: no such folder; name the folder that holds {COURSE_FILE}"
        raise BuilderError(message)
    if not is_file(read, str(root / COURSE_FILE)):
        message = f"{root}: no {COURSE_FILE} in this folder; name the folder of a course"
        raise BuilderError(message)
    output.settle(root)
    before = before or Before()
    return _Reading(Folder(root, read, before.seen), tell, parse, before).load()


class _Reading:
    """One reading of one course out of its folder; notes what is wrong with any of its files."""

    def __init__(self, folder: Folder, tell: Tell, parse: ParseBanks, before: Before) -> None:
        self.folder, self.tell, self.parse, self.before = folder, tell, parse, before
        self.path = str(folder.root / COURSE_FILE)
        self.loaded = Loaded(trace=folder.trace)
        self.findings: list[Finding] = []
        self.unsound: list[Any] = []  # entries of banks that were left out
        self.banks: dict[str, ParsedBank] = {}  # by their paths
        self.unread = False  # the references could not be read: any key may be one of theirs
        self.lacks_banks = False  # a bank was not found or could not be read: any item may be one of its
        self.unusable: dict[str, str] = {}  # pictures and recordings by name, and what is wrong with each
        self.original: Original | None = None  # what this course translates

    def load(self) -> Loaded:
        """The course as far as it is sound; without a sound course.yaml none, but its banks are read all the same."""
        raw, checked = self.taken(self.folder.beside(COURSE_FILE), head, by="head") or (None, None)
        if isinstance(raw, dict) and translates(raw):
            self.original = Original(self.folder, raw, self.taken)
            raw, checked = self.original.lend(raw), None
        if isinstance(raw, dict):
            file, findings = checked or validate(CourseFile, self.path, raw)
            self.findings += findings
            course = self.assembled(file, raw)
            self.findings += capped(links.course_links(course, self.unsound, self.unusable, self.uses()))
            self.findings += capped(links.blueprint_links(course, self.unsound, self.unusable))
            if file:
                self.loaded.course = course
                self.loaded.lock = self.taken(self.folder.beside(LOCK_FILE), partial(modelled, Lock), by="lock")
            self.released(course)
            if self.loaded.lock:
                groups, course = course.groups, replace(course, release=self.loaded.lock.release)
                self.loaded.course, vars(course)["groups"] = course, groups
                unsound = {str(entry.get("id")) for entry in self.unsound}
                self.findings += promises.broken(course, self.loaded.lock, None if self.lacks_banks else unsound)
        elif raw is not None:
            self.findings += validate(CourseFile, self.path, raw)[1]
        unsure = {names.CITES} if self.unread else set()
        unsure |= links.OF_OTHERS if self.lacks_banks else set()
        self.findings = [finding for finding in self.findings if finding.code not in unsure]
        self.loaded.add(self.findings)
        self.before.forget_all_but(self.folder.trace.files)
        return self.loaded

    def released(self, course: Course) -> None:
        """Hold the released notes against the lock; a lock that is not sound is told of already."""
        lock = self.loaded.lock
        if lock or self.folder.beside(LOCK_FILE) is None:
            gone = set(lock.items) - course.by_id.keys() if lock else set()
            faults = list(released.faults(self.folder, lock, gone, self.before))
            self.findings += [fault for fault in faults if isinstance(fault, Finding)]
            self.loaded.diagnostics += [fault for fault in faults if isinstance(fault, Diagnostic)]

    def text(self, path: str) -> str | None:
        """A file's text; None where it is unreadable, and said so."""
        text = self.folder.text(path)
        if isinstance(text, Diagnostic):
            self.loaded.diagnostics.append(text)
            return None
        self.loaded.texts[path] = text
        return text

    def taken(
        self, file: str | Finding | None, made: Callable[[str, str], Part[Value]], by: By | None = None
    ) -> Value | None:
        """What `made` makes of the path and the text of a file; None where there is none, or it is not sound.

        With `by`, it is taken over from the last reading if nothing has changed (see `Before.part`).
        """
        if isinstance(file, Finding):
            self.findings.append(file)
            return None
        text = self.text(file) if file else None
        if file is None or text is None:
            return None
        part = made(file, text) if by is None else self.before.part(file, text, by, made)
        self.findings += part.findings
        self.loaded.diagnostics += part.diagnostics
        return part.value

    def named(self, raw: Any, *keys: str) -> str | Finding | None:
        """The path of the file that course.yaml names at `keys`, if there is one; or why it can't be read."""
        for key in keys:
            raw = raw.get(key) if isinstance(raw, dict) else None
        return self.holds(keys[0]).named(raw, At(self.path, keys))

    def holds(self, key: str) -> Folder:
        """The folder of the files that course.yaml names at a key: that of the original, if the key is from there."""
        return self.original.folder if self.original and key in self.original.lent else self.folder

    def fonts(self, name: object) -> tuple[str, ...]:
        """The font files of the folder that course.yaml names, if there is one."""
        if isinstance(found := self.holds("fonts").fonts(name, At(self.path, ("fonts",))), Finding):
            self.findings.append(found)
        return () if isinstance(found, Finding) else found

    def matching(self, patterns: object, key: str) -> list[str]:
        """The files that the patterns at a key of course.yaml find."""
        files, findings = self.folder.matching(patterns, At(self.path, (key,)))
        self.findings += findings
        return files

    def assembled(self, head: CourseFile | None, raw: dict[str, nodes.Value]) -> Course:
        """All that the folder holds, as far as it is sound; without a sound `head` under names that stand in."""
        groups = self.groups(raw.get("banks"), head)
        themes = head.themes if head else {}
        read = self.taken(file := self.named(raw, "references"), sidecars.references, by="references")
        self.unread, works = file is not None and read is None, read or {}
        outline = self.taken(self.named(raw, "outline"), partial(sidecars.outline, works=works), by=(works,))
        wants = partial(sidecars.specification, themes=themes, works=works)
        blueprints = self.blueprints(raw.get("blueprints"))
        course = Course(
            path=self.path,
            id=head.course if head else "course",
            title=head.title if head else "",
            language=head.language if head else "en",
            own_words=self.taken(self.named(raw, "wording"), partial(wording.table, head=head)),
            **as_said(head),
            themes=themes,
            items=tuple(chain.from_iterable(group.items for group in groups)),
            at=dict(chain.from_iterable(zip(group.ids, group.places, strict=True) for group in groups)),
            passage_at=passages.heads(placed(groups), self.banks),
            references=self.original.cited(works, placed(groups)) if self.original else works,
            style=self.taken(self.named(raw, "citations"), style) or "",
            places=dict(sidecars.places_of(outline)) if outline else {},
            sources={source.id: source for source in outline.sources} if outline else {},
            fonts=self.fonts(raw.get("fonts")),
            media=self.media(groups, [blueprint for blueprint, _ in blueprints.values()]),
            traps=self.taken(self.named(raw, "lint", "traps"), sidecars.traps, by="traps") or (),
            shingles=self.shingles(raw) or frozenset(),
            specification=self.taken(self.named(raw, "specification"), wants, by=(themes, works)),
            scoring=scoring_of(placed(groups), head.scoring if head else None, self.banks),
            blueprints={name: blueprint for name, (blueprint, _) in blueprints.items()},
            blueprint_at={name: at for name, (_, at) in blueprints.items()},
            history=self.taken(self.folder.beside(HISTORY_FILE), partial(modelled, History), by="history")
            or History.model_construct(),
            usage=self.taken(self.folder.beside(USAGE_FILE), usage, by="usage") or (),
        )
        vars(course)["groups"] = groups  # it need not be found out
        return course

    def media(self, groups: Sequence[Group], blueprints: Sequence[Blueprint]) -> dict[str, bytes]:
        """The pictures and recordings that these show, by name; what is wrong with any other is noted."""
        is_within = self.before.may_show(self.loaded.texts)  # or no text needs to be searched
        is_beside = any(bank.uses.has_media for bank in self.banks.values())
        some = chain.from_iterable(group.items for group in groups) if is_within or is_beside else ()
        shown = {file for it in some if is_within or it.image or it.audio for _, file in files(it)}
        shown.update(file for it in blueprints if is_within for _, file in blueprint_files(it))
        read = self.original.media if self.original else self.folder.media
        found = {file: read(file) for file in sorted(shown)}
        self.unusable = {name: why for name, why in found.items() if isinstance(why, str)}
        return {name: data for name, data in found.items() if isinstance(data, bytes)}

    def shingles(self, raw: Any) -> frozenset[bytes] | None:
        """The hashed text of the sources, if the course has it."""
        file, at = self.named(raw, "lint", "shingles"), At(self.path, ("lint", "shingles"))
        return self.taken(file, lambda _, text: sidecars.shingles(raw["lint"]["shingles"], text, at))

    def blueprints(self, patterns: object) -> dict[str, tuple[Blueprint, At]]:
        """The blueprints of papers by name, with their files."""
        model = partial(modelled, Blueprint)
        read = [(self.taken(file, model, by="blueprint"), At(file)) for file in self.matching(patterns, "blueprints")]
        part = sidecars.first_of_each_name((blueprint, at) for blueprint, at in read if blueprint)
        self.findings += part.findings
        return part.value or {}

    def groups(self, patterns: object, head: CourseFile | None) -> tuple[Group, ...]:
        """The sound items of every bank in the order of `banks:`, the first of each id."""
        told = len(self.findings)
        files = self.matching(patterns, "banks")
        self.lacks_banks = len(self.findings) > told
        texts = {file: self.text(file) for file in files}
        self.loaded.unread += [file for file, text in texts.items() if text is None]
        read = [(file, text) for file, text in texts.items() if text is not None]
        parse = partial(parse_each, parse=self.original.bank) if self.original else self.parse
        for (file, _), bank in zip(read, parse(read, self.tell), strict=True):
            self.bank(file, bank)
        self.lacks_banks |= bool(self.loaded.unread)
        self.loaded.is_whole &= not self.lacks_banks
        if self.original:
            self.unsound += self.original.rest()
            self.findings += self.original.findings
        self.findings += alike(self.banks)
        if any(bank.uses.has_passages for bank in self.banks.values()):
            self.findings += capped(
                passages.quarrels((it for bank in self.banks.values() for it in bank.items), self.banks)
            )
        groups = gathered(self.banks, head, self.before)
        if any(bank.uses.has_values for bank in self.banks.values()):
            self.findings += capped(variants.faults(placed(groups)))
        return groups

    def uses(self) -> dict[str, Uses]:
        """What the items of each bank name."""
        return {path: bank.uses for path, bank in self.banks.items()}

    def bank(self, path: str, bank: ParsedBank) -> None:
        """Take in a bank, and note what is wrong with it."""
        self.findings += bank.findings
        self.loaded.diagnostics += bank.diagnostics
        self.loaded.starts[path] = bank.starts
        self.unsound += bank.unsound
        self.loaded.is_whole &= not bank.unsound
        self.banks[path] = bank
