"""The quiz as HTML: a page for each paper and each key, to print or to read on a screen.

A page holds all that it shows, pictures and font included: it needs no
request and runs no script.
"""

from __future__ import annotations

import base64
from contextlib import contextmanager
from functools import partial
from html import escape
from importlib.resources import files as package_files
from typing import TYPE_CHECKING

from builder.printing import answers, questions
from builder.printing.facts import facts
from builder.printing.form import E, Form, head
from builder.printing.formula import Formula
from builder.printing.jobs import Job, file
from builder.printing.questions import (
    BasicTask,
    ClozeTask,
    EssayTask,
    MatchingTask,
    McqTask,
    OrderingTask,
    ShortTask,
    TrueFalseTask,
)
from builder.printing.runs import Gap
from builder.text.markup import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from builder.model import Course
    from builder.model.items import Image
    from builder.paper.record import Quiz
    from builder.printing.answers import Answer, Works
    from builder.printing.form import Section
    from builder.printing.questions import Question
    from builder.printing.runs import Runs

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_FACES = (("Regular", 400, "normal"), ("Italic", 400, "italic"), ("Bold", 700, "normal"), ("BoldItalic", 700, "italic"))
# Browsers that know no boxes in the page's margin leave them out.
_ROOT = """:root {{ --size: {size}pt; --small: {small}; --columns: {columns}; }}
@page {{
  size: {paper};
  @bottom-left {{ content: {said}; font-size: {foot}pt; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font-size: {foot}pt; }}
}}
"""


@contextmanager
def jobs(course: Course, quiz: Quiz) -> Iterator[list[Job]]:
    """`paper-A.html` and `key-A.html` for each version."""
    works = answers.Works(course, quiz)
    listed = []
    for version in quiz.versions:
        page = _Page(Form(course, quiz, version))
        listed.append(file(f"paper-{version.name}.html", page.paper))
        listed.append(file(f"key-{version.name}.html", partial(page.key, works)))
    yield listed


class _Page:
    """Makes the pages of one version."""

    def __init__(self, form: Form) -> None:
        self.form, self.words, self.media = form, form.words, form.course.media

    def paper(self) -> bytes:
        """The paper."""
        return self.page(self.form.quiz.heading or self.words["paper"], self.asked())

    def key(self, works: Works) -> bytes:
        """The key."""
        return self.page(self.words["key"], self.solved(works))

    def page(self, name: str, body: Iterator[str]) -> bytes:
        """A whole page."""
        quiz, edition = self.form.quiz, self.form.quiz.edition
        style = (package_files("builder.printing.html") / "paper.css").read_text("utf-8")
        heading = " – ".join(dict.fromkeys(filter(None, (quiz.title, quiz.heading, name))))
        title = f"{heading}, {self.words['version']} {self.form.version.name}"
        root = _ROOT.format(
            size=edition.size,
            small="1em" if edition.size > 11 else "max(.87em, 9pt)",  # noqa: PLR2004 - large print has no small print
            columns=edition.columns if edition.columns > 1 else "auto",
            paper={"a4": "A4", "letter": "letter"}[edition.paper],
            foot=min(edition.size, 18) if edition.size > 11 else 9,  # noqa: PLR2004
            said=_css_string(f"{quiz.heading or name}, {self.words['version']} {self.form.version.name}"),
        )
        return f"""<!doctype html>
<html lang="{escape(self.form.course.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(title)}</title>
<style>
{_font_faces() if edition.font == "hyperlegible" else ""}{root}{style}</style>
</head>
<body class="{edition.font}">
<main>
{chr(10).join(body)}
</main>
</body>
</html>
""".encode("utf-8", "replace")

    def head(self, name: str) -> Iterator[str]:
        """What the page is, and how much of it."""
        quiz, words = self.form.quiz, self.words
        names = " · ".join(escape(part) for part in dict.fromkeys(filter(None, (quiz.heading, name))))
        yield f'<header><div><h1 dir="auto">{escape(quiz.title)}</h1>'
        yield f'<p dir="auto">{names} · {escape(words["version"])} {self.form.version.name}</p></div>'
        yield f'<p class="facts">{"<br>".join(map(escape, head(self.form).facts))}</p></header>'

    def asked(self) -> Iterator[str]:
        """What stands on the paper."""
        paper, words = questions.paper(self.form), self.words
        yield from self.head(paper.head.heading)
        yield f'<div class="fields">{"".join(f"<p>{escape(field)}</p>" for field in paper.fields)}</div>'
        if paper.cover:
            yield f'<div class="cover">{_paragraphs(paper.cover)}</div>'
        yield _paragraphs(paper.instructions)
        yield '<div class="questions">'
        for section in paper.sections:
            yield from self.section(section, [section.instruction, section.choose], self.task)
        yield f'<p class="end"><strong>{escape(words["end"])}</strong></p></div>'

    def solved(self, works: Works) -> Iterator[str]:
        """What stands on the key."""
        key, words = answers.answer_key(self.form, works), self.words
        yield from self.head(words["key"])
        yield f"<p><strong>{escape(words['confidential'])}</strong></p>"
        if key.glance:
            cells = "".join(f"<li>{g.number}. <strong>{escape(g.key)}</strong></li>" for g in key.glance)
            yield f'<h2>{escape(words["glance"])}</h2><ul class="glance">{cells}</ul>'
        for section in key.sections:
            yield from self.section(section, [section.choose], self.answer)
        if key.works:
            cited = "".join(f"<li>{_html(work)}</li>" for work in key.works)
            yield f'<section class="works"><h2>{escape(words["works_cited"])}</h2><ol>{cited}</ol></section>'

    def section(self, section: Section[E], notes: list[str], render: Callable[[E], Iterator[str]]) -> Iterator[str]:
        """A part, its questions as `render` makes their answers."""
        yield f'<section class="{section.kind}"><div class="part"><h2>{escape(section.heading)}</h2><p>{escape(section.size)}</p></div>'
        yield from (f'<p class="note">{escape(note)}</p>' for note in notes if note)
        for question in section.questions:
            yield f'<article><h3>{question.number}</h3><div><p class="prompt" dir="auto">{_html(question.prompt)}'
            yield f'<span class="marks">[{escape(question.points)}]</span></p>'
            yield self.picture(question.image) if question.image else ""
            yield from render(question)
            yield "</div></article>"
        yield "</section>"

    def picture(self, image: Image) -> str:
        """A picture, inside the page."""
        kind = _TYPES[image.file.rsplit(".", 1)[-1].lower()]
        data = base64.b64encode(self.media[image.file]).decode()
        return f'<img src="data:{kind};base64,{data}" alt="{escape(image.alt)}">'

    def task(self, question: Question) -> Iterator[str]:
        """What a candidate answers with."""
        words, inline = self.words, self.form.inline
        ruled = '<div class="rule"></div>'
        match question.task:
            case McqTask(options, several):
                if several:
                    yield f'<p class="note">{escape(words["several"])}</p>'
                yield _items("ol", "letters", options)
            case TrueFalseTask():
                if inline:
                    yield f'<p><span class="box"></span> {escape(words["true"])} <span class="box"></span> {escape(words["false"])}</p>'
                    yield f'<p class="note">{escape(words["correction"] + words["colon"])}</p>{ruled}'
            case MatchingTask(terms, responses):
                yield '<div class="match">' + _items("ol", "terms" + " boxed" * inline, terms)
                yield _items("ol", "letters", responses) + "</div>"
            case OrderingTask(steps):
                yield _items("ol", "steps boxed" if inline else "letters", steps)
            case ClozeTask():
                pass  # its gaps stand in the prompt
            case BasicTask(lines):
                if inline:
                    yield ruled * lines
            case ShortTask(limit, lines) | EssayTask(limit, lines):
                yield f'<p class="note">{escape(limit)}</p>' if limit else ""
                yield ruled * lines if inline else ""

    def answer(self, answer: Answer) -> Iterator[str]:
        """What is right, why, and where to read it up."""
        lines = (f"<dt>{escape(label)}</dt><dd>{_html(runs)}</dd>" for label, runs in facts(self.words, answer))
        yield f'<dl dir="auto">{"".join(lines)}</dl>'


def _css_string(text: str) -> str:
    """A text as a string of CSS, of which nothing can end the string or the style element (CSS Syntax 3, 4.3.7)."""
    signs = (c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in " ".join(text.split()))
    return f'"{"".join(signs)}"'


def _paragraphs(texts: Iterable[Runs]) -> str:
    return "".join(f'<p dir="auto">{_html(runs)}</p>' for runs in texts)


def _items(tag: str, name: str, texts: Iterable[Runs]) -> str:
    items = "".join(f'<li dir="auto">{_html(runs)}</li>' for runs in texts)
    letters = ' type="A"' if name == "letters" else ""
    return f'<{tag} class="{name}"{letters}>{items}</{tag}>'


def _html(runs: Runs) -> str:
    """Runs as HTML; a formula is its drawing, with its TeX as the words for it."""
    return "".join(map(_run, runs))


def _run(run: Run | Formula | Gap) -> str:
    match run:
        case Gap(gap, hint):
            number = f"<small>({gap})</small> " if gap else ""
            said = f" [{_html(hint)}]" if hint else ""
            return f'{number}<span class="gap">{"_" * 18}</span>{said}'
        case Formula():
            style = f"height:{run.height:.3f}em;vertical-align:{-run.depth:.3f}em"
            data = base64.b64encode(run.svg.encode()).decode()
            alt = escape(run.alt)
            return f'<img class="formula" style="{style}" src="data:image/svg+xml;base64,{data}" alt="{alt}">'
        case Run():
            return _styled(run)


def _styled(run: Run) -> str:
    if run.break_:
        return "<br>"
    out = escape(run.text, quote=False)
    tags = (
        (run.code, "code"),
        (run.sub, "sub"),
        (run.sup, "sup"),
        (run.strike, "s"),
        (run.em, "em"),
        (run.strong, "strong"),
    )
    for is_on, tag in tags:
        out = f"<{tag}>{out}</{tag}>" if is_on else out
    if not run.href:
        return out
    shown = "" if run.href == run.text else f'<span class="address"> ({escape(run.href)})</span>'
    return f'<a href="{escape(run.href)}">{out}</a>{shown}'


def _font_faces() -> str:
    """The hyperlegible font, inside the page."""
    faces = ""
    for name, weight, style in _FACES:
        data = (package_files("builder.printing") / "fonts" / f"AtkinsonHyperlegibleNext-{name}.ttf").read_bytes()
        faces += (
            "@font-face { font-family: Hyperlegible; "
            f"font-weight: {weight}; font-style: {style}; "
            f"src: url(data:font/ttf;base64,{base64.b64encode(data).decode()}); }}\n"
        )
    return faces
