"""The fixed words that a course brings, and whether there are any in its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.diagnostics import At, Diagnostic, Finding, Severity, Span
from builder.loading.part import Part
from builder.wording import known, languages
from builder.wording.own import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from builder.model import Course, CourseFile
    from builder.wording import Wording


def table(path: str, text: str, head: CourseFile | None) -> Part[Wording]:
    """The table that `wording:` of course.yaml names, for the course's language."""
    value, faults = read(head.language.split("-", maxsplit=1)[0] if head else "en", text)
    told = [Diagnostic(Span(path, f.line, f.column), f.code, f.message, f.help) for f in faults]
    return Part(value, (), told)


def unknown(course: Course) -> Iterator[Finding]:
    """One finding where cards and papers would have English words beside another language."""
    if course.own_words is None and known(course.language) is None:
        message = f"there are no fixed words in '{course.language}': cards and papers have English ones"
        remedy = f"there is {', '.join(languages())}; or bring a table of your own, 'wording: {course.tongue}.toml'"
        yield Finding(At(course.path, ("language",)), "unknown-language", message, remedy, Severity.WARNING)
