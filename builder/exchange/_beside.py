"""The picture and the recording that an item shows beside its text, as HTML below the question, and back."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from builder.exchange._markup import from_html
from builder.text.tree import Picture, Sound, lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.exchange._html import Html
    from builder.model import Item

_CLASSES = {"image": "item-image", "audio": "item-audio"}  # by which they are known when they come back
_BESIDE = {key: re.compile(rf'<p class="{name}">(.*?)</p>\s*', re.DOTALL) for key, name in _CLASSES.items()}
_TO_DO = "(to be written)"


def written(html: Html, item: Item) -> str:
    """The picture and the recording of an item, each in a paragraph."""
    made = ""
    if item.image:
        source = html.file(item.image.file)
        made += f'<p class="{_CLASSES["image"]}"><img src="{source}" alt="{escape(item.image.alt)}" /></p>'
    if item.audio:
        made += f'<p class="{_CLASSES["audio"]}">{html.sound(item.audio.file, item.audio.transcript)}</p>'
    return made


def parted(html: str, file: Callable[[str], str | None]) -> tuple[str, dict[str, Any]]:
    """The HTML of a question without what stands beside it, and that as the keys of an item."""
    beside: dict[str, Any] = {}
    for key, pattern in _BESIDE.items():
        found = pattern.search(html) if _CLASSES[key] in html else None
        nodes = [node for line in lines(from_html(found[1], file).text) for node in line] if found else []
        for node in nodes:
            if isinstance(node, Picture) and key == "image":
                beside[key] = {"file": node.file, "alt": node.alt}
            if isinstance(node, Sound) and key == "audio":
                beside[key] = {"file": node.file, "transcript": node.transcript or _TO_DO}
        html = pattern.sub("", html, count=1) if key in beside else html
    return html, beside
