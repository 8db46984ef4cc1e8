"""Values that are drawn for each version of a paper: `values: {m: [2, 3, 5], t: 10..20}`, and an item filled with them.

What the author typed is a template. A *combination* has a value for each name; the template filled with one is a
*variant*, an ordinary item. One variant is fixed by the id and the values alone: the course holds it, and Anki gets it.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import islice
from math import gcd, prod
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from builder.diagnostics import did_you_mean
from builder.model.valuelists import listed, refuse
from builder.text.expressions import CONSTANTS, ExpressionError, TooMuchError, charge, computed, names_in
from builder.text.numbers import is_number
from builder.text.placeholders import asked, expressions, replaced, said, valued

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from builder.diagnostics import Keys
    from builder.text.placeholders import Around

Combination = dict[str, str]  # a value for each name, as it was typed

MOST_CHECKED = 200  # combinations of an item that are looked at when a course is loaded
_MOST_TRIED = 2000  # combinations that `where` may refuse
_MOST_NAMES = 20

_SCALAR = {"type": ["number", "string"]}
_SCHEMA = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": _MOST_NAMES,
    "description": "Numbers or words drawn for each version of a paper: `m: [2, 3, 5]`, `t: 10..20`, `u: 0..1 step 0.25`."
    " Texts use them as {{m}}, {{m * t}} or {{m / 3 : .2f}}. `her-study explain values` shows all.",
    "additionalProperties": {
        "anyOf": [{"type": "array", "minItems": 1, "items": _SCALAR}, {"type": "string", "pattern": r"\.\."}]
    },
}

# What is no text of an item: identity, what it is about, how it is used.
_UNTOUCHED = frozenset(
    "id kind theme theory bloom difficulty basis locator cites tags marks math use status reviewed origin group contrast"
    " enemies allow retired values where scoring passage".split()
)
_EXACT = {"answer", "tolerance", "value", "between", "unit", "symbol", "convert", "figures", "cost", "share", "number"}
_BARE = {"answer", "tolerance", "value", "between"}  # of a number that is asked for: expressions without braces
_ASKED = {"answer", "reverse_answer", "right", "correction", "pairs", "sequence", "point"}  # what holds an answer


@dataclass(frozen=True)
class Values:
    """The values of an item: its texts as `typed`, the list for each name, conditions, and the combination that is `drawn`.

    `decimal` is the decimal sign of the course's language.
    """

    typed: Mapping[str, Any]
    lists: Mapping[str, tuple[str, ...]]
    where: tuple[str, ...]
    drawn: Mapping[str, str]
    decimal: str = "."

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> core_schema.CoreSchema:
        """The schema of a field that holds such values, made by the item: they are written as the lists."""
        write = core_schema.plain_serializer_function_ser_schema(lambda values: values.plain())
        return core_schema.is_instance_schema(cls, serialization=write)

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: object) -> dict[str, Any]:
        """What an author may write."""
        return _SCHEMA

    @cached_property
    def known(self) -> frozenset[str]:
        """The names."""
        return frozenset(self.lists)

    @property
    def number(self) -> int:
        """How many combinations there are, those that `where` refuses among them."""
        return prod(map(len, self.lists.values()))

    def plain(self) -> dict[str, list[str]]:
        """The lists as plain values."""
        return {name: list(each) for name, each in self.lists.items()}

    def has(self, combination: Mapping[str, str]) -> bool:
        """Whether a combination is one of these values."""
        return (
            combination.keys() == self.lists.keys()
            and all(value in self.lists[name] for name, value in combination.items())
            and self._is_let_through(combination)
        )

    def template(self) -> dict[str, Any]:
        """The keys of the item in which a value stands, as typed: what is the same in all variants."""
        return {key: value for key, value in self.typed.items() if any(self._expressions(key, value))}

    def combinations(self, *seed: str) -> Iterator[Combination]:
        """The combinations that `where` lets through, in an order that depends on id, seed and values alone.

        A few are ordered by rank, so that one more value moves no other. Of many, the order is a walk through all of
        them in equal steps, round and round: with 7 combinations, a start at 2 and steps of 3 it is 2, 5, 1, 4, 0, 3, 6.
        """
        parts = (str(self.typed.get("id")), *seed)
        for combination in islice(self._ordered(parts), _MOST_TRIED):
            if self._is_let_through(combination):
                yield combination

    def _ordered(self, seed: Sequence[str]) -> Iterator[Combination]:
        total = self.number
        if total <= MOST_CHECKED:
            whole = [self._at(place) for place in range(total)]
            yield from sorted(whole, key=lambda it: (_rank(*seed, *it, *it.values()), tuple(it.values())))
            return
        start, step = _rank(*seed, "start") % total, _rank(*seed, "step") % total
        while gcd(step, total) != 1:
            step += 1
        yield from (self._at((start + n * step) % total) for n in range(total))

    def _at(self, place: int) -> Combination:
        made = {}
        for name, each in self.lists.items():
            place, number = divmod(place, len(each))
            made[name] = each[number]
        return made

    def _is_let_through(self, combination: Mapping[str, str]) -> bool:
        names = {name: valued(text) for name, text in combination.items()}
        for i, condition in enumerate(self.where):
            try:
                if not computed(condition, names):
                    return False
            except TooMuchError as error:
                refuse("too-much-work", f"'{condition}' {error}", ("where", i))
            except ExpressionError as error:
                refuse("bad-expression", f"'{condition}' {error}", ("where", i))
        return True

    def filled(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """The item as typed, with the drawn values in its texts."""
        return {key: self._filled(value, (key,)) for key, value in raw.items()}

    def _filled(self, value: Any, keys: Keys) -> Any:
        if keys[0] in _UNTOUCHED or keys[-1] == "file":
            return value
        if isinstance(value, list | tuple):
            return [self._filled(each, (*keys, i)) for i, each in enumerate(value)]
        if isinstance(value, dict):
            return {key: self._filled(each, (*keys, key)) for key, each in value.items()}
        return self._said(value, keys) if isinstance(value, str) else value

    def _said(self, text: str, keys: Keys) -> str:
        is_exact = self._is_exact(keys)

        def one(inner: str, around: Around) -> str:
            return said(inner, "code" if is_exact else around, self.drawn, self.decimal)

        try:
            charge(1 + len(text) // 20)
            return self.put(f"{{{{{text}}}}}" if self._is_bare(text, keys) else text, one)
        except TooMuchError as error:
            refuse("too-much-work", f"what is computed here {error}", keys)
        except ExpressionError as error:
            refuse("bad-expression", str(error), keys)

    def put(self, text: str, put: Callable[[str, Around], str]) -> str:
        """The text with what `put` says in place of each expression; an error names the expression that it is about."""

        def one(inner: str, around: Around) -> str:
            try:
                return put(inner, around)
            except ExpressionError as error:
                message = f"'{inner.strip()}' {error}"
                raise ExpressionError(message) from None

        return replaced(text, self.known, one, math=str(self.typed.get("math", False)).lower() == "true")

    def _is_exact(self, keys: Keys) -> bool:
        """Whether a text of a number that is asked for is read as a number, and not by students."""
        return (
            self.typed.get("kind") == "numeric"
            and keys[0] not in {"prompt", "explanation", "image", "audio"}
            and (any(key in _EXACT for key in keys) and keys[-1] != "why")
        )

    def _is_bare(self, text: str, keys: Keys) -> bool:
        """Whether a text is an expression without braces: the answer `m * t` of a number that is asked for."""
        if not self._is_exact(keys) or "{{" in text or not any(key in _BARE for key in keys) or is_number(text):
            return False
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in self.known)

    def _expressions(self, key: str, value: Any) -> Iterator[tuple[Keys, str]]:
        """What is computed at a key of the item, with the keys that lead there."""

        def walk(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
            if isinstance(value, list | tuple):
                for i, each in enumerate(value):
                    yield from walk(each, (*keys, i))
            elif isinstance(value, dict):
                for inner, each in value.items():
                    yield from walk(each, (*keys, inner))
            elif isinstance(value, str) and keys[-1] != "file":
                is_math = str(self.typed.get("math", False)).lower() == "true"
                found = [value] if self._is_bare(value, keys) else expressions(value, self.known, math=is_math)
                yield from ((keys, text) for text in found)

        if key not in _UNTOUCHED:
            yield from walk(value, (key,))

    def workings(self) -> Iterator[tuple[str, str, bool]]:
        """How the answer comes about: each sum that it holds, its value, and whether that is exact, not rounded."""
        seen = set()
        is_cloze = self.typed.get("kind") == "cloze"
        for key, value in self.typed.items():
            for keys, text in self._expressions(key, value):
                what = asked(text)
                if what.is_name or what in seen or not (_ASKED & set(keys) or (is_cloze and key == "prompt")):
                    continue
                seen.add(what)
                result = said(text, "code", self.drawn, ".")
                if is_number(result):
                    exact = computed(what.expression, {name: valued(it) for name, it in self.drawn.items()})
                    yield what.expression, result, Fraction(result) == exact

    def check(self) -> None:
        """Refuse expressions that ask for what is no value of the item."""
        for key, value in self.typed.items():
            for keys, text in self._expressions(key, value):
                self._refuse_strange(text, keys)
        for i, condition in enumerate(self.where):
            self._refuse_strange(condition, ("where", i))

    def _refuse_strange(self, text: str, keys: Keys) -> None:
        try:
            strange = names_in(asked(text).expression) - self.known - CONSTANTS.keys()
        except ExpressionError as error:
            kind = "too-much-work" if isinstance(error, TooMuchError) else "bad-expression"
            refuse(kind, f"'{text.strip()}' {error}", keys)
        for name in sorted(strange):
            remedy = did_you_mean(name, sorted(self.known)) or (
                f"the values are {', '.join(self.lists)}; a backslash before the braces keeps them as text"
            )
            refuse("unknown-value", f"'{text.strip()}' asks for '{name}', which is no value of the item", keys, remedy)


def read_values(raw: Mapping[str, Any]) -> Values:
    """The values of an item as typed, with the fixed combination.

    Raises:
        PydanticCustomError: names, values, conditions or expressions are none, or `where` refuses every combination.
    """
    given = raw["values"]
    if not isinstance(given, dict) or not given:
        refuse("bad-values", "'values' must be names with their values", ("values",))
    if len(given) > _MOST_NAMES:
        refuse("too-many", f"'values' has more than {_MOST_NAMES} names", ("values",))
    lists = {name: listed(name, value) for name, value in given.items()}
    where = raw.get("where", ())
    where = (where,) if isinstance(where, str) else tuple(map(str, where)) if isinstance(where, list | tuple) else ()
    values = Values(raw, lists, where, {})
    values.check()
    first = next(values.combinations(), None)
    if first is None:
        tried = min(values.number, _MOST_TRIED)
        refuse("no-variant", f"'where' lets none of {tried} combinations of values through", ("where",))
    return replace(values, drawn=first)


def _rank(*parts: str) -> int:
    """The place of these parts in a shuffle, which is one and the same on any machine."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest(), "big")


def said_of(combination: Mapping[str, str]) -> str:
    """A combination in words: `m = 3, t = 12`."""
    return ", ".join(f"{name} = {value}" for name, value in combination.items())


def fixed_of(raw: Any) -> Mapping[str, str] | None:
    """The fixed combination of an item as typed; None where it has no values, or they are not sound."""
    if isinstance(raw, dict) and raw.get("values") is not None:
        with suppress(PydanticCustomError):
            return read_values(raw).drawn
    return None
