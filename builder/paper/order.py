"""The printed order of a paper: of its questions, and of what is shuffled within one.

Order is by rank, a hash of seed and text: it is the same on any machine and
under any Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.items import (
    Basic,
    Cloze,
    Essay,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
)
from builder.paper.key import accepted_of, key_of, lines_of, parts_of, worth
from builder.paper.numbering import numbered
from builder.paper.record import PARTS, QuizItem, Version, rank, under
from builder.paper.rules import rule_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from builder.model import Item
    from builder.paper.record import Rule


def arrange(
    items: Iterable[Item],
    name: str,
    *seed: str,
    points: Mapping[str, float] | None = None,
    rule: Callable[[Item], Rule | None] = rule_of,
) -> Version:
    """The version `name` of the paper of these items: in parts, each in the rank order of seed and version.

    Items of one passage follow each other in the order in which they are given.

    `points` are marks by kind, for items that are right or wrong as a whole; other items have marks of their own.
    `rule` says by which rule the marks of an item are given, if one is said.
    """

    def place(item: Item) -> tuple[int, bytes]:
        return PARTS.index(under(item)), rank(*seed, name, item.passage.id if item.passage else item.id)

    ordered = sorted(items, key=place)
    numbers = numbered(item.passage for item in ordered)
    entries = (
        _entry(item, number, (*seed, name), points or {}, rule(item))
        for item, number in zip(ordered, numbers, strict=True)
    )
    return Version(name=name, items=tuple(entries))


def _entry(
    item: Item, number: tuple[int, str], seed: Sequence[str], points: Mapping[str, float], scoring: Rule | None
) -> QuizItem:
    order = shuffled(item, *seed)
    return QuizItem(
        number=number[0],
        part=number[1],
        id=item.id,
        kind=item.kind,
        passage=item.passage.id if item.passage else "",
        digest=item.digest,
        points=worth(item, points),
        order=order,
        key=key_of(item, order),
        lines=lines_of(item),
        numeric=item.numeric if isinstance(item, Numeric) else None,
        values=dict(item.values.drawn) if item.values else {},
        scoring=scoring,
        parts=parts_of(item),
        theme=item.theme or "",
        theory=item.theory or "",
        bloom=item.bloom or "",
        **accepted_of(item),
    )


def shuffled(item: Item, *seed: str) -> tuple[int, ...]:
    """The printed order of an item's options, responses, steps or words to choose from: entry k is the index of what stands at place k.

    Pinned options keep to their end, numbers and amounts stand in their one
    order (`Mcq.printed_order`), and an ordering is never printed solved. The options a, b and "none of these"
    (pinned last) may come out as (1, 0, 2), and never as (2, 0, 1).
    """
    match item:
        case Mcq():
            if item.is_ordered:
                return item.printed_order
            ends = {"first": 0, None: 1, "last": 2}
            return _by_rank([o.text for o in item.options], item.id, *seed, ends=[ends[o.pin] for o in item.options])
        case Matching():
            return _by_rank(item.responses, item.id, *seed)
        case Ordering():
            order = _by_rank(item.sequence, item.id, *seed)
            return order if order != tuple(sorted(order)) else (*order[1:], order[0])
        case Cloze() | Occlusion():
            return _by_rank(item.words, item.id, *seed)
        case TrueFalse() | Basic() | Reversed() | Numeric() | Short() | Essay():
            return ()


def _by_rank(texts: Sequence[str], *seed: str, ends: Sequence[int] | None = None) -> tuple[int, ...]:
    # Ranked by text, so that the order of the options in the bank does not matter; equal texts by place.
    return tuple(sorted(range(len(texts)), key=lambda i: (ends[i] if ends else 0, rank(*seed, texts[i]), i)))
