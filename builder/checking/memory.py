"""What is kept of a course between checks: what its banks came to, and what the rules said of each item.

A bank is known by its path and its text. What a rule of single items says depends on the item, and on what the course
says beside its banks: course.yaml, the references, the outline and all other files that were read. All these together
are the context. When it changes, each rule looks at each item again.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from builder.checking.across import Across
from builder.checking.reading import parse_banks
from builder.checking.slices import keys
from builder.checking.spliced import spliced
from builder.diagnostics import At
from builder.loading.loaded import Before

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from builder.checking.verdicts import Verdicts
    from builder.loading.bank import ParsedBank, Tell, Texts
    from builder.loading.loaded import Loaded
    from builder.model import Course, Item
    from builder.model.group import Group
    from builder.rules import Hit, Rule
    from builder.rules._running import Find

    Keyed = tuple[Item, At, bytes]
    Said = tuple[tuple[str, Hit], ...]  # the hits on one item by the code of the rule; places begin at the item

_MOST_NEW = 0.5  # share of the items that are new or changed: with more, all are looked at, if need be by two processes


@dataclass
class KeptBank:
    """What a bank's text comes to, the key of each of its items, and what the rules said of items by key.

    `judged` are the keys of the items that were looked at; `said` has those of which anything was said. Both hold in the
    context `context` alone.
    """

    text: str | None  # None: only the digest is known
    parsed: ParsedBank
    keys: Sequence[bytes]
    said: dict[bytes, Said] = field(default_factory=dict)
    judged: frozenset[bytes] = frozenset()
    context: bytes = b""
    digest: bytes = b""

    @cached_property
    def is_settled(self) -> bool:
        """Whether it is known what the rules say of each item; so it never is of a bank whose items have no keys."""
        uses = self.parsed.uses
        are_keyed = len(self.keys) == len(uses.ids) > 0 and not uses.has_values and not uses.has_passages
        return are_keyed and self.judged.issuperset(self.keys)

    @cached_property
    def named(self) -> dict[str, bytes]:
        """The keys of a settled bank by the ids of its items."""
        return dict(zip(self.parsed.uses.ids, self.keys, strict=True))

    @cached_property
    def told(self) -> dict[str, tuple[At, Said]]:
        """The items of a settled bank that anything is said of, by id, with their places."""
        every = zip(self.parsed.items, self.keys, strict=True) if self.said else ()
        return {item.id: (at, self.said[key]) for (item, at), key in every if key in self.said}

    def judge(self, said: dict[bytes, Said], context: bytes) -> None:
        """Take what the rules said in a context: of all items that were looked at, by key."""
        self.said = {key: it for key, it in said.items() if it}
        self.judged, self.context = frozenset(said), context
        for known in ("is_settled", "told"):
            vars(self).pop(known, None)

    def said_of(self, key: bytes) -> Said | None:
        """What the rules said of an item; None where it was not asked."""
        return self.said.get(key, ()) if key in self.judged else None

    def is_of(self, text: str) -> bool:
        """Whether this is what `text` comes to."""
        if self.text is None and self.digest == _digest(text):
            self.text = text
        return self.text == text


class Memory:
    """What earlier checks of one course came to."""

    verdicts: Verdicts | None = None

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._banks: dict[str, KeptBank] = {}
        self._across = Across(b"", {}, {})
        self.before = Before()

    def parse(self, texts: Texts, tell: Tell = lambda _: None) -> Iterator[ParsedBank]:
        """What each bank comes to (see `parse_bank`), given by path and text, kept until its text changes."""
        known = {path: self._banks.get(path) or self._recalled(path) for path, _ in texts}
        told = {path: self._told(path, text, known[path]) for path, text in texts}
        new = [bank for bank in texts if not told[bank[0]]]
        read = iter(parse_banks(new, tell))
        for path, text in texts:
            kept, parsed = known[path], told[path] or next(read)
            if kept is None or parsed is not kept.parsed:
                before = (kept.said, kept.judged, kept.context) if kept else ({}, frozenset(), b"")
                kept = KeptBank(text, parsed, keys(text, parsed.starts), *before, _digest(text))
            self._banks[path] = kept
            yield kept.parsed

    def _told(self, path: str, text: str, kept: KeptBank | None) -> ParsedBank | None:
        """What a bank comes to, by what is kept of it; None where it has to be read."""
        if kept and kept.is_of(text):
            return kept.parsed
        return spliced(path, text, kept.text, kept.parsed) if kept and kept.text else None

    def _recalled(self, path: str) -> KeptBank | None:  # noqa: ARG002 - others have one
        """What is kept elsewhere of the bank at a path."""
        return None

    def forget_all_but(self, paths: Iterable[str]) -> None:
        """Forget the banks that are no longer read; the others take the order of `paths`."""
        self._banks = {path: self._banks[path] for path in paths if path in self._banks}

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


def keyed(banks: Mapping[str, KeptBank], course: Course, without: Container[str] = ()) -> Iterator[Keyed]:
    """The items of a course that have a key, with their places, but for those of the banks `without`.

    Items with values have none, since all items of a bank share the work that values may take. Nor have those of a
    passage, which stands outside their own lines.
    """
    for group in course.groups:
        kept = banks.get(group.path)
        if group.path not in without and kept and kept.keys:
            for item, at in zip(group.items, group.places, strict=True):
                if not item.values and not item.passage:
                    yield item, at, kept.keys[_place(at)]


def _keys_by_value(group: Group) -> dict[str, bytes]:
    """A key for each item of a bank by its values."""
    return {
        item.id: hashlib.blake2b(repr(item).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        for item in group.items
    }


class _Search:
    """One search for hits in a course.

    `settled` are the banks of which everything is known: it is not asked of each of their items.
    """

    def __init__(self, banks: Mapping[str, KeptBank], course: Course, context: bytes, rules: Sequence[Rule]) -> None:
        self.banks, self.course, self.context, self.rules = banks, course, context, rules
        are_distinct = sum(len(kept.parsed.uses.ids) for kept in banks.values()) == len(course.items)
        self.settled = {
            path for path, kept in banks.items() if are_distinct and kept.context == context and kept.is_settled
        }
        self.known: dict[str, tuple[At, Said]] = {}  # by the ids of items that anything is said of, or not settled
        self.keys: dict[str, Mapping[str, bytes]] = {}  # by bank, and there by the ids of items
        for path in self.settled:
            self.keys[path] = banks[path].named
            self.known |= banks[path].told
        unsettled = [group for group in course.groups if group.path not in self.settled]
        for item, at, key in keyed(banks, course, self.settled):
            self.keys.setdefault(at.path, {})[item.id] = key  # type: ignore[index]
            said = banks[at.path].said_of(key) if banks[at.path].context == context else None
            if said is not None:
                self.known[item.id] = at, said
        for group in unsettled:
            if len(self.keys.get(group.path, ())) < len(group.items):
                self.keys[group.path] = {**group.of(_keys_by_value), **self.keys.get(group.path, {})}
        self.new = tuple(item for group in unsettled for item in group.items if item.id not in self.known)

    def found(
        self,
        two_at_once: bool,  # noqa: FBT001 - as `rules.found` has it
        tell: Callable[[float], object],
        across: Across,
    ) -> Mapping[Rule, Sequence[Hit]]:
        """What each rule finds; what is found of new items is kept."""
        from builder.rules import found, single

        def whole(course: Course, rules: Sequence[Rule], tell: Callable[[float], object]) -> dict[Rule, list[Hit]]:
            return across.found(course, rules, self.keys, tell)

        if len(self.new) > len(self.course.items) * _MOST_NEW:
            result = found(self.course, self.rules, two_at_once, tell, whole)
        else:
            # Other variants of items with values are looked at in portions, which have to be those of the whole course.
            has_values = any(kept.parsed.uses.has_values for kept in self.banks.values())
            part = self.course if has_values else replace(self.course, items=self.new)
            result = self.mixed(single(part, self.rules, lambda _: None, self.judged))
            result |= whole(self.course, self.rules, tell)
        self.keep({rule: hits for rule, hits in result.items() if not rule.is_whole})
        return result

    def judged(self, part: Course, rules: Sequence[Rule]) -> Mapping[Rule, Iterable[Hit]]:
        """What rules find of the new items in a part of the course."""
        from builder.rules import judged

        new = set(map(id, self.new))
        return judged(replace(part, items=tuple(item for item in part.items if id(item) in new)), rules)

    def mixed(self, hits: dict[Rule, list[Hit]]) -> dict[Rule, list[Hit]]:
        """The hits of each rule on new items, and those that are known, in the order of the items."""
        by_code = {rule.code: own for rule, own in hits.items()}
        mixed = set()
        for at, said in self.known.values():
            for code, hit in said:
                by_code[code].append(hit._replace(at=_moved(hit.at, at)))
                mixed.add(code)
        banks = {path: place for place, path in enumerate(self.banks)}
        for code in mixed:
            by_code[code].sort(key=lambda hit: (banks.get(hit.at.path, -1), _order(hit.at)))
        return hits

    def keep(self, hits: Mapping[Rule, Sequence[Hit]]) -> None:
        """Keep what was found of each item that has a key of its own."""
        by_place: dict[tuple[str, str | int], list[tuple[str, Hit]]] = {}
        for rule, found in hits.items():
            for hit in found:
                if hit.at.path not in self.settled:
                    place = hit.at.path, hit.at.keys[1] if hit.at.keys[:1] == ("items",) else ""
                    by_place.setdefault(place, []).append((rule.code, hit._replace(at=_within(hit.at))))
        fresh: dict[str, dict[bytes, Said]] = {path: {} for path in self.banks if path not in self.settled}
        for _, at, key in keyed(self.banks, self.course, self.settled):
            fresh[at.path][key] = tuple(by_place.get((at.path, at.keys[1]), ()))
        for path, by_key in fresh.items():
            self.banks[path].judge(by_key, self.context)


def _order(at: At) -> int:
    """The place of an item in its bank; what lies in no item comes last."""
    return _place(at) if at.keys[:1] == ("items",) else sys.maxsize


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
