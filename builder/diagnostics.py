"""What can be wrong, and where: the bottom of the project, importing nothing of it.

Three kinds of trouble, three treatments. A mistake in an author's file is a
`Diagnostic`, a value. A wrong call or a poor environment is a `BuilderError`,
one line and exit code 2. Anything else is our bug and stays a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Keys = tuple[str | int, ...]

# Up to the first number of known words, the mistyped word is compared with all of them. Up to the second, with those
# that start with its letter and are of like length. Above, there is no suggestion: a comparison takes microseconds.
_FEW, _MANY = 1000, 20_000


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


class Lines:
    """The lines of a text. A line ends at a line feed and nowhere else, as editors, SARIF and `report` count.

    YAML also ends lines at a lone carriage return and at U+0085, U+2028 and U+2029; its line numbers are not used.
    """

    def __init__(self, path: str, text: str) -> None:
        """Start at the top of the file `path`, which holds `text`."""
        self.path = path
        self.text = text
        self._offset, self._line, self._start = 0, 1, 0

    def span(self, offset: int) -> Span:
        """The place of the character at `offset`; past the text, the place of its end. Quick where offsets rise."""
        offset = min(offset, len(self.text))
        if offset < self._offset:
            self._offset, self._line, self._start = 0, 1, 0
        self._line += self.text.count("\n", self._offset, offset)
        self._start = max(self._start, self.text.rfind("\n", self._offset, offset) + 1)
        self._offset = offset
        return Span(self.path, self._line, offset - self._start + 1)


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


MAX_FINDINGS = 1000  # findings of one check of a file: an author with more has probably named the wrong file


def capped(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first thousand findings, and one that says that there are more."""
    last, rest = None, iter(findings)
    for last in islice(rest, MAX_FINDINGS):
        yield last
    if last and next(rest, None):
        what = f"{MAX_FINDINGS} mistakes of this sort so far: the rest is not looked at"
        yield Finding(last.at, "too-many", what, "mend these first; is it the file that you meant?")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'correct'?` for the known word nearest to `word`; the empty string where none is near."""
    from difflib import get_close_matches

    words = list(known)
    if len(words) > _FEW:
        alike = (w for w in words if w[:1] == word[:1] and abs(len(w) - len(word)) <= 2)  # noqa: PLR2004 - two letters
        words = list(islice(alike, _FEW)) if len(words) <= _MANY else []
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
