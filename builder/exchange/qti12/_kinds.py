"""The kinds of QTI 1.2, told by structure; what Canvas says of a type settles what structure leaves open."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from builder.exchange import _guide
from builder.exchange._choices import Graded, chosen
from builder.exchange._qti.choosing import arrange
from builder.exchange._qti.numbers import Bounds, numeric
from builder.exchange._qti.reading import refuse_unfit
from builder.exchange._rich import Rich, plain, words_of
from builder.exchange.qti12 import _computed, _dialects, _gapped, _into
from builder.text.numbers import is_number

if TYPE_CHECKING:
    from builder.exchange.qti12._into import Question

Value = dict[str, Any]


def value_of(question: Question) -> Value:
    """What the question comes to.

    Raises:
        UnfitError: it can't become an item.
    """
    said = question.type
    if _computed.is_computed(question):
        return _computed.read(question, _prompt(question.element.find("presentation")))
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
        return _gapped.filled(question, shown, texts)
    if not texts and not lids:
        return _gapped.named(question, _prompt(shown))
    refuse_unfit("it asks for responses of two sorts", unless=not texts)
    refuse_unfit(f"it has more than {_gapped.MOST} responses", unless=len(lids) <= _gapped.MOST)
    refuse_unfit(
        f"a response has more than {_gapped.MOST} answers",
        unless=all(len(_into.labels(it)) <= _gapped.MOST for it in lids),
    )
    if len(lids) == 1 and said not in {
        "matching_question",
        "fill_in_multiple_blanks_question",
        "multiple_dropdowns_question",
    }:
        return _choice(question, shown, lids[0])
    prompt = _prompt(shown)
    names = [(it.get("ident") or "").removeprefix("response_") for it in lids]
    if all(f"[{name}]" in prompt for name in names):
        return _gapped.blanks(question, prompt, dict(zip(names, lids, strict=True)))
    return _matching(question, prompt, lids)


def _prompt(shown: Any) -> str:
    """The HTML of what stands outside the responses."""
    return "".join(
        _into.html_of(part) for part in shown.iter("material")
        if not any(it.tag.startswith("response_") for it in part.iterancestors())
    )  # fmt: skip


def _choice(question: Question, shown: Any, response: Any) -> Value:
    """A choice, or a verdict where its two answers are true and false."""
    labels = {name: it for name, it in _into.labels(response).items() if _into.html_of(it).strip()}
    texts = {name: question.rich(_into.html_of(it)) for name, it in labels.items()}
    is_multiple = response.get("rcardinality", "Single").lower() in {"multiple", "ordered"}
    words = {words_of(text).lower(): name for name, text in texts.items()}
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
        scores = question.scores(response.get("ident") or "")
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
    scores = question.scores(question.element.find(".//response_lid").get("ident") or "")
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


def _matching(question: Question, prompt: str, lids: list[Any]) -> Value:
    """A matching: a choice of responses for each term; a sorting into categories is read from its other side."""
    found: list[tuple[Rich, list[Rich]]] = []
    responses: dict[str, Rich] = {}
    for lid in lids:
        texts = {key: question.rich(_into.html_of(it)) for key, it in _into.labels(lid).items()}
        responses |= {words_of(text): text for text in texts.values() if text.text}
        scores = question.scores(lid.get("ident") or "")
        right = [text for key, text in texts.items() if scores.get(key, Fraction(0)) > 0]
        left = question.rich("".join(_into.html_of(it) for it in lid.iterfind("material")))
        if not left.text and not any(it.text for it in right):
            continue  # a row that was left empty, as Canvas exports it
        refuse_unfit("a term has no response that is right", unless=left.text and right and right[0].text)
        found.append((left, right))
    is_sorting = all(lid.get("rcardinality") == "Multiple" for lid in lids)
    if is_sorting and any(right[1:] for _, right in found):
        pairs = [[item, left] for left, right in found for item in right]
        refuse_unfit(
            "a response is right for several terms", unless=len({words_of(it) for it, _ in pairs}) == len(pairs)
        )
        if len(pairs) < len(responses):
            question.lost("what belongs to no category is dropped")
        return {"kind": "matching", "prompt": question.prompt(prompt), "pairs": pairs}
    if any(right[1:] for _, right in found):
        question.lost("a term with several right responses keeps the first of them")
    pairs = [[left, right[0]] for left, right in found]
    refuse_unfit("it has fewer than two pairs", unless=len(pairs) > 1)
    used = {words_of(right) for _, right in pairs}
    spare = [text for words, text in responses.items() if words not in used]
    return {"kind": "matching", "prompt": question.prompt(prompt), "pairs": pairs, "distractors": spare}
