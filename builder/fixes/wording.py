"""Fixes in the text of an item: straight quotation marks, and the form of citations.

A fix is a set of changes: `{4: "'"}` puts an apostrophe in place of the character of number 4, counted from 0.

Each fix is proved, and made only if the proof holds. Two texts are compared:
the text that is first mended and then read as Markdown, and the text that is
first read and then mended. They must be equal. They are not if, for example, a
quotation mark is part of a web address, or a full stop would be doubled behind
an emphasis.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from builder.text import cloze, markup
from builder.text.brackets import Brackets
from builder.text.quotes import unquoted
from builder.text.tree import Run, lines, mapped

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from builder.text.tree import Inline

Changes = dict[int, str]

_STRAIGHT = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
CURLY = re.compile("[\u2018\u2019\u201c\u201d]")
_LOW = re.compile("[\u201a\u201e]")  # „German” and other marks that open below: straight ones would unpair them

_ET_AL = re.compile(r"\bet\b(?P<first>\.?)\s+al\b(?P<last>\.?)")
_NAME = r"[^\W\d_a-z][\w'\u2019-]*"
_PAIR = re.compile(
    rf"(?:(?P<before>\w+) )?(?P<one>{_NAME}),? (?P<and>&) (?P<other>{_NAME})(?P<year>(?:['\u2019]s)?,? \(?\d{{4}})?"
)


def changed(text: str, changes: Mapping[int, str]) -> str:
    """The text with its changes."""
    return "".join(changes.get(i, c) for i, c in enumerate(text))


def straight_quotes(text: str, *, math: bool) -> Changes:
    """The changes that make typographic apostrophes and quotation marks straight.

    There are none if such a mark stands in code or maths, or if the text opens quotations below the line („).
    """
    changes = {found.start(): _STRAIGHT[found[0]] for found in CURLY.finditer(text)}
    if not changes or _LOW.search(text):
        return {}
    old, new = markup.parse(text, math=math), markup.parse(changed(text, changes), math=math)
    if any(_is_exact(node) and CURLY.search(node.text) for line in lines(old) for node in line):
        return {}
    return changes if new == mapped(old, lambda line: tuple(map(_straightened, line))) else {}


def _is_exact(node: Inline) -> TypeGuard[Run]:
    """Whether each sign of a piece counts, as in a program."""
    return isinstance(node, Run) and (node.code or node.math)


def _straightened(node: Inline) -> Inline:
    return node._replace(text=_straight(node.text)) if isinstance(node, Run) else node


def _straight(text: str) -> str:
    return CURLY.sub(lambda found: _STRAIGHT[found[0]], text)


def citation_form(text: str, authors: Container[str]) -> Changes:
    """The changes that write `et al.` with one full stop, and "and" between authors outside brackets.

    Text in quotation marks stays. `authors` are the words of the names in the
    references. "A & B" with other words counts as two authors only if a year
    follows, and no capitalised word goes before. For example, in "New Media &
    Society (2011)" the word "New" shows that this is a title.
    """
    changes = _citation_form(text, authors)
    read = _read(text)
    return changes if _read(changed(text, changes)) == changed(read, _citation_form(read, authors)) else {}


def _read(text: str) -> str:
    return markup.plain(cloze.filled(text))


def _citation_form(text: str, authors: Container[str]) -> Changes:
    """The changes of `citation_form` before they are proved."""
    said = unquoted(text)
    changes: Changes = {}
    for found in _ET_AL.finditer(said):
        if found["first"]:
            changes[found.start("first")] = ""
        if not found["last"]:
            changes[found.end() - 1] = "l."
    brackets = Brackets(said)
    for found in _PAIR.finditer(said):
        known = found["one"] in authors and found["other"] in authors
        titled = (found["before"] or "")[:1].isupper()
        if not brackets.are_open(found.start("and")) and (known or (found["year"] and not titled)):
            changes[found.start("and")] = "and"
    return changes


def name_words(names: Iterable[Mapping[str, str]]) -> set[str]:
    """The words of all family names: `Van` and `Breda` of "Van Breda"."""
    return {word for name in names for word in str(name.get("family") or "").split()}
