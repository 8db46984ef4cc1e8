"""Terms and definitions of a text that is no table: a line for each pair, with the same sign in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST = 3  # pairs by which a text of terms is known
_BETWEEN = (" - ", " – ", " — ", " :: ", " = ", " : ")
Pairs = list[tuple[int, list[str]]]


def sign(lines: Sequence[tuple[int, str]]) -> str:
    """The sign that each of the lines has; empty where there is none."""
    return next((it for it in _BETWEEN if all(it in line for _, line in lines)), "")


def pairs(lines: Sequence[tuple[int, str]], between: str) -> Pairs:
    """A term and its definition from each numbered line; nothing where a line lacks one, or where they are too few."""
    parts = [(number, line.partition(between)) for number, line in lines] if between else []
    made = [(number, [term.strip(), said.strip()]) for number, (term, _, said) in parts]
    return made if len(made) >= FEWEST and all(all(pair) for _, pair in made) else []
