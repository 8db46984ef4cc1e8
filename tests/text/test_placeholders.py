from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.expressions import ExpressionError
from builder.text.placeholders import asked, replaced, said

if TYPE_CHECKING:
    from builder.text.placeholders import Around

VALUES = {"m": "3", "t": "-2.50", "w": "iron"}


def filled(text: str, *, math: bool = False, decimal: str = ".") -> str:
    """The text with the values above."""

    def put(inner: str, around: "Around") -> str:
        return said(inner, around, VALUES, decimal)

    return replaced(text, frozenset(VALUES), put, math=math)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("{{m}} kg of {{w}}", "3 kg of iron"),
        ("{{ m * 4 }} and {{m/8}}", "12 and 0.375"),
        ("{{m / 7 : .3f}}", "0.429"),
        ("{{m * 1000 / 7 : .2g}}", "430"),
        ("{{t}}", "\u22122.50"),
        ("{{1 / 10 ** 9}}", "1·10^\u22129^"),
        ("{{c1::{{m}}}} and {{c2::x::{{m + 1}}}}", "{{c1::3}} and {{c2::x::4}}"),
        (r"\{{m}} but \\{{m}}", r"\{{m}} but \\3"),
        ("`print({{m}}, {{t}}, {{ user }})`", "`print(3, -2.50, {{ user }})`"),
        ("{m} and {{{m}}}", "{m} and {3}"),
    ],
)
def test_values_stand_where_braces_do(text: str, read: str) -> None:
    """Double braces are filled; blanks, escaped braces, and in code those without a value stay."""
    assert filled(text) == read


def test_a_formula_keeps_its_braces() -> None:
    """In TeX a pair of braces without a value stays, and numbers stand as TeX has them."""
    assert filled(r"$\frac{{a}}{{{m}}} {{t}}$ {{t}}", math=True, decimal=",") == "$\\frac{{a}}{3} -2{,}50$ \u22122,50"
    assert filled("$x$: {{m / 8}}", math=True, decimal=",") == "$x$: 0,375"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{m / 7}}", "no end as a decimal"),
        ("{{sqrt(m)}}", "more than 12 figures"),
        ("{{m > 2}}", "true or false"),
        ("{{m : 2d}}", "for a form"),
        ("{{m : .0g}}", "for a form"),
        ("{{w : .2f}}", "is a word"),
    ],
)
def test_what_nobody_can_read_is_refused(text: str, why: str) -> None:
    """A number without an end, a truth value and a form that is none are errors."""
    with pytest.raises(ExpressionError, match=why):
        filled(text)


@given(st.text(alphabet="ab {}\\`$c1:\n", max_size=60))
def test_a_text_without_values_stays(text: str) -> None:
    """Where no braces name a value, nothing of a text is lost or changed, and no odd text breaks the reading."""
    assert replaced(text, frozenset(VALUES), lambda inner, _: "{{" + inner + "}}", math=True) == text


def test_a_form_is_what_follows_the_last_colon() -> None:
    """An expression has no colon of its own."""
    assert asked(" m / 3 : .2f ") == ("m / 3", 2, "f")
