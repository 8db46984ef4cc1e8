"""The types of Moodle's questions as kinds of items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.exchange import _guide
from builder.exchange._choices import Graded, chosen
from builder.exchange._frame import UnfitError
from builder.exchange._guide import marks
from builder.exchange._rich import plain, words_of
from builder.exchange.moodle import _calculated, _embedded, _numbers
from builder.exchange.moodle._values import answers_of, child, share, text_of
from builder.text import amounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.exchange.moodle._into import Question

Value = dict[str, Any]
_ENDS = re.compile(r"\A(?:\*\s*)+|\s*(?<!\\)\*+\Z")
_RULES = {"ALL_OR_NOTHING": "all", "ABSOLUTE_POSITION": "positions"}
_SEVERAL = {"multichoiceset": "all", "oumultiresponse": "each-minus"}  # types of plugins in wide use, and their marking
_GRADINGS = {"-1": "ALL_OR_NOTHING", "0": "ABSOLUTE_POSITION", "1": "RELATIVE_NEXT_EXCLUDE_LAST"}


def _short(question: Question) -> Value:
    """A short answer: its first right answer, and the others that are right."""
    right: list[str] = []
    for answer in answers_of(question):
        text, earned = text_of(child(answer, "text")), share(answer)
        if earned == 1:
            right.append(_without_wildcards(question, text))
        elif earned > 0:
            question.lost(f"an answer for a part of the marks is dropped: {text[:60]}")
        if earned < 1 and question.rich(child(answer, "feedback")).text:
            question.lost(f"the feedback for a wrong answer is dropped: {text[:60]}")
    if not any(right):
        message = "no answer earns all marks"
        raise UnfitError(message)
    right = [text for text in dict.fromkeys(right) if text]
    made: Value = {"kind": "basic", "prompt": question.prompt(), "answer": plain(right[0])}
    made["accept"] = [plain(text) for text in right[1:]]
    return made | ({"case": "true"} if text_of(question.part("usecase")) == "1" else {})


def _without_wildcards(question: Question, text: str) -> str:
    """An answer as a student types it: `*chalk*`, which takes all that has the word in it, is the word."""
    if "*" not in text:
        return text
    bare = _ENDS.sub("", text) if text.strip("* ") else text
    if bare != text:
        question.lost("the wildcard * around an answer is dropped: what is typed besides it counts as wrong")
    if re.search(r"(?<!\\)\*", bare):
        question.lost("the wildcard * of an answer is read as a star")
    return bare.replace("\\*", "*")


def _choice(question: Question) -> Value:
    """A multiple choice: whatever earns marks is right."""
    options = [
        Graded(share(answer), question.rich(answer), question.rich(child(answer, "feedback")))
        for answer in answers_of(question)
        if text_of(child(answer, "text"))
    ]
    # Moodle itself takes these two words alone for "several".
    said = text_of(question.part("single")) or ("" if question.element.get("type") not in _SEVERAL else "false")
    made = {"kind": "mcq", "prompt": question.prompt()} | chosen(
        options, question.lost, is_multiple=said in {"false", "0"}
    )
    if rule := _SEVERAL.get(question.element.get("type") or ""):
        made |= {"scoring": rule}
    is_fixed = text_of(question.part("shuffleanswers")) in {"", "0", "false"}
    texts = tuple(words_of(option.text) for option in options)
    return made | ({"order": "author"} if is_fixed and not amounts.are_amounts(texts, math=False) else {})


def _verdict(question: Question) -> Value:
    """A true/false: the feedback for the wrong verdict is the correction."""
    shares = {text_of(child(answer, "text")).lower(): (share(answer), answer) for answer in answers_of(question)}
    if not {"true", "false"} <= shares.keys():
        message = "it has no answers 'true' and 'false'"
        raise UnfitError(message)
    is_true = shares["true"][0] > shares["false"][0]
    made: Value = {"kind": "truefalse", "prompt": question.prompt(), "answer": str(is_true).lower()}
    wrong, right = (shares[str(verdict).lower()][1] for verdict in (not is_true, is_true))
    made["correction"] = question.rich(child(wrong, "feedback"))
    made["explanation"] = question.rich(child(right, "feedback"))
    return made


def _matching(question: Question) -> Value:
    """A matching: what has no left side is a distractor."""
    pairs, spare = [], []
    for part in question.element.iterfind("subquestion"):
        left, right = question.rich(part), plain(text_of(part.find("answer/text")))
        if right.text and left.text:
            pairs.append([left, right])
        elif right.text:
            spare.append(right)
    if len(pairs) < 2:  # noqa: PLR2004 - a matching has two pairs
        message = "it has fewer than two pairs"
        raise UnfitError(message)
    return {"kind": "matching", "prompt": question.prompt(), "pairs": pairs, "distractors": spare}


def _ordering(question: Question) -> Value:
    """An ordering: the order in the file is the right one, whatever the grades say."""
    steps = [question.rich(answer) for answer in answers_of(question)]
    made: Value = {"kind": "ordering", "prompt": question.prompt(), "sequence": [step for step in steps if step.text]}
    if text_of(question.part("selecttype")) not in {"ALL", "0"}:
        question.lost("students see some of the steps in Moodle: here all of them")
    said = text_of(question.part("gradingtype"))
    grading = _GRADINGS.get(said, said)
    if grading in _RULES:
        return made | {"scoring": {"rule": _RULES[grading]}}
    if grading != "RELATIVE_NEXT_EXCLUDE_LAST":
        question.lost(f"the grading {grading or 'of this question'} becomes that by neighbours")
    return made


def _written(question: Question) -> Value:
    """An essay: a list for graders is its key points, a table its rubric."""
    html, grade = question.html("graderinfo"), marks(text_of(question.part("defaultgrade"))) or "1"
    files = question.files(question.part("graderinfo"))
    parts: list[Value] = list(_guide.read(html, files, grade)) if html else []
    if text_of(question.element.find("responsetemplate/text")):
        question.lost("the text that an answer begins with is dropped")
    limit = text_of(question.part("maxwordlimit"))
    made: Value = {"kind": "short" if not parts or "point" in parts[0] else "essay", "prompt": question.prompt()}
    made |= {"words": limit} if limit.isdecimal() and limit != "0" else {}
    if parts:
        return made | {"key_points" if "point" in parts[0] else "rubric": parts}
    question.lost("what earns marks is not in the file: write the key points")
    return made | {"key_points": [{"point": _guide.TO_DO, "marks": grade}], "status": "draft"}


READERS: dict[str, Callable[[Question], Value]] = {
    "shortanswer": _short,
    "multichoice": _choice,
    **dict.fromkeys(_SEVERAL, _choice),
    "truefalse": _verdict,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "numerical": _numbers.number,
    **dict.fromkeys(("calculated", "calculatedsimple"), _calculated.number),
    "calculatedmulti": lambda question: _calculated.chosen(question, _choice),
    "essay": _written,
    "cloze": _embedded.embedded,
    "multianswer": _embedded.embedded,
    "ddwtos": _embedded.boxes,
    "gapselect": _embedded.boxes,
    "gapfill": _embedded.bracketed,
}
