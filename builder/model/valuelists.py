"""The values of a name as an author lists them: `[2, 3, 5]`, `10..20`, `0..1 step 0.25`, `[iron, copper]`."""

from __future__ import annotations

import keyword
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic_core import PydanticCustomError

from builder.text.expressions import TooMuchError, charge
from builder.text.late import late
from builder.text.numbers import as_decimal, is_number
from builder.text.placeholders import valued

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.diagnostics import Keys

_MOST_VALUES = 1000
_MOST_DECIMALS = 10  # of a range that is counted in whole steps
_MOST_NAME, _MOST_WORD = 30, 200  # characters of a name, and of a value
_RANGE = late(r"(\S+?)\s*\.\.\s*(\S+?)(?:\s+step\s+(\S+))?")


def refuse(kind: str, what: str, keys: Keys, remedy: str = "") -> NoReturn:
    """Tell of a mistake at the keys of an item that lead to it; `remedy` where the usual one does not help."""
    raise PydanticCustomError(kind, "{what}", {"what": what, "keys": keys, "help": remedy})


def listed(name: str, value: Any) -> tuple[str, ...]:
    """The values of a name, ranges written out: `[1, 4..6]` is 1, 4, 5, 6."""
    keys = ("values", name)
    is_name = name.isidentifier() and unicodedata.normalize("NFKC", name) == name and not keyword.iskeyword(name)
    if not is_name or len(name) > _MOST_NAME:
        refuse("bad-name", f"'{name}' can't be the name of a value", keys)
    entries = value if isinstance(value, list | tuple) else [value]
    found: list[str] = []
    for i, entry in enumerate(entries):
        place = (*keys, i) if entries is value else keys
        if isinstance(entry, list | dict) or entry is None or not str(entry).strip():
            refuse("bad-values", f"'{name}' holds what is no value", place)
        found += _range(str(entry).strip(), place)
        if len(found) > _MOST_VALUES:
            refuse("too-many", f"'{name}' has more than {_MOST_VALUES} values", keys)
    if len(entries) > 1:
        _refuse_twins(name, found, keys)
    if not found or (entries is not value and len(found) == 1 and ".." not in str(value)):
        refuse("bad-values", f"'{name}' is no list and no range", keys)
    return tuple(found)


def _refuse_twins(name: str, values: Sequence[str], keys: Keys) -> None:
    seen: set[Fraction | str] = set()
    for text in values:
        if valued(text) in seen:
            refuse("twin-value", f"'{text}' stands twice among the values of '{name}'", keys)
        seen.add(valued(text))


def _range(text: str, keys: Keys) -> Sequence[str]:
    found = _RANGE.fullmatch(text)
    if not found:
        if len(text) > _MOST_WORD or any(sign in text for sign in "{}\n"):
            refuse("bad-values", f"'{text[:40]}' is too long for a value, or holds braces", keys)
        return [text]
    ends = [found[1], found[2], found[3] or "1"]
    if not all(map(is_number, ends)):
        refuse("bad-values", f"'{text}' is no range", keys)
    least, most, step = map(Fraction, ends)
    if step <= 0 or least > most:
        refuse("bad-values", f"'{text}' is a range without numbers", keys)
    if (most - least) / step > _MOST_VALUES:
        refuse("too-many", f"'{text}' has more than {_MOST_VALUES} values", keys)
    number = int((most - least) / step) + 1
    try:
        charge(number // 4)
    except TooMuchError as error:
        refuse("too-much-work", f"'{text}' {error}", keys)
    return _counted(least, step, number)


def _counted(least: Fraction, step: Fraction, number: int) -> Sequence[str]:
    """So many values from the least one on, in the form of authors and without needless zeros: 0, 0.25, 0.5."""
    decimals = next((n for n in range(_MOST_DECIMALS) if not (least * 10**n) % 1 and not (step * 10**n) % 1), None)
    if decimals is None:
        return [as_decimal(least + n * step) for n in range(number)]
    first, by = int(least * 10**decimals), int(step * 10**decimals)
    return [_placed(first + n * by, decimals) for n in range(number)]


def _placed(number: int, decimals: int) -> str:
    """A whole number with its decimal point moved: -1250 with 3 decimals is `-1.25`."""
    if not decimals:
        return str(number)
    digits = str(abs(number)).zfill(decimals + 1)
    part = digits[-decimals:].rstrip("0")
    return f"{'-' if number < 0 else ''}{digits[:-decimals]}{'.' if part else ''}{part}"
