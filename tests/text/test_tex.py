from __future__ import annotations

import pytest

from builder.text import tex
from builder.text.chemistry import translated


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"\frac{1}{2", "braces"),
        ("a}", "braces"),
        (r"\left( x", "left or missing right"),
        (r"\sqrt", "missing at its end"),
        ("a^b^c", "double superscripts"),
        (r"\foo x", r"\foo is no command"),
        (r"\SI{3}{m}", "siunitx"),
        (r"\begin{matrix}a", r"\end"),
        (r"\begin{matrix}a\end{cases}", r"\end"),
    ],
)
def test_broken_tex_is_told(written: str, said: str) -> None:
    """Each fault has its words, and a command its name."""
    assert said in tex.problem(written)


@pytest.mark.parametrize(
    "written",
    [
        r"\frac{1}{2}",
        r"\{a\}",
        r"\text{if } x",
        r"\begin{cases}a&b\\c&d\end{cases}",
        r"\ce{H2O}",
        r"\dfrac12",
        r"\lim_{n \to \infty}",
    ],
)
def test_sound_tex_is_let_be(written: str) -> None:
    """What MathJax draws passes."""
    assert tex.problem(written) == ""


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (r"\ce{H2O}", r"{\mathrm{H}_{2}\mathrm{O}}"),
        (r"\ce{CO3^2-}", r"{\mathrm{CO}_{3}^{2-}}"),
        (r"\ce{Na+}", r"{\mathrm{Na}^{+}}"),
        (r"\ce{^{14}_{6}C}", r"{{}^{14}{}_{6}\mathrm{C}}".replace("{}_", "_")),
        (
            r"\ce{N2 + 3H2 <=> 2NH3}",
            r"{\mathrm{N}_{2} + 3\,\mathrm{H}_{2}\;\;\rightleftharpoons\;\;2\,\mathrm{NH}_{3}}",
        ),
        (r"\ce{A ->[heat] B}", r"{\mathrm{A}\;\;\overset{\mathrm{heat}}{\rightarrow}\;\;\mathrm{B}}"),
        (r"\ce{Ca(OH)2}", r"{\mathrm{Ca}(\mathrm{OH})_{2}}"),
        (r"\ce{CuSO4*5H2O}", r"{\mathrm{CuSO}_{4}\cdot 5\,\mathrm{H}_{2}\mathrm{O}}"),
        (r"\ce{CH3-CH=CH2}", r"{\mathrm{CH}_{3}{-}\mathrm{CH}{=}\mathrm{CH}_{2}}"),
        (r"\ce{H2 ^}", r"{\mathrm{H}_{2}\;\uparrow}"),
        (r"\ce{NaCl (aq)}", r"{\mathrm{NaCl}\;(\mathrm{aq})}"),
        (r"x + \ce{$n$ H2} = \ce{O2", r"x + {n\;\mathrm{H}_{2}} = \ce{O2"),
    ],
)
def test_chemistry_is_spelled_out(written: str, made: str) -> None:
    """Indices, charges, isotopes, arrows, bonds, crystal water, gases and states; what has no end stays."""
    assert translated(written) == made
    assert made.endswith("O2") or tex.problem(written) == ""
