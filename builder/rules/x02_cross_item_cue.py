"""Another item gives the answer away.

On one paper, a question that mentions "manufactured intimacy, the paper's name
for the letters" answers the question what the paper calls the letters; the
mark then goes to those who leaf back (Haladyna, Downing and Rodriguez 2002 and
NBME 2020: items independent of each other). A hit means: all content words of
an item's answer, at least two or one of 9 letters, stand in another item's
prompt, or in its prompt and one option, response or step; and there stands
another content word of the question too, so that it speaks of the same thing.
Names (`lint: names:`, the sources and their authors) are no cue by themselves,
and options are no cue to a choice that offers the same wrong ones. What a
paper does not print, the hidden part of a cloze or a correction, gives nothing
away.

In a course this is a warning, and items listed as `enemies:` or of one
`group:` are left alone, since they never stand on one paper; on a drawn paper
it is an error.

Bad:

    - id: letters-label
      kind: basic
      prompt: Which two-word label does the paper on *Her* give the closeness in the commissioned letters?
      answer: Manufactured intimacy  # X02
    - id: letters-echo
      kind: basic
      prompt: Why does the paper on *Her* hear only echoes in the manufactured intimacy of letters?
      answer: They grow from no tie of the writer's own

Good:

    - id: letters-label
      kind: basic
      prompt: Which two-word label does the paper on *Her* give the closeness in the commissioned letters?
      answer: Manufactured intimacy
      enemies: [letters-echo]
    - id: letters-echo
      kind: basic
      prompt: Why does the paper on *Her* hear only echoes in the manufactured intimacy of letters?
      answer: They grow from no tie of the writer's own
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from builder.diagnostics import At, Severity
from builder.model import Basic, Cloze, Matching, Mcq, Ordering, Reversed, TrueFalse
from builder.rules import Hit
from builder.rules.m10_clang import as_said, names
from builder.text import markup
from builder.text.words import stems, stems_of_all

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from builder.diagnostics import Keys
    from builder.model import Course, Item

SEVERITY = Severity.WARNING
REMEDY = "reword one of them, or list the other under `enemies:`"
WHOLE_COURSE = True
STEMS, LONG = 2, 9
NAMED = 4  # so many cueing items are named in one message


class Answer(NamedTuple):
    """An answer that could be given away: whose, where in it, and its content words."""

    item: Item
    keys: Keys
    stems: frozenset[str]


class Cue(NamedTuple):
    """An answer given away: the answer, the item whose print holds it, and what that shares with the question."""

    answer: Answer
    by: Item
    shared: frozenset[str]


def check(course: Course) -> Iterator[Hit]:
    """Items whose answer stands in other items that may be drawn with them."""
    enemies = {(item.id, enemy) for item in course.active for enemy in item.enemies}

    def together(a: Item, b: Item) -> bool:
        siblings = a.group is not None and a.group == b.group
        return not siblings and (a.id, b.id) not in enemies and (b.id, a.id) not in enemies

    for answer, found in _given_away(course.active, names(course), together, NAMED + 1):
        where = ", ".join(f"'{cue.by.id}'" for cue in found[:NAMED]) + (" and others" if len(found) > NAMED else "")
        said = as_said(answer.item.prompt, found[0].shared)
        link = f", beside {said}" if said else ""
        at = course.at[answer.item.id]
        yield Hit(At(at.path, (*at.keys, *answer.keys)), f"the answer stands in {where}{link} (limit: in no other)")


def cues(items: Iterable[Item], names: Collection[str] = frozenset()) -> Iterator[Cue]:
    """Every answer that another of these items gives away, enemies and siblings included: a paper may hold none.

    `names` are stems that cue nothing by themselves (`m10_clang.names`).
    """
    for _, found in _given_away(items, frozenset(names), lambda _a, _b: True, None):
        yield from found


def _given_away(
    items: Iterable[Item], names: frozenset[str], together: Callable[[Item, Item], bool], most: int | None
) -> Iterator[tuple[Answer, list[Cue]]]:
    """The answers that other items give away, with the cues by id, up to `most` of them.

    Answers are filed under their two rarest stems, and each printed text meets
    those alone of which it holds both; an answer with enough cues is filed no more.
    """
    ordered = sorted(items, key=lambda item: item.id)
    printed = [tuple(stems_of_all(_printed(item))) for item in ordered]  # as sets they would take eight times the room
    number = Counter(chain.from_iterable(printed))
    answers = [
        answer
        for item, text in zip(ordered, printed, strict=True)
        for answer in _answers(item, names)
        if all(number[stem] > (stem in text) for stem in answer.stems)  # printed elsewhere, each of them
    ]
    found: dict[int, list[Cue]] = defaultdict(list)
    filed: dict[str, dict[str, dict[int, Answer]]] = defaultdict(lambda: defaultdict(dict))
    for i, answer in enumerate(answers):
        first, second = (sorted(answer.stems, key=lambda stem: (number[stem], stem)) * 2)[:2]
        filed[first][second][i] = answer
    wanted = frozenset(filed)
    for item, stems_of_item in zip(ordered, printed, strict=True):
        text = frozenset(stems_of_item)
        for first in text & wanted:
            partners = filed[first]
            for second in () if partners.keys().isdisjoint(text) else partners.keys() & text:
                here = partners[second]
                for i, answer in list(here.items()):
                    if answer.stems <= text and (cue := _cue(answer, item, names)) and together(answer.item, item):
                        found[i].append(cue)
                        if len(found[i]) == most:
                            del here[i]
                if not here:
                    del partners[second]
    return ((answers[i], found[i]) for i in sorted(found))


def _cue(answer: Answer, other: Item, names: frozenset[str]) -> Cue | None:
    """The cue that an item's printed text, which holds all words of the answer, gives to it, if it does."""
    if other is answer.item:
        return None
    prompt, *choices = map(stems, _printed(other))
    if _offered_alike(answer, prompt, choices):
        return None
    # What holds the answer: the prompt, or else the prompt with one of the choices, not words from several.
    units = (prompt,) if answer.stems <= prompt else (prompt | choice for choice in choices)
    subject = stems(answer.item.prompt) - answer.stems - names
    for unit in units:
        if answer.stems <= unit and not (subject and subject.isdisjoint(unit)):
            return Cue(answer, other, subject & unit)
    return None


def _offered_alike(answer: Answer, prompt: frozenset[str], choices: Iterable[frozenset[str]]) -> bool:
    """Whether the answer is one option of a choice, and the other item offers wrong ones of it too."""
    if not isinstance(answer.item, Mcq) or answer.stems <= prompt:
        return False
    every = prompt.union(*choices)
    return any(own and own <= every for own in (stems(o.text) for o in answer.item.options if not o.is_right))


def _answers(item: Item, names: frozenset[str]) -> Iterator[Answer]:
    """The answers of an item, as a paper asks it, that say enough to be given away."""
    texts: list[tuple[Keys, str]] = []
    match item:
        case Basic() | Reversed():
            texts = [(("answer",), item.answer)]
        case Cloze():
            texts = [(("prompt",), blank.text) for blank in item.blanks]
        case Mcq():
            texts = [(("options", i), option.text) for i, option in enumerate(item.options) if option.is_right]
        case TrueFalse():
            texts = [(("correction",), item.correction)]
    for keys, text in texts:
        own = stems_of_all((text,))  # seldom asked for twice: not worth a place among the texts that are kept
        telling = own - names
        if len(telling) >= STEMS or any(len(stem) >= LONG for stem in telling):
            yield Answer(item, keys, own)


def _printed(item: Item) -> tuple[str, ...]:
    """What a paper prints of an item, the prompt first: no hidden part of a cloze, no key, no correction."""
    match item:
        case Cloze():
            return (" _ ".join(part if isinstance(part, str) else part.hint for part in markup.cloze(item.prompt)),)
        case Mcq():
            return (item.prompt, *(option.text for option in item.options))
        case Matching():
            return (item.prompt, *(left for left, _ in item.pairs), *item.responses)
        case Ordering():
            return (item.prompt, *item.sequence)
    return (item.prompt,)
