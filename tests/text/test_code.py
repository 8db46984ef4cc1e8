from __future__ import annotations

import pytest

from builder.text import cloze, code


@pytest.mark.parametrize(
    ("text", "left"),
    [("a `b` ``c`", "a  ``c`"), ("``a`b`` c", " c"), ("no", "no"), ("`a` `b`", " "), ("```a`", "```a`")],
)
def test_code_spans_lie_between_runs_of_one_length(text: str, left: str) -> None:
    """Runs without a counterpart are text."""
    assert code.without(text) == left


@pytest.mark.parametrize("text", ["`" * 90_000, "`a" * 45_000, "``a`" * 25_000, "```a" * 22_000 + "{{c1::x}}"])
def test_backquotes_without_end_are_judged(text: str) -> None:
    """As many backquotes as a text may hold are read. The square of their number would take hours."""
    assert "".join(p if isinstance(p, str) else p.text for p in cloze.pieces(text)).count("`") == text.count("`")
