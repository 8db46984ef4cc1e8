from __future__ import annotations

from tests.rules.cases import Case, each_case
from tests.rules.frame import frame


@each_case("P02")
def test_locator_unresolved(case: Case) -> None:
    """The rule finds what a case holds, where it stands, and is silent on near misses."""
    assert case.found == case.hits


def test_an_allowance_for_a_structural_code_is_always_reported() -> None:
    """Whichever rules run, an `allow:` for P02 silences nothing, and the finding itself stays."""
    text = """
    - id: item
      kind: basic
      prompt: Who is it?
      answer: Theodore
      locator: [paper/nowhere/p9]
      allow: {P02: the page is lost}
    """
    found = [(d.code, d.span.line) for d in frame(text).diagnostics(select={"P02"})]
    assert found == [("P02", 5), ("unused-allow", 6)]
