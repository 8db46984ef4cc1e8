"""The texts of a new course in its language: a file each in `files/languages`, and English where there is none.

Such a file says the keys of samples that hold words, laid out as in a bank, so that they are put into the English
samples as they stand: comments between keys stay, and so does all that is the same in every language.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from builder import wording
from builder.source import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

_KIND = re.compile(r"^  (\w+):\n((?:    .*\n)+)", re.MULTILINE)
# A key of an item with all that stands below it, as deep as in a bank; and in a sample, which stands at the left margin.
_OWN = re.compile(r"^    (\w+):.*\n(?:     .*\n)*", re.MULTILINE)
_KEY = re.compile(r"^  (\w+):.*\n(?:   .*\n)*", re.MULTILINE)


class _Table(NamedTuple):
    """What is said besides items, by what it is for; and keys of samples as text at the left margin, by kind and key."""

    said: Mapping[str, str]
    items: Mapping[str, Mapping[str, str]]


def said(language: str) -> Mapping[str, str]:
    """What the files of a new course say besides its items: titles, and the labels of the picture."""
    return _table(wording.known(language) or "en").said


def has_own(language: str) -> bool:
    """Whether the language has samples other than the English ones."""
    return bool(_table(wording.known(language) or "en").items)


def item(kind: str, language: str) -> str:
    """The sample of a kind of item, with its comments, as an entry at the left margin."""
    own = _table(wording.known(language) or "en").items.get(kind, {})
    return _KEY.sub(lambda found: own.get(found[1], found[0]), file(f"items/{kind}.yaml"))


def file(name: str) -> str:
    """The text of one of the files to begin from."""
    return (files("builder.starting") / "files" / name).read_text("utf-8")


@cache
def _table(language: str) -> _Table:
    text = file(f"languages/{language}.yaml")
    head, _, items = text.partition("items:\n")
    value = nodes.values(language, head).value
    assert isinstance(value, dict), language  # noqa: S101 - the files are ours
    own = {kind: {key[1]: _moved(key[0]) for key in _OWN.finditer(keys)} for kind, keys in _KIND.findall(items)}
    return _Table({key: str(each) for key, each in value.items()}, own)


def _moved(text: str) -> str:
    """Lines of a bank with two spaces less before each, as they stand in a sample."""
    return "".join(line.removeprefix("  ") for line in text.splitlines(keepends=True))
