from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder.loading.course import load
from builder.model import KINDS, Numeric, readings
from builder.model.items import ItemBase
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.diagnostics import Keys
    from builder.model import Item


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> tuple[Item, ...]:
    """One item of each kind, at least."""
    folder: Path = tmp_path_factory.mktemp("kinds") / "course"
    course = load(samples.course(folder, samples.HERE / "good" / "all-kinds.yaml")).course
    assert course
    assert {item.kind for item in course.items} == set(KINDS)
    return course.items


# What an item holds beside its texts: names, numbers, other spellings, and what no reader learns from.
_NO_TEXTS = ItemBase.model_fields.keys() - {"prompt", "explanation"} | {
    "kind",
    "scoring",
    "accept",
    "pin",
    "order",
    "mode",
}


def _strings(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NO_TEXTS:
                yield from _strings(inner, (*keys, key))
    elif isinstance(value, list | tuple):
        for i, inner in enumerate(value):
            yield from _strings(inner, (*keys, i))


def test_every_text_of_every_kind_is_read(items: tuple[Item, ...]) -> None:
    """Whatever words a kind of item holds, the rules on texts get to read them, each with its keys."""
    for item in items:
        words = _strings(item.model_dump(exclude_none=True))
        if isinstance(item, Numeric):
            assert [entry.why for entry in item.accept if entry.why] == [
                t for k, t in readings.texts(item) if k[-1] == "why" and t
            ]
            words = iter(
                [(("prompt",), item.prompt), *((("accept", i, "why"), it.why) for i, it in enumerate(item.accept))]
            )
        assert sorted((k, t) for k, t in readings.texts(item) if t) == sorted((k, t) for k, t in words if t)


def test_each_prompt_is_a_card(items: tuple[Item, ...]) -> None:
    """Cards come in the order of prompts, with their keys and texts."""
    for item in items:
        assert [(card.key, card.prompt) for card in readings.cards(item)] == list(readings.prompts(item))


def test_a_paper_prints_no_key_and_no_correction(items: tuple[Item, ...]) -> None:
    """What is asked for and not offered is not printed: neither a recalled answer, nor a blank, nor a correction."""
    for item in items:
        printed = " ".join(readings.printed(item))
        assert printed
        for keys, text in readings.key_texts(item):
            is_offered = keys[0] == "options" or getattr(item, "word_bank", None) is not None
            assert (text in printed) is is_offered, item.id
