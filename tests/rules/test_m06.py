from __future__ import annotations

import pytest

from builder.diagnostics import Severity
from tests.rules.cases import Case, each_case
from tests.rules.made import bank, choice


@each_case("M06")
def test_negative_stem(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits


@pytest.mark.parametrize(("negative", "found"), [(1, []), (2, [Severity.WARNING])])
def test_negative_questions_may_be_one_in_twenty(negative: int, found: list[Severity]) -> None:
    """1 of 20 passes, 2 of 20 don't, and fewer than 20 choices are too few to tell."""
    prompt = "Which of these motives does the paper on *Her* NOT give for the recoil?"
    items = [choice(n, prompt=prompt) if n < negative else choice(n) for n in range(20)]
    assert [f.severity for f in bank(*items).on_course("M06")] == found
    assert bank(*items[:19]).on_course("M06") == []
