"""What Moodle has no field for, as tags: `her::bloom::apply`, and an author's own tag as `her::tag::grief`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from builder.exchange._ids import slug
from builder.model.fields import CITE_KEY, SLUG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from builder.model import Course, Item

_LONGEST = 255  # Moodle cuts a longer tag without a word
_SINGLE = ("theme", "theory", "bloom", "difficulty", "basis", "group", "contrast", "use", "status", "origin")
_LISTS = ("locator", "cites", "enemies")
_FORM = re.compile(r"[^:]+::([a-z]+)::(.+)", re.DOTALL)
_VALUES = dict.fromkeys((*_SINGLE, *_LISTS), re.compile(SLUG)) | {
    "bloom": re.compile("remember|understand|apply|analyze|evaluate|create"),
    "difficulty": re.compile("[123]"),
    "use": re.compile("deck|exam|both"),
    "status": re.compile("draft|review"),
    "origin": re.compile("author|generated"),
    "locator": re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*"),
    "cites": re.compile(CITE_KEY),
}


def written(course: Course, item: Item) -> Iterator[tuple[str, str]]:
    """The key of the item and the tag that holds its value, for each; and its kind."""
    yield "kind", f"{course.id}::kind::{item.kind}"
    for key in _SINGLE:
        value = getattr(item, key)
        if value is not None and (key, value) not in {("use", "both"), ("status", "approved")}:
            yield key, f"{course.id}::{key}::{value}"
    for key in _LISTS:
        yield from ((key, f"{course.id}::{key}::{value}") for value in getattr(item, key))
    yield from (("tags", f"{course.id}::tag::{tag}") for tag in item.tags)


def is_kept(tag: str) -> bool:
    """Whether Moodle keeps a tag whole."""
    return len(tag) <= _LONGEST


def read(tags: Iterable[str]) -> tuple[dict[str, Any], str]:
    """The keys of an item that tags hold, and its kind where one says it; any other tag is one of the item's own."""
    keys: dict[str, Any] = {}
    own: list[str] = []
    kind = ""
    for tag in tags:
        key, value = _parted(tag)
        if key == "kind":
            kind = value
        elif key in _LISTS:
            keys.setdefault(key, []).append(value)
        elif key:
            keys[key] = value
        elif value:
            own.append(value)
    return keys | ({"tags": list(dict.fromkeys(own))} if own else {}), kind


@lru_cache(maxsize=4096)
def _parted(tag: str) -> tuple[str, str]:
    """The key of an item that a tag is for, and its value; without a key, the tag as an item's own has it."""
    found = _FORM.fullmatch(tag)
    key, value = found.groups() if found else ("", "")
    if key == "kind" or (key in _VALUES and _VALUES[key].fullmatch(value)):
        return key, value
    return "", slug(value if key == "tag" else tag)
