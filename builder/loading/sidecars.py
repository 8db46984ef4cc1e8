"""The files of a course beside its banks: references, outline, specification, traps, shingles, blueprints, history, lock.

What is wrong in one of them is noted in the folder's findings, and the file
counts as absent: nothing that is right beside it is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from builder.diagnostics import At, Finding
from builder.loading import links
from builder.loading.errors import findings as model_findings
from builder.model import Blueprint, Outline, Place, References, Specification, Trap, Traps
from builder.model.history import HISTORY_FILE, History
from builder.model.lock import LOCK_FILE, Lock
from builder.text.patterns import expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.loading.folder import Folder
    from builder.source import nodes

Model = TypeVar("Model", bound=BaseModel)


class Sidecars:
    """The files beside the banks, read out of one folder; `path` is that of course.yaml, which names most of them."""

    def __init__(self, folder: Folder, path: str) -> None:
        """Start, without reading anything."""
        self.folder = folder
        self.path = path

    def model(self, model: type[Model], path: str, raw: nodes.Value | None) -> Model | None:
        """The raw value as a model, or its errors as findings."""
        if raw is None:
            return None
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            self.folder.findings += model_findings(error, model, path, raw)
            return None

    def references(self, name: object) -> dict[str, dict[str, Any]]:
        """CSL data by citation key, as typed."""
        file = self.folder.named(name, At(self.path, ("references",)))
        raw: Any = self.folder.value(file) if file else None
        if file is None or self.model(References, file, raw) is None:
            return {}
        works: dict[str, dict[str, Any]] = {}
        for i, work in enumerate(raw["references"]):
            if work["id"] in works:
                at = At(file, ("references", i, "id"))
                what = f"the key '{work['id']}' is taken"
                self.folder.findings.append(Finding(at, "duplicate-id", what, "rename one of the two"))
            works.setdefault(work["id"], work)
        return works

    def outline(self, name: object, references: Mapping[str, object]) -> Outline | None:
        """The outline of the sources, if the course has one."""
        file = self.folder.named(name, At(self.path, ("outline",)))
        outline = self.model(Outline, file, self.folder.value(file)) if file else None
        if file and outline:
            self.folder.findings += links.outline_links(file, outline, references)
        return outline

    def specification(
        self, name: object, themes: Mapping[str, str], references: Mapping[str, object]
    ) -> Specification | None:
        """The table of specifications, if the course has one."""
        file = self.folder.named(name, At(self.path, ("specification",)))
        wanted = self.model(Specification, file, self.folder.value(file)) if file else None
        if file and wanted:
            self.folder.findings += links.specification_links(file, wanted, themes, references)
        return wanted

    def traps(self, lint: dict[str, nodes.Value]) -> tuple[Trap, ...]:
        """The known traps of the course, their patterns checked."""
        file = self.folder.named(lint.get("traps"), At(self.path, ("lint", "traps")))
        found = self.model(Traps, file, self.folder.value(file)) if file else None
        sound = []
        for i, trap in enumerate(found.traps if found else ()):
            problems = [
                (key, _problem(pattern)) for key, pattern in (("pattern", trap.pattern), ("caveat", trap.caveat))
            ]
            for key, problem in problems:
                if problem:
                    at = At(str(file), ("traps", i, key))
                    self.folder.findings.append(Finding(at, "bad-pattern", problem, "correct the regular expression"))
            if not any(problem for _, problem in problems):
                sound.append(trap)
        return tuple(sound)

    def shingles(self, lint: dict[str, nodes.Value]) -> frozenset[bytes]:
        """The hashed runs of six words of the sources, five bytes each, and their hashed words, three bytes each.

        A line of the file is one hash: ten hexadecimal digits, or six.
        """
        at = At(self.path, ("lint", "shingles"))
        file = self.folder.named(lint.get("shingles"), at)
        try:
            return frozenset(map(bytes.fromhex, (self.folder.text(file) or "").split())) if file else frozenset()
        except ValueError:
            what = f"'{lint['shingles']}' is no list of hashes"
            self.folder.findings.append(
                Finding(at, "bad-form", what, "write ten hexadecimal digits a line, or six for a word")
            )
            return frozenset()

    def blueprints(self, patterns: object) -> dict[str, tuple[Blueprint, At]]:
        """The blueprints of papers by name, with their files; the first of each name."""
        found: dict[str, tuple[Blueprint, At]] = {}
        for file in self.folder.matching(patterns, At(self.path, ("blueprints",))):
            blueprint = self.model(Blueprint, file, self.folder.value(file))
            if blueprint and blueprint.blueprint in found:
                what = f"the name '{blueprint.blueprint}' is taken by {found[blueprint.blueprint][1].path}"
                at = At(file, ("blueprint",))
                self.folder.findings.append(Finding(at, "duplicate-id", what, "rename one of the two"))
            elif blueprint:
                found[blueprint.blueprint] = (blueprint, At(file))
        return found

    def history(self) -> History:
        """The papers given so far."""
        path = self.folder.beside(HISTORY_FILE)
        given = self.model(History, path, self.folder.value(path)) if path else None
        return given or History()

    def last_release(self) -> Lock | None:
        """The lock, if the course was ever released."""
        path = self.folder.beside(LOCK_FILE)
        return self.model(Lock, path, self.folder.value(path)) if path else None


def _problem(pattern: str | None) -> str:
    try:
        expression(pattern or "")
    except ValueError as error:
        return f"not a regular expression of RE2: {error}"
    return ""


def places_of(outline: Outline) -> Iterator[tuple[str, Place]]:
    """What each locator stands for."""
    for source in outline.sources:
        for section in source.sections:
            for number, paragraph in enumerate(section.paragraphs, 1):
                yield paragraph.id, Place(source, section, paragraph, number)
