r"""GIFT: Moodle's text format for questions, out and in.

Kept, out and back: basic and reversed (two questions), cloze with one gap, mcq with reasons and grades, truefalse with
its correction as feedback for the wrong verdict, matching with distractors, numeric with its tolerances; explanations
with their sources as general feedback, theme as category, id and tags in the comment above a question. Formulas are
`\(...\)`, markup is HTML.

Lost, and named at each export: orderings, clozes with several gaps, in a formula or with a word bank, which are left
out; marks, since each question counts 1; pictures and recordings, of which the words stay; what graders need of short
and essay, whose questions go; units and figures; pins; and markup where only words can stand. Left out too are typed
answers with `->`, which Moodle takes for a pair, or with a weight or a format in front.

Coming in: `=%50%` and the like as in Moodle XML; comments, categories, `[html]`, `[markdown]` and `[plain]` texts are
read. A blank line ends a question, also inside its braces: Moodle reads it so too, and what is left over is listed.

A second import in Moodle adds every question again. A second import from GIFT is a merge; without an id in a comment,
the title of a question is what its id is made from.

Tried with Moodle 4.5.6 (build 20250811) and gift-pegjs 1.0.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostic
from builder.disk.reader import decode
from builder.exchange._frame import BrokenSourceError, Losses, Read, Written
from builder.exchange.gift import _into, _outof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Course, Item

_LOOKS = re.compile(rb"(?m)^\s*(?:::[^:\n]+::|\$CATEGORY:)|^[^\n]*(?<!\\)\{(?:[TF]\}|TRUE|FALSE|#|\s*[=~])")


def write(course: Course, items: Sequence[Item]) -> Written:
    """The items as one text file."""
    losses = Losses(course)
    return Written({f"{course.id}.gift": _outof.document(course, items, losses).encode()}, losses.found)


def read(name: str, data: bytes) -> Read:
    """The questions of a text file."""
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        raise BrokenSourceError(text.span, text.message, text.help)
    return _into.Reader(name, text).done()


def looks_like(name: str, data: bytes) -> bool:
    """Whether it says so, or has titles, categories or answers in braces as GIFT has."""
    head = data[:20_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return name.lower().endswith(".gift") or (
        head[:1] not in {b"<", b"{"} and b"\0" not in head and bool(_LOOKS.search(head))
    )
