"""Courses in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.diagnostics import At
from builder.loading.bank import ParsedBank
from builder.loading.passages import heads
from builder.model import AnkiDeck, Bank, Course
from builder.study.making import made
from tests.make.items import FIGURE
from tests.pictures import png

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model import Item
    from builder.study.sheets import Card


def course_of(
    items: Iterable[Item | dict[str, Any]], passages: list[dict[str, Any]] | None = None, **changes: Any
) -> Course:
    """A course of these items, or of their plain values as in a bank file; `changes` are fields of `Course`.

    Without changes it has no references, outline or themes, and no picture but the one that lies under boxes.
    `passages` are those of the bank, as plain values.
    """
    bank = Bank.model_validate({"bank": "bank", "title": "Bank", "passages": passages or [], "items": list(items)})
    placed = list(zip(bank.items, (At("bank.yaml", ("items", i)) for i in range(len(bank.items))), strict=True))
    texts = [(passage, At("bank.yaml", ("passages", i))) for i, passage in enumerate(bank.passages)]
    parts: dict[str, Any] = {
        "path": "course.yaml",
        "id": "test",
        "title": "A test",
        "language": "en-GB",
        "licence": "",
        "anki": AnkiDeck(deck="Test"),
        "themes": {},
        "theories": {},
        "items": bank.items,
        "at": {item.id: at for item, at in placed},
        "passage_at": heads(placed, {"bank.yaml": ParsedBank(passages=texts)}) if texts else {},
    }
    shown = {FIGURE: png(40, 20)} if any(it.image and it.image.file == FIGURE for it in bank.items) else {}
    return Course(**(parts | changes | {"media": shown | changes.get("media", {})}))


def cards_of(course: Course) -> list[Card]:
    """The cards of a course as the terminal asks them."""
    return list(made(course).cards)
