"""Two items that ask for the same thing: the same answer, and prompts that are much alike."""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from builder.comparing.frames import Frames
from builder.model.readings import Card, cards
from builder.text.alike import alike
from builder.text.words import ENGLISH, signs, stems, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from builder.model import Item

Told = TypeVar("Told")
NEAR = 0.65  # two prompts with at least this likeness may ask for the same thing


def duplicates(items: Iterable[Item], language: str = ENGLISH) -> Iterator[tuple[Item, Item]]:
    """Every pair of these items that ask nearly the same and want the same answer. A paper may hold one of a pair."""
    for here, others in duplicate_cards(items, language):
        yield from ((here.item, other.item) for other, _ in others)


def duplicate_cards(
    items: Iterable[Item], language: str = ENGLISH
) -> Iterator[tuple[Card, Iterator[tuple[Card, float]]]]:
    """Each card of these items, with the cards that ask nearly the same and want the same answer, and their likeness.

    Each pair comes once: with the card of the longer prompt, or, of two equally long ones, with the card whose id comes
    later in the alphabet. The cards of a pair are computed only as the caller asks for them.

    Example: "Who directed the film about Samantha?" and "Who wrote and directed the film about Samantha?" both want
    "Spike Jonze". They share three stems of four, so their likeness is 0.75. That is more than `NEAR`: they are a pair.
    """
    yield from _with_one_answer((card for item in items for card in cards(item)), language)


def _with_one_answer(every: Iterable[Card], language: str) -> Iterator[tuple[Card, Iterator[tuple[Card, float]]]]:
    by_answer: dict[str, list[Card]] = defaultdict(list)
    for card in every:
        by_answer[card.answer].append(card)
    for same in by_answer.values():
        if len(same) > 1:
            yield from _among(sorted(same, key=lambda card: (card.item.id, card.key)), language)


def _among(same: list[Card], language: str) -> Iterator[tuple[Card, Iterator[tuple[Card, float]]]]:
    """Each of these cards, which all have one answer, with those of them that ask nearly the same."""
    sets = [stems(card.prompt, language) for card in same]
    frames = Frames([card.prompt for card in same])

    def fitting(i: int, others: Iterable[tuple[int, float]]) -> Iterator[tuple[Card, float]]:
        return ((same[j], share) for j, share in frames.unlike(i, others) if _may_duplicate(same[i], same[j]))

    for i, others in alike(sets, NEAR):
        yield same[i], fitting(i, others)


def _may_duplicate(one: Card, two: Card) -> bool:
    """Whether two cards may be duplicates: they are no siblings, and their questions differ in words alone."""
    siblings = one.item is two.item or (one.item.group and one.item.group == two.item.group)
    return not siblings and _told_apart(one) == _told_apart(two)


def _told_apart(card: Card) -> tuple[object, ...]:
    """The numbers, signs, code, picture and passage of a question. Two that differ in these ask for different things."""
    item = card.item
    return _numbers(card.prompt), signs(card.prompt), item.image and item.image.file, item.passage and item.passage.id


def _numbers(text: str) -> list[str]:
    return sorted(word for word in words(text) if word[0].isdigit())


class StandingDuplicates:
    """What is told of the cards that have an answer in common, kept while items come and go.

    Cards with one answer are compared with each other and with no others. So after an edit only those are compared
    again that have an answer of a changed item, as it was or as it is.
    """

    def __init__(self, language: str) -> None:
        """Know no item yet."""
        self._language = language
        self._answers: dict[str, tuple[bytes, ...]] = {}  # hashes, by the ids of items
        self._items: dict[bytes, set[str]] = {}  # ids, by the hash of an answer
        self._told: dict[bytes, list[Any]] = {}  # likewise

    def look(
        self,
        items: Mapping[str, Item],
        changed: AbstractSet[str],
        tell: Callable[[Iterator[tuple[Card, Iterator[tuple[Card, float]]]]], Iterable[Told]],
    ) -> Iterator[Told]:
        """What `tell` tells of the `duplicate_cards` of all items.

        `items` are those of the course now, by id; `changed` the ids of those that came, went or changed since the
        last look.
        """
        touched: dict[bytes, list[Card]] = {}  # the cards of changed items by the hash of their answer
        for name in changed:
            for answer in self._answers.pop(name, ()):
                self._items[answer].discard(name)
                touched.setdefault(answer, [])
            if name in items:
                own = [(_hash(card.answer), card) for card in cards(items[name])]
                self._answers[name] = tuple(answer for answer, _ in own)
                for answer, card in own:
                    self._items.setdefault(answer, set()).add(name)
                    touched.setdefault(answer, []).append(card)
        for answer, same in touched.items():
            self._told.pop(answer, None)
            names = self._items[answer]
            if not names:
                del self._items[answer]
            elif len(names) > 1:
                others = (card for name in names if name not in changed for card in cards(items[name]))
                same.extend(card for card in others if _hash(card.answer) == answer)
                if told := list(tell(_with_one_answer(same, self._language))):
                    self._told[answer] = told
        return chain.from_iterable(self._told.values())


def _hash(answer: str) -> bytes:
    return blake2b(answer.encode("utf-8", "surrogatepass"), digest_size=8).digest()
