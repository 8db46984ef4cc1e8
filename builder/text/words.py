"""Words, stems and likeness of texts, by which the rules measure.

The definitions are simple, so that an author can count along. A word is a run
of letters or digits, with hyphens or apostrophes inside. A stem is a word in
lower case with its commonest endings cut; words without content have none. For
example, "The houses looked" has the stems `house` and `look`.

German, Spanish and French stems are those of Snowball (snowballstem.org). In a
language whose endings are not known, each word is its own stem. Code and
formulas have no words. Where two texts are compared, these must be equal to the
letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from builder.text import cloze, markup
from builder.text.late import late
from builder.text.stop import STOP
from builder.text.tree import Code, Paragraph, Picture, Run, Sound, Table, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from builder.text.tree import Inline, Text

RECENT = 1 << 13  # size of each cache in texts: enough for a thousand items

_WORD = late(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Chinese and Japanese write no spaces between words: two of their signs count as one word.
_UNPARTED = "\u3040-\u30ff\u3400-\u9fff"
_SIGNS = late(r"[+<>=#%&@/\\^|~°±×÷√∞≤≥≠]|-(?=\d)")
_CLOSERS = " \t\n\"'”’»)]）】」』"
# The end of a question: the marks of Latin, Arabic, Chinese, Japanese, Ethiopic and Greek (U+037E) writing. In Greek a
# semicolon is usually typed for it. A Japanese question may end in the word か instead.
_ASKING = late(r"(?:[?؟？﹖፧\u037e⁇⁈‽]|か。?|[\u0370-\u03ff\u1f00-\u1fff][^;]*;)\Z")
# Brackets behind a question, which say how to answer: "Which? (Choose two.)".
_ASIDE = late(r"[?？؟][\"'”’»]*\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)[\s.]*\Z")
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum()}
_LOW = _GAPS | {code: chr(code).lower() for code in range(128) if chr(code).isupper()}

ENGLISH = "en"
STEMMED = frozenset(STOP)  # the languages whose endings and idle words are known
_SNOWBALL = {"de": "german", "es": "spanish", "fr": "french"}
_ELIDED = late(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'", re.IGNORECASE)


@lru_cache(maxsize=RECENT)
def prose(text: str) -> str:
    """The text as it would be read aloud: without markup, blanks and programs, with pictures as their words.

    Code and formulas in a line become the word `x`: "What is `3 * [0]`?" is "What is x?". Text that looks like a
    formula is taken for one even if the item has no maths.
    """
    if not markup.SPECIAL.search(text) and "{{" not in text:
        return text
    said = ("".join(map(_said, line)) for line in lines(_without_programs(_parsed(text))) if line)
    return " ".join(said)


@lru_cache(maxsize=64)  # the rules read one item after the other, and each asks for the same few texts
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
    """The parts of a text that are compared to the letter: code, formulas, indices, tables, files of pictures and sounds."""
    if not markup.SPECIAL.search(text):
        return ()
    return tuple(_exact(_parsed(text)))


def _exact(text: Text[Inline]) -> Iterator[str]:
    """The exact parts of a text in reading order; a table is one part."""
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
    """What tells a text from others besides its words: its `exact` parts, then signs such as those of "C++" and "x < y"."""
    if not markup.SPECIAL.search(text):
        return tuple(_SIGNS.findall(text))
    return (*exact(text), *_SIGNS.findall(prose(text)))


def asks(text: str) -> bool:
    """Whether a text asks: its last paragraph ends in a question mark.

    Behind the question may stand what it is about: code, a formula or a picture, or a block such as a program, a
    table or a picture. How to answer may stand there too, in brackets or emphasised. For example, "What does this
    print?" with a program below asks, and so does "Which are so? (Choose two.)". "What is so? Say it." does not.
    """
    if not markup.SPECIAL.search(text):
        return _is_question(text)
    paragraphs = (_in_words(block) for block in reversed(_parsed(text)) if isinstance(block, Paragraph))
    said = next(filter(None, paragraphs), [])
    while said and (said[-1].code or said[-1].math):
        said.pop()
    if len(said) > 1 and (said[-1].em or said[-1].strong) and _is_question(said[-2].text):
        return True
    return bool(said) and _is_question(said[-1].text)


def _in_words(paragraph: Paragraph[Inline]) -> list[Run]:
    """What a paragraph says in words: none where it is but a picture."""
    return [node for node in paragraph.runs if isinstance(node, Run) and node.text.strip(f"{_CLOSERS}.:")]


def _is_question(text: str) -> bool:
    bare = text.rstrip(_CLOSERS)
    return bare.endswith("?") or bool(_ASKING.search(bare)) or bool(_ASIDE.search(text))


@lru_cache(maxsize=RECENT)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, as typed, in order."""
    shown = prose(text)
    if _is_simple(shown):  # a translation table finds these words three times as fast as the expression
        return tuple(shown.translate(_GAPS).split())
    return tuple(_found(shown))


def words_of_all(texts: Sequence[str], *, low: bool = False) -> list[str]:
    """The words of all texts together, as typed or in lower case (`low`).

    One call for many texts takes a third of the time that a call for each takes.
    """
    joined = " ".join(texts)
    if "{{" in joined or markup.SPECIAL.search(joined):
        found = [word for text in texts for word in words(text)]
        return list(map(str.lower, found)) if low else found
    if _is_simple(joined):
        return joined.translate(_LOW if low else _GAPS).split()
    return _found(joined.lower() if low else joined)


@cache
def _unparted() -> re.Pattern[str]:
    """What finds a sign of a script without spaces. It is compiled when it is first used: that takes milliseconds."""
    return re.compile(f"[{_UNPARTED}]")


@cache
def _mixed() -> re.Pattern[str]:
    """What finds the words of a text that has such signs."""
    word = f"(?:(?![{_UNPARTED}])[^\\W_])+"
    return re.compile(rf"[{_UNPARTED}]{{1,2}}|{word}(?:['\u2019-]{word})*")


def _found(shown: str) -> list[str]:
    """The words of a text that has no markup any more."""
    has_unparted = not shown.isascii() and max(shown) >= _UNPARTED[0] and _unparted().search(shown)
    return (_mixed() if has_unparted else _WORD).findall(shown)


def _is_simple(shown: str) -> bool:
    """Whether every word is a run of ASCII letters and digits."""
    return shown.isascii() and "'" not in shown and "-" not in shown


class _Stems(dict[str, str]):
    """The stem of each lower-case word of a language, computed once; the empty string for a word without content."""

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
    """A function from a word of a language to its stem, or to the empty string for a word without content.

    In French an elided word before an apostrophe is cut: `l'eau` is the word `eau`.
    """
    from snowballstemmer import stemmer  # imported here, since courses in English don't need it

    stop, cut = STOP[language], stemmer(_SNOWBALL[language]).stemWord

    def stem(word: str) -> str:
        word = _ELIDED.sub("", word.replace("\u2019", "'")) if language == "fr" else word
        if len(word) <= 2 or word in stop or any(c.isdigit() for c in word):  # noqa: PLR2004 - they say little
            return ""
        return str(cut(word))

    return stem


def _stem(word: str) -> str:
    """The stem of an English word; the empty string for a word without content. At least four letters stay.

    `studies` becomes `study`, `looked` becomes `look`, and `cats` stays, since `cat` has three letters.
    """
    if not word.isalpha():
        word = word.replace("\u2019", "'")
        if any(c.isdigit() for c in word):
            return ""
    if len(word) <= 2 or word in STOP[ENGLISH]:  # noqa: PLR2004 - words of two letters say little
        return ""
    word = word.removesuffix("'s")
    if word[-1] not in "sdg":  # none of the endings below fits, as for most words
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
    """A form of the text by which texts are compared, without regard to case, punctuation and spaces.

    Compatible characters, such as wide letters, become one (Unicode NFKC). The `exact` parts of the text stand last.
    """
    folded = unicodedata.normalize("NFKC", prose(text)).casefold().replace("\u2019", "'")
    return " ".join([*_found(folded), *exact(text)])


def forget() -> None:
    """Empty the caches of words and stems: after all rules have been through a large course, nobody asks for them again."""
    for kept in (prose, exact, words, stems, normal):
        kept.cache_clear()


def as_said(text: str, some: Collection[str], language: str = ENGLISH) -> str:
    """The words of a text that have one of the stems in `some`, as typed, each in quotes."""
    return ", ".join(dict.fromkeys(f"'{word}'" for word in words(text) if not stems(word, language).isdisjoint(some)))
