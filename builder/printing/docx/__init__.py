"""The quiz as DOCX: papers, answer sheets, keys, marking guides and a legend of the versions, to edit in Word or LibreOffice.

Styles and numbering are real ones: a question that is moved gets its new
number, and the look is changed once for all. The same quiz gives the same bytes.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from builder.diagnostics import BuilderError
from builder.printing import answers, marking, questions
from builder.printing.form import Form
from builder.printing.jobs import Job, file
from builder.printing.works import Works

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.paper.record import Quiz


@contextmanager
def jobs(course: Course, quiz: Quiz) -> Iterator[list[Job]]:
    """`paper-A.docx`, `key-A.docx` and so on for each version, and `versions.docx` where there are several.

    `sheet-A.docx` is made where answers are given on a sheet, `guide-A.docx` where
    there are open questions. A job fails where a picture can't be read.

    Raises:
        BuilderError: python-docx is not installed.
    """
    try:
        import docx  # noqa: F401
    except ImportError as error:
        message = "DOCX needs python-docx; install it with: pip install 'her-study[docx]'"
        raise BuilderError(message) from error
    works = Works(course, quiz)
    forms = [Form(course, quiz, version) for version in quiz.versions]
    listed = [job for form in forms for job in _version(form, works)]
    if len(forms) > 1:
        listed.append(file("versions.docx", partial(_legend, forms)))
    yield listed


def _version(form: Form, works: Works) -> Iterator[Job]:
    """The files of a version."""
    name = form.version.name
    yield file(f"paper-{name}.docx", partial(_paper, form))
    yield file(f"key-{name}.docx", partial(_key, form, works))
    if any(marking.is_guided(entry.section) for entry in form.version.items):
        yield file(f"guide-{name}.docx", partial(_guide, form, works))
    if not form.inline:
        yield file(f"sheet-{name}.docx", partial(_sheet, form))


def _paper(form: Form) -> bytes:
    from builder.printing.docx import paper
    from builder.printing.docx.document import Desk

    desk = Desk(form, form.quiz.heading or form.words["paper"])
    paper.paper(desk, questions.paper(form))
    return desk.saved()


def _key(form: Form, works: Works) -> bytes:
    from builder.printing.docx import paper
    from builder.printing.docx.document import Desk

    desk = Desk(form, form.words["key"], columns=1)
    paper.key(desk, answers.answer_key(form, works))
    return desk.saved()


def _guide(form: Form, works: Works) -> bytes:
    from builder.printing.docx import guide
    from builder.printing.docx.document import Desk

    desk = Desk(form, form.words["guide"], columns=1)
    guide.guide(desk, marking.guide(form, works))
    return desk.saved()


def _sheet(form: Form) -> bytes:
    from builder.printing.docx import sheet
    from builder.printing.docx.document import Desk

    desk = Desk(form, form.words["sheet"], columns=1)
    sheet.sheet(desk)
    return desk.saved()


def _legend(forms: list[Form]) -> bytes:
    from builder.printing.docx import guide
    from builder.printing.docx.document import Desk

    desk = Desk(forms[0], forms[0].words["legend"], columns=1, version="")
    guide.legend(desk, marking.legend(forms))
    return desk.saved()
