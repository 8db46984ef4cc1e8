"""What the options of `her-study quiz` say about a paper that is drawn already: its edition, formats and students."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from builder.diagnostics import BuilderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builder.model import Course
    from builder.paper.record import Edition, Quiz

NAMED = 5  # in one message: enough to know them by


@dataclass(frozen=True, slots=True)
class Look:
    """What the options say of the printing of a paper; what was not given is None or empty."""

    roster: Path | None
    paper: str | None
    font: str | None
    large_print: str | None
    two_column: bool | None
    answers: str | None
    language: str | None
    formats: tuple[str, ...]


def printed_as(course: Course, quiz: Quiz, look: Look, *, again: bool) -> Quiz:
    """The paper in the edition, the formats and for the students that the options ask for.

    A paper that is printed `again` keeps what no option changes; one just drawn gets defaults that fit its course.
    """
    from builder.diagnostics import did_you_mean
    from builder.paper.record import FORMATS
    from builder.wording import languages

    if look.language and look.language not in languages():
        message = f"--language {look.language}: there is {', '.join(languages())}"
        raise BuilderError(message)
    for form in look.formats:
        if form not in FORMATS:
            message = f"--format {form}: {did_you_mean(form, FORMATS) or 'there is ' + ', '.join(FORMATS)}"
            raise BuilderError(message)
    changes: dict[str, Any] = {"edition": _edition(course, quiz, look, again=again)}
    if look.formats:
        changes["formats"] = tuple(dict.fromkeys(look.formats))
    if look.roster:
        from builder.paper import roster

        text = read(look.roster)
        changes["students"] = roster.read(str(look.roster), text, [version.name for version in quiz.versions])
    return quiz.model_copy(update=changes)


def _edition(course: Course, quiz: Quiz, look: Look, *, again: bool) -> Edition:
    """The edition of the paper, with what the options change of it."""
    from builder.paper.record import Edition
    from builder.wording import languages

    language = look.language or (None if again else course.language.split("-")[0])
    without_sheet = look.formats and "pdf" not in look.formats  # only PDF has an answer sheet
    asked = {
        "paper": look.paper,
        "font": look.font,
        "answers": look.answers or ("inline" if without_sheet and not again and not look.roster else None),
        "columns": None if look.two_column is None else 1 + look.two_column,
        "size": int(look.large_print) if look.large_print else None,
        "language": language if language in languages() else None,
    }
    printed = {**quiz.edition.model_dump(), **{key: value for key, value in asked.items() if value is not None}}
    if (printed["size"], printed["columns"]) == (24, 2):
        message = "--two-column and --large-print 24 leave a column of two or three words; give one of the two"
        raise BuilderError(message)
    return Edition(**printed)


def read(path: Path) -> str:
    """The text of a file that an option names."""
    from builder.diagnostics import Diagnostic
    from builder.disk.reader import MAX_BYTES, decode

    try:
        if os.stat(path).st_size > MAX_BYTES:
            message = f"{path}: larger than {MAX_BYTES} bytes"
            raise BuilderError(message)
        text = decode(str(path), path.read_bytes())
    except OSError as error:
        message = f"{path}: can't be read: {error.strerror or error}"
        raise BuilderError(message) from error
    if isinstance(text, Diagnostic):
        message = f"{path}: {text.message}; {text.help}"
        raise BuilderError(message)
    return text


def refuse_boxes(course: Course, quiz: Quiz) -> None:
    """Stop where a PDF could not show a text as it is written.

    Raises:
        BuilderError: some characters are in no typeface; it names them, and the items that have them.
    """
    from builder.printing.pdf.boxes import unprintable
    from builder.printing.pdf.typefaces import ADVICE
    from builder.report import counted, printable

    found = unprintable(course, quiz) if "pdf" in quiz.formats else {}
    if found:
        characters = list(dict.fromkeys(c for some in found.values() for c in some))
        codes = ", ".join(f"{printable(c)} (U+{ord(c):04X})" for c in characters[:NAMED])
        codes += f" and {len(characters) - NAMED} more" if len(characters) > NAMED else ""
        where = [item or "the title, cover or instructions" for item in found]
        named = ", ".join(where[:NAMED]) + (f" and {len(where) - NAMED} more" if len(where) > NAMED else "")
        message = f"no typeface here has {counted(len(characters), 'character')}: {codes}, in {named}; {ADVICE}"
        raise BuilderError(message)


def tell_boxes(course: Course, quiz: Quiz) -> None:
    """Warn of names that can't be printed as they are written."""
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
