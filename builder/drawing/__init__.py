"""Drawing papers: from a blueprint and a seed to a `Quiz` in all its versions.

All that must hold on a paper is met at once: the blueprint's numbers, at most
one item of a group, no two enemies, nothing that gives another question away
(X02) or repeats it (X01), an even share of true statements, and nothing that
stood on earlier papers. The keys of each version are spread evenly (X03).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import At, BuilderError, Finding, did_you_mean
from builder.drawing.apart import apart
from builder.drawing.conflicts import conflicts
from builder.drawing.measured import limit_measured, shown, without_faults
from builder.drawing.passages import keep_whole
from builder.drawing.problem import ENDLESS, pool_of, problem
from builder.drawing.search import first
from builder.model import Mcq
from builder.model.fields import LETTERS, plain
from builder.paper.key import is_whole
from builder.paper.numbering import version_name
from builder.paper.order import arrange
from builder.paper.record import Edition, Quiz, Version
from builder.paper.rules import rule_of
from builder.paper.spread import uneven_keys
from builder.paper.variants import by_version
from builder.report import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from builder.drawing.conflicts import Lack
    from builder.drawing.problem import Problem
    from builder.model import Blueprint, Course, Item

SHUFFLES = 500  # chance leaves the keys of one shuffle in about eight uneven


class UnmetError(BuilderError):
    """A blueprint that can't be met; `findings` are its rows in conflict, where it is a file of the course."""

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


class Drawing(NamedTuple):
    """What is drawn: the blueprint, the seed, how many versions; items of which papers of the history are left out.

    `apart` finds the items that may not stand on one paper; who keeps them has a function of their own.
    """

    blueprint: Blueprint
    seed: str
    versions: int = 1
    avoid_last: int = 0
    avoid: tuple[str, ...] = ()
    apart: Callable[[Course, Sequence[Item]], list[tuple[Item, Item]]] = apart


def draw(course: Course, drawing: Drawing, tell: Callable[[float], object] = lambda _: None) -> Quiz:
    """The paper of a blueprint; `tell` hears the share that is done.

    Papers that the blueprint wants `disjoint` from it are drawn with it, so
    that each of them, drawn by itself with the same seed, shares no item with
    the others.

    Raises:
        UnmetError: no choice of items meets the blueprint.
        BuilderError: the keys can't be spread over the letters.
    """
    blueprint = drawing.blueprint
    posed = pose(course, drawing)
    tell(0.5)
    found = first(posed)
    if found is None:
        raise _unmet(course, drawing, posed)
    mine = {item.id for v, (name, item) in enumerate(posed.variables) if v in found and name == blueprint.blueprint}
    items = [item for item in course.active if item.id in mine]  # in the course's order, which passages keep
    rule = partial(rule_of, blueprint=blueprint, defaults=course.scoring)
    arranged = partial(arrange, points=blueprint.points, rule=rule)
    asked = by_version(items, drawing.seed, drawing.versions)
    versions = [_version(drawn, version_name(n), drawing.seed, arranged) for n, drawn in enumerate(asked)]
    tell(1.0)
    return Quiz(
        course=course.id,
        title=course.title,
        seed=drawing.seed,
        name=blueprint.blueprint,
        blueprint=blueprint.blueprint if _is_of(course, blueprint) else None,
        heading=blueprint.title if _is_of(course, blueprint) else "",
        minutes=blueprint.minutes,
        cover=blueprint.cover,
        instructions=blueprint.instructions,
        choose=blueprint.choose,
        versions=tuple(versions),
        grades=course.grades,
        edition=_edition(course, blueprint),
        **_titles(course, versions[0]),
    )


def _edition(course: Course, blueprint: Blueprint) -> Edition:
    """How the paper is printed, as far as blueprint and course say."""
    digits = course.digits if blueprint.digits is None else blueprint.digits
    return Edition() if digits is None else Edition(digits=digits)


def _titles(course: Course, version: Version) -> dict[str, dict[str, str]]:
    """The titles of the themes and theories that the questions of a paper are about, by their ids."""
    themes, theories = ({getattr(it, key) for it in version.items} for key in ("theme", "theory"))
    return {
        "themes": {key: title for key, title in course.themes.items() if key in themes},
        "theories": {key: title for key, title in course.theories.items() if key in theories},
    }


def pose(course: Course, drawing: Drawing, paper: str | None = None, items: int | None = None) -> Problem:
    """The problem of drawing a blueprint's paper, and the papers that are tied to it by `disjoint:`.

    On the paper named `paper`, if one is, the number of questions is `items`; None stands for any number.
    """
    papers = _family(course, drawing.blueprint)
    avoided = _avoided(course, drawing, papers)
    if paper is not None:
        papers = {**papers, paper: papers[paper].model_copy(update={"items": ENDLESS if items is None else items})}
    pools = {name: pool_of(it, without_faults(course, it)) for name, it in papers.items()}
    wanted = {item.id for pool in pools.values() for item in pool}
    pairs = drawing.apart(course, [item for item in course.active if item.id in wanted])
    known = shown(course, papers)
    never = {name: avoided - known.anchors.get(name, frozenset()) for name in papers}
    posed = problem(papers, pools, pairs, drawing.seed, never, paper if items is None else None)
    return limit_measured(keep_whole(posed), papers, known, avoided)


def _is_of(course: Course, blueprint: Blueprint) -> bool:
    """Whether a blueprint is one of the course's files, and not made for the occasion."""
    return course.blueprints.get(blueprint.blueprint) == blueprint


def _family(course: Course, blueprint: Blueprint) -> Mapping[str, Blueprint]:
    """The blueprint and all that are tied to it by `disjoint:`, by name, in the order of names."""
    known = {**course.blueprints, blueprint.blueprint: blueprint}
    family, waiting = {blueprint.blueprint}, [blueprint.blueprint]
    while waiting:
        name = waiting.pop()
        near = {*known[name].disjoint, *(other for other, it in known.items() if name in it.disjoint)}
        waiting += sorted(near - family)
        family |= near
    return {name: known[name] for name in sorted(family)}


def _avoided(course: Course, drawing: Drawing, family: Container[str]) -> set[str]:
    """The items of the last papers given, and of those named.

    The last papers are those before the first of this family and seed: that
    is the one that is being drawn, or drawn with it. So a paper can be drawn
    again, whatever was recorded since.

    Raises:
        BuilderError: the history has no paper of that name.
    """
    given = course.history.papers
    for name in drawing.avoid:
        if all(paper.paper != name for paper in given):
            remedy = did_you_mean(name, [paper.paper for paper in given]) or "`her-study history` lists them"
            message = f"the history has no paper '{name}'; {remedy}"
            raise BuilderError(message)
    drawn = [n for n, paper in enumerate(given) if paper.blueprint in family and paper.seed == drawing.seed]
    before = min(drawn, default=len(given))
    last = range(max(0, before - drawing.avoid_last), before)
    # What is drawn together shares no item anyway, and a paper can't leave out its own.
    return {
        item
        for n, paper in enumerate(given)
        if n in last or (paper.paper in drawing.avoid and n not in drawn)
        for item in paper.items
    }


def _version(items: Iterable[Item], name: str, seed: str, arranged: Callable[..., Version]) -> Version:
    """The version of that name, shuffled until no letter is favoured; `arranged` is `arrange` with the blueprint's terms."""
    items = list(items)
    options = {item.id: len(item.options) for item in items if isinstance(item, Mcq) and not item.multiple}
    found: list[str] = []
    for again in range(SHUFFLES):
        version = arranged(items, name, seed, *([f"again-{again}"] if again else []))
        keys = [(LETTERS.index(entry.key[0]), options[entry.id]) for entry in version.items if entry.id in options]
        problems = [said for _, said in uneven_keys(keys)]
        if not problems:
            return version
        found += problems[:1]
    message = f"version {name}: {found[0]}, however the options are shuffled; pin fewer options, or draw other items"
    raise BuilderError(message)


def _unmet(course: Course, drawing: Drawing, posed: Problem) -> UnmetError:
    """The conflicts in words: one line a cause."""
    blueprint = drawing.blueprint
    said, findings, left_out = [], [], _left_out(course, blueprint)
    for fight in conflicts(posed, partial(pose, course, drawing)):
        lines = {lack.cause: _said(lack, blueprint.blueprint) for lack in fight}
        said.append("; ".join(lines.values()))
        for lack in fight:
            cause = lack.cause
            at = course.blueprint_at.get(cause.paper) if _is_of(course, blueprint) else None
            if at:
                others = [other.said(cause.paper) for other in lines if other != cause]
                at = At(at.path, cause.keys, on_key=True) if cause.keys else at
                remedy = _remedy(lack, others, course.blueprints[cause.paper].chosen) + left_out
                findings.append(Finding(at, "unmet-blueprint", lines[cause], remedy))
    at = course.blueprint_at.get(blueprint.blueprint)
    for kind, line in _never_worth(course, blueprint):
        said.append(line)
        if findings and at:
            remedy = "write one of these numbers, or leave the kind out of 'points:'"
            findings.append(Finding(At(at.path, ("points", kind)), "unmet-blueprint", line, remedy))
    return UnmetError(f"no paper meets all of this: {'. Nor of this: '.join(said)}{left_out}", findings)


def _left_out(course: Course, blueprint: Blueprint) -> str:
    """How many items the blueprint's points, use and choices and the state of reviews leave out, in words that follow others.

    Where it leaves out none, that is the empty string.
    """
    others = [item for item in course.active if not blueprint.may_ask(item)]
    drafts = sum(blueprint.graded and not item.is_approved for item in others)
    faulty = len(course.active) - len(without_faults(course, blueprint))
    chosen = sum(bool(it.passage) and it.kind in blueprint.choose and blueprint.may_ask(it) for it in course.active)
    worth = [it for it in course.active if blueprint.may_ask(it) and not is_whole(it) and it.kind in blueprint.points]
    reasons = (
        (sum(it.points != blueprint.points[it.kind] for it in worth), "worth other marks than `points:` says"),
        (drafts, "not approved (`status:`)"),
        (len(others) - drafts, "of another `use:`"),
        (chosen, "of a passage and a kind to choose from (`choose:`)"),
        (faulty, "with a fault that exams have shown (`avoid_flagged:`)"),
    )
    told = [f"{counted(number, 'item')} {why}" for number, why in reasons if number]
    return f"; left out: {' and '.join(told)}" if told else ""


def _never_worth(course: Course, blueprint: Blueprint) -> Iterator[tuple[str, str]]:
    """The kinds whose marks are their items' own, where none is worth what the blueprint says: what there is."""
    for kind, marks in blueprint.points.items():
        items = [item for item in course.active if item.kind == kind and blueprint.may_ask(item)]
        there = sorted({item.points for item in items})
        if there and marks not in there and not is_whole(items[0]):
            yield kind, f"{kind} questions of {marks} marks: there is none; they are worth {', '.join(map(str, there))}"


def _remedy(lack: Lack, others: list[str], chosen: float) -> str:
    """What the author can do; `chosen` marks are those of questions to choose from, which a lack of marks leaves out."""
    key = lack.cause.total
    totals = [number for number in (lack.below, lack.above) if key and number]
    do = "add such items"
    if lack.cause.is_mean:
        named = " or ".join(f"'mean_p: {it}'" for it in _ranges(lack))
        do = f"write {named}, or add easier or harder items" if named else "add easier or harder items"
    elif totals:
        named = " or ".join(f"'{key}: {plain(number + (chosen if key == 'marks' else 0))}'" for number in totals)
        do = f"write {named}, which can be had with all {'rows' if lack.alone else 'the other lines'}"
        do += ", or change 'points:'" if key == "marks" else ", or add items"
    elif not others:
        do += ", or ask for fewer"
    return f"{do}, or give up this line or one that it fights with: {'; '.join(others)}" if others else do


def _ranges(lack: Lack) -> Iterator[str]:
    """The ranges that a mean can be had in, each the wanted one as far as need be to a side."""
    low, high = lack.cause.wants.split("..")
    if lack.below is not None:
        yield f"{lack.below:.2f}..{high}"
    if lack.above is not None:
        yield f"{low}..{lack.above:.2f}"


def _said(lack: Lack, paper: str) -> str:
    """A cause as seen from a paper, and what can be had of it."""
    said = lack.cause.said(paper)
    match lack.below, lack.above:
        case None, None:
            return said
        case below, above if lack.cause.is_mean:
            return f"{said}: {' or '.join(f'{it:.2f}' for it in (below, above) if it is not None)} can be had"
        case below, None:
            return f"{said}: at most {below} can be had, {lack.missing} missing"
        case None | 0, above if above is not None:
            return f"{said}: at least {above} would be needed"
        case below, above:
            if lack.cause.total == "marks":
                return f"{said}: the questions' marks don't add up to that, but to {below} or {above}"
            return f"{said}: {below} can be had, or {above}"
