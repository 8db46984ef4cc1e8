"""Aiken: multiple choice as plain text, out and in.

Kept, out and back: the prompt, the options and the right one of an mcq with a single right option.

Lost, and named at each export: items of any other kind, which are left out, and questions that begin as an option does
(`U.S. law`); and of a choice its id, reasons, explanation, theme and whatever else it has, markup, formulas and pictures.

Coming in: options `A.`, `A)` or `a)`, as many as there are letters, and `ANSWER: C`, in whatever case. A question may
stand on several lines above its options; numbers before the questions go where they count all of them from 1. A
question with several letters behind `ANSWER:` is left out, since Moodle would take the first of them; so is one without
its answer among the options.

A second import in Moodle adds every question again. A second import from Aiken is a merge by the text of the
question: one whose text changed is a new one.

Tried with Moodle 4.5.6 (build 20250811).
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from builder.diagnostics import Diagnostic, Span
from builder.disk.reader import decode
from builder.exchange._frame import BrokenSourceError, Entry, Losses, Read, Written
from builder.exchange._rich import plain, typed
from builder.model import Mcq
from builder.model.fields import LETTERS
from builder.text import markup
from builder.text.tree import Run, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from builder.model import Course, Item

_OPTION = re.compile(r"([A-Z](?=[.)])|[a-z](?=[.)]\s))[.)]\s*(\S.*)")
_STARTS = re.compile(r"[Aa][.)]\s")
_ACTS = re.compile(r"[A-Za-z][.)]|[\x00-\x7f]\Z")  # "U.S. law" is option U for Moodle, which reads no line of one byte
_ANSWER = re.compile(r"ANSWER ?:\s*(.*)", re.IGNORECASE)
_LOOKS = re.compile(rb"(?m)^ANSWER ?:\s*[A-Za-z]\b")
_NUMBER = re.compile(r"(\d{1,4})[.)]\s+(?=\S)")
# What an item says beside its text, its options and which of them is right.
_KEPT = {"id", "kind", "prompt", "options"}


def write(course: Course, items: Sequence[Item]) -> Written:
    """The choices among the items as one text file."""
    losses = Losses(course)
    made = "".join(_question(item, losses) for item in items)
    return Written({f"{course.id}-aiken.txt": made.encode()}, losses.found)


def _question(item: Item, losses: Losses) -> str:
    if not isinstance(item, Mcq) or item.multiple:
        losses.add(item, (), "left out: Aiken has choices of a single right option alone")
        return ""
    prompt = _words(item, losses, ("prompt",), item.prompt)
    if _ACTS.match(prompt) or _ANSWER.match(prompt):
        losses.add(item, (), "left out: its text begins as an option of Aiken does, or is a single sign")
        return ""
    losses.add(item, ("id",), "the id has no place in Aiken: it is made anew from the text")
    for key in item.model_fields_set - _KEPT:
        if getattr(item, key) not in (None, "", (), False, {}):
            losses.add(item, (key,), f"'{key}' has no place in Aiken")
    options, right = [], ""
    for place, option in enumerate(item.options):
        keys = ("options", place, "right" if option.is_right else "wrong")
        for key in ("why", "pin"):
            if getattr(option, key):
                losses.add(item, ("options", place, key), f"'{key}' has no place in Aiken")
        options.append(f"{LETTERS[place]}. {_words(item, losses, keys, option.text)}\n")
        right = LETTERS[place] if option.is_right else right
    return f"{prompt}\n{''.join(options)}ANSWER: {right}\n\n"


def _words(item: Item, losses: Losses, keys: tuple[str | int, ...], text: str) -> str:
    """The words of a text on one line."""
    nodes = [node for line in lines(markup.parse(text, math=item.math)) for node in line]
    if any(not isinstance(node, Run) or node != Run(node.text) for node in nodes) or "\n" in text.strip():
        losses.add(item, keys, "Aiken takes words alone: markup, formulas and pictures are lost")
    return " ".join(markup.plain(text, math=item.math).split())


def read(name: str, data: bytes) -> Read:
    """The questions of a text file."""
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        raise BrokenSourceError(text.span, text.message, text.help)
    found = Read()
    blocks = list(_blocks(text))
    numbers = [_NUMBER.match(block[0][1]) for block in blocks]
    if len(blocks) > 1 and [int(it[1]) if it else 0 for it in numbers] == list(range(1, len(blocks) + 1)):
        blocks = [[(block[0][0], _NUMBER.sub("", block[0][1], count=1)), *block[1:]] for block in blocks]
    for block in blocks:
        _take(found, name, block)
    return found


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """The lines of each question, with their numbers: `ANSWER:` ends it, with or without a blank line."""
    block: list[tuple[int, str]] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = " ".join(raw.split())
        if line:
            block.append((number, line))
        if _ANSWER.match(line):
            yield block
            block = []
    if block:
        yield block


def _take(found: Read, name: str, block: list[tuple[int, str]]) -> None:
    span = Span(name, block[0][0])
    more = takewhile(lambda it: not _OPTION.match(it[1]) and not _ANSWER.match(it[1]), block[1:])
    # What stands first is the question, though it may begin as "U.S. law" does.
    asked = [] if _STARTS.match(block[0][1]) or _ANSWER.match(block[0][1]) else [line for _, line in (block[0], *more)]
    below = [_OPTION.match(line) for _, line in block[len(asked) :] if not _ANSWER.match(line)]
    options = {match[1].upper(): match[2] for match in below if match}
    answer = _ANSWER.match(block[-1][1])
    letter = answer[1].strip().upper() if answer else ""
    if not asked or len(options) < 2 or list(options) != list(LETTERS[: len(below)]):  # noqa: PLR2004 - a choice
        found.refused(span, "options from A on, each on one line, stand below a question", "join their lines")
    elif letter not in options:
        found.refused(
            span, f"'ANSWER: {letter}' names no single option of it", "a choice of several does not go with Aiken"
        )
    else:
        listed: list[dict[str, Any]] = [
            {"right" if key == letter else "wrong": plain(text)} for key, text in options.items()
        ]
        value = typed({"kind": "mcq", "prompt": plain(" ".join(asked)), "options": listed})
        found.entries.append(Entry(value, asked[0][:80], span))


def looks_like(_name: str, data: bytes) -> bool:
    """Whether it has lines `ANSWER: X`."""
    return bool(_LOOKS.search(data[:50_000])) and data.lstrip()[:1] != b"<"
