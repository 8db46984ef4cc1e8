"""The quiz as DOCX: a document for each paper and each key, to edit in Word or LibreOffice.

Styles and numbering are real ones: a question that is moved gets its new
number, and the look is changed once for all. The same quiz gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from builder.diagnostics import BuilderError
from builder.disk.archive import zipped
from builder.paper.sheet import PAPERS
from builder.printing import answers, questions
from builder.printing.questions import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from builder.model import Course
    from builder.paper.record import Quiz
    from builder.printing.questions import Data, Runs

_FONTS = {"serif": "Cambria", "hyperlegible": "Atkinson Hyperlegible Next"}
_READABLE = (".png", ".jpg", ".jpeg", ".gif")
_MARGIN, _INDENT = 21, 9  # millimetres


def files(course: Course, quiz: Quiz, done: Callable[[], object] = lambda: None) -> dict[str, bytes]:
    """`paper-A.docx` and `key-A.docx` for each version; `done` is called after each file.

    Raises:
        BuilderError: python-docx is not installed, or a picture is of a kind that DOCX can't hold.
    """
    try:
        import docx  # noqa: F401
    except ImportError as error:
        message = "DOCX needs python-docx; install it with: pip install her-study[docx]"
        raise BuilderError(message) from error
    works = answers.Works(course, quiz)
    made = {}
    for version in quiz.versions:
        form = Form(course, quiz, version)
        paper = _Writer(form, quiz.heading or form.words["paper"])
        paper.paper(questions.document(form))
        made[f"paper-{version.name}.docx"] = paper.saved()
        done()
        key = _Writer(form, form.words["key"])
        key.key(answers.document(form, works))
        made[f"key-{version.name}.docx"] = key.saved()
        done()
    return made


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

    def line(self, style: str, runs: Runs | str = "", **options: Any) -> Paragraph:
        """A paragraph."""
        made = self.last = self.document.add_paragraph(style=style)
        self.run(made, [{"text": runs}] if isinstance(runs, str) else runs)
        for key, value in options.items():
            setattr(made.paragraph_format, key, value)
        return made

    def run(self, paragraph: Paragraph, runs: Runs | Any) -> None:
        """Runs at the end of a paragraph; a formula is its TeX."""
        for run in runs:
            if "gap" in run:
                number = f"({run['gap']}) " if run["gap"] else ""
                paragraph.add_run(f"{number}{'_' * 18}")
                if run["hint"]:
                    self.run(paragraph, [{"text": " ["}, *run["hint"], {"text": "]"}])
                continue
            if run.get("break_"):
                paragraph.add_run().add_break()
                continue
            if run.get("tab"):
                paragraph.add_run().add_tab()
                continue
            text = run["alt"] if "svg" in run else run["text"]
            made = paragraph.add_run(text.translate(_CONTROLS))
            made.bold, made.italic = run.get("strong") or None, run.get("em") or None
            if run.get("code") or "svg" in run:
                made.style = "Code"
            if "href" in run and run["href"] != run["text"]:
                paragraph.add_run(f" ({run['href'].translate(_CONTROLS)})")

    def head(self) -> None:
        """What the document is, and how much of it."""
        quiz, said = self.form.quiz, questions.head(self.form)
        self.line("Title", quiz.title)
        names = dict.fromkeys(filter(None, (quiz.heading, self.name)))
        self.line("Subtitle", " · ".join([*names, f"{self.words['version']} {self.form.version.name}"]))
        self.line(
            "Normal", [{"text": " · ".join(said[k] for k in ("count", "points", "minutes") if said[k]), "strong": True}]
        )

    def paper(self, document: Data) -> None:
        """The paper."""
        self.head()
        for field in document["fields"]:
            self.line("Field", [{"text": f"{field}{self.words['colon']}"}, _TAB])
        for runs in document["cover"]:
            self.line("Cover", runs)
        for runs in document["instructions"]:
            self.line("Lead", runs)
        if self.form.quiz.edition.columns == 2:  # noqa: PLR2004 - one or two
            from builder.printing.docx import styles

            styles.two_columns(self.document)
        for section in document["sections"]:
            self.section(section, [section["instruction"], section["choose"]], self.asked)
        self.last.paragraph_format.keep_with_next = True
        self.line("End", [{"text": self.words["end"], "strong": True}])

    def key(self, document: Data) -> None:
        """The key."""
        self.head()
        self.line("Normal", [{"text": self.words["confidential"], "strong": True}])
        if document["glance"]:
            self.line("Heading 1", self.words["glance"])
            self.line("Normal", "; ".join(f"{g['number']} {g['key']}" for g in document["glance"]))
        for section in document["sections"]:
            self.section(section, [section["choose"]], self.solved)
        if document["works"]:
            self.line("Heading 1", self.words["works_cited"], page_break_before=True)
            for number, work in enumerate(document["works"], 1):
                self.line("Work", [{"text": f"[{number}]"}, _TAB, *work])

    def section(self, section: Data, notes: list[str], render: Callable[[Data], None]) -> None:
        """A part, its questions as `render` makes their answers."""
        self.line("Heading 1", section["heading"])
        for note in filter(None, (section["size"], *notes)):
            self.line("Instruction", note)
        for question in section["questions"]:
            marks = question["points"].replace(" ", "\u00a0")
            made = self.line("Question", [*question["prompt"], {"text": f"  [{marks}]"}])
            self.numbering.question(made)
            self.picture(question)
            render(question)
            # Or it would keep the next question on its page, and that the one after it.
            self.last.paragraph_format.keep_with_next = False

    def picture(self, question: Data) -> None:
        """The picture of a question, with its words."""
        from docx.shared import Emu, Mm

        image = question["image"]
        if not image:
            return
        if not image["file"].lower().endswith(_READABLE):
            message = f"{image['file']}: DOCX can't hold this kind of picture; save it as PNG or JPEG"
            raise BuilderError(message)
        made = self.line("Below", [])
        try:
            shape = made.add_run().add_picture(io.BytesIO(self.form.course.media[image["file"]]))
        except Exception as error:  # of many kinds, python-docx's own and those of reading bytes
            message = f"{image['file']}: this picture can't be read; save it anew as PNG or JPEG"
            raise BuilderError(message) from error
        scale = min(1, Mm(140) / shape.width, Mm(85) / shape.height)
        shape.width, shape.height = Emu(shape.width * scale), Emu(shape.height * scale)
        shape._inline.docPr.set("descr", image["alt"].translate(_CONTROLS))  # noqa: SLF001 - python-docx has no other way to an alternative text

    def asked(self, question: Data) -> None:
        """What a candidate answers with."""
        words, inline = self.words, self.form.inline
        match question["kind"]:
            case "mcq":
                if question["several"]:
                    self.line("Instruction below", words["several"])
                self.lettered(question["options"])
            case "truefalse" if inline:
                self.line("Below", f"☐ {words['true']}    ☐ {words['false']}", keep_with_next=True)
                self.line("Answer line", [{"text": f"{words['correction']}{words['colon']}"}, _TAB])
            case "matching":
                self.boxed([[{"text": f"({n}) "}, *term] for n, term in enumerate(question["terms"], 1)])
                self.lettered(question["responses"], above=8)
            case "ordering":
                (self.boxed if inline else self.lettered)(question["steps"])
            case "basic" | "short" | "essay":
                if limit := question.get("limit"):
                    self.line("Instruction below", limit)
                for _ in range(question["lines"] if inline else 0):
                    self.line("Answer line", [_TAB])

    def boxed(self, texts: list[Runs]) -> None:
        """Lines that a sign is written before, where answers are given on the paper."""
        before = [{"text": "____ "}] if self.form.inline else []
        for runs in texts:
            self.line("Below", [*before, *runs], keep_with_next=True)

    def lettered(self, texts: list[Runs], above: float | None = None) -> None:
        """A lettered list of its own, kept together; `above` are points of room before it."""
        from docx.shared import Pt

        made = [self.line("Option", runs) for runs in texts]
        self.numbering.options(made)
        if above:
            made[0].paragraph_format.space_before = Pt(above)

    def solved(self, question: Data) -> None:
        """What is right, why, and where to read it up."""
        for label, runs in answers.facts(self.words, question):
            self.line("Fact", [{"text": f"{label}{self.words['colon']}", "em": True}, _TAB, *runs])


_TAB = {"tab": True}

# XML 1.0 holds no control characters but tab and line ends, no surrogates and no non-characters. Spaces of a
# typewriter are spaces here.
_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys(range(0x20)),
    **dict.fromkeys(range(0x7F, 0xA0)),
    **dict.fromkeys(map(ord, "\t\n\v\f\r\x85"), " "),
    **dict.fromkeys(range(0xD800, 0xE000)),
    **dict.fromkeys((0xFFFE, 0xFFFF)),
}
