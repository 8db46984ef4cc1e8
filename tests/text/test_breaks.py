from __future__ import annotations

import pytest

from builder.printing.formula import Formula, drawn
from builder.text.breaks import pieces, signed
from builder.text.tree import Run


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"a = \frac{b + c}{2} + d", ["a", r"= \frac{b + c}{2}", "+ d"]),
        (r"-x \le y", ["-x", r"\le y"]),
        (r"a = -b", ["a", "= -b"]),
        (r"\left( a + b \right) c", [r"\left( a + b \right) c"]),
        (r"f(a + b)", ["f(a", "+ b)"]),
        (r"\begin{matrix} a + b \end{matrix} = c", [r"\begin{matrix} a + b \end{matrix}", "= c"]),
        (r"x^+ y", ["x^+ y"]),
        (r"a + b \over c + d", [r"a + b \over c + d"]),
        (r"a + b \\ c + d", [r"a + b \\ c + d"]),
        ("x", ["x"]),
    ],
)
def test_formula_breaks_before_signs_between_operands(tex: str, expected: list[str]) -> None:
    """A piece begins with a sign of relation or operation that stands in no braces and has an operand before it."""
    assert list(pieces(tex)) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x = -3", "x = {-}3"),
        (r"\Delta H = -92\,\mathrm{kJ}", r"\Delta H = {-}92\,\mathrm{kJ}"),
        ("(-1)^n", "({-}1)^n"),
        (r"2 \cdot -3,\;-4", r"2 \cdot {-}3,\;{-}4"),
        (r"x \in [-1; +1]", r"x \in [{-}1; {+}1]"),
        (r"\left[-1\right]", r"\left[{-}1\right]"),
        ("|-3| = |a|-|b|", "|{-}3| = |a|-|b|"),
        (r"a - 3 \pm b", r"a - 3 \pm b"),
        (r"-x + e^{-x} + x^-", r"-x + e^{-x} + x^-"),
        (r"a \\[-3pt] \sqrt[-3]{b}", r"a \\[-3pt] \sqrt[-3]{b}"),
        (r"\text{so, -3 {(-3)}} = -3", r"\text{so, -3 {(-3)}} = {-}3"),
        (r"\frac{-1}{2}", r"\frac{-1}{2}"),
    ],
)
def test_a_sign_that_is_no_operation_stands_in_braces(tex: str, expected: str) -> None:
    """After a relation, an operation, a bracket that opens or a comma; what are words or options stays as it is."""
    assert signed(tex) == expected


@pytest.mark.parametrize(("tex", "bare"), [("x = -3", "x = 3"), ("(-1)", "(1)"), (r"2 \cdot -3", r"2 \cdot 3")])
def test_a_sign_is_drawn_close_to_its_number(tex: str, bare: str) -> None:
    """A sign adds its own width to a formula on paper, which the one in `a - 3` exceeds by the spaces around it."""
    width = {it: _width(it) for it in (tex, bare, "a-3", "a3")}
    assert width[tex] - width[bare] < width["a-3"] - width["a3"] - 0.3


def _width(tex: str) -> float:
    (formula,) = drawn([Run(tex, math=True)], "item")
    assert isinstance(formula, Formula)
    return formula.width
