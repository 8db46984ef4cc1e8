"""The two halves of a reversed item, where a format holds them as two questions: `id.a` forwards and `id.b` back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Value = dict[str, Any]


class Halves:
    """Joins each half with the other one that comes right after it; what finds no other is a question of its own."""

    def __init__(self) -> None:
        """Nothing waits yet."""
        self._front: tuple[str, Value, Callable[[], None]] | None = None

    def joined(self, kind: str, wish: str, value: Value, alone: Callable[[], None]) -> tuple[Value, str] | None:
        """The values and the wished id of what is to be added for a question; None if it waits for its other half.

        `kind` is what its tags say that it is. `alone` adds the question by itself, in its turn.
        """
        is_half = kind == "reversed" and value.get("kind") == "basic"  # an edit may have made something else of it
        if is_half and self._front and wish == f"{self._front[0]}.b":
            name, front, _ = self._front
            self._front = None
            back = {"kind": "reversed", "reverse_prompt": value["prompt"], "reverse_answer": value["answer"]}
            return front | back, name
        self.rest()
        if is_half and wish.endswith(".a"):
            self._front = wish[:-2], value, alone
            return None
        return value, wish

    def rest(self) -> None:
        """Add the half that still waits."""
        if self._front:
            alone, self._front = self._front[2], None
            alone()
