"""The notes of a course's last release, which are many times the size of its lock: only some commands want them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from builder.diagnostics import BuilderError
from builder.disk import output
from builder.disk.folder import Folder
from builder.disk.reader import DISK, is_file
from builder.model.lock import LOCK_FILE, RELEASED_FILE, ReleasedNote

if TYPE_CHECKING:
    from builder.loading.course import Loaded

_MOST_LINE = 1 << 24  # bytes of a line of released.jsonl: ten texts of 100,000 characters


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
