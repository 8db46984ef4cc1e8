"""A record of a paper against its course: it is printed as it was drawn, or not at all."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Occlusion, Ordering, Reversed, Short, TrueFalse
from builder.model.scoring import Scored, misfit
from builder.paper.key import accepted_of, is_whole, key_of, letters_of, lines_of, parts_of
from builder.paper.numbering import numbered
from builder.paper.record import PARTS, QuizItem, under
from builder.paper.variants import is_known, variant_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course, Item
    from builder.paper.record import Quiz, Version


def refuse_changed(course: Course, quiz: Quiz) -> None:
    """Refuse to print a record that its course, or the record itself, no longer bears out.

    Raises:
        BuilderError: items are gone or have changed since they were drawn (each is named),
            or the record says what her-study never writes.
    """
    gone = [entry.id for entry in quiz.items if entry.id not in course.by_id]
    changed = [e.id for e in quiz.items if e.id in course.by_id and course.by_id[e.id].digest != e.digest]
    said = [
        f"{', '.join(ids)}: {what}" for ids, what in ((gone, "not in the course"), (changed, "changed since")) if ids
    ]
    if said:
        message = (
            f"the paper can't be printed as it was: {'; '.join(said)}; draw it anew, or take the items of that time"
        )
        raise BuilderError(message)
    fault = next(_faults(course, quiz), "")
    if fault:
        message = f"the record contradicts itself: {fault}; take the quiz.json that her-study wrote, or draw anew"
        raise BuilderError(message)


def _faults(course: Course, quiz: Quiz) -> Iterator[str]:
    """What her-study never writes: a record may have been edited, and a wrong key must never be printed."""
    names = [version.name for version in quiz.versions]
    asked = {entry.id: (entry.points, entry.scoring) for entry in quiz.items}
    if len(set(names)) < len(names):
        yield "two versions have one name"
    for version in quiz.versions:
        worth = {entry.id: (entry.points, entry.scoring) for entry in version.items}
        if worth != asked or len(version.items) != len(asked):
            yield f"version {version.name} does not ask the questions of version {names[0]} for the same marks"
        items = [course.by_id[entry.id] for entry in version.items]
        if [(entry.number, entry.part) for entry in version.items] != list(numbered(it.passage for it in items)):
            yield f"the questions of version {version.name} are not numbered from 1"
        for entry in version.items:
            if not is_known(entry, course.by_id[entry.id]):
                yield f"{entry.id} in version {version.name} has values that are not those of the item"
            elif not _fits(entry, variant_of(course, entry)):
                yield f"order, key, lines or rule of {entry.id} in version {version.name} are not those of the item"
        parts = [PARTS.index(under(item)) for item in items]
        if parts != sorted(parts):
            yield f"the parts of version {version.name} are out of order"
        yield from _torn(version)
    for kind, number in quiz.choose.items():
        if number > sum(entry.under == kind for entry in quiz.items):
            yield f"more {kind} questions are chosen than there are"
    yield from (f"there is no version {s.version}, which {s.id} has" for s in quiz.students if s.version not in names)


def _torn(version: Version) -> Iterator[str]:
    """Passages whose questions do not stand together."""
    runs = [name for name, _ in groupby(entry.passage for entry in version.items) if name]
    yield from (
        f"the questions on '{name}' do not stand together in version {version.name}"
        for name, number in Counter(runs).items()
        if number > 1
    )


def _fits(entry: QuizItem, item: Item) -> bool:
    """Whether the record says of an item what the item itself says."""
    return (
        entry.kind == item.kind
        and entry.passage == (item.passage.id if item.passage else "")
        and sorted(entry.order) == list(range(_places(item)))
        and entry.key == key_of(item, entry.order)
        and entry.lines == lines_of(item)
        and entry.numeric == (item.numeric if isinstance(item, Numeric) else None)
        and (is_whole(item) or entry.points == item.points)
        and _says(entry, item)
        and (entry.scoring is None or (isinstance(item, Scored) and not misfit(item.sort, entry.scoring)))
    )


def _says(entry: QuizItem, item: Item) -> bool:
    """Whether marks of parts, other answers and letters are those of the item, or are left out, as in older records."""
    said = {"parts": parts_of(item), "letters": letters_of(item, entry.order), **accepted_of(item)}
    return all(getattr(entry, key) in (value, QuizItem.model_fields[key].default) for key, value in said.items())


def _places(item: Item) -> int:
    """How many options, responses, steps or words of an item are shuffled."""
    match item:
        case Mcq():
            return len(item.options)
        case Matching():
            return len(item.responses)
        case Ordering():
            return len(item.sequence)
        case Cloze() | Occlusion():
            return len(item.words)
        case TrueFalse() | Basic() | Reversed() | Numeric() | Short() | Essay():
            return 0
