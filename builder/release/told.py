"""What an upgrade of a student's own deck does, in lines for the terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from builder.deck.student import HOW
from builder.release.textdiff import readable
from builder.report import counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.deck.student import Export
    from builder.model import Lock
    from builder.release.mine import Joined, Kept, Side


def told(found: Joined, export: Export, lock: Lock, prefer: Side | None, *, restore: bool) -> Iterator[str]:
    """The lines that tell the student what an import of the package will do, and what stays."""
    if not export.is_studied:
        yield "no reviews are in your export: it was made without 'Include scheduling information', or you have not begun"
        yield "  Anki leaves the tags marked and leech out of such an export, and the upgraded notes would lose them"
        yield f"  if you have studied, export again: {HOW}"
    counts = f"{len(found.added)} new, {len(found.updated)} updated, {found.alone} left alone, 0 conflicting"
    yield f"release {lock.release}; Anki will say: {counts}"
    for deck, number in sorted(Counter(deck for _, deck in found.added).items()):
        yield f"  {counted(number, 'new note')} in {printable(deck)}"
    if found.skipped:
        yield (
            f"{counted(len(found.skipped), 'note')} brought up to date that the release alone would skip, since you or"
            " Anki (marked, leech) changed them after it"
        )
        yield from _ids(found.skipped)
    yield from _texts(f"{counted(len(found.kept), 'text')} of yours kept", found.kept)
    taken = {"mine": "yours is kept", "release": "the release's is taken", None: "which one?"}[prefer]
    yield from _texts(f"{counted(len(found.conflicts), 'text')} changed by both: {taken}", found.conflicts)
    yield f"{counted(len(found.tagged), 'note')} with tags of your own"
    yield from _away(found)
    yield from _shapes(found)
    yield from _absent(found, export, restore=restore)


def _ids(ids: Sequence[str]) -> Iterator[str]:
    yield from (f"  {item_id}" for item_id in ids)


def _texts(head: str, texts: Sequence[Kept]) -> Iterator[str]:
    if texts:
        yield head
    for text in texts:
        yield f"  {text.id}, {text.field}"
        yield f"    yours:   {printable(readable(text.mine))}"
        yield f"    release: {printable(readable(text.release))}"


def _away(found: Joined) -> Iterator[str]:
    """The tags that the student renamed or removed, each with its number of notes."""
    tags = Counter(tag for _, tag in found.away)
    if tags:
        yield f"{counted(len(tags), 'tag')} that you renamed or removed stay so"
    for tag, number in sorted(tags.items()):
        yield f"  {printable(tag)} ({counted(number, 'note')})"


def _shapes(found: Joined) -> Iterator[str]:
    own = [shape for shape in found.shapes if shape.is_own]
    if own:
        yield "note types that you changed the fields or templates of stay as you have them"
        yield from (f"  {printable(str(shape.model['name']))}" for shape in own)
    rewritten = [text for shape in found.shapes for text in shape.rewritten]
    if rewritten:
        yield "looks of the cards that you wrote yourself stay; the release's does not come there"
        yield from (f"  {printable(text)}" for text in rewritten)


def _absent(found: Joined, export: Export, *, restore: bool) -> Iterator[str]:
    """Notes that the student gave another note type, notes that the export lacks, and notes of other courses."""
    if found.changed_type:
        yield f"{counted(len(found.changed_type), 'note')} to which you gave another note type: left alone"
        yield from _ids(found.changed_type)
    if found.missing and export.is_whole:
        what = "brought back" if restore else "left out; --restore brings them back"
        yield f"{counted(len(found.missing), 'note')} that you deleted: {what}"
    elif found.missing:
        what = "brought in" if restore else "left out"
        yield f"{counted(len(found.missing), 'note')} not in your export: {what}"
        yield "  deleted (--restore brings them back), or in a filtered deck or a deck of yours that it does not hold"
        yield f"  to bring the release to those too, export everything: {HOW}"
    yield from _ids(found.missing)
    if found.foreign:
        yield f"{counted(found.foreign, 'note')} of other courses and decks left alone"
