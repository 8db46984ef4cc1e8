"""Running rules over a course: in this process alone, or with a second one that takes most of the items."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from builder.disk.processes import forked
from builder.loading.variants import variants_of
from builder.model.values import said_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

    from builder.diagnostics import At
    from builder.model import Course, Item
    from builder.rules._page import Hit, Rule

    Tell = Callable[[float], object]
    Judge = Callable[[Course, Sequence[Rule]], Mapping[Rule, Iterable[Hit]]]
    Across = Callable[[Course, Sequence[Rule], Tell], dict[Rule, list[Hit]]]
    Find = Callable[[Course, Sequence[Rule], bool, Tell], Mapping[Rule, Sequence[Hit]]]

AT_ONCE = 500  # items whose texts fit into the caches of `builder.text.words`
SINGLE_SHARE = 0.64  # share of the time of all rules that the rules of single items take
# Share of the items that this process checks; the forked one checks the rest, while this one runs the rules of the
# whole course.
OWN_SHARE = 0.28


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
    for start in range(0, len(course.items), AT_ONCE):
        part = replace(course, items=course.items[start : start + AT_ONCE])
        for rule, hits in judge(part, list(found)).items():
            found[rule] += hits
        drawn = variants_of(part.active)
        for rule, hits in found.items():
            if rule.is_by_value:
                hits.extend(_of_variants(rule, part, drawn, {hit.at for hit in hits}))
        tell((start + len(part.items)) / len(course.items))
    return found


def _of_variants(rule: Rule, course: Course, variants: Iterable[Item], known: set[At]) -> Iterator[Hit]:
    """What a rule finds of other variants than the fixed ones, with the values; each place is told of once."""
    for variant in variants:
        for hit in rule.check(replace(course, items=(variant,))):
            if hit.at not in known and variant.values:
                known.add(hit.at)
                yield hit._replace(message=f"{hit.message} (with {said_of(variant.values.drawn)})")


def halves(course: Course) -> tuple[Course, Course]:
    """The items that this process checks, and those that a second one does."""
    cut = int(len(course.items) * OWN_SHARE)
    return replace(course, items=course.items[:cut]), replace(course, items=course.items[cut:])


def _shared(course: Course, rules: Sequence[Rule], tell: Tell, across: Across) -> dict[Rule, list[Hit]]:
    """What each rule finds: a forked process checks most items, this one the rest and runs the rules of the whole course.

    The forked process has the course already, and sends back a few hits.
    """
    mine, theirs = halves(course)

    def judge(pipe: Connection[list[list[Hit]], Any]) -> None:
        pipe.send(list(single(theirs, rules, bool).values()))

    with forked(judge) as pipe:
        own = single(mine, rules, lambda share: tell(share / 3))
        compared = across(course, rules, lambda share: tell((1 + 2 * share) / 3))
        for hits, more in zip(own.values(), pipe.recv(), strict=True):
            hits.extend(more)
    return own | compared
