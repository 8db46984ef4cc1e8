r"""What stands in a line of HTML: words and formulas, with white space as a browser shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.text.tree import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.text.tree import Inline

_FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def words(text: str, style: Run) -> Iterator[Inline]:
    """Text in a style, with the formulas in it; in code there is none."""
    end = 0
    for found in _FORMULA.finditer(text) if not style.code and ("\\" in text or "$$" in text) else ():
        tex = (found[1] or found[2] or found[3]).strip()
        if tex:
            yield from _spaced(text[end : found.start()], style)
            yield style._replace(text=tex, math=True, display=not found[1], href="", lang="")
            end = found.end()
    yield from _spaced(text[end:], style)


def _spaced(text: str, style: Run) -> Iterator[Run]:
    text = _SPACE.sub(" ", text).replace("\u00a0", " ")
    if not text:
        return
    core = text.strip(" ")
    if core == text or not (style.em or style.strong or style.strike or style.sub or style.sup):
        yield style._replace(text=text)
        return
    # Emphasis has no space at its inner sides, so that it goes outside.
    head, tail = (text[: text.index(core)], text[len(text.rstrip(" ")) :]) if core else (text, "")
    yield from (run for run in (Run(head), style._replace(text=core), Run(tail)) if run.text)


def tidy(line: list[Inline]) -> tuple[Inline, ...]:
    """A line without space at its ends and beside breaks; neighbours in one style are one run."""
    made: list[Inline] = []
    for node in line:
        last = made[-1] if made else None
        if isinstance(node, Run) and not (node.math or node.break_ or node.code) and _is_edge(last):
            node = node._replace(text=node.text.lstrip(" "))  # noqa: PLW2901 - the rest of it
            if not node.text:
                continue
        if _is_edge(node):
            _trim(made)
            if not made:
                continue
        last = made[-1] if made else None
        if isinstance(node, Run) and isinstance(last, Run) and _are_alike(last, node):
            made[-1] = last._replace(text=last.text + node.text)
        else:
            made.append(node)
    while made and _is_edge(made[-1]):
        made.pop()
        _trim(made)
    _trim(made)
    return tuple(made)


def _trim(line: list[Inline]) -> None:
    """Take space away from the end."""
    while line and isinstance(last := line[-1], Run) and not (last.math or last.break_ or last.code):
        line[-1] = last._replace(text=last.text.rstrip(" "))
        if line[-1].text:  # type: ignore[union-attr]
            return
        line.pop()


def _is_edge(node: Inline | None) -> bool:
    return node is None or (isinstance(node, Run) and node.break_)


def _are_alike(one: Run, other: Run) -> bool:
    return one._replace(text="") == other._replace(text="") and not one.math and not one.break_


def broken(line: list[Inline]) -> Iterator[list[Inline]]:
    """The lines between breaks."""
    part: list[Inline] = []
    for node in line:
        if isinstance(node, Run) and node.break_:
            yield part
            part = []
        else:
            part.append(node)
    yield part
