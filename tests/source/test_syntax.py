"""What is said of a text that is no YAML: where its author has to look, and what to do."""

from __future__ import annotations

import pytest

from builder.source.nodes import values

ITEM = "items:\n- id: a\n  kind: basic\n  bloom: remember\n  answer: Benzene\n"


def _told(text: str) -> tuple[int, int, str, str]:
    (found,) = values("bank.yaml", text).problems
    assert found.code == "yaml-syntax"
    return found.span.line, found.span.column, found.message, found.help


@pytest.mark.parametrize("sign", ["*", "&", "@", "%", "`", "|", ">", "-", "?"])
def test_a_text_that_begins_with_a_sign_of_yaml(sign: str) -> None:
    """It is named with its sign, where the text begins, and quotes are the remedy."""
    line, column, message, remedy = _told(
        ITEM.replace("Benzene", f"{sign} o-xylene" if sign in "-?" else f"{sign}o*-x y")
    )
    assert (line, column) == (5, 11)
    assert f"a bare '{sign}'" in message
    assert f"quotes around the whole text: '{sign}..." in remedy


def test_a_pattern_of_files_without_quotes() -> None:
    """`banks: [*.yaml]` is what one types first."""
    assert _told("course: a\nbanks: [*.yaml]\n")[:3] == (
        2,
        9,
        "a text can't begin with a bare '*': it means something to YAML",
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("  bloom", "   bloom", (4, 4), "'bloom' begins further right than 'kind' above it"),
        ("  bloom", "bloom", (5, 3), "'answer' begins further right than 'bloom' above it"),
        ("- id", "-id", (2, 1), "'-id' has no space behind its dash"),
        ("  kind", "\tkind", (3, 1), "a tab stands at the start of the line"),
        ("kind: ", "kind:\u00a0", (3, 8), "U+00A0 looks like a space, and is none to YAML"),
        ("  kind", "\u00a0\u00a0kind", (3, 1), "U+00A0 looks like a space, and is none to YAML"),
        ("  kind", "\u2003kind", (3, 1), "U+2003 looks like a space, and is none to YAML"),
        ("items:\n", "bank: a\n", (2, 1), "an entry of a list stands where a key is expected"),
    ],
)
def test_a_line_in_a_wrong_column(old: str, new: str, place: tuple[int, int], message: str) -> None:
    """Indentation, tabs, dashes without their space and spaces of Word are named as what they are."""
    line, column, said, remedy = _told(ITEM.replace(old, new))
    assert ((line, column), said) == (place, message)
    assert remedy


def test_brackets_in_a_text_between_brackets() -> None:
    """Braces of TeX in a flow mapping end the text there: quotes are the remedy."""
    line, column, message, remedy = _told("options:\n  - {right: a, why: The norm is $\\sqrt{mn}$.}\n")
    assert (line, message) == (2, "a text between brackets ends here, and more stands behind it")
    assert column > 35
    assert "put quotes around a text that holds" in remedy


def test_a_colon_in_a_text_is_told_as_before() -> None:
    """A colon within a text, or at its end, wants quotes around the text."""
    for text in ("answer: Benzene: a ring\n", "answer: Benzene:\n", "says:\n  case: With case: true\n"):
        assert "needs quotes around it" in _told(text)[3]
    assert "needs quotes around it" in _told("prompt: What is\n  this: a ring?\n")[3]
