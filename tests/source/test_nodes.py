from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.source import nodes
from tests.make import strategies

plain = st.recursive(
    strategies.text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(strategies.text, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("typed", ["No", "1_000", "12:30", "0777", "~", "2026-11-22", "1e3", "=", ".inf"])
def test_a_scalar_stays_what_the_author_typed(typed: str) -> None:
    """No plain scalar turns into a flag, a number, a date or nothing."""
    assert nodes.values("f", f"key: {typed}\nlist: [{typed}]").value == {"key": typed, "list": [typed]}


@given(plain)
def test_dump_and_values_is_the_identity(value: nodes.Value) -> None:
    """Whatever is dumped is read back as it was, in the same order of keys; odd characters are told."""
    parsed = nodes.values("f", nodes.dump(value))
    assert {problem.code for problem in parsed.problems} <= {"bidi-control", "lost-character", "misread"}
    assert parsed.value == value
    assert repr(parsed.value) == repr(value)


@given(st.text())
def test_no_text_makes_reading_raise(text: str) -> None:
    """Any text is a value or a list of problems, each with a place inside the text."""
    parsed = nodes.values("f", text)
    for problem in parsed.problems:
        assert (
            1
            <= problem.span.line
            <= text.count("\n")
            + text.count("\r")
            + text.count("\x85")
            + text.count("\u2028")
            + text.count("\u2029")
            + 2
        )
        assert problem.span.column >= 1


@given(st.text(alphabet="abc:-[]{}#&*!|>'\"?, \n", max_size=60))
def test_plain_yaml_means_what_pyyaml_says(text: str) -> None:
    """Where there is no problem, the shape is that of libyaml with every scalar a string."""
    parsed = nodes.values("f", text)
    if not parsed.problems:
        assert parsed.value == yaml.load(text, Loader=yaml.CBaseLoader) or parsed.value in (None, "")  # noqa: S506


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: &x 1", "anchor", (1, 4)),
        ("a: &x 1\nb: *x", "alias", (2, 4)),
        ("a: !!python/object:os.system x", "tag", (1, 4)),
        ("a: 1\nb: 2\na: 3", "duplicate-key", (3, 1)),
        ("<<: {a: 1}", "merge-key", (1, 1)),
        ("[a]: 1", "complex-key", (1, 1)),
        ("a: 1\n---\nb: 2", "several-documents", (2, 1)),
        ("a: [1, 2", "yaml-syntax", (1, 4)),
        ("a: \x07", "control-character", (1, 4)),
        ('a: "\\u0000"', "control-character", (1, 4)),
        ('a: "b\\r"', "control-character", (1, 4)),
        ('a: "\\N"', "control-character", (1, 4)),
        ("a: \ufdd0", "control-character", (1, 4)),
        ('a: "\\uFDD1"', "control-character", (1, 4)),
        ("[" * 40, "too-deep", (1, 33)),
    ],
)
def test_what_would_mislead_is_refused_at_its_place(text: str, code: str, place: tuple[int, int]) -> None:
    """YAML's ways to mean something else than what is seen are diagnostics, with line and column."""
    found = [(p.code, (p.span.line, p.span.column)) for p in nodes.values("f", text).problems]
    assert (code, place) in found


def test_nesting_without_end_is_one_finding() -> None:
    """A hundred thousand open brackets are told as too deep, wherever libyaml gives up."""
    (problem,) = nodes.values("f", "[" * 100_000).problems
    assert problem.code == "too-deep"
    assert problem.span.line == 1


def test_a_quoted_merge_key_is_a_key() -> None:
    """`"<<"` in quotes is plain text."""
    assert nodes.values("f", '"<<": x').value == {"<<": "x"}


def test_all_problems_of_a_file_are_reported_at_once() -> None:
    """One pass finds every refused feature, not the first alone."""
    codes = [p.code for p in nodes.values("f", "a: &x 1\nb: *x\na: !t 2\n").problems]
    assert codes == ["anchor", "alias", "tag", "duplicate-key"] or set(codes) == {
        "anchor",
        "alias",
        "tag",
        "duplicate-key",
    }


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029", "\r\n", "\n"])
def test_lines_are_those_that_an_editor_counts(end: str) -> None:
    """A line ends at a line feed, whatever else YAML takes for an end of line."""
    (problem,) = nodes.values("f", f"a: b{end}c: d\ne: &x f\n").problems
    assert (problem.span.line, problem.span.column) == (2 + end.count("\n"), 4)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: b\nc", (2, 1), "'c' has no ':' behind it"),
        ("- id: a\n  promp\n- id: b\n", (2, 3), "'promp' has no ':' behind it"),
        (f"- {'a' * 31}\nb: c\n" + "b" * 31, (2, 1), "did not find expected '-' indicator"),
        ("a: b\n" + "cd " * 20 + "\ne: f", (2, 1), "'cd cd cd cd cd cd cd cd cd cd …' has no ':' behind it"),
        ("- tags: [a\n  kind: b\n- id: c\n", (1, 9), "the '[' that begins here is not closed"),
        ("- image: {file: a\n- id: c\n", (1, 10), "the '{' that begins here is not closed"),
        ('- prompt: "Who\n- id: c\n', (1, 11), "the quote that begins here is not closed"),
        ("- a: 'it's'\n  b: c\n", (1, 10), "more stands behind the quote"),
        ('- a: "What" is it?\n- b\n', (1, 13), "more stands behind the quote"),
        ("a: [b, 'c' d]\n", (1, 12), "a text between brackets ends here, and more stands behind it"),
    ],
)
def test_what_is_half_typed_is_wrong_where_it_begins(text: str, place: tuple[int, int], said: str) -> None:
    """An author looks at the key, bracket or quote that was begun, not at the line below where YAML gives up."""
    (problem,) = nodes.values("f", text).problems
    assert problem.code == "yaml-syntax"
    assert problem.message.startswith(said)
    assert (problem.span.line, problem.span.column) == place


@pytest.mark.parametrize("text", ["- a\n", "k{}: a\n"])
def test_the_entry_that_is_one_too_many_ends_the_reading(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many entries as may be are fine; the next is reported at its place, and what follows is not read."""
    monkeypatch.setattr(nodes, "MAX_ENTRIES", 3)

    def problems(size: int) -> list[tuple[str, int]]:
        found = nodes.values("f", "".join(text.format(number) for number in range(size))).problems
        return [(problem.code, problem.span.line) for problem in found]

    assert problems(3) == []
    assert problems(9) == [("too-large", 4)]
