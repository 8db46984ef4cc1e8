"""Each question as a student gets it back: the own answer, what is right, and where texts are given, why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from builder.grading.tables import shown
from builder.model.fields import LETTERS
from builder.printing.facts import facts
from builder.printing.keys import McqKey
from builder.text.tree import Paragraph, Run, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.grading.marks import Answer, Result
    from builder.model.fields import Image
    from builder.printing import answers
    from builder.printing.keys import SolvedOption
    from builder.printing.text import Text
    from builder.wording import Wording

Verdict = Literal["right", "wrong", "part", "open", "silent"]
_BACKGROUND = ("explanation", "source", "works", "drawn", "calculation")
_LEFT_OUT = ("item", "scoring")
_SAID_IN_SIGNS = ("answer", "places")
IN_SIGNS = ("mcq", "truefalse", "matching", "ordering")


class Fact(NamedTuple):
    """A label, and what it labels."""

    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its marks in words; `facts` are the own answer and what is right, `background` why, and where it stands."""

    label: str
    marks: str
    verdict: Verdict
    prompt: Text
    image: Image | None
    facts: tuple[Fact, ...]
    background: tuple[Fact, ...]


def verdict(answer: Answer) -> Verdict:
    """How an answer came out: `silent` where it does not count or was not to be given."""
    if answer.state in {"dropped", "not chosen"}:
        return "silent"
    if answer.marks is None or not answer.is_whole:
        return "open"
    if answer.marks >= Fraction(answer.question.points):
        return "right"
    return "part" if answer.marks > 0 else "wrong"


def judged(result: Result, words: Wording, texts: Mapping[str, answers.Answer], decimal: str) -> tuple[Judged, ...]:
    """The questions of a student, in the order of the paper; `decimal` is the sign of the language."""
    return tuple(_judged(answer, words, texts.get(answer.question.id), decimal) for answer in result.answers)


def in_words(answer: Answer, words: Wording, decimal: str) -> str:
    """The marks of an answer: `1.5 / 2`, or why there are none."""
    if answer.state == "dropped":
        return words["not_counted"]
    if answer.state == "not chosen":
        return ""
    if answer.marks is None:
        return words["unmarked"]
    return f"{shown(answer.marks)} / {shown(Fraction(answer.question.points))}".replace(".", decimal)


def _judged(answer: Answer, words: Wording, said: answers.Answer | None, decimal: str) -> Judged:
    known = list(_facts(answer, words, said))
    background = {words[key] for key in _BACKGROUND}
    is_said_in_signs = answer.question.section in IN_SIGNS
    left_out = {words[key] for key in (*_LEFT_OUT, *(_SAID_IN_SIGNS if is_said_in_signs else ()))}
    others = [Fact(*it) for it in facts(words, said) if it[0] not in left_out] if said else []
    if said and isinstance(said.key, McqKey):
        others = [it for it in others if it.label in background]
    return Judged(
        label=answer.question.label,
        marks=in_words(answer, words, decimal),
        verdict=verdict(answer),
        prompt=said.prompt if said else _line(words.sections[answer.question.section]["title"]),
        image=said.image if said else None,
        facts=(*known, *(it for it in others if it.label not in background)),
        background=tuple(it for it in others if it.label in background),
    )


def _facts(answer: Answer, words: Wording, said: answers.Answer | None) -> Iterator[Fact]:
    """The own answer and what is right, where both are signs; one line for both where the answer is right."""
    options = said.key.options if said and isinstance(said.key, McqKey) else ()
    if answer.question.section == "numeric" and answer.given:
        yield Fact(words.cards["your_answer"], _line(" ".join(answer.given), strong=True))
    by_letters = bool(answer.question.letters)  # of words, which the texts name with each gap
    if answer.question.section not in IN_SIGNS and not by_letters:
        return
    if answer.state in {"read", "decided", "blank", "credited", "dropped"} or answer.given:
        yield Fact(words.cards["your_answer"], _signs(answer.given, words, options, with_why=True))
    for number, key in enumerate(answer.keys):
        if not answer.is_right and not (by_letters and said):
            signs = tuple("/".join(sign) for sign in key) if by_letters else key
            yield Fact(words["accepted"] if number else words["answer"], _signs(signs, words, options, with_why=True))


def _signs(signs: tuple[str, ...], words: Wording, options: tuple[SolvedOption, ...], *, with_why: bool) -> Text:
    """Letters with what they stand for and why that is right or wrong, if the texts are known; else letters alone."""
    if not any(signs):
        return _line("–")
    named = [words[sign] if sign in {"true", "false"} else sign or "–" for sign in signs]
    if not options:
        return _line(" ".join(named), strong=True)
    made: Text = ()
    for sign in signs:
        option = options[LETTERS.index(sign)]
        text = joined(_line(f"{sign}  ", strong=True), (), option.text)
        if with_why and option.why:
            text = joined(text, (Run(" – "),), option.why)
        made = (*made, *text)
    return made


def _line(text: str, *, strong: bool = False) -> Text:
    return (Paragraph((Run(text, strong=strong),)),)
