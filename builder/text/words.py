"""Words, stems and likeness of texts: what the rules measure with.

The definitions are kept simple, so that an author can count along: a word is
a run of letters or digits with inner hyphen or apostrophe; a stem is a lower-case
content word with its commonest endings cut. German, Spanish and French stems are
those of Snowball (snowballstem.org). In a language whose endings are not known,
each word is its own stem. Code and formulas are no prose, and
have no words; where two texts are compared, they count to the letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from builder.text import cloze, markup
from builder.text.stop import STOP
from builder.text.tree import Code, Paragraph, Picture, Run, Sound, Table, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from builder.text.tree import Inline, Text

RECENT = 1 << 14  # size of each cache in texts: enough for some thousand items

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Chinese and Japanese part no words: two signs of theirs count as one.
_UNPARTED = "\u3040-\u30ff\u3400-\u9fff"
_IS_UNPARTED = re.compile(f"[{_UNPARTED}]")
_MIXED = re.compile(rf"[{_UNPARTED}]{{1,2}}|(?:(?![{_UNPARTED}])[^\W_])+(?:['\u2019-](?:(?![{_UNPARTED}])[^\W_])+)*")
_SIGNS = re.compile(r"[+<>=#%&@/\\^|~°±×÷√∞≤≥≠]|-(?=\d)")
_CLOSERS = " \t\n\"'”’»)]）】」』"
# Ends a question: the mark of Latin, Arabic, Chinese, Japanese and Ethiopic writing and of Greek (U+037E). Who types
# Greek has a semicolon for it. A Japanese question ends in the word か as well.
_ASKING = re.compile(r"(?:[?؟？﹖፧\u037e⁇⁈‽]|か。?|[\u0370-\u03ff\u1f00-\u1fff][^;]*;)\Z")
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum()}
_LOW = _GAPS | {code: chr(code).lower() for code in range(128) if chr(code).isupper()}

ENGLISH = "en"
STEMMED = frozenset(STOP)  # the languages whose endings and idle words are known
_SNOWBALL = {"de": "german", "es": "spanish", "fr": "french"}
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'", re.IGNORECASE)


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
        return _is_question(text)
    last = next((block for block in reversed(_parsed(text)) if isinstance(block, Paragraph)), None)
    said = [node for node in last.runs if isinstance(node, Run) and node.text.strip(f"{_CLOSERS}.:")] if last else []
    while said and (said[-1].code or said[-1].math):
        said.pop()
    return bool(said) and _is_question(said[-1].text)


def _is_question(text: str) -> bool:
    text = text.rstrip(_CLOSERS)
    return text.endswith("?") or bool(_ASKING.search(text))


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
    """The stem of each lower-case word of a language, worked out once; the empty string for a word without content."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.cut: Callable[[str], str] = _as_it_is
        if language == ENGLISH:
            self.cut = _stem
        elif language in _SNOWBALL:
            self.cut = _snowball(language)

    def __missing__(self, word: str) -> str:
        self[word] = stem = self.cut(word)
        return stem


def _as_it_is(word: str) -> str:
    return "" if any(c.isdigit() for c in word) else word


def _snowball(language: str) -> Callable[[str], str]:
    """The stemmer of a language, behind its list of idle words. `l'eau` is the word `eau`."""
    from snowballstemmer import stemmer  # courses in English do without

    stop, cut = STOP[language], stemmer(_SNOWBALL[language]).stemWord

    def stem(word: str) -> str:
        word = _ELIDED.sub("", word.replace("\u2019", "'")) if language == "fr" else word
        if len(word) <= 2 or word in stop or any(c.isdigit() for c in word):  # noqa: PLR2004 - they say little
            return ""
        return str(cut(word))

    return stem


def _stem(word: str) -> str:
    if not word.isalpha():
        word = word.replace("\u2019", "'")
        if any(c.isdigit() for c in word):
            return ""
    if len(word) <= 2 or word in STOP[ENGLISH]:  # noqa: PLR2004 - words of two letters say little
        return ""
    word = word.removesuffix("'s")
    if word[-1] not in "sdg":  # as most words are
        return word
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 4:  # noqa: PLR2004 - 4 letters remain
            return word[: -len(ending)] + instead
    return word


_stems_in = cache(_Stems)


@lru_cache(maxsize=RECENT)
def stems(text: str, language: str = ENGLISH) -> frozenset[str]:
    """The content stems of a text in a language, by its two or three letters."""
    return stems_of_all((text,), language)


def stems_of_all(texts: Sequence[str], language: str = ENGLISH) -> frozenset[str]:
    """The content stems of some texts together."""
    return frozenset(filter(None, map(_stems_in(language).__getitem__, words_of_all(texts, low=True))))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared stems over all stems, 0 to 1; 0 if both are empty."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0


@lru_cache(maxsize=RECENT)
def normal(text: str) -> str:
    """The text for comparison: NFKC, case folded, apostrophes unified, punctuation dropped, one space; then what is exact."""
    folded = unicodedata.normalize("NFKC", prose(text)).casefold().replace("\u2019", "'")
    return " ".join([*_found(folded), *exact(text)])


def as_said(text: str, some: Collection[str], language: str = ENGLISH) -> str:
    """The words of a text that have one of the stems in `some`, as typed, each in quotes."""
    return ", ".join(dict.fromkeys(f"'{word}'" for word in words(text) if not stems(word, language).isdisjoint(some)))
