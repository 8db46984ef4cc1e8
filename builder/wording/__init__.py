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
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed strings of one language: words, Bloom levels, numbers with their nouns, texts of sections and rules."""

    language: str
    words: Mapping[str, str]
    bloom: Mapping[str, str]
    sections: Mapping[str, Mapping[str, str]]
    forms: Mapping[str, tuple[str, str]]
    scoring: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def part(self, number: int, section: str) -> str:
        """The heading of a part."""
        return f"{self.words['part']} {number}{self.words['colon']} {self.sections[section]['title']}"

    def number(self, number: float) -> str:
        """A whole or half number as the language writes it: `2`, `1.5`, `1,5`."""
        return str(int(number) if number == int(number) else number).replace(".", self.words["decimal"])

    def counted(self, number: float, what: str) -> str:
        """A number with its noun in the right form: `1 mark`, `2 marks`, `1.5 marks`. French has the plural from 2 on."""
        is_one = number < 2 if self.words["plural"] == "two" else number == 1  # noqa: PLR2004
        return self.forms[what][not is_one].format(self.number(number))

    def amount(self, marks: Fraction) -> str:
        """Exact marks in words: `1.5 marks`, `1/4 mark`, `1 1/3 marks`."""
        if marks.denominator <= 2:  # noqa: PLR2004 - halves
            return self.counted(float(marks), "mark")
        whole, part = divmod(marks, 1)
        if not whole:
            return self.words["part_of_mark"].format(part)
        said = self.counted(whole + 0.5, "mark")
        return said.replace(self.number(whole + 0.5), f"{whole} {part}")


def languages() -> tuple[str, ...]:
    """The languages that there is a table for."""
    return tuple(sorted(file.name[:-5] for file in files(__name__).iterdir() if file.name.endswith(".toml")))


@cache
def wording(language: str) -> Wording:
    """The table of a language, by its two letters (ISO 639)."""
    table = tomllib.loads((files(__name__) / f"{language}.toml").read_text("utf-8"))
    return Wording(language, table["words"], table["bloom"], table["sections"], table["counted"], table["scoring"])
