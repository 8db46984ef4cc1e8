"""The lock: what students have, as `release` wrote it down.

Anki finds a note again by its guid and takes its update when the incoming
time is later than its own; it keeps cards by their number and note types by
the ids of their fields. The lock holds just these, so that a build can leave
untouched what has not changed, and a release can refuse what would cost a
student progress.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from builder.model.fields import Digest, Frozen, Slug, Text
from builder.model.items import KINDS
from builder.text.late import late

if TYPE_CHECKING:
    from builder.model.course import Course

LOCK_FILE = "course.lock.yaml"
_written = json.JSONEncoder(ensure_ascii=False).encode
RELEASED_FILE = "released.jsonl"

_DIGITS = late(r"[0-9]{1,19}")
_LAST = 253_402_300_799  # the last second of the year 9999: no calendar here goes further
_FORM = "%Y-%m-%dT%H:%M:%SZ"


def iso(seconds: int) -> str:
    """A time in seconds since 1970 as ISO 8601 in UTC: `2026-11-24T15:00:00Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime(_FORM)


def _seconds(value: Any) -> Any:
    if type(value) is int:
        return value
    try:
        when = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        when = None
    if when is None or when.tzinfo is None:
        raise PydanticCustomError("not-a-time", "'{typed}' is no time", {"typed": value})
    return int(when.timestamp())


def _numbers(value: Any) -> Any:
    return int(value) if type(value) is str and _DIGITS.fullmatch(value) else value


VERSION = r"^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}$"
Version = Annotated[str, Field(pattern=VERSION)]
Time = Annotated[
    int,
    BeforeValidator(_seconds),
    PlainSerializer(iso),
    WithJsonSchema({"type": "string", "format": "date-time"}),
    Field(gt=0, le=_LAST),
]
Id = Annotated[int, BeforeValidator(_numbers), Field(gt=0, lt=1 << 63)]


class LockedNoteType(Frozen):
    """A note type as released: ids of fields and templates by name, in their frozen order; spares that are in use.

    `texts` has the fingerprints of every style and template that a release
    gave: a text that a student has and that is none of these is their own.
    """

    id: Id
    digest: Digest
    release: Version
    time: Time
    fields: dict[Text, Id]
    templates: dict[Text, Id]
    spares: tuple[Text, ...] = ()
    texts: tuple[Text, ...] = ()


class LockedItem(Frozen):
    """A note as released.

    `digest` is the hash of its fields and tags, `added` the release that
    brought it, `release` and `time` those that last changed it, `bank` its
    file, and `clozes` the hash of what each cloze number hides.
    """

    guid: Text
    kind: Annotated[str, WithJsonSchema({"type": "string", "enum": list(KINDS)})]
    bank: str
    digest: Digest
    added: Version
    release: Version
    time: Time
    state: Literal["active", "retired"] = "active"
    clozes: dict[Annotated[str, Field(pattern=r"^[1-9]\d*$")], Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]] = {}

    @property
    def was_edited(self) -> bool:
        """Whether a release after its first has changed it."""
        return self.release != self.added


class Lock(Frozen):
    """`course.lock.yaml`, written by `release` alone: the newest release, all that it holds, and when each was.

    `kept` has the `mark` of each item that was kept for exams: their ids would tell what is asked.
    """

    lock: Literal["1"] = "1"
    course: Slug
    deck: Text
    release: Version
    time: Time
    releases: dict[Version, Time]
    note_types: dict[Text, LockedNoteType]
    media: tuple[Text, ...] = ()
    kept: tuple[Digest, ...] = ()
    items: dict[Slug, LockedItem]


class ReleasedNote(Frozen):
    """A line of `released.jsonl`: the filled fields of a note by name (HTML) and its tags, as students have them.

    `earlier` has the fingerprints of what each field held in releases before, so that a text that a student has
    is known as released, whichever release it is of. `tags_since` has the release that brought a tag, where it was
    not there from the first; `tags_gone` the tags that releases before had.
    """

    id: Slug
    fields: dict[str, str]
    tags: tuple[str, ...] = ()
    # Plain {} would be deep-copied for every line.
    earlier: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    tags_since: dict[str, Version] = Field(default_factory=dict)
    tags_gone: tuple[str, ...] = ()

    def was_released(self, field: str, html: str) -> bool:
        """Whether some release had this text in this field."""
        now = self.fields.get(field, "")
        return fingerprint(html) in {fingerprint(now), *self.earlier.get(field, ())}


def mark(guid: str) -> str:
    """What stands for an item that is kept for exams: 16 hexadecimal digits of the SHA-256 of its guid."""
    return hashlib.sha256(guid.encode()).hexdigest()[:16]


def marks_of(course: "Course") -> tuple[str, ...]:
    """The marks of the items in use that are kept for exams, sorted."""
    return tuple(sorted(mark(f"{course.id}:{item.id}") for item in course.active if item.is_kept))


def note_digest(note_type: int, fields: Iterable[str], tags: Iterable[str]) -> str:
    """Hash of what a student has of a note: 16 hexadecimal digits over its note type's id, its fields and tags."""
    content = _written([note_type, list(fields), list(tags)])
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprint(html: str) -> str:
    """Eight hexadecimal digits of the SHA-256 of a field's HTML. Anki stores text in Unicode's form C, so that is hashed."""
    return hashlib.sha256(unicodedata.normalize("NFC", html).encode("utf-8", "surrogatepass")).hexdigest()[:8]
