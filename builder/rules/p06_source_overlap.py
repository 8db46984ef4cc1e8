"""A text takes over a run of words from a source.

Copied words can be recognised without being understood: the student matches
the sentence, not the idea, and the bank infringes somebody's text. Guides ask
for new wording at every level above plain recall (Haladyna, Downing and
Rodriguez 2002, guideline on novel material).

Every text of an item is compared with the body of the sources: 8 or more
words in a row are an error, 6 or 7 a warning. Case, punctuation, Markdown
marks and cloze braces do not count, and hyphens separate words. Runs inside a
title (of a reference or of a section) are exempt.

The sources themselves need not be at hand, and are never shipped: `lint:
shingles:` in course.yaml names a file that holds, for every run of six words,
the first ten hexadecimal digits of its SHA-256, and, to be quick, for every word the first six.
Without that file the rule is silent.

Bad:

    shingles: [but every night he goes to bed alone and wakes at the same hour]
    items:
      - id: grief-nights
        kind: basic
        prompt: What does the paper say of the nights?
        answer: Each night he goes to bed alone and wakes at the same hour.  # P06

Good:

    shingles: [but every night he goes to bed alone and wakes at the same hour]
    items:
      - id: grief-nights
        kind: basic
        prompt: What does the paper say of the nights?
        answer: He sleeps by himself, and a fixed hour ends his sleep.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING

from builder.comparing.names import titles
from builder.diagnostics import At, Severity
from builder.rules import Hit
from builder.text.quotes import excerpt
from builder.text.words import words, words_of_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.model import Course

SEVERITY = Severity.ERROR
REMEDY = "say the same in words of your own"
RUN, MOST, SIZE, WORD_SIZE = 6, 7, 5, 3
_FLAGS = b"\0", b"\1"
_LISTED = b"\1" * RUN


def check(course: Course) -> Iterator[Hit]:
    """Texts that share six words in a row, or more, with a source."""
    if not course.shingles:
        return
    known, vocabulary = _sources(course.shingles, tuple(titles(course)))
    for item, entries in course.texts:
        if not vocabulary.may_hold_a_run([text for _, text in entries]):  # a quick look at all of them
            continue
        for keys, text in entries:
            if not vocabulary.may_hold_a_run([text]):
                continue
            tokens = normal_words(text)
            start, length = _longest(tokens, known, vocabulary.flags([text]))
            if length:
                at = At(course.at[item.id].path, course.at[item.id].keys + keys)
                severity = Severity.ERROR if length > MOST else Severity.WARNING
                quoted = excerpt(b" ".join(tokens[start : start + length]).decode())
                message = f"{length} words in a row stand so in a source (error from {MOST + 1}): “{quoted}”"
                yield Hit(at, message, severity)


@lru_cache(maxsize=1)
def _sources(hashes: frozenset[bytes], printed: tuple[str, ...]) -> tuple[frozenset[bytes], _Vocabulary]:
    """The runs of the sources, less those of printed titles, and their words: the same for every part of a course."""
    spared = {digest for title in printed for digest in shingles(title)}
    return frozenset(digest for digest in hashes if len(digest) == SIZE) - spared, _Vocabulary(hashes)


class _Vocabulary(dict[str, bytes]):
    """Words as typed, and whether a source has each part between hyphens: a byte of 1 or 0 for it.

    Six words of a source in a row are rare, and soon looked for: few texts need to be hashed.
    """

    def __init__(self, hashes: frozenset[bytes]) -> None:
        super().__init__()
        self.hashes = frozenset(digest for digest in hashes if len(digest) == WORD_SIZE)

    def __missing__(self, word: str) -> bytes:
        if word.isascii() and "-" not in word:
            self[word] = flags = _FLAGS[sha256(word.lower().encode()).digest()[:WORD_SIZE] in self.hashes]
        else:
            self[word] = flags = bytes(sha256(part).digest()[:WORD_SIZE] in self.hashes for part in _parts(word))
        return flags

    def may_hold_a_run(self, entries: Sequence[str]) -> bool:
        """Whether six words in a row are all words of a source; where no word is listed, any six may be."""
        if not self.hashes:
            return True
        typed = words_of_all(entries)
        # Where a word is one part, a run of six holds one of every sixth: most texts have none.
        if all(text.isascii() and "-" not in text for text in entries) and 1 not in self._flags(typed[RUN - 1 :: RUN]):
            return False
        return _LISTED in self._flags(typed)

    def flags(self, entries: Sequence[str]) -> bytes:
        """A byte for each part of the words of these texts, 1 for one that a source has; all 1 if no word is listed."""
        found = self._flags(words_of_all(entries))
        return found if self.hashes else b"\1" * len(found)

    def _flags(self, typed: Iterable[str]) -> bytes:
        return b"".join(map(self.__getitem__, typed))


def _longest(tokens: list[bytes], known: frozenset[bytes], flags: bytes) -> tuple[int, int]:
    """Start and length, in words, of the longest run in `known`; 0, 0 if there is none.

    `flags` has a byte for each word, 1 for one that a source has: only where six of them stand in a row is there
    anything to hash.
    """
    best, run, last = (0, 0), 0, -1
    i = flags.find(_LISTED)
    while i >= 0:
        is_known = sha256(b" ".join(tokens[i : i + RUN])).digest()[:SIZE] in known
        run = (run if i == last + 1 else 0) + 1 if is_known else 0
        if run > best[1]:
            best = (i - run + 1, run)
        last, i = i, flags.find(_LISTED, i + 1)
    start, hits = best
    return start, hits + RUN - 1 if hits else 0


def normal_words(text: str) -> list[bytes]:
    """The words as the hashes want them: folded, without markup, parted at hyphens, in UTF-8."""
    return _parts(" ".join(words(text)))


def _parts(line: str) -> list[bytes]:
    if not line.isascii():
        line = unicodedata.normalize("NFKC", line).replace("\u2019", "'")
    return line.casefold().replace("-", " ").encode().split()


def shingles(text: str) -> list[bytes]:
    """The hashed runs of six words of a text, five bytes each."""
    return _hashes(normal_words(text))


def _hashes(tokens: list[bytes]) -> list[bytes]:
    """The hash of each run of six words, one for every word that has five after it."""
    if len(tokens) < RUN:
        return []
    line = b" ".join(tokens)
    starts = list(accumulate([len(token) + 1 for token in tokens], initial=0))
    return [sha256(line[start : end - 1]).digest()[:SIZE] for start, end in zip(starts, starts[RUN:], strict=False)]
