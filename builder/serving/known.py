"""What the course knows at a place: the names that may stand there, and what each of them is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from builder.disk import media
from builder.serving.cursor import ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from builder.model import Course, Item
    from builder.serving.cursor import Way

_IDS = ("enemies", "fixed", "excluded")
_USED = ("tags", "group", "contrast", "basis")
_MOST_FILES = 500  # pictures that are proposed


def key_of(way: Way) -> str:
    """The key that a place belongs to: `cites` for an entry of `cites: [...]`."""
    return next((step for step in reversed(way) if step != ENTRY), "")


def names(course: Course, way: Way, role: str) -> dict[str, str]:
    """The names of the course that may stand at the end of a way, each with what it is in a few words."""
    key = key_of(way)
    match key:
        case "theme" | "theory":
            return dict(course.themes if key == "theme" else course.theories)
        case "cites":
            return {name: work(entry) for name, entry in course.references.items()}
        case "locator" | "ref" if key == "locator" or role == "outline":
            if key == "ref":
                return {name: work(entry) for name, entry in course.references.items()}
            return {name: place.paragraph.gist for name, place in course.places.items()}
        case "enemies" | "fixed" | "excluded" | "id" if key in _IDS or role == "translation":
            return {item.id: told(item) for item in course.items}
        case "disjoint":
            return {name: blueprint.title for name, blueprint in course.blueprints.items()}
        case "passage":
            return {passage.id: passage.title or "" for passage, _ in course.passages}
        case "tags" | "group" | "contrast" | "basis":
            return _used(course.active, key)
        case "file":
            return files(course)
        case _:
            return {}


def codes(way: Way) -> dict[str, str]:
    """The codes of rules that may be keys at the end of a way, with what each finds: in `allow:` and `severity:`."""
    if key_of(way) not in {"allow", "severity"}:
        return {}
    from builder.rules import all_pages

    return {page.code: page.summary for page in all_pages()}


def work(entry: Mapping[str, Any]) -> str:
    """A work in a few words: authors, year and title."""
    authors = [str(name.get("family") or name.get("literal") or "") for name in entry.get("author", ())]
    said = " et al." if len(authors) > 2 else ""  # noqa: PLR2004 - two are named
    date = entry.get("issued")
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    year = f" ({parts[0][0]})" if parts and parts[0] else ""
    return f"{' and '.join(authors[: 1 if said else 2])}{said}{year}: {entry.get('title', '')}".lstrip(": ")


def told(item: Item) -> str:
    """An item in a few words: its kind and its prompt."""
    return f"{item.kind}: {' '.join(item.prompt.split())}"


def _used(items: Iterable[Item], key: str) -> dict[str, str]:
    """The values that items have for a key, the most frequent first, with their number."""
    from collections import Counter

    found: Counter[str] = Counter()
    for item in items:
        value = getattr(item, key)
        found.update(value if isinstance(value, tuple) else [value] if value else [])
    return {name: f"in {number} {'item' if number == 1 else 'items'}" for name, number in found.most_common()}


def files(course: Course) -> dict[str, str]:
    """The pictures and recordings below the course's folder."""
    root = os.path.dirname(course.path)
    found: dict[str, str] = {}
    for folder, inside, files in os.walk(root):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(files):
            if media.kind(name) and len(found) < _MOST_FILES:
                path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
                found[path] = media.kind(name) or ""
    return found
