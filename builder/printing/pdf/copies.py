"""Numbered answer sheets without a name: the code of each says which copy it is, so that its pages find each other.

The pages of a version are set once. What differs from copy to copy is a layer over them, as on papers with names.
"""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from builder.disk.journal import undisturbed
from builder.paper import sheet as layout
from builder.paper.sheet.stamp import Stamp, layout_hash
from builder.printing.form import Form, head
from builder.printing.jobs import Job
from builder.printing.pdf import named, sheet
from builder.printing.pdf.boxes import typefaces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.jobs import Done
    from builder.printing.pdf.named import SheetLayer


def jobs(course: Course, quiz: Quiz, numbers: range) -> Iterator[Job]:
    """The jobs that make `sheets-A.pdf` and so on: the sheet of each version in copies of these numbers, with a step for each."""
    for version in quiz.versions:
        yield Job(partial(_file, Form(course, quiz, version), numbers), steps=len(numbers))


def _file(form: Form, numbers: range, done: Done) -> dict[str, bytes]:
    with undisturbed():  # a signal while its compiled part is loaded would abort the process
        import pikepdf

    quiz, faces = form.quiz, typefaces_of(form.course, form.quiz)
    each = max(1, named.AT_ONCE // len(layout.pages(quiz, form.version)))
    groups = [numbers[start : start + each] for start in range(0, len(numbers), each)]
    base = partial(named.typeset, "sheet.typ", {}, faces, sheet.sheet(form, coded=False))
    layers = [partial(_layers_pdf, form, group) for group in groups]
    with pikepdf.new() as out:
        tree = named.Tree(out, layout.PAPERS[quiz.edition.paper])
        made = named.made([base, *layers], alone=len(groups) == 1)
        pages = named.leaves(out, "sheet", next(made))
        blank = out.make_indirect(pikepdf.Stream(out, b""))
        for group, pdf in zip(groups, made, strict=True):
            with pikepdf.open(io.BytesIO(pdf)) as source:
                own = (out.copy_foreign(layer.as_form_xobject()) for layer in source.pages)
                for _ in group:
                    tree.add([(shown, next(own) if kind else blank) for kind, shown in pages])
                    done()
        out.docinfo["/Title"] = f"{quiz.title} \u2013 {quiz.heading}" if quiz.heading else quiz.title
        data = io.BytesIO()
        out.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return {f"sheets-{form.version.name}.pdf": data.getvalue()}


def _layers_pdf(form: Form, numbers: range) -> bytes:
    """What is the own of each page of these copies."""
    common = head(form)
    pages = named.Layers(common, form.words.is_leftward, tuple(_layers(form, numbers)))
    return named.typeset("names.typ", {}, typefaces_of(form.course, form.quiz), pages)


def _layers(form: Form, numbers: range) -> Iterator[SheetLayer]:
    quiz, paper = form.quiz, form.quiz.edition.paper
    pages = layout.pages(quiz, form.version)
    hashed = layout_hash(pages, paper)
    for number in numbers:
        for page in pages:
            stamp = Stamp(quiz.identity, hashed, form.version.name, page.number, number, is_copy=True)
            at = layout.copy(paper)
            code = sheet.code(stamp)
            yield named.SheetLayer(str(number), "", at, at, layout.code(paper), layout.code_text(paper), code)
