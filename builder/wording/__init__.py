"""The fixed words of cards, papers, keys, guides, answer sheets and the page to study with. Each language has a table, a file in this folder.

In a table, keys are stable names by which templates and code ask for words, and
values are what a reader sees. All that a reader sees comes from the course or
from a table, never from the code. A course may bring a table of its own
(`builder.wording.own`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from builder.text.languages import is_leftward
from builder.text.numbers import decimal_sign
from builder.text.spaces import is_french, spaced
from builder.wording.tongue import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

_HERE = os.path.dirname(__file__)  # not importlib.resources, which brings the reading of archives along
_TRADITIONAL = frozenset(["hant", "tw", "hk", "mo"])  # scripts and regions that the Chinese table is not for


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words of one language.

    `bloom` has the names of Bloom levels, `sections` the texts of each section of a paper, `scoring` the rules of
    scoring, `cards` the words on cards, and `page` those of the page to study with. `forms` has the forms of each noun that stands beside a number.
    """

    language: str
    words: Mapping[str, str]
    bloom: Mapping[str, str]
    sections: Mapping[str, Mapping[str, str]]
    forms: Mapping[str, tuple[str, ...]]
    scoring: Mapping[str, str]
    cards: Mapping[str, str]
    page: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    @property
    def is_leftward(self) -> bool:
        """Whether the language is written from right to left."""
        return is_leftward(self.language)

    @property
    def text(self) -> str:
        """All words that may be printed on a paper, its key, guide or answer sheet, by which fonts are checked."""
        texts = [each for section in self.sections.values() for each in section.values()]
        nouns = [each for forms in self.forms.values() for each in forms]
        return "\n".join([*self.words.values(), *self.bloom.values(), *texts, *nouns])

    def part(self, number: int, section: str) -> str:
        """The heading of a part of a paper: its number, and the title of its section."""
        return self.words["part_heading"].format(number, self.sections[section]["title"])

    def number(self, number: float) -> str:
        """A whole or half number as the language writes it: `2`, `1.5`, `1,5`."""
        return str(int(number) if number == int(number) else number).replace(".", decimal_sign(self.language))

    def sign(self, value: str) -> str:
        """What a circle of an answer sheet shows for a value: `T` for `true`, the decimal sign of the language for `.`."""
        match value:
            case "true" | "false":
                return self.words[f"{value}_short"]
            case ".":
                return decimal_sign(self.language)
            case "-":
                return "\u2212"
            case _:
                return value

    def to_choose(self, number: int | None) -> str:
        """How many options are to be chosen: "Choose exactly three.", or without a number "Choose all that apply."."""
        if number is None:
            return self.words["several"]
        numerals = dict(enumerate(self.words["numerals"].split(), 2))
        return self.words["exactly"].format(numerals.get(number, number))

    def counted(self, number: float, what: str) -> str:
        """A number with its noun in the right form: `1 mark`, `2 marks`, `1.5 marks`."""
        return counted(self.language, number, self.forms[what])

    def amount(self, marks: Fraction) -> str:
        """An exact number of marks with its noun: `1.5 marks`, `1/4 mark`, `1 1/3 marks`."""
        if marks.denominator <= 2:  # noqa: PLR2004 - halves
            return self.counted(float(marks), "mark")
        whole, part = divmod(marks, 1)
        if not whole:
            return self.words["part_of_mark"].format(part)
        said = self.counted(whole + 0.5, "mark")
        return said.replace(self.number(whole + 0.5), f"{whole} {part}")

    def listed(self, entries: Iterable[object]) -> str:
        """Entries as a list in a sentence: `3, 4 and 8`."""
        *first, last = map(str, entries)
        return self.words["and"].format(self.words["comma"].join(first), last) if first else last


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a table, in alphabetical order."""
    return tuple(sorted(name[:-5] for name in os.listdir(_HERE) if name.endswith(".toml")))


def known(language: str) -> str | None:
    """The code of the table for a language, such as `pt` for `pt-BR`; None where there is no table."""
    first, *rest = language.lower().split("-")
    if first not in languages() or (first == "zh" and not _TRADITIONAL.isdisjoint(rest)):
        return None
    return first


def wording_of(language: str, table: Mapping[str, Any]) -> Wording:
    """The fixed words of a language, made from the content of its file; French ones have their no-break spaces."""
    table = _spaced(table) if is_french(language) else table
    forms = {what: tuple(each) for what, each in table["counted"].items()}
    return Wording(
        language,
        table["words"],
        table["bloom"],
        table["sections"],
        forms,
        table["scoring"],
        table["cards"],
        table["page"],
    )


def _spaced(value: Any) -> Any:
    """What a table holds, all French texts in it with no-break spaces."""
    if isinstance(value, str):
        return spaced(value)
    return {key: _spaced(it) for key, it in value.items()} if isinstance(value, dict) else [_spaced(it) for it in value]


def _text(language: str) -> str:
    with open(os.path.join(_HERE, f"{language}.toml"), encoding="utf-8") as file:
        return file.read()


@cache
def raw(language: str) -> Mapping[str, Any]:
    """The content of a language's file, which is found by its two letters (ISO 639)."""
    import tomllib  # late: a check reads no words

    return tomllib.loads(_text(language))


def words_on_cards(language: str) -> Mapping[str, str]:
    """The section `[cards]` of a language's file, read alone: a quarter of the time that the whole file takes."""
    import tomllib

    section: Mapping[str, str] = tomllib.loads(_text(language).partition("\n[cards]\n")[2].partition("\n[")[0])
    return section


@cache
def wording(language: str) -> Wording:
    """The fixed words of a language, which is named by its two letters (ISO 639)."""
    return wording_of(language, raw(language))


def wording_on_record(language: str) -> Wording:
    """The fixed words of the language that a record names; English ones where its course brought a table of its own.

    Such a table is in the course, which marking does without.
    """
    return wording(known(language) or "en")
