"""Lists of questions as people type them: numbers before questions, letters or boxes before options.

A format says of each line what it is (`Line`); here lines become questions.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from builder.diagnostics import Span
from builder.exchange._frame import Entry, Read, UnfitError
from builder.exchange._guide import TO_DO
from builder.exchange._listed import signs
from builder.exchange._rich import Rich, typed
from builder.model.fields import LETTERS
from builder.text import markup

if TYPE_CHECKING:
    from collections.abc import Iterable

Sort = Literal["question", "option", "answer", "feedback", "key", "points", "text", "short", "number", "essay", "other"]
_MATHS = re.compile(r"\$[^\s$](?:[^$\n]*[^\s$])?\$(?!\d)")
_KEYS = re.compile(r"(\d{1,4})\s*[.):=-]?\s*([A-Za-z](?:\s*[,;&+]\s*[A-Za-z]\b)*)(?![\w])")
_LETTERS = re.compile(r"\(?([A-Za-z])(?:\s*[,;&+]\s*([A-Za-z]))*\)?(?=$|[\s.):,-])")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_NUMBER = re.compile(r"([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(?:(?:\+-|±)\s*([\d.]+(?:[eE][-+]?\d+)?\s*%?))?")
_REMEDY = "mark it by a star, bold letters, 'Answer: B', or a key at the end"
_TRUTHS = {
    **dict.fromkeys(("true", "t", "wahr", "richtig", "verdadero", "vrai"), "true"),
    **dict.fromkeys(("false", "f", "falsch", "falso", "faux"), "false"),
}


class Line(NamedTuple):
    """A line of a list: its number in the file, what it is, its text in Markdown, and the number or letter before it.

    `is_right` says that an option is marked, `is_several` that its box asks for several; `is_far` that a text stands
    below an empty line, at the margin. `sign` is what is drawn before an option, behind the blanks before it.
    """

    number: int
    sort: Sort
    said: str
    label: str = ""
    is_right: bool = False
    is_several: bool = False
    is_far: bool = False
    sign: str = ""


@dataclass(slots=True)
class _Option:
    said: list[str]
    is_right: bool
    label: str = ""
    sign: str = ""
    why: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Question:
    number: int
    label: str
    said: list[str]
    points: str = ""
    options: list[_Option] = field(default_factory=list)
    is_several: bool = False
    feedback: list[str] = field(default_factory=list)
    answer: str = ""
    texts: list[str] = field(default_factory=list)
    amount: str = ""
    is_essay: bool = False


def taken(name: str, lines: Iterable[Line]) -> Read:
    """The questions that lines come to."""
    read = Read()
    questions, key = _grouped(read, name, lines)
    numbers = Counter(question.label for question in questions)  # one that stands twice is in no key
    for question in questions:
        if (
            question.label in key
            and numbers[question.label] == 1
            and not any(option.is_right for option in question.options)
        ):
            question.answer = question.answer or key[question.label]
        span = Span(name, question.number)
        try:
            value = _value(question)
        except UnfitError as error:
            read.refused(span, f"'{' '.join(question.said).strip()[:60]}' is left out: {error}")
        else:
            if question.points:
                value["marks"] = question.points
            read.entries.append(Entry(typed(value), markup.plain("\n".join(question.said))[:80], span))
    return read


def _grouped(read: Read, name: str, lines: Iterable[Line]) -> tuple[list[_Question], dict[str, str]]:
    """The questions, and the answers of a key by the numbers of questions."""
    questions: list[_Question] = []
    key: dict[str, str] = {}
    points = ""
    target: list[str] | None = None
    for line in lines:
        last = questions[-1] if questions else None
        if line.sort == "question":
            questions.append(_Question(line.number, line.label, [line.said], points))
            target, points = questions[-1].said, ""
        elif line.sort == "key":
            for number, letters in _KEYS.findall(line.said):
                key.setdefault(number, letters)
            target = None
        elif line.sort == "points":
            points = line.said
        elif line.sort == "text" and target is not None and not (line.is_far and last and last.options):
            target.append(line.said)
        elif last is None or line.sort in {"text", "other"}:
            if line.said.strip():
                said = " ".join(line.said.replace("\\", "").split())
                read.lost(Span(name, line.number), f"'{said[:60]}' belongs to no question: dropped")
        else:
            target = _added(last, line)
    return questions, key


def _added(question: _Question, line: Line) -> list[str]:
    """Add to a question what belongs to it; what a text below is added to."""
    if line.sort == "option":
        question.options.append(_Option([line.said], line.is_right, line.label, line.sign))
        question.is_several |= line.is_several
        return question.options[-1].said
    if line.sort == "feedback":
        there = question.options[-1].why if question.options and line.label != "all" else question.feedback
        there.append(line.said)
        return there
    if line.sort == "short":
        question.texts.append(line.said)
    elif line.sort == "number":
        question.amount = line.said
    elif line.sort == "essay":
        question.is_essay = True
    else:
        question.answer = line.said
    return question.feedback


def _value(question: _Question) -> dict[str, Any]:
    """The keys of an item that a question comes to.

    Raises:
        UnfitError: nothing says what is right.
    """
    _take_bold(question)
    _take_bullets(question)
    explanation = _rich(question.feedback)
    if not "".join(question.said).strip():
        message = "it asks nothing"
        raise UnfitError(message)
    made: dict[str, Any] = {"prompt": _rich(question.said)} | ({"explanation": explanation} if explanation.text else {})
    if question.options:
        return made | _choice(question)
    if question.is_essay:
        return made | {"kind": "short", "key_points": [{"point": TO_DO, "marks": "1"}], "status": "draft"}
    if question.amount:
        found = _NUMBER.fullmatch(question.amount)
        if found is None:
            message = f"'{question.amount[:40]}' is no number that may be off by some amount"
            raise UnfitError(message)
        return made | {"kind": "numeric", "answer": found[1]} | ({"tolerance": found[2]} if found[2] else {})
    texts = question.texts or [question.answer]
    if not texts[0].strip():
        message = "nothing says what is right"
        raise UnfitError(message)
    truth = _TRUTHS.get(texts[0].strip(" .").casefold())
    if truth and len(texts) == 1 and len(texts[0].strip()) > 1:
        return made | {"kind": "truefalse", "answer": truth}
    accept = {"accept": texts[1:]} if len(texts) > 1 else {}
    return made | {"kind": "basic", "answer": _rich([texts[0]])} | accept


def _take_bold(question: _Question) -> None:
    """Make options of the lines below a question that has none, where some but not all of them are in bold letters."""
    said = question.said[:1] + [line for line in question.said[1:] if line.strip()]
    bold = [_BOLD.fullmatch(line.strip().removesuffix("\\")) for line in said[1:]]
    if any(match and match[1].endswith(":") for match in bold):
        return  # a heading of what is below it
    if not (question.options or question.answer or question.texts or question.amount or question.is_essay) and (
        any(bold) and not all(bold)
    ):
        question.options = [
            _Option([match[1] if match else line], bool(match)) for line, match in zip(said[1:], bold, strict=True)
        ]
        del question.said[1:]


def _choice(question: _Question) -> dict[str, Any]:
    options = question.options
    if not any(option.is_right for option in options):
        _mark(question)
    right = [option for option in options if option.is_right]
    if not right:
        sign = signs.bullet([option.sign for option in options])
        message = "no option is marked as right: by a star, a tick, bold letters, 'Answer: B', or a key at the end"
        if sign and sign in signs.FILLED:
            message = (
                f"{sign} stands before all options, as a bullet does, and says of none that it is right: {_REMEDY}"
            )
        raise UnfitError(message)
    words = [_TRUTHS.get(" ".join(option.said).strip(" .*").casefold(), "") for option in options]
    if sorted(words) == ["false", "true"] and len(right) == 1:
        whys = [text for option in options for text in option.why]
        return {"kind": "truefalse", "answer": words[options.index(right[0])]} | (
            {"explanation": _rich([*question.feedback, *whys])} if whys else {}
        )
    listed = [
        {"right" if option.is_right else "wrong": _rich(option.said)}
        | ({"why": _rich(option.why)} if option.why else {})
        for option in options
    ]
    is_several = question.is_several or len(right) > 1
    return {"kind": "mcq", "options": listed} | ({"multiple": "true"} if is_several else {})


def _answered(question: _Question) -> set[int]:
    """The places of the options that the line of the answer names, by letters or by the text of one."""
    said = question.answer.strip(" *_")
    texts = [" ".join(option.said).strip().casefold() for option in question.options]
    if said.casefold() in texts:
        return {texts.index(said.casefold())}
    found = _LETTERS.match(said)
    letters = set(re.findall(r"[A-Za-z]", found[0].upper())) if found else set()
    return {place for place in map(LETTERS.index, letters) if place < len(question.options)}


def _mark(question: _Question) -> None:
    """Mark the right options: as the line of the answer or their signs say, else those that are bold where not all are.

    Raises:
        UnfitError: the signs leave open what they mean, or say something else than the answer.
    """
    options = question.options
    told = _answered(question)
    try:
        drawn = {place for place, is_right in enumerate(signs.right([it.sign for it in options])) if is_right}
    except UnfitError as error:
        if not told:
            message = f"{error}: {_REMEDY}"
            raise UnfitError(message) from error
        drawn = set()
    if told and drawn and told != drawn:
        message = "the signs before its options and its answer say different ones: take one of them out"
        raise UnfitError(message)
    for place in told or drawn:
        options[place].is_right = True
    bold = [_BOLD.fullmatch(" ".join(option.said).strip()) for option in options]
    if not (drawn or question.answer.strip(" *_")) and any(bold) and not all(bold):
        for option, match in zip(options, bold, strict=True):
            if match:
                option.said, option.is_right = [match[1]], True


def _take_bullets(question: _Question) -> None:
    """Make a list in the question of lines with a bullet: those above options, or with an answer that is none of them.

    Raises:
        UnfitError: some options have a sign, others another mark.
    """
    is_drawn = [bool(it.sign) and not it.label for it in question.options]
    count = is_drawn.index(False) if False in is_drawn else len(is_drawn)
    above, below = question.options[:count], question.options[count:]
    if any(is_drawn[count:]) or (above and below and not signs.bullet([it.sign for it in above])):
        message = "lines with drawn signs stand among other options, and what they are is open"
        raise UnfitError(message)
    if above and (below or _is_list(question)):
        question.said += ["", *(f"- {' '.join(it.said)}" for it in above)]
        question.options = below


def _is_list(question: _Question) -> bool:
    """Whether lines with one bullet are no options, since the question has an answer that is none of them."""
    answer = question.answer.strip(" *_")
    letters = _LETTERS.match(answer)
    is_letters = letters and answer[letters.end() :].lstrip()[:1] in {"", ".", ")", ":"}
    texts = [" ".join(option.said).strip().casefold() for option in question.options]
    is_answered = bool(answer or question.texts or question.amount or question.is_essay)
    sign = signs.bullet([option.sign for option in question.options])
    is_bullet = bool(sign) and sign not in signs.TO_TICK
    return is_bullet and is_answered and not is_letters and answer.casefold() not in texts


def _rich(said: list[str]) -> Rich:
    text = "\n".join(said).strip("\n")
    return Rich(markup.parse(text, math=bool(_MATHS.search(text))) if text.strip() else ())
