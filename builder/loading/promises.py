"""What a course must keep of its last release, lest a student lose progress.

Each refusal rests on how Anki imports a package: notes are found by guid, cards by
note and number, decks by name, and nothing is ever taken away.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding
from builder.model.items import Basic, Cloze, Occlusion, Reversed, kind_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from builder.model import Course, Item, Lock, LockedItem

# The one change of kind that takes nothing away: it adds a card.
_ALLOWED = {(kind_of(Basic), kind_of(Reversed))}
_NEW_ID = "retire the old item (`retired: {since, reason}`) and give the new question an id of its own"


def broken(course: Course, lock: Lock, unsound: Container[str] | None = ()) -> Iterator[Finding]:
    """Every change since the last release that an import can't take without harm, with the way out.

    `unsound` are the ids of entries that were reported and left out; None where a whole bank was, whose ids nobody
    knows: then no item is called gone.
    """
    head = At(course.path)
    if course.id != lock.course:
        yield Finding(
            head / "course",
            "course-renamed",
            f"the course was released as '{lock.course}', and its name is part of every note's identity",
            f"write 'course: {lock.course}' again; under another name every student gets every card anew",
        )
        return
    if course.anki.deck != lock.deck:
        yield Finding(
            head / "anki" / "deck",
            "deck-renamed",
            f"the deck was released as '{lock.deck}', and Anki knows a deck by its name alone",
            f"write 'deck: {lock.deck}' again; students may rename the deck on their side",
        )
    for name, locked in lock.items.items():
        item = course.by_id.get(name)
        if item:
            yield from _changed(item, locked, course.at[name])
            if item.is_kept:
                yield _known(name, locked, course.at[name])
        elif unsound is not None and name not in unsound:
            yield _gone(course, lock, name, locked)


def bank_of(course: Course, item_id: str) -> str:
    """The bank of an item: its path below the course's folder, without `.yaml`."""
    below = PurePath(course.at[item_id].path).relative_to(PurePath(course.path).parent)
    return below.with_suffix("").as_posix()


def clozes(item: Item) -> dict[str, str]:
    """What each cloze number or box hides, as the first eight hexadecimal digits of its SHA-256; empty for other kinds."""
    hidden: dict[int, list[str]] = {}
    for blank in item.blanks if isinstance(item, Cloze) else ():
        hidden.setdefault(blank.number, []).append(blank.text)
    if isinstance(item, Occlusion):
        hidden = {number: [label] for number, label in enumerate(item.labels, 1)}
    return {
        str(number): hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]
        for number, texts in sorted(hidden.items())
    }


def _known(name: str, locked: LockedItem, at: At) -> Finding:
    """An item kept for exams that students have long had."""
    what = f"'{name}' can't be kept for exams: students have it since release {locked.added}"
    remedy = "write 'use: both', or retire it; what an exam is to ask unseen is a new item with an id of its own"
    return Finding(at / "id", "kept-too-late", what, remedy)


def _gone(course: Course, lock: Lock, name: str, locked: LockedItem) -> Finding:
    """An item that students have and the course has not; most often its id was changed."""
    where = At(course.path)
    heirs = [i for i in course.in_deck if i.id not in lock.items and i.kind == locked.kind]
    same = [i for i in heirs if bank_of(course, i.id) == locked.bank]
    here = [i.id for i in same if clozes(i) == locked.clozes or not locked.clozes]
    if len(same) == 1 and here:
        at = course.at[here[0]] / "id"
        what = f"'{name}', released in {locked.added}, is gone, and '{here[0]}' is new in its bank: an id was changed"
        remedy = f"write 'id: {name}' again; or, if this is another question, put '{name}' back with `retired:`"
        return Finding(at, "id-changed", what, remedy)
    what = f"the item '{name}' of {locked.bank}, released in {locked.added}, is gone, but students still have it"
    remedy = "put it back with `retired: {since: DATE, reason: ...}`, which takes it out of use everywhere"
    return Finding(where / "banks", "item-removed", what, remedy)


def _changed(item: Item, locked: LockedItem, at: At) -> Iterator[Finding]:
    if locked.state == "retired":
        if item.retired is None:
            what = f"'{item.id}' was retired in release {locked.release}: an id never comes back"
            yield Finding(at / "id", "id-reused", what, "give the question a new id, and leave the retired item")
        return
    if item.kind != locked.kind and (locked.kind, item.kind) not in _ALLOWED:
        what = f"'{item.id}' was released as {locked.kind}, and its cards can't become those of {item.kind}"
        yield Finding(at / "kind", "kind-changed", what, _NEW_ID)
    elif item.retired is None:
        yield from _shifted(item, locked.clozes, at / ("boxes" if isinstance(item, Occlusion) else "prompt"))


def _shifted(item: Item, before: Mapping[str, str], at: At) -> Iterator[Finding]:
    """Cloze numbers and boxes that vanished, or that hide what another number hid: each number is a card with its progress."""
    now = clozes(item)
    gone = sorted(before.keys() - now.keys(), key=int)
    moved = [n for n, text in now.items() if n in before and text != before[n] and text in before.values()]
    numbers = ", ".join(f"c{n}" for n in gone or moved)
    if gone:
        what = f"{numbers} of '{item.id}' is in use, and gone: its card would be left empty"
        yield Finding(at, "cloze-shifted", what, f"keep {numbers}; {_NEW_ID}")
    elif moved:
        what = f"{numbers} of '{item.id}' now hides what another number hid: progress would go to the wrong blank"
        yield Finding(
            at, "cloze-shifted", what, "keep each one's number; a new one takes a new number, a new box the last"
        )
