"""The quiz as HTML: a page for each paper and each key, to print or to read on a screen.

A page holds all that it shows, pictures and font included: it needs no
request and runs no script. The HTML is in the templates of this folder; here is
what they are filled with.
"""

from __future__ import annotations

import base64
from contextlib import contextmanager
from functools import partial
from importlib.resources import files as package_files
from typing import TYPE_CHECKING, Any, NamedTuple

from builder import shell
from builder.disk.media import KINDS
from builder.model import faults
from builder.printing import answers, questions
from builder.printing.facts import facts
from builder.printing.form import Form
from builder.printing.jobs import Job, file
from builder.printing.works import Works

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.answers import AnswerKey
    from builder.printing.questions import Paper

_FACES = (("Regular", 400, "normal"), ("Italic", 400, "italic"), ("Bold", 700, "normal"), ("BoldItalic", 700, "italic"))


class _Face(NamedTuple):
    """One face of the hyperlegible font: weight and style as CSS names them, and a URL that holds the font itself."""

    weight: int
    style: str
    url: str


@contextmanager
def jobs(course: Course, quiz: Quiz) -> Iterator[list[Job]]:
    """`paper-A.html` and `key-A.html` for each version."""
    works = Works(course, quiz)
    listed = []
    for version in quiz.versions:
        form = Form(course, quiz, version)
        listed.append(file(f"paper-{version.name}.html", partial(_paper, form)))
        listed.append(file(f"key-{version.name}.html", partial(_key, form, works)))
    yield listed


def _paper(form: Form) -> bytes:
    paper = questions.paper(form)
    return _page("paper", form, paper, [paper.head.heading], paper=paper)


def _key(form: Form, works: Works) -> bytes:
    key = answers.answer_key(form, works)
    names = [form.quiz.heading, form.words["key"]]
    report = partial(faults.link, form.course, paper=form.quiz.identity)
    return _page("key", form, key, names, key=key, facts=partial(facts, form.words), report=report)


def _page(template: str, form: Form, document: Paper | AnswerKey, names: list[str], **values: Any) -> bytes:
    """The page of a document; of its `names`, the first that is not empty also stands at the foot of each page."""
    quiz, edition = form.quiz, form.quiz.edition
    version = f"{form.words['version']} {form.version.name}"
    shown = _unlike(names)
    return shell.page(
        f"printing/html/{template}.html",
        language=form.course.language,
        title=f"{' – '.join(_unlike([quiz.title, *names]))}, {version}",
        head=document.head,
        names=shown,
        foot=_css_text(f"{shown[0]}, {version}"),
        edition=edition,
        faces=_faces() if edition.font == "hyperlegible" else (),
        types=KINDS,
        media=form.course.media,
        data_url=_data_url,
        **values,
    )


def _unlike(texts: list[str]) -> list[str]:
    """The texts that are not empty, each of them once."""
    return list(dict.fromkeys(filter(None, texts)))


def _css_text(text: str) -> str:
    r"""A text as it stands between the quotation marks of a string in CSS (CSS Syntax 3, 4.3.7).

    Letters, digits and spaces stay; every other sign is written as its number,
    so that it can end neither the string nor the style element: `a</b` is
    `a\3c \2f b`.
    """
    return "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in " ".join(text.split()))


def _data_url(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def _faces() -> Iterator[_Face]:
    fonts = package_files("builder.printing") / "fonts"
    for name, weight, style in _FACES:
        data = (fonts / f"AtkinsonHyperlegibleNext-{name}.ttf").read_bytes()
        yield _Face(weight, style, _data_url("font/ttf", data))
