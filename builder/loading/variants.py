"""Items with values: what is wrong with any of their variants."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from builder.diagnostics import At, Finding
from builder.loading.errors import findings as model_findings
from builder.model import Mcq, TrueFalse
from builder.model.readings import files
from builder.model.values import MOST_CHECKED, said_of
from builder.text.expressions import bounded
from builder.text.numbers import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.loading.bank import Placed
    from builder.model import Item
    from builder.model.values import Combination

TOO_MUCH = "too-much-work"  # what ends the look at variants, as the number of them does
_MOST_OF_ALL = 4000  # variants of a whole course that are looked at


def faults(items: Iterable[Placed]) -> list[Finding]:
    """What is wrong with the variants of these items, each told once with values that show it.

    All combinations of an item are looked at, or so many: the first of the order that the fixed one begins, and fewer
    where a course has many such items, or much is to be computed.
    """
    drawn = [(item, at) for item, at in items if item.values]
    with bounded():
        return [finding for item, at in drawn for finding in _faults(item, at, _most(len(drawn)))]


def variants_of(items: Sequence[Item]) -> list[Item]:
    """The sound variants of these items, as many of each as `faults` looks at."""
    drawn = [item for item in items if item.values]
    with bounded():
        return [variant for item in drawn for variant in _sound(item, _most(len(drawn)))]


def _sound(item: Item, most: int) -> Iterator[Item]:
    with suppress(PydanticCustomError):  # a condition that some values make senseless is told of by `faults`
        for combination in islice(item.values.combinations() if item.values else (), most):
            with suppress(ValidationError):
                yield item.variant(combination)


def _most(items: int) -> int:
    """How many variants of each of so many items are looked at."""
    return min(MOST_CHECKED, max(10, _MOST_OF_ALL // items))


def _faults(item: Item, at: At, most: int) -> Iterator[Finding]:
    assert item.values  # noqa: S101 - its callers ask
    found: dict[tuple[At, str], tuple[Finding, Combination]] = {}
    times: dict[tuple[At, str], int] = {}
    looked = 0
    try:
        for combination in islice(item.values.combinations(), most):
            looked += 1
            for finding in _of_variant(item, combination, at):
                if finding.code == TOO_MUCH:
                    return
                key = (finding.at, finding.code)
                found.setdefault(key, (finding, combination))
                times[key] = times.get(key, 0) + 1
    except PydanticCustomError as error:
        context: Any = error.context
        if error.type != TOO_MUCH:  # a condition that some values make senseless
            yield Finding(At(at.path, (*at.keys, *context["keys"])), error.type, error.message())
    seen = f"{looked} variants" if looked < most else f"the {looked} variants that were looked at"
    for key, (finding, combination) in found.items():
        message = f"{finding.message} (with {said_of(combination)}; so in {times[key]} of {seen})"
        yield replace(finding, message=message, help=f"{finding.help}; or keep such values out by 'where:'")


def _of_variant(item: Item, combination: Combination, at: At) -> Iterator[Finding]:
    assert item.values  # noqa: S101 - its callers ask
    try:
        variant = item.variant(combination)
    except ValidationError as error:
        for finding in model_findings(error, type(item), at.path, item.values.typed):
            yield replace(finding, at=At(at.path, (*at.keys, *finding.at.keys), finding.at.on_key))
        return
    yield from _twins(variant, at)
    changes = "every variant has to have the same {}, since a paper is drawn and marked by it"
    if variant.points != item.points:
        yield Finding(at, "unlike-variants", changes.format("marks"), "take the values out of what is counted")
    if [*files(variant)] != [*files(item)]:
        yield Finding(
            at, "unlike-variants", changes.format("pictures and sounds"), "take the values out of their names"
        )
    if isinstance(item, TrueFalse) and isinstance(variant, TrueFalse) and variant.answer != item.answer:
        message = changes.format("verdict")
        yield Finding(at / "answer", "unlike-variants", message, "write true or false")


def _twins(variant: Item, at: At) -> Iterator[Finding]:
    """Options that say what an option before them says, as `12` and `12.0` do."""
    seen: set[Fraction | str] = set()
    decimal = variant.values.decimal if variant.values else "."
    for i, option in enumerate(variant.options if isinstance(variant, Mcq) else ()):
        text = option.text.replace("\u2212", "-").replace(decimal, ".")
        said = Fraction(text) if is_number(text) else option.text
        if said in seen:
            message = f"the option '{option.text}' stands here twice"
            yield Finding(
                at / "options" / i, "twin-choice", message, "make the texts differ: the key would not be unique"
            )
        seen.add(said)
