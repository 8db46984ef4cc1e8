"""Ids of items that come from elsewhere: made of what the source calls them, so that a later import finds them again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from builder.model.fields import SLUG

if TYPE_CHECKING:
    from builder.exchange._frame import Read

_LONGEST = 60
_SLUG = re.compile(SLUG)
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_MOST = 80  # characters of an id


def slug(text: str) -> str:
    """The text as a slug: `Éric's 2nd question` is `eric-s-2nd-question`, and one without Latin letters a hash."""
    text = text.strip()
    if len(text) <= _MOST and _SLUG.match(text):
        return text
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = _NO_SLUG.sub("-", plain).strip("-")
    made = made[:_LONGEST].strip("-")
    return made or f"q-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def identified(read: Read) -> list[dict[str, Any]]:
    """The entries with their ids; of several that would have one id, the second gets `-2`, the third `-3`."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    made = []
    for entry in read.entries:
        base = slug(entry.wish)
        found, number = base, last.get(base, 1)
        while found in taken:
            number += 1
            found = f"{base[: _MOST - 8]}-{number}"
        last[base] = number
        taken.add(found)
        made.append({"id": found, **entry.value})
    return made
