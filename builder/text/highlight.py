"""Programs cut into keywords, strings, comments, numbers and names, by Pygments.

There are five classes, and no colours: each output shows the classes in its own way, also in black and white.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from builder.text.tree import Code, Listing, Quote, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.text.tree import Block, Text

N = TypeVar("N")
_MOST = 10_000  # signs of a program: the time of some lexers grows with the square of its length
_OTHER = "\ufdd2"  # a noncharacter, which no file of a course may hold


def highlighted(text: Text[N | Run]) -> Text[N | Run]:
    """The text with all its programs cut into tokens, also those in lists and quotes."""
    return tuple(map(_highlighted, text))


def _highlighted(block: Block[N | Run]) -> Block[N | Run]:
    match block:
        case Code():
            return Code(coloured(block), block.language)
        case Listing(items, start):
            return Listing(tuple(map(highlighted, items)), start)
        case Quote(blocks):
            return Quote(highlighted(blocks))
        case _:
            return block


def coloured(code: Code[N]) -> tuple[N | Run, ...]:
    """The nodes of a program, in which runs are cut where the class of the tokens changes.

    A node that is no run, such as a blank, stays whole, and counts as one sign
    of the program. Nothing is cut if the program names no language, or one that
    Pygments does not know, or has more than ten thousand signs.
    """
    whole = "".join(node.text if isinstance(node, Run) else _OTHER for node in code.runs) if code.language else ""
    if not 0 < len(whole) <= _MOST:
        return code.runs
    classes = _classes(whole, code.language.casefold())
    return tuple(_cut(code.runs, classes)) if classes else code.runs


def _cut(nodes: tuple[N, ...], classes: tuple[str, ...]) -> Iterator[N | Run]:
    """The nodes, with each run cut where the class of its signs changes; `classes` has the class of each sign."""
    start = 0
    for node in nodes:
        if not isinstance(node, Run):
            yield node
            start += 1
            continue
        named = zip(node.text, classes[start : start + len(node.text)], strict=True)
        for token, signs in groupby(named, key=lambda pair: pair[1]):
            yield node._replace(text="".join(sign for sign, _ in signs), token=token)
        start += len(node.text)


@lru_cache(maxsize=1024)
def _classes(program: str, language: str) -> tuple[str, ...]:
    """The class of each sign of a program; empty if Pygments does not know the language."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return ()
    classes = [""] * len(program)
    for start, token, text in lexer.get_tokens_unprocessed(program):
        classes[start : start + len(text)] = [_class(token)] * len(text)
    return tuple(classes)


def _class(token: tuple[str, ...]) -> str:
    """The class of a token by its names, from the widest to the narrowest: `("Literal", "String", "Doc")` is a string."""
    match token:
        case ("Comment", *_):
            return "comment"
        case ("Keyword", *_) | ("Operator", "Word"):
            return "keyword"
        case ("Literal", "String", *_):
            return "string"
        case ("Literal", "Number", *_):
            return "number"
        case ("Name", "Function" | "Class" | "Tag", *_):
            return "name"
        case _:
            return ""
