"""Two options overlap.

If one option is true whenever another is, a careful reader can rule both out
or must guess which of two right answers is meant; if two alone mirror each
other, the key is likely one of them (NBME 2020, options that overlap and
subsets that exhaust the cases; Haladyna, Downing and Rodriguez 2002, keep
options independent). A hit means one of these, for two options of an item:
all content words of the one stand in the other (but "Theodore's mother" is not
Theodore); they share 75 % of their content words or more, not counting those
that all options share; their ranges of numbers meet; or they hold the same content words in another order, are the
only such pair, and one of them is right. Two pairs of mirrored options are
good form.

Bad:

    - id: grief-feelings
      kind: mcq
      prompt: Which feeling does the paper on *Her* read in the recoil on the date?
      options:
        - {right: Fear of hurt, why: The paper names it.}
        - {wrong: Fear and hurt together with shame, why: Shame is not named.}  # M07
        - {wrong: Scorn of the woman, why: He likes her company.}

Good:

    - id: grief-feelings
      kind: mcq
      prompt: Which feeling does the paper on *Her* read in the recoil on the date?
      options:
        - {right: Fear of hurt, why: The paper names it.}
        - {wrong: Shame at his age, why: Age is not a theme of the scene.}
        - {wrong: Scorn of the woman, why: He likes her company.}
"""

from __future__ import annotations

import re
from itertools import combinations
from math import inf, nan, nextafter
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import Severity
from builder.model import Mcq
from builder.rules import Hit
from builder.text.late import late
from builder.text.words import STEMMED, jaccard, prose, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course

SEVERITY = Severity.WARNING
BY_VALUE = True
REMEDY = "make each option exclude the others"
LANGUAGES = STEMMED
SHARED = 0.75
_DECIMAL = late(r"-?\d+(?:\.\d*)?(?:e-?\d+)?")
_DIGIT = late(r"\d")
_NUMBER = r"[$€£]?(\d+(?:[.,]\d+)*)"
_RANGE = late(rf"(?:between |from )?{_NUMBER} ?(?:-|–|to|and) ?{_NUMBER} ?(\D*)", re.IGNORECASE)
_BOUND = late(
    r"(?:(?P<less>less than|fewer than|under|below)|(?P<most>up to|at most)|(?P<more>more than|over|above)|(?P<least>at least))? ?"
    rf"{_NUMBER} ?(?P<unit>\D*?)(?:(?P<down> or (?:less|fewer|younger))|(?P<up> or (?:more|older)))?",
    re.IGNORECASE,
)

# Small words that make another thing of the words beside them.
_LOGIC = frozenset("or not no without oder nicht ohne kein o u no sin ou pas sans".split())


class Range(NamedTuple):
    """Numbers from `low` to `high`, ends included, in `unit`."""

    low: float
    high: float
    unit: str


def check(course: Course) -> Iterator[Hit]:
    """Options that an earlier option of the item overlaps."""
    for item in course.active:
        if isinstance(item, Mcq):
            texts = [option.text for option in item.options]
            keys = {i for i, option in enumerate(item.options) if option.is_right}
            for j, message in sorted(_overlaps(texts, keys, course.tongue).items()):
                yield Hit(course.at[item.id] / "options" / j, message)


def _overlaps(texts: list[str], keys: set[int], language: str) -> dict[int, str]:
    """For each option that overlaps with an earlier one: how."""
    found: dict[int, str] = {}
    mirrored = []
    sets = [stems(text, language) for text in texts]
    ranges = [_range(text) if _DIGIT.search(text) else None for text in texts]
    if len(frozenset[str]().union(*sets)) == sum(map(len, sets)) and not any(ranges):
        return found
    frame = frozenset.intersection(*sets)
    for i, j in combinations(range(len(texts)), 2):
        a, b = sets[i], sets[j]
        if (one := ranges[i]) and (two := ranges[j]):
            if _meet(one, two) and not _is_written_otherwise(texts[i], texts[j]):
                found.setdefault(j, f"its numbers meet those of '{texts[i]}' (limit: no number in two options)")
        elif a == b:
            if len(a) > 1 and _sequence(texts[i], language) != _sequence(texts[j], language):
                mirrored.append((i, j))
        elif a and b and (how := _shared(texts[i], texts[j], frame, language)):
            found.setdefault(j, how)
    if len(mirrored) == 1 and keys & set(mirrored[0]):
        i, j = mirrored[0]
        found.setdefault(j, f"it mirrors '{texts[i]}', and one of the two is right (limit: no lone pair of mirrors)")
    return found


def _meet(one: Range, two: Range) -> bool:
    return one.unit == two.unit and max(one.low, two.low) <= min(one.high, two.high)


def _is_written_otherwise(one: str, two: str) -> bool:
    """Whether two texts are one number, as a program or a measurement tells them apart: 1 and 1.0."""
    return all(_DECIMAL.fullmatch(text) for text in (one, two)) and one != two


def _shared(one: str, two: str, frame: frozenset[str], language: str) -> str:
    """What the second of two options has in common with the first, if it is too much."""
    a, b = stems(one, language), stems(two, language)
    if _LOGIC & ({*words(one.lower())} ^ {*words(two.lower())}) and (len(a) == 1 or len(b) == 1):
        return ""  # "bitwise and" is no part of "bitwise exclusive or"
    if a < b and not _possessed(two, a, language):
        return f"it holds every content word of '{one}' (limit: not every one)"
    if b < a and not _possessed(one, b, language):
        return f"'{one}' holds every content word of it (limit: not every one)"
    if len(a & b) > 1 and (share := jaccard(a - frame, b - frame)) >= SHARED:
        return f"it shares {share:.0%} of the content words with '{one}' (limit: less than {SHARED:.0%})"
    return ""


def _sequence(text: str, language: str) -> list[frozenset[str]]:
    """The content words of a text in their order."""
    return [stem for word in words(text) if (stem := stems(word, language))]


def _possessed(text: str, names: frozenset[str], language: str) -> bool:
    """Whether `names` stand in the text as possessors alone: "Theodore's mother" is not Theodore."""
    return all(word.endswith(("'s", "’s")) for word in words(text) if stems(word, language) & names)


def _range(text: str) -> Range | None:
    """The range of numbers that a text is, if it is one and nothing else; a number is a range of one."""
    text = " ".join(prose(text).split()).rstrip(".")
    if found := _RANGE.fullmatch(text):
        return Range(_value(found[1]), _value(found[2]), found[3])
    if not (found := _BOUND.fullmatch(text)):
        return None
    value, unit = _value(found[5]), found["unit"]
    if found["less"]:
        return Range(-inf, nextafter(value, -inf), unit)
    if found["more"]:
        return Range(nextafter(value, inf), inf, unit)
    low = -inf if found["most"] or found["down"] else value
    high = inf if found["least"] or found["up"] else value
    return Range(low, high, unit)


def _value(digits: str) -> float:
    try:
        return float(digits.replace(",", ""))
    except ValueError:  # such as a date, 12.05.2013
        return nan
