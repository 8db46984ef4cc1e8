"""Totals that a paper can't have: those that are named in their place can be had, so advice is followed once."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from builder.diagnostics import At
from builder.drawing import Drawing, UnmetError, draw
from tests.drawing import blueprints
from tests.drawing.test_draw import basic, blueprint_of, choice
from tests.make import quarrels
from tests.make.course import course_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Blueprint, Course

ADVICE = re.compile(r"'(items|marks): (\d+(?:\.5)?)'")


def advice(course: Course, blueprint: Blueprint) -> list[tuple[str, str]] | None:
    """The place and the help of each finding when a blueprint of the course is drawn; None where a paper is drawn."""
    name = blueprint.blueprint
    course = replace(course, blueprints={**course.blueprints, name: blueprint}, blueprint_at={name: At("paper.yaml")})
    try:
        draw(course, Drawing(blueprint, "1"))
    except UnmetError as error:
        return [(str(finding.at.keys[0]) if finding.at.keys else "", finding.help) for finding in error.findings]
    return None


def with_total(blueprint: Blueprint, key: str, number: float) -> Blueprint:
    """The blueprint, checked as one that is read from a file, with another total."""
    return type(blueprint).model_validate(blueprint.model_dump(exclude_defaults=True) | {key: number})


@pytest.mark.slow
@settings(max_examples=60)
@given(st.data(), quarrels.courses(2, 8), st.sampled_from(["items", "marks"]))
def test_a_total_that_is_named_can_be_had(data: st.DataObject, course: Course, key: Literal["items", "marks"]) -> None:
    """Whatever total one asks for, writing one of those that are named gives a paper at once.

    Only where no number goes with the paper's other total, as the help then says, that one is told of in its turn.
    """
    blueprint, _ = data.draw(blueprints.blueprints(course))
    start = data.draw(st.integers(max(1, ceil(blueprint.chosen)), 30))
    half = data.draw(st.sampled_from([0, 0.5])) if key == "marks" else 0
    asked = with_total_or_none(blueprint, key, start + half)
    if asked is not None:
        _follow(course, asked, steps=2)


def _follow(course: Course, blueprint: Blueprint, steps: int) -> None:
    """Write each total that is named in place of the one that can't be had, at most `steps` times one after the other."""
    for place, said in advice(course, blueprint) or ():
        for key, number in ADVICE.findall(said):
            event(f"{key} named")
            assert place in {key, "rows"}
            then = with_total(blueprint, key, float(number) if key == "marks" else int(number))
            if "with all rows" in said:
                assert steps == 2
                _follow(course, then, steps=1)
            else:
                assert advice(course, then) is None


def with_total_or_none(blueprint: Blueprint, key: str, number: float) -> Blueprint | None:
    """The blueprint with another total, or None where its own numbers rule that out already when it is read."""
    try:
        return with_total(blueprint, key, number)
    except ValueError:
        return None


BANK = [
    *(choice(f"m{n}", theme="grief" if n < 3 else "love") for n in range(6)),
    *(basic(f"b{n}", theme="grief" if n < 2 else "love") for n in range(5)),
]
ROWS: Mapping[str, dict[str, Any]] = {
    "open": {},
    "bounds": {"rows": [{"kind": "mcq", "min": 2, "max": 4}, {"theme": "grief", "max": 2}]},
    "share": {"rows": [{"kind": "mcq", "share": 50}, {"theme": "love", "min": 1}]},
    "fixed": {"rows": [{"kind": "basic", "max": 3}], "fixed": ["b0", "m5"]},
    "kinds": {"rows": [{"kind": "mcq", "count": 3}, {"theme": "grief", "min": 1}], "items": 6},
}


@pytest.mark.slow
@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(
    "points",
    [{"mcq": 2, "basic": 2}, {"mcq": 4, "basic": 3}, {"mcq": 5, "basic": 1}, {"mcq": 2.5, "basic": 1.5}],
)
def test_every_total_up_to_too_many_ends_in_a_paper(rows: str, points: dict[str, float]) -> None:
    """From any sum of marks to be had or not, one step by the advice ends in a paper, and some total is always named."""
    course = course_of(BANK)
    for marks in range(1, 50):
        blueprint = blueprint_of(marks=marks, points=points, **ROWS[rows])
        told = advice(course, blueprint)
        if told is None:
            continue
        ((place, said),) = [(place, said) for place, said in told if place == "marks"]
        named = ADVICE.findall(said)
        assert named, (marks, told)
        for key, number in named:
            assert (place, key) == ("marks", "marks")
            assert advice(course, with_total(blueprint, key, float(number))) is None


def test_advice_does_not_lead_in_a_circle() -> None:
    """Marks that do add up by themselves are not named where a row rules them out: the next that fit the rows are."""
    course = course_of(BANK)
    blueprint = blueprint_of(
        marks=34, points={"mcq": 5, "basic": 5}, rows=[{"kind": "mcq", "max": 3}, {"kind": "basic", "max": 3}]
    )
    with pytest.raises(UnmetError, match=r"marks in all \(34\): at most 30 can be had, 4 missing"):
        draw(course, Drawing(blueprint, "1"))
    told = dict(advice(course, blueprint) or ())
    assert told["marks"].startswith("write 'marks: 30', which can be had with all the other lines, or change 'points:'")


def test_of_two_totals_that_are_both_too_high_each_is_told_in_turn() -> None:
    """Where neither the number of questions nor the marks can be had, the first is named with what the rows allow."""
    course = course_of(BANK)
    blueprint = blueprint_of(items=20, marks=90, points={"mcq": 2, "basic": 2})
    ((place, said),) = advice(course, blueprint) or [("", "")]
    assert (place, said) == ("items", "write 'items: 11', which can be had with all rows, or add items")
    ((place, said),) = advice(course, with_total(blueprint, "items", 11)) or [("", "")]
    assert (place, said[:19]) == ("marks", "write 'marks: 22', ")
    assert advice(course, with_total(with_total(blueprint, "items", 11), "marks", 22)) is None


def test_marks_named_beside_a_choice_are_those_to_write() -> None:
    """Where candidates choose, the number in the advice counts the chosen questions too, as `marks:` does."""
    rubric = [{"criterion": "Thesis", "marks": 5, "levels": ["none", "all"]}]
    essays = [
        {"id": f"e{n}", "kind": "essay", "prompt": f"Why e{n}?", "words": 300, "rubric": rubric} for n in range(2)
    ]
    blueprint = blueprint_of(
        marks=12, points={"mcq": 2, "essay": 5}, choose={"essay": 1}, only={"kind": ["mcq", "essay"]}
    )
    told = dict(advice(course_of([*BANK, *essays]), blueprint) or ())
    assert told["marks"].startswith("write 'marks: 11' or 'marks: 13', ")
