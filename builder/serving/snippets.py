"""A whole item to write over, as a snippet: the sample of its kind with a place to stop at each value."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from builder.starting import sample

if TYPE_CHECKING:
    from collections.abc import Container

_COMMENT = re.compile(r"(?:^| +)#(?: .*)?$")
_FOLDED = re.compile(r">-\n( +)(.*(?:\n\1.*)*)")
_VALUE = re.compile(r"(?P<head> *(?:- )*(?:[\w ]+: +)?)(?P<value>\S.*)")
_LEFT_OUT = ("cites:", "bloom:", "difficulty:")  # what the sample is about, and the item is not
_ESCAPED = re.compile(r"[\\$}]")


def snippet(kind: str, taken: Container[str]) -> str:
    """The text of an item of a kind behind its dash, in the syntax of the protocol's snippets; its id is none of `taken`."""
    bare = "\n".join(filter(None, (_COMMENT.sub("", line) for line in sample(kind).splitlines())))
    text = _FOLDED.sub(lambda found: f">-\n{found[1]}{' '.join(found[2].split())}", bare)
    name = next(name for n in count(1) if (name := f"{kind}-{n}") not in taken)
    numbers = count(1)
    made: list[str] = []
    for line in text.split("\n"):
        found = _VALUE.fullmatch(line)
        head, value = (found["head"], found["value"]) if found else (line, "")
        if line.strip().startswith(_LEFT_OUT):
            continue
        if head.strip() == "kind:" or value == ">-" or not value or (not head.strip() and value.endswith(":")):
            made.append(line)
            continue
        value = name if head.strip() == "- id:" else value
        made.append(f"{head}${{{next(numbers)}:{_escaped(value)}}}")
    return "\n".join(made).removeprefix("- ")


def _escaped(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", text)
