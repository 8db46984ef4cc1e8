"""Names with characters that no font here has: a box would be printed in the place of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from builder.printing.form import Form, Head, head
from builder.printing.pdf.typeset import Press, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course
    from builder.paper.record import Quiz, Student


class Boxed(NamedTuple):
    """A student in whose name or id boxes are printed, and the characters that they stand for, each once."""

    student: Student
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """Texts that are set for no reader."""

    head: Head
    texts: tuple[str, ...]


def boxed(course: Course, quiz: Quiz) -> Iterator[Boxed]:
    """The students whose name or id has characters that no font here can print, in the order of the roster.

    Typst alone knows what its fonts have: all names but plain ones are set once, in one document.
    """
    written: dict[Student, str] = {student: clean(f"{student.name} {student.id}") for student in quiz.students}
    odd = {student: text for student, text in written.items() if not text.isascii()}
    if not odd:
        return
    with Press({}) as press:
        document = Tried(head(Form(course, quiz, quiz.versions[0])), tuple(odd.values()))
        press.pdf("tried.typ", document, learn=True)
    for student, text in odd.items():
        found = {c for piece in press.lacking if piece in text for c in piece if not c.isascii()}
        if found:
            yield Boxed(student, tuple(dict.fromkeys(c for c in text if c in found)))
