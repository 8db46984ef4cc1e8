"""Three releases of one course, as `build` makes them, and what `plan` says before the second and third."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from builder.cards import fields, notetypes
from builder.deck import apkg, package
from builder.deck.student import opened
from builder.loading.released import load_released
from builder.release import mine, report
from tests.make.folder import DAY, FIRST, Author

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from builder.deck.apkg import Rendered
    from builder.model import Lock, ReleasedNote

SECOND = FIRST + 7 * DAY
THIRD = FIRST + 14 * DAY

# One of each note type goes out of use.
RETIRED = ("reversed-full", "cloze-full", "truefalse-full", "ordering-full", "essay-full")
ORDERING = "  - id: ordering-full\n"
NEW = """  - id: basic-new
    kind: basic
    prompt: What is new?
    answer: This
  - id: cloze-new
    kind: cloze
    prompt: It is {{c1::new}} and {{c3::good}}.
"""


@dataclass
class Releases:
    """Three packages of one course, its notes at each, and what `plan` said before the second and third."""

    packages: list[str]
    plans: list[dict[str, Any]]
    courses: list[tuple[Rendered, Lock, dict[str, ReleasedNote]]]


def in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the first spare field of every note type into use, as a hint that one note has."""
    shared = tuple("Hint" if name == "Spare1" else name for name in notetypes._SHARED)
    monkeypatch.setattr(notetypes, "_SHARED", shared)
    original: Callable[..., Any] = fields.renderer

    def renderer(*arguments: Any) -> Any:
        render = original(*arguments)

        def hinted(item: Any) -> Any:
            note_type, values = render(item)
            place = note_type.fields.index("Hint")
            hint = "Begins with an M" if item.id == "matching-full" else ""
            return note_type, (*values[:place], hint, *values[place + 1 :])

        return hinted

    monkeypatch.setattr(fields, "renderer", renderer)
    style = notetypes._file("style.css")
    original_file = notetypes._file
    monkeypatch.setattr(
        notetypes, "_file", lambda name: f"{style}\n.new {{ }}" if name == "style.css" else original_file(name)
    )
    for note_type in notetypes.NOTE_TYPES:
        monkeypatch.delitem(note_type.__dict__, "digest", raising=False)


def second(author: Author) -> None:
    """New, edited, retired and moved items, a way back, an image."""
    author.append(NEW)
    author.replace("answer: Intimacy", "answer: Closeness")
    author.replace("point: because", "point: for this reason")
    for item_id in RETIRED:
        author.retire(item_id)
    author.replace(
        "kind: basic\n    theme: love",
        "kind: reversed\n    reverse_prompt: Back?\n    reverse_answer: Yes\n    theme: love",
    )
    text = author.bank.read_text("utf-8")
    start = text.index("  - id: mcq-many")
    end = text.index("  - id:", start + 5)
    head = "bank: other\ntitle: Other\ntheme: love\nitems:\n"
    (author.folder / "other.yaml").write_text(head + text[start:end], "utf-8")
    author.bank.write_text(text[:start] + text[end:], "utf-8")
    course = author.folder / "course.yaml"
    course.write_text(course.read_text("utf-8").replace("[bank.yaml]", "[bank.yaml, other.yaml]"), "utf-8")


def three(folder: Path) -> Releases:
    """The three releases, their packages written into `folder`."""
    author = Author(folder / "course")
    made = Releases([], [], [])

    def release(version: str, time: int) -> None:
        if author.lock:
            made.plans.append(json.loads(report.as_json(author.plan())))
        author.release(version, time)
        assert [p for p in author.problems() if str(p.severity) == "error"] == []
        path = folder / f"{version}.apkg"
        path.write_bytes(author.package())
        made.packages.append(str(path))
        made.courses.append((apkg.rendered(author.course), required(author.lock), load_released(author.loaded)))

    release("1.0.0", FIRST)
    with pytest.MonkeyPatch.context() as patch:
        in_use(patch)
        second(author)
        release("1.1.0", SECOND)
        author.replace("answer: Closeness", "answer: Nearness")
        release("1.2.0", THIRD)
    for note_type in notetypes.NOTE_TYPES:
        note_type.__dict__.pop("digest", None)
    return made


def required(lock: Lock | None) -> Lock:
    """The lock of a course that is released."""
    assert lock
    return lock


def upgrade(releases: Releases, number: int, export: Path, folder: Path) -> dict[str, int]:
    """Write the student's package of a release, as the command does; what Anki will say of it."""
    ready, lock, before = releases.courses[number]
    with opened(export, lock) as theirs:
        found = mine.joined(ready, lock, before, theirs)
    assert theirs.is_studied
    (folder / "sample-mine.apkg").write_bytes(package.archive(found.contents, lock.time))
    counts = {"new": len(found.added), "updated": len(found.updated), "duplicate": found.alone}
    return counts | {"conflicting": 0}
