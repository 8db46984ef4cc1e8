"""The order of options that were read: shuffled, fixed, or pinned to an end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.exchange._qti.writing import read_order
from builder.exchange._rich import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.exchange._qti.reading import Question


_OWN = re.compile(r"w\d+")


def ordered(listed: dict[str, str]) -> list[str]:
    """The words of a list by name, in the order of the names where these are her-study's own."""
    keys = sorted(listed, key=lambda it: int(it[1:])) if all(map(_OWN.fullmatch, listed)) else list(listed)
    return [listed[key] for key in keys]


def arrange(question: Question, made: dict[str, Any], fixed: Sequence[bool], *, shuffle: bool | None) -> dict[str, Any]:
    """A choice with its pins and its order; where nobody says whether it is shuffled, it has none.

    Of options that are fixed, free, fixed and free, the first is pinned to the first place, and the third to none.
    """
    options = made["options"]
    if shuffle is None:
        return made
    texts = [words_of(option.get("right") or option["wrong"]) for option in options]
    if not shuffle or all(fixed):
        order = read_order(texts, shuffle=False)
        return made | ({"order": order} if order else {})
    free = [place for place, is_fixed in enumerate(fixed) if not is_fixed]
    for place, is_fixed in enumerate(fixed):
        if is_fixed and free[0] < place < free[-1]:
            question.lost("an option that keeps a place in the middle is shuffled with the others")
        elif is_fixed:
            options[place]["pin"] = "first" if place < free[0] else "last"
    order = read_order([texts[place] for place in free], shuffle=True)
    return made | ({"order": order} if order else {})
