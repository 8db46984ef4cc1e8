"""The rule by which a question is scored, in plain words: for the candidate, and for whoever marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from builder.model import Mcq

if TYPE_CHECKING:
    from builder.model import Item
    from builder.paper.record import QuizItem, Rule
    from builder.printing.form import E, Section
    from builder.wording import Wording


def rule_in_words(words: Wording, entry: QuizItem, item: Item) -> str:
    """What a question says of its scoring; empty where no rule is said, and it is scored as usual."""
    rule, points = entry.scoring, Fraction(entry.points)
    if rule is None:
        return ""
    match entry.section:
        case "mcq":
            return _choice(words, rule, entry, is_several=isinstance(item, Mcq) and item.multiple)
        case "truefalse":
            return _cost(words, rule, points)
        case "matching":
            name = {"all": "all_pairs"}.get(rule.rule, "each_pair")
        case "cloze":
            name = {"all": "all_gaps"}.get(rule.rule, "each_gap")
        case "occlusion":
            name = {"all": "all_boxes"}.get(rule.rule, "each_box")
        case "ordering":
            name = {"all": "all_steps"}.get(rule.rule, rule.rule)
        case "basic" | "numeric" | "short" | "essay":
            return ""
    parts = len(entry.key) - (rule.rule == "neighbours")
    return words.scoring[name].format(words.amount(points / parts))


def _choice(words: Wording, rule: Rule, entry: QuizItem, *, is_several: bool) -> str:
    points = Fraction(entry.points)
    match rule.rule:
        case "each":
            return words.scoring["each_choice"].format(words.amount(points / len(entry.order)))
        case "each-minus":
            name = "free" if not rule.penalty else "negative" if rule.negative else "each_minus"
            amounts = [points / len(entry.key), points * rule.penalty]
            return words.scoring[name].format(*map(words.amount, amounts))
        case "all" | "neighbours" | "positions" if not is_several:
            return _cost(words, rule, points)
        case "all" | "neighbours" | "positions":
            said = words.scoring["all_choice"]
            return f"{said} {_cost(words, rule, points)}" if rule.penalty else said


def _cost(words: Wording, rule: Rule, points: Fraction) -> str:
    """What a wrong choice costs."""
    return (
        words.scoring["penalty"].format(words.amount(points * rule.penalty)) if rule.penalty else words.scoring["none"]
    )


def said_once(words: Wording, section: Section[E]) -> Section[E]:
    """A section that says below its heading by which rule most of its questions are scored.

    Of questions 1 to 4, a wrong choice costs 1/4 mark in all but question 3, where it costs nothing. The heading says
    1/4 mark, and that a question may say otherwise; question 3 says so, the others say nothing. Where a question has no
    rule, each of the others says its own.
    """
    rules = Counter(question.scoring for question in section.questions)
    common = max(rules, key=lambda rule: (rules[rule], rule))  # of rules that tie, one and the same in all versions
    if "" in rules or (rules[common] == 1 and len(rules) > 1):
        return section
    questions = tuple(replace(q, scoring="" if q.scoring == common else q.scoring) for q in section.questions)
    said = common if len(rules) == 1 else f"{common} {words.scoring['otherwise']}"
    return section._replace(scoring=said, questions=questions)
