"""What is kept of a course between checks: what its banks came to, and what the rules said of each item.

A bank is known by its path and its text. What a rule of single items says depends on the item, and on what the course
says beside its banks: course.yaml, the references, the outline and all other files that were read. All these together
are the context. When it changes, each rule looks at each item again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from builder.checking.across import Across
from builder.checking.slices import keys
from builder.diagnostics import At
from builder.loading.bank import parse_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from builder.loading.bank import ParsedBank
    from builder.loading.loaded import Loaded
    from builder.model import Course, Item
    from builder.rules import Hit, Rule
    from builder.rules._running import Find

    Said = tuple[tuple[str, Hit], ...]  # the hits on one item by the code of the rule; places begin at the item

_MOST_NEW = 0.5  # share of the items that are new or changed: with more, all are looked at, if need be by two processes


@dataclass
class KeptBank:
    """What a bank's text comes to, the key of each of its items, and what the rules said of items by key.

    `said` holds in the context `context` alone.
    """

    text: str | None  # None: only the digest is known
    parsed: ParsedBank
    keys: Sequence[bytes]
    said: dict[bytes, Said] = field(default_factory=dict)
    context: bytes = b""
    digest: bytes = b""

    def is_of(self, text: str) -> bool:
        """Whether this is what `text` comes to."""
        if self.text is None and self.digest == _digest(text):
            self.text = text
        return self.text == text


class Memory:
    """What earlier checks of one course came to."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._banks: dict[str, KeptBank] = {}
        self._across = Across(b"", {}, {})
        self.distinct: list[object] = []  # see `load`

    def parse(self, path: str, text: str, tell: Callable[[float], object] = lambda _: None) -> ParsedBank:
        """What a bank comes to (see `parse_bank`), kept until its text changes."""
        kept = self._banks.get(path) or self._recalled(path)
        if kept is None or not kept.is_of(text):
            parsed = parse_bank(path, text, tell)
            said, context = (kept.said, kept.context) if kept else ({}, b"")
            kept = KeptBank(text, parsed, keys(text, parsed.starts), said, context, _digest(text))
        self._banks[path] = kept
        return kept.parsed

    def _recalled(self, path: str) -> KeptBank | None:  # noqa: ARG002 - others have one
        """What is kept elsewhere of the bank at a path."""
        return None

    def forget_all_but(self, paths: Container[str]) -> None:
        """Forget the banks that are no longer read."""
        for path in [path for path in self._banks if path not in paths]:
            del self._banks[path]

    def _across_of(self, context: bytes) -> Across:
        """What rules of the whole course have kept in a context."""
        if self._across.context != context:
            self._across = Across(context, {}, {})
        return self._across

    def found(self, loaded: Loaded) -> Find:
        """A function that finds what `rules.found` finds in the course of `loaded`, and looks at what has changed alone."""

        def find(
            course: Course,
            rules: Sequence[Rule],
            two_at_once: bool,  # noqa: FBT001 - as `found` has it
            tell: Callable[[float], object],
        ) -> Mapping[Rule, Sequence[Hit]]:
            files = outer_files(loaded, self._banks)
            search = _Search(
                self._banks, course, hash_of(files, [rule.code for rule in rules if not rule.is_whole]), rules
            )
            return search.found(two_at_once, tell, self._across_of(hash_of(files)))

        return find


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def hash_of(*parts: object) -> bytes:
    """A hash of plain values."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).digest()


def outer_files(loaded: Loaded, banks: Container[str]) -> list[tuple[str, str]]:
    """The path and the hash of each file of a course that was read and is no bank."""
    return sorted((path, digest) for path, (_, digest) in loaded.trace.files.items() if path not in banks)


def keyed(banks: Mapping[str, KeptBank], course: Course) -> Iterator[tuple[Item, At, bytes]]:
    """The items of a course that have a key, with their places.

    Items with values have none, since all items of a bank share the work that values may take. Nor have those of a
    passage, which stands outside their own lines.
    """
    for item in course.items:
        at = course.at[item.id]
        kept = banks.get(at.path)
        if kept and kept.keys and not item.values and not item.passage:
            yield item, at, kept.keys[_place(at)]


class _Search:
    """One search for hits in a course."""

    def __init__(self, banks: Mapping[str, KeptBank], course: Course, context: bytes, rules: Sequence[Rule]) -> None:
        self.banks, self.course, self.context, self.rules = banks, course, context, rules
        self.known: dict[str, tuple[At, Said]] = {}  # by the ids of items
        self.keys: dict[str, bytes] = {}  # by the ids of items
        for item, at, key in keyed(banks, course):
            self.keys[item.id] = key
            said = banks[at.path].said.get(key) if banks[at.path].context == context else None
            if said is not None:
                self.known[item.id] = at, said

    def found(
        self,
        two_at_once: bool,  # noqa: FBT001 - as `rules.found` has it
        tell: Callable[[float], object],
        across: Across,
    ) -> Mapping[Rule, Sequence[Hit]]:
        """What each rule finds; what is found of new items is kept."""
        from builder.rules import found, halves, single

        def whole(course: Course, rules: Sequence[Rule], tell: Callable[[float], object]) -> dict[Rule, list[Hit]]:
            return across.found(course, rules, self.keys, tell)

        if len(self.known) < len(self.course.items) * (1 - _MOST_NEW):
            result = found(self.course, self.rules, two_at_once, tell, whole)
        else:
            parts = halves(self.course) if two_at_once else (self.course,)
            each = [single(part, self.rules, lambda _: None, self.judged) for part in parts]
            result = {rule: [hit for part in each for hit in part[rule]] for rule in each[0]}
            result |= whole(self.course, self.rules, tell)
        self.keep({rule: hits for rule, hits in result.items() if not rule.is_whole})
        return result

    def judged(self, part: Course, rules: Sequence[Rule]) -> Mapping[Rule, Iterable[Hit]]:
        """What rules find in a part of the course: of new items by looking, of others from what is kept."""
        from builder.rules import judged

        new = tuple(item for item in part.items if item.id not in self.known)
        fresh = {rule: list(hits) for rule, hits in judged(replace(part, items=new), rules).items()} if new else {}
        by_code = {rule.code: fresh.setdefault(rule, []) for rule in rules}
        mixed = set()
        for at, said in (self.known[item.id] for item in part.items if item.id in self.known):
            for code, hit in said:
                by_code[code].append(hit._replace(at=_moved(hit.at, at)))
                mixed.add(code)
        if mixed and new:  # rules go through the items in their order
            order = {(at.path, *at.keys): i for i, at in enumerate(self.course.at[item.id] for item in part.items)}
            for code in mixed:
                by_code[code].sort(key=lambda hit: order.get((hit.at.path, *hit.at.keys[:2]), len(order)))
        return fresh

    def keep(self, hits: Mapping[Rule, Sequence[Hit]]) -> None:
        """Keep what was found of each item that has a key of its own."""
        by_place: dict[tuple[str, str | int], list[tuple[str, Hit]]] = {}
        for rule, found in hits.items():
            for hit in found:
                place = hit.at.path, hit.at.keys[1] if hit.at.keys[:1] == ("items",) else ""
                by_place.setdefault(place, []).append((rule.code, hit._replace(at=_within(hit.at))))
        fresh: dict[str, dict[bytes, Said]] = {path: {} for path in self.banks}
        for item in self.course.items:
            at = self.course.at[item.id]
            if item.id in self.keys:
                fresh[at.path][self.keys[item.id]] = tuple(by_place.get((at.path, at.keys[1]), ()))
        for path, kept in self.banks.items():
            kept.said, kept.context = fresh[path], self.context


def _place(item: At) -> int:
    """The place of an item in its bank, from 0."""
    place = item.keys[1]
    assert isinstance(place, int)  # noqa: S101 - so `read_bank` makes them
    return place


def _within(at: At) -> At:
    """A place with the keys inside its item alone."""
    return At("", at.keys[2:], at.on_key, at.character)


def _moved(at: At, item: At) -> At:
    """A place inside an item as a place of the bank; `item` is where the item is now."""
    return At(item.path, (*item.keys, *at.keys), at.on_key, at.character)
