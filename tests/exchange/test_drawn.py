"""Questions whose values are drawn, from Moodle and Canvas: formulas, ranges, tolerances, and what is left out by name."""

from __future__ import annotations

import ast
import random
from fractions import Fraction
from typing import Any

import pytest

from builder.exchange import moodle, qti12
from builder.exchange._decimals import decimals_of
from builder.exchange._drawn import Range, names_for
from builder.exchange._formulas import formula
from builder.exchange._frame import UnfitError
from builder.exchange.moodle._formulas import PHP
from builder.exchange.qti12 import _formulas
from builder.model import Numeric
from builder.text.expressions import computed
from tests.exchange.shared import content
from tests.exchange.trip import taken

_NAMES = {"{a}": ast.Name("a"), "{b}": ast.Name("b")}
_VALUES = {"a": Fraction(7, 2), "b": Fraction(4)}
# What PHP 8.2 comes to where Moodle has put 3.5 for {a} and 4 for {b}.
_BY_PHP = [
    ("{a}+{b}*2", 11.5), ("-{b}**2", -16), ("2**3**2", 512), ("{b}-1-1", 2), ("-{a}*-{b}", 14), ("pow({b},0.5)", 2),
    ("round({a}/3, 2)", 1.17), ("log(100, 10)", 2), ("log({b})", 1.3862943611199), ("log10(1e3)", 3), ("17%5", 2),
    ("fmod({a}, 2)", 1.5), ("deg2rad(180)/pi()", 1), ("rad2deg(pi())", 180), ("atan2(1, 1)*4", 3.1415926535898),
    ("sinh(1)", 1.1752011936438), ("cosh(1)", 1.5430806348152), ("tanh(1)", 0.76159415595576), ("expm1(1)", 1.718281828459),
    ("asinh(1)", 0.88137358701954), ("acosh(2)", 1.3169578969248), ("atanh(0.5)", 0.54930614433405), ("log1p(1)", 0.69314718055995),
    ("{a}>{b} ? 1 : 2", 2), ("({a}<{b} && !0)*6", 6), ("max({a},{b},1)", 4), ("abs(-2)+floor(2.7)+ceil(2.1)", 7),
    ("({a}==3.5 || 0) ? {b}/3 : 0", 1.3333333333333), ("1 ? 2 : 3", 2), (".5+2.", 2.5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), _BY_PHP)
def test_a_formula_of_moodle_comes_to_what_php_makes_of_it(text: str, value: float) -> None:
    """Signs bind as in PHP, and functions of other names or none here are said by ours."""
    found = computed(formula(text, PHP, _NAMES).text, _VALUES)
    assert isinstance(found, Fraction)
    assert float(found) == pytest.approx(value, rel=1e-11)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{a}^2", "is no power in Moodle"), ("5|1", "bits"), ("~1", "bits"), ("bindec(11)", "function 'bindec'"),
        ("{c}", "of which the file says no values"), ("{a}{b}", "is no formula from"), ("010", "base 8"), ("", "ends too soon"),
        ("abs(1,2)", "more or less"), ("(1", "lacks a ')'"), ("1;2", "no sign"), ("(" * 99, "too deep"), ("1+" * 2000, "characters"),
    ],
)  # fmt: skip
def test_what_no_formula_here_can_say_is_refused_with_the_reason(text: str, why: str) -> None:
    """Bits, functions without a counterpart, values that the file does not have, and what is no formula at all."""
    with pytest.raises(UnfitError) as told:
        formula(text, PHP, _NAMES)
    assert why in str(told.value)


def test_formulas_that_would_grow_without_end_are_refused_at_once() -> None:
    """Functions that need their value twice, one in the other, and names that are each twice the one before."""
    with pytest.raises(UnfitError, match="too long"):
        formula("tanh(" * 50 + "{a}" + ")" * 50, PHP, _NAMES)
    with pytest.raises(UnfitError, match="too long"):
        formula("+".join(["{a}"] * 180), PHP, _NAMES)
    doubled = ["y = x + x", *["y = y + y"] * 60, "y"]
    with pytest.raises(UnfitError, match="too long"):
        _formulas.last(doubled, _formulas.READINGS[0], {"x": ast.Name("x")})


def test_a_remainder_is_taken_only_where_both_systems_have_the_same() -> None:
    """PHP cuts to whole numbers and keeps the sign of the left: what `%` takes has to be whole and not negative."""
    made = formula("{a} % {b}", PHP, _NAMES)
    assert [*map(ast.unparse, made.guards)] == [*map(ast.unparse, made.wholes)] == ["a", "b"]
    assert formula("fmod({a}, {b})", PHP, _NAMES).wholes == ()


def test_powers_of_canvas_are_read_in_two_ways() -> None:
    """Classic quizzes take a minus before a power and powers from the left; New Quizzes do as is usual."""
    names: dict[str, ast.expr] = {"x": ast.Name("x")}
    said = [_formulas.last(["-x^2", "2^3^2"][:n], it, names).text for it in _formulas.READINGS for n in (1, 2)]
    assert said == ["(-x) ** 2", "(2 ** 3) ** 2", "-x ** 2", "2 ** 3 ** 2"]


def test_earlier_formulas_stand_in_the_last() -> None:
    """A name that is given anew is read with what it was before; `e` and `pi` stay numbers."""
    names: dict[str, ast.expr] = {"x": ast.Name("x"), "e": ast.Name("e_")}
    made = _formulas.last(["x = 2*x", "y = x + e", "mean(y, log(x, 2)) + e(1)"], _formulas.READINGS[0], names)
    assert made.text == "(2 * x + e + ln(2 * x) / ln(2)) / 2 + exp(1)"


@pytest.mark.parametrize("seed", range(30))
def test_no_value_has_more_decimals_than_its_expression_says(seed: int) -> None:
    """Of random sums, products, powers and functions, with values of one decimal."""
    chance = random.Random(seed)

    def grown(depth: int) -> str:
        if not depth:
            return chance.choice(["a", "b", "2", "0.25", "1.5"])
        one, other = grown(depth - 1), grown(depth - 1)
        forms = ["({0}) + ({1})", "({0}) - ({1})", "({0}) * ({1})", "({0}) ** 2", "abs({0})", "max({0}, {1})"]
        forms += ["round({0}, 1)", "floor({0})", "-({0})", "(({0}) if a > b else ({1}))"]
        return chance.choice(forms).format(one, other)

    for _ in range(20):
        text = grown(3)
        most = decimals_of(ast.parse(text, mode="eval").body, {"a": 1, "b": 1})
        found = computed(text, {"a": Fraction(chance.randint(-99, 99), 10), "b": Fraction(chance.randint(-99, 99), 10)})
        assert isinstance(found, Fraction)
        assert most is not None
        assert (found * 10**most).denominator == 1, text
    assert decimals_of(ast.parse("a / 3", mode="eval").body, {"a": 1}) is None


def test_names_of_values_become_names_that_can_stand_here() -> None:
    """Signs go, numbers and words of the language get a line, and no two are alike."""
    ranges = [Range(name, "1", "2", 0) for name in ("x", "n-0", "n.0", "e", "if", "Länge", "2b")]
    assert list(names_for(ranges).values()) == ["x", "n_0", "n_0_", "e_", "if_", "Länge", "_2b"]


def items(form: Any, name: str) -> dict[str, dict[str, Any]]:
    """The items of a public file by id, as they were typed."""
    read = form.read(name, content(name))
    return {item.id: dict(item.values.typed) for item in taken(read) if item.values}


def notes(form: Any, data: bytes) -> list[str]:
    """What is told of a file."""
    return [note.message for note in form.read("x.xml", data).notes]


def test_calculated_questions_of_moodle_have_values() -> None:
    """Ranges, formulas in answers, texts and options, the three tolerances, units, and a list where the range won't do."""
    found = items(moodle, "moodle-calculated.xml")
    density, plate, half, both = (found[name] for name in ("density", "plate", "half-life", "sum"))
    assert density["values"] == {"m": "10..50", "v": "2..8 step 0.1"}
    assert (density["answer"], density["tolerance"]) == ("round(m / v, 3)", "1 %")
    (wrong,) = density["accept"]
    assert wrong == {
        "value": "m * v", "tolerance": "1 %", "share": "0", "why": "The two were multiplied: {{m * v : .2f}}.",
    }  # fmt: skip
    assert density["prompt"].startswith("A stone of {{m}} g takes up {{v}} cm^3^.")
    assert density["explanation"] == "It is {{round(m / v, 5)}}.\n\nMass by volume."
    assert (plate["tolerance"], plate["unit"]) == ("0.5", {"symbol": "cm2", "convert": {"mm2": "0.01"}, "cost": "0.5"})
    assert half["values"] == {"n_0": ["12.5", "800.0", "4700.5"], "t": "1..4"}
    assert half["accept"] == [{"between": ["n_0 * 0.5 ** t / 1.25", "n_0 * 0.5 ** t * 1.25"]}]
    assert both["where"] == ["a + b != a * b", "a * b != a + 2 * b"]
    assert [*both["options"][0].values()] == ["{{a + b : .0f}} m"]


def test_formulas_of_canvas_have_values() -> None:
    """Decimals and the form of scientific notation round the answer; either reading of a minus is told by the answers."""
    found = items(qti12, "canvas-formulas.xml")
    assert {name: it["answer"] for name, it in found.items()} == {
        "f1": "round(m / v, 2)", "f2": "(-x) ** 2", "f3": "-x ** 2",
        "f4": "factorial(n) / factorial(n - 2) / factorial(2)", "f5": "{{n * w : .2g}}",
    }  # fmt: skip
    assert found["f1"]["tolerance"] == "1 %"
    assert found["f1"]["prompt"] == "A stone of {{m}} g takes up {{v}} cm3. What is its density in g/cm3?"


def test_what_cannot_be_computed_here_is_named_with_the_reason() -> None:
    """Functions without a counterpart, a power that is none, and a formula that comes to other numbers than the file."""
    told = [it for it in notes(moodle, content("moodle-calculated.xml")) if "left out" in it]
    assert told == [
        "'bits' is left out: its formula has the function 'bindec', which has no counterpart",
        "'power' is left out: its formula has a '^', which is no power in Moodle but reckons with bits",
    ]
    told = [it.partition(": ")[2] for it in notes(qti12, content("canvas-formulas.xml"))]
    assert told == [
        "its formula comes to 6 here with n = 5, and to 7.0 in the file",
        "its formula has the function 'median', which has no counterpart",
    ]


def test_every_answer_that_canvas_drew_is_right_here() -> None:
    """The sets of the file, put into the items that were read: each answer of the file is the answer of the variant."""
    drawn: dict[str, list[tuple[str, ...]]] = {
        "f1": [("31", "4", "7.75"), ("47", "7.7", "6.1")],
        "f4": [("5", "10")],
        "f5": [("333", "25.5", "8500")],
    }
    by_id = {item.id: item for item in taken(qti12.read("c.xml", content("canvas-formulas.xml")))}
    for name, sets in drawn.items():
        item = by_id[name]
        assert item.values
        for *values, answer in sets:
            variant = item.variant(dict(zip(item.values.lists, values, strict=True)))
            assert isinstance(variant, Numeric)
            assert variant.answer == answer


def test_a_range_whose_formula_fails_gives_way_to_the_list() -> None:
    """From -2 to 2 a root has no value everywhere: the values that the file lists are drawn, and that is told."""
    data = content("canvas-formulas.xml").replace(b"<formula>-x^2</formula>", b"<formula>sqrt(x)</formula>")
    data = data.replace(b"<min>1.0</min><max>9.0</max>", b"<min>-2.0</min><max>9.0</max>")
    data = data.replace(b"<answer>9.0<", b"<answer>2<").replace(b"<answer>25.0<", b"<answer>2<")
    (item,) = (it for it in taken(qti12.read("c.xml", data)) if it.id == "f2")
    assert item.values
    assert item.values.lists == {"x": ("3", "5")}
    assert "only the values that the file lists are drawn for x" in " ".join(notes(qti12, data))


def test_braces_of_a_text_stay_braces() -> None:
    """What stands in double braces and is no value of the source is kept from being computed."""
    data = content("moodle-calculated.xml").replace(b"A plate of slate", b"A {{plate}} of slate")
    (item,) = (it for it in taken(moodle.read("m.xml", data)) if it.id == "plate")
    assert item.prompt.startswith(r"A \{{plate}} of slate is ")


def test_no_part_of_zero_is_a_tolerance() -> None:
    """A difference may be 0, of which 1 % is nothing: such values are kept out."""
    data = content("moodle-calculated.xml").replace(
        b"{a}*{b}</text><tolerance>0.5</tolerance><tolerancetype>2",
        b"{a}-{b}</text><tolerance>0.01</tolerance><tolerancetype>1",
    )
    assert items_of(data)["plate"]["where"] == ["a - b != 0"]


def items_of(data: bytes) -> dict[str, dict[str, Any]]:
    """The items of a file of Moodle by id, as they were typed."""
    return {item.id: dict(item.values.typed) for item in taken(moodle.read("m.xml", data)) if item.values}
