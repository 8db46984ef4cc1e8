from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import fixes
from builder.diagnostics import Severity
from builder.loading.course import load
from builder.source import escapes, nodes

if TYPE_CHECKING:
    from pathlib import Path

MEANT = [r"$\theta$", r"with $\neq$", r"\frac{a}{b}", r"$\mu$", r"\textbf{x}", r"say \"$\nu$\""]


@pytest.mark.parametrize("inner", MEANT)
def test_a_backslash_of_tex_inside_double_quotes_is_found_at_its_scalar(inner: str) -> None:
    """Whether YAML takes it for an escape or for none at all, the message says what a backslash does there."""
    found = nodes.values("bank.yaml", f'title: x\nprompt: "{inner}"\n').problems
    assert [(d.code, d.span.line, d.span.column, d.message) for d in found] == [
        ("backslash", 2, 9, "a backslash means something inside double quotes")
    ]
    assert "single quotes" in found[0].help


@pytest.mark.parametrize(
    "inner", [r"two\nlines", r"caf\u00e9", r"a\tb", r"\"so\"", r"a \\ b", r"it \nearly is", r"\no"]
)
def test_escapes_that_say_what_they_mean_are_left_alone(inner: str) -> None:
    """Line breaks, tabs, quotes and code points in double quotes are no fault."""
    assert nodes.values("bank.yaml", f'prompt: "{inner}"\n').problems == []


@pytest.mark.parametrize("inner", MEANT)
def test_the_fix_says_in_single_quotes_what_the_author_typed(inner: str) -> None:
    """After it, the value holds every backslash that was meant, and nothing else has changed."""
    text, count = escapes.mended(f'a: "it\'s so" # "\\mu"\nb: ["{inner}", "$\\sigma$ isn\'t"]\n')
    typed = inner.replace('\\"', '"')
    assert count == 2
    assert nodes.values("bank.yaml", text).value == {"a": "it's so", "b": [typed, r"$\sigma$ isn't"]}
    assert text.startswith('a: "it\'s so" # "\\mu"\n')
    assert escapes.mended(text) == (text, 0)


def test_what_single_quotes_cannot_say_stays_as_typed() -> None:
    """A scalar that also has a line break of its own is reported, and left to its author."""
    text = 'a: "$\\theta$\\nand more"\n'
    assert escapes.mended(text) == (text, 0)
    assert [d.code for d in nodes.values("bank.yaml", text).problems] == ["backslash"]


@given(
    st.lists(
        st.sampled_from([*MEANT, "a", "'", " ", "$", r"\"", r"\\", r"\n", r"\t", r"\u00e9", "b c"]), max_size=8
    ).map("".join)
)
def test_any_text_in_double_quotes_is_mended_to_valid_yaml_or_left(inner: str) -> None:
    """The fix never loses a letter and never makes a file unreadable that could be read."""
    text = f'a: "{inner}"\n'
    before = nodes.values("bank.yaml", text)
    new, count = escapes.mended(text)
    if not count:
        assert new == text
        return
    value = nodes.values("bank.yaml", new).value
    assert isinstance(value, dict)
    assert str(value["a"]).replace("\\", "") == inner.replace("\\", "")
    assert any(d.code == "backslash" for d in before.problems)


def test_check_fix_mends_the_bank_of_a_course(tmp_path: Path) -> None:
    """A bank that YAML could not even read loads after `--fix`, formulas whole; its comments stay."""
    (tmp_path / "course.yaml").write_text("course: t\ntitle: T\nlanguage: en\nbanks: [bank.yaml]\nanki: {deck: T}\n")
    bank = tmp_path / "bank.yaml"
    bank.write_text(
        'bank: t\ntitle: T # mine\nitems:\n  - {id: a, kind: basic, prompt: "Is $\\mu$?", answer: "$\\theta$"}\n'
    )
    loaded = load(tmp_path)
    assert [(d.code, d.severity) for d in loaded.diagnostics] == [("backslash", Severity.ERROR)]
    for path, new in fixes.fixed(loaded).items():
        assert (path, new.fixes) == (str(bank), 2)
        bank.write_text(new.text)
    again = load(tmp_path)
    assert again.diagnostics == []
    assert again.course
    assert [(i.prompt, getattr(i, "answer", "")) for i in again.course.items] == [(r"Is $\mu$?", r"$\theta$")]
    assert "# mine" in bank.read_text("utf-8")
