"""The papers that the shipped course is meant for, drawn from its blueprints."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from builder.drawing import Drawing, draw
from builder.loading.course import load, shipped
from builder.model import Course, Mcq, TrueFalse
from builder.model.items import LETTERS
from builder.paper.spread import uneven_keys
from builder.rules import x01_duplicate, x02_cross_item_cue

if TYPE_CHECKING:
    from builder.paper.record import Quiz

FINAL = {"mcq": 32, "truefalse": 6, "matching": 2, "ordering": 1, "short": 5, "essay": 2}
MIDTERM = {"mcq": 10, "truefalse": 5, "ordering": 1, "short": 4}
# What each kind adds to the marks; of the two essays one is answered.
FINAL_MARKS = {"mcq": 32, "truefalse": 12, "matching": 8, "ordering": 4, "short": 20, "essay": 24}
MIDTERM_MARKS = {"mcq": 10, "truefalse": 10, "ordering": 4, "short": 16}
EXAMS = {
    "final-a": (120, 100, FINAL, FINAL_MARKS),
    "final-b": (120, 100, FINAL, FINAL_MARKS),
    "midterm": (50, 40, MIDTERM, MIDTERM_MARKS),
}
SEEDS = ("1", "2026", "spring")
HARD = {"apply", "analyze", "evaluate", "create"}


@cache
def shipped_course() -> Course:
    """The shipped course."""
    course = load(shipped()).course
    assert course
    return course


BLUEPRINTS = sorted(file.stem for file in shipped().glob("blueprints/*.yaml"))
WEEKLY = [name for name in BLUEPRINTS if name.startswith("weekly-")]


@cache
def exam(name: str, seed: str) -> Quiz:
    """A paper of the shipped course in two versions."""
    return draw(shipped_course(), Drawing(shipped_course().blueprints[name], seed, 2))


def ids(quiz: Quiz) -> set[str]:
    """The ids of what is asked."""
    return {entry.id for entry in quiz.items}


def test_there_is_a_weekly_quiz_for_every_theme() -> None:
    """The course ships its exams, a practice paper, and a quiz for the end of every week."""
    course = shipped_course()
    wanted = {*EXAMS, "practice", *(f"weekly-{theme}" for theme in course.themes)}
    assert course.blueprints.keys() == wanted == set(BLUEPRINTS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", EXAMS)
def test_the_exams_are_as_planned(name: str, seed: str) -> None:
    """Minutes, marks in all and by kind, and questions by kind are those of the plan of examinations."""
    quiz = exam(name, seed)
    minutes, marks, counts, marks_by_kind = EXAMS[name]
    assert (quiz.minutes, quiz.points) == (minutes, marks)
    assert Counter(entry.kind for entry in quiz.items) == counts
    assert {kind: quiz.section_points(kind) for kind in counts} == marks_by_kind
    assert quiz.choose == ({"essay": 1} if "essay" in counts else {})


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exams_share_no_question(seed: str) -> None:
    """Each drawn by itself with the same seed, the finals and the mid-term have no item in common."""
    asked = [ids(exam(name, seed)) for name in EXAMS]
    assert len(set.union(*asked)) == sum(map(len, asked)) == 48 + 48 + 20


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exams_span_the_course(seed: str) -> None:
    """A final asks about every theme, the mid-term mostly of the first five, and both much above understanding."""
    course = shipped_course()
    for name in EXAMS:
        items = [course.by_id[entry.id] for entry in exam(name, seed).items]
        themes = Counter(item.theme for item in items)
        assert sum(item.bloom in HARD for item in items) >= (8 if name == "midterm" else 21)
        if name == "midterm":
            assert sum(themes[t] for t in ("film", "loneliness", "love", "grief")) >= 14
        else:
            assert themes.keys() == course.themes.keys()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", BLUEPRINTS)
def test_every_shipped_paper_can_be_drawn_and_is_sound(name: str, seed: str) -> None:
    """No question of it gives away or repeats another, and neither a letter nor an answer is favoured."""
    course, quiz = shipped_course(), exam(name, seed)
    items = [course.by_id[entry.id] for entry in quiz.items]
    assert course.blueprints[name].marks in {None, quiz.points}
    groups = [item.group for item in items if item.group]
    assert len(groups) == len(set(groups))
    assert not any(enemy in ids(quiz) for item in items for enemy in item.enemies)
    alone = replace(course, items=tuple(items))
    assert list(x01_duplicate.check(alone)) == []
    assert list(x02_cross_item_cue.check(alone)) == []
    answers = [item.answer for item in items if isinstance(item, TrueFalse)]
    assert len(answers) < 4 or 0.4 <= sum(answers) / len(answers) <= 0.6
    for version in quiz.versions:
        keys = []
        for entry in version.items:
            item = course.by_id[entry.id]
            if isinstance(item, Mcq) and not item.multiple:
                keys.append((LETTERS.index(entry.key[0]), len(item.options)))
        assert list(uneven_keys(keys)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_practice_paper_is_mixed(seed: str) -> None:
    """Forty in a hundred are choices, to the next whole number, a quarter recall, and there is no essay."""
    kinds = Counter(entry.kind for entry in exam("practice", seed).items)
    assert kinds.total() == 24
    assert kinds["mcq"] in {9, 10}
    assert kinds["basic"] + kinds["reversed"] + kinds["cloze"] == 6
    assert kinds["essay"] == 0


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", WEEKLY)
def test_a_weekly_quiz_keeps_to_its_theme(name: str, seed: str) -> None:
    """Every question of a week's quiz is on the week's theme."""
    themes = {shipped_course().by_id[entry.id].theme for entry in exam(name, seed).items}
    assert themes == {name.removeprefix("weekly-")}
