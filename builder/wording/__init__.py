"""The fixed words of a paper and of its key, sheet and guide. Each language has a file in this folder.

Keys are stable names that the templates and the code ask for; values are what
a reader sees. Nothing else that is printed comes from the program.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed strings of one language: words, Bloom levels, numbers with their nouns, and texts of sections."""

    language: str
    words: Mapping[str, str]
    bloom: Mapping[str, str]
    sections: Mapping[str, Mapping[str, str]]
    forms: Mapping[str, tuple[str, str]]

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def part(self, number: int, section: str) -> str:
        """The heading of a part."""
        return f"{self.words['part']} {number}{self.words['colon']} {self.sections[section]['title']}"

    def to_choose(self, number: int | None) -> str:
        """How many options are to be chosen: "Choose exactly three.", or without a number "Choose all that apply."."""
        if number is None:
            return self.words["several"]
        numerals = dict(enumerate(self.words["numerals"].split(), 2))
        return self.words["exactly"].format(numerals.get(number, number))

    def counted(self, number: int, what: str) -> str:
        """A number with its noun in the right form: `1 mark`, `2 marks`."""
        return self.forms[what][number != 1].format(number)


def languages() -> tuple[str, ...]:
    """The languages that there is a table for."""
    return tuple(sorted(file.name[:-5] for file in files(__name__).iterdir() if file.name.endswith(".toml")))


@cache
def wording(language: str) -> Wording:
    """The table of a language, by its two letters (ISO 639)."""
    table = tomllib.loads((files(__name__) / f"{language}.toml").read_text("utf-8"))
    return Wording(language, table["words"], table["bloom"], table["sections"], table["counted"])
