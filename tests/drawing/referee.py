"""What must hold on a paper, said once more and as plainly as can be: by counting, and by trying every choice of items.

A demand has a name: `rows.0`, `marks`, `fixed.x`, `together` and so on. The
referee says which demands a choice of items breaks.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from builder.model import Basic, Essay, Mcq, Reversed, Short, TrueFalse
from builder.rules import x01_duplicate, x02_cross_item_cue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from builder.model import Blueprint, Course, Filter, Item, Passage
    from builder.model.blueprint import Row


class Demand(NamedTuple):
    """A number that a choice has, and from where to where it may be (None: without end)."""

    name: str
    has: float
    least: float
    most: float | None

    @property
    def is_met(self) -> bool:
        """Whether the number lies between its bounds."""
        return self.least <= self.has and (self.most is None or self.has <= self.most)


class Known(NamedTuple):
    """What exams have shown: the expected share of marks of each item in hundredths, and which items are anchors."""

    shares: Mapping[str, int]
    anchors: Collection[str] = ()


NOTHING = Known({})


def is_sort(item: Item, sort: Filter) -> bool:
    """Whether an item has one of the wanted values under each key."""
    wanted = sort.model_dump(include={"theme", "theory", "kind", "bloom", "difficulty", "basis"})
    return all(not values or getattr(item, key) in values for key, values in wanted.items()) and (
        not sort.tags or any(tag in item.tags for tag in sort.tags)
    )


def marks(item: Item, blueprint: Blueprint) -> float:
    """What an item is worth on a paper."""
    if isinstance(item, Basic | Reversed | Mcq | TrueFalse) and item.kind in blueprint.points:
        return blueprint.points[item.kind]
    return item.points


def size(blueprint: Blueprint) -> int | None:
    """The number of questions that a blueprint wants, where it says."""
    if blueprint.items is not None:
        return blueprint.items
    return sum(row.count or 0 for row in blueprint.rows if _by_kind(row)) or None


def _by_kind(row: Row) -> bool:
    return row.count is not None and row.named.keys() == {"kind"}


def pool(course: Course, blueprint: Blueprint) -> list[Item]:
    """The items that may stand on a paper at all."""
    counted = [row for row in blueprint.rows if _by_kind(row)]
    kinds = {kind for row in counted for kind in row.kind}
    closed = bool(counted) and sum(row.count or 0 for row in counted) == size(blueprint)

    uses = {"exam": ("exam",), "deck": ("deck", "both"), None: ("exam", "both")}[blueprint.use]

    def may(item: Item) -> bool:
        if item.passage and item.kind in blueprint.choose:
            return False
        if item.use not in uses or (blueprint.graded and item.status in {"draft", "review"}):
            return False
        if item.retired or marks(item, blueprint) != blueprint.points.get(item.kind, marks(item, blueprint)):
            return False
        if item.id in blueprint.fixed:
            return True
        return (
            item.id not in blueprint.excluded and is_sort(item, blueprint.only) and (not closed or item.kind in kinds)
        )

    return [item for item in course.items if may(item)]


def is_fair(true: int, asked: int) -> bool:
    """Whether so many true statements among those asked favour no answer: 40 to 60 %, or as near as few can be."""
    return asked <= 1 or abs(2 * true - asked) <= (1 if asked == 3 else asked / 5)


def quarrels(course: Course, items: Sequence[Item]) -> list[tuple[str, str]]:
    """Each two of the items that may not meet; whether the rules mind is asked of a course of the two."""
    return [(a.id, b.id) for a, b in combinations(items, 2) if _quarrel(course, a, b)]


def _quarrel(course: Course, a: Item, b: Item) -> bool:
    if (a.group and a.group == b.group) or a.id in b.enemies or b.id in a.enemies:
        return True
    if a.passage and b.passage and a.passage.id == b.passage.id:
        return False
    two = replace(course, items=(a, b))
    return any(True for rule in (x01_duplicate, x02_cross_item_cue) for _ in rule.check(two))


def demands(blueprint: Blueprint, chosen: Collection[Item], known: Known = NOTHING) -> Iterator[Demand]:
    """The numbers that a blueprint wants, as they are in a choice."""
    wanted = size(blueprint)
    if wanted is not None:
        yield Demand("rows" if blueprint.items is None else "items", len(chosen), wanted, wanted)
    for i, row in enumerate(blueprint.rows):
        here = sum(is_sort(item, row) for item in chosen)
        if row.share is not None:
            part = row.share * (len(chosen) if wanted is None else wanted)
            # The whole numbers next to the part: below, and above where it is not whole itself.
            yield Demand(f"rows.{i}", here, part // 100, -(-part // 100))
        elif row.count is not None:
            yield Demand(f"rows.{i}", here, row.count, row.count)
        elif row.min is not None or row.max is not None:
            yield Demand(f"rows.{i}", here, row.min or 0, row.max)
    yield from _measured(blueprint, chosen, known)
    if blueprint.marks is not None:
        answered = sum(marks(item, blueprint) for item in chosen if item.kind not in blueprint.choose)
        left = blueprint.marks - sum(n * blueprint.points[kind] for kind, n in blueprint.choose.items())
        yield Demand("marks", answered, left, left)
    for kind, number in blueprint.choose.items():
        yield Demand(f"choose.{kind}", sum(item.kind == kind for item in chosen), number, None)
    for fixed in blueprint.fixed:
        yield Demand(f"fixed.{fixed}", sum(item.id == fixed for item in chosen), 1, 1)


def _measured(blueprint: Blueprint, chosen: Collection[Item], known: Known) -> Iterator[Demand]:
    """The means and anchors that a blueprint wants; no question has no mean, which breaks nothing."""
    wanted = [("mean_p", blueprint.mean_p, list(chosen))]
    wanted += [
        (f"rows.{i}.mean_p", row.mean_p, [item for item in chosen if is_sort(item, row)])
        for i, row in enumerate(blueprint.rows)
    ]
    for name, shares, items in wanted:
        if shares and items:
            mean = sum(known.shares[item.id] for item in items) / len(items)
            yield Demand(name, mean, shares.low, shares.high)
    if blueprint.anchors:
        here = sum(item.id in known.anchors for item in chosen)
        yield Demand("anchors", here, blueprint.anchors.min, blueprint.anchors.max)


def broken(
    blueprint: Blueprint,
    chosen: Collection[Item],
    apart: Collection[tuple[str, str]],
    avoided: Collection[str] = (),
    offered: Collection[Item] = (),
    known: Known = NOTHING,
) -> frozenset[str]:
    """The names of the demands that a choice of items breaks; `apart` are those that quarrel, `offered` all that may be asked."""
    ids = {item.id for item in chosen}
    names = {demand.name for demand in demands(blueprint, chosen, known) if not demand.is_met}
    for passage in {item.passage.id: item.passage for item in (*chosen, *offered) if item.passage}.values():
        here, there = (sum(_is_of(item, passage) for item in items) for items in (chosen, offered))
        if here not in {0, passage.take or there}:
            names.add(f"passage.{passage.id}")
    if any(a in ids and b in ids for a, b in apart):
        names.add("together")
    if not ids.isdisjoint(set(avoided) - set(known.anchors)):
        names.add("earlier")
    if blueprint.anchors and len(ids & set(avoided) & set(known.anchors)) > blueprint.anchors.min:
        names.add("earlier-anchors")
    answers = [item.answer for item in chosen if isinstance(item, TrueFalse)]
    if not _shared_out(blueprint, answers):
        names.add("true")
    return frozenset(names)


def _is_of(item: Item, passage: Passage) -> bool:
    return item.passage is not None and item.passage.id == passage.id


def _shared_out(blueprint: Blueprint, answers: Sequence[bool]) -> bool:
    """Whether the answers are shared out: among so many as a row wants, or among those there are."""
    kind = {"kind": ("truefalse",)}
    wanted = [row.count for row in blueprint.rows if row.named == kind and row.count]
    if not wanted:
        return is_fair(sum(answers), len(answers))
    most = max(true for true in range(max(wanted) + 1) if is_fair(true, max(wanted)))
    return answers.count(True) <= most and answers.count(False) <= most


def ranked(items: Sequence[Item], blueprint: Blueprint, seed: str) -> list[Item]:
    """The items in the order in which papers prefer them: fixed ones, then by the hash of seed and id, that of a passage first."""

    def place(item: Item) -> tuple[bool, str, str]:
        together = item.passage.id if item.passage else item.id
        hashes = [hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest() for name in (together, item.id)]
        return item.id not in blueprint.fixed, hashes[0], hashes[1]

    return sorted(items, key=place)


def choices(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """Every choice of the items, the first first: of two choices, that one which has the first item they differ in."""
    for taken in product((True, False), repeat=len(items)):
        yield tuple(item for item, is_in in zip(items, taken, strict=True) if is_in)


def first(
    course: Course, blueprint: Blueprint, seed: str, avoided: Collection[str] = (), known: Known = NOTHING
) -> tuple[Item, ...] | None:
    """The first choice that breaks nothing, or None: found by trying all."""
    items = ranked(pool(course, blueprint), blueprint, seed)
    apart = quarrels(course, items)
    return next(
        (chosen for chosen in choices(items) if not broken(blueprint, chosen, apart, avoided, items, known)), None
    )


def first_of_all(course: Course, family: Mapping[str, Blueprint], seed: str) -> dict[str, tuple[Item, ...]] | None:
    """The first choices for papers of which no two share an item, or None: found by trying all."""
    sound = []
    for blueprint in family.values():
        items = ranked(pool(course, blueprint), blueprint, seed)
        apart = quarrels(course, items)
        sound.append([chosen for chosen in choices(items) if not broken(blueprint, chosen, apart, (), items)])
    for papers in product(*sound):
        ids = [item.id for paper in papers for item in paper]
        if len(ids) == len(set(ids)):
            return dict(zip(family, papers, strict=True))
    return None


def is_long(item: Item) -> bool:
    """Whether an item is answered in sentences."""
    return isinstance(item, Short | Essay)
