"""How each kind of item is answered and marked in QTI 2.1: declarations, interactions, processing and feedback."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from builder.exchange._qti import processing as rules
from builder.exchange._qti.processing import RESPONSE, base, declared
from builder.exchange._qti.writing import arranged
from builder.exchange._qti.xhtml import Xhtml
from builder.model.fields import LETTERS
from builder.paper.rules import rule_of
from builder.text import cloze
from builder.text.numbers import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.exchange._qti.items import Writer
    from builder.model import Basic, Cloze, Essay, Matching, Mcq, Numeric, Ordering, Reversed, Short, TrueFalse
    from builder.paper.record import Rule

_TYPED = f'<p><textEntryInteraction responseIdentifier="{RESPONSE}" expectedLength="30"/></p>'


class Answers(NamedTuple):
    """The parts of an item that depend on its kind; `text` is its own text."""

    declarations: str
    shown: str
    processing: str
    feedback: Sequence[tuple[str, str]] = ()
    text: str | None = None


def choice(writer: Writer, item: Mcq) -> Answers:
    """Options, by any rule; `choose` bounds how many are chosen."""
    rule = rule_of(item, defaults=writer.course.scoring)
    points = Fraction(item.points)
    order, shuffle, fixed = arranged(writer, item)
    names = {place: LETTERS[number] for number, place in enumerate(order)}
    key = [names[place] for place in order if item.options[place].is_right]
    mapping, processing = _marked(rule, points, key, [name for name in names.values() if name not in key])
    cardinality = "multiple" if item.multiple else "single"
    bounds = f'maxChoices="{item.choose or 0}" minChoices="{item.choose or 0}"' if item.multiple else 'maxChoices="1"'
    shown = "".join(
        f'<simpleChoice identifier="{names[place]}"{_fixed(is_fixed=place in fixed)}>'
        f"{writer.typed(item.options[place].text, item)}</simpleChoice>"
        for place in order
    )
    feedback = [
        (names[place], writer.blocks(item.options[place].why, item)) for place in order if item.options[place].why
    ]
    return Answers(
        declared(cardinality, "identifier", key, mapping),
        f'<choiceInteraction responseIdentifier="{RESPONSE}" shuffle="{str(shuffle).lower()}" {bounds}>{shown}</choiceInteraction>',
        processing + _shown(is_multiple=item.multiple) * bool(feedback),
        feedback,
    )


def _marked(rule: Rule | None, points: Fraction, key: Sequence[str], others: Sequence[str]) -> tuple[str, str]:
    """The mapping of a choice and its processing.

    By `each`, of the options A, B and C with A right, a wrong tick takes away what leaving it would have earned: A is
    worth +1/3, B and C -1/3, and whoever answers at all has 2/3 to begin with.
    """
    match rule.rule if rule else "all":
        case "each":
            part = points / (len(key) + len(others))
            entries = [*((name, part) for name in key), *((name, -part) for name in others)]
            return rules.mapping(entries, points, bounded=False), rules.mapped(points, part * len(others))
        case "each-minus":
            cost = (rule.penalty if rule else Fraction(0)) * points
            entries = [*((name, points / len(key)) for name in key), *((name, -cost) for name in others)]
            is_bounded = not (rule and rule.negative)
            return rules.mapping(entries, points, bounded=is_bounded), rules.mapped(points)
        case _:
            return "", rules.whole(points, rules.right(), rule.penalty if rule else Fraction(0))


def _shown(*, is_multiple: bool) -> str:
    """The rule that shows the feedback for what was chosen, whose names are those of the choices."""
    chosen = rules.variable()
    return rules.scores(chosen if is_multiple else f"<multiple>{chosen}</multiple>", rules.FEEDBACK)


def _fixed(*, is_fixed: bool) -> str:
    return ' fixed="true"' if is_fixed else ""


def verdict(writer: Writer, item: TrueFalse) -> Answers:
    """True and false; the correction answers a wrong verdict."""
    if item.correction and not item.answer:
        writer.losses.add(item, ("scoring",), "the correction is told, and not asked for")
    rule = rule_of(item, defaults=writer.course.scoring)
    right, wrong = (str(verdict).lower() for verdict in (item.answer, not item.answer))
    words = writer.course.words
    choices = "".join(
        f'<simpleChoice identifier="{name}">{escape(words[name], quote=False)}</simpleChoice>'
        for name in ("true", "false")
    )
    feedback = [(wrong, writer.blocks(item.correction, item))] if item.correction else []
    processing = rules.whole(Fraction(item.points), rules.right(), rule.penalty if rule else Fraction(0))
    shown = f'<choiceInteraction responseIdentifier="{RESPONSE}" shuffle="false" maxChoices="1">{choices}</choiceInteraction>'
    processing += _shown(is_multiple=False) * bool(feedback)
    return Answers(declared("single", "identifier", [right]), shown, processing, feedback)


def short(
    writer: Writer, item: Basic | Reversed, answer: str, accept: Iterable[str], *, key: str = "answer"
) -> Answers:
    """Answers that are typed, each of them right."""
    if not item.accents:
        writer.losses.add(item, ("accents",), "typed answers are compared with their accents")
    texts = [writer.words(item, (key,), answer)]
    texts += [writer.words(item, ("accept", place), text) for place, text in enumerate(accept)]
    condition = rules.typed(dict.fromkeys(texts), case=item.case)
    return Answers(declared("single", "string", texts[:1]), _TYPED, rules.whole(Fraction(item.points), condition))


def gaps(writer: Writer, item: Cloze) -> Answers:
    """Gaps to fill; with a word bank, gaps to choose for."""
    writer.gaps(item)
    rule = rule_of(item, defaults=writer.course.scoring)
    bank = {text: f"w{number}" for number, text in enumerate(writer.bank(item), 1)}
    for key in item.accept if bank else ():
        writer.losses.add(item, ("accept", key), "a gap for which a word is chosen has one right word")
    declarations, conditions = [], []
    for number, (blank, others) in enumerate(zip(item.blanks, item.accepted, strict=True), 1):
        name = f"{RESPONSE}_{number}"
        text = writer.words(item, ("prompt",), blank.text)
        if bank:
            declarations.append(declared("single", "identifier", [bank[text]], name=name))
            conditions.append(rules.right(name))
            continue
        texts = [text, *(writer.words(item, ("accept", f"c{blank.number}"), other) for other in others)]
        declarations.append(declared("single", "string", [text], name=name))
        conditions.append(rules.typed(dict.fromkeys(texts), name))
    points = Fraction(item.points)
    is_whole = rule is not None and rule.rule == "all"
    processing = rules.whole(points, rules.every(conditions)) if is_whole else rules.added(points, conditions)
    return Answers("".join(declarations), "", processing, text=_gapped(writer, item, bank))


def _gapped(writer: Writer, item: Cloze, bank: dict[str, str]) -> str:
    """The text of a cloze with its interactions, the hint of each after it."""
    words = sorted(bank, key=str.casefold)
    choices = "".join(f'<inlineChoice identifier="{bank[it]}">{escape(it, quote=False)}</inlineChoice>' for it in words)
    numbers = iter(range(1, len(item.blanks) + 1))

    def gap(node: cloze.Gap) -> str:
        said = f'responseIdentifier="{RESPONSE}_{next(numbers)}"'
        made = (
            f'<inlineChoiceInteraction {said} shuffle="true">{choices}</inlineChoiceInteraction>'
            if bank
            else f'<textEntryInteraction {said} expectedLength="20"/>'
        )
        return made + (f" ({writer.html.line(node.hint)})" if node.hint else "")

    html = Xhtml(writer.html.address, gap)
    text = html.text(cloze.read(item.prompt, math=item.math))
    writer.html.files += html.files
    return text


def matching(writer: Writer, item: Matching) -> Answers:
    """Terms, each of which takes one response; a response may belong to several terms, or to none."""
    rule = rule_of(item, defaults=writer.course.scoring)
    points, number = Fraction(item.points), len(item.pairs)
    pairs = [f"T{place} R{target + 1}" for place, target in enumerate(item.targets, 1)]
    sets = [
        (("T", 1), [left for left, _ in item.pairs]),
        (("R", 0), list(item.responses)),
    ]
    shown = "".join(
        "<simpleMatchSet>"
        + "".join(
            f'<simpleAssociableChoice identifier="{letter}{place}" matchMax="{most}">{writer.typed(text, item)}</simpleAssociableChoice>'
            for place, text in enumerate(texts, 1)
        )
        + "</simpleMatchSet>"
        for (letter, most), texts in sets
    )
    is_whole = rule is not None and rule.rule == "all"
    mapping = "" if is_whole else rules.mapping(((pair, points / number) for pair in pairs), points)
    processing = rules.whole(points, rules.right()) if is_whole else rules.paired(points, number)
    return Answers(
        declared("multiple", "directedPair", pairs, mapping),
        f'<matchInteraction responseIdentifier="{RESPONSE}" shuffle="true" maxAssociations="{number}">{shown}</matchInteraction>',
        processing,
    )


def ordering(writer: Writer, item: Ordering) -> Answers:
    """Steps, written in an order that tells nothing, for players that don't shuffle."""
    rule = rule_of(item, defaults=writer.course.scoring)
    points, number = Fraction(item.points), len(item.sequence)
    mixed = sorted(range(number), key=lambda place: hashlib.sha256(f"{item.id} {place}".encode()).digest())
    mixed = mixed[::-1] if mixed == sorted(mixed) else mixed
    names = {place: LETTERS[at] for at, place in enumerate(mixed)}
    key = [names[place] for place in range(number)]
    shown = "".join(
        f'<simpleChoice identifier="{names[place]}">{writer.typed(item.sequence[place], item)}</simpleChoice>'
        for place in mixed
    )
    match rule.rule if rule else "neighbours":
        case "all":
            processing = rules.whole(points, rules.right())
        case "positions":
            processing = rules.placed(points, key)
        case _:
            processing = rules.follows(points, key)
    return Answers(
        declared("ordered", "identifier", key),
        f'<orderInteraction responseIdentifier="{RESPONSE}" shuffle="true">{shown}</orderInteraction>',
        processing,
    )


def numeric(writer: Writer, item: Numeric) -> Answers:
    """Values with tolerances, and the share of the marks for each; the best that fits counts."""
    writer.quantity(item)
    branches, feedback = [], []
    for place, span in sorted(enumerate(item.spans, -1), key=lambda it: -it[1].share):
        keys = ("answer",) if place < 0 else ("accept", place)
        name = f"answer{place + 2}"
        rule = rules.scores(rules.marks(span.share * Fraction(item.points)))
        if span.why:
            feedback.append((name, writer.blocks(span.why, item)))
            rule += rules.scores(f"<multiple>{base('identifier', name)}</multiple>", rules.FEEDBACK)
        branches.append((rules.within(*(writer.number(item, keys, it) for it in (span.least, span.most))), rule))
    key = writer.number(item, ("answer",), exact(item.answer))
    return Answers(declared("single", "float", [key]), _TYPED, rules.first(*branches), feedback)


def written(item: Short | Essay) -> Answers:
    """An answer at length, which a person marks; a limit of words is what a text has to match."""
    limit = f' patternMask="\\s*(\\S+\\s+){{0,{item.words - 1}}}\\S*\\s*"' if item.words else ""
    lines = 5 if item.kind == "short" else 15
    shown = f'<extendedTextInteraction responseIdentifier="{RESPONSE}" expectedLines="{lines}"{limit}/>'
    return Answers(declared("single", "string", ()), shown, "")
