"""What versions are called, and how the questions of a paper are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.model.fields import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model import Passage


def version_name(number: int) -> str:
    """The name of version `number`, from 0: A to Z, then AA, AB and so on."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, len(LETTERS))
        name = LETTERS[letter] + name
    return name


def numbered(passages: Iterable[Passage | None]) -> Iterator[tuple[int, str]]:
    """The number and the part of each question of a paper, from the passages that they are on, in print order.

    Two questions, then three parts on one passage, then one more question: 1, 2, 3 (a), 3 (b), 3 (c), 4.
    """
    number, letter, before = 0, 0, ""
    for passage in passages:
        is_next_part = passage is not None and passage.parts and passage.id == before
        number, letter = (number, letter + 1) if is_next_part else (number + 1, 0)
        before = passage.id if passage else ""
        yield number, LETTERS[letter].lower() if passage and passage.parts else ""
