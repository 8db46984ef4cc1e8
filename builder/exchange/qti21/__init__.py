r"""QTI 2.1: content packages with items, a test and a manifest, a zip archive, out and in; 2.0 and 2.2 come in as well.

Kept, out and back: basic and reversed (two items, `.a` and `.b`) as text entries, cloze as text entries in the text or,
with a word bank, as inline choices, mcq with pins, `choose` and every rule of scoring, truefalse, matching with
distractors, orderings by every rule, numeric with its tolerance and answers for a part of the marks, short and essay as
extended texts with a rubric for scorers; marks, explanations with their sources and reasons of options as modal
feedback, pictures and recordings as files of the package. Response processing gives all marks for the key, and by the
item's own rule for anything else. Formulas are `\(...\)`, which a player has to set. Themes are sections of the test;
theory, bloom, tags and the like are keywords in the manifest.

Lost, and named at each export: occlusions, which are left out; hints and numbers of blanks; `accents: false`; units and
figures; markup in typed answers and in gaps; that a correction is asked for; an order of options by value.

Coming in: choice, order, match, gap match, text entry, inline choice (where every gap is one, the words of all lists
are a word bank; beside gaps to fill they are not kept) and extended text; items of any other interaction, or of
several, are left out one by one and listed. Scores are read from the key, a mapping, the standard templates, and
processing as her-study writes it; items that draw their values or adapt themselves are left out.

A second import elsewhere is what the other system makes of it: most add the items once more. A second import from QTI
is a merge: the id of an item is made of its identifier. A new bank has the title of the test.

Profile: items, tests and manifests are valid by the schemas of QTI 2.1 and of content packaging 1.1; response
processing uses core expressions alone, and is scored in tests against the marking of papers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.exchange._package import holds
from builder.exchange._qti import documents, package
from builder.exchange._qti.versions import V21

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.exchange._frame import Read, Written
    from builder.model import Course, Item

_LOOKS = re.compile(rb"<(?:\w+:)?assessmentItem\b")


def write(course: Course, items: Sequence[Item]) -> Written:
    """The items as one package with one test."""
    return package.written(course, items, V21)


def read(name: str, data: bytes) -> Read:
    """The questions of a package, or of one XML file."""
    return documents.read(name, data, _LOOKS, "{*}assessmentItem")


def looks_like(name: str, data: bytes) -> bool:
    """Whether it is a package or an XML file with items of QTI 2 in it."""
    return holds(name, data, _LOOKS)
