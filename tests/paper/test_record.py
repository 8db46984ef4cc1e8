"""The record of a paper: `builder.paper.record`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model.items import LETTERS
from builder.paper.numbering import version_name
from builder.paper.record import Quiz
from tests.make import papers, strategies
from tests.make.course import course_of
from tests.make.items import EXAMPLES


@settings(max_examples=40)
@given(strategies.banks(), st.text(), st.integers(1, 3))
def test_a_quiz_survives_its_json(bank: dict[str, Any], seed: str, versions: int) -> None:
    """quiz.json holds the whole record."""
    quiz = papers.quiz_of(course_of(bank["items"]), versions, seed)
    assert Quiz.model_validate_json(quiz.model_dump_json(by_alias=True)) == quiz


@given(st.integers(0, 18277))
def test_versions_are_named_like_columns_of_a_sheet(number: int) -> None:
    """A to Z, then AA: every number up to ZZZ has a name of its own, read in base 26 without a nought."""
    name = version_name(number)
    value = 0
    for letter in name:
        value = 26 * value + LETTERS.index(letter) + 1
    assert value == number + 1
    assert len(name) <= 3


def test_the_marks_of_a_paper_are_those_of_what_is_answered() -> None:
    """Where candidates choose one essay of two, one counts."""
    essays = [
        {
            "id": f"e{n}",
            "kind": "essay",
            "prompt": "p",
            "rubric": [{"criterion": "c", "marks": 6, "levels": ["0", "1"]}],
        }
        for n in range(2)
    ]
    course = course_of([*essays, {"id": "b", "kind": "basic", "prompt": "p", "answer": "a"}])
    assert papers.quiz_of(course).points == 13
    quiz = papers.quiz_of(course, choose={"essay": 1})
    assert (quiz.points, quiz.section_points("essay"), quiz.section_points("mcq")) == (7, 6, 0)


def test_a_paper_is_known_by_what_stands_on_it() -> None:
    """The twelve digits on a sheet change with the seed, a version, or a word of an item, and with nothing else."""
    course = course_of(EXAMPLES)
    quiz = papers.quiz_of(course, 2)
    again = papers.quiz_of(course, 2, font="hyperlegible", columns=2)
    assert again.identity == quiz.identity
    assert len(quiz.identity) == 12
    first = course.items[0].model_copy(update={"prompt": "Another?"})
    edited = replace(course, items=(first, *course.items[1:]))
    others = [papers.quiz_of(course, 2, "other"), papers.quiz_of(course, 3), papers.quiz_of(edited, 2)]
    assert len({quiz.identity, *(other.identity for other in others)}) == 4


def test_an_older_record_stays_what_it_is() -> None:
    """A record without rules, marks of parts and other answers is read, and written as it was."""
    older = papers.quiz_of(course_of(EXAMPLES), 2).model_dump(mode="json", by_alias=True)
    for version in older["versions"]:
        for entry in version["items"]:
            for key in ("scoring", "parts", "accept", "case", "accents", "theme", "theory", "bloom"):
                entry.pop(key, None)
    assert Quiz.model_validate(older).model_dump(mode="json", by_alias=True) == older


def test_a_record_holds_what_marking_needs() -> None:
    """Marks of key points and criteria, other answers and how to compare them, and the rule, exact to the fraction."""
    basic = {"id": "b", "kind": "basic", "prompt": "p", "answer": "a", "accept": ["c"], "case": True, "accents": False}
    short = {"id": "s", "kind": "short", "prompt": "q", "key_points": [{"point": "k", "marks": "0.5"}, {"point": "l"}]}
    lie = {"id": "l", "kind": "truefalse", "prompt": "r", "answer": False, "scoring": {"penalty": "1/3"}}
    quiz = papers.quiz_of(course_of([basic, short, lie]))
    by_id = {entry["id"]: entry for entry in quiz.model_dump(mode="json")["versions"][0]["items"]}
    assert {key: by_id["b"][key] for key in ("accept", "case", "accents")} == {
        "accept": [["c"]],
        "case": True,
        "accents": False,
    }
    assert (by_id["s"]["parts"], by_id["s"]["points"]) == ([0.5, 1], 1.5)
    assert by_id["l"]["scoring"] == {"rule": "all", "penalty": "1/3", "negative": False}
    assert quiz.points == 4.5
