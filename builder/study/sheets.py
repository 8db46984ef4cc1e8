"""Cards of a terminal as data: what is on their two sides, and what judges an answer.

A sheet knows neither models nor the width of a terminal. So the cards of a course can be kept from one start to the
next as bytes: `builder.study.making` makes them, and `read` reads what `written` has written of them. A
sheet is JSON that is read when its card is asked.
"""

from __future__ import annotations

import json
from string import ascii_uppercase
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.paper.mixing import Mixing, mixed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Place = tuple[str, int]  # the id of an item, and the number of a card of it
LETTERS = ascii_uppercase  # by which options, responses and steps are chosen
Form = Literal["markup", "cloze", "words", "heading", "note", "quote", "picture", "sound"]


class Row(NamedTuple):
    """A text of a side of a card, behind `lead`; without either it is an empty line.

    `form` says how the text is read: an author's `markup` or a `quote` of it, with TeX where `math` is set; a `cloze`,
    in which the blanks of the number `hidden` are hidden (0: none); `words` as they are, also as a `heading` or a
    quiet `note`; the words of the `picture` or `sound` in `file`.

    `option` is the index of the option, response or step that the row is of: such rows stand in the order in which
    these are shown. `letter` is the index of the one whose letter stands after the lead. `mark` is of an option of
    a key: `right` or `wrong`.
    """

    text: str = ""
    lead: str = ""
    letter: int | None = None
    option: int | None = None
    mark: Literal["right", "wrong", ""] = ""
    math: bool = False
    form: Form = "markup"
    hidden: int = 0
    file: str = ""


GAP = Row()


class Key(NamedTuple):
    """What judges a typed answer, and by which of these ways.

    `words`: it is one of `answers`. `open`: likewise, but other words may be right too. `options`: its letters are
    those of the options `places`. `pairs`: the response of term k is `places[k]`. `steps`: their one order. `number`:
    `answers` has the answer as JSON of the model. `reader`: who reads it judges.
    """

    way: Literal["words", "open", "options", "pairs", "steps", "number", "reader"] = "reader"
    answers: Sequence[str] = ()
    places: Sequence[int] = ()
    math: bool = False
    case: bool = False
    accents: bool = True


class Sheet(NamedTuple):
    """The two sides of a card, its key, what is shuffled, and how many first letters choose an option at once."""

    front: Sequence[Row]
    back: Sequence[Row]
    key: Key
    mixing: Mixing = Mixing()
    choices: int = 0


class Card(NamedTuple):
    """A question that is asked: the id and kind of its item, which card of the item it is, counted from 1, and the theme.

    `packed` gives its sheet as JSON.
    """

    item: str
    number: int
    kind: str
    theme: str | None
    packed: Callable[[], bytes]

    @property
    def place(self) -> Place:
        """By which reviews know the card."""
        return self.item, self.number

    @property
    def sheet(self) -> Sheet:
        """What the card shows, and what judges it."""
        front, back, key, mixing, choices = json.loads(self.packed())
        return Sheet([Row(*row) for row in front], [Row(*row) for row in back], Key(*key), Mixing(*mixing), choices)

    def order(self, sheet: Sheet, *seed: str) -> tuple[int, ...]:
        """The order in which the options, responses or steps of its sheet are shown."""
        return mixed(sheet.mixing, self.item, *seed)


class Deck(NamedTuple):
    """The cards of a course that students get, in its order, and what studying asks of the course beside them.

    `path` is that of course.yaml, `words` are the fixed words of cards in `language` and `around` those that stand around
    a card in a terminal, `units` the forms of a minute, a day, a month and a year, in short, `kinds` all kinds that items can have, `items` the ids of all items.
    """

    course: str
    path: str
    language: str
    words: Mapping[str, str]
    around: Mapping[str, str]
    units: Mapping[str, Sequence[str]]
    themes: Sequence[str]
    kinds: Sequence[str]
    items: Sequence[str]
    cards: Sequence[Card]


def written(deck: Deck) -> bytes:
    """The deck as bytes: a line for what is no card, one that lists the cards with the lengths of their sheets, and these."""
    sheets = [card.packed() for card in deck.cards]
    listed = [(*card[:4], len(sheet)) for card, sheet in zip(deck.cards, sheets, strict=True)]
    return b"\n".join([_packed(deck._replace(cards=())), _packed(listed), b"".join(sheets)])


def read(data: bytes) -> Deck:
    """The deck of bytes that `written` has made.

    Raises:
        ValueError: they are not.
    """
    view, cards = memoryview(data), list[Card]()
    try:
        middle = data.index(b"\n") + 1
        start = data.index(b"\n", middle) + 1
        deck = Deck(*json.loads(data[:middle]))
        for item, number, kind, theme, size in json.loads(data[middle:start]):
            cards.append(Card(item, number, kind, theme, view[start : start + size].tobytes))
            start += size
    except (TypeError, ValueError) as error:
        message = "these bytes are no deck"
        raise ValueError(message) from error
    return deck._replace(cards=cards)


_KEY, _MIXING = Key(), Mixing()
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def packed(sheet: Sheet) -> bytes:
    """A sheet as JSON, its rows and key without what is as usual at their ends."""
    front, back = ([_cut(row, GAP) for row in side] for side in (sheet.front, sheet.back))
    return _packed((front, back, _cut(sheet.key, _KEY), _cut(sheet.mixing, _MIXING), sheet.choices))


def _cut(values: Sequence[object], usual: Sequence[object]) -> Sequence[object]:
    end = len(values)
    while end and values[end - 1] == usual[end - 1]:
        end -= 1
    return values[:end]


def _packed(value: object) -> bytes:
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")
