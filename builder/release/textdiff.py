"""Texts of two releases, compared word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal, NamedTuple

_WORDS = re.compile(r"\s+|[^\s]+")
_CUTS = frozenset({"li", "td", "th", "tr", "p", "div", "br", "img"})


class Step(NamedTuple):
    """A run of text that both releases have (`same`), or only the old (`gone`) or the new one (`new`)."""

    what: Literal["same", "gone", "new"]
    text: str


class _Reader(HTMLParser):
    """Collects the text of a field's HTML in parts, such as entries of a list and cells of a table.

    A picture is read as its file's name and its words, since a new picture has a new name.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CUTS:
            self.parts.append("")
        given = dict(attrs)
        if tag == "img":
            self.parts[-1] += f"[{given.get('src')}: {given.get('alt')}]"
        if tag == "li" and given.get("class") in {"right", "wrong"}:
            self.parts[-1] += f"({given['class']}) "

    def handle_data(self, data: str) -> None:
        self.parts[-1] += data


def readable(html: str) -> str:
    """A field's HTML as one line of text, its list entries and cells set apart by ` | `."""
    if "<" not in html and "&" not in html:
        return html
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " | ".join(" ".join(part.split()) for part in reader.parts if part.strip())


def steps(before: str, after: str) -> tuple[Step, ...]:
    """The steps from one text to the other, in whole words.

    From "a red cat" to "a blue cat": `a ` stays the same, `red` is gone, `blue` is new, ` cat` stays.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    out: list[Step] = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b] == new[c:d]:
            out.append(Step("same", "".join(old[a:b])))
            continue
        out += [Step("gone", "".join(old[a:b]))] if a < b else []
        out += [Step("new", "".join(new[c:d]))] if c < d else []
    return tuple(out)
