"""The kinds of QTI 1.2, told by structure; what Canvas says of a type settles what structure leaves open."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from builder.exchange import _guide
from builder.exchange._choices import Graded, chosen
from builder.exchange._frame import UnfitError
from builder.exchange._markup import Rich, gap, plain
from builder.exchange._qti.choosing import arrange, said_of
from builder.exchange._qti.numbers import Bounds, numeric
from builder.exchange._qti.reading import refuse_unfit
from builder.exchange.qti12 import _dialects, _into
from builder.text.numbers import is_number

if TYPE_CHECKING:
    from builder.exchange.qti12._into import Question

Value = dict[str, Any]
_OWN = re.compile(r"w\d+")
_MOST = 100  # gaps of a text, and answers of a response


def value_of(question: Question) -> Value:
    """What the question comes to.

    Raises:
        UnfitError: it can't become an item.
    """
    said = question.type
    refuse_unfit(f"a question {_dialects.unfit(said)} has no counterpart", unless=not _dialects.unfit(said))
    shown = question.element.find("presentation")
    refuse_unfit("it presents nothing", unless=shown is not None)
    lids, texts = list(shown.iter("response_lid")), list(shown.iter("response_str", "response_num"))
    refuse_unfit(
        "responses of this sort have no counterpart", unless=not list(shown.iter("response_xy", "response_grp"))
    )
    if len(texts) == 1 and not lids:
        return _typed(question, shown, texts[0])
    if texts and not lids:
        return _filled(question, shown, texts)
    if not texts and not lids:
        return _named(question, _prompt(shown))
    refuse_unfit("it asks for responses of two sorts", unless=not texts)
    refuse_unfit(f"it has more than {_MOST} responses", unless=len(lids) <= _MOST)
    refuse_unfit(f"a response has more than {_MOST} answers", unless=all(len(_labels(it)) <= _MOST for it in lids))
    if len(lids) == 1 and said not in {
        "matching_question",
        "fill_in_multiple_blanks_question",
        "multiple_dropdowns_question",
    }:
        return _choice(question, shown, lids[0])
    prompt = _prompt(shown)
    names = [(it.get("ident") or "").removeprefix("response_") for it in lids]
    if all(f"[{name}]" in prompt for name in names):
        return _blanks(question, prompt, dict(zip(names, lids, strict=True)))
    return _matching(question, prompt, lids)


def _prompt(shown: Any) -> str:
    """The HTML of what stands outside the responses."""
    return "".join(
        _into.html_of(part) for part in shown.iter("material")
        if not any(it.tag.startswith("response_") for it in part.iterancestors())
    )  # fmt: skip


def _labels(response: Any) -> dict[str, Any]:
    """The answers that can be chosen, by their names."""
    return {it.get("ident") or "": it for it in response.iter("response_label")}


def _scores(question: Question, respident: str) -> dict[str, Fraction]:
    """What each value of a response earns by itself."""
    earned: dict[str, Fraction] = {}
    for condition in question.conditions:
        if condition.score is not None and not condition.unequal:
            for name, value in condition.equal:
                if name == respident:
                    earned[value] = earned.get(value, Fraction(0)) + condition.score
    return earned


def _choice(question: Question, shown: Any, response: Any) -> Value:
    """A choice, or a verdict where its two answers are true and false."""
    labels = {name: it for name, it in _labels(response).items() if _into.html_of(it).strip()}
    texts = {name: question.rich(_into.html_of(it)) for name, it in labels.items()}
    is_multiple = response.get("rcardinality", "Single").lower() in {"multiple", "ordered"}
    words = {said_of(text).lower(): name for name, text in texts.items()}
    if len(labels) == 2 and words.keys() == {"true", "false"} and not is_multiple:  # noqa: PLR2004 - true and false
        return _verdict(question, shown, words)
    if response.get("rcardinality") == "Ordered":
        return _ordering(question, shown, texts)
    made: Value = {"kind": "mcq", "prompt": question.prompt(_prompt(shown))}
    whole = _whole_set(question, response.get("ident") or "") if is_multiple else None
    if whole is not None:
        refuse_unfit("no option earns marks", unless=whole & labels.keys())
        part = Fraction(1, len(whole & labels.keys()))
        options = [
            Graded(part if name in whole else Fraction(0), text, question.why(name)) for name, text in texts.items()
        ]
        made |= chosen(options, question.lost, is_multiple=True)
        made.pop("scoring")
        if question.field("question_type") == "multiple_answers_question":  # Canvas marks these in its own way
            wrong = len(labels) - len(whole & labels.keys())
            made["scoring"] = "each-minus" if part * wrong == 1 else {"rule": "each-minus", "penalty": str(part)}
    else:
        scores = _scores(question, response.get("ident") or "")
        best = sum(it for it in scores.values() if it > 0) if is_multiple else max(scores.values(), default=Fraction(0))
        refuse_unfit("no option earns marks", unless=best > 0)
        shares = {name: scores.get(name, Fraction(0)) / best for name in labels}
        options = [Graded(shares[name], text, question.why(name)) for name, text in texts.items()]
        made |= chosen(options, question.lost, is_multiple=is_multiple)
    render = response.find(".//render_choice")
    said = (render.get("shuffle") if render is not None else "") or ""
    fixed = [labels[name].get("rshuffle") == "No" and said == "Yes" for name in labels]
    return arrange(question, made, fixed, shuffle={"Yes": True, "No": False}.get(said))


def _ordering(question: Question, shown: Any, texts: dict[str, Rich]) -> Value:
    """An ordering: its key is the condition that names all steps."""
    keys = [[value for _, value in it.equal] for it in question.conditions if it.score and it.score > 0]
    key = next((it for it in keys if len(it) == len(texts) and set(it) == texts.keys()), None)
    refuse_unfit("no condition names the order of all its steps", unless=key)
    return {
        "kind": "ordering",
        "prompt": question.prompt(_prompt(shown)),
        "sequence": [texts[name] for name in key or ()],
    }


def _whole_set(question: Question, respident: str) -> set[str] | None:
    """The options that have to be chosen together; None where each earns marks by itself."""
    for condition in question.conditions:
        names = {value for name, value in condition.equal if name == respident}
        if condition.score and condition.score > 0 and not condition.is_added and (condition.unequal or len(names) > 1):
            return names
    found = [condition for condition in question.conditions if condition.score]
    only = found[0] if len(found) == 1 and not found[0].is_added else None  # all options are right, or one is
    return {value for _, value in only.equal} if only and only.equal else None


def _verdict(question: Question, shown: Any, words: dict[str, str]) -> Value:
    """A true/false: the feedback for the wrong verdict is the correction."""
    scores = _scores(question, question.element.find(".//response_lid").get("ident") or "")
    true, false = (scores.get(words[word], Fraction(0)) for word in ("true", "false"))
    refuse_unfit("neither true nor false earns marks", unless=max(true, false) > 0)
    right, wrong = ("true", "false") if true > false else ("false", "true")
    made: Value = {"kind": "truefalse", "prompt": question.prompt(_prompt(shown)), "answer": right}
    return made | {"correction": question.why(words[wrong]), "explanation": question.why(words[right])}


def _typed(question: Question, shown: Any, response: Any) -> Value:
    """An answer that is typed: a number, a few words, or a text at length."""
    html, respident = _prompt(shown), response.get("ident") or ""
    said = question.field("question_type")
    right = [it for it in question.conditions if it.score and it.score > 0]
    values = [value for it in right for name, value in it.equal if name == respident and value]
    render = response.find("render_fib")
    kind = (render.get("fibtype") or "" if render is not None else "").lower()
    if any(it.bounds for it in right) or said == "numerical_question" or kind in {"decimal", "integer", "scientific"}:
        return _number(question, html, right)
    if values:
        texts = list(dict.fromkeys(values))
        made: Value = {"kind": "basic", "prompt": question.prompt(html), "answer": plain(texts[0])}
        return made | {"accept": [plain(text) for text in texts[1:]], "explanation": question.why(*texts)}
    return _written(question, html)


def _number(question: Question, html: str, right: list[_into.Condition]) -> Value:
    """A number: each condition is a value with its tolerance, or a range."""
    best = max((it.score or Fraction(0) for it in right), default=Fraction(0))
    found = []
    for it in right:
        ends = dict(it.bounds)
        least, most = ends.get("vargte", ends.get("vargt")), ends.get("varlte", ends.get("varlt"))
        values = [value for _, value in it.equal if is_number(value)]
        if least and most and is_number(least) and is_number(most):
            value = Bounds(Fraction(least), Fraction(most), (it.score or 0) / best, values[0] if values else "")
            found.append((value, question.why(*values) if values else Rich(())))
        else:
            found += [(Bounds(Fraction(v), Fraction(v), (it.score or 0) / best, v), question.why(v)) for v in values]
    return {"kind": "numeric", "prompt": question.prompt(html)} | numeric(found)


def _written(question: Question, html: str) -> Value:
    """An essay: a list for graders is its key points, a table its rubric."""
    made: Value = {"kind": "short", "prompt": question.prompt(html)}
    guide = next((_into.html_of(it) for it in question.element.iterfind("rubric") if it.get("view") != "Candidate"), "")
    grade = _guide.marks(question.points) or "1"
    found = list(_guide.read(guide, question.file, grade)) if guide else []
    if not found:
        question.lost("what earns marks is not in the package: write the key points")
        return made | {"key_points": [{"point": _guide.TO_DO, "marks": grade}], "status": "draft"}
    return made | ({"key_points": found} if "point" in found[0] else {"kind": "essay", "rubric": found})


def _filled(question: Question, shown: Any, texts: list[Any]) -> Value:
    """Gaps that stand in the text."""
    refuse_unfit(f"it has more than {_MOST} gaps", unless=len(texts) <= _MOST)
    html = ""
    hidden: list[str] = []
    accept: dict[str, list[Rich]] = {}
    for part in shown.iter("material", "response_str", "response_num"):
        if part.tag == "material" and not any(it.tag.startswith("response_") for it in part.iterancestors()):
            html += _into.html_of(part)
        elif part.tag != "material":
            scores = _scores(question, part.get("ident") or "")
            right = [value for value, score in scores.items() if score > 0 and value]
            refuse_unfit("a gap has no right answer", unless=right)
            html += f" {gap(len(hidden))} "
            hidden.append(right[0])
            accept[f"c{len(hidden)}"] = [plain(text) for text in right[1:]]
    made: Value = {"kind": "cloze", "prompt": Rich(question.prompt(html).text, tuple(hidden))}
    accept = {key: others for key, others in accept.items() if others}
    return made | ({"accept": accept} if accept else {})


def _named(question: Question, prompt: str) -> Value:
    """Gaps whose names stand in the text, and conditions that name them, without any response, as Respondus has them."""
    right: dict[str, list[str]] = {}
    for condition in question.conditions:
        for name, value in condition.equal if condition.score and condition.score > 0 else ():
            right.setdefault(name, []).append(value)
    refuse_unfit("it asks for no response", unless=right and all(prompt.count(name) == 1 for name in right))
    refuse_unfit(f"it has more than {_MOST} gaps", unless=len(right) <= _MOST)
    names = sorted(right, key=prompt.index)
    for number, name in enumerate(names):
        prompt = prompt.replace(name, gap(number))
    texts = [list(dict.fromkeys(right[name])) for name in names]
    accept = {f"c{number}": [plain(it) for it in others] for number, (_, *others) in enumerate(texts, 1) if others}
    made = {"kind": "cloze", "prompt": Rich(question.prompt(prompt).text, tuple(text[0] for text in texts))}
    return made | ({"accept": accept} if accept else {})


def _blanks(question: Question, prompt: str, lids: dict[str, Any]) -> Value:
    """Gaps whose names stand in the text in brackets; with a list for all of them, it has a word bank."""
    refuse_unfit(f"it has more than {_MOST} gaps", unless=len(lids) <= _MOST)
    names = sorted(lids, key=lambda name: prompt.index(f"[{name}]"))
    is_bank = question.field("question_type") == "multiple_dropdowns_question"
    hidden: list[str] = []
    accept: dict[str, list[Rich]] = {}
    lists: list[dict[str, str]] = []
    for number, name in enumerate(names):
        refuse_unfit(f"the gap [{name}] stands in the text twice", unless=prompt.count(f"[{name}]") == 1)
        prompt = prompt.replace(f"[{name}]", gap(number))
        texts = {key: said_of(question.rich(_into.html_of(it))) for key, it in _labels(lids[name]).items()}
        scores = _scores(question, lids[name].get("ident") or "")
        right = list(dict.fromkeys(texts[key] for key in texts if scores.get(key, Fraction(0)) > 0))
        if not right and not is_bank:  # what is listed for a gap to fill are its right answers
            right = list(dict.fromkeys(texts.values()))
        refuse_unfit(f"the gap [{name}] has no right answer", unless=right)
        hidden.append(right[0])
        lists.append(texts)
        if right[1:]:
            accept[f"c{number + 1}"] = [plain(text) for text in right[1:]]
    made: Value = {"kind": "cloze", "prompt": Rich(question.prompt(prompt).text, tuple(hidden))}
    if is_bank and all(set(it.values()) == set(lists[0].values()) for it in lists) and not accept:
        keys = sorted(lists[0], key=lambda key: int(key[1:])) if all(map(_OWN.fullmatch, lists[0])) else list(lists[0])
        spare = [lists[0][key] for key in keys if lists[0][key] not in hidden]
        return made | {"word_bank": [plain(text) for text in spare] or "true"}
    if is_bank:
        question.lost("a gap to choose for becomes one to fill: its wrong options are dropped")
    return made | ({"accept": accept} if accept else {})


def _matching(question: Question, prompt: str, lids: list[Any]) -> Value:
    """A matching: a choice of responses for each term."""
    pairs = []
    responses: dict[str, Rich] = {}
    for lid in lids:
        texts = {key: question.rich(_into.html_of(it)) for key, it in _labels(lid).items()}
        responses |= {said_of(text): text for text in texts.values()}
        scores = _scores(question, lid.get("ident") or "")
        right = [text for key, text in texts.items() if scores.get(key, Fraction(0)) > 0]
        left = question.rich("".join(_into.html_of(it) for it in lid.iterfind("material")))
        if not right or not left.text:
            message = "a term has no response that is right"
            raise UnfitError(message)
        if right[1:]:
            question.lost("a term with several right responses keeps the first of them")
        pairs.append([left, right[0]])
    refuse_unfit("it has fewer than two pairs", unless=len(pairs) > 1)
    used = {said_of(right) for _, right in pairs}
    spare = [text for words, text in responses.items() if words not in used]
    return {"kind": "matching", "prompt": question.prompt(prompt), "pairs": pairs, "distractors": spare}
