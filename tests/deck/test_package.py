"""A package is made in memory: what is held while it is written, and what its bytes depend on."""

from __future__ import annotations

import gc
import sqlite3
import weakref
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from builder import citations
from builder.cli import main
from builder.deck import apkg, package
from tests import samples
from tests.make.course import course_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from builder.deck.package import Contents
    from builder.model import Course

STAMP = 1_750_000_000
WORK = {"id": "smith", "type": "book", "title": "A book", "author": [{"family": "Smith"}]}


@pytest.fixture
def no_collector() -> Iterator[None]:
    """The collector of cycles is off, as in a command: what is in a cycle stays."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def course() -> Course:
    """A course that cites a work."""
    item = {"id": "a", "kind": "basic", "prompt": "What is it?", "answer": "This", "cites": ["smith"]}
    return course_of([item], references={"smith": WORK})


@pytest.mark.usefixtures("no_collector")
def test_references_keep_no_course(course: Course) -> None:
    """Once its references are formatted, nothing in the formatter holds a course."""
    gone = course_of(list(course.items), references=course.references)
    held = weakref.ref(gone)
    assert citations.bibliography(gone, ["smith"])
    del gone
    assert held() is None


@pytest.mark.usefixtures("no_collector")
def test_build_lets_the_items_go_before_it_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the package is written, the course is no longer in memory."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = samples.course(tmp_path / "course", samples.HERE / "good" / "all-kinds.yaml")
    courses: list[weakref.ref[Course]] = []
    alive: list[Course | None] = []

    def contents(ready: apkg.Rendered, *more: Any) -> tuple[Contents, int]:
        courses.append(weakref.ref(ready.course))
        return real(ready, *more)

    def archive(*arguments: Any) -> bytes:
        alive.extend(course() for course in courses)
        return package.archive(*arguments)

    real = apkg.contents
    monkeypatch.setattr(apkg, "contents", contents)
    monkeypatch.setattr(apkg, "archive", archive)
    arguments = ["build", str(folder), "-o", str(tmp_path / "out"), "--no-lint"]
    CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert alive == [None]


def test_package_is_the_same_wherever_its_database_is_made(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """An SQLite without a file system in memory, or a database too large for it, changes no byte."""
    usual = apkg.files(course, STAMP)
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def refusing(place: str, **options: Any) -> sqlite3.Connection:
        if "memdb" in place:
            message = "no such vfs: memdb"
            raise sqlite3.OperationalError(message)
        return connect(place, **options)

    monkeypatch.setattr(sqlite3, "connect", refusing)
    assert apkg.files(course, STAMP) == usual
