r"""QTI 1.2: quizzes as Canvas's classic quizzes export and import them, a zip archive, out and in.

Kept, out and back: basic and reversed (two questions, `.a` and `.b`) as short answers, mcq as multiple choice or
multiple answers, truefalse with its correction as feedback for the wrong verdict, matching with distractors, cloze as
fill in multiple blanks or, with a word bank, as multiple dropdowns, numeric with its tolerance, short and essay as
essays; explanations with their sources as general feedback, reasons of options as theirs, marks as points, pictures
and recordings as files of the package. Formulas are `\(...\)`. Id, pins, theme, tags and the like stand in attributes
and metadata of QTI, and what graders need in its `rubric`: Canvas itself drops these.

Lost, and named at each export: orderings and occlusions, which are left out; every rule of scoring but Canvas's own,
by which several right options share the marks, a wrong one costs as much as a right one earns, and gaps and pairs earn
a part each; answers to a number for a part of the marks, units and figures; hints and numbers of blanks; `case` and
`accents` of typed answers; limits of words; markup in typed answers, in gaps and in the right sides of a matching.

Coming in: packages of Canvas and of others, with or without a manifest or a namespace, and a single XML file. The kind
of a question is told by its structure; what Canvas says of its type settles what structure leaves open. Feedback for
any right or wrong answer and upload questions are listed. Marks that conditions add to the score are read.
Blackboard's matchings, orderings and questions that are either or, Respondus's names of scores and gaps, and files of
ILIAS that name the document type of IMS are read too. Of Canvas's New Quizzes, a sorting into categories becomes a
matching of what is sorted; gaps are read by how they are answered; a question that the file takes from a bank of the
account isn't in it, and is named.

Canvas's formula questions, classic and new, have `values:`: each variable its range, the formula an expression, earlier
formulas put into the last, rounded to the decimals or the figures of scientific notation that the file says. A formula
that does not come to every answer that Canvas wrote down, or that can't be said here, leaves its question out by name.
Formula questions of Blackboard, whose files say no formula that Canvas would read, are listed.

A second import in Canvas adds the quiz once more, unless it is told to overwrite what has matching IDs. A second
import from QTI 1.2 is a merge: the id of an item is made of the question's ident. A new bank
has the title of the quiz, unless the package has several.

The form is that of packages by text2qti 0.8.0, which Canvas is known to take; not tried with a running Canvas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.disk import archive
from builder.exchange._frame import Losses, Read, Written
from builder.exchange._package import Package, holds, is_xml, title_in
from builder.exchange._qti.reading import bare
from builder.exchange._xml import elements
from builder.exchange.qti12 import _dialects, _into, _manifest, _outof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model import Course, Item

_LOOKS = re.compile(rb"<(?:\w+:)?questestinterop\b")
# The title of a quiz, and that of a bank of questions as Canvas has it.
_TITLE = re.compile(rb"""<(?:\w+:)?assessment\b[^>]*?\stitle=["']([^"'<>]*)["']""")
_BANK = re.compile(rb"<fieldlabel>bank_title</fieldlabel>\s*<fieldentry>([^<]*)</fieldentry>")


def write(course: Course, items: Sequence[Item]) -> Written:
    """The items as one package with one quiz."""
    losses = Losses(course)
    name = f"{course.id}-quiz"
    writer = _outof.Writer(course, items, losses)
    files = {f"{name}/{name}.xml": _outof.document(writer, items, name)}
    shown = {_outof.FOLDER + file: course.media[file] for file in dict.fromkeys(writer.html.files)}
    files |= {member: text.encode() for member, text in _manifest.documents(course, writer.worth, name, shown).items()}
    return Written({f"{course.id}-qti12.zip": archive.zipped(files | shown)}, losses.found)


def read(name: str, data: bytes) -> Read:
    """The questions of a package, or of one XML file."""
    package = Package(name, data)
    reader = _into.Reader(package)
    for member in package:
        if (member == name or is_xml(member)) and _LOOKS.search(head := package.head(member)):
            if title := title_in(head, _TITLE) or title_in(head, _BANK):
                reader.read.titles[title] = None
            content = bare(_dialects.without_dtd(package.read(member)))
            for element in elements(package.place(member), content, "{*}item", *_into.BANKED):
                reader.take(element, member)
    return reader.done()


def looks_like(name: str, data: bytes) -> bool:
    """Whether it is a package or an XML file with questions of QTI 1.2 in it."""
    return holds(name, data, _LOOKS)
