"""What an answer earns: one pure function over the kinds of items.

Typed words are compared as the script of the cards compares them (`builder/cards/templates/typed.js`), numbers by
`builder.model.verdict`. An answer of several parts earns the share of the parts that are right.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from builder.model import (
    Basic,
    Cloze,
    Essay,
    Matching,
    Mcq,
    Numeric,
    Occlusion,
    Ordering,
    Reversed,
    Short,
    TrueFalse,
)
from builder.model.base import LETTERS
from builder.model.verdict import judge as judge_number
from builder.text import markup
from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.model.verdict import Verdict as NumberVerdict
    from builder.study.queue import Card
    from builder.wording import Wording

_SINGLE, _DOUBLE = re.compile("[‘’‚‛′`´]"), re.compile("[“”„‟″«»]")
_DASH = re.compile("[‐‑‒–—―−]")
_ALL, _NONE = Fraction(1), Fraction(0)


class Verdict(NamedTuple):
    """The share of an item's marks that an answer earns, and that in words of the course's language."""

    share: Fraction
    told: str

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return self.share == _ALL


def plain(text: str, *, case: bool = False, accents: bool = True) -> str:
    """A typed answer for comparison: quotes, dashes, wide letters, spaces and, but for `case`, capitals are evened out.

    Without `accents`, marks on letters don't count: `Pinata` is `Piñata`.
    """
    usual = _DASH.sub("-", _DOUBLE.sub('"', _SINGLE.sub("'", text)))
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", usual))
    folded = re.sub(" ?- ?", "-", folded).strip()
    cased = folded if case else folded.lower()
    if accents:
        return cased
    return "".join(
        sign for sign in unicodedata.normalize("NFD", cased) if not unicodedata.category(sign).startswith("M")
    )


def verdict(card: Card, typed: str, order: Sequence[int], words: Wording) -> Verdict | None:
    """What an answer earns; None for what only its reader can judge: free writing, and an answer in other words.

    Options, responses and steps are answered by their letters, in the order in which they are shown (`order`, as
    `builder.paper.shuffle.shuffled` gives it): "b", "ac"; a letter for each term, "cab"; the steps one after the other.
    """
    item = card.item
    match item:
        case Basic() | Reversed():
            is_back = card.number > 1 and isinstance(item, Reversed)
            right = item.reverse_answer if is_back and isinstance(item, Reversed) else item.answer
            accepted = () if is_back else item.accept
            found = _worded(typed, [right, *accepted], words, math=item.math, case=item.case, accents=item.accents)
            return found if found.is_right else None
        case Cloze():
            hidden = [blank.text for blank in item.blanks if blank.number == card.number]
            others = item.accept.get(f"c{card.number}", ())
            return _worded(typed, [", ".join(dict.fromkeys(hidden)), *others], words, math=item.math)
        case Occlusion():
            box = item.boxes[card.number - 1]
            return _worded(typed, [box.label, *box.accept], words, math=item.math)
        case Mcq():
            right_ones = {place for place, i in enumerate(order) if item.options[i].is_right}
            return _whole(set(places(typed)) == right_ones, words)
        case TrueFalse():
            return _whole(places(typed) == [0 if item.answer else 1], words)
        case Matching():
            mates, given = [order.index(target) for target in item.targets], places(typed)
            met = sum(mine == its for mine, its in zip(given, mates, strict=False))
            return _parted(Fraction(met, len(mates)) if len(given) <= len(mates) else _NONE, words)
        case Ordering():
            return _whole(
                [order[place] for place in places(typed) if place < len(order)] == list(range(len(order))), words
            )
        case Numeric():
            return _numbered(judge_number(item, typed, decimal_sign(words.language)), item, words)
        case Short() | Essay():
            return None


def places(typed: str) -> list[int]:
    """The places that letters stand for, from 0: `b, d` is [1, 3]. Any other sign counts for nothing."""
    return [LETTERS.index(sign) for sign in typed.upper() if sign in LETTERS]


def _worded(
    typed: str, answers: Iterable[str], words: Wording, *, math: bool, case: bool = False, accents: bool = True
) -> Verdict:
    mine = plain(typed, case=case, accents=accents)
    for place, answer in enumerate(answers):
        if plain(markup.plain(answer, math=math), case=case, accents=accents) == mine:
            return Verdict(_ALL, words.cards["is_accepted" if place else "is_right"])
    return Verdict(_NONE, words.cards["not_right"])


def _whole(is_right: bool, words: Wording) -> Verdict:  # noqa: FBT001 - the name of the call says it
    return Verdict(_ALL if is_right else _NONE, words.cards["is_right" if is_right else "not_right"])


def _parted(share: Fraction, words: Wording) -> Verdict:
    if share in {_ALL, _NONE}:
        return _whole(share == _ALL, words)
    return Verdict(share, words.cards["right_in_part"].format(share))


def _numbered(found: NumberVerdict, item: Numeric, words: Wording) -> Verdict:
    if not found.is_read:
        return Verdict(_NONE, words.cards["no_number"])
    said = [_parted(found.share, words).told]
    if found.unit == "missing":
        said.append(words.cards["unit_is_missing"])
    elif found.unit == "wrong":
        said.append(words.cards["unit_is_wrong" if item.unit else "no_unit"])
    if item.figures and not found.has_figures:
        said.append(words.cards["other_figures"].format(item.figures.number))
    return Verdict(found.share, " ".join(said))
