"""What the cards of a note type ask and answer: which fields stand on which side, and the front as it is shown."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from builder.exchange._frame import UnfitError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.exchange.anki._collection import NoteType, Template

_FIELD = re.compile(r"\{\{([^#^/{}][^{}]*)\}\}")
_SECTION = re.compile(r"\{\{([#^])([^{}]*)\}\}((?:(?!\{\{[#^]).)*?)\{\{/\2\}\}", re.DOTALL)
_TESTED = re.compile(r"\{\{[#^]([^{}]*)\}\}")
_MARK = re.compile(r"\{\{[#^/][^{}]*\}\}")
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
MOST_FRONT = 1_000_000  # characters
_MOST_NESTED = 20
_HEARD = re.compile(r"\s*tts\b")


class Side(NamedTuple):
    """The fields that a side of a card shows, in their order; those that are typed, or clozes, among them."""

    fields: tuple[str, ...]
    typed: frozenset[str]
    clozes: tuple[str, ...]


@lru_cache(maxsize=1000)
def side(html: str) -> Side:
    """The fields of a side of a template."""
    fields, typed, clozes = [], set(), []
    for found in _FIELD.finditer(_COMMENT.sub("", html)):
        *filters, name = (part.strip() for part in found[1].split(":"))
        if filters and _HEARD.match(filters[0]):
            continue  # spoken by the machine
        fields.append(name)
        if "cloze" in filters:
            clozes.append(name)
        elif "type" in filters:
            typed.add(name)
    return Side(tuple(dict.fromkeys(fields)), frozenset(typed), tuple(dict.fromkeys(clozes)))


def front(template: Template, values: Mapping[str, str]) -> str:
    """The front of a card as HTML, with what its fields hold; fields that are typed or spoken are not shown.

    Raises:
        UnfitError: it is too long: a field of a megabyte may stand in a template ten thousand times.
    """
    named = (found[1].rpartition(":")[2].strip() for found in _FIELD.finditer(template.front))
    if len(template.front) + sum(len(values.get(name, "")) for name in named) > MOST_FRONT:
        message = f"the front of its first card has more than {MOST_FRONT} characters"
        raise UnfitError(message)
    html = _COMMENT.sub("", template.front)
    for _ in range(_MOST_NESTED):
        html, changed = _SECTION.subn(
            lambda found: found[3] if bool(values.get(found[2].strip(), "").strip()) == (found[1] == "#") else "", html
        )
        if not changed:
            break
    html = _MARK.sub("", html)

    def fill(found: re.Match[str]) -> str:
        *filters, name = (part.strip() for part in found[1].split(":"))
        return "" if "type" in filters or (filters and _HEARD.match(filters[0])) else values.get(name, "")

    return _FIELD.sub(fill, html)


class Asked(NamedTuple):
    """What a note of a type with fields asks: the fields of its answer and of what is told besides, and its way back.

    `back` is the template of a second card that asks the other way round. `unread` are the names of further cards,
    `unseen` the fields that no card shows.
    """

    front: Side
    answers: tuple[str, ...]
    back: Template | None
    unread: tuple[str, ...]
    unseen: tuple[str, ...]


@lru_cache(maxsize=1000)
def asked(kind: NoteType, ordinals: frozenset[int]) -> Asked:
    """What the first card asks, and what others do, of those that a note has; all, where it has none."""
    cards = [it for place, it in enumerate(kind.templates) if place in ordinals] or list(kind.templates)
    first = cards[0]
    shown = side(first.front)
    asks = frozenset(shown.fields) - shown.typed
    behind = side(first.back).fields
    answers = tuple(name for name in (*sorted(shown.typed), *behind) if name in kind.fields and name not in asks)
    answers = tuple(dict.fromkeys(answers))
    back, unread = None, []
    for card in cards[1:]:
        other = side(card.front)
        if back is None and answers and set(other.fields) & set(kind.fields) == {answers[0]} and not other.typed:
            back = card
        else:
            unread.append(card.name)
    sides = [html for card in kind.templates for html in (card.front, card.back)]
    seen = {name for html in sides for name in side(html).fields}
    seen |= {found[1].strip() for html in sides for found in _TESTED.finditer(html)}
    return Asked(shown, answers, back, tuple(unread), tuple(name for name in kind.fields if name not in seen))
