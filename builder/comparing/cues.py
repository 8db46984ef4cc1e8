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
    from collections.abc import Callable, Collection, Iterable, Iterator

    from builder.diagnostics import Keys
    from builder.model import Item

    Together = Callable[[Item, Item], bool]  # whether two items may stand on one paper

STEMS, LONG = 2, 9  # an answer can be given away if it has two stems that are no names, or one of nine letters


class Answer(NamedTuple):
    """An answer that could be given away: its item, the keys that lead to it there, and the stems of its words."""

    item: Item
    keys: Keys
    stems: frozenset[str]


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
    # Tuples, since sets would take eight times the memory.
    prints = [tuple(stems_of_all(printed(item), language)) for item in ordered]
    number = Counter(chain.from_iterable(prints))
    answers = [
        answer
        for item, text in zip(ordered, prints, strict=True)
        for answer in _answers(item, names, language)
        if all(number[stem] > (stem in text) for stem in answer.stems)  # another item prints each of the stems
    ]
    given: dict[int, list[Cue]] = defaultdict(list)
    filed = _filed(answers, number)
    frames = Frames([item.prompt for item in ordered])
    wanted = frozenset(filed)
    for item, stems_of_item in zip(ordered, prints, strict=True):
        text = frozenset(stems_of_item)
        for first in text & wanted:
            partners = filed[first]
            for second in () if partners.keys().isdisjoint(text) else partners.keys() & text:
                here = partners[second]
                for i, answer in list(here.items()):
                    cue = _cue(answer, item, names, language, frames) if answer.stems <= text else None
                    if cue and together(answer.item, item):
                        given[i].append(cue)
                        if len(given[i]) == most:
                            del here[i]
                if not here:
                    del partners[second]
    return ((answers[i], given[i]) for i in sorted(given))


def _filed(answers: Iterable[Answer], number: Counter[str]) -> dict[str, dict[str, dict[int, Answer]]]:
    """The answers by their rarest stem, then by the next rarest, then by their number; `number` counts texts by stem."""
    filed: dict[str, dict[str, dict[int, Answer]]] = defaultdict(lambda: defaultdict(dict))
    for i, answer in enumerate(answers):
        first, second = (sorted(answer.stems, key=lambda stem: (number[stem], stem)) * 2)[:2]
        filed[first][second][i] = answer
    return filed


def _cue(answer: Answer, other: Item, names: frozenset[str], language: str, frames: Frames) -> Cue | None:
    """The cue that `other` gives to an answer; None if it gives none.

    The print of `other` holds all stems of the answer. That alone is no cue. They must stand together, in the prompt or
    in the prompt and one choice; and a word of the answer's question must stand there too, if the question has any.
    """
    if other is answer.item:
        return None
    prompt, *choices = (stems(text, language) for text in printed(other))
    if _offered_alike(answer, prompt, choices, language):
        return None
    if not answer.stems <= prompt and frames.tell_apart(answer.item.prompt, other.prompt):
        return None
    # One unit must hold the whole answer: the prompt, or else the prompt with a single choice.
    units = (prompt,) if answer.stems <= prompt else (prompt | choice for choice in choices)
    subject = stems(answer.item.prompt, language) - answer.stems - names
    for unit in units:
        if answer.stems <= unit and not (subject and subject.isdisjoint(unit)):
            return Cue(answer, other, subject & unit)
    return None


def _offered_alike(answer: Answer, prompt: frozenset[str], choices: Iterable[frozenset[str]], language: str) -> bool:
    """Whether the other item offers wrong options of the answer's item too, so that it does not tell which is right."""
    if not isinstance(answer.item, Mcq) or answer.stems <= prompt:
        return False
    every = prompt.union(*choices)
    return any(own and own <= every for own in (stems(o.text, language) for o in answer.item.options if not o.is_right))


def _answers(item: Item, names: frozenset[str], language: str) -> Iterator[Answer]:
    """The answers of an item that could be given away: those with enough stems, or a long one, besides names."""
    for keys, text in key_texts(item):
        own = stems_of_all((text,), language)  # not `stems`, whose cache is for texts that are asked for again
        telling = own - names
        if len(telling) >= STEMS or any(len(stem) >= LONG for stem in telling):
            yield Answer(item, keys, own)
