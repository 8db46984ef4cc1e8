from __future__ import annotations

from tests.rules.cases import Case, each_case


@each_case("T03")
def test_formula_broken(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits
