"""Drawing papers: from a blueprint and a seed to a `Quiz` in all its versions.

All that must hold on a paper is met at once: the blueprint's numbers, at most
one item of a group, no two enemies, nothing that gives another question away
(X02) or repeats it (X01), an even share of true statements, and nothing that
stood on earlier papers. The keys of each version are spread evenly (X03).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import At, BuilderError, Finding, did_you_mean
from builder.drawing.conflicts import apart
from builder.drawing.problem import problem
from builder.drawing.search import first
from builder.drawing.trouble import conflict
from builder.layout import LETTERS
from builder.model import Mcq
from builder.quiz import Quiz, Version, arrange, version_name
from builder.rules.x03_key_position import check_form

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from builder.drawing.problem import Problem
    from builder.drawing.trouble import Lack
    from builder.model import Blueprint, Course, Item

SHUFFLES = 500  # chance leaves the keys of one shuffle in about eight uneven


class UnmetError(BuilderError):
    """A blueprint that can't be met; `findings` are its rows in conflict, where it is a file of the course."""

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


class Drawing(NamedTuple):
    """What is drawn: the blueprint, the seed, how many versions; items of which papers of the history are left out."""

    blueprint: Blueprint
    seed: str
    versions: int = 1
    avoid_last: int = 0
    avoid: tuple[str, ...] = ()


def draw(course: Course, drawing: Drawing) -> Quiz:
    """The paper of a blueprint.

    Papers that the blueprint wants `disjoint` from it are drawn with it, so
    that each of them, drawn by itself with the same seed, shares no item with
    the others.

    Raises:
        UnmetError: no choice of items meets the blueprint.
        BuilderError: the keys can't be spread over the letters.
    """
    blueprint = drawing.blueprint
    papers = _family(course, blueprint)
    posed = problem(
        papers, course.active, apart(course, course.active), drawing.seed, _avoided(course, drawing, papers)
    )
    found = first(posed)
    if found is None:
        raise _unmet(course, blueprint, posed)
    mine = [item for v, (name, item) in enumerate(posed.variables) if v in found and name == blueprint.blueprint]
    versions = (_version(mine, version_name(n), drawing.seed, blueprint.points) for n in range(drawing.versions))
    return Quiz(
        course=course.id,
        title=course.title,
        seed=drawing.seed,
        name=blueprint.blueprint,
        blueprint=blueprint.blueprint if blueprint.blueprint in course.blueprints else None,
        heading=blueprint.title if blueprint.blueprint in course.blueprints else "",
        minutes=blueprint.minutes,
        cover=blueprint.cover,
        instructions=blueprint.instructions,
        choose=blueprint.choose,
        versions=tuple(versions),
    )


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

    A paper of this family and seed is not counted among them: it is the one
    that is being drawn, or drawn with it. So a paper can be drawn again after
    it was recorded.

    Raises:
        BuilderError: the history has no paper of that name.
    """
    given = course.history.papers
    for name in drawing.avoid:
        if all(paper.paper != name for paper in given):
            remedy = did_you_mean(name, [paper.paper for paper in given]) or "`her-study history` lists them"
            message = f"the history has no paper '{name}'; {remedy}"
            raise BuilderError(message)
    others = [paper for paper in given if paper.blueprint not in family or paper.seed != drawing.seed]
    last = others[-drawing.avoid_last :] if drawing.avoid_last else []
    return {item for paper in given if paper in last or paper.paper in drawing.avoid for item in paper.items}


def _version(items: Iterable[Item], name: str, seed: str, points: Mapping[str, int]) -> Version:
    """The version of that name, shuffled until no letter is favoured."""
    items = list(items)
    options = {item.id: len(item.options) for item in items if isinstance(item, Mcq) and not item.multiple}
    made = version = arrange(items, name, seed, points=points)
    for again in range(1, SHUFFLES):
        keys = [(LETTERS.index(e.key[0]), options[e.id]) for e in version.items if e.id in options]
        if not any(True for _ in check_form(keys)):
            return version
        version = arrange(items, name, seed, f"again-{again}", points=points)
    (_, problem_found), *_ = check_form(
        [(LETTERS.index(e.key[0]), options[e.id]) for e in made.items if e.id in options]
    )
    message = (
        f"version {name}: {problem_found}, however the options are shuffled; pin fewer options, or draw other items"
    )
    raise BuilderError(message)


def _unmet(course: Course, blueprint: Blueprint, posed: Problem) -> UnmetError:
    """The conflict in words: one line a cause."""
    lacks = conflict(posed)
    lines = [_said(lack, blueprint.blueprint) for lack in lacks]
    findings = []
    for lack, line in zip(lacks, lines, strict=True):
        at = course.blueprint_at.get(lack.cause.paper)
        if at:
            at = At(at.path, lack.cause.keys, on_key=True) if lack.cause.keys else at
            findings.append(Finding(at, "unmet-blueprint", line, _REMEDY))
    return UnmetError(f"no paper meets all of this: {'; '.join(lines)}", findings)


_REMEDY = (
    "add such items, ask for fewer, or give up one of the lines named here: without any one of them the rest can be met"
)


def _said(lack: Lack, paper: str) -> str:
    cause = lack.cause
    where = "" if cause.paper == paper else f"{cause.paper}: "
    wants = f" ({cause.wants})" if cause.wants else ""
    if lack.missing:
        return f"{where}{cause.text}{wants}: at most {lack.had} can be had, {lack.missing} missing"
    if lack.had is not None:
        return f"{where}{cause.text}{wants}: at least {lack.had} would be needed"
    return f"{where}{cause.text}{wants}"
