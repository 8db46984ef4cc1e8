"""What can be wrong, and where: the bottom of the project, importing nothing of it.

Three kinds of trouble, three treatments. A mistake in an author's file is a
`Diagnostic`, a value. A wrong call or a poor environment is a `BuilderError`,
one line and exit code 2. Anything else is our bug and stays a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Keys = tuple[str | int, ...]

_FEW = 1000  # words, each of which is compared with a mistyped one
_GLANCE = 50  # the work of putting two words side by side; that of comparing them is the product of their lengths
_WORK = 3_000_000  # for all questions of one sort of name: less than half a second


class BuilderError(Exception):
    """The call or the environment is at fault; the message says what to do."""


class ChangedError(BuilderError):
    """A file is no longer as it was read, so that nothing was written over it; another try may go well."""


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
    computes a line number. `on_key` asks for the key itself, not its value;
    `character` for the character of the value with this number, from 0.
    """

    path: str
    keys: Keys = ()
    on_key: bool = False
    character: int = 0

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


class Near:
    """Known words, to find the one that a mistyped word was meant to be.

    Comparing two words takes some microseconds, and much more where they are
    long and made of few letters: a course could be made to take for ever. So
    among many words only those that start alike are compared, and the work is
    bounded: once it is used up, nothing is found any more.
    """

    def __init__(self, known: Iterable[str]) -> None:
        """Take the known words; nothing is compared yet."""
        self._words = list(known)
        self._found: dict[str, str] = {}
        self._left = _WORK

    def to(self, word: str) -> str:
        """The nearest other word, or the empty string: at least six tenths of the letters of both have to be shared."""
        if word not in self._found:
            self._found[word] = self._nearest(word)
        return self._found[word]

    def _nearest(self, word: str) -> str:
        """The word that `difflib.get_close_matches` puts first, but bounded.

        `real_quick_ratio` and `quick_ratio` are never below `ratio`: a word whose quick
        ratio is worse than the best so far needs no closer look, which takes most of the time.
        """
        from difflib import SequenceMatcher

        best = (0.6, "")
        pair = SequenceMatcher(b=word)
        for other in self._candidates(word):
            if other == word:
                continue
            pair.set_seq1(other)
            self._left -= _GLANCE
            if pair.real_quick_ratio() < best[0]:
                continue
            self._left -= len(word) + len(other)
            if self._left < 0:
                return ""
            if pair.quick_ratio() < best[0]:
                continue
            self._left -= len(word) * len(other)
            if self._left < 0:
                return ""
            best = max(best, (pair.ratio(), other))
        return best[1]

    def _candidates(self, word: str) -> Iterable[str]:
        """The words to compare: all of a few; of many those that start alike and are of about the same length."""
        if len(self._words) <= _FEW:
            return self._words
        lengths = (len(word) + more for more in (0, 1, -1, 2, -2))
        alike = (other for length in lengths for other in self._by_start.get((word[:1], length), ()))
        return islice(alike, _FEW)

    @cached_property
    def _by_start(self) -> dict[tuple[str, int], list[str]]:
        """The words by their first letter and length."""
        found: dict[tuple[str, int], list[str]] = {}
        for word in self._words:
            found.setdefault((word[:1], len(word)), []).append(word)
        return found


def did_you_mean(word: str, known: Iterable[str] | Near) -> str:
    """`did you mean 'correct'?` for the nearest known word, or the empty string; `Near` is for many questions."""
    near = (known if isinstance(known, Near) else Near(known)).to(word)
    return f"did you mean '{near}'?" if near else ""
