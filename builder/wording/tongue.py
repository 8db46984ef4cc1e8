"""How many forms a noun has beside a number in a language, and which form belongs to which number.

For example, English has two: form 0 for `1 mark`, and form 1 for `2 marks`. Each function here takes a number and
returns the form. Its docstring shows the forms in their order.

Source: Unicode CLDR 46, plural rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _one(number: float) -> int:
    """English and most others: 1 mark; 0, 2, 0.5 marks."""
    return number != 1


def _up_to_one(number: float) -> int:
    """French and Portuguese: 0, 1, 1.5 point; 2 points."""
    return number >= 2  # noqa: PLR2004 - two and more are several


def _polish(number: float) -> int:
    """Polish: 1 punkt; 2, 3, 4, 22 punkty; 5, 12, 21 punktów; 0,5 punktu."""
    if number % 1:
        return 3
    if number == 1:
        return 0
    is_few = number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}
    return 1 if is_few else 2


def _arabic(number: float) -> int:
    """Arabic has six forms: for 0; for 1; for 2; for 3 to 10; for 11 to 99; for the rest, such as 100 and fractions."""
    if number in {0, 1, 2}:
        return int(number)
    rest = number % 100
    if number % 1 or rest in {0, 1, 2}:
        return 5
    return 3 if rest <= 10 else 4  # noqa: PLR2004 - the last number with the plural


def _hebrew(number: float) -> int:
    """Hebrew has three forms: for 1; for 2; for the rest."""
    return 0 if number == 1 else 1 if number == 2 else 2  # noqa: PLR2004 - one, two, many


def _same(_: float) -> int:
    """Chinese and Japanese: the noun never changes."""
    return 0


_PLURALS: dict[str, tuple[int, Callable[[float], int]]] = {
    "ar": (6, _arabic),
    "fr": (2, _up_to_one),
    "he": (3, _hebrew),
    "ja": (1, _same),
    "pl": (4, _polish),
    "pt": (2, _up_to_one),
    "zh": (1, _same),
}


def forms(language: str) -> int:
    """How many forms a noun beside a number has in a language, by its two or three letters."""
    return _PLURALS.get(language, (2, _one))[0]


def form(language: str, number: float) -> int:
    """The number of the form that a noun has beside `number`, counted from 0."""
    return _PLURALS.get(language, (2, _one))[1](number)


def counted(language: str, number: float, own: Sequence[str]) -> str:
    """A number in the form of a noun that belongs to it, of all that the noun has: 2.5 of `{} Tag`, `{} Tage` is `2,5 Tage`."""
    said = str(int(number) if number == int(number) else number).replace(".", decimal_sign(language))
    return own[min(form(language, number), len(own) - 1)].format(said)
