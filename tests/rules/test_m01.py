from __future__ import annotations

import pytest

from builder.diagnostics import Severity
from tests.rules.cases import Case, each_case
from tests.rules.made import bank, choice


@each_case("M01")
def test_key_longest(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits


@pytest.mark.parametrize(("longest", "found"), [(8, []), (9, [Severity.ERROR])])
def test_keys_may_be_longest_as_often_as_chance_and_a_tenth_more(longest: int, found: list[Severity]) -> None:
    """With three options the limit is 43 %: 8 longest keys of 20 pass, 9 don't."""
    long = [{"right": "Fear of letting go now"}, {"wrong": "Scorn of the woman"}, {"wrong": "Hunger for success"}]
    items = [choice(n, options=long) if n < longest else choice(n) for n in range(20)]
    assert [f.severity for f in bank(*items).on_course("M01")] == found
    assert bank(*items[:19]).on_course("M01") == []
