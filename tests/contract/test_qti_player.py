from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder.exchange import qti3
from tests.contract.qti_player import Player
from tests.exchange.qti_engine import Engine
from tests.exchange.test_qti import package
from tests.make.items import EXAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.contract

_MANY = {"kind": "mcq", "multiple": True, "marks": "3", "prompt": "Which?"}
_OPTIONS = [{"right": "a", "why": "so"}, {"right": "b"}, {"wrong": "c"}, {"wrong": "d"}]
_SCORINGS: list[Any] = [
    {"rule": "all", "penalty": "1/3"},
    "each",
    "each-minus",
    {"rule": "each-minus", "penalty": "1/4", "negative": True},
]
_ITEMS: list[Any] = [
    *EXAMPLES,
    *({**_MANY, "id": f"many{n}", "options": _OPTIONS, "scoring": it} for n, it in enumerate(_SCORINGS)),
    {"id": "places", "kind": "ordering", "prompt": "Order", "sequence": list("abcd"), "scoring": "positions"},
    {"id": "whole", "kind": "ordering", "prompt": "Order", "sequence": list("abcd"), "scoring": "all"},
    {"id": "bank", "kind": "cloze", "prompt": "{{c1::a}} and {{c2::b}}", "word_bank": ["c"]},
]


def _responses(engine: Engine) -> list[dict[str, list[Any]]]:
    """The key, parts of it, it the other way round, and everything that can be chosen."""
    key = engine.key()
    made = [key]
    for name, value in key.items():
        choices = [it.get("identifier") for it in engine.item.iter("simpleChoice", "inlineChoice")]
        several = engine.responses[name].get("cardinality") != "single"
        made += [{**key, name: value[:1]}, {**key, name: value[::-1]}]
        made += [{**key, name: choices}] if choices and several else [{**key, name: [it]} for it in choices]
        if engine.responses[name].get("baseType") in {"string", "float"}:
            made += [{**key, name: [20.0 if isinstance(value[0], float) else "nothing"]}]
    return made


def test_the_player_scores_every_export_as_our_engine_does(browser: Browser) -> None:
    """Of each kind and rule, the key earns all, and any other response what the tests' own engine gives; so is feedback."""
    player, seen = Player(browser), 0
    for name, data in package(qti3, *_ITEMS).items():
        if not name.startswith("items/") or b"rubric" in data:
            continue
        engine = Engine(data)
        responses = _responses(engine)
        found = player.outcomes(data, engine, responses)
        (most,) = engine.outcomes({})["MAXSCORE"]
        assert found[0][0] == most, name
        for response, (score, feedback) in zip(responses, found, strict=True):
            outcomes = engine.outcomes(response)
            assert score == pytest.approx(outcomes["SCORE"][0]), (name, response)
            assert feedback == [*outcomes.get("FEEDBACK", []), *outcomes.get("TOLD", [])], (name, response)
            seen += 1
    assert player.errors == []
    assert seen > 60
