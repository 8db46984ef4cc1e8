"""Response processing of QTI 2.1: how the score of a response is set, for each kind and each rule.

Every item sets `SCORE` in marks: the whole right answer sets all of them, so that no sum of parts falls short of it by
a rounding; anything else earns its parts, as the rule says.
"""

from __future__ import annotations

from fractions import Fraction
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RESPONSE, SCORE, FEEDBACK = "RESPONSE", "SCORE", "FEEDBACK"
TOLD, GENERAL = "TOLD", "general"  # the outcome by which everyone is shown the explanation, and the name of that


def number(value: Fraction | float) -> str:
    """A number as XML has it: 1/3 is `0.3333333333333333`, and 2 is `2`."""
    made = repr(float(value))
    return made.removesuffix(".0")


def base(kind: str, value: str) -> str:
    """A constant."""
    return f'<baseValue baseType="{kind}">{escape(value, quote=False)}</baseValue>'


def marks(value: Fraction | float) -> str:
    """Marks as a constant."""
    return base("float", number(value))


def variable(name: str = RESPONSE) -> str:
    """The value of a response or of an outcome."""
    return f'<variable identifier="{name}"/>'


def right(name: str = RESPONSE) -> str:
    """The condition that a response is the key."""
    return f'<match>{variable(name)}<correct identifier="{name}"/></match>'


def typed(texts: Iterable[str], name: str = RESPONSE, *, case: bool = False) -> str:
    """The condition that a text is one of those that are right."""
    said = str(case).lower()
    made = [
        f'<stringMatch caseSensitive="{said}">{variable(name)}{base("string", text)}</stringMatch>' for text in texts
    ]
    return made[0] if len(made) == 1 else f"<or>{''.join(made)}</or>"


def within(least: str, most: str) -> str:
    """The condition that a number lies between two, both included."""
    return f"<and><gte>{variable()}{base('float', least)}</gte><lte>{variable()}{base('float', most)}</lte></and>"


def every(conditions: Sequence[str]) -> str:
    """The condition that all of some conditions hold."""
    return conditions[0] if len(conditions) == 1 else f"<and>{''.join(conditions)}</and>"


def scores(expression: str, name: str = SCORE) -> str:
    """The rule that sets the score."""
    return f'<setOutcomeValue identifier="{name}">{expression}</setOutcomeValue>'


def adds(value: Fraction) -> str:
    """The rule that adds marks to the score."""
    return scores(f"<sum>{variable(SCORE)}{marks(value)}</sum>")


def first(*branches: tuple[str, str], rest: str = "") -> str:
    """The rule of the first condition that holds, and otherwise the `rest`."""
    made = [f"<responseElseIf>{condition}{rule}</responseElseIf>" for condition, rule in branches]
    made[0] = made[0].replace("responseElseIf>", "responseIf>")
    return f"<responseCondition>{''.join(made)}{f'<responseElse>{rest}</responseElse>' if rest else ''}</responseCondition>"


def whole(points: Fraction, condition: str, penalty: Fraction = Fraction(0), name: str = RESPONSE) -> str:
    """All marks for the right answer alone; a wrong one may cost some."""
    all_ = (condition, scores(marks(points)))
    if not penalty:
        return first(all_)
    return first(all_, (f"<not><isNull>{variable(name)}</isNull></not>", scores(marks(-penalty * points))))


def added(points: Fraction, conditions: Sequence[str]) -> str:
    """Equal parts of the marks for each of some conditions."""
    part = points / len(conditions)
    rest = "".join(first((condition, adds(part))) for condition in conditions)
    return first((every(conditions), scores(marks(points))), rest=rest)


def mapped(points: Fraction, plus: Fraction = Fraction(0)) -> str:
    """The marks that the mapping of the response gives, and some more for whoever answers at all."""
    by_map = f'<mapResponse identifier="{RESPONSE}"/>'
    said = f"<sum>{marks(plus)}{by_map}</sum>" if plus else by_map
    return first((right(), scores(marks(points))), (f"<not><isNull>{variable()}</isNull></not>", scores(said)))


def paired(points: Fraction, pairs: int) -> str:
    """The marks that the mapping gives, unless there are more pairs than terms: then a term has two responses."""
    size = f"<lte><containerSize>{variable()}</containerSize>{base('integer', str(pairs))}</lte>"
    given = f"<not><isNull>{variable()}</isNull></not>"
    by_map = scores(f'<mapResponse identifier="{RESPONSE}"/>')
    return first((right(), scores(marks(points))), (f"<and>{given}{size}</and>", by_map))


def placed(points: Fraction, steps: Sequence[str]) -> str:
    """Equal parts for each step in its place."""
    return added_beside(points, [at(place, step) for place, step in enumerate(steps, 1)], len(steps))


def follows(points: Fraction, steps: Sequence[str]) -> str:
    """Equal parts for each step that rightly follows the one before, wherever the two stand."""
    places = range(1, len(steps))
    conditions = [
        f"<and>{at(place, one)}{at(place + 1, other)}</and>" for one, other in pairwise(steps) for place in places
    ]
    return added_beside(points, conditions, len(steps) - 1)


def added_beside(points: Fraction, conditions: Sequence[str], number_: int) -> str:
    """All marks for the key, and otherwise one of so many parts for each condition that holds."""
    rest = "".join(first((condition, adds(points / number_))) for condition in conditions)
    return first((right(), scores(marks(points))), rest=rest)


def at(place: int, step: str) -> str:
    """The condition that a step stands at a place, counted from 1."""
    return f'<match><index n="{place}">{variable()}</index>{base("identifier", step)}</match>'


def declared(cardinality: str, kind: str, key: Sequence[str], mapping: str = "", name: str = RESPONSE) -> str:
    """The declaration of a response, with its key."""
    values = "".join(f"<value>{escape(value, quote=False)}</value>" for value in key)
    correct = f"<correctResponse>{values}</correctResponse>" if key else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{kind}">'
        f"{correct}{mapping}</responseDeclaration>"
    )


def mapping(entries: Iterable[tuple[str, Fraction]], points: Fraction, *, bounded: bool = True) -> str:
    """What each value of a response is worth; with bounds, the sum is neither below 0 nor above the marks."""
    bounds = f' lowerBound="0" upperBound="{number(points)}"' if bounded else ""
    listed = "".join(f'<mapEntry mapKey="{key}" mappedValue="{number(value)}"/>' for key, value in entries)
    return f'<mapping{bounds} defaultValue="0">{listed}</mapping>'
