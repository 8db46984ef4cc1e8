"""What the options of `her-study quiz` say about a paper that is drawn already: its edition, formats and students."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from builder.model import Course
    from builder.paper.record import Edition, Quiz, Student

NAMED = 5  # characters, items, students or files that one message names; of more it gives the number


class Look(NamedTuple):
    """The options that say how a paper is printed; an option that was not given is None or empty."""

    roster: Path | None
    roster_columns: str | None
    paper: str | None
    font: str | None
    large_print: str | None
    two_column: bool | None
    answers: str | None
    language: str | None
    formats: tuple[str, ...]
    digits: int | None = None


def printed_as(course: Course, quiz: Quiz, look: Look, *, again: bool) -> Quiz:
    """The paper with the edition, formats and students that the options ask for.

    What no option names stays as recorded if the paper is printed `again` from a record. A paper that was just drawn
    gets defaults that fit its course.

    Raises:
        BuilderError: there is no such language or format, options contradict each other, or the roster can't be used.
    """
    from builder.diagnostics import did_you_mean
    from builder.paper.record import FORMATS, MOST_STUDENTS
    from builder.wording import languages

    tables = {*languages(), *([course.own_words.language] if course.own_words else [])}
    language = look.language or quiz.edition.language
    if language not in tables:
        message = f"--language {language}: there is {', '.join(sorted(tables))}"
        raise BuilderError(message)
    for form in look.formats:
        if form not in FORMATS:
            message = f"--format {form}: {did_you_mean(form, FORMATS) or 'there is ' + ', '.join(FORMATS)}"
            raise BuilderError(message)
    changes: dict[str, Any] = {"edition": _edition(course, quiz, look, again=again)}
    if look.formats:
        changes["formats"] = tuple(dict.fromkeys(look.formats))
    if look.roster_columns and not look.roster:
        message = "--roster-columns says which columns a list has; give the list as well: --roster FILE"
        raise BuilderError(message)
    if look.roster:
        changes["students"] = _students(look.roster, look.roster_columns, [version.name for version in quiz.versions])
        if len(changes["students"]) > MOST_STUDENTS:
            given = f"{len(changes['students'])} students, more than {MOST_STUDENTS}"
            message = f"{look.roster}: {given}; cut it into several"
            raise BuilderError(message)
    return quiz.model_copy(update=changes)


def _edition(course: Course, quiz: Quiz, look: Look, *, again: bool) -> Edition:
    """The paper's edition, after the changes that the options ask for."""
    from builder.paper.record import Edition

    language = look.language or (None if again else course.words.language)
    without_sheet = look.formats and "pdf" not in look.formats  # only PDF has an answer sheet
    asked = {
        "paper": look.paper,
        "font": look.font,
        "answers": look.answers or ("inline" if without_sheet and not again and not look.roster else None),
        "columns": None if look.two_column is None else 1 + look.two_column,
        "size": int(look.large_print) if look.large_print else None,
        "language": language,
        "digits": look.digits,
    }
    printed = {**quiz.edition.model_dump(), **{key: value for key, value in asked.items() if value is not None}}
    if (printed["size"], printed["columns"]) == (24, 2):
        message = "--two-column and --large-print 24 leave a column of two or three words; give one of the two"
        raise BuilderError(message)
    return Edition(**printed)


def _students(path: Path, columns: str | None, versions: list[str]) -> tuple[Student, ...]:
    """The students of a class list; notes about the list are shown on stderr."""
    from builder.paper import roster
    from builder.report import printable

    found = roster.read(str(path), bytes_of(path), versions, _columns(columns, roster.KEYS))
    for note in found.notes:
        click.echo(printable(f"note: {note}"), err=True)
    return found.students


def _columns(given: str | None, keys: Sequence[str]) -> dict[str, str]:
    """The headings that `--roster-columns` gives, by key: `id=Code,name=Student` names two.

    A heading may hold commas: only a comma before `key=` begins the next column. For example,
    `name=Last, first,id=Code` gives the heading "Last, first" for names, and "Code" for ids.
    """
    import re

    from builder.diagnostics import did_you_mean

    columns: dict[str, str] = {}
    for part in re.split(rf",(?=\s*(?:{'|'.join(keys)})\s*=)", given) if given else ():
        key, _, heading = (text.strip() for text in part.partition("="))
        if key not in keys or not heading or key in columns:
            near = "" if key in keys else did_you_mean(key, keys)
            remedy = near or f"write id=HEADING,name=HEADING; there is {', '.join(keys)}"
            message = f"--roster-columns: '{part.strip()}' does not say which column is which; {remedy}"
            raise BuilderError(message)
        columns[key] = heading
    return columns


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that an option names.

    Raises:
        BuilderError: there is no such file, it can't be read, or it is too large.
    """
    from builder.disk.reader import DISK, MAX_BYTES

    try:
        found = DISK.status(str(path))
        if not found.is_file:
            message = f"{path}: can't be read: this is a folder, a pipe or a device; name a file"
            raise BuilderError(message)
        if found.size > MAX_BYTES:
            message = f"{path}: larger than {MAX_BYTES} bytes"
            raise BuilderError(message)
        return path.read_bytes()
    except OSError as error:
        message = f"{path}: can't be read: {error.strerror or error}"
        raise BuilderError(message) from error


def read(path: Path) -> str:
    """The text of a file that an option names.

    Raises:
        BuilderError: the file can't be read, or holds no text in UTF-8.
    """
    from builder.diagnostics import Diagnostic
    from builder.disk.reader import decode

    text = decode(str(path), bytes_of(path))
    if isinstance(text, Diagnostic):
        message = f"{path}: {text.message}; {text.help}"
        raise BuilderError(message)
    return text


def refuse_boxes(course: Course, quiz: Quiz) -> None:
    """Stop if the paper's PDF would show empty boxes in place of some characters.

    Raises:
        BuilderError: no typeface has some characters; the message names them, and the items that hold them.
    """
    from builder.printing.pdf.boxes import unprintable
    from builder.printing.pdf.typefaces import ADVICE
    from builder.report import counted, printable

    found = unprintable(course, quiz) if "pdf" in quiz.formats else {}
    if found:
        characters = list(dict.fromkeys(c for some in found.values() for c in some))
        codes = ", ".join(f"{printable(c)} (U+{ord(c):04X})" for c in characters[:NAMED])
        codes += f" and {len(characters) - NAMED} more" if len(characters) > NAMED else ""
        where = [item or "the title, cover, instructions or fixed words" for item in found]
        named = ", ".join(where[:NAMED]) + (f" and {len(where) - NAMED} more" if len(where) > NAMED else "")
        message = f"no typeface here has {counted(len(characters), 'character')}: {codes}, in {named}; {ADVICE}"
        raise BuilderError(message)


def tell_boxes(course: Course, quiz: Quiz) -> None:
    """Warn of students whose names or ids students.pdf will show with empty boxes, since no font has the characters."""
    from itertools import islice

    from builder.printing.pdf.boxes import boxed
    from builder.report import counted, printable

    def said(codes: Iterator[str]) -> str:
        return ", ".join(islice(codes, NAMED)) + (", …" if next(codes, "") else "")

    found = list(boxed(course, quiz))
    if found:
        names = "; ".join(
            f"id {it.student.id} ({said(f'U+{ord(c):04X}' for c in it.characters)})" for it in found[:NAMED]
        )
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        message = f"warning: no font here has all characters of {counted(len(found), 'name')}: {names}{more}"
        remedy = "students.pdf has boxes in their place; write these names and ids in Latin letters"
        click.echo(f"{printable(message)}; {remedy}", err=True)


def tell_unreviewed(course: Course, quiz: Quiz) -> bool:
    """Say which questions of a paper wait for a review, as what was imported unfinished does; whether there are any."""
    from builder.report import counted

    asked = {question.id for question in quiz.items}
    found = [item.id for item in course.items if item.id in asked and not item.is_approved]
    if found:
        some = ", ".join(found[:NAMED]) + (" and so on" if len(found) > NAMED else "")
        message = f"note: {counted(len(found), 'question')} of the paper not approved yet (`status:`): {some}"
        click.echo(f"{message}; a blueprint leaves such out", err=True)
    return bool(found)


def show_pages(course: Course, quiz: Quiz) -> None:
    """Open the pages of the paper's PDF as pictures in the browser.

    The pictures are in one HTML file in the folder for temporary files, which only this user can read.

    Raises:
        BuilderError: the paper has no PDF, or it can't be printed.
    """
    import tempfile

    from builder.pages import printed
    from builder.paper.proof import refuse_changed

    if "pdf" not in quiz.formats:
        message = "--preview shows the pages of the PDF; leave out --format, or add pdf to it"
        raise BuilderError(message)
    refuse_changed(course, quiz)
    data = printed.page(course, quiz)
    with tempfile.NamedTemporaryFile(prefix="her-study-quiz-", suffix=".html", delete=False) as file:
        file.write(data)
    click.echo(file.name)
    click.launch(file.name)
