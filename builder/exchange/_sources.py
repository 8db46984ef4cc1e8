"""Where the answer to an item is found, as HTML below its explanation: places in the sources, and works."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from builder.exchange._html import Html
    from builder.model import Course, Item

CLASS = "sources"  # of the list, by which it is known when it comes back


def teller(course: Course, items: Sequence[Item]) -> Callable[[Html, Item], str]:
    """A function that writes the sources of an item; nothing where it has none."""
    keys = dict.fromkeys(key for item in items for key in item.cites)
    works = {}
    if keys:
        from builder import citations

        works = citations.bibliography(course, keys, apart=False)
    words = course.words

    def tell(html: Html, item: Item) -> str:
        places = [escape(course.places[name].said(words["paragraph"], words["entry"])) for name in item.locator]
        cited = [html.line(works[key]) for key in item.cites if key in works]
        entries = "".join(f"<li>{entry}</li>" for entry in [*places, *cited])
        return f'<ul class="{CLASS}">{entries}</ul>' if entries else ""

    return tell
