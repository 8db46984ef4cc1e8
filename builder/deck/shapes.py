"""A student's note types: those of a release, with the fields and templates that the student added, removed or rewrote.

Anki updates a note only if the note type in the package has the fields and
templates of the one in the collection, in number and order. So the package for
a student holds the student's own note types. Their templates and styles are
those of the release, except where the student has written others.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.cards.notetypes import NOTE_TYPES, SIDES
from builder.model.lock import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.cards.notetypes import NoteType
    from builder.model import Lock

_SPARE = re.compile(r"Spare\d")


class Shape(NamedTuple):
    """The student's form of a note type of ours, whose name is `base`.

    `fields` has the id of our field in each place, 0 for a field of the
    student's. `is_own` says that the student added, removed or moved fields or
    templates. `model` is Anki's JSON for the package. `rewritten` names the
    templates and styles that the student wrote, which stay.
    """

    id: int
    base: str
    fields: tuple[int, ...]
    is_own: bool
    model: Mapping[str, Any]
    rewritten: tuple[str, ...]


def field_ids(model: Mapping[str, Any]) -> tuple[int, ...]:
    """Our id of each field of a note type, 0 for a field that is not ours; in exports of old clients, told by names."""
    base = _base(model)
    return _ids(model["flds"], base.field_ids if base else {})


def _ids(parts: Sequence[Mapping[str, Any]], ours: Mapping[str, int]) -> tuple[int, ...]:
    known = set(ours.values())
    found = (part.get("id") or ours.get(part["name"], 0) for part in parts)
    return tuple(part_id if part_id in known else 0 for part_id in found)


def _base(model: Mapping[str, Any]) -> NoteType | None:
    """Our note type that `model` is or was copied from, told by its id or by ids of fields; None for any other."""
    for note_type in NOTE_TYPES:
        ids = note_type.field_ids
        if model["id"] == note_type.id or any(field.get("id") in ids.values() for field in model["flds"]):
            return note_type if any(_ids(model["flds"], ids)) else None
    return None


def adapted(collection: Any, lock: Lock) -> Iterator[Shape]:
    """The note types of a collection that are ours and in use.

    Each gets the release's templates and styles, also in the collection, except for those that the student wrote.
    """
    for model in collection.models.all():
        base = _base(model)
        # A release from before a type existed has no note of it: such notes come from another course.
        if base and base.name in lock.note_types and collection.models.use_count(model):
            yield _shape(collection, model, base, lock)


def _shape(collection: Any, model: dict[str, Any], base: NoteType, lock: Lock) -> Shape:
    """The student's form of our note type `base`, after the release's templates and styles were put into `model`."""
    fields = _ids(model["flds"], base.field_ids)
    templates = _ids(model["tmpls"], base.template_ids)
    is_own = fields != tuple(base.field_ids.values()) or templates != tuple(base.template_ids.values())
    before, changed = _texts(model), int(model["mod"])
    rewritten = _renew(collection, model, base, lock)
    after = collection.models.get(model["id"])
    released = lock.note_types[base.name].time
    mod = max(released, changed if _texts(after) == before else changed + 1)
    # Anki's library gives the keys in another order each time, which would change the bytes of the package.
    settled = json.loads(json.dumps(after | {"mod": mod}, sort_keys=True))
    return Shape(model["id"], base.name, fields, is_own, settled, rewritten)


def _texts(model: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        model["css"],
        *(template[side] for template in model["tmpls"] for side in SIDES),
        *(field["name"] for field in model["flds"]),
    )


def _renew(collection: Any, model: dict[str, Any], base: NoteType, lock: Lock) -> tuple[str, ...]:
    """Put the release's templates and styles into a note type, and return the names of those that the student wrote.

    When a student renames a field, Anki renames it in all templates. Such a
    template would look like one that the student wrote. So the fields first get
    our names back, and Anki restores the templates. In the end the fields get
    the student's names again, and Anki renames them in all templates.
    """
    ours = {field_id: name for name, field_id in base.field_ids.items()}
    changed = int(model["mod"])
    fields = _ids(model["flds"], base.field_ids)
    theirs = [field["name"] for field in model["flds"]]
    for field, field_id in zip(model["flds"], fields, strict=True):
        field["name"] = ours.get(field_id, field["name"])
    collection.models.update_dict(model, skip_checks=True)
    model = collection.models.get(model["id"])
    rewritten = tuple(_replace_texts(model, base, lock, changed))
    collection.models.update_dict(model, skip_checks=True)
    model = collection.models.get(model["id"])
    for field, name in zip(model["flds"], theirs, strict=True):
        if not _SPARE.fullmatch(name):  # a spare field gets a name when a release takes it into use
            field["name"] = name
    collection.models.update_dict(model, skip_checks=True)
    return rewritten


def _replace_texts(model: dict[str, Any], base: NoteType, lock: Lock, changed: int) -> Iterator[str]:
    """Replace each template and style that a release gave by the new release's, and yield the names of the others.

    `changed` is when the student's note type was last changed. A lock without
    fingerprints can't tell who wrote a text. Then the side that changed the note
    type last has its texts, as in any import.
    """
    locked = lock.note_types[base.name]
    known = {*locked.texts, *map(fingerprint, base.texts)}
    is_later = changed in lock.releases.values() or (not locked.texts and changed < locked.time)
    new = base.model(0)
    templates = _ids(model["tmpls"], base.template_ids)
    by_id = {template["id"]: template for template in new["tmpls"]}
    parts = [(model, new, "css", f"the style of {model['name']}")]
    parts += [
        (template, by_id[part_id], side, f"{_SIDE_NAMES[side]} of {model['name']}, {template['name']}")
        for template, part_id in zip(model["tmpls"], templates, strict=True)
        if part_id
        for side in SIDES
    ]
    for theirs, ours, key, name in parts:
        if is_later or fingerprint(theirs[key]) in known:
            theirs[key] = ours[key]
        elif locked.texts:
            yield name


_SIDE_NAMES = dict(zip(SIDES, ("the front", "the back", "the browser's question", "the browser's answer"), strict=True))
