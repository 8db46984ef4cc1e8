"""The likeness index: which sets of words are alike, without comparing each set with each.

The likeness of two sets is the number of members that they share over the number that they hold together (Jaccard).
Sets of that likeness share so many members that they must share two among their rarest ones (prefix filtering:
Bayardo, Ma and Srikant 2007; with two members: Wang, Li and Feng 2012). So each set is filed under its rarest
members, and is compared only with the sets that are filed under one of the same keys.

An example, with a likeness of 0.5 or more sought among `ab`, `abc`, `bcd` and `xyz`:
1. The members x, y, z, d stand in one set each, a and c in two, b in three: that is their order, rarest first.
2. `ab` is looked up first, as the smallest: nothing is filed yet. It is then filed under a and under b.
3. `abc` is filed under a too, so it meets `ab`: 2 members shared of 3 held together make 0.67, a pair.
4. `bcd` meets `abc` at c: 2 of 4 make 0.5, a pair. It meets `ab` at b as well: 1 of 4 is too little.
5. `xyz` has only members that no other set holds: it is looked up under nothing, and is compared with nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import chain, combinations
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SLIP = 1e-9  # the most by which a float differs from the whole number that it stands for
FEW = 4  # a member of at most so many sets is a key by itself, a commoner one only together with another
BITS = 120  # of the number that stands for a set; Python keeps numbers in digits of 30 bits, so these are four


def alike(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, Iterator[tuple[int, float]]]]:
    """For each set, by its number, the sets that are no larger and have a likeness of `least` or more with it.

    Each result is the number of a set, and its partners with their likeness. Every pair is found, and found once.
    Partners are worked out only as the caller asks for them. Sets that meet under a key are first compared by a number
    of 120 bits that stands for their members: that alone tells most sets apart that are not alike.
    """
    number = Counter(chain.from_iterable(sets))
    order = sorted(number, key=lambda member: (number[member], member))
    rank = {member: place for place, member in enumerate(order)}
    lone = bisect_right(order, 1, key=number.__getitem__)  # members of a lower rank meet nothing
    few = bisect_right(order, FEW, key=number.__getitem__)
    index: dict[int, list[int]] = defaultdict(list)
    marks = [0] * len(sets)
    for i in sorted(range(len(sets)), key=lambda i: len(sets[i])):
        if size := len(sets[i]):
            ranks = sorted(map(rank.__getitem__, sets[i]))
            marks[i] = _mark(ranks)
            # A small set may be alike to another by one shared member. So it is filed under each single member as well.
            each = ranks if (size + 1) * least <= 1 + least else []
            most_rare = ranks[: size - ceil(least * size - SLIP) + 2]
            met = filter(None, map(index.get, _keys(most_rare, lone, few) + each))
            yield i, _partners(sets, marks, i, least, met)
            # Sets that come later are no smaller, so an alike one shares more members: fewer keys are enough.
            most_rare = ranks[: size - ceil(2 * least / (1 + least) * size - SLIP) + 2]
            for key in _keys(most_rare, lone, few) + each:
                index[key].append(i)


def _keys(prefix: list[int], lone: int, few: int) -> list[int]:
    """The keys of a set, from the sorted ranks of its rarest members.

    Members below `lone` are in no other set, and give no key. Members below `few` are keys by themselves, as numbers
    of 0 or more. The others are keys in pairs, as numbers below 0.
    """
    start, middle = bisect_left(prefix, lone), bisect_left(prefix, few)
    return prefix[start:middle] + [~(a << 32 | b) for a, b in combinations(prefix[middle:], 2)]


def _mark(ranks: Iterable[int]) -> int:
    """A number with one bit set for each member; several members may share a bit."""
    mark = 0
    for rank in ranks:
        mark |= 1 << rank % BITS
    return mark


def _partners(
    sets: Sequence[frozenset[str]], marks: Sequence[int], i: int, least: float, candidates: Iterable[list[int]]
) -> Iterator[tuple[int, float]]:
    """The sets among the candidates that are alike enough to set `i`, each once, with the likeness."""
    own, mark, seen = sets[i], marks[i], set[int]()
    # Two members of a set may have one bit. So fewer bits may be shared than members are, and fewer are asked for.
    least_bits = ceil(least * len(own) - SLIP) - (len(own) - mark.bit_count())
    for j in chain.from_iterable(candidates):
        if j not in seen:
            seen.add(j)
            if (mark & marks[j]).bit_count() >= least_bits:
                both = len(own & sets[j])
                share = both / (len(own) + len(sets[j]) - both)
                if share >= least:
                    yield j, share
