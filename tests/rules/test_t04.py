from __future__ import annotations

from tests.rules.cases import Case, each_case


@each_case("T04")
def test_name_cut(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits
