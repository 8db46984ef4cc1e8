"""A course that is released, edited and released again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.deck import apkg
from builder.disk.output import write
from builder.loading.course import load
from builder.loading.released import load_released
from builder.release import Plan, advanced, plan
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from builder.diagnostics import Diagnostic
    from builder.loading.course import Loaded
    from builder.model import Course, Lock

FIRST = 1_750_000_000  # the time of the first release; a day later comes the second
DAY = 86_400


class Author:
    """A course of every kind in a folder, and what its author does to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = samples.course(folder, samples.HERE / "good" / "all-kinds.yaml")
        self.bank = folder / "bank.yaml"

    def replace(self, old: str, new: str) -> None:
        """Change the bank's text, once."""
        text = self.bank.read_text("utf-8")
        assert text.count(old) >= 1
        self.bank.write_text(text.replace(old, new, 1), "utf-8")

    def append(self, text: str) -> None:
        """Add items at the end of the bank."""
        self.bank.write_text(self.bank.read_text("utf-8").rstrip() + "\n" + text, "utf-8")

    @property
    def loaded(self) -> Loaded:
        """The course as it stands, with what is wrong with it."""
        return load(self.folder)

    @property
    def course(self) -> Course:
        """The course as it stands, with no regard to errors."""
        course = self.loaded.course
        assert course
        return course

    @property
    def lock(self) -> Lock | None:
        """The last release."""
        return load(self.folder).lock

    def problems(self) -> Sequence[Diagnostic]:
        """What is wrong with it."""
        return load(self.folder).diagnostics

    def retire(self, item_id: str) -> None:
        """Take an item out of use."""
        self.replace(
            f"  - id: {item_id}\n", f"  - id: {item_id}\n    retired: {{since: 2026-01-01, reason: worn out}}\n"
        )

    def plan(self) -> Plan:
        """What an import would do."""
        return plan(apkg.rendered(self.course), self.lock, load_released(self.loaded))

    def release(self, version: str, time: int) -> None:
        """Write the lock."""
        course = self.course
        write(self.folder, advanced(apkg.rendered(course), self.lock, load_released(self.loaded), version, time))

    def package(self, stamp: int = FIRST + 9 * DAY) -> bytes:
        """The bytes of what `build` makes."""
        (data,) = apkg.files(self.course, stamp, self.lock).values()
        return data
