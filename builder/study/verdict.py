"""What an answer earns: one pure function of the key of a card.

Typed words are compared as the script of the cards compares them (`builder/cards/templates/typed.js`), numbers by
`builder.model.verdict`. An answer of several parts earns the share of the parts that are right.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from builder.study.sheets import LETTERS
from builder.text import markup
from builder.text.numbers import decimal_sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.study.sheets import Key

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


def verdict(key: Key, typed: str, order: Sequence[int], words: Mapping[str, str], language: str) -> Verdict | None:
    """What an answer earns; None for what only its reader can judge: free writing, and an answer in other words.

    Options, responses and steps are answered by their letters, in the order in which they are shown (`order`): "b",
    "ac"; a letter for each term, "cab"; the steps one after the other. `words` are those of cards in `language`.
    """
    match key.way:
        case "words" | "open":
            found = _worded(typed, key, words)
            return found if found.is_right or key.way == "words" else None
        case "options":
            right = {order.index(place) if order else place for place in key.places}
            return _whole(set(places(typed)) == right, words)
        case "pairs":
            mates, given = [order.index(target) for target in key.places], places(typed)
            met = sum(mine == its for mine, its in zip(given, mates, strict=False))
            return _parted(Fraction(met, len(mates)) if len(given) <= len(mates) else _NONE, words)
        case "steps":
            return _whole(
                [order[place] for place in places(typed) if place < len(order)] == list(range(len(order))), words
            )
        case "number":
            return _numbered(key.answers[0], typed, words, decimal_sign(language))
        case "reader":
            return None


def places(typed: str) -> list[int]:
    """The places that letters stand for, from 0: `b, d` is [1, 3]. Any other sign counts for nothing."""
    return [LETTERS.index(sign) for sign in typed.upper() if sign in LETTERS]


def _worded(typed: str, key: Key, words: Mapping[str, str]) -> Verdict:
    mine = plain(typed, case=key.case, accents=key.accents)
    for place, answer in enumerate(key.answers):
        if plain(markup.plain(answer, math=key.math), case=key.case, accents=key.accents) == mine:
            return Verdict(_ALL, words["is_accepted" if place else "is_right"])
    return Verdict(_NONE, words["not_right"])


def _whole(is_right: bool, words: Mapping[str, str]) -> Verdict:  # noqa: FBT001 - the name of the call says it
    return Verdict(_ALL if is_right else _NONE, words["is_right" if is_right else "not_right"])


def _parted(share: Fraction, words: Mapping[str, str]) -> Verdict:
    if share in {_ALL, _NONE}:
        return _whole(share == _ALL, words)
    return Verdict(share, words["right_in_part"].format(share))


def _numbered(answer: str, typed: str, words: Mapping[str, str], decimal: str) -> Verdict:
    from builder.model import NumericAnswer  # the models load for numbers alone
    from builder.model.verdict import judge

    asked = NumericAnswer.model_validate_json(answer)
    found = judge(asked, typed, decimal)
    if not found.is_read:
        return Verdict(_NONE, words["no_number"])
    said = [_parted(found.share, words).told]
    if found.unit == "missing":
        said.append(words["unit_is_missing"])
    elif found.unit == "wrong":
        said.append(words["unit_is_wrong" if asked.unit else "no_unit"])
    if asked.figures and not found.has_figures:
        said.append(words["other_figures"].format(asked.figures.number))
    return Verdict(found.share, " ".join(said))
