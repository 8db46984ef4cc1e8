"""Formulas in DOCX: equations of Word, which LibreOffice reads, or the drawn picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from builder.printing import formula
from builder.printing.docx import omml
from tests.make.documents import files, in_libreoffice, key, paper, paragraphs
from tests.make.papers import said

if TYPE_CHECKING:
    from pathlib import Path

# A choice whose stem and options are formulas.
AREA = {
    "id": "area",
    "kind": "mcq",
    "math": True,
    "prompt": r"Which length has the chord $y = \sqrt{2x}$ between $1$ and $9$?",
    "options": [
        {"wrong": r"$\frac{8}{3}$", "why": "Half of the right value."},
        {"wrong": "$4$", "why": "That is the width alone."},
        {"right": r"$\frac{27}{5}$", "why": "By Pythagoras, rounded."},
    ],
}


def shape(node: Any) -> str:
    """An equation as brackets, without its properties: `f(num(8)den(3))`."""
    name = node.tag.rpartition("}")[2]
    if name == "t":
        return str(node.text)
    inner = "".join(shape(child) for child in node if not child.tag.endswith("Pr"))
    return inner if name in {"r", "oMath"} else f"{name}({inner})"


def equation(tex: str, *, is_displayed: bool = False) -> Any:
    """The equation of a formula."""
    return omml.equation(tex, is_displayed=is_displayed)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\frac{8}{3}", "f(num(8)den(3))"),
        (r"\sqrt{x}", "rad(deg()e(x))"),
        (r"\sqrt[3]{x}", "rad(deg(3)e(x))"),
        (r"x_i^2", "sSubSup(e(x)sub(i)sup(2))"),
        (r"{}_1^2X", "sPre(sub(1)sup(2)e(X))"),
        (r"\sum_{i=1}^n i = x", "nary(sub(i=1)sup(n)e(i))=x"),
        (r"\int_0^1 (a + b)\,dx + c", "nary(sub(0)sup(1)e(d(e(a+b))\u2009dx))+c"),
        (r"\sum_k", "sSub(e(∑)sub(k))"),
        (r"\lim_{x\to 0} f", "func(fName(limLow(e(lim)lim(x→0)))e(f))"),
        (r"\sin^2 x", "func(fName(sSup(e(sin)sup(2)))e(x))"),
        (r"\cos(x)", "cosd(e(x))"),
        (r"(0, 1]^2", "sSup(e(d(e(0,1)))sup(2))"),
        (r"]0, 1[", "]0,1["),
        (r"|x| + P(A|B)", "d(e(x))+Pd(e(A∣B))"),
        (r"\left\{x\middle|y\right\}", "d(e(x)e(y))"),
        (r"\left.x\right|_0^1", "sSubSup(e(d(e(x)))sub(0)sup(1))"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "d(e(m(mr(e(a)e(b))mr(e(c)e(d)))))"),
        (r"\begin{cases}a&b\\c&d\end{cases}", "d(e(m(mr(e(a)e(b))mr(e(c)e(d)))))"),
        (r"\binom{n}{k}", "d(e(f(num(n)den(k))))"),
        (r"\hat{x}\overline{AB}", "acc(e(x))bar(e(AB))"),
        (r"\underbrace{a}_{n}", "limLow(e(groupChr(e(a)))lim(n))"),
        (r"\overset{!}{=}", "limUpp(e(=)lim(!))"),
        (r"5\,\mathrm{mol}", "5\u2009mol"),
        (r"\not= 3", "\u2060≠3"),
        (r"\boxed{(1)\qquad}", "(1) ________"),
        (r"a \\ b", "eqArr(e(a)e(b))"),
        (r"\ce{NH4+}", "sSubSup(e(NH)sub(4)sup(+))"),
        (r"\ce{Zn^2+ -> Zn}", "sSup(e(Zn)sup(2+))\u2004\u2004→\u2004\u2004Zn"),
    ],
)
def test_formula_is_said_in_words_of_word(tex: str, expected: str) -> None:
    """Each construct becomes the element of OMML that is made for it, with its parts in the standard's order."""
    assert shape(equation(tex)) == expected


@pytest.mark.parametrize(("tex", "place"), [(r"\sum_a^b x", "undOvr"), (r"\int_a^b x", "subSup")])
def test_limits_stand_where_tex_puts_them(tex: str, place: str) -> None:
    """In a displayed formula those of a sum stand above and below it, those of an integral beside it."""
    (nary,) = equation(tex, is_displayed=True).iter(qn("m:nary"))
    assert nary.find(qn("m:naryPr")).find(qn("m:limLoc")).get(qn("m:val")) == place


@pytest.mark.parametrize(
    "tex", [r"\color{red}{x}", r"\begin{array}{c|c}a&b\end{array}", r"\nosuchcommand", r"x \tag{1}", r"\rule{1em}{1pt}"]
)
def test_what_omml_cannot_say_is_refused(tex: str) -> None:
    """Colours, lines in tables and commands that nobody read are not dropped in silence."""
    with pytest.raises(omml.Unsayable):
        equation(tex)


@pytest.mark.parametrize(
    "tex",
    [
        r"f'(x) = \lim_{h\to 0}\frac{f(x+h)-f(x)}{h}",
        r"\begin{aligned}a&=b+c\\&=d\end{aligned}",
        r"\prod_{k=1}^{n}\left(1+\frac{1}{k}\right)\leq e^{|x|}",
        r"\mathbf{A}\in\mathbb{R}^{n\times n},\quad \det\mathbf{A}\neq 0",
        r"\oint_C \vec{F}\cdot d\vec{r} = \iint_D \nabla f\,dA",
        r"P(A|B) = \frac{P(B|A)P(A)}{P(B)}",
    ],
)
def test_no_sign_is_lost(tex: str) -> None:
    """Every letter, digit and operator that ziamath read is in the equation, as text or as the sign of an element."""
    read = "".join(parse_xml(formula.mathml(tex, is_displayed=False)).itertext())
    signs = [str(node.get(qn("m:val"))) for node in equation(tex).iter(qn("m:chr"), qn("m:begChr"), qn("m:endChr"))]
    shown = "".join(equation(tex).itertext()) + "".join(signs)
    bare = re.compile(r"[\s\u2060\u2003-\u2009|∣→]")  # spaces, bars between terms, and arrows that are accents
    assert set(bare.sub("", read)) <= set(bare.sub("", shown))


def test_formulas_are_equations(tmp_path: Path) -> None:
    """The stem holds three equations, each option one; no TeX is left, and LibreOffice shows roots and fractions."""
    document = paper(AREA)
    counts = [len(it._p.findall(qn("m:oMath"))) for it in paragraphs(document) if it.style]
    assert [count for count in counts if count] == [3, 1, 1, 1]
    assert "\\" not in "".join(document.element.body.itertext())
    pdf = in_libreoffice(tmp_path, {"paper.docx": files([AREA])["paper-A.docx"]})["paper.docx"]
    text = said(pdf)
    assert "Which length has the chord".replace(" ", "") in text
    assert "¿" not in text  # LibreOffice's sign for what it can't read
    assert len(key(AREA).element.findall(f".//{qn('m:oMath')}")) == 6


def test_displayed_formula_has_a_paragraph_of_its_own() -> None:
    """What stands before and after it goes on around it, and the question has one number."""
    item = {"id": "d", "kind": "basic", "math": True, "prompt": "Solve\n$$x = 1$$\nfor $x$.", "answer": "1"}
    found = paragraphs(paper(item))
    (place,) = [n for n, it in enumerate(found) if it._p.find(qn("m:oMathPara")) is not None]
    assert found[place].text == ""
    assert found[place - 1].text.startswith("Solve")
    assert found[place + 1].text.startswith("for ")


def test_formula_without_words_is_the_drawn_picture() -> None:
    """A coloured formula is a picture, whose words are its TeX."""
    item = {"id": "c", "kind": "basic", "math": True, "prompt": r"Why $\color{red}{x} + y$?", "answer": "1"}
    (shown,) = paper(item).inline_shapes
    assert shown._inline.docPr.get("descr") == r"\color{red}{x} + y"
    assert 2 < shown.height.pt < 30


def test_libreoffice_reads_what_stands_alone(tmp_path: Path) -> None:
    """A relation without a left side, half-open intervals, bars, charges, and rows that begin with a relation are read."""
    formulas = [r"\leq 5", r"(0, 1]", r"|x|", r"P(A|B)", r"\begin{aligned}a&=b\\&=c\end{aligned}", r"\neq"]
    formulas += [r"\ce{NH4+}", r"\ce{Zn^2+}", r"\ce{OH-}"]
    item = {
        "id": "l",
        "kind": "basic",
        "math": True,
        "answer": "1",
        "prompt": " and ".join(f"${it}$" for it in formulas),
    }
    text = said(in_libreoffice(tmp_path, {"paper.docx": files([item])["paper-A.docx"]})["paper.docx"])
    assert "¿" not in text
    assert "≤5" in text
