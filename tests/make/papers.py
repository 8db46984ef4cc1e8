"""The quiz of a course, and what its PDFs say."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

from builder.paper.numbering import version_name
from builder.paper.order import arrange
from builder.paper.record import Edition, Quiz
from builder.printing import papers
from tests.make.course import course_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from builder.model import Course, Item


def quiz_of(made: Course, versions: int = 1, seed: str = "seed", **fields: Any) -> Quiz:
    """The quiz of all items of a course; fields that an edition has are the edition's."""
    edition = Edition(**{key: fields.pop(key) for key in Edition.model_fields if key in fields})
    names = [version_name(n) for n in range(versions)]
    return Quiz(
        course=made.id,
        title=made.title,
        seed=seed,
        edition=edition,
        versions=tuple(arrange(made.items, name, seed, points=fields.pop("points", None)) for name in names),
        **fields,
    )


def printed(items: Iterable[Item], **fields: Any) -> tuple[Quiz, PdfReader, PdfReader]:
    """The quiz of these items in version A, with room for the answers, its paper and its key."""
    made = course_of(items, **fields)
    quiz = quiz_of(made, answers="inline")
    files = papers.files(made, quiz)
    return quiz, reader(files["paper-A.pdf"]), reader(files["key-A.pdf"])


def reader(pdf: bytes) -> PdfReader:
    """The PDF as pypdf reads it."""
    return PdfReader(io.BytesIO(pdf))


def squeezed(text: str) -> str:
    """The text without spaces, break opportunities and underscores, for comparing what is laid out in lines."""
    return re.sub(r"[\s\u200b_]", "", text)


def said(pdf: PdfReader) -> str:
    """All that a PDF says, squeezed; headers and footers stand between the pages."""
    return squeezed("".join(page.extract_text() for page in pdf.pages))


def catalog(pdf: PdfReader) -> Any:
    """A PDF's catalogue: what it says of itself."""
    return pdf.root_object


def alternatives(pdf: PdfReader) -> list[str]:
    """The alternative texts of a PDF's pictures."""
    objects: list[Any] = [pdf.get_object(number) for number in range(1, len(pdf.xref[0]) + 1)]
    return [str(entry["/Alt"]) for entry in objects if isinstance(entry, dict) and "/Alt" in entry]
