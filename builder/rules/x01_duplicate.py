"""Two items ask for the same thing.

A second card on a fact costs reviews and teaches nothing; on a paper it counts
one bit of knowledge twice, and an item pool looks larger than it is (Haladyna,
Downing and Rodriguez 2002, items independent of each other). Asking for one
fact from several angles is good, but then the prompts differ. The likeness of
two prompts is the number of content words that they share, over the number
that they hold together. A hit means: the same answer, and a likeness of 0.80
or more (an error), or of 0.65 or more (a warning). Prompts that name different
numbers ask for different things, and siblings (`group:`) are meant to be
alike. Of two duplicates the longer is reported, or the later in the alphabet of
ids.

Bad:

    - id: worden-stuck
      kind: basic
      prompt: Which of Worden's tasks does the paper on *Her* say Theodore is stuck in?
      answer: The second
    - id: worden-task-stuck
      kind: basic
      prompt: In which of Worden's tasks does the paper on *Her* say that Theodore is stuck?  # X01
      answer: the second

Good:

    - id: worden-stuck
      kind: basic
      prompt: Which of Worden's tasks does the paper on *Her* say Theodore is stuck in?
      answer: The second
    - id: worden-price
      kind: basic
      prompt: What, on the paper's reading of *Her*, does dodging the pain of grief prolong?
      answer: Isolation
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import chain, combinations
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import Severity
from builder.model import Basic, Cloze, Essay, Matching, Mcq, Ordering, Reversed, Short, TrueFalse
from builder.rules import Hit
from builder.text.words import normal, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from builder.model import Course, Item

SEVERITY = Severity.ERROR
REMEDY = "delete one of the two, or let it ask for another thing"
WHOLE_COURSE = True
SAME, NEAR = 0.80, 0.65
SLIP = 1e-9  # so far may a float be off where a whole number is meant
FEW = 4  # a word in so few prompts is looked up by itself, a commoner one in pairs
BITS = 120  # four digits of a Python number


class Card(NamedTuple):
    """A question that a student meets: its item, the key of its text, the text, and the answer for comparison."""

    item: Item
    key: str
    prompt: str
    answer: str


def check(course: Course) -> Iterator[Hit]:
    """Cards with the same answer and much the same prompt as another."""
    for same in _same_answer(course.active):
        yield from _duplicates(course, same)


def duplicates(items: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """Every two of these items that ask much the same and want the same answer: a paper may hold one of them."""
    for same in _same_answer(items):
        for i, others in alike([stems(card.prompt) for card in same], NEAR):
            yield from ((same[i].item, same[j].item) for j, _ in others if _may_duplicate(same[i], same[j]))


def _same_answer(items: Iterable[Item]) -> Iterator[list[Card]]:
    """The questions that share an answer, in a fixed order."""
    by_answer: dict[str, list[Card]] = defaultdict(list)
    for item in items:
        for card in cards(item):
            by_answer[card.answer].append(card)
    for same in by_answer.values():
        if len(same) > 1:
            yield sorted(same, key=lambda card: (card.item.id, card.key))


def _duplicates(course: Course, same: Sequence[Card]) -> Iterator[Hit]:
    for i, others in alike([stems(card.prompt) for card in same], NEAR):
        here = same[i]
        share, other = 0.0, here
        for j, likeness in others:
            if likeness > share and _may_duplicate(here, same[j]):
                share, other = likeness, same[j]
                if share >= SAME:
                    break
        if share:
            severity = Severity.ERROR if share >= SAME else Severity.WARNING
            limit = SAME if share >= SAME else NEAR
            message = (
                f"asks what '{other.item.id}' asks, with the same answer (likeness {share:.2f}, limit {limit:.2f})"
            )
            yield Hit(course.at[here.item.id] / here.key, message, severity)


def _may_duplicate(one: Card, two: Card) -> bool:
    siblings = one.item is two.item or (one.item.group and one.item.group == two.item.group)
    return not siblings and _numbers(one.prompt) == _numbers(two.prompt)


def _numbers(text: str) -> list[str]:
    return sorted(word for word in words(text) if word[0].isdigit())


def cards(item: Item) -> Iterator[Card]:
    """The questions of an item: two for a reversed one, else one."""
    match item:
        case Basic() | Reversed():
            yield Card(item, "prompt", item.prompt, normal(item.answer))
            if isinstance(item, Reversed):
                yield Card(item, "reverse_prompt", item.reverse_prompt, normal(item.reverse_answer))
        case Cloze():
            yield Card(item, "prompt", item.prompt, "\n".join(normal(blank.text) for blank in item.blanks))
        case Mcq():
            yield Card(item, "prompt", item.prompt, "\n".join(normal(o.text) for o in item.options if o.is_right))
        case TrueFalse():
            yield Card(item, "prompt", item.prompt, f"{item.answer} {normal(item.correction)}")
        case Matching():
            yield Card(item, "prompt", item.prompt, _joined(text for pair in item.pairs for text in pair))
        case Ordering():
            yield Card(item, "prompt", item.prompt, _joined(item.sequence))
        case Short():
            yield Card(item, "prompt", item.prompt, _joined(point.point for point in item.key_points))
        case Essay():
            yield Card(item, "prompt", item.prompt, _joined(row.criterion for row in item.rubric))


def _joined(texts: Iterable[str]) -> str:
    # Long answers: only copies are the same.
    return "\n".join(texts).casefold()


def alike(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, Iterator[tuple[int, float]]]]:
    """For each set the others, no larger, with a Jaccard likeness of `least` or more: all of them, each pair once.

    The partners of a set are found as they are asked for, so a caller that
    wants one pays for one. Sets of that likeness share so many members that
    they must share two among their rarest ones (prefix filtering: Bayardo, Ma
    and Srikant 2007; with two members: Wang, Li and Feng 2012). So a set is
    filed under those of them that few sets hold, and under pairs of the rest; and of those found, most are told
    apart by a hundred bits that stand for their members.
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
            # Where a set is so small that one shared member may do, it is filed under each of them as well.
            each = ranks if (size + 1) * least <= 1 + least else []
            most_rare = ranks[: size - ceil(least * size - SLIP) + 2]
            found = filter(None, map(index.get, _keys(most_rare, lone, few) + each))
            yield i, _partners(sets, marks, i, least, found)
            # Partners yet to come are no smaller, so that they share more.
            most_rare = ranks[: size - ceil(2 * least / (1 + least) * size - SLIP) + 2]
            for key in _keys(most_rare, lone, few) + each:
                index[key].append(i)


def _keys(prefix: list[int], lone: int, few: int) -> list[int]:
    """What a set is filed or sought under, by the ranks of its rarest members."""
    start, middle = bisect_left(prefix, lone), bisect_left(prefix, few)
    return prefix[start:middle] + [~(a << 32 | b) for a, b in combinations(prefix[middle:], 2)]


def _mark(ranks: Iterable[int]) -> int:
    """A set in so many bits, one for each member, some for several."""
    mark = 0
    for rank in ranks:
        mark |= 1 << rank % BITS
    return mark


def _partners(
    sets: Sequence[frozenset[str]], marks: Sequence[int], i: int, least: float, candidates: Iterable[list[int]]
) -> Iterator[tuple[int, float]]:
    own, mark, seen = sets[i], marks[i], set[int]()
    # Members that share a bit with others of their set may be shared unseen.
    least_bits = ceil(least * len(own) - SLIP) - (len(own) - mark.bit_count())
    for j in chain.from_iterable(candidates):
        if j not in seen:
            seen.add(j)
            if (mark & marks[j]).bit_count() >= least_bits:
                both = len(own & sets[j])
                share = both / (len(own) + len(sets[j]) - both)
                if share >= least:
                    yield j, share
