"""The reviews that a student's export holds: what Anki's review log says of our notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.deck.student import HOW, collected
from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Kinds of entries in Anki's review log (rslib/src/revlog/mod.rs).
_FILTERED, _BY_HAND = 3, 4
_EARLIEST, _LATEST = 946_684_800_000, 32_503_680_000_000  # the years 2000 and 3000, in milliseconds since 1970
_ID, _MOST_CARDS = re.compile("[a-z0-9]+(-[a-z0-9]+)*"), 500
_ENTRIES = """
select r.id, n.guid, c.ord, r.ease, r.type, r.factor, r.ivl
from revlog r join cards c on c.id = r.cid join notes n on n.id = c.nid
where substr(n.guid, 1, ?) = ? order by r.cid, r.id
"""


class Answer(NamedTuple):
    """A review in Anki: milliseconds since 1970, the item's id, the card counted from 1, and the rating from 1 to 4."""

    time: int
    item: str
    card: int
    rating: int


def answers(export: Path, course: str) -> list[Answer]:
    """The reviews of a course's notes that count for memory, card by card, in the order of time.

    *Forget* in Anki makes a card new: what was before it does not count. Neither does what a filtered deck asked
    without rescheduling, nor a due date that was set by hand. Notes whose guid only looks like one of ours, and reviews
    of a clock that was not set, are left out.

    Raises:
        BuilderError: the file is no export, or holds no review of this course; the extra `mine` is missing.
    """
    lead = f"{course}:"
    with collected(export) as collection:
        found = list(_counting(collection.db.all(_ENTRIES, len(lead), lead), len(lead)))
    if not found:
        message = f"{export}: no review of {course} is in it; {HOW}"
        raise BuilderError(message)
    return found


def _counting(entries: list[tuple[int, str, int, int, int, int, int]], lead: int) -> Iterator[Answer]:
    kept: dict[tuple[str, int], list[Answer]] = {}
    for time, guid, ordinal, ease, kind, factor, interval in entries:
        place = guid[lead:], ordinal + 1
        if not (_ID.fullmatch(place[0]) and place[1] <= _MOST_CARDS and _EARLIEST <= time < _LATEST):
            continue
        if kind == _BY_HAND and not factor and not interval:
            kept[place] = []  # *forget*
        elif kind != _BY_HAND and 1 <= ease <= 4 and (kind != _FILTERED or factor):  # noqa: PLR2004 - the four buttons
            kept.setdefault(place, []).append(Answer(time, *place, ease))
    for some in kept.values():
        yield from some
