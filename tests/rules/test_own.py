from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given

from builder.loading.links import course_links
from builder.loading.loaded import Loaded
from builder.loading.part import validate
from builder.model import CourseFile, LintOptions
from builder.model.own_rule import OWN_CODES, Part
from builder.model.readings import texts
from builder.rules import all_pages, run
from tests.make import strategies
from tests.make.course import course_of

if TYPE_CHECKING:
    from builder.diagnostics import Finding

RULE = {"code": "L01", "name": "kind-words", "message": "we say it otherwise"}
ITEM = {"id": "a", "kind": "basic", "prompt": "Who treats the *mad*?", "answer": "Nobody treats madmen well."}


def found(rule: dict[str, Any], *items: dict[str, Any], **changes: Any) -> list[tuple[str, str, int]]:
    """What a rule of the course's own finds: the keys in the item, what is said, and the number of the character."""
    lint = LintOptions.model_validate({"own": [RULE | rule]})
    course = course_of(items or [ITEM], lint=lint, **changes)
    return [(".".join(map(str, f.at.keys[2:])), f.message, f.at.character) for f in run(course, select={RULE["code"]})]


def test_words_are_found_by_their_stems_at_their_place() -> None:
    """A listed word in another form, and a phrase over Markdown; words of a program are no words."""
    item = {**ITEM, "prompt": "Is `disorder` of *Mental* disorders a word?"}
    assert found({"words": ["mental disorder"]}, item) == [("prompt", "“Mental disorders”: we say it otherwise", 18)]
    assert found({"words": ["madman", "mad"]}) == [("prompt", "“mad”: we say it otherwise", 16)]
    german = {**ITEM, "prompt": "Was sagt man zu den Krankheiten?"}
    assert len(found({"words": ["Krankheit"]}, german, language="de")) == 1


def test_words_are_literal_where_endings_are_not_known() -> None:
    """A Polish word is found in capitals too, and in no other form."""
    item = {**ITEM, "prompt": "Czy Wariat jest tu? Wariaci są tam."}
    assert [place for _, _, place in found({"words": ["wariat"]}, item, language="pl")] == [4]


def test_short_words_count_to_the_letter() -> None:
    """A word without content to the other rules can be listed all the same."""
    assert [said[:4] for _, said, _ in found({"words": ["who"]})] == ["“Who"]


def test_a_pattern_is_found_each_time_at_its_place() -> None:
    """Every match is a finding; capitals don't count, and space around a match is no part of its place."""
    item = {**ITEM, "prompt": "A TODO, and b todo", "answer": "(todo)"}
    assert [(keys, place) for keys, _, place in found({"pattern": " ?todo"}, item)] == [
        ("prompt", 2),
        ("prompt", 14),
        ("answer", 1),
    ]


def test_texts_and_items_are_chosen() -> None:
    """`in:` names texts by any key that leads to them, `where:` items as blueprints do."""
    choice = {"id": "b", "kind": "mcq", "prompt": "Mad?", "options": [{"right": "mad", "why": "mad"}, {"wrong": "x"}]}
    rule = {"words": ["mad"]}
    assert [keys for keys, *_ in found(rule | {"in": "why"}, choice)] == ["options.0.why"]
    assert [keys for keys, *_ in found(rule | {"in": ["options"]}, choice)] == ["options.0.right", "options.0.why"]
    assert found(rule | {"where": {"kind": "mcq"}}, ITEM) == []


def test_a_required_key_is_missed_at_the_item() -> None:
    """An item without the key is told of, one of a kind that has no such key is not."""
    essay = {
        "id": "b",
        "kind": "essay",
        "prompt": "Why?",
        "rubric": [{"criterion": "Sense", "marks": "1", "levels": ["some", "none"]}],
    }
    assert found({"requires": "locator"}) == [("", "no 'locator:': we say it otherwise", 0)]
    assert found({"requires": "locator"}, {**ITEM, "locator": ["a/b"]}) == []
    assert [keys for keys, *_ in found({"requires": "accept"}, essay)] == []


@pytest.mark.parametrize("profile", ["lenient", "standard", "strict"])
def test_a_rule_weighs_what_its_course_says(profile: str) -> None:
    """`level:` holds in any profile; `lint: severity:` and `allow:` work as for any rule."""
    for level in ("error", "warning"):
        options: dict[str, Any] = {"profile": profile, "own": [RULE | {"words": ["mad"], "level": level}]}
        only = {RULE["code"]}
        course = course_of([ITEM], lint=LintOptions.model_validate(options))
        assert [str(f.severity) for f in run(course, select=only)] == [level]
        off = LintOptions.model_validate(options | {"severity": {"L01": "off"}})
        assert run(course_of([ITEM], lint=off), select=only) == []
        excused = course_of([{**ITEM, "allow": {"L01": "a quotation"}}], lint=LintOptions.model_validate(options))
        assert run(excused, select=only) == []


def test_an_idle_allowance_for_an_own_rule_is_told_of() -> None:
    """What excuses nothing is a finding, and a code that the course lacks is none of its rules."""
    lint = LintOptions.model_validate({"own": [RULE | {"words": ["rain"]}]})
    item = {**ITEM, "allow": {"L01": "a quotation", "L02": "mistyped"}}
    assert [f.code for f in run(course_of([item], lint=lint), select=OWN_CODES)] == ["unused-allow", "unknown-rule"]


def test_a_place_is_line_and_column_of_the_match() -> None:
    """In a folded text with Markdown, the finding stands where the word stands in the file."""
    text = """bank: bank
title: Bank
items:
  - id: a
    kind: basic
    prompt: >
      Who treats
      the *mad*?
    answer: '"Nobody''s" mad'
"""
    item = {**ITEM, "prompt": "Who treats the *mad*?\n", "answer": '"Nobody\'s" mad'}
    course = course_of([item], lint=LintOptions.model_validate({"own": [RULE | {"words": ["mad"]}]}))
    loaded = Loaded(course, texts={"bank.yaml": text})
    loaded.add(run(course, select={"L01"}))
    assert [(d.span.line, d.span.column) for d in loaded.diagnostics] == [(8, 12), (9, 26)]


def test_own_codes_are_free_for_ever() -> None:
    """No rule of her-study's has a code that a course may take."""
    assert OWN_CODES.isdisjoint(page.code for page in all_pages())


@given(strategies.items())
def test_each_text_can_be_named(item: dict[str, Any]) -> None:
    """Every text of every kind is named by a value of `in:`."""
    names = set(get_args(Part))
    (made,) = course_of([item]).items
    assert all(names & set(keys) for keys, _ in texts(made))


@pytest.mark.parametrize(
    ("rule", "keys", "code"),
    [
        ({"pattern": "("}, ("pattern",), "bad-pattern"),
        ({"pattern": "x*"}, ("pattern",), "bad-pattern"),
        ({"pattern": "(?=x)"}, ("pattern",), "bad-pattern"),
        ({"requires": "locater"}, ("requires",), "unknown-field"),
        ({"words": ["x"], "in": ["promt"]}, ("in", 0), "unknown-value"),
        ({"words": ["x"], "pattern": "x"}, ("pattern",), "not-one-test"),
        ({}, ("code",), "not-one-test"),
        ({"requires": "cites", "in": "prompt"}, ("in",), "idle-key"),
        ({"code": "M01", "words": ["x"]}, ("code",), "bad-form"),
        ({"words": ["x"], "wher": {}}, ("wher",), "unknown-key"),
    ],
    ids=str,
)
def test_a_rule_that_is_none_is_told_of_at_its_key(rule: dict[str, Any], keys: tuple[str, ...], code: str) -> None:
    """Each mistake in a rule has one finding, at the key that holds it."""
    told = problems([RULE | rule])
    assert [(f.at.keys, f.code) for f in told] == [(("lint", "own", 0, *keys), code)]


def test_twin_rules_are_told_of() -> None:
    """Two rules with one code, or with one name, can't be told apart."""
    other = RULE | {"words": ["x"]}
    assert [f.at.keys for f in problems([other, other | {"name": "else"}])] == [("lint", "own", 1, "code")]
    assert [f.at.keys for f in problems([other, other | {"code": "L02"}])] == [("lint", "own", 1, "name")]


def test_names_in_a_choice_of_items_lead_somewhere() -> None:
    """A kind that there is not is a finding of course.yaml, with what was meant."""
    lint = LintOptions.model_validate({"own": [RULE | {"words": ["x"], "where": {"kind": "mqc"}}]})
    (told,) = course_links(course_of([ITEM], lint=lint), [], {})
    assert (told.at.keys, told.help) == (("lint", "own", 0, "where", "kind"), "did you mean 'mcq'?")


def problems(own: list[dict[str, Any]]) -> list[Finding]:
    """What is wrong with a course.yaml that has these rules."""
    head: dict[str, Any] = {
        "course": "c",
        "title": "C",
        "banks": ["*.yaml"],
        "anki": {"deck": "C"},
        "lint": {"own": own},
    }
    return validate(CourseFile, "course.yaml", head)[1]
