"""The answers of each kind, as Moodle marks them."""

from __future__ import annotations

import re
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

from builder.exchange import _grid, _guide
from builder.model import Mcq, Ordering, Short
from builder.paper.rules import rule_of
from builder.text import markup
from builder.text.numbers import as_decimal, exact, is_endless
from builder.text.tree import Run, lines, single

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.diagnostics import Keys
    from builder.exchange.moodle._outof import Writer
    from builder.model import Basic, Essay, Item, Matching, Numeric, Reversed, TrueFalse
    from builder.model.scoring import RuleName

_GRADING: dict[RuleName, str] = {
    "all": "ALL_OR_NOTHING",
    "neighbours": "RELATIVE_NEXT_EXCLUDE_LAST",
    "positions": "ABSOLUTE_POSITION",
}
_DIGITS = 15  # of a number that has no end
_RAISED = re.compile(r"\^([-+]?\d+)\^?")
_SUPERSCRIPTS = str.maketrans("+-0123456789", "⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def cdata(text: str) -> str:
    """Text that XML takes as it is."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def plain(text: str, item: Item) -> str:
    """The words of a text, where Moodle takes nothing else."""
    return " ".join(markup.plain(text, math=item.math).split())


def words(writer: Writer, item: Item, keys: Keys, text: str) -> str:
    """The words of a text; its markup is noted as lost."""
    read = markup.parse(text, math=item.math)
    nodes = [node for line in lines(read) for node in line]
    if single(read) is None or any(not isinstance(node, Run) or node != Run(node.text) for node in nodes):
        writer.losses.add(item, keys, "Moodle takes words alone here: markup, formulas and pictures are lost")
    return plain(text, item)


def starred(text: str) -> str:
    """A short answer whose stars are stars: Moodle takes a bare one for anything at all."""
    return text.replace("*", "\\*")


def short(writer: Writer, item: Basic | Reversed, answer: str, accept: Iterable[str], *, key: str = "answer") -> str:
    """Answers that are typed, each of them right."""
    if not item.accents:
        writer.losses.add(item, ("accents",), "Moodle always minds accents in typed answers")
    texts = [words(writer, item, (key,), answer)]
    texts += [words(writer, item, ("accept", place), text) for place, text in enumerate(accept)]
    answers = "".join(
        f'<answer fraction="100" format="plain_text"><text>{cdata(starred(text))}</text></answer>' for text in texts
    )
    return f"<usecase>{int(item.case)}</usecase>{answers}"


def choice(writer: Writer, item: Mcq) -> str:
    """Options with their grades and reasons; pinned ones keep their places, since none is shuffled then."""
    rule = rule_of(item, defaults=writer.course.scoring)
    right, wrong = _grid.grades(item, rule, lambda told: writer.losses.add(item, ("scoring",), told))
    has_pins = any(option.pin for option in item.options)
    is_fixed = has_pins or item.is_ordered
    for place, option in enumerate(item.options):
        if option.pin:
            writer.losses.add(item, ("options", place, "pin"), "Moodle shuffles all options or none: here none is")
    if has_pins or item.order in {"value", "shuffle"}:
        writer.losses.add(item, ("order",), "Moodle keeps one order of options, or shuffles them all")
    if item.choose:
        writer.losses.add(item, ("choose",), "Moodle does not say how many options are to be chosen")
    order = item.printed_order if is_fixed else range(len(item.options))
    if list(order) != sorted(order):
        writer.losses.add(item, ("options",), "options stand in the order in which they are printed")
    answers = "".join(
        writer.rich("answer", option.text, item, f' fraction="{right if option.is_right else wrong}" format="html"',
                    writer.rich("feedback", option.why, item) if option.why else "")
        for option in (item.options[place] for place in order)
    )  # fmt: skip
    flags = (
        f"<single>{str(not item.multiple).lower()}</single><shuffleanswers>{str(not is_fixed).lower()}</shuffleanswers>"
    )
    return f"{flags}{answers}"


def verdict(writer: Writer, item: TrueFalse) -> str:
    """True and false, in small letters, since Moodle takes `False` for true; the correction answers a wrong verdict."""
    rule = rule_of(item, defaults=writer.course.scoring)
    if rule and rule.penalty:
        writer.losses.add(item, ("scoring",), "a wrong verdict costs nothing in Moodle")
    if item.correction and not item.answer:
        writer.losses.add(item, ("scoring",), "Moodle tells the correction, and does not ask for it")
    answers = []
    for value in (True, False):
        is_right = value == item.answer
        told = writer.rich("feedback", item.correction, item) if item.correction and not is_right else ""
        attributes = f' fraction="{100 * is_right}" format="html"'
        answers.append(writer.element("answer", str(value).lower(), attributes, told))
    return "".join(answers)


def matching(writer: Writer, item: Matching) -> str:
    """Pairs, and spare responses as pairs without a left side; never the other way round, which ends the import."""
    rule = rule_of(item, defaults=writer.course.scoring)
    if rule and rule.rule != "each":
        writer.losses.add(item, ("scoring",), "each pair earns its part in Moodle")
    rights = [("pairs", place, 1) for place in range(len(item.pairs))]
    made = []
    for keys, (left, right) in zip(rights, item.pairs, strict=True):
        answer = f"<answer><text>{cdata(words(writer, item, keys, right))}</text></answer>"
        made.append(writer.rich("subquestion", left, item, inner=answer))
    for place, text in enumerate(item.distractors):
        answer = f"<answer><text>{cdata(words(writer, item, ('distractors', place), text))}</text></answer>"
        made.append(f'<subquestion format="html"><text></text>{answer}</subquestion>')
    return f"<shuffleanswers>true</shuffleanswers>{''.join(made)}"


def ordering(writer: Writer, item: Ordering) -> str:
    """Steps in their order. Without `shownumcorrect` Moodle's database stops the import; with RANDOM it drops steps."""
    rule = rule_of(item, defaults=writer.course.scoring)
    steps = "".join(
        writer.rich("answer", step, item, f' fraction="{place}" format="html"')
        for place, step in enumerate(item.sequence, 1)
    )
    grading = _GRADING[rule.rule if rule else "neighbours"]
    return (
        "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount>"
        f"<gradingtype>{grading}</gradingtype><showgrading>SHOW</showgrading>"
        f"<numberingstyle>none</numberingstyle><shownumcorrect>1</shownumcorrect>{steps}"
    )


def decimal(writer: Writer, item: Item, keys: Keys, value: Fraction) -> str:
    """A number as a decimal; one without an end is cut, and noted."""
    if is_endless(value):
        writer.losses.add(item, keys, f"{value} has no end as a decimal, and is rounded to {_DIGITS} digits")
        return f"{float(value):.{_DIGITS}g}"
    return as_decimal(value)


def number(writer: Writer, item: Numeric) -> str:
    """Values with tolerances, their grades, and units."""
    if item.figures:
        writer.losses.add(item, ("figures",), "Moodle does not count significant figures")
    made = []
    for place, span in enumerate(item.spans, -1):
        keys: Keys = ("answer",) if place < 0 else ("accept", place)
        middle, slack = (span.least + span.most) / 2, (span.most - span.least) / 2
        if place < 0:
            middle, slack = exact(item.answer), span.most - exact(item.answer)
        value, grade = _grid.nearest(span.share)
        if value != span.share:
            writer.losses.add(item, keys, f"{span.share} of the marks is no grade of Moodle: {grade} % is the nearest")
        told = writer.rich("feedback", span.why, item) if span.why else ""
        inner = f"{told}<tolerance>{decimal(writer, item, keys, slack)}</tolerance>"
        text = decimal(writer, item, keys, middle)
        made.append(f'<answer fraction="{grade}" format="plain_text"><text>{text}</text>{inner}</answer>')
    return "".join(made) + _units(writer, item)


def _units(writer: Writer, item: Numeric) -> str:
    """Units: how many of each make one of the first, as Moodle counts."""
    unit = item.unit
    if unit is None or unit.ask == "given":
        if unit:
            writer.losses.add(
                item, ("unit",), f"the unit {unit.symbol} stands in no question of Moodle: name it in the prompt"
            )
        return "<unitgradingtype>0</unitgradingtype><showunits>3</showunits>"
    cost = exact(unit.cost)
    factors: dict[str, Fraction] = {}
    same = dict.fromkeys((unit.symbol, *unit.accept), Fraction(1))
    for symbol, factor in (same | {symbol: 1 / exact(factor) for symbol, factor in unit.convert.items()}).items():
        spellings = _spellings(symbol)
        if spellings != [symbol]:
            told = "Moodle compares units sign by sign, and without spaces: {} stands there as {}"
            writer.losses.add(item, ("unit",), told.format(symbol, ", ".join(spellings)))
        factors |= {it: factor for it in spellings if it not in factors}
    listed = "".join(
        f"<unit><multiplier>{decimal(writer, item, ('unit', 'convert'), factor)}</multiplier><unit_name>{escape(symbol)}</unit_name></unit>"
        for symbol, factor in factors.items()
    )
    if Fraction(f"{float(cost):.7f}") != cost:
        writer.losses.add(item, ("unit", "cost"), f"{cost} of the marks has no end as a decimal")
    is_graded = unit.ask == "required"
    if unit.ask == "optional" and cost != 1:
        writer.losses.add(item, ("unit", "cost"), "an optional unit that is wrong makes the answer wrong in Moodle")
    return (
        f"<units>{listed}</units><unitgradingtype>{2 * is_graded}</unitgradingtype>"
        f"<unitpenalty>{float(cost):.7f}</unitpenalty><showunits>0</showunits><unitsleft>0</unitsleft>"
    )


def _spellings(symbol: str) -> list[str]:
    """A unit as students may type it into Moodle: `m s^-2^` as `ms^-2`, `ms-2` and `ms⁻²`."""
    bare = "".join(symbol.split())
    raised = _RAISED.sub(lambda found: found[1].translate(_SUPERSCRIPTS), bare)
    return list(dict.fromkeys([_RAISED.sub(r"^\1", bare), _RAISED.sub(r"\1", bare), raised]))


def written(writer: Writer, item: Short | Essay) -> str:
    """A written answer, and what earns marks, which only graders see."""
    is_short = isinstance(item, Short)
    limit = f"<minwordlimit></minwordlimit><maxwordlimit>{item.words}</maxwordlimit>" if item.words else ""
    guide = writer.element("graderinfo", _guide.written(item, lambda text: writer.typed(text, item)))
    return (
        f"<responseformat>{'plain' if is_short else 'editor'}</responseformat><responserequired>1</responserequired>"
        f"<responsefieldlines>{5 if is_short else 15}</responsefieldlines>{limit}{guide}"
    )
