"""Signs that no typeface here has: a box would be printed in the place of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.model import Cloze
from builder.model.readings import texts
from builder.paper.variants import is_known, variant_of
from builder.printing.form import Form, Head, head
from builder.printing.pdf import typefaces
from builder.printing.pdf.typeset import Press, clean
from builder.text import cloze, markup
from builder.text.tree import Run, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from builder.model import Course, Item
    from builder.paper.record import Quiz, Student
    from builder.printing.pdf.typefaces import Typefaces


# What our own faces surely have: letters of Western and Central Europe, quotation marks, dashes, arrows.
_USUAL = re.compile(
    "[\\s!-~\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2032\u2033\u20ac\u2190-\u2193\u2212]*"
)


class Boxed(NamedTuple):
    """A student in whose name or id boxes are printed, and the characters that they stand for, each once."""

    student: Student
    characters: tuple[str, ...]


class Tried(NamedTuple):
    """Texts that are set for no reader."""

    head: Head
    texts: tuple[str, ...]


def typefaces_of(course: Course, quiz: Quiz) -> Typefaces:
    """The typefaces that the texts of a quiz and the names of its students want."""
    said = "".join(_printed(course, quiz).values())
    return typefaces.chosen(course.fonts, [said, *(student.name for student in quiz.students)])


def boxed(course: Course, quiz: Quiz) -> Iterator[Boxed]:
    """The students whose name or id has characters that no typeface here can print, in the order of the roster."""
    written: dict[Student, str] = {student: clean(f"{student.name} {student.id}") for student in quiz.students}
    lacking = _lacking(course, quiz, written.values())
    for student, text in written.items():
        found = _found(text, lacking)
        if found:
            yield Boxed(student, found)


def unprintable(course: Course, quiz: Quiz) -> dict[str, tuple[str, ...]]:
    """The characters that no typeface here can print, by the item whose texts have them; those of titles are below ""."""
    written = {key: clean(text) for key, text in _printed(course, quiz).items()}
    lacking = _lacking(course, quiz, written.values())
    found = {key: _found(text, lacking) for key, text in written.items()}
    return {key: characters for key, characters in found.items() if characters}


def _printed(course: Course, quiz: Quiz) -> Mapping[str, str]:
    """The text of each item of a quiz, formulas aside, which have a face of their own; below "", what is about all of them.

    That is titles, cover and the fixed words.
    """
    fixed = Form(course, quiz, quiz.versions[0]).words.text
    titles = f"{quiz.title}\n{quiz.heading}\n{quiz.cover}\n{quiz.instructions}\n{fixed}"
    known = [entry for entry in quiz.items if entry.id in course.by_id]
    said = {entry.id: _said(course.by_id[entry.id]) for entry in known if not entry.values}
    drawn = [entry for version in quiz.versions for entry in version.items if entry.values]
    for entry in drawn:
        if entry.id in course.by_id and is_known(entry, course.by_id[entry.id]):
            said[entry.id] = f"{said.get(entry.id, '')}\n{_said(variant_of(course, entry))}"
    return {"": titles, **said}


def _said(item: Item) -> str:
    read = cloze.filled if isinstance(item, Cloze) else str
    trees = [markup.parse(read(text), math=item.math) for _, text in texts(item)]
    titles = []
    if item.passage:
        trees.append(markup.parse(item.passage.text, math=item.passage.math))
        titles.append(item.passage.title or "")
    nodes = (node for tree in trees for line in lines(tree) for node in line)
    return "\n".join([*titles, *(node.text for node in nodes if isinstance(node, Run) and not node.math)])


def _lacking(course: Course, quiz: Quiz, written: Iterable[str]) -> frozenset[str]:
    """Pieces of these texts that can't be printed. Typst alone knows what its faces have: it sets all but plain texts once."""
    odd = tuple(text for text in written if not _USUAL.fullmatch(text))
    if not odd:
        return frozenset()
    with Press({}, typefaces_of(course, quiz)) as press:
        press.pdf("tried.typ", Tried(head(Form(course, quiz, quiz.versions[0])), odd), learn=True)
        return press.lacking


def _found(text: str, lacking: frozenset[str]) -> tuple[str, ...]:
    """The characters of a text that are in lacking pieces of it, each once."""
    found = {c for piece in lacking if piece in text for c in piece if not c.isascii()}
    return tuple(dict.fromkeys(c for c in text if c in found))
