"""A small course with every file that a course may have, in which one file at a time is replaced and all is read anew."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.deck import apkg
from builder.loading.course import load
from builder.loading.released import load_released
from builder.release import advanced
from builder.report import as_github, as_json, as_sarif, as_text
from tests import samples
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from builder.loading.course import Loaded

TIME = 1_750_000_000  # of the first release, in seconds since 1970

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
only: {basis: paper}
rows:
  - {kind: mcq, count: 2}
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


def frame() -> dict[str, bytes]:
    """The files of the course, sound and never released, by name."""
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
    files["picture.png"] = png()
    return files


def release(folder: Path) -> dict[str, bytes]:
    """The lock and the released notes of the course in `folder`."""
    loaded = load(folder)
    assert loaded.course
    return advanced(apkg.rendered(loaded.course), None, load_released(loaded), "1.0.0", TIME)


class Desk:
    """The course in a folder of its own; `is_released` puts a lock beside it. The folder stays."""

    def __init__(self, *, is_released: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="her-study-fuzz-"))
        self.usual = frame()
        self._put(self.usual)
        if is_released:
            self.usual |= release(self.folder)
            self._put(self.usual)
        assert load(self.folder).diagnostics == []

    def read(self, files: Mapping[str, bytes], then: Callable[[Loaded], object] = id) -> Loaded:
        """The course with some files replaced; they are put back after `then` has seen it."""
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


def assert_told(loaded: Loaded) -> None:
    """Every finding has a place that its file has, says something, and is shown without a sign that steers a terminal."""
    found = loaded.diagnostics
    for one in found:
        assert one.message, one
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*|[A-Z]\d\d", one.code), one
        lines = loaded.texts.get(one.span.path, "").split("\n")
        if one.code != "encoding":  # such a file has bytes and no text
            assert 1 <= one.span.line <= len(lines), one
            assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1, one
    said = as_text(found, loaded.texts)
    assert not found or said.count("\n") > len(found)
    assert json.loads(as_json(found)) == [
        {
            "path": one.span.path,
            "line": one.span.line,
            "column": one.span.column,
            "severity": str(one.severity),
            "code": one.code,
            "message": one.message,
            "help": one.help,
        }
        for one in found
    ]
    (run,) = json.loads(as_sarif(found, {}, "0"))["runs"]
    assert len(run["results"]) == len(found)
    commands = as_github(found)
    assert commands.count("\n") == len(found)
    for shown in (said, commands):
        assert all(sign.isprintable() or sign == "\n" for sign in shown), shown
