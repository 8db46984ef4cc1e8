from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text import cloze
from builder.text.highlight import coloured
from builder.text.tree import Code, Run

PROGRAM = "def f(x):  # twice\n    return 2 * 'a'"


def tokens(program: str, language: str) -> list[tuple[str, str]]:
    """The pieces that have a class, with it."""
    runs = coloured(Code((Run(program, code=True),), language))
    return [(run.token, run.text) for run in runs if run.token]


def test_a_program_is_cut_into_five_classes() -> None:
    """Keywords, names that are defined, comments, numbers and strings are told apart."""
    assert tokens(PROGRAM, "python") == [
        ("keyword", "def"),
        ("name", "f"),
        ("comment", "# twice"),
        ("keyword", "return"),
        ("number", "2"),
        ("string", "'a'"),
    ]


@pytest.mark.parametrize("language", ["", "no-such-language"])
def test_without_a_known_language_nothing_is_cut(language: str) -> None:
    """The program stays one run."""
    code = Code((Run(PROGRAM, code=True),), language)
    assert coloured(code) == code.runs


def test_the_case_of_a_language_does_not_matter() -> None:
    """`SQL` is SQL."""
    assert tokens("SELECT a", "SQL") == tokens("SELECT a", "sql") == [("keyword", "SELECT")]


def test_a_blank_in_a_program_stays_whole() -> None:
    """What is around it is cut; the blank counts as one sign."""
    (code,) = cloze.read("```python\nfor i in {{c1::range}}(3):\n    pass\n```")
    assert isinstance(code, Code)
    nodes = coloured(code)
    (gap,) = [node for node in nodes if isinstance(node, cloze.Gap)]
    assert gap.blank == cloze.Blank(1, "range")
    named = {node.text: node.token for node in nodes if isinstance(node, Run) and node.token}
    assert named == {"for": "keyword", "in": "keyword", "3": "number", "pass": "keyword"}


@given(st.text(max_size=60), st.sampled_from(["python", "c", "sql", "html", "bash", "json", ""]))
def test_no_sign_of_a_program_is_lost(program: str, language: str) -> None:
    """The pieces in a row are the program."""
    nodes = coloured(Code((Run(program, code=True),) if program else (), language))
    assert "".join(node.text for node in nodes if isinstance(node, Run)) == program
