"""What the rules said of a course holds as long as all of it is the same, for the same codes and the same program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import rules
from builder.checking import check
from builder.checking.kept import KeptMemory
from builder.disk.shelf import Shelf
from tests.checking.edits import ENTRIES, Edited

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import pytest


class Counted:
    """Checks of one course with a shelf, which count how often the rules were asked."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.course, self.shelf, self.asked = Edited(folder / "course"), Shelf(folder / "shelf"), 0
        run = rules.run

        def counted(*args: object, **named: object) -> object:
            self.asked += 1
            return run(*args, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(rules, "run", counted)

    def codes(self, *, program: str = "program", ignore: Collection[str] = ()) -> list[str]:
        """The codes of what a check finds."""
        memory = KeptMemory(self.shelf, self.course.folder, program)
        loaded = check(self.course.folder, ignore=ignore, memory=memory)
        memory.save()
        return [it.code for it in loaded.diagnostics]


def test_rules_are_asked_again_only_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second check asks no rule; one after an edit does, and the check after that finds the same without them."""
    checks = Counted(tmp_path, monkeypatch)
    first = checks.codes()
    assert (checks.codes(), checks.asked) == (first, 1)
    checks.course.apply(("bank", "a", [ENTRIES[0], ENTRIES[1]]))
    edited = checks.codes()
    assert edited != first
    assert (checks.codes(), checks.asked) == (edited, 2)
    checks.course.apply(("head", {"lint": "{severity: {M10: 'off'}}"}))
    checks.codes()
    assert checks.asked == 3


def test_other_codes_and_another_program_ask_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said without a rule is not taken for what all rules say, nor what an older program said."""
    checks = Counted(tmp_path, monkeypatch)
    checks.course.apply(("bank", "a", [ENTRIES[0], ENTRIES[1]]))
    every = checks.codes()
    gone = every[0]
    assert gone not in checks.codes(ignore=frozenset({gone}))
    assert (checks.codes(), checks.asked) == (every, 2)
    assert checks.codes(program="another") == every
    assert checks.asked == 3
