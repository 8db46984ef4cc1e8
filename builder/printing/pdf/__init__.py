"""The printed quiz as PDF: papers, answer sheets, keys, marking guides, and a legend of the versions."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from builder.printing import answers, marking, questions
from builder.printing.form import Form
from builder.printing.jobs import Job, file
from builder.printing.pdf import sheet
from builder.printing.pdf.boxes import typefaces_of
from builder.printing.pdf.typeset import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.answers import Works
    from builder.printing.pdf.typeset import Document

# Documents are made one at a time: the library that draws formulas is not made for threads.
_MAKING = Lock()


@contextmanager
def jobs(course: Course, quiz: Quiz) -> Iterator[list[Job]]:
    """`paper-A.pdf`, `key-A.pdf` and so on for each version, and `versions.pdf` where there are several.

    `sheet-A.pdf` is made where answers are given on a sheet, `guide-A.pdf` where
    there are open questions. The jobs can be done as long as the context lasts.
    They raise a `BuilderError` where a formula or a picture can't be drawn, or
    the extra for formulas is not installed.
    """
    works = answers.Works(course, quiz)
    first, *others = [Form(course, quiz, version) for version in quiz.versions]
    with Press(course.media, typefaces_of(course, quiz)) as press:
        listed: list[Job] = []
        # The first version shows what the fonts lack; the others then need one run each, in any order.
        for form in (first, *others):
            for name, document in _documents(form, works):
                make = partial(_set, press, f"{name}.typ", document, learn=form is first)
                listed.append(file(f"{name}-{form.version.name}.pdf", make, at_once=form is not first))
        if others:
            legend = partial(marking.legend, [first, *others])
            listed.append(file("versions.pdf", partial(_set, press, "legend.typ", legend), at_once=True))
        yield listed


def _documents(form: Form, works: Works) -> Iterator[tuple[str, Callable[[], Document]]]:
    """The kinds of file that a version has, each with what makes its document."""
    yield "paper", partial(questions.paper, form)
    yield "key", partial(answers.answer_key, form, works)
    if any(marking.is_guided(entry.section) for entry in form.version.items):
        yield "guide", partial(marking.guide, form, works)
    if not form.inline:
        yield "sheet", partial(sheet.sheet, form)


def _set(press: Press, template: str, document: Callable[[], Document], *, learn: bool = False) -> bytes:
    """The PDF of a document that is made when its turn comes."""
    with _MAKING:
        made = document()
    return press.pdf(template, made, learn=learn)
