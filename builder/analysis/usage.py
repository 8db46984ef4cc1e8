"""What a course knows of its items from the exams that they were in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from builder.analysis import estimates
from builder.analysis.estimates import LEAST_TAKERS, Estimate
from builder.analysis.items import is_dead
from builder.analysis.pooled import correlation_within, pooled
from builder.diagnostics import BuilderError
from builder.model import Mcq, TrueFalse
from builder.model.usage import LEAST_GROUP, ItemUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.analysis.sittings import Sitting
    from builder.model import Course, Item


class Measured(NamedTuple):
    """An item over the exams since its last edit: the estimates of `ItemReport`, for 15 takers and more.

    `options` are how many chose each option, over the exams that say so.
    """

    uses: tuple[ItemUse, ...]
    n: int
    p: Estimate
    r: Estimate | None
    r_shrunk: Estimate | None
    options: tuple[int, ...]


def measured(course: Course) -> list[tuple[Item, Measured]]:
    """The items in use with what is known of them, in the order of the course; those of fewer than 15 takers are left out."""
    if not course.usage:
        return []
    by_text: dict[tuple[str, str], list[ItemUse]] = {}
    for use in course.usage:
        by_text.setdefault((use.item, use.digest), []).append(use)
    known = {item for item, _ in by_text}
    rs = {key: _correlation(uses) for key, uses in by_text.items()}
    bank = estimates.spread_of([found for found in rs.values() if found])
    out = []
    for item in course.active:
        uses = by_text.get((item.id, item.digest), ()) if item.id in known else ()
        n = sum(use.n for use in uses)
        if n >= LEAST_TAKERS:
            found = rs[item.id, item.digest]
            p = estimates.share(math.fsum(use.p * use.n for use in uses), n)
            r = estimates.correlation(*found) if found else None
            r_shrunk = estimates.shrunk(*found, bank) if found else None
            out.append((item, Measured(tuple(uses), n, p, r, r_shrunk, _options(uses))))
    return out


class Known(NamedTuple):
    """Of how many items in use exams have told something, and the mean of their shares."""

    items: int
    mean_p: float


def known(course: Course) -> Known | None:
    """What exams have told of the course as a whole; None where that is nothing."""
    found = measured(course)
    return Known(len(found), estimates.mean([it.p.value for _, it in found])) if found else None


def _correlation(uses: Sequence[ItemUse]) -> tuple[float, float] | None:
    """The mean correlation of an item, each exam weighing as many as it has takers, and its `freedom`; None for too few."""
    found = [(use.r, use.n - 3) for use in uses if use.r is not None]
    freedom = sum(weight for _, weight in found)
    if sum(use.n for use in uses) < LEAST_TAKERS or not freedom:
        return None
    centre = math.fsum(weight * math.atanh(min(max(r, -0.999999), 0.999999)) for r, weight in found) / freedom
    return math.tanh(centre), float(freedom)


def _options(uses: Sequence[ItemUse]) -> tuple[int, ...]:
    counts = [use.options for use in uses if use.options]
    return tuple(map(sum, zip(*counts, strict=False)))


def dead_options(item: Item, found: Measured) -> list[int]:
    """The wrong options of a choice that surely next to nobody chooses, by index."""
    if not isinstance(item, Mcq) or len(found.options) != len(item.options):
        return []
    wrong = {index: found.options[index] for index, option in enumerate(item.options) if not option.is_right}
    return [index for index, count in wrong.items() if is_dead(count, sum(wrong.values()), found.n)]


def options_of(item: Item) -> int:
    """How many options there are to guess the right one from; 0 where nothing, or more than one, is to be chosen."""
    match item:
        case Mcq():
            return 0 if item.multiple else len(item.options)
        case TrueFalse():
            return 2
        case _:
            return 0


def taken_down(text: str, sittings: Sequence[Sitting], date: str) -> str:
    """The text of `usage.jsonl` with the items of some sittings at its end; a sitting that is in it already changes nothing.

    `text` is that of the file, empty where there is none. Groups of fewer than five are left out.

    Raises:
        BuilderError: the file has another result of an item in an exam of that name, or is not sound.
    """
    before = {}
    for line in filter(str.strip, text.split("\n")):
        try:
            use = ItemUse.model_validate_json(line)
        except ValueError as error:
            message = "usage.jsonl is not sound; `her-study check` says what is wrong with it"
            raise BuilderError(message) from error
        before[use.exam, use.item, use.digest] = use
    added = []
    for use in (use for sat in sittings for use in _uses(sat, date)):
        there = before.get((use.exam, use.item, use.digest))
        if there is None:
            added.append(use.model_dump_json(exclude_defaults=True) + "\n")
        elif there.model_copy(update={"date": date}) != use:
            message = (
                f"usage.jsonl has another result of '{use.item}' in '{use.exam}', of {there.date}; "
                "delete the lines of that exam there first"
            )
            raise BuilderError(message)
    return (text if not text or text.endswith("\n") else f"{text}\n") + "".join(added)


def _uses(sat: Sitting, date: str) -> Iterator[ItemUse]:
    """A line for each item of a sitting, in the order of the ids."""
    for item in sorted(pooled([sat]), key=lambda it: it.question.id):
        n = len(item.answers)
        if n < LEAST_GROUP:
            continue
        r = correlation_within([(answer.share, answer.rest, 0) for answer in item.answers])
        p = estimates.share(math.fsum(answer.share for answer in item.answers), n).value
        chosen = [index for answer in item.answers for index in answer.chosen]
        yield ItemUse(
            exam=sat.name,
            date=date,
            item=item.question.id,
            digest=item.question.digest,
            n=n,
            p=round(min(max(p, 0.0), 1.0), 4),
            r=None if r is None else round(r, 4),
            options=tuple(chosen.count(index) for index in range(max(len(item.question.order), 2))) if chosen else (),
        )
