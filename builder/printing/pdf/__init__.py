"""The printed quiz as PDF: papers, answer sheets, keys, marking guides, and a legend of the versions."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from builder.printing import answers, marking, questions
from builder.printing.figure import figured
from builder.printing.form import Form
from builder.printing.jobs import Job, file
from builder.printing.pdf import sheet
from builder.printing.pdf.boxes import typefaces_of
from builder.printing.pdf.typeset import Press
from builder.printing.works import Works

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.pdf.typeset import Document

# Documents are made one at a time: the library that draws formulas is not made for threads.
_MAKING = Lock()


@dataclass
class _Group:
    """Files that may be set at once, with their name for `Job`.

    Each of them knows what the fonts lack as far as it was known when the first of them began: so none depends on which
    of the others is done already. Those that `learn` add what they find, for the groups that follow.
    """

    name: str
    learn: bool
    known: frozenset[str] | None = None

    def knows(self, press: Press) -> frozenset[str]:
        """What the fonts lack, as the group knows it."""
        if self.known is None:
            self.known = press.lacking
        return self.known


class _File(NamedTuple):
    """A file of a quiz: its name without an ending, its template, what makes its document, and its group."""

    name: str
    template: str
    document: Callable[[], Document]
    group: _Group

    def made(self) -> Document:
        """The document."""
        with _MAKING:
            return self.document()


@contextmanager
def jobs(course: Course, quiz: Quiz) -> Iterator[list[Job]]:
    """`paper-A.pdf`, `key-A.pdf` and so on for each version, and `versions.pdf` where there are several.

    `sheet-A.pdf` is made where answers are given on a sheet, `guide-A.pdf` where
    there are open questions. The jobs can be done as long as the context lasts.
    They raise a `BuilderError` where a formula or a picture can't be drawn, or
    the extra for formulas is not installed.
    """
    with Press(course.media, typefaces_of(course, quiz)) as press:
        yield [file(f"{it.name}.pdf", partial(_set, press, it), at_once=it.group.name) for it in _files(course, quiz)]


def pictures(course: Course, quiz: Quiz) -> Iterator[tuple[str, list[bytes]]]:
    """The pages that `jobs` makes, as SVG: for `paper-A` and so on the list of its pages. It raises what jobs raise."""
    course = figured(course, quiz)
    with Press(course.media, typefaces_of(course, quiz)) as press:
        for it in _files(course, quiz):
            yield it.name, press.pictures(it.template, it.made(), it.group.knows(press), learn=it.group.learn)


def _files(course: Course, quiz: Quiz) -> Iterator[_File]:
    """All files of a quiz, those of the first version before the others.

    The first paper is set alone, since its key names what the fonts lack for it as well. The other files of the first
    version show the rest, so that those of later versions need one run each.
    """
    works = Works(course, quiz)
    forms = [Form(course, quiz, version) for version in quiz.versions]
    alone, first, others = _Group("", learn=True), _Group("first", learn=True), _Group("others", learn=False)
    for form in forms:
        for name, document in _documents(form, works):
            group = others if form is not forms[0] else alone if name == "paper" else first
            yield _File(f"{name}-{form.version.name}", f"{name}.typ", document, group)
    if len(forms) > 1:
        yield _File("versions", "legend.typ", partial(marking.legend, forms), others)


def _documents(form: Form, works: Works) -> Iterator[tuple[str, Callable[[], Document]]]:
    """The kinds of file that a version has, each with what makes its document."""
    yield "paper", partial(questions.paper, form)
    yield "key", partial(answers.answer_key, form, works)
    if any(marking.is_guided(entry.section) for entry in form.version.items):
        yield "guide", partial(marking.guide, form, works)
    if not form.inline:
        yield "sheet", partial(sheet.sheet, form)


def _set(press: Press, it: _File) -> bytes:
    return press.pdf(it.template, it.made(), it.group.knows(press), learn=it.group.learn)
