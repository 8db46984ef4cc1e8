"""How each kind of item is answered and marked in Canvas: what a student is given, and conditions that set the score."""

from __future__ import annotations

from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from builder.exchange._qti.writing import arranged, parts
from builder.model.fields import LETTERS
from builder.paper.rules import rule_of
from builder.text.numbers import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from builder.exchange.qti12._outof import Writer
    from builder.model import Basic, Cloze, Matching, Mcq, Numeric, Reversed, TrueFalse

RESPONSE = "response1"


class Answers(NamedTuple):
    """Canvas's name of the kind, the elements for the response, the conditions, the names of answers, and feedback."""

    kind: str
    shown: str
    rules: str
    names: Sequence[str] = ()
    feedback: Sequence[tuple[str, str]] = ()


def equal(value: str, respident: str = RESPONSE) -> str:
    """The condition that a response is some value."""
    return f'<varequal respident="{respident}">{escape(value, quote=False)}</varequal>'


def scored(condition: str, score: str = "100", action: str = "Set") -> str:
    """A condition that sets the score, or adds to it."""
    end = "No" if action == "Set" else "Yes"
    return (
        f'<respcondition continue="{end}"><conditionvar>{condition}</conditionvar>'
        f'<setvar action="{action}" varname="SCORE">{score}</setvar></respcondition>'
    )


def shows(condition: str, name: str) -> str:
    """A condition under which feedback is shown."""
    return (
        f'<respcondition continue="Yes"><conditionvar>{condition}</conditionvar>'
        f'<displayfeedback feedbacktype="Response" linkrefid="{name}"/></respcondition>'
    )


def label(name: str, html: str, kind: str = "text/html", *, is_fixed: bool = False) -> str:
    """An answer that can be chosen."""
    place = ' rshuffle="No"' if is_fixed else ""
    text = f'<mattext texttype="{kind}">{escape(html, quote=False)}</mattext>'
    return f'<response_label ident="{name}"{place}><material>{text}</material></response_label>'


def choice(writer: Writer, item: Mcq) -> Answers:
    """Options. Of several right ones Canvas gives each its part, and takes as much for each wrong one."""
    rule = rule_of(item, defaults=writer.course.scoring)
    right = sum(option.is_right for option in item.options)
    if item.multiple and not (rule and rule.rule == "each-minus" and rule.penalty == Fraction(1, right)):
        message = f"Canvas gives 1/{right} of the marks for a right option, and takes 1/{right} for a wrong one"
        writer.losses.add(item, ("scoring",), message)
    elif rule and (rule.negative or (rule.penalty and not item.multiple)):
        writer.losses.add(item, ("scoring",), "Canvas gives a question no less than 0")
    if item.choose:
        writer.losses.add(item, ("choose",), "Canvas does not say how many options are to be chosen")
    order, shuffle, fixed = arranged(writer, item)
    names = {place: LETTERS[number] for number, place in enumerate(order)}
    labels = "".join(
        label(names[place], writer.blocks(item.options[place].text, item), is_fixed=place in fixed) for place in order
    )
    whys = [(place, item.options[place].why) for place in order if item.options[place].why]
    rules = "".join(shows(equal(names[place]), f"{names[place]}_fb") for place, _ in whys)
    if item.multiple:
        each = (
            equal(names[place]) if item.options[place].is_right else f"<not>{equal(names[place])}</not>"
            for place in order
        )
        rules += scored(f"<and>{''.join(each)}</and>")
    else:
        rules += scored(equal(next(names[place] for place in order if item.options[place].is_right)))
    kind, cardinality = ("multiple_answers", "Multiple") if item.multiple else ("multiple_choice", "Single")
    shown = (
        f'<response_lid ident="{RESPONSE}" rcardinality="{cardinality}"><render_choice shuffle="{_said(shuffle)}">'
        f"{labels}</render_choice></response_lid>"
    )
    feedback = [(f"{names[place]}_fb", writer.blocks(why, item)) for place, why in whys]
    return Answers(f"{kind}_question", shown, rules, list(names.values()), feedback)


def verdict(writer: Writer, item: TrueFalse) -> Answers:
    """True and false; the correction answers a wrong verdict."""
    rule = rule_of(item, defaults=writer.course.scoring)
    if rule and rule.penalty:
        writer.losses.add(item, ("scoring",), "a wrong verdict costs nothing in Canvas")
    if item.correction and not item.answer:
        writer.losses.add(item, ("scoring",), "Canvas tells the correction, and does not ask for it")
    labels = label("true", "True", "text/plain") + label("false", "False", "text/plain")
    right, wrong = (str(verdict).lower() for verdict in (item.answer, not item.answer))
    feedback = [(f"{wrong}_fb", writer.blocks(item.correction, item))] if item.correction else []
    rules = "".join(shows(equal(wrong), name) for name, _ in feedback) + scored(equal(right))
    shown = (
        f'<response_lid ident="{RESPONSE}" rcardinality="Single"><render_choice>{labels}</render_choice></response_lid>'
    )
    return Answers("true_false_question", shown, rules, ["true", "false"], feedback)


def short(
    writer: Writer, item: Basic | Reversed, answer: str, accept: Iterable[str], *, key: str = "answer"
) -> Answers:
    """Answers that are typed, each of them right."""
    if item.case:
        writer.losses.add(item, ("case",), "Canvas does not mind capitals in typed answers")
    if not item.accents:
        writer.losses.add(item, ("accents",), "Canvas always minds accents in typed answers")
    texts = [writer.words(item, (key,), answer)]
    texts += [writer.words(item, ("accept", place), text) for place, text in enumerate(accept)]
    rules = "".join(scored(equal(text)) for text in dict.fromkeys(texts))
    return Answers("short_answer_question", _typed(), rules)


def gaps(writer: Writer, item: Cloze, names: Sequence[str]) -> Answers:
    """Gaps to fill; with a word bank, gaps to choose for, whose words stand in the order of the alphabet."""
    rule = rule_of(item, defaults=writer.course.scoring)
    if rule and rule.rule != "each":
        writer.losses.add(item, ("scoring",), "each gap earns its part in Canvas")
    shares = parts(len(names))
    bank = {text: f"w{number}" for number, text in enumerate(writer.bank(item), 1)}
    for key in item.accept if bank else ():
        writer.losses.add(item, ("accept", key), "a gap for which a word is chosen has one right word")
    shown, rules = "", ""
    listed: list[str] = []
    for blank, others, name, share in zip(item.blanks, item.accepted, names, shares, strict=True):
        right = {writer.words(item, ("prompt",), blank.text): ""}
        if bank:
            labels, right = dict(sorted(bank.items(), key=lambda it: it[0].casefold())), {bank[next(iter(right))]: ""}
        else:
            right |= {writer.words(item, ("accept", f"c{blank.number}"), text): "" for text in others}
            labels = {text: f"{name}-{number}" for number, text in enumerate(right, 1)}
            right = dict.fromkeys(labels.values(), "")
        respident = f"response_{name}"
        listed += labels.values()
        shown += (
            f'<response_lid ident="{respident}"><material><mattext texttype="text/plain">{name}</mattext></material>'
            f"<render_choice>{''.join(label(ident, text, 'text/plain') for text, ident in labels.items())}"
            "</render_choice></response_lid>"
        )
        rules += "".join(scored(equal(ident, respident), share, "Add") for ident in right)
    kind = "multiple_dropdowns_question" if bank else "fill_in_multiple_blanks_question"
    return Answers(kind, shown, rules, listed)


def matching(writer: Writer, item: Matching) -> Answers:
    """A choice of all responses for each term."""
    rule = rule_of(item, defaults=writer.course.scoring)
    if rule and rule.rule != "each":
        writer.losses.add(item, ("scoring",), "each pair earns its part in Canvas")
    texts = [writer.words(item, ("pairs", item.targets.index(place), 1), text)
             for place, text in enumerate(dict.fromkeys(right for _, right in item.pairs))]  # fmt: skip
    texts += [writer.words(item, ("distractors", place), text) for place, text in enumerate(item.distractors)]
    names = [f"r{number}" for number in range(1, len(texts) + 1)]
    labels = "".join(label(name, text, "text/plain") for name, text in zip(names, texts, strict=True))
    shown, rules = "", ""
    for number, ((left, _), target, share) in enumerate(
        zip(item.pairs, item.targets, parts(len(item.pairs)), strict=True), 1
    ):
        html = escape(writer.typed(left, item), quote=False)
        shown += (
            f'<response_lid ident="response_{number}"><material><mattext texttype="text/html">{html}</mattext></material>'
            f"<render_choice>{labels}</render_choice></response_lid>"
        )
        rules += scored(equal(names[target], f"response_{number}"), share, "Add")
    return Answers("matching_question", shown, rules, names)


def number(writer: Writer, item: Numeric) -> Answers:
    """Values with tolerances; what earns a part of the marks is left out, since an answer is right or wrong."""
    writer.quantity(item)
    rules, feedback = "", []
    for place, span in enumerate(item.spans, -1):
        keys = ("answer",) if place < 0 else ("accept", place)
        if span.share != 1:
            writer.losses.add(item, keys, f"left out: {span.share} of the marks, where Canvas gives all or none")
            if span.why:
                writer.losses.add(item, (*keys, "why"), "left out with the number that it is for")
            continue
        middle = exact(item.answer) if place < 0 else (span.least + span.most) / 2
        condition = equal(writer.number(item, keys, middle))
        if span.least != span.most:
            bounds = (
                f'<var{sign} respident="{RESPONSE}">{writer.number(item, keys, bound)}</var{sign}>'
                for sign, bound in (("gte", span.least), ("lte", span.most))
            )
            condition = f"<or>{condition}<and>{''.join(bounds)}</and></or>"
        if span.why:
            name = f"answer{place + 2}_fb"
            feedback.append((name, writer.blocks(span.why, item)))
            rules += shows(condition, name)
        rules += scored(condition)
    return Answers("numerical_question", _typed("Decimal"), rules, (), feedback)


def written() -> Answers:
    """An answer at length, which nobody but a teacher marks."""
    rules = '<respcondition continue="No"><conditionvar><other/></conditionvar></respcondition>'
    return Answers("essay_question", _typed(), rules)


def _typed(kind: str = "") -> str:
    said = f' fibtype="{kind}"' if kind else ""
    return (
        f'<response_str ident="{RESPONSE}" rcardinality="Single"><render_fib{said}>'
        '<response_label ident="answer1" rshuffle="No"/></render_fib></response_str>'
    )


def _said(flag: bool) -> str:  # noqa: FBT001 - the word for it
    return "Yes" if flag else "No"
