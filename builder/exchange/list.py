"""Lists of questions as plain text or Markdown, as people type them, and text2qti's, in.

    1. Which city is the capital of Italy?
    a) Paris
    *b) Rome
    ... It has been since 1871.

Kept: numbers begin questions, letters (`a)`, `B.`, `(c)`) or boxes (`- [x]`, `[*]`, `(x)`) options. The right option is
known by a star before or behind it, a tick in its box, a sign that is filled where those of other options are empty
(`●` and `○`, `■` and `□`), bold letters, a line `Answer: B` or, behind a heading such as
*Answer key*, by a list `1. B 2. C`. `Explanation:` or `...` tells why: below an option of it, else of the question. A
question without options has its answer in the line `Answer:`, or as text2qti writes it: `*` and a text, `=` and a number
(`= 3.5 +- 0.1`), `____` for an answer in sentences. Text is Markdown, with formulas between dollars.

A sign before all options is a bullet and says nothing; signs that may mean two things leave their question out.
Lines with one bullet above options with letters, or above an answer that is none of them, are a list in the question.

Lost, and named: text between questions, titles and settings, feedback for every right or wrong answer. Left out:
questions of which nothing says what is right, uploads, and blocks of code that text2qti would run: nothing is run.
What earns marks in an answer in sentences is to be written by hand: the item is then a draft.

A second import is a merge by the text of the question: one whose text changed is a new one.

The form is that of text2qti's documentation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic
from builder.disk.reader import decode
from builder.exchange import _listed
from builder.exchange._frame import BrokenSourceError
from builder.exchange._listed import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.exchange._frame import Read
    from builder.exchange._listed import Line

_FENCE = re.compile(r"\s{0,3}(```+|~~~+)(.*)")
_RUNS = re.compile(r"\{[^}]*\.run\b")
# What Markdown on the web folds an answer away with.
_FOLD = re.compile(r"<(/?)details\b[^>]*>|<summary>.*?</summary>", re.IGNORECASE)
_LOOKS_QUESTION = re.compile(r"(?m)^[ #*]*(?:(?:question|frage|pregunta|q) ?)?\d{1,4}[.):]\**\s+\S", re.IGNORECASE)
_LOOKS_OPTION = re.compile(r"(?m)^[ \t]*(?:[-*+][ \t]+)?(?:\*?\(?[a-eA-E][.)]|\[[ xX*]?\]|\([ xX*]\))\s+\S")


def read(name: str, data: bytes) -> Read:
    """The questions of a text."""
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        raise BrokenSourceError(text.span, text.message, text.help)
    return _listed.taken(name, _lines(text))


def _lines(text: str) -> Iterator[Line]:
    """What each line is; what stands in a block of code or a comment is not looked at."""
    reader = marks.Reader()
    fence, is_comment, is_folded = "", False, False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip().expandtabs(4)
        if not fence and (folds := [fold for fold in _FOLD.finditer(line) if fold[1] is not None]):
            is_folded = not folds[-1][1]
        line = line if fence else _FOLD.sub("", line)
        found = _FENCE.match(line)
        if line.startswith(("COMMENT", "END_COMMENT")):
            is_comment = line.startswith("COMMENT")
        elif fence:
            yield reader.text(number, line)
            fence = "" if found and found[1].startswith(fence) and not found[2].strip() else fence
        elif found:
            fence = found[1]
            runs = _RUNS.search(found[2])
            yield reader.other(number, "a program that text2qti would run") if runs else reader.text(number, line)
        elif not is_comment and not line.startswith("%"):
            # What is folded away belongs to the question above it, empty lines or not.
            yield from (it._replace(is_far=it.is_far and not is_folded) for it in reader.lines(number, line))


def looks_like(name: str, data: bytes) -> bool:
    """Whether it is a text with questions and options, each behind a number, a letter or a box."""
    text = data[:50_000].decode("utf-8", "replace")
    named = name.lower().endswith((".txt", ".md", ".markdown", ".text"))
    return named and bool(_LOOKS_QUESTION.search(text)) and bool(_LOOKS_OPTION.search(text))
