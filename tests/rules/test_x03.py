from __future__ import annotations

from builder.diagnostics import Severity
from tests.rules.made import bank, choice


def test_shuffled_keys_are_no_finding_and_pinned_ones_are() -> None:
    """The course is judged by what its authors fix: a key pinned to the last place in every item."""
    options = [*choice(0)["options"], {"wrong": "Love of the city"}]
    free = [choice(n, options=options) for n in range(24)]
    pinned = [choice(n, options=[options[0] | {"pin": "last"}, *options[1:]]) for n in range(24)]
    assert bank(*free).on_course("X03") == []
    (found,) = bank(*pinned).on_course("X03")
    assert found.severity is Severity.ERROR
    assert "0, 0, 0, 24" in found.message
    assert bank(*pinned[:19]).on_course("X03") == []
