"""What exams have shown of the items, as limits on a paper: expected difficulty, anchors, and items with faults left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.drawing.problem import Cause, Limit, Mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.drawing.problem import Problem
    from builder.model import Blueprint, Course, Item
    from builder.model.blueprint import Filter
    from builder.model.measures import Anchors, Shares


class Shown(NamedTuple):
    """What is known of a course's items: their expected shares of marks in hundredths, and the anchors of each blueprint.

    Each is empty where no blueprint asks for it.
    """

    shares: Mapping[str, int]
    anchors: Mapping[str, frozenset[str]]


def shown(course: Course, papers: Mapping[str, Blueprint]) -> Shown:
    """What the blueprints ask of the exams that were given."""
    shares = {}
    if any(it.mean_p or any(row.mean_p for row in it.rows) for it in papers.values()):
        from builder.analysis.expected import expected_shares  # with all of the analysis, which few blueprints ask for

        shares = {item: round(100 * share) for item, share in expected_shares(course).items()}
    anchors = {name: _anchors(course, it.anchors.exam) for name, it in papers.items() if it.anchors}
    return Shown(shares, anchors)


def _anchors(course: Course, exam: str) -> frozenset[str]:
    """The items of an exam that were not edited since, whether the history or usage.jsonl tells of it."""
    there = {(item, digest) for it in course.history.papers if it.paper == exam for item, digest in it.items.items()}
    there |= {(use.item, use.digest) for use in course.usage if use.exam == exam}
    return frozenset(item.id for item in course.active if (item.id, item.digest) in there)


def without_faults(course: Course, blueprint: Blueprint) -> tuple[Item, ...]:
    """The items in use but those that a blueprint avoids for what exams have shown; a fixed item stays."""
    if not blueprint.avoid_flagged:
        return course.active
    from builder.analysis.faults import flagged

    out = flagged(course, blueprint.avoid_flagged).keys() - set(blueprint.fixed)
    return tuple(item for item in course.active if item.id not in out)


def limit_measured(posed: Problem, papers: Mapping[str, Blueprint], known: Shown, avoided: set[str]) -> Problem:
    """The problem with the limits of its papers on expected difficulty and anchors.

    Of an exam whose items are `avoided`, as many anchors may be on the paper as it has to have.

    An example. A paper is to earn .60 to .70, and item v is expected to earn .55, w .75. The sum of (share - 60)
    is to be 0 or more, in hundredths, and so is that of (70 - share): v adds -5 and 15, w 15 and -5. Both together
    will do.
    """
    for name, blueprint in papers.items():
        own = {v: item for v, (paper, item) in enumerate(posed.variables) if paper == name}
        for cause, sort, shares in _means(name, blueprint):
            values = {v: known.shares[item.id] for v, item in own.items() if sort is None or sort.matches(item)}
            posed.means[cause] = Mean(values, shares)
            posed.limits.append(Limit(cause, {v: share - shares.low for v, share in values.items()}))
            posed.limits.append(Limit(cause, {v: shares.high - share for v, share in values.items()}))
        if blueprint.anchors:
            _limit_anchors(posed, name, blueprint.anchors, known.anchors[name], avoided)
    return posed


def _means(name: str, blueprint: Blueprint) -> Iterator[tuple[Cause, Filter | None, Shares]]:
    """The means that a blueprint wants: what each stands for, of which questions, and from where to where."""
    if blueprint.mean_p:
        text = "expected mean share of marks"
        yield Cause(name, ("mean_p",), text, str(blueprint.mean_p)), None, blueprint.mean_p
    for i, row in enumerate(blueprint.rows):
        if row.mean_p:
            text = f"expected mean share of marks of {row}"
            yield Cause(name, ("rows", i, "mean_p"), text, str(row.mean_p)), row, row.mean_p


def _limit_anchors(posed: Problem, name: str, wanted: Anchors, anchors: frozenset[str], avoided: set[str]) -> None:
    there = {v: item.id for v, (paper, item) in enumerate(posed.variables) if paper == name and item.id in anchors}
    cause = Cause(name, ("anchors",), f"unchanged questions of '{wanted.exam}'", wanted.wants)
    limit = Limit(cause, dict.fromkeys(there, 1), wanted.min)
    posed.limits.append(limit if wanted.max is None else Limit(cause, limit.weights, wanted.min, wanted.max))
    again = {v: 1 for v, item in there.items() if item in avoided}
    if again:
        cause = Cause(name, (), f"no question of earlier papers but {wanted.min} of '{wanted.exam}'")
        posed.limits.append(Limit(cause, again, most=wanted.min))
