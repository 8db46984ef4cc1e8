"""The lock after a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.cards.fields import media_name
from builder.cards.notetypes import NOTE_TYPES, NoteType
from builder.diagnostics import BuilderError
from builder.loading.promises import bank_of, clozes
from builder.model import Lock, LockedItem, LockedNoteType, ReleasedNote
from builder.model.lock import LOCK_FILE, RELEASED_FILE, fingerprint, iso, marks_of
from builder.source.nodes import dump

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.deck.apkg import Note, Rendered

_HEAD = "# Written by `her-study release`: commit it, never edit it.\n"


def advanced(
    ready: Rendered, lock: Lock | None, released: Mapping[str, ReleasedNote], version: str, time: int
) -> dict[str, bytes]:
    """The lock file and the released notes as bytes by file name, after a release of the course as `version`.

    `lock` and `released` are those of the release before. `time` is the time of
    this release, in seconds since 1970. Notes and note types that have not
    changed keep the release and the time that they have.

    Raises:
        BuilderError: the version or the time is not later than the last, or a
            note type has another shape than students have.
    """
    _refuse_backwards(lock, version, time)
    for note_type in NOTE_TYPES:
        problem = shape_problem(note_type, lock.note_types.get(note_type.name) if lock else None)
        if problem:
            raise BuilderError(problem)
    course = ready.course
    media = {media_name(course, name) for name in course.deck_media}
    kept = {name: item for name, item in lock.items.items() if name not in course.by_id} if lock else {}
    after = Lock(
        course=course.id,
        deck=course.anki.deck,
        release=version,
        time=time,
        releases=(lock.releases if lock else {}) | {version: time},
        note_types={t.name: _note_type(t, lock, version, time) for t in NOTE_TYPES},
        kept=marks_of(course),
        media=tuple(sorted(media | set(lock.media if lock else ()))),
        items=dict(sorted(({n.id: _item(ready, n, lock, version, time) for _, n in ready.rows} | kept).items())),
    )
    lines = [_released(n, released.get(n.id), version).model_dump_json(exclude_defaults=True) for _, n in ready.rows]
    data = after.model_dump(mode="json", exclude_defaults=True)
    return {
        LOCK_FILE: (_HEAD + dump({"lock": after.lock, **data}, flat=True)).encode(),
        RELEASED_FILE: "".join(f"{line}\n" for line in sorted(lines)).encode(),
    }


def _refuse_backwards(lock: Lock | None, version: str, time: int) -> None:
    """Refuse a version or a time that is not later than that of the last release."""
    if lock is None:
        return
    if _numbers(version) <= _numbers(lock.release):
        message = f"version {version} is not later than {lock.release}, the last release; choose a higher one"
        raise BuilderError(message)
    if time <= lock.time:
        message = (
            f"the last release is of {iso(lock.time)}, and this one would be of {iso(time)}: Anki takes only what is newer;"
            " correct the clock, or leave out --date"
        )
        raise BuilderError(message)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def shape_problem(note_type: NoteType, locked: LockedNoteType | None) -> str:
    """Why a note type can't be imported over the released one; empty if it can.

    Anki wants the same fields and templates in number, order and id; their
    names may change, which is how a spare field is taken into use.
    """
    if locked is None:
        return ""
    for what, now, before in (
        ("fields", note_type.field_ids, locked.fields),
        ("templates", note_type.template_ids, locked.templates),
    ):
        if list(now.values()) != list(before.values()):
            return (
                f"note type '{note_type.name}' has other {what} than release {locked.release}: {', '.join(now)}, and before"
                f" {', '.join(before)}; students' notes would conflict and never be updated: take a spare field into use"
                " by giving it a new name, in its place"
            )
    return f"note type '{note_type.name}' has another id than it was released with" if note_type.id != locked.id else ""


def _note_type(note_type: NoteType, lock: Lock | None, version: str, time: int) -> LockedNoteType:
    before = lock.note_types.get(note_type.name) if lock else None
    if before and before.digest == note_type.digest:
        return before
    return LockedNoteType(
        id=note_type.id,
        digest=note_type.digest,
        release=version,
        time=time,
        fields=note_type.field_ids,
        templates=note_type.template_ids,
        spares=note_type.spares_in_use,
        texts=_texts(note_type, before),
    )


def _texts(note_type: NoteType, before: LockedNoteType | None) -> tuple[str, ...]:
    """The fingerprints of all texts that releases have given the note type, this one's included.

    They are empty if an earlier release did not record its texts. By a partial list, the texts of that release would be
    taken for a student's own.
    """
    if before and not before.texts:
        return ()
    return tuple(sorted({*(before.texts if before else ()), *map(fingerprint, note_type.texts)}))


def _item(ready: Rendered, note: Note, lock: Lock | None, version: str, time: int) -> LockedItem:
    item = ready.course.by_id[note.id]
    before = lock.items.get(note.id) if lock else None
    is_same = before is not None and before.digest == note.digest
    return LockedItem(
        guid=note.guid,
        kind=item.kind,
        bank=bank_of(ready.course, note.id),
        digest=note.digest,
        added=before.added if before else version,
        release=before.release if before and is_same else version,
        time=before.time if before and is_same else time,
        state="retired" if item.retired else "active",
        clozes=clozes(item),
    )


def _released(note: Note, before: ReleasedNote | None, version: str) -> ReleasedNote:
    """The note as this release records it, with what earlier releases had in its fields and tags."""
    filled = {name: value for name, value in zip(note.type.fields, note.fields, strict=True) if value}
    if before is None:
        return ReleasedNote(id=note.id, fields=filled, tags=note.tags)
    earlier = dict(before.earlier)
    for name in note.type.fields:
        old = before.fields.get(name, "")
        if old != filled.get(name, ""):
            earlier[name] = tuple(dict.fromkeys((*earlier.get(name, ()), fingerprint(old))))
    fresh = {tag: version for tag in note.tags if tag not in before.tags}
    return ReleasedNote(
        id=note.id,
        fields=filled,
        tags=note.tags,
        earlier=earlier,
        tags_since={tag: since for tag, since in (before.tags_since | fresh).items() if tag in note.tags},
        tags_gone=tuple(sorted({*before.tags_gone, *before.tags} - set(note.tags))),
    )
