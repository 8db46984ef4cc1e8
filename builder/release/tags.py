"""Tags of a note, joined from three sides: what was released, what the student made of it, what the release has now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Lock, ReleasedNote


_SYSTEM = frozenset({"marked", "leech"})
_REMOVED = "\x7f"  # Anki takes control characters out of the tags that it imports


class Tags(NamedTuple):
    """The tags of the joined note; of them, the student's own; and those of ours that the student took away."""

    every: tuple[str, ...]
    own: tuple[str, ...]
    away: tuple[str, ...]


def joined_tags(mine: Sequence[str], new: Sequence[str], before: ReleasedNote | None, seen: int, lock: Lock) -> Tags:
    """What the student has (`mine`) and what the release has (`new`), without what either side took away.

    A tag of ours that the student lacks stays away, unless a release brought
    it after `seen`, the time of the release that the student's note is of. A
    tag that the student has is theirs, unless some release gave it. Anki knows
    tags without regard to case.

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
    """The tags as a package must spell them for an import to give the student these.

    An import without learning progress strips `marked` and `leech` from the
    package's notes, and only afterwards takes control characters out of tags:
    one at the end of these two brings them through.
    """
    return tuple(f"{tag}{_REMOVED}" if tag.casefold() in _SYSTEM else tag for tag in tags)


def seen_release(mine: Sequence[str], changed: int, added: str, lock: Lock) -> int:
    """The time of the release that a student's note is of.

    A note that nobody touched has the time of its release, and one that a
    release has edited has a tag with its version, whatever the student called
    the tags above it. Without either it is taken for the release that brought it.
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
