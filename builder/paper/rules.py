"""By which rule each question of a paper is scored: the most specific one that is said.

An example. The course says that a wrong choice costs 1/4 of the marks, the
blueprint that it costs 1/3, and one item that it costs nothing. On the paper
of that blueprint this item costs nothing, and every other choice 1/3.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from builder.model import Mcq
from builder.model.scoring import Scored
from builder.paper.record import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.model import Blueprint, Item
    from builder.model.scoring import Scoring, Sort


def rule_of(
    item: Item, blueprint: Blueprint | None = None, defaults: Mapping[str, Scoring] | None = None
) -> Rule | None:
    """The rule for an item: its own, that of a row of the blueprint, of the blueprint, or of bank and course.

    `defaults` are those of bank and course by item (`Course.scoring`). None where nobody says a rule, and for items
    that have none.
    """
    if not isinstance(item, Scored):
        return None
    said = item.scoring or _on_paper(item, item.sort, blueprint) or (defaults or {}).get(item.id)
    return _settled(item, said) if said else None


def _on_paper(item: Item, sort: Sort, blueprint: Blueprint | None) -> Scoring | None:
    """The rule that a blueprint has for an item: that of the first row of its sort that says one, or the paper's."""
    if blueprint is None:
        return None
    rows = (row.scoring.of(sort) for row in blueprint.rows if row.scoring and row.matches(item))
    paper = blueprint.scoring.of(sort) if blueprint.scoring else None
    return next((rule for rule in rows if rule), paper)


def _settled(item: Scored, said: Scoring) -> Rule:
    """The rule as a record has it: with the penalty in numbers.

    By `each-minus` without a penalty, the wrong options share the marks: of two, each costs one half.
    """
    penalty = said.penalty
    if penalty is None and said.rule == "each-minus" and isinstance(item, Mcq):
        penalty = Fraction(1, max(1, sum(not option.is_right for option in item.options)))
    return Rule(rule=said.rule, penalty=penalty or Fraction(0), negative=said.negative)
