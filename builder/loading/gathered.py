"""The items of all banks of a course: each id once, with what course.yaml says for those that say nothing themselves.

Of a bank that is the same object as at the last reading, and has the same to take from course.yaml, the group of items
is taken over (`Before.groups`), with all that was once asked of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import capped
from builder.loading import links
from builder.loading.defaults import lent, with_defaults
from builder.model.group import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from builder.diagnostics import Finding
    from builder.loading.bank import ParsedBank, Placed
    from builder.loading.loaded import Before
    from builder.model import CourseFile


def gathered(banks: Mapping[str, ParsedBank], head: CourseFile | None, before: Before) -> tuple[Group, ...]:
    """The items of each bank, in the order of banks, without those whose id an earlier item has."""
    said = lent(head) if head else ()
    have_values = any(bank.uses.has_values for bank in banks.values())
    known, before.groups = before.groups, {}
    are_alone = _are_all_different(bank.uses.ids for bank in banks.values())
    seen: set[str] = set()
    found = []
    for path, bank in banks.items():
        items = bank.items if are_alone else _first(bank.items, seen)
        by = (bank, said, have_values)
        last = known.get(path)
        is_same = last and last[0][0] is bank and last[0][1:] == by[1:] and len(last[1].items) == len(items)
        group = last[1] if last and is_same else _group(path, with_defaults(items, head, have_values=have_values))
        if len(items) == len(bank.items):
            before.groups[path] = by, group
        found.append(group)
    return tuple(found)


def alike(banks: Mapping[str, ParsedBank]) -> Iterator[Finding]:
    """Items whose id another item has, or one that an eye takes for it."""
    if not _are_all_different(bank.looks for bank in banks.values()):
        items = [it for bank in banks.values() for it in bank.items]
        yield from capped(links.duplicates(items))
        yield from capped(links.lookalikes(items))


def _group(path: str, items: Sequence[Placed]) -> Group:
    return Group(path, [item for item, _ in items], [at for _, at in items])


def _are_all_different(names: Iterator[Sequence[str]]) -> bool:
    every = list(names)
    return len(set().union(*every)) == sum(map(len, every))


def _first(items: Sequence[Placed], seen: set[str]) -> list[Placed]:
    """The items whose id was not seen before; from now on it is."""
    first: list[Placed] = []
    for item, at in items:
        if item.id not in seen:
            seen.add(item.id)
            first.append((item, at))
    return first
