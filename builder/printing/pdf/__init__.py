"""The printed quiz as PDF: papers, answer sheets, keys, marking guides, and a legend of the versions."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache, partial
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


class _File(NamedTuple):
    """A file of a quiz: its name without an ending, its template, and what makes its document."""

    name: str
    template: str
    document: Callable[[], Document]
    at_once: str  # the group of `Job`
    is_first: bool  # of the first version, which shows what the fonts lack; the others then need one run each
    knows: Callable[
        [Press], frozenset[str]
    ]  # what fonts lack, as far as it was known when the first of its group began

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
        yield [file(f"{it.name}.pdf", partial(_set, press, it), at_once=it.at_once) for it in _files(course, quiz)]


def pictures(course: Course, quiz: Quiz) -> Iterator[tuple[str, list[bytes]]]:
    """The pages that `jobs` makes, as SVG: for `paper-A` and so on the list of its pages. It raises what jobs raise."""
    course = figured(course, quiz)
    with Press(course.media, typefaces_of(course, quiz)) as press:
        for it in _files(course, quiz):
            yield it.name, press.pictures(it.template, it.made(), it.knows(press), learn=it.is_first)


def _files(course: Course, quiz: Quiz) -> Iterator[_File]:
    """All files of a quiz, those of the first version before the others.

    The first paper is set alone: its key names what the fonts lack, of the paper as well.
    """
    works = Works(course, quiz)
    forms = [Form(course, quiz, version) for version in quiz.versions]
    groups = {name: cache(_lacking) for name in ("", "first", "others")}

    def made(name: str, template: str, document: Callable[[], Document], group: str) -> _File:
        return _File(name, template, document, group, is_first=group != "others", knows=groups[group])

    for form in forms:
        for name, document in _documents(form, works):
            group = "others" if form is not forms[0] else "first" if name != "paper" else ""
            yield made(f"{name}-{form.version.name}", f"{name}.typ", document, group)
    if len(forms) > 1:
        yield made("versions", "legend.typ", partial(marking.legend, forms), "others")


def _lacking(press: Press) -> frozenset[str]:
    return press.lacking


def _documents(form: Form, works: Works) -> Iterator[tuple[str, Callable[[], Document]]]:
    """The kinds of file that a version has, each with what makes its document."""
    yield "paper", partial(questions.paper, form)
    yield "key", partial(answers.answer_key, form, works)
    if any(marking.is_guided(entry.section) for entry in form.version.items):
        yield "guide", partial(marking.guide, form, works)
    if not form.inline:
        yield "sheet", partial(sheet.sheet, form)


def _set(press: Press, it: _File) -> bytes:
    return press.pdf(it.template, it.made(), it.knows(press), learn=it.is_first)
