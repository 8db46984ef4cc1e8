"""Marking once more, by nothing but `quiz.json` and a bank's YAML: plain values in, exact fractions out.

It knows nothing of her-study's own code, and works the other way round where
it can: it looks at each option, pair, place and gap by itself.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USUAL = {"matching": "each", "cloze": "each", "occlusion": "each", "ordering": "neighbours"}


def marks(question: dict[str, Any], response: list[str]) -> Fraction:
    """What a response earns by the record of its question."""
    points = Fraction(str(question["points"]))
    said = question.get("scoring", {})
    rule = said.get("rule", USUAL.get(question["kind"], "all"))
    cost = Fraction(said.get("penalty", "0")) * points
    if not "".join(response):
        return Fraction(0)
    if question["kind"] == "truefalse":
        return _verdict(question, response, points, cost)
    if question["kind"] == "mcq":
        total = _choice(question, set(response), rule, points, cost)
        return total if rule == "all" or said.get("negative") else max(total, Fraction(0))
    if question["kind"] in {"short", "essay"}:
        return min(points, sum((Fraction(mark) for mark in response if mark), Fraction(0)))
    return _parts(question, response, rule, points)


def _verdict(question: dict[str, Any], response: list[str], points: Fraction, cost: Fraction) -> Fraction:
    if response[0] != question["key"][0]:
        return -cost if response[0] else Fraction(0)
    if response[0] == "false" and points > 1 and response[1:] != ["corrected"]:
        return points / 2
    return points


def _choice(question: dict[str, Any], chosen: set[str], rule: str, points: Fraction, cost: Fraction) -> Fraction:
    total = Fraction(0)
    for place in range(len(question["order"])):
        letter = LETTERS[place]
        is_right, is_chosen = letter in question["key"], letter in chosen
        if rule == "each" and is_right == is_chosen:
            total += points / len(question["order"])
        if rule == "each-minus" and is_chosen:
            total += points / len(question["key"]) if is_right else -cost
    if rule == "all":
        return points if sorted(chosen - {""}) == sorted(question["key"]) else -cost
    return total


def _parts(question: dict[str, Any], response: list[str], rule: str, points: Fraction) -> Fraction:
    key = question["key"] if question["kind"] in {"matching", "ordering"} else ["right"] * len(question["key"])
    if rule == "neighbours":
        # The steps as the candidate orders them, by the number of the step in the right order.
        once = [place for place, times in Counter(response).items() if place and times == 1]
        ordered = {place: int(step) for place, step in zip(response, key, strict=False) if place in once}
        pairs = [(ordered.get(str(n)), ordered.get(str(n + 1))) for n in range(1, len(key))]
        follows = sum(one is not None and two == one + 1 for one, two in pairs)
        return points * Fraction(follows, len(key) - 1)
    right = sum(place < len(response) and response[place] == sign for place, sign in enumerate(key))
    if rule == "all":
        return points if right == len(key) else Fraction(0)
    return points * Fraction(right, len(key))


def key(item: dict[str, Any], order: list[int]) -> list[str]:
    """The key of an item as its bank has it, where `order` is the printed order."""
    match item["kind"]:
        case "mcq":
            return [LETTERS[place] for place, i in enumerate(order) if "right" in item["options"][i]]
        case "truefalse":
            return [str(item["answer"]).lower()]
        case "matching":
            return [LETTERS[order.index(i)] for i in range(len(item["pairs"]))]
        case "ordering":
            return [str(i + 1) for i in order]
        case kind:
            raise ValueError(kind)
