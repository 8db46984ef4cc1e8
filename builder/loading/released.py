"""The notes of a course's last release, which are many times the size of its lock: only some commands want them.

The lock has a digest of each note, so that a text that is missing, foreign or
damaged is found out before a release would take it for the truth: what
`released.jsonl` does not know, `upgrade` would take for a student's own.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from builder.diagnostics import At, BuilderError, Diagnostic, Finding, Span
from builder.disk import output
from builder.disk.folder import Folder
from builder.disk.reader import DISK, is_file, is_mark_of_merge
from builder.loading.part import Part
from builder.model.lock import LOCK_FILE, RELEASED_FILE, ReleasedNote, note_digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from builder.loading.loaded import Before, Loaded
    from builder.model import Lock

_MOST_LINE = 1 << 24  # bytes of a line of released.jsonl: ten texts of 100,000 characters
MOST_RELEASED = 512 * 1024 * 1024  # bytes: as much as a quarter of a million notes have
_WAY_OUT = f"take {RELEASED_FILE} of that release from version control (git checkout -- {RELEASED_FILE})"


def faults(folder: Folder, lock: Lock | None, gone: Collection[str], before: Before) -> Iterator[Finding | Diagnostic]:
    """What is wrong with the released notes beside the lock: a file, a line or a note that is missing, foreign or damaged.

    `gone` are the ids of released items that the course has no more. What was said `before` of these very bytes is
    taken over: there are many of them, and they change with a release alone.
    """
    found = folder.beside(RELEASED_FILE)
    if isinstance(found, Finding):
        yield found
        return
    path = str(folder.root / RELEASED_FILE)
    if lock is None:
        if found and not folder.beside(LOCK_FILE):
            what = f"{LOCK_FILE} is missing, and {RELEASED_FILE} says that the course was released"
            remedy = f"take {LOCK_FILE} from version control; delete {RELEASED_FILE} only if no student has the deck"
            yield Finding(At(path), "lock-lost", what, remedy)
        return
    status = DISK.status(found) if found else None
    if status and (not status.is_file or status.size > MOST_RELEASED):
        what = f"{RELEASED_FILE} is no file, or has more than the {MOST_RELEASED} bytes allowed"
        yield Finding(At(path), "released-lost", what, _WAY_OUT)
        return
    if status is None:
        what = f"{RELEASED_FILE} is missing: what students have since release {lock.release} is not known"
        yield Finding(At(str(folder.root / LOCK_FILE)), "released-lost", what, _WAY_OUT)
        return
    data = DISK.read(path)
    folder.trace.note(path, data, status.changed)
    missing = [name for name in lock.items if name not in gone]
    state = f"{folder.trace.files[path][1]} {sorted(gone)}"
    yield from before.part(
        path, state, (lock,), lambda path, _: Part(None, (), tuple(_lines(path, data, lock, missing)))
    ).diagnostics


def _lines(path: str, data: bytes, lock: Lock, wanted: Iterable[str]) -> Iterator[Diagnostic]:
    """What is wrong with the lines of released.jsonl, in which the notes of the `wanted` items are to be."""
    missing = dict.fromkeys(wanted)
    for number, line in enumerate(data.splitlines(), 1):
        if is_mark_of_merge(line):
            what = "this is a mark of a merge that was not finished"
            yield Diagnostic(Span(path, number, 1), "merge-conflict", what, _WAY_OUT)
            return
        fault = _fault(line, lock, missing)
        if fault:
            yield Diagnostic(Span(path, number, 1), "released-damaged", fault, _WAY_OUT)
    if missing:
        first, more = next(iter(missing)), len(missing) - 1
        others = f" and {more} more" if more else ""
        what = f"no line has the released text of '{first}'{others}"
        yield Diagnostic(Span(path), "released-lost", what, _WAY_OUT)


def _fault(line: bytes, lock: Lock, missing: dict[str, None]) -> str:
    """What is wrong with a line, or nothing; the note of a sound line is no longer `missing`."""
    try:
        note = ReleasedNote.model_validate_json(line)
    except ValidationError:
        return "the line is cut or damaged"
    locked = lock.items.get(note.id)
    if locked is None:
        return f"'{note.id}' is no item of release {lock.release}"
    missing.pop(note.id, None)
    for note_type in lock.note_types.values():
        if note.fields.keys() <= note_type.fields.keys():
            fields = (note.fields.get(name, "") for name in note_type.fields)
            if note_digest(note_type.id, fields, note.tags) == locked.digest:
                return ""
    return f"the text of '{note.id}' is not the one that release {locked.release} gave to students"


def load_released(loaded: Loaded) -> dict[str, ReleasedNote]:
    """The notes of the course's last release by item id; without those whose line is lost or no longer sound.

    Raises:
        BuilderError: it was released anew since it was loaded, so that the notes are of another release.
    """
    notes: dict[str, ReleasedNote] = {}
    if loaded.course is None:
        return notes
    root = Path(loaded.course.path).parent
    output.settle(root)
    folder = Folder(root, DISK)
    texts, path = folder.beside(RELEASED_FILE), str(root / LOCK_FILE)
    if isinstance(texts, str) and is_file(DISK, texts):
        with open(texts, "rb") as file:
            for line in iter(lambda: file.readline(_MOST_LINE), b""):
                with suppress(ValidationError):
                    note = ReleasedNote.model_validate_json(line)
                    notes[note.id] = note
    lock = folder.text(path)
    if (lock if isinstance(lock, str) else None) != loaded.texts.get(path):
        message = f"{path}: changed meanwhile; run it again"
        raise BuilderError(message)
    return notes
