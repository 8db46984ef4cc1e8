"""The items most worth writing: each meets as many demands of the outline, the specification and the blueprints as may be.

Items are found one after the other. The demands that lack most begin. Each takes in the others that one item can meet
at once, unless the item would be one too many for the specification. The item that meets most is taken and counted,
and the next one is looked for. So the tenth item answers to what the first nine leave open.

For example, an essay is missing in `grief`, and an item that asks to evaluate is missing among essays: one essay
on grief that asks to evaluate meets both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from builder.coverage import cover
from builder.model.items import KINDS
from builder.model.specification import DIFFICULTIES, LEVELS
from builder.starting.wanted.demands import Demand, Room, Sort, demands, rooms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from builder.coverage import Coverage
    from builder.model import Course, Item

_TABLED = ("kind", "theme", "bloom", "difficulty")  # the keys of an item that tables count
_IN_PARTS = ("matching", "ordering", "cloze", "occlusion", "short", "essay")
_SEEDS = 24  # demands that are tried as the first of an item
_LAST = "occlusion"  # wants a picture, so it is proposed only where it is asked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item that is worth writing. None and empty: nothing is asked of that key.

    `serves` are the demands that it helps to meet, as they stand before it is written, those that lack most first.
    `gist` is that of the paragraph. `marks` are what blueprints draw alone.
    """

    kind: str
    theme: str | None = None
    bloom: str | None = None
    difficulty: int | None = None
    theory: str | None = None
    basis: str | None = None
    use: str | None = None
    marks: int | float | None = None
    tags: tuple[str, ...] = ()
    locator: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    gist: str = ""
    serves: tuple[str, ...] = ()


def wanted(course: Course, number: int) -> list[Wanted]:
    """Up to `number` items that are most worth writing, the first first; fewer where all demands would be met."""
    coverage = cover(course)
    search = _Search(course, coverage, demands(course, coverage), rooms(coverage))
    found: list[Wanted] = []
    while len(found) < number and (sort := search.best()) is not None:
        found.append(search.take(sort))
    return found


@dataclass(slots=True)
class _Search:
    """The demands that are open, and the room that the specification leaves (see `demands.rooms`)."""

    course: Course
    coverage: Coverage
    open: list[Demand]
    room: dict[frozenset[tuple[str, str]], Room]
    there: Counter[tuple[str, ...]] = field(default_factory=Counter)  # items by their tabled keys
    on: Counter[str] = field(default_factory=Counter)  # items by paragraph

    def __post_init__(self) -> None:
        self.there.update(map(_tabled, self.course.active))
        self.on.update(locator for item in self.course.active for locator in set(item.locator))

    def best(self) -> Sort | None:
        """The sort of the item that meets most; None where no demand is open."""
        lacking = sorted((demand for demand in self.open if demand.lack), key=lambda it: -it.lack)
        tried = [self._joined(seed, lacking) for seed in lacking[:_SEEDS]]
        return max(tried, key=lambda pair: pair[0])[1] if tried else None

    def _joined(self, seed: Demand, others: Iterable[Demand]) -> tuple[float, Sort]:
        """The sort of an item that meets a demand, and with it as many others as can be; and what it is worth."""
        sort = _meeting(seed.fits, seed.sort) or seed.sort
        worth = seed.lack
        for demand in others:
            joined = demand is not seed and _meeting(sort, demand.sort, demand.fits)
            if joined and not self._is_full(joined):
                sort, worth = joined, worth + demand.lack
        return worth, sort

    def _is_full(self, sort: Mapping[str, frozenset[str]]) -> bool:
        """Whether the specification wants no more items of this sort, as far as the sort is settled."""
        return any(room.most <= 0 for room in self._rooms(sort))

    def _rooms(self, sort: Mapping[str, frozenset[str]]) -> Iterator[Room]:
        """The room for items of a sort, as far as the sort is settled."""
        return (self.room[named] for named in _named(sort) if named in self.room)

    def take(self, sort: Sort) -> Wanted:
        """The item of a sort, with what the sort leaves open chosen; it is counted as if it were written."""
        chosen = dict(sort)
        for key in _TABLED:
            if value := self._chosen(key, chosen):
                chosen[key] = frozenset({value})
        uses = chosen.get("use", frozenset({"both"}))
        chosen["use"] = frozenset({"both" if "both" in uses else min(uses)})
        if place := self._paragraph(chosen):
            chosen["locator"] = frozenset({place})
        one = {key: min(values) for key, values in chosen.items() if values}
        paragraph = self.course.places[place].paragraph if place else None
        served = sorted(self._served(chosen), key=lambda demand: -demand.lack)
        item = Wanted(
            kind=one["kind"],
            theme=one.get("theme"),
            bloom=one.get("bloom"),
            difficulty=int(one["difficulty"]) if one.get("difficulty") else None,
            theory=one.get("theory"),
            basis=one.get("basis"),
            use=None if one["use"] == "both" else one["use"],
            marks=self._marks(one["kind"]) if any("use" in demand.sort for demand in served) else None,
            tags=(one["tags"],) if "tags" in one else (),
            locator=(place,) if place else (),
            cites=(one["cites"],) if "cites" in one else paragraph.cites if paragraph else (),
            gist=paragraph.gist if paragraph else "",
            serves=tuple(map(str, served)),
        )
        self._count(chosen)
        return item

    def _marks(self, kind: str) -> int | float | None:
        """What the blueprints want an item of a kind to be worth, where its marks are the sum of its parts."""
        points = {it.points[kind] for it in self.course.blueprints.values() if kind in it.points}
        return points.pop() if len(points) == 1 and kind in _IN_PARTS else None

    def _served(self, chosen: Sort) -> list[Demand]:
        """The open demands that an item helps to meet."""
        return [demand for demand in self.open if demand.lack and _counts(chosen, demand.sort)]

    def _count(self, chosen: Mapping[str, frozenset[str]]) -> None:
        """Count an item as there."""
        for demand in self.open:
            demand.have += _counts(chosen, demand.sort)
        for named in _named(chosen):
            if room := self.room.get(named):
                self.room[named] = Room(room.most - 1, room.wanted - 1)
        self.there[tuple(min(chosen.get(key, {""})) for key in _TABLED)] += 1
        self.on.update(chosen.get("locator", ()))

    def _chosen(self, key: str, sort: Sort) -> str | None:
        """A value for a key: the one of which the specification wants most, and then the one that fewest items have."""

        def preference(value: str) -> tuple[bool, int, int]:
            chosen = {**sort, key: frozenset({value})}
            least = min((room.wanted for room in self._rooms(chosen)), default=0)
            return self._is_full(chosen), -least, self._number(chosen)

        known = self._known(key)
        values = [value for value in known if value in sort.get(key, known)] or sorted(sort.get(key, ()))
        return min(values, key=preference, default=None)

    def _number(self, sort: Mapping[str, frozenset[str]]) -> int:
        """How many items there are of a sort, by the keys that tables count."""
        return sum(
            number
            for values, number in self.there.items()
            if all(value in sort.get(key, (value,)) for key, value in zip(_TABLED, values, strict=True))
        )

    def _known(self, key: str) -> Sequence[str]:
        """The values that this course has for a key, in order; none if it does without the key."""
        used = {values[_TABLED.index(key)] for values in self.there} - {""}
        used |= {value for named in self.room for name, value in named if name == key} - {""}
        match key:
            case "kind":
                return [kind for kind in KINDS if kind in used and kind != _LAST] or [KINDS[0]]
            case "theme":
                return [*self.course.themes, *sorted(used - self.course.themes.keys())]
            case "bloom":
                return LEVELS if used else ()
            case _:
                return DIFFICULTIES if used else ()

    def _paragraph(self, chosen: Sort) -> str | None:
        """The paragraph for an item: of those that it may be on, or where its theme stands, the one with fewest items."""
        places = list(chosen.get("locator", ()))
        if not places:
            column = {head.key: i for i, head in enumerate(self.coverage.themes)}.get(min(chosen.get("theme", {""})))
            themed = [it.place for it in self.coverage.paragraphs if column is not None and it.by_theme[column]]
            sections = {id(place.section) for place in themed if place.section.kind == "body"}
            sections = sections or {id(place.section) for place in themed}
            places = [locator for locator, place in self.course.places.items() if id(place.section) in sections]
        order = {locator: i for i, locator in enumerate(self.course.places)}
        return min(places, key=lambda locator: (self.on[locator], order.get(locator, 0)), default=None)


def _named(sort: Mapping[str, frozenset[str]]) -> Iterator[frozenset[tuple[str, str]]]:
    """What a sort says of none, one or two of the keys that tables count, as far as it is settled."""
    settled = [(key, min(sort[key])) for key in _TABLED if len(sort.get(key, ())) == 1]
    return (frozenset(pair) for size in (0, 1, 2) for pair in combinations(settled, size))


def _tabled(item: Item) -> tuple[str, ...]:
    return tuple(str(getattr(item, key) or "") for key in _TABLED)


def _meeting(*sorts: Mapping[str, frozenset[str]]) -> Sort | None:
    """What belongs to all of the sorts; None where nothing does."""
    met: Sort = {}
    for sort in sorts:
        for key, values in sort.items():
            met[key] = met.get(key, values) & values
            if not met[key]:
                return None
    return met


def _counts(item: Mapping[str, frozenset[str]], sort: Mapping[str, frozenset[str]]) -> bool:
    """Whether an item, whose keys are settled, is of a sort."""
    return all(item.get(key, frozenset()) <= values and key in item for key, values in sort.items())
