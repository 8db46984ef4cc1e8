"""Words, stems and likeness of texts: what the rules measure with.

The definitions are kept simple, so that an author can count along: a word is
a run of letters or digits with inner hyphen or apostrophe; a stem is a lower-case
content word with its commonest endings cut. Code and formulas are no prose, and
have no words; where two texts are compared, they count to the letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.text import cloze, markup
from builder.text.tree import Code, Paragraph, Picture, Run, Sound, Table, lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from builder.text.tree import Inline, Text

RECENT = 1 << 14  # size of each cache in texts: enough for some thousand items

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Chinese and Japanese part no words: two signs of theirs count as one.
_UNPARTED = "\u3040-\u30ff\u3400-\u9fff"
_IS_UNPARTED = re.compile(f"[{_UNPARTED}]")
_MIXED = re.compile(rf"[{_UNPARTED}]{{1,2}}|(?:(?![{_UNPARTED}])[^\W_])+(?:['\u2019-](?:(?![{_UNPARTED}])[^\W_])+)*")
_SIGNS = re.compile(r"[+<>=#%&@/\\^|~°±×÷√∞≤≥≠]|-(?=\d)")
_CLOSERS = " \t\n\"'”’)]"
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum()}
_LOW = _GAPS | {code: chr(code).lower() for code in range(128) if chr(code).isupper()}

STOP = frozenset(
    """
    about above after again against all also although among and another any are aren't because been before being below
    between both but can can't cannot could couldn't did didn't does doesn't doing don't down during each either else
    even ever every for from further had hadn't has hasn't have haven't having her here hers herself him himself his
    how however into isn't its itself just least less let like may might more most much must neither nor not now off
    once one only onto other others ought our ours out over own per quite rather same shall she should since some such
    than that that's the their theirs them themselves then there these they this those though through thus too toward
    towards under until upon very was wasn't were weren't what what's when where whether which while who whom whose why
    will with within without won't would wouldn't yet you your yours
    """.split()
)


@lru_cache(maxsize=RECENT)
def prose(text: str) -> str:
    """The text as read aloud: Markdown marks and cloze braces gone, pictures by their words, programs left out.

    Code and formulas in a line are one word each, `x`: "What is `3 * [0]`?" is "What is x?". What looks like a
    formula is taken for one even where the item has no maths.
    """
    if not markup.SPECIAL.search(text) and "{{" not in text:
        return text
    said = ("".join(map(_said, line)) for line in lines(_without_programs(_parsed(text))) if line)
    return " ".join(said)


def _parsed(text: str) -> Text[Inline]:
    return markup.parse(cloze.filled(text) if "{{" in text else text, math=True)


def _without_programs(text: Text[Inline]) -> Text[Inline]:
    return tuple(block for block in text if not isinstance(block, Code))


def _said(node: Inline) -> str:
    match node:
        case Run(break_=True):
            return " "
        case Run(text):
            return "x" if node.code or node.math else text
        case Picture(alt=words) | Sound(transcript=words):
            return words


@lru_cache(maxsize=RECENT)
def exact(text: str) -> tuple[str, ...]:
    """What tells a text apart to the letter: code, formulas, indices, tables, and the files of pictures and sounds."""
    if not markup.SPECIAL.search(text):
        return ()
    return tuple(_exact(_parsed(text)))


def _exact(text: Text[Inline]) -> Iterator[str]:
    for block in text:
        nodes = [node for line in lines((block,)) for node in line]
        if isinstance(block, Table):
            yield " | ".join(node.text if isinstance(node, Run) else node.file for node in nodes)
            continue
        for node in nodes:
            if not isinstance(node, Run):
                yield node.file
            elif node.code or node.math or node.sub or node.sup:
                yield node.text


def signs(text: str) -> tuple[str, ...]:
    """What tells a text apart beside its words: what is exact, then the signs that are the matter in "C++", "x < y" or "-5"."""
    if not markup.SPECIAL.search(text):
        return tuple(_SIGNS.findall(text))
    return (*exact(text), *_SIGNS.findall(prose(text)))


def asks(text: str) -> bool:
    """Whether a text asks: a paragraph of it ends in a question mark, and only what the question is about follows.

    That may be code, a formula or a picture, or a block such as a program or a table: "What does this print?" and
    a program asks, "What is so? Say it." does not.
    """
    if not markup.SPECIAL.search(text):
        return text.rstrip(_CLOSERS).endswith("?")
    last = next((block for block in reversed(_parsed(text)) if isinstance(block, Paragraph)), None)
    said = [node for node in last.runs if isinstance(node, Run) and node.text.strip(f"{_CLOSERS}.:")] if last else []
    while said and (said[-1].code or said[-1].math):
        said.pop()
    return bool(said) and said[-1].text.rstrip(_CLOSERS).endswith("?")


@lru_cache(maxsize=RECENT)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, as typed, in order."""
    shown = prose(text)
    if _is_simple(shown):  # a translation table finds these words three times as fast as the expression
        return tuple(shown.translate(_GAPS).split())
    return tuple(_found(shown))


def words_of_all(texts: Sequence[str], *, low: bool = False) -> list[str]:
    """The words of all texts in a row, as typed or in lower case. One call takes a third of the time of many."""
    joined = " ".join(texts)
    if "{{" in joined or markup.SPECIAL.search(joined):
        found = [word for text in texts for word in words(text)]
        return list(map(str.lower, found)) if low else found
    if _is_simple(joined):
        return joined.translate(_LOW if low else _GAPS).split()
    return _found(joined.lower() if low else joined)


def _found(shown: str) -> list[str]:
    """The words of a text that is no longer markup."""
    is_plain = shown.isascii() or not _IS_UNPARTED.search(shown)
    return (_WORD if is_plain else _MIXED).findall(shown)


def _is_simple(shown: str) -> bool:
    """Whether every word is a run of ASCII letters and digits."""
    return shown.isascii() and "'" not in shown and "-" not in shown


class _Stems(dict[str, str]):
    """The stem of each lower-case word, worked out once; the empty string for a word without content."""

    def __missing__(self, word: str) -> str:
        self[word] = stem = _stem(word)
        return stem


def _stem(word: str) -> str:
    if not word.isalpha():
        word = word.replace("\u2019", "'")
        if any(c.isdigit() for c in word):
            return ""
    if len(word) <= 2 or word in STOP:  # noqa: PLR2004 - words of two letters say little
        return ""
    word = word.removesuffix("'s")
    if word[-1] not in "sdg":  # as most words are
        return word
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 4:  # noqa: PLR2004 - 4 letters remain
            return word[: -len(ending)] + instead
    return word


_STEMS = _Stems()


@lru_cache(maxsize=RECENT)
def stems(text: str) -> frozenset[str]:
    """The content stems of a text."""
    return stems_of_all((text,))


def stems_of_all(texts: Sequence[str]) -> frozenset[str]:
    """The content stems of some texts together."""
    return frozenset(filter(None, map(_STEMS.__getitem__, words_of_all(texts, low=True))))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared stems over all stems, 0 to 1; 0 if both are empty."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0


@lru_cache(maxsize=RECENT)
def normal(text: str) -> str:
    """The text for comparison: NFKC, case folded, apostrophes unified, punctuation dropped, one space; then what is exact."""
    folded = unicodedata.normalize("NFKC", prose(text)).casefold().replace("\u2019", "'")
    return " ".join([*_found(folded), *exact(text)])


def as_said(text: str, some: Collection[str]) -> str:
    """The words of a text that have one of the stems in `some`, as typed, each in quotes."""
    return ", ".join(dict.fromkeys(f"'{word}'" for word in words(text) if not stems(word).isdisjoint(some)))
