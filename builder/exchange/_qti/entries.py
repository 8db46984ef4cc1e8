"""Text entries and inline choices of QTI 2: few words, numbers, and texts with gaps."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from builder.exchange._choices import banked
from builder.exchange._frame import UnfitError
from builder.exchange._qti import interactions, into
from builder.exchange._qti.choosing import ordered
from builder.exchange._qti.numbers import Bounds, numeric
from builder.exchange._qti.processing import FEEDBACK, RESPONSE, SCORE
from builder.exchange._qti.reading import refuse_unfit
from builder.exchange._qti.xhtml import inside
from builder.exchange._rich import Rich, gap, plain, words_of
from builder.text.numbers import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.exchange._qti.into import Question

Value = dict[str, Any]
_BLOCKS = frozenset("p div li td th blockquote pre itemBody".split())
_MOST = 100  # gaps of a text


def value_of(question: Question, found: list[Any], kind: str) -> Value:
    """A number or few words where one entry stands alone in its block; otherwise a text with gaps.

    Raises:
        UnfitError: it can't become an item.
    """
    (first, *others) = found
    declaration = question.declarations.get(_response(first))
    if declaration is None:
        message = "an entry has no response"
        raise UnfitError(message)
    is_typed = first.tag == "textEntryInteraction" and not others
    if is_typed and kind != "cloze" and declaration.get("baseType") in {"float", "integer"}:
        return _number(question, first)
    if is_typed and kind != "cloze" and (kind or _is_alone(first)):
        right = list(_right(question, _response(first)))
        refuse_unfit("it has no key", unless=right)
        made: Value = {"kind": "basic", "prompt": interactions.prompt(question, first), "answer": plain(right[0])}
        made["accept"] = [plain(text) for text in right[1:]]
        return made | ({"case": "true"} if _minds_case(question) else {})
    return _gaps(question, found)


def _response(interaction: Any) -> str:
    return interaction.get("responseIdentifier") or RESPONSE


def _is_alone(interaction: Any) -> bool:
    """Whether an entry has nothing beside it in its block."""
    block = interaction.getparent()
    while block.tag not in _BLOCKS:
        block = block.getparent()
    return block.tag != "itemBody" and not "".join(block.itertext()).strip()


def _right(question: Question, name: str) -> Iterator[str]:
    """The texts that are right, the key first: also those of a mapping that earn as much, and those that are compared."""
    mapped = question.entries(name)
    best = max(mapped.values(), default=Fraction(0))
    compared = [
        it.findtext("baseValue") or "" for it in question.rules
        if it.tag in {"stringMatch", "match"} and it.find(f"variable[@identifier='{name}']") is not None
    ]  # fmt: skip
    if any(0 < value < best for value in mapped.values()):
        question.lost("answers for a part of the marks are dropped")
    right = [*question.key(name), *(key for key, value in mapped.items() if value == best > 0), *compared]
    yield from dict.fromkeys(text for it in right if (text := " ".join(it.split())))


def _minds_case(question: Question) -> bool:
    """Whether capitals count in every comparison of texts."""
    found = [it.get("caseSensitive") for it in question.rules if it.tag == "stringMatch"]
    return bool(found) and all(it == "true" for it in found)


def _number(question: Question, interaction: Any) -> Value:
    """A number: ranges, equality within a tolerance, or the key itself."""
    name = _response(interaction)
    found = [it for branch in question.rules if branch.tag in {"responseIf", "responseElseIf"}
             for it in _branch(question, branch)]  # fmt: skip
    if not any(it[0].share == 1 for it in found):
        keys = [it for it in question.key(name) if is_number(it)]
        found += [(Bounds(Fraction(it), Fraction(it), Fraction(1), it), Rich(())) for it in keys[:1]]
    return {"kind": "numeric", "prompt": interactions.prompt(question, interaction)} | numeric(found)


def _branch(question: Question, branch: Any) -> Iterator[tuple[Bounds, Rich]]:
    """The numbers of a branch, the share that it gives, and its feedback."""
    rule = branch.find(f"setOutcomeValue[@identifier='{SCORE}']/baseValue")
    if rule is None:
        return
    worth = into.share(into.number(rule.text), question.points or into.number(rule.text))
    told = branch.find(f"setOutcomeValue[@identifier='{FEEDBACK}']//baseValue")
    why = question.why((told.text or "").strip()) if told is not None else Rich(())
    least, most = branch.find("and/gte/baseValue"), branch.find("and/lte/baseValue")
    equal = branch.find("equal")
    if least is not None and most is not None:
        yield Bounds(into.number(least.text), into.number(most.text), worth), why
    elif equal is not None and equal.find("baseValue") is not None:
        value = into.number(equal.findtext("baseValue"))
        below, above = _tolerance(equal, value)
        yield Bounds(value - below, value + above, worth), why


def _tolerance(equal: Any, value: Fraction) -> tuple[Fraction, Fraction]:
    """How far below and above a value is equal to it."""
    said = [into.number(it) for it in (equal.get("tolerance") or "").split()]
    if not said or equal.get("toleranceMode", "exact") == "exact":
        return Fraction(0), Fraction(0)
    below, above = said[0], said[-1]
    if equal.get("toleranceMode") == "relative":
        below, above = abs(value) * below / 100, abs(value) * above / 100
    return below, above


def _gaps(question: Question, found: list[Any]) -> Value:
    """A text with gaps; where all have a list to choose from, its words are their word bank."""
    refuse_unfit(f"it has more than {_MOST} gaps", unless=len(found) <= _MOST)
    rights: list[list[str]] = []
    accept: dict[str, list[Rich]] = {}
    lists: list[list[str]] = []
    for place, interaction in enumerate(found):
        name = _response(interaction)
        choices = {it.get("identifier") or "": words_of(question.rich(inside(it)))
                   for it in interaction.iter("inlineChoice")}  # fmt: skip
        right = [choices.get(it, "") for it in question.key(name)] if choices else list(_right(question, name))
        refuse_unfit("a gap has no right answer", unless=right and all(right))
        rights.append(right)
        lists.append(ordered(choices))
        if right[1:]:
            accept[f"c{place + 1}"] = [plain(text) for text in right[1:]]
        interactions.without(interaction, gap(place))
    made: Value = {
        "kind": "cloze",
        "prompt": Rich(question.prompt(inside(question.body)).text, tuple(right[0] for right in rights)),
    }
    made |= {} if question.uses("sum", "mapResponse") else {"scoring": "all"}
    return made | banked(lists, rights, question.lost) | ({"accept": accept} if accept else {})


def boxes(question: Question, interaction: Any) -> Value:
    """A text with gaps into which words are dragged: these become a word bank."""
    words = {it.get("identifier") or "": words_of(question.rich(inside(it))) for it in interaction.iter("gapText")}
    gaps = list(interaction.iter("gap"))
    refuse_unfit(f"it has no gap, or more than {_MOST}", unless=0 < len(gaps) <= _MOST)
    refuse_unfit("its words are pictures", unless=interaction.find("gapImg") is None)
    name = _response(interaction)
    pairs = question.key(name) or [key for key, value in question.entries(name).items() if value > 0]
    right = {place: word for word, _, place in (pair.partition(" ") for pair in pairs)}
    hidden = []
    for number, place in enumerate(gaps):
        text = words.get(right.get(place.get("identifier") or "", ""), "")
        refuse_unfit("a gap has no right answer", unless=text)
        hidden.append(text)
        interactions.without(place, gap(number))
    for it in list(interaction.iter("gapText")):
        interactions.without(it)
    interaction.tag = "div"
    for it in interaction.iterfind("prompt"):
        it.tag = "div"
    spare = [plain(text) for text in dict.fromkeys(words.values()) if text not in hidden]
    made: Value = {"kind": "cloze", "prompt": Rich(question.prompt(inside(question.body)).text, tuple(hidden))}
    return made | {"word_bank": spare or "true"} | ({} if question.uses("mapResponse") else {"scoring": "all"})
