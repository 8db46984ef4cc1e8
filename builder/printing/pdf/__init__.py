"""The printed quiz as PDF: papers, answer sheets, keys, marking guides, a legend of the versions, and the record."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from builder.printing import answers, questions
from builder.printing.pdf import sheet
from builder.printing.pdf.typeset import Press
from builder.printing.questions import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.questions import Data

Job = tuple[str, str, "Data"]  # the file's name, the template, the document


def files(course: Course, quiz: Quiz, done: Callable[[], object] = lambda: None) -> dict[str, bytes]:
    """`paper-A.pdf`, `key-A.pdf` and so on for each version, and `versions.pdf` where there are several.

    `sheet-A.pdf` is made where answers are given on a sheet, `guide-A.pdf` where
    there are open questions; `students.pdf` and `students.csv` where there is a
    roster. `done` is called after each file. Typst works on
    as many documents at once as there are processors.

    Raises:
        BuilderError: a formula or a picture can't be drawn, or the extra for formulas is not installed.
    """
    forms = [Form(course, quiz, version) for version in quiz.versions]
    made: dict[str, bytes] = {}
    if quiz.students:
        # First of all: the memory that the versions take would be there as well.
        from builder.printing.pdf import named

        made |= named.files(course, quiz, done)
    if "pdf" in quiz.formats:
        with Press(course.media) as press:
            made |= _versions(forms, press, done)
    return made


def _versions(forms: list[Form], press: Press, done: Callable[[], object]) -> dict[str, bytes]:
    """The files of all versions."""
    made: dict[str, bytes] = {}
    jobs = _jobs(forms)
    # The first version shows what the fonts lack; the others then need one run each, in any order.
    for _ in range(len(_names(forms[0]))):
        name, template, document = next(jobs)
        made[name] = press.pdf(template, document, learn=True)
        done()
    with ThreadPoolExecutor(os.cpu_count()) as pool:

        def made_of(job: Job) -> tuple[str, bytes]:
            name, template, document = job
            pdf = press.pdf(template, document)
            done()
            return name, pdf

        try:
            made |= dict(pool.map(made_of, jobs))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return made


def count(course: Course, quiz: Quiz) -> int:
    """How many files `files` makes of the versions."""
    each = len(_names(Form(course, quiz, quiz.versions[0])))
    return each * len(quiz.versions) + (len(quiz.versions) > 1)


def _names(form: Form) -> list[str]:
    """The kinds of file that each version has."""
    names = ["paper", "key"]
    if any(entry.section in {"short", "essay"} for entry in form.version.items):
        names.append("guide")
    return names if form.inline else [*names, "sheet"]


def _jobs(forms: list[Form]) -> Iterator[Job]:
    works = answers.Works(forms[0].course, forms[0].quiz)
    makers: dict[str, Callable[[Form], Data]] = {
        "paper": questions.document,
        "key": lambda form: answers.document(form, works),
        "guide": answers.guide,
        "sheet": sheet.document,
    }
    for form in forms:
        for name in _names(form):
            yield f"{name}-{form.version.name}.pdf", f"{name}.typ", makers[name](form)
    if len(forms) > 1:
        yield "versions.pdf", "legend.typ", answers.legend(forms)
