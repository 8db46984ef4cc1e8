"""What files of a course say of each other: ids, locators, citation keys, enemies, contrasts, themes, kinds."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from builder.diagnostics import At, Finding, Near, Severity, did_you_mean
from builder.loading import wording
from builder.loading.names import CITES, THEME, WORK, Names, kinds_known, levels_known, look_of
from builder.model.group import placed
from builder.model.items import Basic, Reversed
from builder.model.readings import blueprint_files, files
from builder.text import tree
from builder.text.markup import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.loading.bank import Uses
    from builder.model import Blueprint, Course, Filter, Item

LOCATOR, BASIS = "P02", "P05"  # codes whose pages in `builder.rules` explain what is found here

OF_OTHERS = frozenset({"unknown-item", "lone-contrast"})  # what can be said only where all items are known


def duplicates(items: Iterable[tuple[Item, At]]) -> Iterator[Finding]:
    """Items whose id an earlier item has."""
    first: dict[str, At] = {}
    for item, at in items:
        if item.id in first:
            where = first[item.id].path
            yield Finding(
                at / "id",
                "duplicate-id",
                f"the id '{item.id}' is taken",
                f"the first is in {where}; ids are for ever, so rename this one",
            )
        else:
            first[item.id] = at


def lookalikes(items: Iterable[tuple[Item, At]]) -> Iterator[Finding]:
    """Items whose id an eye takes for that of an earlier item."""
    first: dict[str, tuple[str, At]] = {}
    for item, at in items:
        other, where = first.setdefault(look_of(item.id), (item.id, at))
        if other != item.id:
            what = f"the id '{item.id}' looks like '{other}' in {where.path}"
            yield Finding(at / "id", "confusable-id", what, "rename the one that is not released", Severity.WARNING)


def course_links(
    course: Course,
    unsound: Iterable[Mapping[str, object]],
    unusable: Mapping[str, str],
    uses: Mapping[str, Uses] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Every name in an item that leads nowhere.

    `uses` says of banks, by their paths, what their items name: where all of it is known, the items are not looked at.
    `unsound` are the entries that were reported and left out: names may lead
    to them, since a mistake gets one report and not a cascade. `unusable` are the
    pictures and recordings that can't be used, with what is wrong with each.
    """
    unsound = list(unsound)
    names = _CourseNames(course, unsound)
    yield from wording.unknown(course)
    for i, rule in enumerate(course.lint.own):
        yield from _sort(names, rule.where, At(course.path, ("lint", "own", i, "where")))
    fine = set() if unusable else {path for path, used in uses.items() if _is_fine(course, names, used)}
    for item, at in placed(group for group in course.groups if group.path not in fine):
        yield from _sources(names, item, at)
        yield from _enemies(names, item, at)
        yield from _untyped(item, at)
        if item.is_outdated:
            what = f"'{item.id}' was edited after it was approved, so its review is open again"
            remedy = f"review it, and write 'of: {item.digest}'; or 'status: review'"
            yield Finding(at / "reviewed" / "of", "changed-since-review", what, remedy, Severity.WARNING)
        if item.contrast and names.contrasts[item.contrast] == 1:
            yield _lone(names, item.contrast, at)
        if item.theme and course.themes and item.theme not in names.themes:
            yield names.themes.unknown(at / "theme", item.theme)
        if item.theory and course.theories and item.theory not in names.theories:
            yield names.theories.unknown(at / "theory", item.theory)
        for keys, file in files(item) if unusable else ():
            if file in unusable and keys != ("passage",):
                yield _media(file, unusable[file], At(at.path, at.keys + keys))
    for passage, at in course.passages if unusable else ():
        for file in tree.files(parse(passage.text, math=passage.math)):
            if file in unusable:
                yield _media(file, unusable[file], at / "text")


def _is_fine(course: Course, names: _CourseNames, used: Uses) -> bool:
    """Whether nothing can be wrong with what the items of a bank name."""
    return (
        used.locators <= course.places.keys()
        and used.cites <= course.references.keys()
        and (not names.sources or used.bases <= {*course.sources, "both"})
        and (not course.themes or used.themes <= course.themes.keys())
        and (not course.theories or used.theories <= course.theories.keys())
        and not used.has_partners
    )


class _CourseNames:
    """All that an item or a blueprint may name."""

    def __init__(self, course: Course, unsound: Iterable[Mapping[str, object]]) -> None:
        unsound = list(unsound)
        ids = dict.fromkeys([*course.at, *(str(entry.get("id")) for entry in unsound)])
        self.items = Names("unknown-item", "item of the course", ids)
        self.places = Names(LOCATOR, "paragraph of the outline", course.places)
        self.works = Names(CITES, WORK, course.references)
        self.sources = Names(BASIS, "source of the outline", [*course.sources, "both"] if course.sources else ())
        self.themes = Names("unknown-theme", THEME, course.themes)
        self.theories = Names("unknown-theory", "theory of course.yaml", course.theories)
        self._course, self._unsound = course, unsound

    @cached_property
    def contrasts(self) -> Counter[str]:
        """How many items each contrast set has."""
        sets = (item.contrast for item in self._course.items), (entry.get("contrast") for entry in self._unsound)
        return Counter(str(name) for name in chain(*sets) if name)

    @cached_property
    def near_contrasts(self) -> Near:
        """The names of contrast sets, to find the one that was meant."""
        return Near(self.contrasts)


def _sources(names: _CourseNames, item: Item, at: At) -> Iterator[Finding]:
    yield from (
        names.places.unknown(at / "locator" / i, n) for i, n in enumerate(item.locator) if n not in names.places
    )
    yield from (names.works.unknown(at / "cites" / i, n) for i, n in enumerate(item.cites) if n not in names.works)
    if item.basis and names.sources and item.basis not in names.sources and item.basis != "both":
        yield names.sources.unknown(at / "basis", item.basis)


def _enemies(names: _CourseNames, item: Item, at: At) -> Iterator[Finding]:
    for i, enemy in enumerate(item.enemies):
        if enemy == item.id:
            yield Finding(at / "enemies" / i, "unknown-item", "an item is no enemy of itself", "delete the entry")
        elif enemy not in names.items:
            yield names.items.unknown(at / "enemies" / i, enemy)


def _untyped(item: Item, at: At) -> Iterator[Finding]:
    """What an item says of typed answers although nothing is typed: only `accept` gives a card a box to type in."""
    if not isinstance(item, Basic | Reversed) or item.accept:
        return
    for key, is_set in (("case", item.case), ("accents", not item.accents)):
        if is_set:
            what = f"'{key}' has no effect: the answer of this item is not typed"
            remedy = "add 'accept: [another spelling]', which gives the card a box to type in, or delete the key"
            yield Finding(at / key, "no-effect", what, remedy, Severity.WARNING)


def _lone(names: _CourseNames, contrast: str, at: At) -> Finding:
    remedy = did_you_mean(contrast, names.near_contrasts)
    message = f"no other item is in the contrast set '{contrast}'"
    return Finding(at / "contrast", "lone-contrast", message, remedy or "a contrast set needs two items or more")


def _media(name: str, why: str, at: At) -> Finding:
    why, _, remedy = why.partition("; ")
    usual = (
        "name a picture of at most 8 MiB and 40 megapixels or a recording of at most 32 MiB below the course's folder"
    )
    return Finding(at, "media", f"'{name}' can't be used: it {why}", remedy or usual)


def blueprint_links(
    course: Course, unsound: Iterable[Mapping[str, object]], unusable: Mapping[str, str]
) -> Iterator[Finding]:
    """Names in the blueprints of papers that lead nowhere."""
    names = _CourseNames(course, unsound)
    given = [*(it.paper for it in course.history.papers), *(use.exam for use in course.usage)]
    exams = Names("unknown-exam", "exam that was given", dict.fromkeys(given))
    for name, blueprint in course.blueprints.items():
        at = course.blueprint_at[name]
        yield from _sorts(names, blueprint, at)
        for keys, file in blueprint_files(blueprint) if unusable else ():
            if file in unusable:
                yield _media(file, unusable[file], At(at.path, at.keys + keys))
        for key in ("fixed", "excluded"):
            for item in getattr(blueprint, key):
                if item not in names.items:
                    yield names.items.unknown(at / key, item)
                elif key == "excluded" and item in blueprint.fixed:
                    what = f"'{item}' is fixed as well"
                    yield Finding(at / key, "fixed-and-excluded", what, "take it out of one of the two lists")
                elif key == "fixed" and item in course.by_id and course.by_id[item].retired:
                    yield Finding(at / key, "retired-item", f"'{item}' is retired", "name an item in use")
                elif key == "fixed" and item in course.by_id and not blueprint.may_ask(course.by_id[item]):
                    yield _other_use(course.by_id[item], blueprint, at / key)
        if blueprint.anchors and blueprint.anchors.exam not in exams:
            yield exams.unknown(at / "anchors" / "exam", blueprint.anchors.exam)
        others = Names("unknown-blueprint", "other blueprint of the course", course.blueprints.keys() - {name})
        yield from (others.unknown(at / "disjoint", other) for other in blueprint.disjoint if other not in others)


def _other_use(item: Item, blueprint: Blueprint, at: At) -> Finding:
    """A fixed item that the use of its blueprint leaves out, or that is not approved."""
    if blueprint.graded and not item.is_approved:
        what = f"the paper counts, and '{item.id}' has 'status: {item.status}'"
        return Finding(at, "unapproved-item", what, "have it approved, name another item, or write 'graded: false'")
    wanted = {"exam": "asks only what is kept for exams", "deck": "asks only what students have", None: "is an exam"}
    what = f"the paper {wanted[blueprint.use]}, and '{item.id}' has 'use: {item.use}'"
    return Finding(at, "other-use", what, "name another item, or change 'use:' of the blueprint or of the item")


def _sorts(names: _CourseNames, blueprint: Blueprint, at: At) -> Iterator[Finding]:
    """Sorts of items that a blueprint names and that there are none of."""
    kinds = kinds_known()
    filters = [(at / "only", blueprint.only), *((at / "rows" / i, row) for i, row in enumerate(blueprint.rows))]
    for where, sort in filters:
        yield from _sort(names, sort, where)
    for key, given in (("points", blueprint.points), ("choose", blueprint.choose)):
        yield from (kinds.unknown(At(at.path, (key, kind), on_key=True), kind) for kind in given if kind not in kinds)


def _sort(names: _CourseNames, sort: Filter, at: At) -> Iterator[Finding]:
    """Names in a choice of items that lead nowhere."""
    sorts = {
        "theme": names.themes,
        "theory": names.theories,
        "kind": kinds_known(),
        "bloom": levels_known(),
        "basis": names.sources,
    }
    for key, values in sort.named.items():
        known = sorts.get(key)
        yield from (known.unknown(at / key, v) for v in values if known and v not in known)
