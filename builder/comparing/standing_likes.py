"""Pairs of alike sets of words that are kept while sets come and go (see `builder.text.alike`)."""

from __future__ import annotations

from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from builder.comparing.marks import mark
from builder.text.alike import SLIP, alike

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from collections.abc import Set as AbstractSet

    Name = tuple[str, int]

_MOST_CHANGED = 100  # sets: with more of them, all pairs are looked for anew


class StandingLikes:
    """The partners of each set among those that are no larger, as `alike` finds them; sets have names that have an order.

    Of each set its mark and its size are kept. A new set is compared with those whose mark has enough of its bits.
    """

    def __init__(self, least: float, most: int) -> None:
        """Know no set yet. `least` is the likeness of a pair; of a set with more than `most` partners nothing is kept."""
        self._least, self._most = least, most
        self._marks: dict[Name, tuple[int, int]] = {}
        self._partners: dict[Name, dict[Name, float]] = {}
        self._has_all = False

    def look(
        self, names: Collection[Name], changed: AbstractSet[Name], words: Callable[[Name], frozenset[str]]
    ) -> Mapping[Name, Mapping[Name, float]] | None:
        """The partners of each set with their likeness; None if a set has too many.

        `names` are the sets that there are, `changed` those that came, went or changed since the last look. `words`
        gives a set.
        """
        if not self._has_all or len(changed) > _MOST_CHANGED:
            self._start(sorted(names), words)
        else:
            self._change(changed, {name: words(name) for name in changed if name in names}, words)
        self._has_all = all(len(partners) <= self._most for partners in self._partners.values())
        return self._partners if self._has_all else None

    def _start(self, names: list[Name], words: Callable[[Name], frozenset[str]]) -> None:
        sets = [words(name) for name in names]
        self._marks = {name: (mark(own), len(own)) for name, own in zip(names, sets, strict=True) if own}
        self._partners = {}
        for i, others in alike(sets, self._least):
            some = {names[j]: share for j, share in islice(others, self._most + 1)}
            if some:
                self._partners[names[i]] = some
                if len(some) > self._most:
                    return

    def _change(
        self,
        changed: AbstractSet[Name],
        new: Mapping[Name, frozenset[str]],
        words: Callable[[Name], frozenset[str]],
    ) -> None:
        for name in changed:
            self._marks.pop(name, None)
            self._partners.pop(name, None)
        for partners in self._partners.values():
            for name in changed & partners.keys():
                del partners[name]
        for name, own in new.items():
            if own:
                self._marks[name] = mark(own), len(own)
                self._compare(name, own, words)

    def _compare(self, name: Name, own: frozenset[str], words: Callable[[Name], frozenset[str]]) -> None:
        """Find the sets that are alike to one, and keep each pair with the larger one, or else with the later one."""
        bits, size = self._marks[name]
        # Two members of a set may have one bit. So fewer bits may be shared than members are, and fewer are asked for.
        least_bits = ceil(self._least * size - SLIP) - (size - bits.bit_count())
        smallest, largest = self._least * size - SLIP, size / self._least + SLIP
        met = [
            other
            for other, (here, number) in self._marks.items()
            if smallest <= number <= largest and (here & bits).bit_count() >= least_bits and other != name
        ]
        for other in met:
            there = words(other)
            both = len(own & there)
            share = both / (size + len(there) - both)
            if share >= self._least:
                small, large = sorted(((size, name), (len(there), other)))
                self._partners.setdefault(large[1], {})[small[1]] = share
