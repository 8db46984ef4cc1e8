"""What gives an answer away: all its content words stand in what a paper prints of another item.

An example. The answer "Manufactured intimacy" has the stems `manufactur` and `intimacy`, its question also
`label` and `letter`. An item that prints "Why do the manufactured intimacy of letters ...?" holds both stems of the
answer, and with `letter` one of the question: it gives the answer away. To find such items quickly, the answer is filed
under the rarer of its two rarest stems, and there under the other. Only a print that holds both is looked at closely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from builder.comparing.frames import Frames
from builder.model import Mcq
from builder.model.readings import key_texts, printed
from builder.text.words import ENGLISH, stems, stems_of_all

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from builder.diagnostics import Keys
    from builder.model import Item

    Together = Callable[[Item, Item], bool]  # whether two items may stand on one paper

STEMS, LONG = 2, 9  # an answer can be given away if it has two stems that are no names, or one of nine letters


class Answer(NamedTuple):
    """An answer that could be given away: its item, the keys that lead to it there, and the stems of its words.

    `number` tells the answers of one item apart.
    """

    item: Item
    keys: Keys
    stems: frozenset[str]
    number: int


class Cue(NamedTuple):
    """An answer that is given away `by` an item, and the stems of its question that the item's print also holds."""

    answer: Answer
    by: Item
    shared: frozenset[str]


def cues(items: Iterable[Item], names: Collection[str] = frozenset(), language: str = ENGLISH) -> Iterator[Cue]:
    """Every cue among these items, also between enemies and siblings. No paper may hold both items of a cue.

    `names` are stems that give nothing away by themselves (`names.name_stems`).
    """
    for _, found in given_away(items, frozenset(names), lambda _a, _b: True, None, language):
        yield from found


def given_away(
    items: Iterable[Item], names: frozenset[str], together: Together, most: int | None, language: str = ENGLISH
) -> Iterator[tuple[Answer, list[Cue]]]:
    """The answers that other items give away, each with its cues in the order of ids, up to `most` for one answer.

    `together` says whether two items may stand on one paper; other pairs give no cue. Answers are filed under their two
    rarest stems. So each printed text is compared only with the answers of which it holds both. An answer that has
    enough cues is taken out of the file.
    """
    ordered = sorted(items, key=lambda item: item.id)
    frames = Frames([item.prompt for item in ordered])
    given: dict[int, list[Cue]] = defaultdict(list)
    answers: dict[int, Answer] = {}
    prints = prints_of(ordered, language)
    every = (answers_of(item, names, language) for item in ordered)
    for i, answer, item, filed in meetings(ordered, prints, every):
        cue = _cue(answer, item, names, language, frames)
        if cue and together(answer.item, item):
            answers[i] = answer
            given[i].append(cue)
            if len(given[i]) == most:
                del filed[i]
    return ((answers[i], given[i]) for i in sorted(given))


def prints_of(ordered: Iterable[Item], language: str) -> list[tuple[str, ...]]:
    """The stems that each item prints."""
    # Tuples, since sets would take eight times the memory.
    return [tuple(stems_of_all(printed(item), language)) for item in ordered]


def meetings(
    ordered: Sequence[Item], prints: Sequence[tuple[str, ...]], answers: Iterable[Iterable[Answer]]
) -> Iterator[tuple[int, Answer, Item, dict[int, Answer]]]:
    """Each answer with each item that prints all its stems, in the order of these items.

    `prints` are the stems that each item prints, `answers` its own that could be given away. Most of these are kept no
    longer than it takes to see that no other item prints one of their stems.

    With them come the number of the answer, and the part of the file in which it is: who has enough of the answer takes
    it out of there.
    """
    number = Counter(chain.from_iterable(prints))
    every = [
        answer
        for own, text in zip(answers, prints, strict=True)
        for answer in own
        if all(number[stem] > (stem in text) for stem in answer.stems)  # another item prints each of the stems
    ]
    filed = _filed(every, number)
    wanted = frozenset(filed)
    for item, stems_of_item in zip(ordered, prints, strict=True):
        text = frozenset(stems_of_item)
        for first in text & wanted:
            partners = filed[first]
            for second in () if partners.keys().isdisjoint(text) else partners.keys() & text:
                here = partners[second]
                yield from ((i, answer, item, here) for i, answer in list(here.items()) if answer.stems <= text)
                if not here:
                    del partners[second]


def _filed(answers: Iterable[Answer], number: Counter[str]) -> dict[str, dict[str, dict[int, Answer]]]:
    """The answers by their rarest stem, then by the next rarest, then by their number; `number` counts texts by stem."""
    filed: dict[str, dict[str, dict[int, Answer]]] = defaultdict(lambda: defaultdict(dict))
    for i, answer in enumerate(answers):
        first, second = (sorted(answer.stems, key=lambda stem: (number[stem], stem)) * 2)[:2]
        filed[first][second][i] = answer
    return filed


def _cue(answer: Answer, other: Item, names: frozenset[str], language: str, frames: Frames) -> Cue | None:
    """The cue that `other` gives to an answer; None if it gives none."""
    found = own_cue(answer, other, names, language)
    if found is None or (found[1] and frames.tell_apart(answer.item.prompt, other.prompt)):
        return None
    return Cue(answer, other, found[0])


def own_cue(answer: Answer, other: Item, names: frozenset[str], language: str) -> tuple[frozenset[str], bool] | None:
    """The stems of its question that `other` prints beside an answer, if the two items by themselves make a cue of it.

    The print of `other` holds all stems of the answer. That alone is no cue. They must stand together, in the prompt or
    in the prompt and one choice; and a word of the answer's question must stand there too, if the question has any.
    The second value says whether it is no cue all the same if a frame tells the two questions apart.
    """
    if other is answer.item:
        return None
    prompt, *choices = (stems(text, language) for text in printed(other))
    if _offered_alike(answer, prompt, choices, language):
        return None
    # One unit must hold the whole answer: the prompt, or else the prompt with a single choice.
    is_asked = answer.stems <= prompt
    units = (prompt,) if is_asked else (prompt | choice for choice in choices)
    subject = stems(answer.item.prompt, language) - answer.stems - names
    for unit in units:
        if answer.stems <= unit and not (subject and subject.isdisjoint(unit)):
            return subject & unit, not is_asked
    return None


def _offered_alike(answer: Answer, prompt: frozenset[str], choices: Iterable[frozenset[str]], language: str) -> bool:
    """Whether the other item offers wrong options of the answer's item too, so that it does not tell which is right."""
    if not isinstance(answer.item, Mcq) or answer.stems <= prompt:
        return False
    every = prompt.union(*choices)
    return any(own and own <= every for own in (stems(o.text, language) for o in answer.item.options if not o.is_right))


def answers_of(item: Item, names: frozenset[str], language: str) -> Iterator[Answer]:
    """The answers of an item that could be given away: those with enough stems, or a long one, besides names."""
    for number, (keys, text) in enumerate(key_texts(item)):
        own = stems_of_all((text,), language)  # not `stems`, whose cache is for texts that are asked for again
        telling = own - names
        if len(telling) >= STEMS or any(len(stem) >= LONG for stem in telling):
            yield Answer(item, keys, own, number)
