r"""Moodle XML: a question bank of Moodle, out and in.

Kept, out and back: all ten kinds but for what is named below; formulas, pictures and recordings, which travel inside
the file; explanations with their sources as general feedback, reasons of options as theirs; theme as category; id as
ID number; theory, bloom, difficulty, basis, locator, cites, tags, group, contrast, enemies, use, status and origin as
tags, `her::bloom::apply`.

What becomes of each kind: basic is a short answer, reversed two of them (`.a` and `.b`), cloze an embedded answers
question, one with a word bank drag and drop into text, mcq multiple choice, ordering the ordering of Moodle 4.5, short
and essay an essay with what earns marks as information for graders. Several right options share 100 %, and wrong ones
cost as much as they must for "tick everything" to earn nothing, by the grades that Moodle knows.

Lost, and named at each export: pins (the options are then not shuffled at all), rules of scoring that Moodle lacks,
numbers of blanks and their hints (which stand in the text), markup in short answers, gaps and right sides of a
matching, `accents: false`, `figures` and the costs of units, allow, reviewed. White space that HTML does not show is
one space. Retired items are not exported, those with `use: exam` only when asked for.

Coming in: questions of other types are left out one by one and listed, but for those of the plugins Multiple response,
All or nothing and Gapfill, which are read. HTML becomes Markdown; `\(...\)` and `$$...$$` become formulas, a single
dollar stays one. A text with one list to choose from and no other gap is a choice. Where every gap has a list, the
words of all lists are its word bank; beside gaps to fill a list becomes one of these. Of several answers with other
grades than 100 %, what can't be kept is listed with its line. What an essay's information for graders does not say, its
key points, is to be written by hand: the item is then a draft.

Calculated questions have `values:`: each wildcard the range that its values were drawn from, or the values of the file
where the range has more than 1000, is not even, or holds some with which a formula comes to nothing. Formulas become
expressions, in texts and options too; what can't be said in one leaves its question out. Here each value is drawn by
itself, where Moodle takes those of one number together. An answer without an end is rounded as Moodle shows it, or to
more decimals where its tolerance wants that; a geometric tolerance becomes `between:`.

Units stand there without spaces, and raised numbers in three spellings, since Moodle compares them sign by sign. An
ordering that a student does not touch is marked there by the order in which it was shown.

A second import in Moodle adds every question again; nothing is updated, and in one category the second copy loses its
ID number. Delete the old category first, or import into a new one. A second import from Moodle is a merge.

Tried with Moodle 4.5.6 (build 20250811), which takes it without a notice and gives it back as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.exchange._frame import Losses, Read, Written
from builder.exchange._xml import elements
from builder.exchange.moodle import _into, _outof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Course, Item


def write(course: Course, items: Sequence[Item]) -> Written:
    """The items as one file for Moodle's import."""
    losses = Losses(course)
    return Written({f"{course.id}-moodle.xml": _outof.document(course, items, losses)}, losses.found)


def read(name: str, data: bytes) -> Read:
    """The questions of a file that Moodle exported."""
    reader = _into.Reader(name)
    for element in elements(name, data, "question"):
        reader.take(element)
    return reader.done()


def looks_like(_name: str, data: bytes) -> bool:
    """Whether it is XML with a quiz in it."""
    head = data[:4000]
    return b"<quiz" in head and head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
