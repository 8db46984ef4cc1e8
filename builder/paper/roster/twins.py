"""Students of one name, whom only their ids tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.paper.roster.columns import plain

if TYPE_CHECKING:
    from collections.abc import Iterable


def twins(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What belongs to names that stand twice or more, by the first spelling of each: pairs of a name and an id, for example.

    `Anna Kim` and `ANNA  KIM` are one name, and so are `Zoé` and `Zoe`: whoever reads them on paper takes them for one.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    for name, what in named:
        if key := plain(name):
            found.setdefault(key, (name, []))[1].append(what)
    return {name: those for name, those in found.values() if len(those) > 1}
