"""The text of each item of a bank by itself, so that an item is known again after its neighbours have changed."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.source.nodes import Start

_SIZE = 16  # bytes of a key


class Cut(NamedTuple):
    """A bank's text in pieces: what stands before its first item, and the lines of each item; together they are the text.

    `dash` is what each item begins with: the spaces before its dash, the dash and a space.
    """

    head: str
    parts: list[str]
    dash: str


def cut(text: str, starts: Sequence[Start]) -> Cut | None:
    """The pieces of a bank's text; None where it is not laid out so that each item has lines of its own.

    `starts` are the places of the items (see `nodes.Parsed`). What the bank itself says stands before the first item:
    a key behind the items would speak for all of them, and be taken for a part of the last one.
    """
    begins = [text.rfind("\n", 0, start) + 1 for start in starts]
    if not begins:
        return None
    ends = [*begins[1:], len(text)]
    if not all(
        begin < end and text[begin:start].strip() == "-" for begin, start, end in zip(begins, starts, ends, strict=True)
    ):
        return None
    parts = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    dash = parts[0][: parts[0].index("-") + 1] + " "
    return None if ends_list(parts[-1], dash) else Cut(text[: begins[0]], parts, dash)


def ends_list(part: str, dash: str) -> bool:
    """Whether something stands in the lines of the last item that may be none of it: a key of the bank, or another document."""
    return bool(_outer(len(dash) - 2).search(part))


@lru_cache(maxsize=64)
def _outer(column: int) -> re.Pattern[str]:
    """A line that begins at the dashes' column or before it, and is neither empty nor a comment."""
    return re.compile(rf"[\n\r\x85\u2028\u2029] {{0,{column}}}[^\s#]")


def keys(text: str, starts: Sequence[Start]) -> list[bytes]:
    """A key for each item of a bank: items with one key are the same item, were they in any other place of the bank.

    An item means what its own lines say, and what stands before the first item. So the key is a hash of these two.
    Where a bank is not laid out so that each item has lines of its own, a key stands for the whole text and the place of
    the item in it. `starts` are the places of the items; where there are none, there is no key.
    """
    pieces = cut(text, starts)
    head, parts = (pieces.head, pieces.parts) if pieces else (text, [str(number) for number in range(len(starts))])
    begun = blake2b(head.encode("utf-8", "surrogatepass") + b"\0", digest_size=_SIZE)
    found = []
    for part in parts:
        one = begun.copy()
        one.update(part.encode("utf-8", "surrogatepass"))
        found.append(one.digest())
    return found
