"""The language of words: as their author says, `[bonjour]{lang=fr}`, or as their letters tell.

Screen readers and typefaces need to know the language of words. Some letters
tell it: Greek letters are Greek, kana are Japanese. There, the author need not
mark the words. Latin and Cyrillic letters belong to many languages, and tell
nothing.

An example, in an English course: "The word שלום means peace." has three pieces,
of which the one in Hebrew letters is in `he`. In a course in Yiddish, which has
these letters too, it is in `yi`. "漢字かな" is Japanese, "漢字" alone Chinese.

Sources: BCP 47 for the codes; Unicode Standard, Blocks.txt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from builder.text import spaces
from builder.text.tree import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

N = TypeVar("N")
TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"

_LEFTWARD = frozenset("ar arc ckb dv fa he iw ks ku nqo pnb ps sd syr ug ur yi".split())
_LEFTWARD_SCRIPTS = frozenset(["arab", "hebr", "thaa", "syrc", "nkoo"])


def is_leftward(language: str) -> bool:
    """Whether a language is written from right to left, such as `fa` or `az-Arab`."""
    first, *rest = language.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")  # noqa: PLR2004 - ISO 15924
    return script in _LEFTWARD_SCRIPTS if script else first in _LEFTWARD


def from_the_left(text: str) -> str:
    """A text that runs from the left wherever it stands: in an Arabic line, a minus sign would go behind its number."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


class Patterns(dict[str, re.Pattern[str]]):
    """Regular expressions by language. Each is compiled only when it is first used, since most runs need one language."""

    def __init__(self, texts: Mapping[str, str], flags: re.RegexFlag = re.NOFLAG) -> None:
        super().__init__()
        self._texts, self._flags = texts, flags

    def __missing__(self, language: str) -> re.Pattern[str]:
        self[language] = made = re.compile(self._texts[language], self._flags)
        return made


class _Script(NamedTuple):
    """Letters, and the language that they tell.

    `language` is empty if the letters tell none. `languages` are all languages written in these letters. `least` is how
    many of them must stand in a row to count as words: a single Greek letter is a sign, as in a formula.
    """

    letters: str
    language: str
    languages: str = ""
    least: int = 1


_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_SCRIPTS = (
    _Script("\u0370-\u03ff\u1f00-\u1fff", "el", "el grc", least=3),
    _Script(
        "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f", "", "ab ba be bg ce cu cv kk ky mk mn os ru sr tg tt uk"
    ),
    _Script("\u0531-\u058f", "hy"),
    _Script("\u0591-\u05f4\ufb1d-\ufb4f", "he", "he iw yi"),
    _Script(
        "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc",
        "ar",
        "ar ckb fa ks ku pnb ps sd ug ur",
    ),
    _Script("\u0900-\u097f", "hi", "bh bho hi kok mai mr ne sa"),
    _Script("\u0980-\u09ff", "bn", "as bn"),
    _Script("\u0a00-\u0a7f", "pa"),
    _Script("\u0a80-\u0aff", "gu"),
    _Script("\u0b80-\u0bff", "ta"),
    _Script("\u0c00-\u0c7f", "te"),
    _Script("\u0c80-\u0cff", "kn"),
    _Script("\u0d00-\u0d7f", "ml"),
    _Script("\u0d80-\u0dff", "si"),
    _Script("\u0e00-\u0e7f", "th"),
    _Script("\u0e80-\u0eff", "lo"),
    _Script("\u0f00-\u0fff", "bo", "bo dz"),
    _Script("\u1000-\u109f", "my"),
    _Script("\u10a0-\u10ff\u1c90-\u1cbf", "ka"),
    _Script("\u1200-\u137f", "am", "am ti"),
    _Script("\u1780-\u17ff", "km"),
    _Script("\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb", "ko"),
)
_CHINESE = frozenset("cmn hak nan wuu yue zh".split())
_WITH_HAN = _CHINESE | {"ja", "ko"}
_BESIDE = "\u3000-\u303f\uff01-\uff65"  # punctuation that is used with Chinese and Japanese only


@cache
def _one_of(letters: str) -> re.Pattern[str]:
    """A pattern for one of some letters, compiled when it is first used: most courses never need these patterns."""
    return re.compile(f"[{letters}]")


_ANY = "".join(script.letters for script in _SCRIPTS) + _KANA + _HAN


@dataclass(frozen=True, slots=True)
class Speech:
    """Finds words in other languages: group 1 of `pattern` matches words in the first language of `tongues`, and so on.

    `spaced` is the language of the course, if the text has spaces of French that may not be broken.
    """

    pattern: re.Pattern[str]
    tongues: tuple[str, ...]
    spaced: str | None = None

    def line(self, nodes: Iterable[N]) -> tuple[N | Run, ...]:
        """The nodes of a line, in which runs are cut where the language changes, and the pieces know their language.

        Code, formulas and runs whose author names the language stay as they are. French has its no-break spaces.
        """
        there = nodes if self.spaced is None else spaces.line(nodes, self.spaced)
        return tuple(piece for node in there for piece in self._pieces(node))

    def _pieces(self, node: N) -> Iterator[N | Run]:
        if not isinstance(node, Run) or node.code or node.math or node.lang or node.text.isascii():
            yield node
            return
        end = 0
        for start, stop, tongue in self._found(node.text):
            if start > end:
                yield node._replace(text=node.text[end:start])
            yield node._replace(text=node.text[start:stop], lang=tongue)
            end = stop
        if end < len(node.text):
            yield node._replace(text=node.text[end:])

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and language of each piece in another language, with Chinese or Japanese punctuation around it."""
        end = 0
        for found in self.pattern.finditer(text):
            start, stop = found.span()
            while start > end and _one_of(_BESIDE).match(text[start - 1]):
                start -= 1
            while stop < len(text) and _one_of(_BESIDE).match(text[stop]):
                stop += 1
            end = stop
            yield start, stop, self.tongues[(found.lastindex or 1) - 1]


PLAIN = Speech(re.compile(r"(?!)"), ())  # for a text whose letters tell no language: it finds nothing


def speech(text: str, course: str, around: str) -> Speech:
    """What finds words in other languages in a text of a course in the language `course`.

    `around` is the language that the page around the text declares, or the empty string. Words in it need no mark.
    """
    is_plain = text.isascii() or not _one_of(_ANY).search(text)
    found = PLAIN if is_plain else _speech(course, around, has_kana=bool(_one_of(_KANA).search(text)))
    return replace(found, spaced=course) if spaces.wants(text, course) else found


@cache
def _speech(course: str, around: str, *, has_kana: bool) -> Speech:
    """What finds words in other languages than `around`; `has_kana` tells whether Han letters are Japanese."""
    base = course.lower().split("-")[0]
    told = [(script.letters, _tongue(script, course), script.least) for script in _SCRIPTS]
    han = course if base in _WITH_HAN else "ja" if has_kana else "zh"
    kana = course if base == "ja" else "ja"
    told += [(_KANA + _HAN, han, 1)] if kana == han else [(_KANA, kana, 1), (_HAN, han, 1)]
    told = [(letters, tongue, least) for letters, tongue, least in told if tongue and tongue != around]
    # A group matches from the first of its letters to the last. Between them may stand spaces, signs and digits, but no
    # letters of other scripts.
    groups = [rf"([{letters}]{{{least}}}(?:[{letters}\W\d]*[{letters}])?)" for letters, _, least in told]
    return Speech(re.compile("|".join(groups) or "(?!)"), tuple(tongue for _, tongue, _ in told))


def _tongue(script: _Script, course: str) -> str:
    """The language that these letters tell: the course's own language if it is written in them, else the script's."""
    is_own = course.lower().split("-")[0] in (script.languages or script.language).split()
    return course if is_own else script.language
