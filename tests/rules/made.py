"""Items for the rules on choices and for those that compare items."""

from __future__ import annotations

from typing import Any

from builder.source import nodes
from tests.rules.frame import Frame, frame


def choice(number: int, **changes: Any) -> dict[str, Any]:
    """A sound choice, unlike those of other numbers."""
    return {
        "id": f"item-{number:02}",
        "kind": "mcq",
        "prompt": f"Which of the matters that chapter {number} of the paper takes up comes first?",
        "options": [{"right": "Fear of letting go"}, {"wrong": "Scorn of the woman"}, {"wrong": "Hunger for success"}],
    } | changes


def bank(*items: dict[str, Any]) -> Frame:
    """The shipped course with these items."""
    return frame(nodes.dump({"items": list(items)}))


def card(item_id: str, prompt: str, answer: str, **more: Any) -> dict[str, Any]:
    """A basic card."""
    return {"id": item_id, "kind": "basic", "prompt": prompt, "answer": answer} | more
