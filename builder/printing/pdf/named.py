"""One paper per student: name, id and version on every page, all in one PDF in roster order, and who has which.

Each version is set once. What differs from student to student is set apart, as
three layers that are laid over the version's pages, which all its students
share, and as the codes (`merged`): two thousand papers take seconds and little
more room than one. The merged file is for the printer; the tagged papers are
those of the versions.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, cast

from builder.disk.processes import started
from builder.disk.temporary import TemporaryFolder
from builder.paper import sheet as layout
from builder.paper.sheet.stamp import NOBODY, Stamp, check_of, layout_hash
from builder.printing import questions
from builder.printing.form import Form, head
from builder.printing.jobs import Job
from builder.printing.pdf import sheet
from builder.printing.pdf.boxes import typefaces_of
from builder.printing.pdf.merged import Merged, coded
from builder.printing.pdf.typeset import Press
from builder.printing.text import pictures
from builder.text.cells import table
from builder.text.languages import is_leftward

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

    from builder.disk.processes import Helper
    from builder.model import Course
    from builder.paper.record import Quiz, Student
    from builder.paper.sheet import Box
    from builder.printing.form import Head
    from builder.printing.jobs import Done
    from builder.printing.pdf.merged import Shown
    from builder.printing.pdf.typefaces import Typefaces
    from builder.printing.pdf.typeset import Document

AT_ONCE = 100  # students whose layers are one document
JOBS_A_PROCESS = 3


@dataclass(frozen=True, slots=True)
class Top:
    """A student's own on every page of a paper."""

    name: str
    id: str
    version: str
    kind: Literal["top"] = "top"


@dataclass(frozen=True, slots=True)
class Fields:
    """A student's own on every page of an answer sheet; places in millimetres. Without an id, `name` is a copy's number."""

    name: str
    id: str
    name_at: Box
    id_at: Box
    kind: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class Number:
    """The end of the text of a student's codes; `at` is the place of the whole text."""

    said: str
    at: Box
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class Layers:
    """What is the own of some students, a page each; and texts of codes whose widths are asked for."""

    head: Head
    leftward: bool
    pages: tuple[Top | Fields | Number, ...]
    texts: tuple[str, ...] = ()


def job(course: Course, quiz: Quiz) -> Job:
    """The job that makes `students.pdf` and `students.csv`, with a step for each student."""
    return Job(partial(_files, course, quiz), steps=len(quiz.students))


def _files(course: Course, quiz: Quiz, done: Done) -> dict[str, bytes]:
    used = {student.version for student in quiz.students}
    forms = [Form(course, quiz, version) for version in quiz.versions if version.name in used]
    stamps = {form.version.name: () if form.inline else stamps_of(form, is_named=True) for form in forms}
    has_sheet = any(stamps.values())
    common, faces = head(Form(course, quiz, quiz.versions[0])), typefaces_of(course, quiz)
    starts = range(0, len(quiz.students), AT_ONCE)
    groups = [quiz.students[start : start + AT_ONCE] for start in starts]
    own = [
        partial(typeset, "names.typ", {}, faces, _layers(common, start, people, quiz.identity if has_sheet else ""))
        for start, people in zip(starts, groups, strict=True)
    ]
    bases = [job for form in forms for job in _bases(form, faces, stamps[form.version.name])]
    rows: list[list[object]] = []
    with Merged(quiz.edition.paper) as merged:
        sets = made([*bases, *own], alone=len(groups) == 1)
        shared = {form.version.name: _shared(merged, form, sets) for form in forms}
        for start, people, pdf in zip(starts, groups, sets, strict=True):
            numbered = [
                [
                    stamp._replace(number=number, check=check_of(quiz.identity, student.id))
                    for stamp in stamps[student.version]
                ]
                for number, student in enumerate(people, start + 1)
            ]
            for student, layers, codes in zip(people, merged.layers(pdf), coded(numbered), strict=True):
                first = merged.count + 1
                merged.add(shared[student.version], layers, codes)
                rows.append([student.id, student.name, student.version, quiz.identity, first, merged.count])
                done()
        data = merged.saved(quiz)
    return {"students.pdf": data, "students.csv": _table(rows)}


def stamps_of(form: Form, *, is_named: bool) -> tuple[Stamp, ...]:
    """What the pages of a version's sheet are, without a student."""
    pages = layout.pages(form.quiz, form.version, is_named=is_named)
    hashed = layout_hash(pages, form.quiz.edition.paper)
    return tuple(Stamp(form.quiz.identity, hashed, form.version.name, page.number, NOBODY) for page in pages)


def _bases(form: Form, faces: Typefaces, stamps: tuple[Stamp, ...]) -> Iterator[partial[bytes]]:
    """What sets the pages of one version without a name: the paper, then the sheet."""
    media = pictures(form.course, form.quiz)
    yield partial(typeset, "paper.typ", media, faces, questions.paper(form, named=True))
    if stamps:
        yield partial(typeset, "sheet.typ", {}, faces, sheet.sheet(form, named=True))
        yield shifts(head(form), faces, stamps)


def shifts(common: Head, faces: Typefaces, stamps: tuple[Stamp, ...]) -> partial[bytes]:
    """The job that says where the last part of each code's text begins, in points from the left: a list as JSON."""
    return partial(_shifts, common, faces, tuple(stamp.stem[1] for stamp in stamps))


def _shifts(common: Head, faces: Typefaces, stems: tuple[str, ...]) -> bytes:
    letter = "S"  # the first of what follows, and as far from a stroke as the C of copies
    asked = Layers(common, leftward=False, pages=(), texts=(*(stem + letter for stem in stems), letter))
    with Press({}, faces) as press:
        *widths, alone = press.said("names.typ", asked, "widths")
    return json.dumps([width - alone for width in widths]).encode()


def _shared(merged: Merged, form: Form, sets: Iterator[bytes]) -> list[Shown]:
    """The pages of a version that its students share, from what `_bases` has set."""
    paper = merged.paper(next(sets))
    return paper if form.inline else [*paper, *merged.sheet(next(sets), next(sets))]


def _layers(common: Head, start: int, people: tuple[Student, ...], identity: str) -> Layers:
    """What is these students' own.

    `start` are the students before them on the roster, `identity` is that of a paper with answer sheets, else empty.
    """
    edition, leftward = common.edition, is_leftward(common.edition.language)
    name, candidate = layout.fields(edition.paper, edition.size, leftward=leftward)
    pages: list[Top | Fields | Number] = []
    for number, student in enumerate(people, start + 1):
        pages.append(Top(student.name, student.id, student.version))
        if identity:
            place = Stamp("", "", student.version, 0, number, check=check_of(identity, student.id)).place
            pages += [Fields(student.name, student.id, name, candidate), Number(place, layout.code_text(edition.paper))]
    return Layers(common, leftward, tuple(pages))


def made(jobs: Sequence[partial[bytes]], *, alone: bool) -> Iterator[bytes]:
    """The PDF of each job in its turn: in processes of their own, one after the other, unless this one will do.

    Typst keeps what it has set for a next time that never comes, so a process
    ends after a few jobs and gives its memory back.

    Raises:
        BuilderError: a process can't be started, or ends before its jobs are done.
    """
    if alone:
        yield from (job() for job in jobs)
        return
    with TemporaryFolder() as folder:
        helper = started(_set, folder, jobs[:JOBS_A_PROCESS])
        try:
            for number in range(1, len(jobs) + 1):
                pdf = _heard(helper)
                if number % JOBS_A_PROCESS == 0 and number < len(jobs):
                    helper.end()
                    helper = started(_set, folder, jobs[number : number + JOBS_A_PROCESS])  # while this one goes on
                yield pdf
        finally:
            helper.end()


def _heard(helper: Helper) -> bytes:
    """What the next job of a process has made.

    Raises:
        BuilderError: the process has ended.
        Exception: whatever the job has raised.
    """
    try:
        pdf, error = helper.pipe.recv()
    except (EOFError, OSError):
        raise helper.lost() from None
    if error:
        raise error
    return cast("bytes", pdf)


def _set(pipe: Connection[Any, Any], folder: str, jobs: Sequence[partial[bytes]]) -> None:
    """Do jobs one after the other, and send what each has made, or why it could not be."""
    tempfile.tempdir = folder  # what is left behind then goes with the folder
    for job in jobs:
        try:
            pipe.send((job(), None))
        except Exception as error:  # noqa: BLE001 - the first process raises it
            pipe.send((None, error))
            return


def typeset(template: str, media: Mapping[str, bytes], faces: Typefaces, document: Document) -> bytes:
    """The PDF of a document, set by a template of its own press."""
    with Press(media, faces) as press:
        return press.pdf(template, document)


def _table(rows: list[list[object]]) -> bytes:
    """Who has which version, and where in the merged file."""
    return table([["id", "name", "version", "paper", "first page", "last page"], *rows])
