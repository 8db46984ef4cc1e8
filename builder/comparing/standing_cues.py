"""Cues that are kept while items come and go: after an edit only what the changed items say is compared.

Of each item the mark of what it prints is kept, and the marks of its answers (`builder.comparing.marks`). A new answer
is compared with the items whose mark has all its bits, a new item with the answers whose bits it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from builder.comparing.cues import Answer, Cue, answers_of, meetings, own_cue, prints_of
from builder.comparing.frames import StandingFrames
from builder.comparing.marks import mark
from builder.model.readings import printed
from builder.text.words import stems_of_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from builder.comparing.cues import Together
    from builder.model import Item

    Name = tuple[str, int]  # of an answer: the id of its item, and its number there

_MOST_CHANGED = 100  # items: with more of them, all cues are looked for anew


class _Prompts(Mapping[str, str]):
    """The prompt of each item by its id, read when it is asked for."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        self._items = items

    def __getitem__(self, name: str) -> str:
        return self._items[name].prompt

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


class StandingCues:
    """The answers of a course that other items give away, as `cues.given_away` finds them.

    `_found` has, for each answer, the items that make a cue of it by themselves (`cues.own_cue`). Once enough items for
    a report were found, the search for more is left off: `_last` has the id of the last item that was looked at.
    """

    def __init__(self, names: frozenset[str], language: str, most: int) -> None:
        """Know no item yet; for `names`, `language` and `most` see `cues.given_away`."""
        self._names, self._language, self._most = names, language, most
        self._prints: dict[str, int] = {}
        self._answers: dict[Name, int] = {}
        self._numbers: dict[str, tuple[int, ...]] = {}  # of the answers of an item
        self._found: dict[Name, dict[str, tuple[frozenset[str], bool]]] = {}
        self._last: dict[Name, str] = {}
        self._frames = StandingFrames()

    def look(
        self, items: Mapping[str, Item], changed: AbstractSet[str], together: Together
    ) -> list[tuple[Answer, list[Cue]]]:
        """The answers that other items give away, each with its first cues in the order of ids.

        `items` are those of the course now, by id; `changed` the ids of those that came, went or changed since the
        last look.
        """
        if not self._prints or len(changed) > _MOST_CHANGED:
            self._start(items, together)
        else:
            self._change(items, changed)
        self._frames.ask(_Prompts(items))
        answers = [self._answer(items, name) for name, cues in sorted(self._found.items()) if cues]
        found = [(answer, self._cues(items, answer, together)) for answer in answers]
        return [(answer, cues) for answer, cues in found if cues]

    def _start(self, items: Mapping[str, Item], together: Together) -> None:
        """Look for all cues."""
        self._prints, self._answers, self._numbers, self._found, self._last = {}, {}, {}, {}, {}
        self._frames = StandingFrames()
        self._frames.ask(_Prompts(items))
        ordered = sorted(items.values(), key=lambda item: item.id)
        prints = prints_of(ordered, self._language)
        answers = map(self._take_in, ordered, prints)
        enough: dict[int, int] = {}
        for i, answer, item, filed in meetings(ordered, prints, answers):
            found = self._meet(answer, item)
            if found and together(answer.item, item) and not (found[1] and self._is_told(answer.item, item)):
                enough[i] = enough.get(i, 0) + 1
                if enough[i] == self._most:
                    del filed[i]
                    self._last[answer.item.id, answer.number] = item.id

    def _take_in(self, item: Item, text: Iterable[str]) -> list[Answer]:
        """Keep the marks of what an item prints and of its answers; these answers."""
        self._prints[item.id] = mark(text)
        answers = list(answers_of(item, self._names, self._language))
        for answer in answers:
            self._answers[item.id, answer.number] = mark(answer.stems)
        if answers:
            self._numbers[item.id] = tuple(answer.number for answer in answers)
        return answers

    def _meet(self, answer: Answer, item: Item) -> tuple[frozenset[str], bool] | None:
        """The cue that an item by itself makes of an answer, which is kept."""
        found = own_cue(answer, item, self._names, self._language)
        if found:
            self._found.setdefault((answer.item.id, answer.number), {})[item.id] = found
        return found

    def _change(self, items: Mapping[str, Item], changed: AbstractSet[str]) -> None:
        """Forget the changed items, and take in what they are now."""
        self._frames.change(changed, {name: items[name].prompt for name in changed if name in items})
        for name in changed:
            self._prints.pop(name, None)
            for number in self._numbers.pop(name, ()):
                del self._answers[name, number]
        for gone in [name for name in self._found if name[0] in changed]:
            del self._found[gone]
            self._last.pop(gone, None)
        for cues in self._found.values():
            for name in changed & cues.keys():
                del cues[name]
        new = [items[name] for name in changed if name in items]
        texts = {item.id: stems_of_all(printed(item), self._language) for item in new}
        answers = [(item, self._take_in(item, texts[item.id])) for item in new]
        for item, own in answers:
            for answer in own:
                self._search(answer, items)
            text = self._prints[item.id]
            for name in {name for (name, _), bits in self._answers.items() if bits & text == bits}:
                for answer in answers_of(items[name], self._names, self._language):
                    if answer.stems <= texts[item.id]:
                        self._meet(answer, item)

    def _search(self, answer: Answer, items: Mapping[str, Item]) -> None:
        """Look at all items for cues to an answer."""
        bits = mark(answer.stems)
        for name in [name for name, text in self._prints.items() if text & bits == bits]:
            if answer.stems <= stems_of_all(printed(items[name]), self._language):
                self._meet(answer, items[name])
        self._last.pop((answer.item.id, answer.number), None)

    def _is_told(self, one: Item, two: Item) -> bool:
        return self._frames.tell_apart(one.prompt, two.prompt)

    def _answer(self, items: Mapping[str, Item], name: Name) -> Answer:
        item = items[name[0]]
        every = answers_of(item, self._names, self._language)
        return next(answer for answer in every if answer.number == name[1])

    def _cues(self, items: Mapping[str, Item], answer: Answer, together: Together) -> list[Cue]:
        """The first cues to an answer; where the search for them was left off and more are wanted, it is taken up."""
        name = answer.item.id, answer.number
        last = self._last.get(name)
        cues: list[Cue] = []
        for other in sorted(self._found[name]):
            if last is not None and other > last:
                break
            shared, hangs_on_frame = self._found[name][other]
            item = items[other]
            if together(answer.item, item) and not (hangs_on_frame and self._is_told(answer.item, item)):
                cues.append(Cue(answer, item, shared))
                if len(cues) == self._most:
                    return cues
        if last is None:
            return cues
        self._search(answer, items)
        return self._cues(items, answer, together)
