"""The solver against trying every choice: the same verdict, and the very same paper."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from builder.drawing import Drawing, UnmetError, draw, search
from builder.drawing.apart import apart
from builder.drawing.problem import problem
from builder.model import Blueprint
from tests.drawing import blueprints, referee
from tests.make import quarrels
from tests.make.course import course_of

if TYPE_CHECKING:
    from typing import Any

    from builder.model import Course


def drawn(course: Course, drawing: Drawing) -> frozenset[str] | None:
    """The ids of the drawn items, or None where no paper meets the blueprint."""
    try:
        return frozenset(entry.id for entry in draw(course, drawing).items)
    except UnmetError:
        return None


@settings(max_examples=150)
@given(st.data(), quarrels.courses(1, 8), blueprints.seeds)
def test_the_paper_is_the_first_of_all_that_meet_the_blueprint(data: st.DataObject, course: Course, seed: str) -> None:
    """Of all choices of items the first sound one by rank is drawn; where none is sound, none is drawn."""
    blueprint, _ = data.draw(blueprints.blueprints(course))
    expected = referee.first(course, blueprint, seed)
    event("drawable" if expected else "not drawable")
    found = drawn(course, Drawing(blueprint, seed))
    assert found == (None if expected is None else {item.id for item in expected})


@pytest.mark.slow
@settings(max_examples=80)
@given(st.data(), quarrels.banks(2, 5), blueprints.seeds)
def test_disjoint_papers_are_the_first_that_share_no_item(
    data: st.DataObject, bank: list[dict[str, Any]], seed: str
) -> None:
    """Papers that are to be disjoint come out the same whichever is asked for, and are the first such ones."""
    bare = course_of(bank)
    family: dict[str, Blueprint] = {}
    for name, other in (("a", "b"), ("b", "a")):
        blueprint, _ = data.draw(blueprints.blueprints(bare, name))
        tied = data.draw(st.booleans()) or name == "b"  # one of the two need say it
        family[name] = blueprint.model_copy(update={"disjoint": (other,) if tied else ()})
    course = course_of(bank, blueprints=family)
    expected = referee.first_of_all(course, family, seed)
    event("drawable" if expected else "not drawable")
    for name, blueprint in family.items():
        found = drawn(course, Drawing(blueprint, seed))
        assert found == (None if expected is None else {item.id for item in expected[name]})


@st.composite
def alike(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Many questions of few sorts, some of which may not meet."""
    items: list[dict[str, Any]] = []
    for n in range(draw(st.integers(8, 24))):
        points = [{"point": f"k{n}", "marks": draw(st.sampled_from([2, 3]))}]
        enemies = draw(st.lists(st.integers(0, n - 1), max_size=2, unique=True)) if n % 3 == 0 and n else []
        group = draw(st.sampled_from([None, None, None, "g"]))
        item = {"id": f"s{n}", "kind": "short", "prompt": f"p{n}", "key_points": points, "group": group}
        items.append(item | {"enemies": [f"s{other}" for other in enemies]})
    return items


@settings(max_examples=100)
@given(alike(), st.integers(1, 3), st.integers(2, 9), st.integers(0, 3), blueprints.seeds)
def test_what_is_left_out_as_outdone_is_on_no_first_paper(
    bank: list[dict[str, Any]], items: int, marks: int, second: int, seed: str
) -> None:
    """The solver finds the same papers whether or not it is spared the items that others outdo."""
    course = course_of(bank)
    raw = {"title": "B", "items": items, "marks": marks}
    papers = {"b": Blueprint.model_validate(raw | {"blueprint": "b"})}
    if second:
        papers["c"] = Blueprint.model_validate({"blueprint": "c", "title": "C", "items": second, "disjoint": ["b"]})
    posed = problem(papers, dict.fromkeys(papers, course.active), apart(course, course.active), seed)
    found = search._sought(posed)
    event(f"outdone: {bool(search._outdone(posed, search._weights(posed)))}, drawable: {found is not None}")
    with mock.patch.object(search, "_outdone", return_value=set()):
        assert found == search._sought(posed)


@pytest.mark.parametrize("seed", "123456")
def test_a_row_in_doubt_goes_to_the_solver_and_comes_back_first(seed: str) -> None:
    """Where taking item after item leads nowhere, the first paper that exists is still the one drawn."""
    shorts = [
        {"id": f"s{n}", "kind": "short", "prompt": f"p{n}", "key_points": [{"point": f"k{n}", "marks": n % 4 + 2}]}
        for n in range(9)
    ]
    course = course_of(shorts)
    blueprint = Blueprint.model_validate({"blueprint": "b", "title": "B", "items": 4, "marks": 11})
    expected = referee.first(course, blueprint, seed)
    assert expected
    assert drawn(course, Drawing(blueprint, seed)) == frozenset(item.id for item in expected)
