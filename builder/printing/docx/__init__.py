"""The quiz as DOCX: a document for each paper and each key, to edit in Word or LibreOffice.

Styles and numbering are real ones: a question that is moved gets its new
number, and the look is changed once for all. The same quiz gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from builder.diagnostics import BuilderError
from builder.disk.archive import zipped
from builder.paper.sheet import PAPERS
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
from builder.printing.text import Gap, on_one_line
from builder.text.tree import Picture, Run, Sound, led

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from builder.model import Course
    from builder.model.fields import Image
    from builder.paper.record import Quiz
    from builder.printing.answers import Answer, AnswerKey, Works
    from builder.printing.form import Section
    from builder.printing.questions import Paper, Question
    from builder.printing.text import Node, Text

_FONTS = {"serif": "Cambria", "hyperlegible": "Atkinson Hyperlegible Next"}
_READABLE = (".png", ".jpg", ".jpeg", ".gif")
_MARGIN, _INDENT = 21, 9  # millimetres


class _Sign(Enum):
    """What stands between the runs of a line."""

    TAB = "tab"


@contextmanager
def jobs(course: Course, quiz: Quiz) -> Iterator[list[Job]]:
    """`paper-A.docx` and `key-A.docx` for each version; a job fails where a picture is of a kind that DOCX can't hold.

    Raises:
        BuilderError: python-docx is not installed.
    """
    try:
        import docx  # noqa: F401
    except ImportError as error:
        message = "DOCX needs python-docx; install it with: pip install her-study[docx]"
        raise BuilderError(message) from error
    works = answers.Works(course, quiz)
    listed = []
    for version in quiz.versions:
        form = Form(course, quiz, version)
        listed.append(file(f"paper-{version.name}.docx", partial(_paper, form)))
        listed.append(file(f"key-{version.name}.docx", partial(_key, form, works)))
    yield listed


def _paper(form: Form) -> bytes:
    writer = _Writer(form, form.quiz.heading or form.words["paper"])
    writer.paper(questions.paper(form))
    return writer.saved()


def _key(form: Form, works: Works) -> bytes:
    writer = _Writer(form, form.words["key"])
    writer.key(answers.answer_key(form, works))
    return writer.saved()


class _Writer:
    """Writes one document."""

    def __init__(self, form: Form, name: str) -> None:
        from builder.printing.docx import styles

        self.form, self.words, self.name = form, form.words, name
        self.document: Document = styles.document(
            font=_FONTS[form.quiz.edition.font],
            size=form.quiz.edition.size,
            language=form.course.language,
            page=PAPERS[form.quiz.edition.paper],
            margins=(_MARGIN, _INDENT),
            columns=form.quiz.edition.columns,
        )
        said = (form.quiz.heading or form.words["paper"], name, f"{self.words['version']} {form.version.name}")
        width = PAPERS[form.quiz.edition.paper][0] - 2 * _MARGIN
        styles.footer(self.document, " · ".join(dict.fromkeys(said)).translate(_CONTROLS), width)
        self.numbering = styles.Numbering(self.document, _INDENT, form.quiz.edition.size)

    def saved(self) -> bytes:
        """The document's bytes, with nothing in them of the time or the zip library."""
        quiz = self.form.quiz
        about = self.document.core_properties
        named = " – ".join(dict.fromkeys(filter(None, (quiz.title, quiz.heading, self.name))))
        about.title = named.translate(_CONTROLS)[:255]
        about.author = about.comments = ""
        about.language = self.form.course.language
        about.created = about.modified = datetime(1980, 1, 1)  # noqa: DTZ001 - DOCX wants no zone; a fixed time, for the same bytes
        data = io.BytesIO()
        self.document.save(data)
        with zipfile.ZipFile(data) as archive:
            return zipped({name: archive.read(name) for name in archive.namelist()})

    def line(self, style: str, runs: Iterable[Node | _Sign] | str = "", **options: Any) -> Paragraph:
        """A paragraph."""
        made = self.last = self.document.add_paragraph(style=style)
        for run in (Run(runs),) if isinstance(runs, str) else runs:
            self.run(made, run)
        for key, value in options.items():
            setattr(made.paragraph_format, key, value)
        return made

    def run(self, paragraph: Paragraph, run: Node | _Sign) -> None:
        """A run at the end of a paragraph; a formula is its TeX."""
        match run:
            case Gap(gap, hint):
                number = f"({gap}) " if gap else ""
                paragraph.add_run(f"{number}{'_' * 18}")
                for part in (Run(" ["), *hint, Run("]")) if hint else ():
                    self.run(paragraph, part)
            case _Sign.TAB:
                paragraph.add_run().add_tab()
            case Formula():
                paragraph.add_run(run.alt.translate(_CONTROLS)).style = "Code"
            case Run(break_=True):
                paragraph.add_run().add_break()
            case Run():
                made = paragraph.add_run(run.text.translate(_CONTROLS))
                made.bold, made.italic = run.strong or None, run.em or None
                made.font.subscript, made.font.superscript = run.sub or None, run.sup or None
                made.font.strike = run.strike or None
                if run.code:
                    made.style = "Code"
                if run.href and run.href != run.text:
                    paragraph.add_run(f" ({run.href.translate(_CONTROLS)})")
            case Picture(alt=words) | Sound(transcript=words):
                paragraph.add_run(words.translate(_CONTROLS))

    def head(self) -> None:
        """What the document is, and how much of it."""
        quiz = self.form.quiz
        self.line("Title", quiz.title)
        names = dict.fromkeys(filter(None, (quiz.heading, self.name)))
        self.line("Subtitle", " · ".join([*names, f"{self.words['version']} {self.form.version.name}"]))
        self.line("Normal", [Run(" · ".join(head(self.form).facts), strong=True)])

    def paper(self, paper: Paper) -> None:
        """The paper."""
        self.head()
        for field in paper.fields:
            self.line("Field", [Run(f"{field}{self.words['colon']}"), _Sign.TAB])
        for block in paper.cover:
            self.line("Cover", on_one_line((block,)))
        for block in paper.instructions:
            self.line("Lead", on_one_line((block,)))
        if self.form.quiz.edition.columns == 2:  # noqa: PLR2004 - one or two
            from builder.printing.docx import styles

            styles.two_columns(self.document)
        for section in paper.sections:
            self.section(section, [section.instruction, section.choose], self.task)
        self.last.paragraph_format.keep_with_next = True
        self.line("End", [Run(self.words["end"], strong=True)])

    def key(self, key: AnswerKey) -> None:
        """The key."""
        self.head()
        self.line("Normal", [Run(self.words["confidential"], strong=True)])
        if key.report:
            self.line("Normal", key.report)
        if key.glance:
            self.line("Heading 1", self.words["glance"])
            self.line("Normal", "; ".join(f"{g.number} {g.key}" for g in key.glance))
        for section in key.sections:
            self.section(section, [section.choose], self.answer)
        if key.works:
            self.line("Heading 1", self.words["works_cited"], page_break_before=True)
            for number, work in enumerate(key.works, 1):
                self.line("Work", [Run(f"[{number}]"), _Sign.TAB, *work])

    def section(self, section: Section[E], notes: list[str], render: Callable[[E], None]) -> None:
        """A part, its questions as `render` makes their answers."""
        self.line("Heading 1", section.heading)
        for note in filter(None, (section.size, *notes)):
            self.line("Instruction", note)
        for question in section.questions:
            marks = question.points.replace(" ", "\u00a0")
            made = self.line("Question", [*on_one_line(question.prompt), Run(f"  [{marks}]")])
            self.numbering.question(made)
            if question.image:
                self.picture(question.image)
            render(question)
            # Or it would keep the next question on its page, and that the one after it.
            self.last.paragraph_format.keep_with_next = False

    def picture(self, image: Image) -> None:
        """The picture of a question, with its words."""
        from docx.shared import Emu, Mm

        if not image.file.lower().endswith(_READABLE):
            message = f"{image.file}: DOCX can't hold this kind of picture; save it as PNG or JPEG"
            raise BuilderError(message)
        made = self.line("Below", [])
        try:
            shape = made.add_run().add_picture(io.BytesIO(self.form.course.media[image.file]))
        except Exception as error:  # of many kinds, python-docx's own and those of reading bytes
            message = f"{image.file}: this picture can't be read; save it anew as PNG or JPEG"
            raise BuilderError(message) from error
        scale = min(1, Mm(140) / shape.width, Mm(85) / shape.height)
        shape.width, shape.height = Emu(shape.width * scale), Emu(shape.height * scale)
        shape._inline.docPr.set("descr", image.alt.translate(_CONTROLS))  # noqa: SLF001 - python-docx has no other way to an alternative text

    def task(self, question: Question) -> None:
        """What a candidate answers with."""
        words, inline = self.words, self.form.inline
        match question.task:
            case McqTask(options, several):
                if several:
                    self.line("Instruction below", words["several"])
                self.lettered(options)
            case TrueFalseTask():
                if inline:
                    self.line("Below", f"☐ {words['true']}    ☐ {words['false']}", keep_with_next=True)
                    self.line("Answer line", [Run(f"{words['correction']}{words['colon']}"), _Sign.TAB])
            case MatchingTask(terms, responses):
                self.boxed([led((Run(f"({n}) "),), term) for n, term in enumerate(terms, 1)])
                self.lettered(responses, above=8)
            case OrderingTask(steps):
                (self.boxed if inline else self.lettered)(steps)
            case ClozeTask():
                pass  # its gaps stand in the prompt
            case BasicTask(lines):
                self.ruled(lines)
            case ShortTask(limit, lines) | EssayTask(limit, lines):
                if limit:
                    self.line("Instruction below", limit)
                self.ruled(lines)

    def ruled(self, lines: int) -> None:
        """Lines to write on, where answers are given on the paper."""
        for _ in range(lines if self.form.inline else 0):
            self.line("Answer line", [_Sign.TAB])

    def boxed(self, texts: Iterable[Text]) -> None:
        """Lines that a sign is written before, where answers are given on the paper."""
        before = [Run("____ ")] if self.form.inline else []
        for runs in texts:
            self.line("Below", [*before, *on_one_line(runs)], keep_with_next=True)

    def lettered(self, texts: Iterable[Text], above: float | None = None) -> None:
        """A lettered list of its own, kept together; `above` are points of room before it."""
        from docx.shared import Pt

        made = [self.line("Option", on_one_line(runs)) for runs in texts]
        self.numbering.options(made)
        if above:
            made[0].paragraph_format.space_before = Pt(above)

    def answer(self, answer: Answer) -> None:
        """What is right, why, and where to read it up."""
        for label, runs in facts(self.words, answer):
            self.line("Fact", [Run(f"{label}{self.words['colon']}", em=True), _Sign.TAB, *on_one_line(runs)])


# XML 1.0 holds no control characters but tab and line ends, no surrogates and no non-characters. Spaces of a
# typewriter are spaces here.
_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys(range(0x20)),
    **dict.fromkeys(range(0x7F, 0xA0)),
    **dict.fromkeys(map(ord, "\t\n\v\f\r\x85"), " "),
    **dict.fromkeys(range(0xD800, 0xE000)),
    **dict.fromkeys((0xFFFE, 0xFFFF)),
}
