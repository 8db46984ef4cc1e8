"""What can be wrong, and where: the bottom of the project, importing nothing of it.

Three kinds of trouble, three treatments. A mistake in an author's file is a
`Diagnostic`, a value. A wrong call or a poor environment is a `BuilderError`,
one line and exit code 2. Anything else is our bug and stays a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Keys = tuple[str | int, ...]


class BuilderError(Exception):
    """The call or the environment is at fault; the message says what to do."""


class Severity(Enum):
    """How much a finding weighs: an error stops `build` and `quiz`, a warning does not."""

    ERROR = "error"
    WARNING = "warning"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class At:
    """Where in a course: a file and the keys that lead to the value.

    The place stays symbolic until it is reported, so that a clean run never
    computes a line number. `on_key` asks for the key itself, not its value.
    """

    path: str
    keys: Keys = ()
    on_key: bool = False

    def __truediv__(self, key: str | int) -> At:
        return At(self.path, (*self.keys, key))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file; line and column count from 1, the column in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic whose place is still symbolic."""

    at: At
    code: str
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: rule code, severity, message, place, help."""

    span: Span
    code: str
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.span}: {self.severity}[{self.code}] {self.message}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'correct'?` for the nearest known word, or the empty string."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
