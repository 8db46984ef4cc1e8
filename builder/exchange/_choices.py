"""Options with grades, as Moodle and GIFT have them, as the options of a choice."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.exchange._frame import UnfitError
from builder.exchange._rich import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.exchange._rich import Rich


_NONE = Fraction(0)
_LONGEST = 300  # signs of a note


class Graded(NamedTuple):
    """An option: the share of the marks that it earns, its text and the feedback for it."""

    share: Fraction
    text: Rich
    why: Rich


def chosen(options: Sequence[Graded], lost: Callable[[str], None], *, is_multiple: bool) -> dict[str, Any]:
    """The options and the rule of a choice: whatever earns marks is right.

    Raises:
        UnfitError: nothing earns marks.
    """
    # Signs are asked of numerators, and shares are counted by identity first: fractions are slow to compare and to hash.
    rights = [option.share for option in options if option.share.numerator > 0]
    if not rights:
        message = "no option earns marks"
        raise UnfitError(message)
    if not is_multiple and len(rights) > 1 and rights.count(Fraction(1)) != 1:
        lost("several options earn marks, and only one can be chosen: it is read as a choice of several")
        is_multiple = True
    if not is_multiple and len(rights) > 1:
        lost("options for a part of the marks are read as wrong")
    least = _NONE if is_multiple or len(rights) == 1 else max(rights) - Fraction(1, 1_000_000)
    listed = []
    for option in options:
        is_right = option.share.numerator > 0 if least is _NONE else option.share > least
        listed.append(
            {"right" if is_right else "wrong": option.text} | ({"why": option.why} if option.why.text else {})
        )
    made: dict[str, Any] = {"options": listed} | ({"multiple": "true"} if is_multiple else {})
    return made | _scoring([option.share for option in options], lost, is_multiple=is_multiple)


def _scoring(shares: list[Fraction], lost: Callable[[str], None], *, is_multiple: bool) -> dict[str, Any]:
    """The rule that grades say."""
    wrong = [earned for earned in shares if earned.numerator <= 0]
    right = [earned for earned in shares if earned.numerator > 0]
    penalty = -wrong[0] if wrong and wrong[0] else _NONE
    if wrong and wrong.count(wrong[0]) < len(wrong):
        lost("wrong options cost different marks: each costs what the first one does")
    if not is_multiple:
        return {"scoring": {"penalty": str(penalty)}} if penalty else {}
    if right.count(right[0]) < len(right):
        lost("right options earn different marks: they share them equally")
    fair = Fraction(1, max(1, len(wrong)))
    is_fair = penalty == fair or not wrong
    return {"scoring": "each-minus" if is_fair else {"rule": "each-minus", "penalty": str(penalty)}}


def banked(
    lists: Sequence[Sequence[str]], rights: Sequence[Sequence[str]], lost: Callable[[str], None]
) -> dict[str, Any]:
    """The word bank of gaps that are chosen from `lists`, where `rights` are right; a gap to fill has an empty list.

    A gap with `is` and `are` and one with `a` and `an`, of which `is` and `a` are right, have the bank `are`, `an`. A
    bank is for all gaps, and has one right word for each: without that there is none, and wrong words are noted.
    """
    if not any(lists):
        return {}
    if not all(lists) or any(len(right) > 1 for right in rights):
        wrong = dict.fromkeys(it for words, right in zip(lists, rights, strict=True) for it in words if it not in right)
        if wrong:
            lost(
                f"a gap to choose for becomes one to fill: its wrong options are dropped: {', '.join(wrong)}"[:_LONGEST]
            )
        return {}
    if len(set(map(frozenset, lists))) > 1:
        lost("gaps with lists of their own have one for all: the words of every list")
    hidden = {right[0] for right in rights}
    spare = dict.fromkeys(word for words in lists for word in words if word and word not in hidden)
    return {"word_bank": [plain(word) for word in spare] or "true"}
