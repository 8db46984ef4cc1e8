"""The interactions of QTI 2 as kinds of items."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from builder.exchange import _guide
from builder.exchange._choices import Graded, chosen
from builder.exchange._qti import entries, into
from builder.exchange._qti.choosing import arrange
from builder.exchange._qti.processing import RESPONSE, SCORE
from builder.exchange._qti.reading import refuse_unfit
from builder.exchange._qti.xhtml import inside
from builder.exchange._rich import Rich, words_of

if TYPE_CHECKING:
    from builder.exchange._qti.into import Question

Value = dict[str, Any]
_KNOWN = ("choiceInteraction", "orderInteraction", "matchInteraction", "gapMatchInteraction", "extendedTextInteraction")
_INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
_WORDS = re.compile(r"\{0,(\d+)\}")
_NOTHING = Fraction(0)
_MOST = 100  # choices of an interaction
_GUIDES = ("scorer", "tutor", "author", "proctor", "testConstructor")


def value_of(question: Question, kind: str) -> Value:
    """What the item comes to; `kind` is that of her-study, where the package says it.

    Raises:
        UnfitError: it can't become an item.
    """
    refuse_unfit(question.unfit or "it has no body", unless=not question.unfit and question.body is not None)
    found = [it for it in question.body.iter() if isinstance(it.tag, str) and it.tag.endswith("Interaction")]
    refuse_unfit("it asks for no response", unless=found)
    names = {it.tag for it in found}
    other = next((it for it in sorted(names) if it not in {*_KNOWN, *_INLINE}), "")
    refuse_unfit(f"the interaction {other} has no counterpart", unless=not other)
    if names <= set(_INLINE):
        return entries.value_of(question, found, kind)
    refuse_unfit("it has several interactions", unless=len(found) == 1)
    (interaction,) = found
    choices = sum(1 for _ in interaction.iter("simpleChoice", "simpleAssociableChoice"))
    refuse_unfit(f"it has more than {_MOST} choices", unless=choices <= _MOST)
    match interaction.tag:
        case "choiceInteraction":
            return _choice(question, interaction)
        case "orderInteraction":
            return _ordering(question, interaction)
        case "matchInteraction":
            return _matching(question, interaction)
        case "gapMatchInteraction":
            return entries.boxes(question, interaction)
        case _:
            return _written(question, interaction)


def prompt(question: Question, interaction: Any) -> Rich:
    """The text of the question: what stands around the interaction, and its own prompt."""
    asked = interaction.find("prompt")
    if asked is not None:
        asked.tag = "div"
        interaction.addprevious(asked)
    block = interaction.getparent()
    without(interaction)
    for rubric in list(question.body.iter("rubricBlock")):
        without(rubric)
    around = f"{block.text or ''}{block.tail or ''}"
    if block.tag == "p" and block.getnext() is None and not len(block) and not around.strip():
        without(block)  # without the empty paragraph, nearly all texts are plain, and need no parser of HTML
    return question.prompt(inside(question.body))


def without(element: Any, text: str = "") -> None:
    """Take an element out of its parent, and put a text in its place; what stands after it stays."""
    parent, before = element.getparent(), element.getprevious()
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)


def text_of(question: Question, element: Any) -> Rich:
    """The text of something that can be chosen, without feedback in it."""
    for feedback in list(element.iter("feedbackInline")):
        without(feedback)
    return question.rich(inside(element))


def _whys(question: Question, choice: Any) -> Rich:
    """The feedback for a choice: that of its name, and what stands in it."""
    shown = "".join(inside(it) for it in choice.iter("feedbackInline"))
    found = question.why(choice.get("identifier") or "")
    return Rich((*question.rich(shown).text, *found.text)) if shown else found


def _response(interaction: Any) -> str:
    return interaction.get("responseIdentifier") or RESPONSE


def _choice(question: Question, interaction: Any) -> Value:
    """A choice, or a verdict where its choices are true and false."""
    choices = {it.get("identifier") or "": it for it in interaction.iter("simpleChoice")}
    whys = {name: _whys(question, it) for name, it in choices.items()}
    texts = {name: text_of(question, it) for name, it in choices.items()}
    name = _response(interaction)
    words = {key.lower(): key for key in choices}
    if words.keys() != {"true", "false"}:
        words = {words_of(text).strip().lower(): key for key, text in texts.items()}
    key, mapped = question.key(name), question.entries(name)
    declaration = question.declarations.get(name)
    is_multiple = declaration is not None and declaration.get("cardinality") == "multiple"
    if len(choices) == 2 and words.keys() == {"true", "false"} and not is_multiple:  # noqa: PLR2004 - true and false
        best = key or [it for it, value in mapped.items() if value > 0]
        refuse_unfit("neither true nor false earns marks", unless=len(best) == 1)
        right, wrong = ("true", "false") if best[0] == words["true"] else ("false", "true")
        made: Value = {"kind": "truefalse", "prompt": prompt(question, interaction), "answer": right}
        made |= {"correction": whys[words[wrong]], "explanation": whys[words[right]]}
        return made | _penalty(question)
    made = {"kind": "mcq", "prompt": prompt(question, interaction)}
    is_mapped = bool(mapped) and question.uses("mapResponse")
    if is_mapped and is_multiple and question.uses("sum"):
        mapped, rule = {it: value for it, value in mapped.items() if value > 0}, {"scoring": "each"}
    else:
        rule = {}
    shares = _shares(mapped if is_mapped else {}, key, list(choices), is_multiple=is_multiple)
    options = [Graded(shares[it], texts[it], whys[it]) for it in choices if texts[it].text]
    made |= chosen(options, question.lost, is_multiple=is_multiple)
    if not is_mapped:
        made.pop("scoring", None)
        made |= _penalty(question)
    elif is_multiple and not rule:
        made["scoring"] = _bounded(question, name, made["scoring"])
    made |= rule | _chooses(interaction, options)
    fixed = [choices[it].get("fixed") == "true" for it in choices if texts[it].text]
    return arrange(question, made, fixed, shuffle=interaction.get("shuffle") == "true")


def _shares(mapped: dict[str, Fraction], key: list[str], names: list[str], *, is_multiple: bool) -> dict[str, Fraction]:
    """What each choice earns, as a share of the marks."""
    if not mapped:
        refuse_unfit("it has no key", unless=set(key) & set(names))
        part = Fraction(1, len(set(key) & set(names)))
        return {name: part if name in key else _NOTHING for name in names}
    values = {name: mapped.get(name, _NOTHING) for name in names}
    gains = [value for value in values.values() if value.numerator > 0]
    whole = sum(gains, Fraction(0)) if is_multiple else max(gains, default=Fraction(0))
    return {name: into.share(value, whole) for name, value in values.items()}


def _bounded(question: Question, name: str, scoring: Any) -> Any:
    """The rule of a mapping; one without a lower bound may go below 0."""
    if question.is_bounded(name):
        return scoring
    return (scoring if isinstance(scoring, dict) else {"rule": scoring}) | {"negative": "true"}


def _penalty(question: Question) -> Value:
    """What a wrong answer costs where processing sets a score below 0."""
    found = [
        into.number(it.findtext("baseValue")) for it in question.rules
        if it.tag == "setOutcomeValue" and it.get("identifier") == SCORE and it.find("baseValue") is not None
    ]  # fmt: skip
    if not any(it.numerator < 0 for it in found):
        return {}
    least = min(found)
    whole = question.points or max(found)
    return {"scoring": {"penalty": str(min(Fraction(1), into.share(-least, whole)))}} if whole > 0 else {}


def _chooses(interaction: Any, options: list[Graded]) -> Value:
    """How many options are to be chosen, where that is said, and is how many are right."""
    most, least = interaction.get("maxChoices"), interaction.get("minChoices")
    if not most or most != least:
        return {}
    right = sum(option.share.numerator > 0 for option in options)
    return {"choose": most} if most == str(right) and right > 1 else {}


def _ordering(question: Question, interaction: Any) -> Value:
    """An ordering, whose key is the correct response."""
    steps = {it.get("identifier") or "": text_of(question, it) for it in interaction.iter("simpleChoice")}
    key = question.key(_response(interaction))
    refuse_unfit("its key does not name all steps, each once", unless=sorted(key) == sorted(steps) and len(key) > 1)
    made: Value = {"kind": "ordering", "prompt": prompt(question, interaction), "sequence": [steps[it] for it in key]}
    if not question.uses("index"):
        if question.uses("mapResponse"):
            question.lost("marks by a mapping, which minds no order, become marks for the whole order")
        return made | {"scoring": "all"}
    has_pairs = any(len(it.findall("match/index")) > 1 for it in question.rules if it.tag == "and")
    return made if has_pairs else made | {"scoring": "positions"}


def _matching(question: Question, interaction: Any) -> Value:
    """A matching of terms, each with one response."""
    sets = [
        {it.get("identifier") or "": text_of(question, it) for it in part.iter("simpleAssociableChoice")}
        for part in interaction.iterfind("simpleMatchSet")
    ]
    refuse_unfit("it has not two sets", unless=len(sets) == 2)  # noqa: PLR2004 - terms and responses
    name = _response(interaction)
    mapped = {pair: value for pair, value in question.entries(name).items() if value > 0}
    found: dict[str, str] = {}
    for pair in question.key(name) or mapped:
        one, _, other = pair.partition(" ")
        left, right = (one, other) if one in sets[0] else (other, one)
        refuse_unfit("a term has several responses", unless=left not in found)
        refuse_unfit("a pair names what is not there", unless=left in sets[0] and right in sets[1])
        found[left] = right
    refuse_unfit("it has fewer than two pairs", unless=len(found) > 1)
    if len(found) < len(sets[0]):
        question.lost("a term without a response is dropped")
    if len(set(mapped.values())) > 1:
        question.lost("pairs earn different marks: they share them equally")
    made: Value = {"kind": "matching", "prompt": prompt(question, interaction)}
    made["pairs"] = [[sets[0][left], sets[1][found[left]]] for left in sets[0] if left in found]
    made["distractors"] = [text for it, text in sets[1].items() if it not in found.values()]
    return made | ({} if mapped and question.uses("mapResponse") else {"scoring": "all"})


def _written(question: Question, interaction: Any) -> Value:
    """A text at length: a list for scorers is its key points, a table its rubric."""
    rubrics = [it for it in question.body.iter("rubricBlock") if set((it.get("view") or "").split()) & set(_GUIDES)]
    guide = "".join(inside(it) for it in rubrics).strip()
    grade = _guide.marks(str(question.points)) or "1"
    words = _WORDS.search(interaction.get("patternMask") or "")
    found = list(_guide.read(guide, question.file, grade)) if guide else []
    made: Value = {"kind": "essay" if found and "criterion" in found[0] else "short"}
    made["prompt"] = prompt(question, interaction)
    made |= {"words": str(int(words[1]) + 1)} if words else {}
    if not found:
        question.lost("what earns marks is not in the package: write the key points")
        return made | {"key_points": [{"point": _guide.TO_DO, "marks": grade}], "status": "draft"}
    return made | {"key_points" if "point" in found[0] else "rubric": found}
