"""Running rules over a course: in this process alone, or with a second one that takes most of the items."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from builder.disk.processes import shared
from builder.loading.variants import variants_of
from builder.model.values import said_of
from builder.text.words import forget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from builder.diagnostics import At
    from builder.model import Course, Item
    from builder.rules._page import Hit, Rule

    Tell = Callable[[float], object]
    Judge = Callable[[Course, Sequence[Rule]], Mapping[Rule, Iterable[Hit]]]
    Across = Callable[[Course, Sequence[Rule], Tell], dict[Rule, list[Hit]]]
    Find = Callable[[Course, Sequence[Rule], bool, Tell], Mapping[Rule, Sequence[Hit]]]

AT_ONCE = 250  # items whose texts fit into the caches of `builder.text.words`
SINGLE_SHARE = 0.62  # share of the time of all rules that the rules of single items take
_ACROSS = 0.7  # share of the time of two processes in which one of them runs the rules of the whole course


def whole(course: Course, rules: Sequence[Rule], tell: Tell) -> dict[Rule, list[Hit]]:
    """What each rule of the whole course finds."""
    every = [rule for rule in rules if rule.is_whole]
    found: dict[Rule, list[Hit]] = {}
    for number, rule in enumerate(every, 1):
        found[rule] = list(rule.check(course))
        tell(number / len(every))
    return found


def found(
    course: Course,
    rules: Sequence[Rule],
    two_at_once: bool,  # noqa: FBT001 - one of a type
    tell: Tell,
    across: Across = whole,
) -> dict[Rule, list[Hit]]:
    """What each rule finds; `two_at_once` lets a second process take half of the work.

    `across` takes the place of `whole`.
    """
    return (_shared if two_at_once else _alone)(course, rules, tell, across)


def _alone(course: Course, rules: Sequence[Rule], tell: Tell, across: Across) -> dict[Rule, list[Hit]]:
    """What each rule finds."""
    found = single(course, rules, lambda share: tell(SINGLE_SHARE * share))
    return found | across(course, rules, lambda share: tell(SINGLE_SHARE + (1 - SINGLE_SHARE) * share))


def judged(part: Course, rules: Sequence[Rule]) -> dict[Rule, Iterable[Hit]]:
    """What each of these rules of single items finds in a part of a course; other variants are not looked at."""
    return {rule: rule.check(part) for rule in rules}


def single(course: Course, rules: Sequence[Rule], tell: Tell, judge: Judge = judged) -> dict[Rule, list[Hit]]:
    """What each rule of single items finds; they take turns on some hundreds of items at a time.

    So a text is taken apart once for all of them, and what was made of it need not be kept for the whole course.
    `judge` takes the place of `judged`.
    """
    found: dict[Rule, list[Hit]] = {rule: [] for rule in rules if not rule.is_whole}
    parts = _parts(course)
    for number, part in enumerate(parts, 1):
        for hits, more in zip(found.values(), _of_part(list(found), judge, part), strict=True):
            hits.extend(more)
        tell(number / len(parts))
    return found


def _parts(course: Course) -> list[Course]:
    """Courses of some of the items each."""
    starts = range(0, len(course.items), AT_ONCE)
    return [replace(course, items=course.items[start : start + AT_ONCE]) for start in starts]


def _of_part(rules: Sequence[Rule], judge: Judge, part: Course) -> list[list[Hit]]:
    """What each rule of single items finds in a part of a course, with other variants of its items."""
    judged = judge(part, rules)
    found = [list(judged[rule]) for rule in rules]
    drawn = variants_of(part.active)
    for rule, hits in zip(rules, found, strict=True):
        if rule.is_by_value:
            hits.extend(_of_variants(rule, part, drawn, {hit.at for hit in hits}))
    return found


def _of_variants(rule: Rule, course: Course, variants: Iterable[Item], known: set[At]) -> Iterator[Hit]:
    """What a rule finds of other variants than the fixed ones, with the values; each place is told of once."""
    for variant in variants:
        for hit in rule.check(replace(course, items=(variant,))):
            if hit.at not in known and variant.values:
                known.add(hit.at)
                yield hit._replace(message=f"{hit.message} (with {said_of(variant.values.drawn)})")


def _shared(course: Course, rules: Sequence[Rule], tell: Tell, across: Across) -> dict[Rule, list[Hit]]:
    """What each rule finds: this process runs the rules of the whole course, and a copy of it begins with the others.

    The copy has the course already, and sends back a few hits.
    """
    alone = [rule for rule in rules if not rule.is_whole]
    parts = _parts(course)
    compared: dict[Rule, list[Hit]] = {}
    found = shared(
        parts,
        partial(_of_part, alone, judged),
        before=lambda: compared.update(across(course, rules, lambda share: tell(_ACROSS * share))),
        tell=lambda done: tell(_ACROSS + (1 - _ACROSS) * done / len(parts)),
    )
    forget()  # what comes next, such as a package, needs the room
    return {rule: [hit for part in found for hit in part[place]] for place, rule in enumerate(alone)} | compared
