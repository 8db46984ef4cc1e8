"""The passages of a bank: what the bank says for them, and what is wrong between them and its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.diagnostics import At, Finding
from builder.model.fields import LETTERS
from builder.model.passage import Passage, sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.loading.bank import ParsedBank, Placed


def with_defaults(raw: dict[str, Any]) -> dict[str, Any]:
    """A bank as typed, whose passages have the bank's `math` where they say nothing themselves."""
    if str(raw.get("math")).lower() not in {"true", "false"} or not isinstance(raw.get("passages"), list):
        return raw
    return {**raw, "passages": [{"math": raw["math"]} | it if isinstance(it, dict) else it for it in raw["passages"]]}


def placed(path: str, raw: Mapping[str, Any]) -> list[tuple[Passage, At]]:
    """The sound passages of a bank as typed, twins too, with their places."""
    found = []
    for i, entry in enumerate(raw.get("passages") or () if isinstance(raw.get("passages"), list) else ()):
        found += [(passage, At(path, ("passages", i))) for passage in sound([entry]).values() if passage]
    return found


def is_unsound(entry: Mapping[str, Any], passages: Mapping[str, Passage | None]) -> bool:
    """Whether an item as typed belongs to a passage that is not sound."""
    name = entry.get("passage")
    return isinstance(name, str) and name in passages and passages[name] is None


def faults(path: str, raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Passages without an item, and those that can't be asked as they say.

    The items are counted as they are typed: one that is not sound is there all the same.
    """
    for passage, at in placed(path, raw):
        named = [it for it in raw["items"] if isinstance(it, dict) and it.get("passage") == passage.id]
        number = sum(not it.get("retired") for it in named)
        if not named:
            what = f"no item belongs to the passage '{passage.id}'"
            yield Finding(at / "id", "lone-passage", what, f"write 'passage: {passage.id}' in its items, or delete it")
        elif passage.take and passage.take > number:
            what = f"'take' is {passage.take}, and the passage '{passage.id}' has {number} items in use"
            yield Finding(at / "take", "too-many", what, f"write {number} or less, or add items")
        elif passage.parts and (passage.take or number) > len(LETTERS):
            what = f"the passage '{passage.id}' has {number} items, more than there are letters for its parts"
            yield Finding(at / "parts", "too-many", what, "leave out 'parts:', or say how many to 'take:'")


def quarrels(items: Iterable[Placed], banks: Mapping[str, ParsedBank]) -> Iterator[Finding]:
    """Passages of one id, and items that may not stand together although their passage is asked as a whole."""
    yield from _twins(it for bank in banks.values() for it in bank.passages)
    yield from _apart(items)


def _twins(passages: Iterable[tuple[Passage, At]]) -> Iterator[Finding]:
    """Passages whose id an earlier one of the course has."""
    first: dict[str, At] = {}
    for passage, at in passages:
        if (where := first.setdefault(passage.id, at)) != at:
            what = f"the id '{passage.id}' is that of another passage"
            yield Finding(at / "id", "duplicate-id", what, f"the first is in {where.path}; rename one of the two")


def heads(items: Iterable[Placed], banks: Mapping[str, ParsedBank]) -> dict[str, At]:
    """The place of each passage by the id of the first item in use that belongs to it; `banks` are by path."""
    every = [it for bank in banks.values() for it in bank.passages]
    if not every:
        return {}
    places = {(at.path, passage.id): at for passage, at in reversed(every)}
    found: dict[At, str] = {}
    for item, at in items:
        if item.passage and not item.retired:
            found.setdefault(places[at.path, item.passage.id], item.id)
    return {item: at for at, item in found.items()}


def _apart(items: Iterable[Placed]) -> Iterator[Finding]:
    """Items of one passage that may not stand on one paper, although the passage is asked as a whole."""
    of: dict[str, list[Placed]] = {}
    for item, at in items:
        if item.passage and not item.passage.take and not item.retired:
            of.setdefault(item.passage.id, []).append((item, at))
    for name, members in of.items():
        ids = {item.id for item, _ in members}
        groups: dict[str, str] = {}
        for item, at in members:
            other = next((it for it in item.enemies if it in ids and it != item.id), None)
            key = "enemies" if other else "group"
            if item.group and groups.setdefault(item.group, item.id) != item.id:
                other = other or groups[item.group]
            if other:
                what = f"'{item.id}' and '{other}' may not stand on one paper, and the passage '{name}' is asked as a whole"
                yield Finding(at / key, "parted-passage", what, f"delete the {key}, or say how many items to 'take:'")
