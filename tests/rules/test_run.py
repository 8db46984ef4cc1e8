from __future__ import annotations

from dataclasses import replace

import pytest

from builder.diagnostics import Severity
from builder.rules import all_pages, all_rules, run
from tests.rules.frame import frame
from tests.rules.made import bank

THIN = """
    - id: grief-recoil
      kind: basic
      basis: paper
      prompt: Which motive does the paper on *Her* give for the recoil on the date?
      answer: Fear of letting go
      explanation: See the scene.
      locator: [paper/fear-grief/p5]
      cites: [worden2009]
"""
SOUND = THIN.replace(
    "See the scene.", "A new bond would close the marriage for good, so he leaves before it can begin."
)
LONG = THIN.replace("Fear of letting go", "A fear of letting go that grew through all the years after them both")


def codes(text: str, **options: set[str]) -> list[str]:
    """The codes that the rules raise on items, those of the course as a whole left out."""
    return [d.code for d in frame(text).diagnostics(**options) if d.code != "C02"]


def allowing(text: str, allow: str) -> str:
    """The item of `text` with an allowance."""
    return f"{text.rstrip()}\n      allow: {allow}\n"


def test_a_rule_speaks_where_nothing_is_allowed() -> None:
    """The item that the other tests vary raises one code, and its mended twin none."""
    assert codes(THIN) == ["P03"]
    assert codes(SOUND) == []


def test_an_allowance_silences_its_code_on_its_item() -> None:
    """`allow: {CODE: reason}` takes that finding away, and only that item's and that code's."""
    twin = THIN.replace("grief-recoil", "grief-date").replace("motive", "reason")
    assert codes(allowing(THIN, "{P03: the scene says it all}")) == []
    assert "P03" in codes(allowing(THIN, "{P03: the scene says it all}") + twin)
    assert "P03" in codes(allowing(THIN, "{P04: it is the same everywhere}"))


def test_an_allowance_that_silences_nothing_is_a_finding() -> None:
    """Once what it excused is gone, an allowance is reported as a warning, at its code."""
    text = allowing(SOUND, "{P03: the scene says it all}")
    (found,) = [d for d in frame(text).diagnostics() if d.code == "unused-allow"]
    assert (found.span.line, found.span.column) == (9, 13)
    assert found.severity is Severity.WARNING
    assert "P03" in found.message


@pytest.mark.parametrize("options", [{"select": {"P04"}}, {"ignore": {"P03"}}], ids=str)
def test_an_allowance_is_not_blamed_for_a_rule_that_did_not_run(options: dict[str, set[str]]) -> None:
    """With a rule left out, nobody can tell whether its allowance is still needed."""
    assert codes(allowing(SOUND, "{P03: the scene says it all}"), **options) == []


def test_an_allowance_for_an_unknown_code_is_an_error() -> None:
    """A code that no rule has is a typing mistake, reported at the code."""
    (found,) = [d for d in frame(allowing(SOUND, "{P30: mistyped}")).diagnostics() if d.code == "unknown-rule"]
    assert (found.span.line, found.severity) == (9, Severity.ERROR)


def weighed(text: str, weight: str) -> list[tuple[str, Severity]]:
    """Codes and severities of the items of `text` in a course that gives some codes a weight."""
    whole = f"lint: {{severity: {weight}}}\nitems:\n{text}"
    return [(d.code, d.severity) for d in frame(whole).diagnostics() if d.code != "C02"]


def test_a_course_can_turn_a_rule_off() -> None:
    """`severity: {CODE: off}` in course.yaml keeps the rule from running; allowances for it are left in peace."""
    assert weighed(THIN, "{P03: off}") == []
    assert weighed(allowing(SOUND, "{P03: the scene says it all}"), "{P03: off}") == []


def test_a_course_can_change_what_a_rule_weighs() -> None:
    """`warning` and `error` in course.yaml replace the rule's own severity, and that of the single hit."""
    assert weighed(THIN, "{}") == [("P03", Severity.ERROR)]
    assert weighed(THIN, "{P03: warning}") == [("P03", Severity.WARNING)]
    assert ("F01", Severity.WARNING) in weighed(LONG, "{}")
    assert ("F01", Severity.ERROR) in weighed(LONG, "{F01: error}")


def test_rules_can_be_selected_and_ignored() -> None:
    """`select` runs the named rules alone, `ignore` all but the named ones."""
    assert set(codes(LONG)) == {"P03", "F01"}
    assert codes(LONG, select={"F01"}) == ["F01"]
    assert codes(LONG, ignore={"F01"}) == ["P03"]
    assert codes(LONG, select={"F01", "P03"}, ignore={"F01", "P03"}) == []


def test_retired_items_are_not_linted() -> None:
    """An item that is out of use stays in the bank as it is: no rule looks at it."""
    retired = f"{THIN.rstrip()}\n      retired: {{since: '2026-11-22', reason: nobody could answer it}}\n"
    assert codes(retired) == []
    assert run(frame(retired).course) == []


def test_findings_do_not_depend_on_a_second_run() -> None:
    """Rules keep nothing between runs: the same course gives the same findings."""
    course = frame(LONG).course
    assert run(course) == run(course)


def test_rules_are_found_by_looking_into_their_folder() -> None:
    """Rules come in the order of their codes, each once, and are read once."""
    found = [rule.code for rule in all_rules()]
    assert found == sorted(set(found))
    assert all_pages() is all_pages()


def test_other_kinds_have_no_options_to_judge() -> None:
    """What would be wrong in a choice is no matter of these rules elsewhere."""
    made = bank(
        {"id": "a", "kind": "basic", "prompt": "Is it not an", "answer": "All of the above"},
        {"id": "b", "kind": "ordering", "prompt": "Never an", "sequence": ["Both A and B", "2018", "1988"]},
    )
    assert [d for d in made.diagnostics() if d.code.startswith("M")] == []


def test_a_hit_stands_on_the_line_of_the_guilty_value() -> None:
    """An absent reason is reported at its option, a wrong number of options at the key, a clang at the option."""
    text = """
        - id: surrogate
          kind: mcq
          prompt: What does the surrogate bring, on the paper's reading of *Her*?
          options:
            - wrong: A message that was never sent
              why: No such message is mentioned.
            - right: A surrogate's body
    """
    made = frame(text)
    assert {code: made.lines(code) for code in ("M03", "M10", "M12", "M14")} == {
        "M03": [5],
        "M10": [7],
        "M12": [4],
        "M14": [7],
    }


def test_a_course_without_sources_does_not_drown() -> None:
    """Without outline, references, traps and hashed sources the rules on sources have nothing to say."""
    text = """
    outline: none
    references: []
    shingles: []
    items:
      - {id: item, kind: basic, basis: book, prompt: "Which drug thins the blood?", answer: Aspirin}
    """
    course = replace(frame(text).course, traps=())
    assert {f.code for f in run(course) if f.code[0] in "PC"} == {"P03"}
