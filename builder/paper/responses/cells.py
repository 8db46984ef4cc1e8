"""The answer to one question out of a cell, and its marks."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from builder.model.fields import LETTERS
from builder.paper.roster.columns import plain
from builder.paper.scoring import CORRECTED, RIGHT, bounds, score
from builder.text.cells import unguarded
from builder.wording import wording_on_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builder.paper.record import QuizItem

WRONG, NONE = "wrong", "-"
_PARTED = re.compile(r"[\s;,/|]+")
_VERDICTS = {"t": "true", "f": "false", "true": "true", "false": "false"}
_GAPS = {"r": RIGHT, "w": WRONG, "1": RIGHT, "0": WRONG, RIGHT: RIGHT, WRONG: WRONG, NONE: ""}
_MARKS = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,4})?")
_SHOWN = 40  # characters of a cell in a message
_ONE_SIGN = 9  # places that can be written as one digit each


def verdicts(language: str) -> dict[str, str]:
    """How true and false may be written: in English, and as the sheets of a language print it, `V` and `Verdadeiro`."""
    words = wording_on_record(language)
    said = {plain(said): value for value in ("true", "false") for said in (words.sign(value), words[value])}
    return _VERDICTS | said


def marked(
    question: QuizItem,
    text: str,
    decimal: str,
    marks: str = "",
    *,
    is_marks: bool = False,
    known: Mapping[str, str] = _VERDICTS,
) -> tuple[tuple[str, ...], Fraction]:
    """The entries of an answer in the signs of the key, and its marks; a gap that was filled wrongly is `wrong`.

    Examples: `b` to a choice is ("B",); `r - w` to three gaps is ("right", "", "wrong"). With `is_marks`, the text is
    the marks that somebody gave, and there are no entries. `marks` are those that somebody gave beside an answer.
    `known` are the words for true and false (`verdicts`).

    Raises:
        ValueError: the text is no answer to that question; the message says what is wrong.
    """
    if is_marks:
        return (), _whole(question, _number(text))
    entries, earned = _answered(question, unguarded(text), decimal, known)
    return entries, _whole(question, _number(marks)) if marks else earned


def _answered(
    question: QuizItem, text: str, decimal: str, known: Mapping[str, str]
) -> tuple[tuple[str, ...], Fraction]:
    match question.section:
        case "mcq":
            entries = tuple(sorted(set(_PARTED.sub("", text).upper())))
            _refuse_others(entries, LETTERS[: len(question.order)], text)
        case "truefalse":
            entries = _verdict(text, known)
        case "matching":
            entries = _placed(question, text.upper())
        case "ordering":
            entries = _placed(question, text)
        case "numeric":
            entries = (text,)
        case "cloze" | "occlusion" | "basic":
            letters = LETTERS[: len(question.order)] if question.letters else ""
            entries = tuple(_gap(sign, text, letters) for sign in _signs(question, text))
        case "short" | "essay":
            return _given(question, text, decimal)
    counted = [entry if entry != WRONG or question.section == "numeric" else "" for entry in entries]
    try:
        return entries, score(question, counted, decimal)
    except ValueError as error:
        message = f"'{text[:_SHOWN]}' does not fit: {error}"
        raise ValueError(message) from error


def _refuse_others(entries: Sequence[str], known: str, text: str) -> None:
    if not entries or any(entry not in known for entry in entries):
        message = f"'{text[:_SHOWN]}' are no letters of its options, {known[0]} to {known[-1]}"
        raise ValueError(message)


def _verdict(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    said = plain(text)
    corrected = said.removesuffix(CORRECTED).rstrip(" ;,/|")
    if said in known:
        return (known[said],)
    if corrected not in known or corrected == said:
        signs = {value: sign.upper() for sign, value in known.items() if len(sign) == 1}
        message = (
            f"'{text[:_SHOWN]}' is neither true ({signs['true']}) nor false ({signs['false']}), nor 'false corrected'"
        )
        raise ValueError(message)
    return (known[corrected], CORRECTED)


def _placed(question: QuizItem, text: str) -> tuple[str, ...]:
    """The sign at each place: `B A C`, or `BAC` where each place has one sign."""
    return tuple("" if sign == NONE else sign for sign in _signs(question, text))


def _signs(question: QuizItem, text: str) -> list[str]:
    signs = _PARTED.split(text)
    return list(text) if len(signs) == 1 and 1 < len(text) == len(question.key) <= _ONE_SIGN else signs


def _gap(sign: str, text: str, letters: str) -> str:
    """The letter of the word that was chosen for a gap, or whether a marker finds it right."""
    if sign and sign.upper() in letters:
        return sign.upper()
    if sign.lower() not in _GAPS:
        wanted = f"a letter from A to {letters[-1]}" if letters else f"{RIGHT}, {WRONG}"
        message = f"'{text[:_SHOWN]}' is not {wanted} or {NONE} for each place"
        raise ValueError(message)
    return _GAPS[sign.lower()]


def _given(question: QuizItem, text: str, decimal: str) -> tuple[tuple[str, ...], Fraction]:
    """The marks that a marker gave for the whole answer, or for each of its parts."""
    signs = re.split(r"[\s;/|]+", text)
    if len(signs) == 1 and signs != [NONE]:
        return (), _whole(question, _number(text))
    parts = tuple("" if sign == NONE else str(_number(sign)) for sign in signs)
    return parts, score(question, parts, decimal)


def _number(text: str) -> Fraction:
    if not _MARKS.fullmatch(text):
        message = f"'{text[:_SHOWN]}' is no number of marks"
        raise ValueError(message)
    return Fraction(text.replace(",", "."))


def _whole(question: QuizItem, marks: Fraction) -> Fraction:
    least, most = bounds(question)
    if not least <= marks <= most:
        message = f"it earns from {float(least):g} to {float(most):g} marks, not {float(marks):g}"
        raise ValueError(message)
    return marks
