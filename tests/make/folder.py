"""Courses on disk: one that is released, edited and released again, and one in which any file can be replaced."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.deck import apkg
from builder.disk.output import write
from builder.loading.course import load
from builder.loading.released import load_released
from builder.release import Plan, advanced, plan
from builder.source import nodes
from tests import samples
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from builder.diagnostics import Diagnostic
    from builder.loading.loaded import Loaded
    from builder.model import Course, Lock

FIRST = 1_750_000_000  # the time of the first release; a day later comes the second
DAY = 86_400


class Author:
    """A course of every kind in a folder, and what its author does to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = samples.course(folder, samples.HERE / "good" / "all-kinds.yaml")
        self.bank = folder / "bank.yaml"

    def replace(self, old: str, new: str) -> None:
        """Change the bank's text, once."""
        text = self.bank.read_text("utf-8")
        assert text.count(old) >= 1
        self.bank.write_text(text.replace(old, new, 1), "utf-8")

    def append(self, text: str) -> None:
        """Add items at the end of the bank."""
        self.bank.write_text(self.bank.read_text("utf-8").rstrip() + "\n" + text, "utf-8")

    @property
    def loaded(self) -> Loaded:
        """The course as it stands, with what is wrong with it."""
        return load(self.folder)

    @property
    def course(self) -> Course:
        """The course as it stands, with no regard to errors."""
        course = self.loaded.course
        assert course
        return course

    @property
    def lock(self) -> Lock | None:
        """The last release."""
        return load(self.folder).lock

    def problems(self) -> Sequence[Diagnostic]:
        """What is wrong with it."""
        return load(self.folder).diagnostics

    def retire(self, item_id: str) -> None:
        """Take an item out of use."""
        self.replace(
            f"  - id: {item_id}\n", f"  - id: {item_id}\n    retired: {{since: 2026-01-01, reason: worn out}}\n"
        )

    def plan(self) -> Plan:
        """What an import would do."""
        return plan(apkg.rendered(self.course), self.lock, load_released(self.loaded))

    def release(self, version: str, time: int) -> None:
        """Write the lock."""
        course = self.course
        write(self.folder, advanced(apkg.rendered(course), self.lock, load_released(self.loaded), version, time))

    def package(self, stamp: int = FIRST + 9 * DAY) -> bytes:
        """The bytes of what `build` makes."""
        (data,) = apkg.files(self.course, stamp, self.lock).values()
        return data


_COURSE = """
course: sample
title: Sample course
language: en-GB
licence: CC BY 4.0
banks: [bank.yaml]
references: references.yaml
outline: outline.yaml
specification: specification.yaml
blueprints: [blueprint.yaml]
scoring: {truefalse: {penalty: 1/2}, matching: all}
themes: {grief: Grief, love: Love}
theories: {attachment: Attachment theory, worden: Tasks of mourning}
lint: {names: [Theodore, "*Her*"], severity: {F01: warning, X03: "off"}, traps: traps.yaml, shingles: shingles.txt}
anki: {deck: Sample, description: A deck}
"""
_SPECIFICATION = """
tolerance: {percent: 5, least: 1}
references: {least: 1, each: {worden2009: 2}}
themes:
  grief: {basic: 2, mcq: 3}
  love: {basic: 1}
bloom:
  basic: {remember: 2, apply: 1}
  mcq: {analyze: 3}
difficulty: {basic: [1, 1, 1], mcq: [0, 2, 1]}
"""
_BLUEPRINT = """
blueprint: final
title: Final paper
minutes: 90
items: 6
cover: Read *all* questions.
instructions: Answer all.
points: {mcq: 1, short: 4}
choose: {short: 1}
scoring: {mcq: {penalty: 1/4}, multiple: each-minus}
only: {basis: paper}
rows:
  - {kind: mcq, count: 2, scoring: {multiple: {rule: each-minus, penalty: 0.5, negative: true}}}
  - {theme: [grief, love], min: 2, max: 4}
  - {bloom: remember, share: 50}
fixed: [basic-full]
excluded: mcq-many
"""
_TRAPS = r"""
traps:
  - {id: year, trap: Worden's year, instead: It is 2009, pattern: 'Worden.{0,20}2008', caveat: reprint}
  - {id: seen, trap: A trap, instead: Look twice, where: [paper/grief/p1]}
"""
_HISTORY = """
schema: her-study/history/1
papers:
  - {paper: Week 1, date: 2026-01-31, seed: "7", blueprint: final, items: {basic-full: 0123456789abcdef}}
"""


def every_file() -> dict[str, bytes]:
    """A sound course that was never released and has every file that a course may have: its files by name."""
    texts = {
        "course.yaml": _COURSE,
        "specification.yaml": _SPECIFICATION,
        "blueprint.yaml": _BLUEPRINT,
        "traps.yaml": _TRAPS,
        "history.yaml": _HISTORY,
        "shingles.txt": "0123456789\n012345\n",
    }
    files = {name: text.lstrip("\n").encode() for name, text in texts.items()}
    files |= {name: (samples.HERE / "frame" / name).read_bytes() for name in ("outline.yaml", "references.yaml")}
    files["bank.yaml"] = (samples.HERE / "good" / "all-kinds.yaml").read_bytes()
    files["flower.png"] = (samples.HERE / "frame" / "flower.png").read_bytes()
    files["picture.png"] = png()
    return files


def _release(folder: Path) -> dict[str, bytes]:
    """The lock and the released notes of the course in `folder`."""
    loaded = load(folder)
    assert loaded.course
    return advanced(apkg.rendered(loaded.course), None, load_released(loaded), "1.0.0", FIRST)


class Desk:
    """The course of `every_file` in a folder, which stays; with `is_released` its lock and released notes lie there too."""

    def __init__(self, *, is_released: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="her-study-fuzz-"))
        self.usual = every_file()
        self._put(self.usual)
        if is_released:
            self.usual |= _release(self.folder)
            self._put(self.usual)
        assert load(self.folder).diagnostics == []

    def read(self, files: Mapping[str, bytes], then: Callable[[Loaded], object] = id) -> Loaded:
        """What is read while `files` replace those of their names; they are put back after `then` has seen it."""
        self._put(files)
        try:
            loaded = load(self.folder)
            then(loaded)
            return loaded
        finally:
            self._put({name: self.usual[name] for name in files})

    def _put(self, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            (self.folder / name).write_bytes(data)


@cache
def desk(*, is_released: bool = False) -> Desk:
    """One desk of a sort for each process."""
    return Desk(is_released=is_released)


def course_folder(folder: Path, items: Sequence[Mapping[str, object]], **head: object) -> Path:
    """A course with these items, as plain values, in a new folder; `head` goes over what its course.yaml says."""
    plain = {"course": "made", "title": "Made", "themes": {"all": "All"}, "anki": {"deck": "Made"}}
    folder.mkdir(parents=True)
    course = {**plain, "banks": ["bank.yaml"], **head}
    bank = {"bank": "bank", "title": "Bank", "theme": "all", "items": list(items)}
    (folder / "course.yaml").write_text(nodes.dump(course), "utf-8")
    (folder / "bank.yaml").write_text(nodes.dump(bank), "utf-8")
    return folder
