"""An open document: its styles, its measures, and the place that is written to."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from builder.disk.archive import zipped
from builder.paper.sheet import PAPERS
from builder.printing.docx import styles
from builder.printing.docx.elements import clean
from builder.printing.docx.numbering import Numbering
from builder.printing.docx.runs import Pen, Sign
from builder.printing.form import head
from builder.text.languages import is_leftward
from builder.text.tree import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

    from builder.printing.form import Form
    from builder.printing.text import Node

_FONTS = {"serif": "Cambria", "hyperlegible": "Atkinson Hyperlegible Next"}
_LABELS = "answer accepted correction criterion explanation item key_points places source works".split()


class Desk:
    """A document that is being written: `name` is what it is, `version` which one, or empty."""

    def __init__(self, form: Form, name: str, *, columns: int | None = None, version: str | None = None) -> None:
        """Lay out an empty one, by the edition of the quiz; `columns` if not as many as that says."""
        edition, language = form.quiz.edition, form.course.language
        self.form, self.words, self.name = form, form.words, name
        self.version = f"{self.words['version']} {form.version.name}" if version is None else version
        self.is_leftward = is_leftward(language)
        self.measures = styles.measures(
            edition,
            PAPERS[edition.paper],
            columns=columns or edition.columns,
            signs=5 * form.inline,
            label=max(len(f"{self.words[key]}{self.words['colon']}") for key in _LABELS),
        )
        self.document = styles.document(font=_FONTS[edition.font], language=language, measures=self.measures)
        said = (form.quiz.heading or form.words["paper"], name, self.version)
        styles.footer(self.document, list(dict.fromkeys(filter(None, said))), self.measures.width, language)
        self.numbering = Numbering(self.document, self.measures)
        self.pen = Pen(edition.size, form.course.media, self.is_leftward)
        self._place: Any = self.document  # or a cell of a table
        self.last: list[Paragraph] = []  # what was written last: a paragraph, or those of a table's last row

    def saved(self) -> bytes:
        """The document's bytes, with nothing in them of the time or the zip library."""
        quiz = self.form.quiz
        about = self.document.core_properties
        named = " – ".join(dict.fromkeys(filter(None, (quiz.title, quiz.heading, self.name))))
        about.title = clean(named)[:255]
        about.author = about.comments = ""
        about.language = self.form.course.language
        about.created = about.modified = datetime(1980, 1, 1)  # noqa: DTZ001 - DOCX wants no zone; a fixed time, for the same bytes
        data = io.BytesIO()
        self.document.save(data)
        with zipfile.ZipFile(data) as archive:
            return zipped({name: archive.read(name) for name in archive.namelist()})

    def blank(self, style: str, **options: Any) -> Paragraph:
        """An empty paragraph; `options` are of its format."""
        made: Paragraph = self._place.add_paragraph(style=style)
        self.last = [made]
        for key, value in options.items():
            setattr(made.paragraph_format, key, value)
        return made

    def line(
        self, style: str, nodes: Iterable[Node | Sign] | str = "", *, width: float = 0, **options: Any
    ) -> Paragraph:
        """A paragraph; pictures in it are at most `width` millimetres wide, or as the column is."""
        made = self.blank(style, **options)
        self.pen.write(made, (Run(nodes),) if isinstance(nodes, str) else nodes, width or self.measures.column)
        return made

    def table(self, rows: int, columns: int, style: str | None = "Table Grid") -> Table:
        """An empty table. Word would join it with one right before it."""
        if self.last and self.is_after_table():
            self.blank("Gap between tables")
        made: Table
        if self._place is self.document:
            made = self.document.add_table(rows, columns)
        else:
            made = self._place.add_table(rows, columns)
            last = self._place.paragraphs[-1]  # python-docx adds one, as a cell must end in it
            last._p.getparent().remove(last._p)  # noqa: SLF001 - python-docx can't take one away
        made.style = self.document.styles[style] if style else None
        return made

    def is_after_table(self) -> bool:
        """Whether a table stands right before what comes next."""
        body = self._place._element if self._place is not self.document else self.document.element.body  # noqa: SLF001 - as above
        tags = [child.tag.rpartition("}")[2] for child in body if not child.tag.endswith(("}sectPr", "}tcPr"))]
        return bool(tags) and tags[-1] == "tbl"

    @contextmanager
    def inside(self, cell: _Cell) -> Iterator[None]:
        """Write into a cell of a table for a while. It ends in a paragraph, as the standard wants it."""
        outer, self._place = self._place, cell
        first = cell.paragraphs[0]._p  # noqa: SLF001 - python-docx gives a cell an empty paragraph
        try:
            yield
            if len(cell._tc) > 2:  # noqa: PLR2004, SLF001 - its properties, the first paragraph, and more
                first.getparent().remove(first)
            if self.is_after_table():
                self.blank("Gap between tables")
        finally:
            self._place = outer

    def head(self) -> None:
        """What the document is, and how much of it."""
        quiz = self.form.quiz
        self.line("Title", quiz.title)
        names = dict.fromkeys(filter(None, (quiz.heading, self.name, self.version)))
        self.line("Subtitle", [Run(" · " * (place > 0) + name) for place, name in enumerate(names)])
        facts = head(self.form).facts
        self.line("Normal", [Run(" · " * (place > 0) + fact, strong=True) for place, fact in enumerate(facts)])

    def keep(self, paragraphs: Iterable[Paragraph]) -> None:
        """Keep paragraphs on the page of what follows each."""
        for paragraph in paragraphs:
            paragraph.paragraph_format.keep_with_next = True

    def part(self) -> None:
        """Let what was written last part from what follows. Or a question would keep the next one on its page."""
        for paragraph in self.last:
            paragraph.paragraph_format.keep_with_next = False
