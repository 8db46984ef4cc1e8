"""The solver against trying every choice: the same verdict, and the very same paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from builder.drawing import Drawing, UnmetError, draw
from builder.model import Blueprint
from tests.courses import course_of
from tests.drawing import referee, strategies

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
@given(st.data(), strategies.courses(1, 8), strategies.seeds)
def test_the_paper_is_the_first_of_all_that_meet_the_blueprint(data: st.DataObject, course: Course, seed: str) -> None:
    """Of all choices of items the first sound one by rank is drawn; where none is sound, none is drawn."""
    blueprint, _ = data.draw(strategies.blueprints(course))
    expected = referee.first(course, blueprint, seed)
    event("drawable" if expected else "not drawable")
    found = drawn(course, Drawing(blueprint, seed))
    assert found == (None if expected is None else {item.id for item in expected})


@settings(max_examples=80)
@given(st.data(), strategies.banks(2, 5), strategies.seeds)
def test_disjoint_papers_are_the_first_that_share_no_item(
    data: st.DataObject, bank: list[dict[str, Any]], seed: str
) -> None:
    """Papers that are to be disjoint come out the same whichever is asked for, and are the first such ones."""
    bare = course_of(bank)
    family: dict[str, Blueprint] = {}
    for name, other in (("a", "b"), ("b", "a")):
        blueprint, _ = data.draw(strategies.blueprints(bare, name))
        tied = data.draw(st.booleans()) or name == "b"  # one of the two need say it
        family[name] = blueprint.model_copy(update={"disjoint": (other,) if tied else ()})
    course = course_of(bank, blueprints=family)
    expected = referee.first_of_all(course, family, seed)
    event("drawable" if expected else "not drawable")
    for name, blueprint in family.items():
        found = drawn(course, Drawing(blueprint, seed))
        assert found == (None if expected is None else {item.id for item in expected[name]})


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
