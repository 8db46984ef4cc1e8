"""The printed order of a paper: of its questions, by rank (`builder.paper.mixing`), and of what is shuffled within one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.items import (
    Numeric,
)
from builder.paper.key import accepted_of, key_of, letters_of, lines_of, parts_of, worth
from builder.paper.mixing import rank
from builder.paper.numbering import numbered
from builder.paper.record import PARTS, QuizItem, Version, under
from builder.paper.rules import rule_of
from builder.paper.shuffle import shuffled

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
        letters=letters_of(item, order),
        theme=item.theme or "",
        theory=item.theory or "",
        bloom=item.bloom or "",
        **accepted_of(item),
    )
