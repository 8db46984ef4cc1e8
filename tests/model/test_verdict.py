"""What a typed number earns: `builder.model.verdict`."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from builder.model.verdict import judge
from builder.text.numbers import decimal_sign
from tests.make import typing
from tests.make.typing import Case, Drawn, number


@pytest.mark.parametrize("case", list(typing.cases()), ids=lambda case: f"{case.item.answer}-{case.typed[:20]}")
def test_each_way_to_type_an_answer_earns_its_share(case: Case) -> None:
    """Signs, thousands, powers of ten, fractions and units are read as the language has them."""
    assert str(judge(case.item, case.typed, decimal_sign(case.language)).share) == case.share


@settings(max_examples=500)
@given(typing.drawn())
def test_the_judge_agrees_with_a_second_statement_of_the_rules(case: Drawn) -> None:
    """Whatever is typed in whichever way, it earns what the rules say of the number that was meant."""
    assert judge(case.item, case.typed, decimal_sign(case.language)).share == typing.earned(case), case


def test_a_verdict_says_why() -> None:
    """It names the range that the number lies in, and whether unit and figures are right."""
    item = number(answer="19.6", accept=[{"between": ["18", "21"], "share": "1/2"}], unit="m", figures="3")
    assert judge(item, "19.6 m", ".")[1:] == (0, "right", True, True)
    assert judge(item, "20 m", ".")[1:] == (1, "right", False, True)
    assert judge(item, "22.0", ".")[1:] == (None, "missing", True, True)
    assert judge(item, "19.6 kg", ".")[1:] == (0, "wrong", True, True)
    assert judge(item, "nothing", ".")[1:] == (None, "missing", False, False)


def test_of_two_answers_the_better_one_counts() -> None:
    """A range for fewer marks may lie around the answer, and a mistake inside a range."""
    item = number(
        answer="5",
        tolerance="1",
        accept=[{"between": ["0", "10"], "share": "1/2"}, {"between": ["-9", "20"], "share": "0"}],
    )
    shares = {typed: str(judge(item, typed, ".").share) for typed in ("5", "6", "7", "10", "11", "21")}
    assert shares == {"5": "1", "6": "1", "7": "1/2", "10": "1/2", "11": "0", "21": "0"}
    assert judge(item, "11", ".").place == 2


def test_a_tenth_is_a_tenth() -> None:
    """No sum or product of decimals is off by what binary fractions are off."""
    assert judge(number(answer="0.3", tolerance="0.1"), "0.2", ".").share == 1
    assert judge(number(answer="0.3"), "0.30000000000000004", ".").share == 0
    assert judge(number(answer="0.07", tolerance="10 %"), "0.077", ".").share == 1
