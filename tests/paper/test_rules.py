"""By which rule a question is scored: `builder.paper.rules`, and the defaults of bank and course."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from builder.drawing import Drawing, draw
from builder.loading.course import load
from builder.model import Blueprint
from builder.paper.record import Rule
from builder.paper.rules import rule_of
from tests.make.course import course_of
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "course: c\ntitle: C\nbanks: ['*-bank.yaml']\nblueprints: ['*-paper.yaml']\nanki: {deck: D}\n"
CHOICE = "kind: mcq, prompt: 'Which is %s?', options: [{right: '%s is'}, {wrong: '%s not'}, {wrong: '%s never'}]"


def _item(name: str, scoring: str = "") -> str:
    return f"  - {{id: {name}, {CHOICE % ((name,) * 4)}{scoring}}}\n"


def _course(folder: Path, *, course: str = "", bank: str = "", paper: str = "", row: str = "", item: str = "") -> Path:
    """A course of one question that may have a rule, `own`, and one of another bank; each place may say a rule."""
    (folder / "course.yaml").write_text(HEAD + course, "utf-8")
    own = f", {item.strip()}" if item else ""
    (folder / "a-bank.yaml").write_text(f"bank: a\ntitle: A\n{bank}items:\n{_item('own', own)}", "utf-8")
    (folder / "b-bank.yaml").write_text(f"bank: b\ntitle: B\nitems:\n{_item('other')}", "utf-8")
    rows = f"rows: [{{kind: mcq, count: 2{f', {row.strip()}' if row else ''}}}]\n"
    (folder / "a-paper.yaml").write_text(f"blueprint: exam\ntitle: Exam\n{rows}{paper}", "utf-8")
    return folder


def _costs(folder: Path) -> dict[str, Fraction | None]:
    """What a wrong choice costs on the paper of a course, by question; None where nothing is said."""
    loaded = load(folder)
    assert loaded.course
    assert not loaded.errors, loaded.diagnostics
    quiz = draw(loaded.course, Drawing(loaded.course.blueprints["exam"], "1"))
    return {entry.id: entry.scoring.penalty if entry.scoring else None for entry in quiz.items}


SAID = {
    "course": "scoring: {mcq: {penalty: 1/10}}\n",
    "bank": "scoring: {mcq: {penalty: 1/5}}\n",
    "paper": "scoring: {mcq: {penalty: 1/4}}\n",
    "row": "scoring: {mcq: {penalty: 1/3}}\n",
    "item": "scoring: {penalty: 1/2}\n",
}
COSTS = dict(zip(SAID, [Fraction(1, 10), Fraction(1, 5), Fraction(1, 4), Fraction(1, 3), Fraction(1, 2)], strict=True))


@pytest.mark.parametrize("last", range(len(SAID)))
def test_the_most_specific_rule_wins(tmp_path: Path, last: int) -> None:
    """Of course, bank, paper, row and item each wins over those before it; bank and item speak for their own alone."""
    names = list(SAID)[: last + 1]
    others = [name for name in names if name not in {"bank", "item"}]
    found = _costs(_course(tmp_path, **{name: SAID[name] for name in names}))
    assert found == {"own": COSTS[names[-1]], "other": COSTS[others[-1]]}


def test_where_nobody_says_a_rule_the_record_has_none(tmp_path: Path) -> None:
    """Then a question is scored as usual, and its record is that of older releases."""
    assert _costs(_course(tmp_path)) == {"own": None, "other": None}


def test_an_item_may_take_itself_out() -> None:
    """Who says a penalty of 0 costs nothing, whatever the paper says."""
    item = EXAMPLES[0].model_copy(update={"scoring": None})
    exam = Blueprint.model_validate(
        {"blueprint": "b", "title": "B", "items": 1, "scoring": {"mcq": {"penalty": "1/4"}}}
    )
    assert rule_of(item, exam) == Rule(rule="all", penalty=Fraction(1, 4))
    spared = course_of([item.model_dump(exclude_defaults=True) | {"scoring": {"penalty": "0"}}]).items[0]
    assert rule_of(spared, exam) == Rule(rule="all", penalty=Fraction(0))


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([{"kind": "mcq", "min": 1, "scoring": {"multiple": "each"}}], "each"),
        ([{"kind": "basic", "min": 0, "scoring": {"multiple": "each"}}], "all"),
        ([{"kind": "mcq", "min": 1, "scoring": {"mcq": {"penalty": "1"}}}], "all"),
        ([{"theme": "love", "min": 0, "scoring": {"multiple": "each"}}, {"min": 1, "scoring": {"multiple": "each-minus"}}], "each-minus"),
        ([{"min": 1}, {"min": 1, "scoring": {"multiple": "each"}}, {"min": 1, "scoring": {"multiple": "each-minus"}}], "each"),
    ],
)  # fmt: skip
def test_the_first_row_of_its_sort_speaks_for_a_question(rows: list[dict[str, Any]], rule: str) -> None:
    """A row of another sort, or one that says nothing of it, leaves the word to the next, and then to the paper."""
    many = next(item for item in EXAMPLES if item.id == "many")
    raw = {"blueprint": "b", "title": "B", "items": 1, "rows": rows, "scoring": {"multiple": "all"}}
    found = rule_of(many, Blueprint.model_validate(raw))
    assert found
    assert found.rule == rule


@pytest.mark.parametrize(("wrong", "penalty"), [(0, Fraction(1)), (1, Fraction(1)), (3, Fraction(1, 3))])
def test_wrong_options_share_the_marks_where_no_penalty_is_said(wrong: int, penalty: Fraction) -> None:
    """A record always holds what a wrong choice costs."""
    options = [{"right": "a"}, {"right": "b"}, *({"wrong": f"c{n}"} for n in range(wrong))]
    item = {"id": "i", "kind": "mcq", "multiple": True, "prompt": "p", "options": options, "scoring": "each-minus"}
    assert rule_of(course_of([item]).items[0]) == Rule(rule="each-minus", penalty=penalty)


@pytest.mark.parametrize("kind", ["basic", "reversed", "short", "essay"])
def test_what_a_person_marks_has_no_rule(kind: str) -> None:
    """Few words and written answers are marked by key and key points alone."""
    item = next(item for item in EXAMPLES if item.kind == kind)
    raw = {"blueprint": "b", "title": "B", "items": 1, "scoring": {"mcq": {"penalty": "1"}, "cloze": "all"}}
    assert rule_of(item, Blueprint.model_validate(raw)) is None
