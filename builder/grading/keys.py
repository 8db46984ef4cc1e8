"""A key in the letters of one version, in those of another.

A choice has in version A the options 2, 0, 1 of the bank as A, B, C, and in
version B 0, 1, 2. The key B of version A is the option 0: A in version B.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.model.fields import LETTERS
from builder.paper.scoring import rule_for

if TYPE_CHECKING:
    from builder.paper.record import QuizItem

_PARTED = re.compile(r"[\s,;/|]+")


def other_key(text: str, of: QuizItem, question: QuizItem, where: str) -> tuple[str, ...]:
    """The key that a person typed for `of`, in the signs of the same question in another version.

    `BD A` for two gaps with words to choose from says that B and D are right at the first.

    Raises:
        BuilderError: the text is no key of that question; `where` begins the message.
    """
    signs = _PARTED.split(text.strip().upper())
    letters, places = LETTERS[: len(of.order)], len(of.order)
    match of.section:
        case "mcq":
            _refuse(signs, set(letters), where, f"letters of its options, {letters[0]} to {letters[-1]}")
            _refuse_several(signs, of, where)
            options = {of.order[LETTERS.index(sign)] for sign in signs}
            return tuple(LETTERS[place] for place, option in enumerate(question.order) if option in options)
        case "truefalse":
            signs = [sign.lower() for sign in signs]
            _refuse(signs, {"true", "false"}, where, "true or false", 1)
            return tuple(signs)
        case "matching":
            _refuse(signs, set(letters), where, f"a letter for each of its {len(of.key)} terms", len(of.key))
            responses = [of.order[LETTERS.index(sign)] for sign in signs]
            return tuple(LETTERS[question.order.index(response)] for response in responses)
        case "ordering":
            known = {str(number) for number in range(1, places + 1)}
            _refuse(signs, known, where, f"the places 1 to {places} of its steps, each once", places)
            if len(set(signs)) < places:
                message = f"{where}: '{text}' gives one place to two steps"
                raise BuilderError(message)
            right = dict(zip(of.order, signs, strict=True))
            return tuple(right[step] for step in question.order)
        case "cloze" | "occlusion" if of.letters:
            known = {sign for sign in signs if sign and set(sign) <= set(letters)}
            _refuse(signs, known, where, f"a letter for each of its {len(of.key)} gaps", len(of.key))
            return tuple(_moved(sign, of, question) for sign in signs)
        case "cloze" | "occlusion" | "basic" | "numeric" | "short" | "essay":
            message = f"{where}: it is not marked by letters; drop it, credit it, or give its marks with --marks"
            raise BuilderError(message)


def _refuse_several(signs: list[str], of: QuizItem, where: str) -> None:
    """Refuse several letters for a question of which one circle is filled: nobody would have both, and all lose its marks."""
    if len(set(signs)) > 1 and len(of.key) == 1 and rule_for(of).rule == "all":
        message = (
            f"{where}: '{' '.join(signs)}' are several options, and candidates fill one circle: write one letter, "
            "and for each other answer that is right as well a change with 'also:'"
        )
        raise BuilderError(message)


def _moved(letters: str, of: QuizItem, question: QuizItem) -> str:
    """The letters that the words of these letters have in another version, in their order."""
    return "".join(sorted({LETTERS[question.order.index(of.order[LETTERS.index(letter)])] for letter in letters}))


def _refuse(signs: list[str], known: set[str], where: str, wanted: str, number: int = 0) -> None:
    """Refuse signs that are not known, or another number of them than is wanted."""
    if not set(signs) <= known or (number and len(signs) != number):
        message = f"{where}: '{' '.join(signs)}' is no key of it: write {wanted}"
        raise BuilderError(message)
