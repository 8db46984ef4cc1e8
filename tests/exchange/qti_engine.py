"""A small engine for the response processing of QTI 2 and 3: what an item sets for a response.

It knows the expressions of the two standards that exports use, by their definitions, and stops at any other. Values
are lists, so that none is the empty list; a single value is a list of one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = list[Any]


def plainly(data: bytes) -> Any:
    """A document without namespaces, in the names of QTI 2."""
    root = etree.fromstring(data)
    for part in root.iter():
        name = etree.QName(part).localname
        part.tag = _humped(name.removeprefix("qti-")) if name.startswith("qti-") else name
        for key, value in list(part.attrib.items()):
            part.attrib[_humped(key)] = value
    return root


def _humped(name: str) -> str:
    return re.sub(r"-([a-z])", lambda found: found[1].upper(), name)


class Engine:
    """One item, ready for responses."""

    def __init__(self, data: bytes) -> None:
        self.item = plainly(data)
        self.values: dict[str, Value] = {}
        self.responses = {it.get("identifier"): it for it in self.item.iterfind("responseDeclaration")}

    def outcomes(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """What the item sets for a response; those of no response are empty."""
        self.values = {name: list(given.get(name, [])) for name in self.responses}
        for outcome in self.item.iterfind("outcomeDeclaration"):
            self.values[outcome.get("identifier")] = [float(it.text) for it in outcome.iterfind("defaultValue/value")]
        for rule in self.item.find("responseProcessing"):
            self._run(rule)
        return self.values

    def score(self, given: Mapping[str, Value]) -> float:
        """The marks of a response."""
        (score,) = self.outcomes(given)["SCORE"]
        return float(score)

    def key(self) -> dict[str, Value]:
        """The correct responses."""
        return {
            name: [self._cast(value.text, it.get("baseType")) for value in it.iterfind("correctResponse/value")]
            for name, it in self.responses.items()
        }

    def _run(self, rule: Any) -> None:
        if rule.tag == "setOutcomeValue":
            self.values[rule.get("identifier")] = self._value(rule[0])
            return
        assert rule.tag == "responseCondition", rule.tag
        for branch in rule:
            inside = list(branch)
            if branch.tag != "responseElse" and self._value(inside.pop(0)) != [True]:
                continue
            for it in inside:
                self._run(it)
            return

    def _cast(self, text: str, kind: str) -> Any:
        return float(text) if kind in {"float", "integer"} else text

    def _value(self, part: Any) -> Value:
        if part.tag == "baseValue":
            return [self._cast(part.text or "", part.get("baseType"))]
        if part.tag == "variable":
            return self.values[part.get("identifier")]
        if part.tag == "correct":
            return self.key()[part.get("identifier")]
        if part.tag == "mapResponse":
            return [self._mapped(part.get("identifier"))]
        return self._computed(part, [self._value(it) for it in part])

    def _mapped(self, name: str) -> float:
        mapping = self.responses[name].find("mapping")
        worth = {it.get("mapKey"): float(it.get("mappedValue")) for it in mapping}
        score = sum(worth.get(it, float(mapping.get("defaultValue"))) for it in set(self.values[name]))
        score = max(score, float(mapping.get("lowerBound", "-inf")))
        return min(score, float(mapping.get("upperBound", "inf")))

    def _computed(self, part: Any, values: list[Value]) -> Value:
        match part.tag:
            case "and":
                return [all(value == [True] for value in values)]
            case "or":
                return [any(value == [True] for value in values)]
            case "not":
                return [values[0] != [True]]
            case "isNull":
                return [not values[0]]
            case "sum":
                return [sum(value[0] for value in values)]
            case "multiple":
                return [it for value in values for it in value]
            case "containerSize":
                return [float(len(values[0]))]
            case "index":
                return values[0][int(part.get("n")) - 1 :][:1]
            case _ if not all(values):
                return []  # a comparison with nothing
            case "match":
                name = part[0].get("identifier")
                is_ordered = name in self.responses and self.responses[name].get("cardinality") == "ordered"
                return [values[0] == values[1] if is_ordered else sorted(values[0]) == sorted(values[1])]
            case "stringMatch":
                texts = [it[0] if part.get("caseSensitive") == "true" else it[0].casefold() for it in values]
                return [texts[0] == texts[1]]
            case "gte":
                return [values[0][0] >= values[1][0]]
            case "lte":
                return [values[0][0] <= values[1][0]]
            case _:
                raise AssertionError(part.tag)
