"""The versions of a paper: the same questions, each shuffled in its own way, with no letter favoured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builder.cli._paper import Look, printed_as
from builder.diagnostics import BuilderError
from builder.drawing import Drawing, draw
from builder.loading.course import load
from builder.model import Mcq
from builder.model.grades import GradeScale
from builder.model.items import LETTERS
from builder.paper.numbering import version_name
from builder.paper.record import SECTIONS, Quiz
from builder.paper.sheet import pages
from builder.paper.spread import uneven_keys
from tests.drawing.test_draw import basic, blueprint_of, choice, statement
from tests.make.course import course_of
from tests.make.folder import course_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_versions_are_named_as_columns_are_and_ask_the_same() -> None:
    """A to Z, then AA: each with the same questions in sections, numbered from 1, in an order of its own."""
    kinds = ("mcq", "truefalse", "basic")
    items = [item for n in range(4) for item in (choice(f"m{n}"), statement(f"t{n}", answer=n % 2 > 0), basic(f"b{n}"))]
    course = course_of(items)
    blueprint = blueprint_of(rows=[{"kind": kind, "count": 4} for kind in kinds])
    quiz = draw(course, Drawing(blueprint, "1", 28))
    assert [version.name for version in quiz.versions] == [*LETTERS, "AA", "AB"]
    assert [version_name(n) for n in (51, 52, 701, 702)] == ["AZ", "BA", "ZZ", "AAA"]
    orders = set()
    for version in quiz.versions:
        assert [entry.number for entry in version.items] == list(range(1, 13))
        places = [SECTIONS.index(entry.section) for entry in version.items]
        assert places == sorted(places)
        assert {entry.id for entry in version.items} == {item["id"] for item in items}
        orders.add(tuple((entry.id, entry.order) for entry in version.items))
    assert len(orders) == 28


def test_no_version_favours_a_letter() -> None:
    """On each of many versions the keys pass the test for papers that X03 makes."""
    course = course_of(choice(f"m{n}") for n in range(40))
    quiz = draw(course, Drawing(blueprint_of(items=30), "1", 60))
    for version in quiz.versions:
        keys = []
        for entry in version.items:
            item = course.by_id[entry.id]
            assert isinstance(item, Mcq)
            right = next(i for i, option in enumerate(item.options) if option.is_right)
            assert entry.key == (LETTERS[entry.order.index(right)],)
            keys.append((entry.order.index(right), 4))
        assert list(uneven_keys(keys)) == []


def test_keys_that_no_shuffle_can_spread_are_said_to_be_so() -> None:
    """Twenty keys pinned to the first place are an error of the call, not a paper."""
    pinned = [{"right": "yes", "pin": "first"}, {"wrong": "no"}, {"wrong": "perhaps"}]
    course = course_of(choice(f"m{n}", *pinned) for n in range(20))
    with pytest.raises(BuilderError, match="version A: the keys stand 20, 0, 0 times"):
        draw(course, Drawing(blueprint_of(items=20), "1"))
    assert len(draw(course, Drawing(blueprint_of(items=19), "1")).items) == 19  # so few can't be judged


def test_a_paper_keeps_the_grades_of_its_course_and_what_its_questions_are_about() -> None:
    """The record has the scale, the titles of the themes that are asked, and theme and Bloom level of each question; else nothing."""
    themes = {"one": "First", "two": "Second", "three": "Third"}
    scale = GradeScale(steps={"A": "50", "B": "0"})
    asked = [{**choice(f"m{n}"), "theme": theme, "bloom": "apply"} for n, theme in enumerate(("two", "one"))]
    quiz = draw(course_of(asked, themes=themes, grades=scale), Drawing(blueprint_of(items=2), "1"))
    assert (quiz.grades, dict(quiz.themes)) == (scale, {"one": "First", "two": "Second"})
    assert {(it.id, it.theme, it.bloom) for it in quiz.items} == {("m0", "two", "apply"), ("m1", "one", "apply")}
    record = quiz.model_dump_json(by_alias=True)
    assert Quiz.model_validate_json(record) == quiz
    assert '"grades":{"steps":{"A":"50","B":"0"}}' in record
    bare = draw(course_of([choice("m0"), choice("m1")]), Drawing(blueprint_of(items=2), "1")).model_dump_json()
    assert not any(f'"{key}"' in bare for key in ("grades", "themes", "theories", "theme", "theory", "bloom"))


@pytest.mark.parametrize(
    ("course", "blueprint", "option", "said"),
    [(None, None, None, 8), (6, None, None, 6), (6, 10, None, 10), (6, 0, None, 0), (6, 10, 4, 4), (None, 5, 0, 0)],
)
def test_candidate_numbers_have_the_digits_of_option_blueprint_or_course(
    course: int | None, blueprint: int | None, option: int | None, said: int
) -> None:
    """The first of them that says a number counts, also for none at all; a record that is printed again keeps its own."""
    made = course_of([choice("m0")], digits=course)
    quiz = draw(made, Drawing(blueprint_of(items=1, **({} if blueprint is None else {"digits": blueprint})), "1"))
    usual = Look(None, None, None, None, None, None, None, None, ())
    quiz = printed_as(made, quiz, usual._replace(digits=option), again=False)
    assert quiz.edition.digits == said
    assert printed_as(made, quiz, usual, again=True).edition.digits == said
    grid = [mark for page in pages(quiz, quiz.versions[0]) for mark in page.marks if mark.use == "candidate"]
    assert len({mark.row for mark in grid}) == said


def test_a_course_says_its_digits(tmp_path: Path) -> None:
    """`digits:` in course.yaml is a whole number from 0 to 12; another one is a mistake in its place."""
    items = [{"id": "m0", **choice("m0")}]
    course = load(course_folder(tmp_path / "course", items, digits=6)).course
    assert course
    assert course.digits == 6
    (found,) = load(course_folder(tmp_path / "long", items, digits=13)).diagnostics
    assert "12" in found.message
