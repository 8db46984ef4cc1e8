"""Questions with gaps as cloze items: embedded answers, and boxes to drag or to choose from."""

from __future__ import annotations

import re
from fractions import Fraction
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.exchange._choices import Graded, banked, chosen
from builder.exchange._frame import UnfitError
from builder.exchange._grid import share_of
from builder.exchange._rich import Rich, gap, plain
from builder.exchange.moodle._values import child, text_of

if TYPE_CHECKING:
    from builder.exchange.moodle._into import Question

_GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_FEEDBACK = re.compile(r"(?<![\\&])#")
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d*)?)%|=")
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_BOX = re.compile(r"\[\[(\d+)\]\]")
_CHOICES = ("MULTICHOICE", "MC", "MULTIRESPONSE", "MR")
_MOST = 100  # gaps of a text


class _Alternative(NamedTuple):
    """One answer of a gap: the share of its marks, and its words."""

    share: Any
    text: str


def embedded(question: Question) -> dict[str, Any]:
    """Embedded answers: each gap hides its first right answer, and accepts the other right ones."""
    source = question.html("questiontext")
    found = list(_GAP.finditer(source))
    if len(found) == 1 and found[0][2].startswith(_CHOICES):
        return _chosen(question, source, found[0])
    gaps: list[str] = []
    accept: dict[str, list[Rich]] = {}
    weights: list[int] = []
    rights: list[list[str]] = []
    lists: list[list[str]] = []

    def taken(found: re.Match[str]) -> str:
        right, listed = _right(question, found[2], found[3])
        rights.append(right)
        lists.append(listed)
        gaps.append(right[0])
        if right[1:]:
            accept[f"c{len(gaps)}"] = [plain(text) for text in right[1:]]
        weights.append(int(found[1] or "1"))
        return gap(len(gaps) - 1)

    html = _GAP.sub(taken, source)
    made = _cloze(question, html, gaps)
    if len(set(weights)) > 1:
        question.lost("gaps of different weights share the marks equally")
    made |= banked(lists, rights, question.lost)
    return made | ({"accept": accept} if accept else {}) | {"marks": str(sum(weights))}


def _chosen(question: Question, source: str, found: re.Match[str]) -> dict[str, Any]:
    """A text whose one gap is chosen from a list: a choice, with a line for a gap that has words behind it."""
    parts = [_FEEDBACK.split(part, maxsplit=1) for part in found[3].split("~") if part.strip()]
    read = [(_alternative(question, answer), why[0] if why else "") for answer, *why in parts]
    options = [
        Graded(Fraction(it.share), plain(it.text), plain(_words(why).strip()) if why.strip() else Rich(()))
        for it, why in read if it.text
    ]  # fmt: skip
    behind = unescape(_TAG.sub("", source[found.end() :]))
    is_inside = any(sign.isalnum() for sign in behind)
    html = source[: found.start()] + ("_____" if is_inside else "") + source[found.end() :]
    is_multiple = found[2].startswith(("MULTIRESPONSE", "MR"))
    made = {"kind": "mcq", "prompt": question.prompt_of(html), "marks": found[1] or "1"}
    return made | chosen(options, question.lost, is_multiple=is_multiple)


def _right(question: Question, kind: str, text: str) -> tuple[list[str], list[str]]:
    """The right answers of a gap, and the list for one that is chosen; what else it holds is noted as dropped."""
    alternatives = [_alternative(question, part) for part in text.split("~") if part.strip()]
    right = list(dict.fromkeys(one.text for one in alternatives if one.share == 1 and one.text))
    if kind.startswith(("NUMERICAL", "NM")):
        right = [part.partition(":")[0] for part in right]
        question.lost("a number in a gap is compared as text, without its tolerance")
    if not right:
        message = "a gap has no answer that earns all its marks"
        raise UnfitError(message)
    if any(0 < one.share < 1 for one in alternatives):
        question.lost("answers of a gap for a part of the marks are dropped")
    return right, [one.text for one in alternatives if one.text] if kind.startswith(_CHOICES) else []


def _alternative(question: Question, part: str) -> _Alternative:
    """An alternative: `=text`, `%50%text` or `text`, with `#` before its feedback."""
    answer, *feedback = _FEEDBACK.split(part, maxsplit=1)
    if feedback and feedback[0].strip():
        question.lost("the feedback of a gap is dropped")
    answer = answer.strip()
    weight = _WEIGHT.match(answer)
    share = share_of(weight[1] or "100") if weight else 0
    said = answer[weight.end() :] if weight else answer
    return _Alternative(share, _words(said))


def _words(said: str) -> str:
    """What an answer or its feedback says, on one line."""
    words = unescape(_TAG.sub("", said.replace("\\}", "}").replace("\\#", "#")))
    return " ".join(words.replace("\\*", "*").split())


def bracketed(question: Question) -> dict[str, Any]:
    """Gaps of the plugin Gapfill: `[cat]`, or `[cat|tomcat]` where both are right."""
    signs = text_of(question.part("delimitchars")) or "[]"
    gaps: list[str] = []
    accept: dict[str, list[Rich]] = {}

    def taken(found: re.Match[str]) -> str:
        texts = [" ".join(unescape(_TAG.sub("", part)).split()) for part in found[1].split("|")]
        right = list(dict.fromkeys(filter(None, texts)))
        if not right:
            return found[0]
        gaps.append(right[0])
        if right[1:]:
            accept[f"c{len(gaps)}"] = [plain(text) for text in right[1:]]
        return gap(len(gaps) - 1)

    inside = re.compile(f"{re.escape(signs[0])}([^{re.escape(signs)}<>]*){re.escape(signs[-1])}")
    made = _cloze(question, inside.sub(taken, question.html("questiontext")), gaps)
    spare = [text_of(it) for it in question.element.iterfind("wronganswers")]
    if any(spare):
        question.lost("the wrong words to choose from are dropped")
    return made | ({"accept": accept} if accept else {})


def boxes(question: Question) -> dict[str, Any]:
    """Gaps with words to drag or to choose: these become a word bank."""
    words = [
        text_of(child(box, "text")) for path in ("dragbox", "selectoption") for box in question.element.iterfind(path)
    ]
    words = [" ".join(unescape(_TAG.sub("", word)).split()) if "<" in word or "&" in word else word for word in words]
    used: list[int] = []

    def taken(found: re.Match[str]) -> str:
        if not 1 <= int(found[1]) <= len(words):
            message = f"the gap [[{found[1]}]] has no word"
            raise UnfitError(message)
        used.append(int(found[1]) - 1)
        return gap(len(used) - 1)

    html = _BOX.sub(taken, question.html("questiontext"))
    made = _cloze(question, html, [words[place] for place in used])
    hidden = {words[place] for place in used}
    spare = list(dict.fromkeys(word for word in words if word not in hidden))
    return made | {"word_bank": [plain(word) for word in spare] or "true"}


def _cloze(question: Question, html: str, gaps: list[str]) -> dict[str, Any]:
    if not gaps or len(gaps) > _MOST:
        message = "it has no gap" if not gaps else f"it has more than {_MOST} gaps"
        raise UnfitError(message)
    return {"kind": "cloze", "prompt": Rich(question.prompt_of(html).text, tuple(gaps))}
