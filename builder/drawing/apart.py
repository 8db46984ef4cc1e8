"""Which items may not stand on one paper, whoever is drawn with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.comparing.cues import cues
from builder.comparing.duplicates import duplicates
from builder.comparing.names import name_stems
from builder.text.words import STEMMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.model import Course, Item


def apart(course: Course, items: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Each two of these items that are enemies, near-duplicates (X01), or of which one gives the other away (X02).

    Items of one passage are asked together, so they are kept apart only as enemies.
    """
    here = {item.id: item for item in items}
    found = set[frozenset[str]]()
    if course.tongue in STEMMED:  # in another language, each word that sentences can't do without would be a cue
        found |= {frozenset((cue.answer.item.id, cue.by.id)) for cue in cues(items, name_stems(course), course.tongue)}
    found |= {frozenset((one.id, two.id)) for one, two in duplicates(items, course.tongue)}
    found = {pair for pair in found if not here[min(pair)].is_beside(here[max(pair)])}
    found |= {frozenset((item.id, enemy)) for item in items for enemy in item.enemies if enemy in here}
    return [(here[a], here[b]) for a, b in _sorted(found)]


def _sorted(pairs: Iterable[frozenset[str]]) -> list[tuple[str, str]]:
    return sorted((min(pair), max(pair)) for pair in pairs if len(pair) == 2)  # noqa: PLR2004 - an item is no enemy of itself
