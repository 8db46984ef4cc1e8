"""One paper per student: name, id and version on every page, all in one PDF in roster order, and who has which.

Each version is set once. What differs from student to student is set apart, as
a layer for each page, and laid over the version's page, which all its students
share: two thousand papers take seconds and little more room than one. The
merged file is for the printer; the tagged papers are those of the versions.
"""

from __future__ import annotations

import csv
import io
import os
import signal
from multiprocessing import get_context
from typing import TYPE_CHECKING

from builder import layout
from builder.export import questions, sheet
from builder.export.questions import Form, head
from builder.export.typeset import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pikepdf

    from builder.export.questions import Data
    from builder.model import Course
    from builder.quiz import Quiz, Student

AT_ONCE = 50  # students whose layers are one document
GROUPS_A_PROCESS = 2
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def files(course: Course, quiz: Quiz, press: Press, done: Callable[[], object]) -> dict[str, bytes]:
    """`students.pdf` and `students.csv`; `done` is called for each student."""
    import pikepdf

    used = {student.version for student in quiz.students}
    stacks = {
        version.name: _Stack(Form(course, quiz, version), press) for version in quiz.versions if version.name in used
    }
    rows: list[list[object]] = []
    with pikepdf.new() as out:
        tree = _Tree(out, layout.PAPERS[quiz.edition.paper])
        shared = {name: stack.forms(out) for name, stack in stacks.items()}
        common = head(Form(course, quiz, quiz.versions[0]))
        sheets = {name: stack.sheets for name, stack in stacks.items()}
        groups = [quiz.students[start : start + AT_ONCE] for start in range(0, len(quiz.students), AT_ONCE)]
        for people, layers in zip(
            groups, _set([(common, quiz, people, sheets, press.root) for people in groups]), strict=True
        ):
            with pikepdf.open(io.BytesIO(layers)) as source:
                own = (out.copy_foreign(layer.as_form_xobject()) for layer in source.pages)
                for student in people:
                    header, first = next(own), tree.count + 1
                    pages = [(base, next(own) if kind == "sheet" else header) for kind, base in shared[student.version]]
                    tree.add(pages)
                    rows.append([student.id, student.name, student.version, quiz.identity, first, tree.count])
                    done()
        out.docinfo["/Title"] = f"{quiz.title} \u2013 {quiz.heading}" if quiz.heading else quiz.title
        data = io.BytesIO()
        out.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return {"students.pdf": data.getvalue(), "students.csv": _table(rows)}


class _Stack:
    """The pages of one version without a name: paper, then sheet, each filled up to whole leaves."""

    def __init__(self, form: Form, press: Press) -> None:
        """Have them set."""
        self.pdfs = [("paper", press.pdf("paper.typ", questions.document(form, named=True)))]
        if not form.inline:
            self.pdfs.append(("sheet", press.pdf("sheet.typ", sheet.document(form, named=True))))
        self.sheets = 0 if form.inline else len(sheet.pages(form.quiz, form.version))

    def forms(self, out: pikepdf.Pdf) -> list[tuple[str, pikepdf.Object | None]]:
        """The kind of each page, and the page as a form of `out`, which many pages may show; None for a white one."""
        import pikepdf

        forms: list[tuple[str, pikepdf.Object | None]] = []
        for kind, pdf in self.pdfs:
            with pikepdf.open(io.BytesIO(pdf)) as source:
                pages = [(kind, out.copy_foreign(page.as_form_xobject())) for page in source.pages]
                forms += [*pages, *[("", None)] * (len(pages) % 2)]
        return forms


Order = tuple[
    "Data", "Quiz", tuple["Student", ...], dict[str, int], "Path"
]  # the last: where to keep what is temporary


def _set(orders: list[Order]) -> Iterator[bytes]:
    """The layers of each group of students as one PDF: in processes of their own where there are several groups.

    Typst keeps what it has set for a next time that never comes, so a process
    ends after a few groups and gives its memory back.
    """
    if len(orders) == 1:
        yield _layers_pdf(orders[0])
        return
    # Forking would copy the threads' locks of this process with it.
    with get_context("spawn").Pool(os.cpu_count(), _deaf, maxtasksperchild=GROUPS_A_PROCESS) as pool:
        yield from pool.imap(_layers_pdf, orders)


def _deaf() -> None:
    # Ctrl-C reaches every process of the terminal: the first one deals with it, for all.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _layers_pdf(order: Order) -> bytes:
    common, quiz, people, sheets, within = order
    with Press({}, within) as press:
        return press.pdf("names.typ", common | {"pages": list(_layers(quiz, people, sheets))})


def _layers(quiz: Quiz, people: tuple[Student, ...], sheets: dict[str, int]) -> Iterator[Data]:
    """What is these students' own: for each, the head of every paper page, then each sheet page; millimetres."""
    paper, size = quiz.edition.paper, quiz.edition.size
    name, candidate = (box._asdict() for box in layout.fields(paper, size))
    code = layout.code(paper)._asdict()
    for student in people:
        who = {"name": student.name, "id": student.id, "version": student.version}
        yield who | {"kind": "paper"}
        for number in range(1, sheets[student.version] + 1):
            picture = sheet.code(quiz, student.version, number, student.id)
            yield who | {"kind": "sheet", "name_at": name, "id_at": candidate, "code_at": code, "code": picture}


class _Tree:
    """The page tree of the merged file: a node for each student below the root.

    pikepdf's own list of pages takes a time that grows with the square of their number.
    """

    def __init__(self, out: pikepdf.Pdf, size: tuple[float, float]) -> None:
        """Start with no page; `size` is that of all pages, in millimetres."""
        import pikepdf

        self.out, self.count = out, 0
        box = [0, 0, *(round(side / 25.4 * 72, 3) for side in size)]
        root = pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[], Count=0, MediaBox=box)
        self.root = out.Root.Pages = out.make_indirect(root)
        self.drawn = out.make_indirect(pikepdf.Stream(out, b"q /Base Do Q q /Own Do Q"))

    def add(self, pages: list[tuple[pikepdf.Object | None, pikepdf.Object]]) -> None:
        """The pages of a student: each shows the version's page and over it the student's layer, or is white."""
        import pikepdf

        node = self.out.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Pages, Parent=self.root, Kids=[], Count=len(pages))
        )
        for base, layer in pages:
            page = pikepdf.Dictionary(Type=pikepdf.Name.Page, Parent=node, Resources=pikepdf.Dictionary())
            if base is not None:
                page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Base=base, Own=layer))
                page.Contents = self.drawn
            node.Kids.append(self.out.make_indirect(page))
        self.root.Kids.append(node)
        self.count += len(pages)
        self.root.Count = self.count


def _table(rows: list[list[object]]) -> bytes:
    """Who has which version, and where in the merged file, as CSV that no spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["id", "name", "version", "paper", "first page", "last page"])
    for row in rows:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
