"""One paper per student: name, id and version on every page, all in one PDF in roster order, and who has which.

Each version is set once. What differs from student to student is set apart, as
a layer for each page, and laid over the version's page, which all its students
share: two thousand papers take seconds and little more room than one. The
merged file is for the printer; the tagged papers are those of the versions.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, resource_tracker
from typing import TYPE_CHECKING, Literal

from builder.disk.journal import undisturbed
from builder.disk.temporary import TemporaryFolder
from builder.paper import sheet as layout
from builder.paper.sheet.stamp import NOBODY, Stamp, layout_hash
from builder.printing import questions
from builder.printing.form import Form, head
from builder.printing.jobs import Job
from builder.printing.pdf import sheet
from builder.printing.pdf.boxes import typefaces_of
from builder.printing.pdf.typeset import Press
from builder.printing.text import pictures
from builder.text.cells import table
from builder.text.languages import is_leftward

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from multiprocessing.pool import Pool

    import pikepdf

    from builder.model import Course
    from builder.paper.record import Edition, Quiz, Student
    from builder.paper.sheet import Box
    from builder.printing.form import Head
    from builder.printing.jobs import Done
    from builder.printing.pdf.sheet import Code
    from builder.printing.pdf.typefaces import Typefaces
    from builder.printing.pdf.typeset import Document

AT_ONCE = 200  # pages of layers that are one document
JOBS_A_PROCESS = 3


@dataclass(frozen=True, slots=True)
class PaperLayer:
    """A student's own on every page of a paper."""

    name: str
    id: str
    version: str
    kind: Literal["paper"] = "paper"


@dataclass(frozen=True, slots=True)
class SheetLayer:
    """A student's own on one page of an answer sheet; places in millimetres."""

    name: str
    id: str
    name_at: Box
    id_at: Box
    code_at: Box
    text_at: Box
    code: Code
    kind: Literal["sheet"] = "sheet"


@dataclass(frozen=True, slots=True)
class Layers:
    """What is the own of some students, page after page."""

    head: Head
    leftward: bool
    pages: tuple[PaperLayer | SheetLayer, ...]


def job(course: Course, quiz: Quiz) -> Job:
    """The job that makes `students.pdf` and `students.csv`, with a step for each student."""
    return Job(partial(_files, course, quiz), steps=len(quiz.students))


def _files(course: Course, quiz: Quiz, done: Done) -> dict[str, bytes]:
    with undisturbed():  # a signal while its compiled part is loaded would abort the process
        import pikepdf

    used = {student.version for student in quiz.students}
    forms = [Form(course, quiz, version) for version in quiz.versions if version.name in used]
    identity = quiz.identity
    sheets = {form.version.name: () if form.inline else _stamps(form, identity) for form in forms}
    faces = typefaces_of(course, quiz)
    stacks = [(form.version.name, kind, job) for form in forms for kind, job in _stack(form, faces)]
    each = max(1, AT_ONCE // (1 + max(len(stamps) for stamps in sheets.values())))
    starts = range(0, len(quiz.students), each)
    groups = [quiz.students[start : start + each] for start in starts]
    common = head(Form(course, quiz, quiz.versions[0]))
    layers = [
        partial(_layers_pdf, faces, common, start, people, sheets) for start, people in zip(starts, groups, strict=True)
    ]
    rows: list[list[object]] = []
    with pikepdf.new() as out:
        tree = Tree(out, layout.PAPERS[quiz.edition.paper])
        sets = made([*(job for *_, job in stacks), *layers], alone=len(groups) == 1)
        shared: dict[str, list[tuple[str, pikepdf.Object | None]]] = {name: [] for name in sheets}
        for name, kind, _ in stacks:
            shared[name] += leaves(out, kind, next(sets))
        for people, pdf in zip(groups, sets, strict=True):
            with pikepdf.open(io.BytesIO(pdf)) as source:
                own = (out.copy_foreign(layer.as_form_xobject()) for layer in source.pages)
                for student in people:
                    header, first = next(own), tree.count + 1
                    pages = [(base, next(own) if kind == "sheet" else header) for kind, base in shared[student.version]]
                    tree.add(pages)
                    rows.append([student.id, student.name, student.version, identity, first, tree.count])
                    done()
        out.docinfo["/Title"] = f"{quiz.title} \u2013 {quiz.heading}" if quiz.heading else quiz.title
        data = io.BytesIO()
        out.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return {"students.pdf": data.getvalue(), "students.csv": _table(rows)}


def _stamps(form: Form, identity: str) -> tuple[Stamp, ...]:
    """What the pages of a version's sheet are, without a student."""
    pages = layout.pages(form.quiz, form.version, is_named=True)
    hashed = layout_hash(pages, form.quiz.edition.paper)
    return tuple(Stamp(identity, hashed, form.version.name, page.number, NOBODY) for page in pages)


def _stack(form: Form, faces: Typefaces) -> Iterator[tuple[str, partial[bytes]]]:
    """What sets the pages of one version without a name: the paper, then the sheet."""
    media = pictures(form.course, form.quiz)
    yield "paper", partial(typeset, "paper.typ", media, faces, questions.paper(form, named=True))
    if not form.inline:
        yield "sheet", partial(typeset, "sheet.typ", {}, faces, sheet.sheet(form, named=True))


def leaves(out: pikepdf.Pdf, kind: str, pdf: bytes) -> list[tuple[str, pikepdf.Object | None]]:
    """Pages filled up to whole leaves: the kind of each, and the page as a form of `out`, which many pages may show.

    A white page has no kind and no form.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as source:
        pages: list[tuple[str, pikepdf.Object | None]] = [
            (kind, out.copy_foreign(page.as_form_xobject())) for page in source.pages
        ]
    return [*pages, *[("", None)] * (len(pages) % 2)]


def made(jobs: list[partial[bytes]], *, alone: bool) -> Iterator[bytes]:
    """The PDF of each job in its turn: in processes of their own, unless one will do.

    Typst keeps what it has set for a next time that never comes, so a process
    ends after a few jobs and gives its memory back.
    """
    if alone:
        yield from (job() for job in jobs)
        return
    with TemporaryFolder() as folder:
        with undisturbed():  # processes that have half of what they need to start would print tracebacks
            pool = _pool(folder)
        with pool:
            yield from pool.imap(_done, jobs)


def _pool(folder: str) -> Pool:
    """Processes that Ctrl-C does not reach; they keep what is temporary in a folder.

    A terminal sends it to every process: the first one deals with it, for all, by ending them.
    """
    context = get_context("spawn")  # forking would copy the threads' locks of this process with it
    before = None
    if sys.platform != "win32":
        # Who starts, and starts others later, has the signal blocked from its first instruction on. The process that
        # watches over semaphores comes before: at its start Python lets the signal in again.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return context.Pool(os.cpu_count(), _start, (folder,), maxtasksperchild=JOBS_A_PROCESS)
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it can't be blocked
    tempfile.tempdir = folder  # what they leave behind then goes with the folder


def _done(job: partial[bytes]) -> bytes:
    return job()


def typeset(template: str, media: Mapping[str, bytes], faces: Typefaces, document: Document) -> bytes:
    """The PDF of a document, set by a template of its own press."""
    with Press(media, faces) as press:
        return press.pdf(template, document)


def _layers_pdf(
    faces: Typefaces, common: Head, start: int, people: tuple[Student, ...], sheets: Mapping[str, tuple[Stamp, ...]]
) -> bytes:
    pages = tuple(_layers(common.edition, start, people, sheets))
    leftward = is_leftward(common.edition.language)
    return typeset("names.typ", {}, faces, Layers(common, leftward, pages))


def _layers(
    edition: Edition, start: int, people: tuple[Student, ...], sheets: Mapping[str, tuple[Stamp, ...]]
) -> Iterator[PaperLayer | SheetLayer]:
    """What is these students' own: for each, the head of every paper page, then each sheet page.

    `start` are the students before them on the roster.
    """
    name, candidate = layout.fields(edition.paper, edition.size, leftward=is_leftward(edition.language))
    place, text = layout.code(edition.paper), layout.code_text(edition.paper)
    for number, student in enumerate(people, start + 1):
        yield PaperLayer(student.name, student.id, student.version)
        for stamp in sheets[student.version]:
            code = sheet.code(stamp._replace(number=number))
            yield SheetLayer(student.name, student.id, name, candidate, place, text, code)


class Tree:
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
    """Who has which version, and where in the merged file."""
    return table([["id", "name", "version", "paper", "first page", "last page"], *rows])
