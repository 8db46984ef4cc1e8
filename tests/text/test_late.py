from __future__ import annotations

import pkgutil
import re
import sys
from importlib import import_module

import pytest

import builder
from builder.text.late import late

LATE = type(late(""))


@pytest.fixture(scope="module")
def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Every expression of the package that is compiled late, by module and name."""
    rooms = ("comparing", "loading", "model", "paper", "printing", "rules", "source", "text", "wording", "citations")
    for room in rooms:
        place = import_module(f"builder.{room}")
        for found in pkgutil.walk_packages(place.__path__, f"builder.{room}."):
            import_module(found.name)
    return {
        f"{name}.{key}": value
        for name, module in list(sys.modules.items())
        if name.startswith(f"{builder.__name__}.")
        for key, value in vars(module).items()
        if isinstance(value, LATE)
    }


def test_each_late_pattern_is_one(patterns: dict[str, re.Pattern[str] | re.Pattern[bytes]]) -> None:
    """Every expression that waits for its first use can be compiled."""
    assert len(patterns) > 50
    for name, pattern in patterns.items():
        assert re.compile(pattern.pattern, pattern.flags), name


def test_a_late_pattern_is_as_good_as_a_compiled_one() -> None:
    """It finds, replaces and splits as `re` does, whichever of these is asked first, and also a second time."""
    for search in ("search", "match", "fullmatch", "sub", "split", "findall"):
        given, known = late(r"(a)b?", re.IGNORECASE), re.compile(r"(a)b?", re.IGNORECASE)
        arguments = ("x", "AB ab a") if search == "sub" else ("ab",)
        for _ in range(2):
            ours, theirs = getattr(given, search)(*arguments), getattr(known, search)(*arguments)
            assert repr(ours) == repr(theirs)
    assert (given.pattern, given.flags, given.groups) == (known.pattern, known.flags, known.groups)


def test_a_late_pattern_that_is_none_is_noticed_at_its_first_use() -> None:
    """Making it says nothing yet."""
    given = late("(")
    with pytest.raises(re.error):
        given.search("x")
