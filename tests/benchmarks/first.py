"""What a newcomer waits for: the shipped course, checked for the first time, and a small paper drawn of it.

Nothing is kept before the steps that say so. What a check has kept then spares the paper of it the rules, the reader of
YAML and half of the models.
"""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

from builder.loading.course import shipped
from tests.benchmarks.cases import HER, Case
from tests.benchmarks.measure import Step

if TYPE_CHECKING:
    from pathlib import Path

_START, _CHECK = "start (--help)", "check, nothing kept"
_NEW, _KNOWN = "quiz --items 12, nothing kept", "quiz --items 12, checked before"
CASES = (
    Case(_CHECK, _START, 10.0),
    Case(_NEW, _START, 18.0),
    Case(_KNOWN, _NEW, 0.85),
)


def steps(folder: Path) -> list[Step]:
    """The commands in the order in which each round takes them; the paper goes to `folder`."""
    course, out = str(shipped()), folder / "paper"
    check, quiz = (*HER, "check", course), (*HER, "quiz", course, "--items", "12", "--seed", "7", "-o", str(out))
    nothing, unwritten = (partial(_remove, *paths) for paths in ((folder / "cache", out), (out,)))
    return [
        Step(_START, (*HER, "--help")),
        Step(_NEW, quiz, nothing),
        Step(_CHECK, check, nothing),
        Step(_KNOWN, quiz, unwritten),
    ]


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
