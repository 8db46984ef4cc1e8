"""Tags of a note, joined from three sides: the tags once released, the student's, and those of the new release."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Lock, ReleasedNote


_SYSTEM = frozenset({"marked", "leech"})
_REMOVED = "\x7f"  # Anki takes control characters out of the tags that it imports


class Tags(NamedTuple):
    """The tags of the joined note (`every`), the student's own among them, and our tags that the student removed."""

    every: tuple[str, ...]
    own: tuple[str, ...]
    away: tuple[str, ...]


def joined_tags(mine: Sequence[str], new: Sequence[str], before: ReleasedNote | None, seen: int, lock: Lock) -> Tags:
    """The tags that the student has (`mine`) and those that the release has (`new`), less those that a side removed.

    `seen` is the time of the release that the student's note comes from. A tag
    of ours that the student lacks was removed by the student, unless a later
    release brought it. A tag that the student has is the student's own, unless
    some release gave it. Case does not count, as in Anki.

    Example: released were `her::a` and `her::b`; the student renamed the first
    to `film::a`; the new release drops `her::b` and brings `her::c`. The note
    gets `her::c` and `film::a`.
    """
    has = {tag.casefold() for tag in mine}
    gone = before.tags_gone if before else ()
    ours = {tag.casefold() for tag in (*new, *gone)} | {f"{_root(lock)}{version}" for version in lock.releases}
    own = tuple(tag for tag in mine if tag.casefold() not in ours)
    away = tuple(tag for tag in new if tag.casefold() not in has and _since(tag, before, lock) <= seen)
    return Tags((*(tag for tag in new if tag not in away), *own), own, away)


def carried(tags: Sequence[str]) -> tuple[str, ...]:
    """The tags as a package must spell them, so that an import gives the student these tags.

    An import without learning progress takes `marked` and `leech` away from the
    package's notes. Only afterwards it takes control characters out of tags. So
    these two tags get a control character at the end, which brings them through.
    """
    return tuple(f"{tag}{_REMOVED}" if tag.casefold() in _SYSTEM else tag for tag in tags)


def seen_release(mine: Sequence[str], changed: int, added: str, lock: Lock) -> int:
    """The time of the release that a student's note comes from, in seconds since 1970.

    A note that nobody has touched still has the time of its release (`changed`).
    A note that a release has edited has a tag with the version, below
    `updated::`, even if the student renamed the tags above. A note with neither
    is taken to be from the release that `added` it.
    """
    versions = {tag.rpartition("::updated::")[2] for tag in mine if "::updated::" in tag.casefold()}
    times = [time for version, time in lock.releases.items() if version in versions or time == changed]
    return max(times, default=lock.releases.get(added, 0))


def _root(lock: Lock) -> str:
    """What stands before the version in the tag of an edited note."""
    return f"{lock.course.casefold()}::updated::"


def _since(tag: str, before: ReleasedNote | None, lock: Lock) -> int:
    """The time of the release that brought a tag; 0 if the note had it from the first."""
    version = tag.removeprefix(f"{lock.course}::updated::")
    if version == tag:
        version = before.tags_since.get(tag, "") if before else ""
    return lock.releases.get(version, 0)
