from __future__ import annotations

import pytest

from builder.text.breaks import pieces


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
