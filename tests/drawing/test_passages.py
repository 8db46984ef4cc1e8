"""Passages on drawn papers: whole, or with as many questions as they are to have, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from builder.drawing import Drawing, UnmetError, draw, search
from builder.drawing.apart import apart
from builder.drawing.passages import keep_whole
from builder.drawing.problem import problem
from builder.model import Blueprint, Passage
from tests.drawing import blueprints, referee
from tests.make import quarrels
from tests.make.course import course_of

if TYPE_CHECKING:
    from builder.model import Course


@st.composite
def passaged(draw_: st.DrawFn, course: Course) -> Course:
    """A course whose items belong to two passages, or to none."""
    takes = [draw_(st.sampled_from([None, None, 1, 2, 3])) for _ in range(2)]
    texts = [Passage(id=f"p{n}", text="A text.", take=take) for n, take in enumerate(takes)]
    items = [
        item.model_copy(update={"passage": draw_(st.sampled_from([None, *texts, texts[0]]))}) for item in course.items
    ]
    return course_of(items)


def ids(course: Course, drawing: Drawing) -> frozenset[str] | None:
    """The ids of the drawn items, or None where no paper meets the blueprint."""
    try:
        return frozenset(entry.id for entry in draw(course, drawing).items)
    except UnmetError:
        return None


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data(), quarrels.courses(2, 7), blueprints.seeds)
def test_the_first_paper_with_its_passages_whole_is_drawn(data: st.DataObject, course: Course, seed: str) -> None:
    """Of all choices of items that tear no passage, the first one by rank that meets the blueprint is drawn."""
    course = data.draw(passaged(course))
    blueprint, _ = data.draw(blueprints.blueprints(course))
    expected = referee.first(course, blueprint, seed)
    event("drawable" if expected else "not drawable")
    if expected and any(item.passage for item in expected):
        event("with a passage")
    assert ids(course, Drawing(blueprint, seed)) == (
        None if expected is None else frozenset(item.id for item in expected)
    )


@st.composite
def alike(draw_: st.DrawFn) -> list[dict[str, Any]]:
    """Many questions of two sorts, some of them of one of three passages."""
    items = []
    for n in range(draw_(st.integers(8, 24))):
        points = [{"point": f"k{n}", "marks": draw_(st.sampled_from([2, 3]))}]
        passage = draw_(st.sampled_from([None, None, "p0", "p1", "p2"]))
        items.append({"id": f"s{n}", "kind": "short", "prompt": f"q{n}", "key_points": points, "passage": passage})
    return items


@settings(max_examples=100)
@given(alike(), st.lists(st.sampled_from([None, 1, 2, 3]), min_size=3, max_size=3), st.integers(1, 5), blueprints.seeds)
def test_what_others_outdo_is_left_out_though_passages_stay_whole(
    bank: list[dict[str, Any]], takes: list[int | None], items: int, seed: str
) -> None:
    """The solver finds the same paper whether or not it is spared the items that others outdo, passages and all."""
    texts = [{"id": f"p{n}", "text": "A text.", **({"take": take} if take else {})} for n, take in enumerate(takes)]
    course = course_of(bank, passages=texts)
    papers = {"b": Blueprint.model_validate({"blueprint": "b", "title": "B", "items": items, "marks": 2 * items + 1})}
    posed = keep_whole(problem(papers, {"b": course.active}, apart(course, course.active), seed))
    found = search._sought(posed)
    event(f"outdone: {bool(search._outdone(posed, search._weights(posed)))}, drawable: {found is not None}")
    with mock.patch.object(search, "_outdone", return_value=set()):
        assert found == search._sought(posed)


def basics(number: int, **more: Any) -> list[dict[str, Any]]:
    """Items of one passage."""
    return [
        {"id": f"b{n}", "kind": "basic", "prompt": f"Question {n}?", "answer": f"Answer {n}", "passage": "p", **more}
        for n in range(number)
    ]


def paper(**fields: Any) -> Blueprint:
    """A blueprint of these fields."""
    return Blueprint.model_validate({"blueprint": "b", "title": "B", **fields})


def test_an_unmet_blueprint_says_that_a_passage_can_not_be_had_in_part() -> None:
    """Where only a part of a passage would fill the paper, the conflict names the passage."""
    course = course_of(basics(3), passages=[{"id": "p", "text": "A text."}])
    with pytest.raises(UnmetError, match="the passage 'p' with 3 of its questions, or without any"):
        draw(course, Drawing(paper(items=2), "1"))


def test_an_unmet_blueprint_says_that_too_few_of_a_passage_may_be_asked() -> None:
    """Where fewer of a passage's items may be asked than it is to have, the conflict says how many may."""
    course = course_of(basics(3), passages=[{"id": "p", "text": "A text.", "take": 2}])
    with pytest.raises(UnmetError, match="with 2 of its questions, or without any: 1 may be asked here"):
        draw(course, Drawing(paper(items=1, excluded=["b0", "b1"]), "1"))


def test_a_fixed_item_brings_its_passage() -> None:
    """A fixed item of a passage brings as many of the others as the passage is to have; an excluded one is not asked."""
    course = course_of(basics(4), passages=[{"id": "p", "text": "A text.", "take": 3}])
    assert ids(course, Drawing(paper(items=3, fixed=["b2"], excluded=["b0"]), "1")) == frozenset(["b1", "b2", "b3"])


@pytest.mark.parametrize("seed", "12345678")
def test_a_long_passage_is_drawn_no_more_often_than_its_rank(seed: str) -> None:
    """A passage comes first where its own hash does, however many items it has."""
    others = [{"id": f"o{n}", "kind": "basic", "prompt": f"Other {n}?", "answer": f"Nothing {n}"} for n in range(3)]
    course = course_of(basics(3) + others, passages=[{"id": "p", "text": "A text."}])
    first = referee.ranked(course.items, paper(items=3), seed)[0]
    found = ids(course, Drawing(paper(items=3), seed))
    assert found
    assert ("b0" in found) == (first.passage is not None)


def test_where_candidates_choose_no_passage_has_a_question_of_that_kind() -> None:
    """Nobody can choose half of a passage: its questions of a kind to choose from are left out, and it is said."""
    course = course_of(
        [
            {"id": f"s{n}", "kind": "short", "prompt": f"Q{n}?", "key_points": [{"point": f"k{n}"}], "passage": passage}
            for n, passage in enumerate(["p", "p", None])
        ],
        passages=[{"id": "p", "text": "A text."}],
    )
    chosen = {"points": {"short": 1}, "choose": {"short": 1}}
    assert ids(course, Drawing(paper(items=1, **chosen), "1")) == frozenset(["s2"])
    with pytest.raises(UnmetError, match="left out: 2 items of a passage and a kind to choose from"):
        draw(course, Drawing(paper(items=2, **chosen), "1"))
