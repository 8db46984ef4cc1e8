"""Items with values on a paper: which variant each version asks, and the one that a record names."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from builder.paper.numbers import plain
from builder.text.numbers import decimal_sign, is_number, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.model import Course, Item
    from builder.paper.record import QuizItem

_EQUAL, _ABOUT = "=", "\u2248"


def by_version(items: Iterable[Item], seed: str, versions: int) -> list[list[Item]]:
    """The items as each version asks them. Version A has the first variants of the order that the seed makes, B the next.

    Versions share a variant only where there are fewer variants than versions. One that is no sound item, of those that
    nobody looked at when the course was loaded, is left out.
    """
    columns = [_of_versions(item, seed, versions) for item in items]
    return [[column[n % len(column)] for column in columns] for n in range(versions)]


def _of_versions(item: Item, seed: str, versions: int) -> Sequence[Item]:
    return tuple(islice(_sound(item, seed), versions)) if item.values else (item,)


def _sound(item: Item, seed: str) -> Iterator[Item]:
    assert item.values  # noqa: S101 - its caller asks
    for combination in item.values.combinations(seed):
        try:
            yield item.variant(combination)
        except ValidationError:
            continue


def is_known(entry: QuizItem, item: Item) -> bool:
    """Whether the values in a record are some that the item has, or none where it has none."""
    return item.values.has(entry.values) if item.values else not entry.values


def variant_of(course: Course, entry: QuizItem) -> Item:
    """The item of a question, with the values that were drawn for it."""
    return course.by_id[entry.id].variant(entry.values)


class Working(NamedTuple):
    """The drawn values, and how the answer comes from them: `m = 3, t = 2.5` and `m · t = 7.5`; both may be empty."""

    drawn: str = ""
    steps: str = ""


def working(item: Item, language: str) -> Working:
    """How the answer of an item comes about, with numbers as a language writes them."""
    if not item.values:
        return Working()
    decimal = decimal_sign(language)
    values = [f"{name} = {_shown(value, decimal)}" for name, value in item.values.drawn.items()]
    steps = [
        f"{_readable(expression, decimal)} {_EQUAL if is_exact else _ABOUT} {_shown(value, decimal)}"
        for expression, value, is_exact in item.values.workings()
    ]
    return Working(_listed(values, decimal), _listed(steps, decimal))


def _listed(entries: Sequence[str], decimal: str) -> str:
    return (", " if decimal == "." else "; ").join(entries)


def _shown(value: str, decimal: str) -> str:
    """A value without markup."""
    return plain(shown(value, decimal)) if is_number(value) else value


def _readable(expression: str, decimal: str) -> str:
    """An expression as people write it: `m * t ** 2 % 3` is `m · t ^ 2 mod 3`."""
    said = " ".join(expression.split()).replace("**", "^").replace("*", "\u00b7").replace(" % ", " mod ")
    return said if decimal == "." or "(" in said else said.replace(".", decimal)
