"""The text of each item of a bank by itself, so that an item is known again after its neighbours have changed."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.source.nodes import Start

_SIZE = 16  # bytes of a key
_OUTER = re.compile(r"\n[^\s#-]|\n---|\n\.\.\.")  # a key of the bank itself, or the end of the document


def keys(text: str, starts: Sequence[Start]) -> list[bytes]:
    """A key for each item of a bank: items with one key are the same item, were they in any other place of the bank.

    An item means what its own lines say, and what stands before the first item. So the key is a hash of these two.
    Where a bank is not laid out so that each item has lines of its own, a key stands for the whole text and the place of
    the item in it. `starts` are the places of the items (see `nodes.Parsed`); where there are none, there is no key.
    """
    begins = [text.rfind("\n", 0, start) + 1 for start in starts]
    if not begins:
        return []
    ends = [*begins[1:], len(text)]
    parts = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    is_alone = all(
        begin < end and text[begin:start].strip() == "-" for begin, start, end in zip(begins, starts, ends, strict=True)
    )
    head = blake2b(text[: begins[0]].encode("utf-8", "surrogatepass"), digest_size=_SIZE)
    if not is_alone or _OUTER.search(parts[-1]):
        head.update(text.encode("utf-8", "surrogatepass"))
        parts = [str(number) for number in range(len(parts))]
    found = []
    for part in parts:
        one = head.copy()
        one.update(b"\0" + part.encode("utf-8", "surrogatepass"))
        found.append(one.digest())
    return found
