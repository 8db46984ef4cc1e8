"""Questions of QTI 1.2 whose answers stand in gaps of a text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.exchange._choices import banked
from builder.exchange._qti.choosing import ordered
from builder.exchange._qti.reading import refuse_unfit
from builder.exchange._rich import Rich, gap, plain, words_of
from builder.exchange.qti12 import _into

if TYPE_CHECKING:
    from builder.exchange.qti12._into import Question

Value = dict[str, Any]
_CHOSEN = {"dropdown", "wordbank"}
_COMPARED = {
    "TextContainsAnswer": "a gap that takes what has its answer in it takes the answer alone",
    "TextCloseEnough": "a gap that takes what is spelled nearly so takes the right spelling alone",
    "TextRegex": "the pattern of a gap is read as an answer: write what it takes",
}
MOST = 100  # gaps of a text, and answers of a response


class _Gap(NamedTuple):
    """What a gap takes, all that is listed for it by name, and whether it is chosen from the list."""

    right: list[str]
    listed: dict[str, str]
    is_closed: bool


def filled(question: Question, shown: Any, texts: list[Any]) -> Value:
    """Gaps that stand in the text."""
    refuse_unfit(f"it has more than {MOST} gaps", unless=len(texts) <= MOST)
    html = ""
    hidden: list[str] = []
    accept: dict[str, list[Rich]] = {}
    for part in shown.iter("material", "response_str", "response_num"):
        if part.tag == "material" and not any(it.tag.startswith("response_") for it in part.iterancestors()):
            html += _into.html_of(part)
        elif part.tag != "material":
            scores = question.scores(part.get("ident") or "")
            right = [value for value, score in scores.items() if score > 0 and value]
            refuse_unfit("a gap has no right answer", unless=right)
            html += f" {gap(len(hidden))} "
            hidden.append(right[0])
            accept[f"c{len(hidden)}"] = [plain(text) for text in right[1:]]
    made: Value = {"kind": "cloze", "prompt": Rich(question.prompt(html).text, tuple(hidden))}
    accept = {key: others for key, others in accept.items() if others}
    return made | ({"accept": accept} if accept else {})


def named(question: Question, prompt: str) -> Value:
    """Gaps whose names stand in the text, and conditions that name them, without any response, as Respondus has them."""
    right: dict[str, list[str]] = {}
    for condition in question.conditions:
        for name, value in condition.equal if condition.score and condition.score > 0 else ():
            right.setdefault(name, []).append(value)
    refuse_unfit("it asks for no response", unless=right and all(prompt.count(name) == 1 for name in right))
    refuse_unfit(f"it has more than {MOST} gaps", unless=len(right) <= MOST)
    names = sorted(right, key=prompt.index)
    for number, name in enumerate(names):
        prompt = prompt.replace(name, gap(number))
    texts = [list(dict.fromkeys(right[name])) for name in names]
    accept = {f"c{number}": [plain(it) for it in others] for number, (_, *others) in enumerate(texts, 1) if others}
    made = {"kind": "cloze", "prompt": Rich(question.prompt(prompt).text, tuple(text[0] for text in texts))}
    return made | ({"accept": accept} if accept else {})


def blanks(question: Question, prompt: str, lids: dict[str, Any]) -> Value:
    """Gaps whose names stand in the text in brackets; with a list for all of them, it has a word bank."""
    refuse_unfit(f"it has more than {MOST} gaps", unless=len(lids) <= MOST)
    names = sorted(lids, key=lambda name: prompt.index(f"[{name}]"))
    is_closed = question.field("question_type") == "multiple_dropdowns_question"
    gaps = [_gap(question, name, lids[name], is_closed=is_closed) for name in names]
    for number, name in enumerate(names):
        refuse_unfit(f"the gap [{name}] stands in the text twice", unless=prompt.count(f"[{name}]") == 1)
        prompt = prompt.replace(f"[{name}]", gap(number))
    hidden = tuple(it.right[0] for it in gaps)
    accept = {f"c{number}": [plain(text) for text in it.right[1:]] for number, it in enumerate(gaps, 1) if it.right[1:]}
    made: Value = {"kind": "cloze", "prompt": Rich(question.prompt(prompt).text, hidden)}
    lists = [ordered(it.listed) if it.is_closed else [] for it in gaps]
    return made | banked(lists, [it.right for it in gaps], question.lost) | ({"accept": accept} if accept else {})


def _gap(question: Question, name: str, response: Any, *, is_closed: bool) -> _Gap:
    """A gap; New Quizzes say of each answer whether it is chosen or typed, and how what is typed is compared."""
    labels = _into.labels(response)
    said = {it.get("answer_type") or "" for it in labels.values()}
    is_closed = is_closed or bool(said & _CHOSEN)
    texts = {key: words_of(question.rich(_into.html_of(it))) for key, it in labels.items()}
    scores = question.scores(response.get("ident") or "")
    right = list(dict.fromkeys(texts[key] for key in texts if scores.get(key, Fraction(0)) > 0))
    if (not right and not is_closed) or said == {"openEntry"}:  # what is listed for a gap to fill are its right answers
        right = list(dict.fromkeys(texts.values()))
    refuse_unfit(f"the gap [{name}] has no right answer", unless=any(right))
    for message in dict.fromkeys(_COMPARED.get(it.get("scoring_algorithm") or "", "") for it in labels.values()):
        if message:
            question.lost(message)
    return _Gap([text for text in right if text], texts, is_closed)
