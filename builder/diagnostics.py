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

_FEW = 1000  # words: up to so many are compared with a mistyped one
# Work is counted in pairs of letters: comparing two words costs the product of their lengths.
_GLANCE = 50  # the work of setting two words up to be compared
_WORK = 3_000_000  # the most work that one `Near` does: less than half a second


class BuilderError(Exception):
    """The call or the environment is at fault, not a file of the course; the message says what to do."""


class ChangedError(BuilderError):
    """A file has changed since it was read, so nothing was written over it; another try may succeed."""


class Severity(Enum):
    """How much a finding weighs: an error stops `build` and `quiz`, a warning does not."""

    ERROR = "error"
    WARNING = "warning"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class At:
    """Where in a course: a file and the keys that lead to the value.

    The keys become a line and a column only when a finding is reported, so that
    a clean run never computes one. `on_key` points at the last key itself, not
    at its value; `character` at the character of the value with this number,
    from 0. For example, `("questions", 3, "stem")` leads to the stem of the
    fourth question.
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
        """The place of the character at `offset`; an offset past the text gives the place of its end.

        The count goes on from the last offset asked for, so rising offsets are quick, and a lower one starts anew.
        """
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
    long and made of few letters. A hostile course could so make a check take for
    ever. Two bounds prevent that. Up to 1,000 known words are all compared; of
    more words, only those with the same first letter and about the same length.
    And each `Near` has a fixed amount of work: once it is used up, no word is
    found any more.

    Example: of the known words `correct` and `context`, `corect` is nearest to
    `correct`.
    """

    def __init__(self, known: Iterable[str]) -> None:
        """Take the known words; nothing is compared yet."""
        self._words = list(known)
        self._found: dict[str, str] = {}
        self._left = _WORK

    def to(self, word: str) -> str:
        """The nearest known word other than `word`, or the empty string.

        Words are near if at least six tenths of their letters are shared (`difflib.SequenceMatcher.ratio`).
        """
        if word not in self._found:
            self._found[word] = self._nearest(word)
        return self._found[word]

    def _nearest(self, word: str) -> str:
        """The word that `difflib.get_close_matches` would put first, found with bounded work.

        `ratio` takes most of the time. The cheap `real_quick_ratio` and `quick_ratio` are never below it. So a word
        whose cheap ratio is already worse than the best so far is skipped.
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
        """The words to compare: all, up to 1,000; of more, up to 1,000 with the same first letter and a like length.

        Lengths may differ by two. For example, `corect` (6) is compared with words in `c` of 4 to 8 letters.
        """
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
    """`did you mean 'correct'?` for the nearest known word, or the empty string.

    Who asks for many words passes a `Near`, which prepares the known words once and bounds the work.
    """
    near = (known if isinstance(known, Near) else Near(known)).to(word)
    return f"did you mean '{near}'?" if near else ""
