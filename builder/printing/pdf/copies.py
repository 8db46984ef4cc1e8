"""Numbered answer sheets without a name: the code of each says which copy it is, so that its pages find each other.

The pages of a version are set once. What differs from copy to copy is a layer over them, as on papers with names.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from builder.paper import sheet as layout
from builder.paper.sheet.stamp import Stamp
from builder.printing.form import Form, head
from builder.printing.jobs import Job
from builder.printing.pdf import named, sheet
from builder.printing.pdf.boxes import typefaces_of
from builder.printing.pdf.merged import Merged, coded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.form import Head
    from builder.printing.jobs import Done


def jobs(course: Course, quiz: Quiz, numbers: range) -> Iterator[Job]:
    """The jobs that make `sheets-A.pdf` and so on: the sheet of each version in copies of these numbers, with a step for each."""
    for version in quiz.versions:
        yield Job(partial(_file, Form(course, quiz, version), numbers), steps=len(numbers))


def _file(form: Form, numbers: range, done: Done) -> dict[str, bytes]:
    quiz, faces, common = form.quiz, typefaces_of(form.course, form.quiz), head(form)
    stamps = named.stamps_of(form, is_named=False)
    groups = [numbers[start : start + named.AT_ONCE] for start in range(0, len(numbers), named.AT_ONCE)]
    base = partial(named.typeset, "sheet.typ", {}, faces, sheet.sheet(form, coded=False))
    own = [partial(named.typeset, "names.typ", {}, faces, _layers(form, common, group)) for group in groups]
    with Merged(quiz.edition.paper) as merged:
        sets = named.made([base, named.shifts(common, faces, stamps), *own], alone=len(groups) == 1)
        pages = merged.sheet(next(sets), next(sets))
        for group, pdf in zip(groups, sets, strict=True):
            numbered = [[stamp._replace(number=number, is_copy=True) for stamp in stamps] for number in group]
            for layers, codes in zip(merged.layers(pdf), coded(numbered), strict=True):
                merged.add(pages, layers, codes)
                done()
        data = merged.saved(quiz)
    return {f"sheets-{form.version.name}.pdf": data}


def _layers(form: Form, common: Head, numbers: range) -> named.Layers:
    """What is the own of these copies."""
    paper, version = form.quiz.edition.paper, form.version.name
    at, text = layout.copy(paper), layout.code_text(paper)
    pages: list[named.Fields | named.Number] = []
    for number in numbers:
        place = Stamp("", "", version, 0, number, is_copy=True).place
        pages += [named.Fields(str(number), "", at, at), named.Number(place, text)]
    return named.Layers(common, form.words.is_leftward, tuple(pages))
